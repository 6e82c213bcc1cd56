import GateCore
import Testing

@testable import GateLint

@Suite("What a report's words may be an error of")
struct UnderstandingTests {
    private static func found(_ text: String, _ facts: ReportFacts = Sample.ferries) -> [String] {
        Sample.findings(text, facts)
    }

    @Test(
        "another one's number is an error only where each word of the sentence is understood",
        arguments: [
            ("Aurora has a load of 321.4 ms.", ["error G04 321.4 ms"]),
            ("On the homeward leg, aurora has a load of 321.4 ms.", []),
            ("It has a load of 321.4 ms.", []),
            ("It has a load that is less than that of aurora at 321.4 ms.", []),
            ("Aurora is the quickest of all by its load.", ["error I03 Aurora is the quickest"]),
            ("Aurora express is the quickest of all by its load.", []),
            ("## Aurora\n\n- Load: 321.4 ms", ["error G04 321.4 ms"]),
        ])
    func words(text: String, expected: [String]) { #expect(Self.found(text) == expected) }

    @Test("what is named to the letter beside a number needs no more")
    func literal() {
        #expect(Self.found("On the homeward leg aurora shows a load_ms of 229.9 ms.") == ["error G04 229.9 ms"])
        // One end of a way is no value.
        #expect(!Self.found("Load_ms per leg: 112.5 to 229.9 ms for aurora.").contains { $0.hasPrefix("error") })
    }

    @Test("a cell that differs from what its row is by its other cells is wrong")
    func row() {
        func table(_ rows: String) -> String {
            "| Boat | Load | Late | Speed |\n|---|---|---|---|\n| Aurora | 214.7 | 388.1 | 51.6 |\n" + rows
                + "| Calypso | 321.4 | 512.6 | 38.9 |\n"
        }
        #expect(Self.found(table("| Borealis | 163.2 | 301.9 | 77.4 |\n")) == [])
        #expect(Self.found(table("| Borealis | 163.2 | 307.9 | 77.4 |\n")) == ["error G04 307.9"])
    }

    @Test("a row that the data does not have says what those above it come to")
    func results() {
        let table = { (last: String) in
            "| Boat | Load |\n|---|---|\n| Aurora | 214.7 |\n| Borealis | 163.2 |\n| \(last) |\n"
        }
        for last in ["both | 377.9", "gain | 51.5"] { #expect(Self.found(table(last)) == []) }
        #expect(Self.found(table("both | 387.9")).count == 1)
    }

    private static let ranks = Sample.facts([
        Sample.table(
            "runs.csv", key: "run",
            [
                ("lora-r8", ["loss": 1.19, "hours": 1.39]), ("lora-r16", ["loss": 1.16, "hours": 1.42]),
                ("full", ["loss": 1.08, "hours": 2.21]),
            ])
    ])

    @Test(
        "a word with a number is the name with its first letter and the number",
        arguments: [
            ("The loss of rank 8 is 1.19.", 0), ("The loss of rank 8 is 1.16.", 1),
            ("The rank-16 run has a loss of 1.16.", 0),
            ("The rank-16 run has a loss of 1.19.", 1),
        ])
    func initials(text: String, errors: Int) {
        #expect(Self.found(text, Self.ranks).count { $0.hasPrefix("error") } == errors)
    }

    @Test(
        "what behind a comparison is another thing than the numbers before it does not follow from them",
        arguments: [
            ("Aurora takes 214.7 ms instead of 163.2 ms and 46 % more fuel.", 0),
            ("Aurora takes 214.7 ms instead of 163.2 ms, 46 % more.", 1),
            ("Aurora takes 214.7 ms instead of 163.2 ms, 32 % more.", 0),
        ])
    func comparisons(text: String, errors: Int) {
        #expect(Self.found(text).count { $0.hasPrefix("error") } == errors)
    }

    @Test("each number of a list with names of its own is no step of one course")
    func courses() {
        #expect(
            Self.found("Aurora gains 388.1 ms, borealis 301.9 ms and calypso 163.2 ms.").allSatisfy {
                !$0.contains("I03")
            })
    }

    @Test("how many files there are is told once, and what they are is another number")
    func files() {
        let facts = Sample.facts(
            [Sample.table("ferries.csv", key: "ferry", [("aurora", ["load_ms": 214.7])])], passedOver: 4)
        #expect(Self.found("The data are 5 files: 4 outputs of the tool and a table.", facts) == [])
        #expect(Self.found("The data are 6 files: 4 outputs of the tool and a table.", facts) == ["error G02 6"])
    }

    @Test(
        "a verb between a name and its value is understood, whatever it is",
        arguments: ["serves", "handles", "needed", "has"])
    func verbs(verb: String) {
        #expect(Sample.findings("borealis \(verb) 77.4 tokens/s.", Sample.ferries) == [])
        #expect(Sample.findings("borealis \(verb) 51.6 tokens/s.", Sample.ferries) == ["error G04 51.6 tokens/s"])
    }
}
