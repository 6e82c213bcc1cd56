import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("What a number counts is told by what stands with it")
struct CountedThingTests {
    /// Rates of requests, of which the last has no end.
    private static let rates = Sample.facts([
        ["1", "4", "8", "inf"].enumerated().map { row, rate in
            Sample.fact(
                [FactLabel(.file, text: "sweep"), FactLabel(.key, name: "request_rate", text: rate)],
                "latency_ms", 41.3 + 7.7 * Double(row), "sweep.csv", row + 2)
        }
    ])

    @Test("steps of a sweep, the endless one among them")
    func steps() {
        #expect(Sample.findings("The four request rates were run one after the other.", Self.rates) == [])
        #expect(Sample.findings("The six request rates were run one after the other.", Self.rates) != [])
    }

    /// What of 541 prompts each model kept to.
    private static let prompts = Sample.facts([
        Sample.table(
            "kept.csv", key: "model",
            [
                ("lark", ["strict_acc": 0.1719, "loose_acc": 0.2089]),
                ("wren", ["strict_acc": 0.4085, "loose_acc": 0.4491]),
            ])
    ])

    @Test("parts of a whole that stands at the beginning are shares of the data")
    func parts() {
        // How many prompts there were the data does not say; how many of them were kept to follows from its shares.
        let whole = ["warning G01 541"]
        #expect(Sample.findings("Of the 541 prompts lark kept to 93 and wren to 221 strictly.", Self.prompts) == whole)
        #expect(Sample.findings("Lark kept to 93 of the 541 prompts.", Self.prompts) == whole)
    }

    /// A row for each ten seconds.
    private static let seconds = Sample.facts([
        (0..<24).map { row in
            Sample.fact(
                [FactLabel(.file, text: "history"), FactLabel(.key, name: "elapsed_s", text: "\(10 * row)")],
                "requests_per_s", 301.5 + Double(row % 5), "history.csv", row + 2)
        }
    ])

    @Test("a time that names a row is when something was, and no value")
    func moments() {
        #expect(Sample.findings("There is a dip at 210 s.", Self.seconds) == [])
    }

    @Test("words of other languages for a statistic are statistics of a header")
    func languages() {
        let table = Sample.facts([
            Sample.table(
                "zeiten.csv", key: "abfrage",
                [
                    ("q1", ["mittelwert_ms": 41.37, "médiane_ms": 38.21]),
                    ("q2", ["mittelwert_ms": 77.94, "médiane_ms": 70.56]),
                ])
        ])
        #expect(Sample.findings("The mean of q1 is 41.37 ms, its median 38.21 ms.", table) == [])
        #expect(Sample.findings("The mean of q1 is 38.21 ms.", table) != [])
    }
}
