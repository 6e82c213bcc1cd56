import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Which way a metric goes is told without a number")
struct TrendTests {
    private func findings(_ text: String) -> [String] { Sample.findings(text, Sample.servers) }

    @Test("from one key to another")
    func keys() {
        #expect(findings("For pine, going from 1 to 64 clients raises the TTFT.") == [])
        #expect(findings("For pine, going from 1 to 64 clients lowers the TTFT.") == ["error I03 lowers"])
        #expect(findings("Between 1 and 64 clients the throughput of oak grows.") == [])
        #expect(findings("Between 1 and 64 clients the throughput of oak falls.") == ["error I03 falls"])
    }

    @Test("along all of a key")
    func series() {
        #expect(findings("The throughput rises with the number of clients.") == [])
        #expect(findings("The throughput falls with the number of clients.") == ["error I03 falls"])
    }

    @Test("for better or worse, as the metric has it")
    func preferences() {
        #expect(findings("Moving pine from 1 to 64 clients worsens its TTFT.") == [])
        #expect(findings("Moving pine from 1 to 64 clients improves its TTFT.") == ["error I03 improves"])
    }

    @Test("and not what is denied, planned, or true of a part of the way")
    func asides() {
        #expect(findings("Between 1 and 64 clients the throughput of oak never falls.") == [])
        #expect(findings("Between 1 and 64 clients the throughput of oak should fall.") == [])
        #expect(findings("Between 1 and 64 clients the throughput of oak first falls.") == [])
    }
}
