import GateCore
import Testing

@testable import GateLint

/// Numbers that stand once in the data, beside the name of another one.
@Suite("Whose a number is")
struct MisattributionTests {
    private static let known = Sample.servers

    @Test("a number that is another one's is not the one's that stands beside it, whatever it is called")
    func beside() {
        #expect(Sample.findings("Last comes `oak` (1518.3).", Self.known) == ["warning G04 1518.3"])
        #expect(Sample.findings("Last comes `elm` (1518.3).", Self.known) == [])
    }

    @Test("a superlative ties the two together, other words do not")
    func superlatives() {
        let known = Sample.ferries
        #expect(
            Sample.findings("The highest figure of the log, 512.6, was seen on aurora.", known) == ["warning G04 512.6"]
        )
        #expect(Sample.findings("The highest figure of the log, 512.6, was seen on calypso.", known) == [])
        #expect(Sample.findings("On the homeward leg a figure of 512.6 was seen on aurora.", known) == [])
    }

    @Test("whose it is may be said in the sentence, or in what it goes on with")
    func spokenOf() {
        for text in [
            "Then comes oak; the first is elm (1518.3).", "Here elm is ahead. Behind its 1518.3 follows `oak`.",
            "# elm\n\nAhead of `oak` by far (1518.3).",
        ] {
            #expect(Sample.findings(text, Self.known) == [])
        }
    }

    @Test("what it was before, a part of it, and a number with few digits tell no owner")
    func others() {
        for text in [
            "It sinks from 1518.3 with `oak`.", "`oak` has a tenth of the 1518.3.", "Last comes `oak` (1.5).",
            "Last comes `oak` (64).",
        ] {
            #expect(Sample.findings(text, Self.known) == [])
        }
    }

    @Test("what the name's own values come to is its own")
    func aggregates() {
        func known(_ elm: Double) -> ReportFacts {
            let rows = [("oak", 1, 162.6), ("oak", 8, 248.4), ("elm", 1, 97.3), ("elm", 8, elm)]
            return Sample.facts([
                rows.enumerated().map { row, entry in
                    let labels = [
                        FactLabel(.text, name: "server", text: entry.0),
                        FactLabel(.key, name: "clients", text: "\(entry.1)"),
                    ]
                    return Sample.fact(labels, "throughput_tok_s", entry.2, "loads.csv", row + 2)
                }
            ])
        }
        #expect(Sample.findings("Last comes `oak` (205.5).", known(205.5)) == [])
        #expect(Sample.findings("Last comes `oak` (411.0).", known(411.0)) == [])
        #expect(Sample.findings("Last comes `oak` (419.0).", known(419.0)) == ["warning G04 419.0"])
    }
}
