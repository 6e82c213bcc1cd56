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

    @Test("what is behind ± is how far the values are apart, and a number of runs is no run")
    func spreads() {
        let runs = Sample.facts([
            [(1, 10.46), (2, 7.73), (3, 11.38), (4, 8.63)].enumerated().map { row, entry in
                Sample.fact(
                    [
                        FactLabel(.file, text: "runs"), FactLabel(.text, name: "kernel", text: "matmul"),
                        FactLabel(.key, name: "run", text: "\(entry.0)"),
                    ], "wall_time_s", entry.1, "runs.csv", row + 2)
            }
        ])
        #expect(Sample.findings("Over its 4 runs matmul has a wall time of 9.55 ± 1.67 s.", runs) == [])
        #expect(Sample.findings("Over its 4 runs matmul has a wall time of 9.55 ± 2.67 s.", runs) != [])
        #expect(Sample.findings("In run 4 matmul has a wall time of 8.63 s.", runs) == [])
        #expect(
            Sample.findings("The runs of matmul scatter over 3.65 s of wall time, from 7.73 to 11.38 s.", runs) == [])
        #expect(Sample.findings("matmul's fastest and slowest run took 7.73 s and 11.38 s of wall time.", runs) == [])
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
