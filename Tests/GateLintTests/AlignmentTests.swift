import GateCore
import Testing

@testable import GateLint

@Suite("What numbers bear out of each other")
struct AlignmentTests {
    /// Pipelines of three branches in four months; the totals stand nowhere in the data.
    private static let branches = Sample.facts([
        [
            ("main", [31, 28, 33, 29], [3, 1, 4, 2]), ("docs", [12, 9, 14, 11], [0, 1, 0, 2]),
            ("feature", [88, 97, 79, 104], [17, 21, 13, 26]),
        ].enumerated().flatMap { branch, row in
            row.1.indices.flatMap { month in
                let labels = [
                    FactLabel(.file, text: "weekly"), FactLabel(.text, name: "branch", text: row.0),
                    FactLabel(.text, name: "month", text: "2025-\(["08", "09", "10", "11"][month])"),
                ]
                let line = branch * 4 + month + 2
                return [
                    Sample.fact(labels, "pipelines", row.1[month], "weekly.csv", line),
                    Sample.fact(labels, "failed", row.2[month], "weekly.csv", line),
                ]
            }
        }
    ])

    private func found(_ text: String, _ facts: ReportFacts = Sample.ferries) -> [String] {
        Sample.findings(text, facts)
    }

    @Test("a table whose headers the data does not have is bound by what its cells share")
    func strangeHeaders() {
        let table = """
            | Schiff | Ladung | Anfragen |
            |---|---|---|
            | aurora | 214.7 | 1,240 |
            | borealis | 163.2 | 990 |
            | calypso | 321.4 | 410 |
            """
        #expect(found(table) == [])
        #expect(found(table.replacing("163.2", with: "136.2")) == ["error G04 136.2"])
        // The value of another row.
        #expect(found(table.replacing("321.4", with: "214.7")) == ["error G04 214.7"])
        // The value of another column.
        #expect(found(table.replacing("| 990", with: "| 163.2")) == ["error G04 163.2"])
    }

    @Test("two cells that changed places stand out in a table of one metric")
    func placesChanged() {
        let facts = Sample.facts([
            [("brig", [58.9, 111.7, 117.6]), ("cutter", [33.8, 59.6, 64.4]), ("sloop", [62.8, 120.2, 128.1])].flatMap {
                ship, values in
                values.enumerated().map { index, value in
                    Sample.fact(
                        [
                            FactLabel(.file, text: "ships"), FactLabel(.text, name: "ship", text: ship),
                            FactLabel(.key, name: "sails", text: "\([4, 8, 16][index])"),
                        ], "knots", value, "ships.csv", index + 2)
                }
            }
        ])
        let table = """
            | Sails | brig | cutter | sloop |
            |---|---|---|---|
            | 4 | 58.9 | 33.8 | 62.8 |
            | 8 | 111.7 | 59.6 | 120.2 |
            | 16 | 117.6 | 64.4 | 128.1 |
            """
        #expect(found(table, facts) == [])
        let changed = table.replacing("111.7 | 59.6", with: "59.6 | 111.7")
        #expect(found(changed, facts).sorted() == ["error G04 111.7", "error G04 59.6"])
    }

    @Test("two cells of one row that changed places are wrong, both")
    func cellsChanged() {
        let table = """
            | | aurora | borealis |
            |---|---|---|
            | load (ms) | 214.7 | 163.2 |
            | tokens/s | 51.6 | 77.4 |
            | answers | 1,240 | 990 |
            """
        #expect(found(table) == [])
        let changed = table.replacing("1,240 | 990", with: "990 | 1,240")
        #expect(found(changed).sorted() == ["error G04 1,240", "error G04 990"])
    }

    @Test("a turned table is bound as well")
    func turned() {
        let table = """
            | | aurora | borealis | calypso |
            |---|---|---|---|
            | load (ms) | 214.7 | 163.2 | 321.4 |
            | p95 latency (ms) | 388.1 | 301.9 | 512.6 |
            """
        #expect(found(table) == [])
        #expect(found(table.replacing("301.9", with: "309.1")) == ["error G04 309.1"])
    }

    @Test("a column that is computed from two others is judged by its own rows")
    func computedColumns() {
        let table = """
            | step | before | after | change |
            |---|---|---|---|
            | parse | 41.8 | 52.3 | +25.1 % |
            | link | 63.0 | 57.9 | -8.1 % |
            | pack | 18.4 | 23.7 | +28.8 % |
            """
        #expect(found(table, Sample.training).filter { $0.hasPrefix("error") } == [])
        #expect(
            found(table.replacing("-8.1", with: "+8.1"), Sample.training).filter { $0.hasPrefix("error") }
                == ["error I02 8.1 %"])
    }

    @Test("the numbers of a sentence tell of which row it is")
    func sentences() {
        let text = "The quick one: load 163.2 ms, p95 latency 301.9 ms and 990 requests."
        #expect(found(text) == [])
        #expect(found(text.replacing("301.9", with: "309.1")) == ["error G04 309.1 ms"])
    }

    @Test("what values come to by the names of their rows is known")
    func totals() {
        let table = """
            | Branch | Pipelines | Failed |
            |---|---|---|
            | main | 121 | 10 |
            | docs | 46 | 3 |
            | feature | 368 | 77 |
            """
        #expect(found(table, Self.branches) == [])
        #expect(found(table.replacing("368", with: "386"), Self.branches).count == 1)
        #expect(found("In October 126 pipelines ran.", Self.branches) == [])
        #expect(found("Of 535 pipelines 90 failed.", Self.branches) == [])
    }

    @Test(
        "what a sentence concludes has to follow from its numbers",
        arguments: [
            ("It went from 214.7 ms to 163.2 ms, which is 24 % less.", "24 %", "34 %"),
            ("It takes 163.2 ms where it took 214.7 ms before, which makes it 1.32 times as fast.", "1.32", "2.32"),
            ("One needs 321.4 ms, the other 163.2 ms, so the first takes 97 % longer.", "97 %", "79 %"),
            ("The loads are 321.4 ms and 214.7 ms, a gap of 106.7 ms.", "106.7", "206.7"),
        ])
    func conclusions(text: String, right: String, wrong: String) {
        func isWrong(_ text: String) -> Bool { found(text).contains { $0.hasPrefix("error I02") } }
        #expect(!isWrong(text), "\(found(text))")
        #expect(isWrong(text.replacing(right, with: wrong)))
    }

    @Test("a course that is told goes the way that its numbers go")
    func courses() {
        #expect(found("The load rises from 321.4 ms to 163.2 ms.").contains { $0.hasPrefix("error I03") })
    }

    @Test(
        "two numbers that stand with each other's names are wrong, whatever they are of",
        arguments: [
            ("Freight: 1240 with aurora, 990 with borealis.", 0), ("Freight: 990 with aurora, 1240 with borealis.", 2),
            ("aurora has 1240 requests and a load of 214.7.", 0),
            ("calypso went from 321.4 to 512.6 ms.", 0), ("borealis went from 321.4 to 512.6 ms.", 0),
        ])
    func swapped(_ text: String, _ wrong: Int) {
        #expect(Sample.findings(text, Sample.ferries).count { $0.hasPrefix("error") } == wrong)
    }

    @Test(
        "what two numbers of a sentence come to is checked in more of its forms",
        arguments: [
            ("It takes 163.2 ms here and 321.4 ms there, 97 % longer.", 0),
            ("It takes 163.2 ms here and 321.4 ms there, 79 % longer.", 1),
            ("It went from 321.4 to 163.2 ms, a reduction of 49 %.", 0),
            ("It went from 321.4 to 163.2 ms, a reduction of 51 %.", 1),
            ("It fell from 0.0006 to 0.00006, a factor of ten.", 0),
            ("It fell from 0.0006 to 0.00006, a factor of twenty.", 1),
        ])
    func concluded(_ text: String, _ wrong: Int) {
        #expect(Sample.findings(text, Sample.ferries).count { $0.hasPrefix("error") } == wrong)
    }

    @Test("of better and faster without a metric all that tells must say the other way")
    func unnamed() {
        func found(_ text: String) -> [String] {
            Sample.findings(text, Sample.ferries).filter { $0.hasPrefix("error") }
        }
        #expect(found("borealis is faster than calypso.") == [])
        #expect(found("calypso is faster than borealis.").count == 1)
        // Its load is, its throughput is not.
        let mixed = Sample.facts([
            Sample.table(
                "f.csv", key: "ferry",
                [("aurora", ["load_ms": 5, "rate_per_s": 4]), ("borealis", ["load_ms": 9, "rate_per_s": 7])])
        ])
        #expect(Sample.findings("borealis is faster than aurora.", mixed) == [])
    }

    private static let mills = Sample.facts([
        Sample.table(
            "mills.csv", key: "mill",
            [
                ("east", ["ops_per_s": 52061.6, "mean_ms": 0.214, "p95_ms": 0.611, "p99_ms": 1.284, "max_ms": 48.32]),
                ("west", ["ops_per_s": 64777.3, "mean_ms": 0.702, "p95_ms": 2.217, "p99_ms": 5.011, "max_ms": 92.48]),
            ])
    ])

    @Test(
        "the other cells of a row tell whose it is",
        arguments: [
            ("| the first | 52,061.6 | 0.214 | 0.611 | 1.284 | 48.32 |", 0),
            // More precisely than the data has it.
            ("| the first | 52,061.6 | 0.2144 | 0.611 | 1.284 | 48.32 |", 0),
            ("| the first | 52,061.6 | 0.702 | 0.611 | 1.284 | 48.32 |", 1),
            ("| the first | 52,061.6 | 0.241 | 0.611 | 1.284 | 48.32 |", 1),
            ("| the first | 52,061.6 | 0.214 | 0.611 | 0.611 | 48.32 |", 1),
        ])
    func rows(row: String, errors: Int) {
        let found = found(
            "| Which | Rate | Mean (ms) | p95 (ms) | p99 (ms) | Max (ms) |\n|---|---|---|---|---|---|\n" + row,
            Self.mills)
        #expect(found.count { $0.hasPrefix("error") } == errors, "\(found)")
    }
}
