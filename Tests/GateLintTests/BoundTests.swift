import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("A bound is held against the values that keep to it")
struct BoundTests {
    private func findings(_ text: String) -> [String] { Sample.findings(text, Sample.servers) }

    @Test("of one that is named")
    func named() {
        #expect(findings("With 64 clients pine has a TTFT below 231 ms.") == [])
        #expect(findings("With 64 clients pine has a TTFT below 219 ms.").first?.hasPrefix("error I03") == true)
        #expect(findings("With 64 clients pine has a TTFT of more than 219 ms.") == [])
        #expect(findings("With 64 clients pine has a TTFT of more than 231 ms.").first?.hasPrefix("error I03") == true)
    }

    @Test("of all, and of none")
    func quantified() {
        #expect(findings("Every configuration answered at least 2,100 requests.") == [])
        #expect(findings("Every configuration answered at least 4,100 requests.") != [])
        #expect(findings("None of the servers exceeds a TTFT of 281 ms.") == [])
        #expect(findings("None of the servers exceeds a TTFT of 219 ms.") != [])
    }

    @Test("of two that were named before")
    func both() {
        let lead = "Pine and oak were close together with 64 clients."
        #expect(findings("\(lead) Both have a TTFT below 231 ms.") == [])
        #expect(findings("\(lead) Both have a TTFT below 219 ms.").first?.hasPrefix("error I03") == true)
    }
}
