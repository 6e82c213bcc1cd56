import GateCore
import Testing

@testable import GateLint

/// A number that is printed says of which values a sentence speaks, where its words do not.
@Suite("Claims that their own numbers bind")
struct AnchorFormTests {
    private static let yards = Sample.facts([
        Sample.table(
            "yards.csv", key: "yard",
            [
                ("quay", ["mean_ms": 58.31, "median_ms": 51.84, "p95_ms": 97.26]),
                ("mole", ["mean_ms": 71.45, "median_ms": 66.02, "p95_ms": 128.73]),
                ("pier", ["mean_ms": 44.19, "median_ms": 40.63, "p95_ms": 82.05]),
            ])
    ])

    private func errors(_ text: String, _ facts: ReportFacts = yards) -> Int {
        Sample.findings(text, facts).count { $0.hasPrefix("error") }
    }

    @Test(
        "the first of all is what the number is the first of",
        arguments: [
            ("mole is slowest with 71.45 ms.", 0), ("mole is fastest with 71.45 ms.", 1),
            ("mole has the highest p95 (128.73 ms).", 0), ("mole has the highest p95 (97.26 ms).", 1),
            ("The longest wait took 71.45 ms (mole).", 0), ("The longest wait took 71.45 ms (pier).", 1),
            ("The shortest wait took 71.45 ms.", 1), ("The longest of some waits took 58.31 ms.", 0),
        ])
    func records(text: String, count: Int) { #expect(errors(text) == count) }

    @Test(
        "a number that is another statistic of the same values is not the one that is said",
        arguments: [
            ("The median of quay is 51.84 ms.", 0), ("The median of quay is 97.26 ms.", 1),
            ("The p95 is 128.73 ms.", 0), ("The p95 is 66.02 ms.", 1), ("The mean of all is 57.98 ms.", 0),
        ])
    func statistics(text: String, count: Int) { #expect(errors(text) == count) }

    @Test(
        "one end of a range says what the other one is",
        arguments: [
            ("On average they need between 44.19 and 71.45 ms.", 0),
            ("On average they need between 46.91 and 71.45 ms.", 1),
            ("On average they need between 44.19 and 75.14 ms.", 1),
            ("Two of them need between 44.19 and 58.31 ms.", 0),
        ])
    func ranges(text: String, count: Int) { #expect(errors(text) == count) }

    @Test(
        "more is so of the smaller number, less of the larger one",
        arguments: [
            ("One took 58.31 ms, the other 71.45 ms: 22.5 % more.", 0),
            ("One took 71.45 ms, the other 58.31 ms: 18.4 % less.", 0),
            ("One took 71.45 ms, the other 58.31 ms: 18.4 % more.", 1),
            ("One takes 40.63 ms where the other takes 128.73 ms, 3.2x as much.", 0),
            ("One takes 40.63 ms where the other takes 128.73 ms, 2.2x as much.", 1),
        ])
    func percentages(text: String, count: Int) {
        #expect(Sample.findings(text, Self.yards).count { $0.hasPrefix("error I02") } == count)
    }

    @Test(
        "so much more than another one has",
        arguments: [
            ("Aurora needs 214.7 ms, 51.5 ms more than borealis.", 0),
            ("Aurora needs 214.7 ms, 61.5 ms more than borealis.", 1),
            ("Aurora needs 214.7 ms, 51.5 ms less than borealis.", 1),
        ])
    func differences(text: String, count: Int) { #expect(errors(text, Sample.ferries) == count) }
}
