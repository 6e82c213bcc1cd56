import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Numbers that a report prints say what others of them come to")
struct PrintedNumberTests {
    private func findings(_ text: String) -> [String] { Sample.findings(text, Sample.servers) }

    @Test("of a change from one number to another the first is what it is a share of")
    func goingFrom() {
        func text(_ share: String) -> String {
            "The new scheduler raises the throughput from 142.1 to 248.4 tok/s, a gain of \(share) %."
        }
        #expect(findings(text("74.8")).filter { $0.contains("74.8") } == [])
        #expect(findings(text("42.8")) == ["error I02 42.8 %"])
    }

    @Test("a ratio of another statistic does not follow from the numbers before it")
    func otherStatistic() {
        let text =
            "At 1 client pine has a lower median (82.2 ms) than oak (94.1 ms), yet a mean that is 115 times as high."
        #expect(findings(text).filter { $0.contains("115") } == [])
        #expect(
            findings("At 1 client the TTFT is 82.2 ms on pine and 94.1 ms on oak, that is 1.45 times as long.") == [
                "error I02 1.45 times"
            ])
    }

    @Test("so many of so many are a share")
    func shares() {
        for (lead, end) in [("failed (", ")"), ("failed, or ", ""), ("failed, which is ", "")] {
            let text = "Of all that pine got with 64 clients, 28 of 4,308 requests \(lead)"
            #expect(findings("\(text)0.65 %\(end).") == [])
            #expect(findings("\(text)1.04 %\(end).") == ["error I02 1.04 %"])
        }
        // What is not among them is a share, too, and some of them are another one.
        #expect(findings("With 64 clients 28 of its 4,308 requests failed, so 99.35 % came through.") == [])
        let others = "With 64 clients 28 of its 4,308 requests failed (3.1 % of those in the last minute)."
        #expect(!findings(others).contains { $0.contains("I02") })
    }

    @Test("one is more than the other or less")
    func comparisons() {
        #expect(findings("With 64 clients the TTFT of pine of 226.3 ms is higher than the 190.3 ms of oak.") == [])
        #expect(
            findings("With 64 clients the TTFT of pine of 226.3 ms is lower than the 190.3 ms of oak.").contains {
                $0.hasPrefix("error I03")
            })
        #expect(findings("The TTFT of pine with 64 clients is 226.3 ms. This is more than the 190.3 ms of oak.") == [])
        #expect(
            findings("The TTFT of pine with 64 clients is 226.3 ms. This is less than the 190.3 ms of oak.").contains {
                $0.hasPrefix("error I03")
            })
    }

    @Test("a change from one to the other is their quotient")
    func changes() {
        func text(_ share: String) -> String {
            "For pine the TTFT rises by \(share) from 82.2 ms with one client to 226.3 ms with 64."
        }
        #expect(findings(text("175 %")) == [])
        #expect(findings(text("239 %")) == ["error I02 239 %"])
        #expect(findings("64 clients raise the TTFT of pine by 175 % to 226.3 ms, from 82.2 ms with one.") == [])
        #expect(
            findings("64 clients raise the TTFT of pine by 239 % to 226.3 ms, from 82.2 ms with one.")
                == ["error I02 239 %"])
    }

    @Test("a question says nothing")
    func questions() {
        #expect(findings("Is pine faster than oak in throughput with 64 clients? No.") == [])
        #expect(findings("Pine is faster than oak in throughput with 64 clients.") != [])
    }
}
