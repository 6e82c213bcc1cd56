import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("What values come to over the rows that a sentence speaks of")
struct TotalTests {
    private func findings(_ text: String) -> [String] { Sample.findings(text, Sample.servers) }

    @Test("a sum over one of them, or over all")
    func sums() {
        #expect(findings("Over its three levels pine answered 14,333 requests in all.") == [])
        #expect(findings("Over its three levels pine answered 15,643 requests in all.") == ["error G04 15,643"])
        #expect(findings("All nine configurations together answered 49,466 requests.") == [])
        #expect(findings("All nine configurations together answered 51,778 requests.") == ["error G04 51,778"])
        // Of whom eleven is the number is not known.
        #expect(findings("Eleven load points and 51,778 requests in total were planned.") == ["warning G01 51,778"])
    }

    @Test("a share of all")
    func shares() {
        #expect(findings("Pine answered 29.0 % of all requests.") == [])
        #expect(findings("Pine answered 41.0 % of all requests.") == ["error I02 41.0 %"])
    }

    @Test("a mean over as many as there are")
    func means() {
        #expect(findings("With 64 clients the mean TTFT over the three servers is 230.9 ms.") == [])
        #expect(findings("With 64 clients the mean TTFT over the three servers is 277.0 ms.") == ["error G04 277.0 ms"])
        // The value of one of them is not their mean.
        #expect(findings("The three servers average a TTFT of 190.3 ms with 64 clients.") == ["error G04 190.3 ms"])
        // Which two is not said.
        let two = "With 64 clients the mean TTFT over the two servers is 251.2 ms."
        #expect(!findings(two).contains { $0.hasPrefix("error") })
    }

    @Test("from the least to the largest")
    func ranges() {
        #expect(findings("The TTFT of pine ranges from 82.2 to 226.3 ms.") == [])
        #expect(findings("The TTFT of pine ranges from 82.2 to 137.8 ms.") == ["error G04 137.8 ms"])
        // Neither end is one of all: it may be said of some.
        #expect(findings("The TTFT of oak ranges from 94.1 to 176.8 ms below 16 clients.") == [])
    }

    @Test("a request rate is no number of requests")
    func rates() {
        #expect(findings("With 64 clients the request rate of oak is 9.2 requests/s.") == [])
        #expect(findings("With 64 clients the request rate of oak is 1.07x that of pine.") == [])
        #expect(findings("With 64 clients the request rate of oak is 1.64x that of pine.") == ["error I02 1.64x"])
    }
}
