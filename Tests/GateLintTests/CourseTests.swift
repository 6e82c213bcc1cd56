import GateCore
import Testing

@testable import GateLint

/// Two kilns that were fired at several rates, one file a run.
@Suite("What a sentence says of settings, ways and places")
struct CourseTests {
    private static let kilns = Sample.facts([
        run("clay_r2.json", "clay", 2, throughput: 404.2, wait: 15.4, most: 23),
        run("clay_r8.json", "clay", 8, throughput: 1534.9, wait: 18.3, most: 61),
        run("lime_r2.json", "lime", 2, throughput: 387.6, wait: 58.3, most: 19),
        run("lime_r8.json", "lime", 8, throughput: 1248.6, wait: 97.1, most: 84),
    ])

    private static func run(
        _ file: String, _ kiln: String, _ rate: Int, throughput: Double, wait: Double, most: Double
    ) -> [Fact] {
        [("wait_ms", wait), ("output_throughput", throughput), ("max_concurrent_requests", most)].map { metric, value in
            Sample.fact(
                [
                    FactLabel(.file, text: String(file.dropLast(5))), FactLabel(.text, name: "kiln", text: kiln),
                    FactLabel(.key, name: "request_rate", text: "\(rate)"),
                ], metric, value, file, 2)
        }
    }

    private func findings(_ text: String, _ facts: ReportFacts = kilns) -> [String] { Sample.findings(text, facts) }

    @Test("a key is called by one of its words right before a number that it has")
    func shortKeys() {
        #expect(findings("At rate 8 the wait_ms of clay was 18.3.") == [])
        #expect(findings("At rate 8 the wait_ms of clay was 15.4.") != [])
        #expect(findings("Quadrupling the rate to 8 brought the wait_ms of lime to 97.1.") == [])
        #expect(findings("The peak concurrency of clay at rate 8 was 61.") == [])
        #expect(findings("The peak concurrency of clay at rate 8 was 48.") != [])
    }

    @Test("a change from one key to the next is that of the clause's own subject")
    func spans() {
        let other = "the output_throughput of lime by 222 %"
        #expect(findings("From rate 2 to rate 8, the output_throughput of clay rises by 280 %; \(other).") == [])
        #expect(findings("From rate 2 to rate 8, the output_throughput of clay rises by 210 %; \(other).") != [])
    }

    @Test("a superlative of one owner at one key is that of the two together")
    func chainedKeys() {
        #expect(findings("The lowest wait_ms, 15.4, belongs to clay at rate 2.") == [])
        #expect(findings("The lowest wait_ms, 15.4, belongs to clay at rate 8.") != [])
    }

    @Test(
        "the numbers of a sentence go the way that it says",
        arguments: [
            ("The wait_ms went up from 97.1 to 58.3.", 1), ("The wait_ms came down from 97.1 to 58.3.", 0),
            ("At 8 the gain was smaller, from 97.1 to 58.3.", 0),
            ("On oak the share dropped from 73.6 to 70.5 %, on elm from 69.6 to 67.9 %.", 0),
            ("On oak the share dropped from 73.6 to 70.5 %, on elm from 67.9 to 69.6 %.", 1),
        ])
    func ways(text: String, count: Int) { #expect(findings(text).count { $0.hasPrefix("error I03") } == count) }

    @Test(
        "what a sentence concludes follows from its numbers",
        arguments: [
            ("The glaze took 1.841 s before and 1.610 s after, saving 231 ms.", 0),
            ("The glaze took 1.841 s before and 1.610 s after, saving 321 ms.", 1),
            ("Oak reaches 59.0 %, in the north 77.8 %; that is a spread of 18.8 points.", 0),
            ("Oak reaches 59.0 %, in the north 77.8 %; that is a spread of 16.3 points.", 1),
            ("Raising the lid to 8 hardly matters: the pause becomes 18.3 ms, an increase of 19 %.", 0),
        ])
    func conclusions(text: String, count: Int) {
        #expect(findings(text).count { $0.hasPrefix("error I02") } == count)
    }
}

@Suite("Numbers of rows and of files")
struct RowCountTests {
    private static let looms = Sample.facts([
        Sample.table(
            "looms.csv", key: "loom",
            [("ash", ["score": 12.25]), ("fir", ["score": 14.75]), ("oak", ["score": 17.5])])
    ])

    @Test(
        "a table that is named has as many rows as it has, with its header or without",
        arguments: [
            ("`looms.csv` has 3 rows.", 0), ("The CSV holds 4 rows.", 0), ("`looms.csv` has 7 rows.", 1),
            ("The CSV holds 7 rows.", 1), ("The CSV has a score of 7 rows at most.", 0),
        ])
    func rows(text: String, count: Int) {
        #expect(Sample.findings(text, Self.looms).count { $0.hasPrefix("error") } == count)
    }

    @Test("a table is named by what its file is called", arguments: [("seven", 1), ("three", 0)])
    func named(count: String, errors: Int) {
        let facts = Sample.facts([
            Sample.table(
                "ledger.csv", key: "loom",
                [("ash", ["score": 12.25]), ("fir", ["score": 14.75]), ("oak", ["score": 17.5])])
        ])
        let findings = Sample.findings("The ledger has \(count) rows.", facts)
        #expect(findings.count { $0.hasPrefix("error") } == errors)
    }

    @Test(
        "a number of all files is held against all of them",
        arguments: [
            ("- Files: 1, of which 1 is CSV", 0), ("- Files: 9, of which 1 is CSV", 1),
            ("- Files: 1 CSV", 0), ("- Sources: 1 CSV, 2 YAML (3 in total)", 0),
            ("- Sources: 1 CSV, 2 JSON (9 in total)", 2),
        ])
    func files(text: String, count: Int) {
        let facts = Sample.facts(
            [
                Sample.table("looms.csv", key: "loom", [("ash", ["score": 12.25]), ("fir", ["score": 14.75])])
            ], passedOver: 2)
        #expect(Sample.findings(text, facts).count { $0.hasPrefix("error") } == count)
    }
}

@Suite("Whose numbers they are")
struct WhoseNumberTests {
    private static let docks = docks(besides: "rowan")

    private static func docks(besides name: String) -> ReportFacts {
        Sample.facts([
            week(1, [(name, 150.263), ("hazel", 134.499), ("maple", 171.875)]),
            week(2, [(name, 122.926), ("hazel", 118.402), ("maple", 140.317)]),
        ])
    }

    private static func week(_ week: Int, _ rows: [(String, Double)]) -> [Fact] {
        rows.enumerated().map { index, row in
            Sample.fact(
                [
                    FactLabel(.file, text: "docks"), FactLabel(.text, name: "dock", text: row.0),
                    FactLabel(.key, name: "week", text: "\(week)"),
                ], "load_ms", row.1, "docks.csv", 10 * week + index)
        }
    }

    @Test("two numbers of one name that are both another one's are that one's, whatever else is said")
    func shared() {
        let rest = "once the sluice was rebuilt by hand"
        #expect(Sample.findings("rowan falls from 150.263 to 122.926 \(rest).", Self.docks) == [])
        #expect(Sample.findings("hazel falls from 150.263 to 122.926 \(rest).", Self.docks).count == 2)
        #expect(Sample.findings("hazel falls from 150.263, which is rowan's, to 122.926 \(rest).", Self.docks) == [])
        // `writes` of a `randwrite`
        let compound = Self.docks(besides: "witchhazel")
        #expect(Sample.findings("hazel falls from 150.263 to 122.926 \(rest).", compound) == [])
        #expect(Sample.findings("maple falls from 150.263 to 122.926 \(rest).", compound).count == 2)
    }

    @Test("medians of runs are those of one run here and of another one there")
    func medians() {
        let runs: [(String, [Double])] = [
            ("Q1", [2.911, 2.988, 3.204]), ("Q2", [13.417, 13.640, 13.911]), ("Q3", [9.264, 9.300, 9.877]),
            ("Q4", [15.870, 16.102, 16.135]), ("Q5", [1.149, 1.152, 1.187]),
        ]
        let facts = Sample.facts([
            runs.flatMap { query, values in
                // The middle one of Q4 was its third run.
                (query == "Q4" ? [values[0], values[2] + 0.5, values[2]] : values).enumerated().map { index, value in
                    Sample.fact(
                        [
                            FactLabel(.file, text: "olap"), FactLabel(.text, name: "query", text: query),
                            FactLabel(.key, name: "run", text: "\(index + 1)"),
                        ], "elapsed_s", value, "olap.csv", 2 + index)
                }
            }
        ])
        func table(_ value: String) -> String {
            "Median of three runs:\n\n| Query | s |\n|---|---|\n| Q1 | 2.988 |\n| Q2 | 13.640 |\n| Q3 | 9.300 |\n| Q4 | \(value) |\n"
                + "| Q5 | 1.152 |\n"
        }
        #expect(Sample.findings(table("16.135"), facts) == [])
        #expect(Sample.findings(table("14.135"), facts).count == 1)
    }

    @Test("a cost is a metric where the data has one, and what something costs in percent is a change")
    func costs() {
        let facts = Sample.facts([
            Sample.table(
                "bills.csv", key: "dock", [("rowan", ["cost_usd": 20.02]), ("hazel", ["cost_usd": 13.41])])
        ])
        #expect(Sample.findings("The cost_usd of rowan is 20.02.", facts) == [])
        #expect(Sample.findings("The cost_usd of rowan is 24.02.", facts).count == 1)
        #expect(Sample.findings("The longer pier costs rowan 6.2 % of its berths.", facts) == [])
    }

    @Test("folders tell runs apart whose files differ in their numbers alone")
    func folders() {
        func run(_ folder: String, _ stamp: Int, _ wait: Double) -> [Fact] {
            [
                Sample.fact(
                    [FactLabel(.file, text: "run-\(stamp)"), FactLabel(.key, name: "users", text: "8")], "wait_ms",
                    wait,
                    "results/\(folder)/run-\(stamp).json", 2)
            ]
        }
        let facts = Sample.facts([run("oslo", 140_553, 288.12), run("kyiv", 93_118, 134.89)])
        #expect(Sample.findings("With 8 users oslo has a wait_ms of 288.12.", facts) == [])
        #expect(Sample.findings("With 8 users kyiv has a wait_ms of 288.12.", facts) != [])
    }
}

@Suite("Comparisons that leave something unsaid")
struct UnsaidComparisonTests {
    private static let kilns = Sample.facts([
        [("clay", [(1, 12.5, 80.0), (2, 14.5, 70.0)]), ("lime", [(1, 22.5, 40.0), (2, 31.5, 30.0)])].flatMap {
            name, rows in
            rows.enumerated().flatMap { index, row in
                [("wait_ms", row.1), ("bricks_per_s", row.2)].map { metric, value in
                    Sample.fact(
                        [
                            FactLabel(.file, text: "kilns"), FactLabel(.text, name: "kiln", text: name),
                            FactLabel(.key, name: "load", text: "\(row.0)"),
                        ], metric, value, "kilns.csv", 2 + index)
                }
            }
        }
    ])

    private func findings(_ text: String) -> [String] { Sample.findings(text, Self.kilns) }

    @Test("of two the one that is not named is the other one")
    func implied() {
        #expect(findings("lime is the slower kiln at every load.") == [])
        #expect(findings("clay is the slower kiln at every load.") != [])
        #expect(findings("The wait_ms of lime is higher.") == [])
        #expect(findings("The wait_ms of clay is higher.") != [])
    }

    @Test("an amount that no values of the two come to is doubted")
    func amounts() {
        #expect(findings("lime has 80 % more wait_ms than clay.") == [])
        #expect(findings("lime has 45 % more wait_ms than clay.").count == 1)
    }
}
