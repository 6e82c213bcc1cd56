import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Data that says the same in two places, or calls it by two names")
struct TwoPlacesTests {
    /// A board of all boats, and a file of each boat with the same numbers as shares.
    private static let board = Sample.facts([
        Sample.table(
            "board.csv", key: "boat",
            [
                ("aurora", ["Reef": 55.03, "Tack": 72.48, "Gybe": 76.72]),
                ("borealis", ["Reef": 58.19, "Tack": 68.10, "Gybe": 76.95]),
                ("calypso", ["Reef": 61.01, "Tack": 60.58, "Gybe": 49.73]),
                ("dorado", ["Reef": 64.68, "Tack": 71.57, "Gybe": 80.21]),
            ]),
        single("aurora", [("reef", 0.55034), ("tack", 0.72475), ("gybe", 0.76724)]),
        single("borealis", [("reef", 0.58191), ("tack", 0.68103), ("gybe", 0.76952)]),
        single("calypso", [("reef", 0.61007), ("tack", 0.60582), ("gybe", 0.49734)]),
        single("dorado", [("reef", 0.64676), ("tack", 0.71571), ("gybe", 0.80212)]),
    ])

    private static func single(_ boat: String, _ scores: [(String, Double)]) -> [Fact] {
        scores.enumerated().map { index, score in
            Sample.fact(
                [
                    FactLabel(.file, text: "run_\(boat)"), FactLabel(.text, name: "task", text: score.0),
                    FactLabel(.text, name: "boat", text: boat),
                ], "accuracy", score.1, "run_\(boat).csv", index + 2)
        }
    }

    private static let table = """
        | Boat | Reef | Tack | Gybe |
        |---|---|---|---|
        | aurora | 55.03 | 72.48 | 76.72 |
        | borealis | 58.19 | 68.10 | 76.95 |
        | calypso | 61.01 | 60.58 | 49.73 |
        | dorado | 64.68 | 71.57 | 80.21 |
        """

    @Test("a wrong cell is seen although each number stands in two files")
    func twice() {
        #expect(Sample.findings(Self.table, Self.board) == [])
        #expect(Sample.findings(Self.table.replacing("68.10", with: "61.80"), Self.board) == ["error G04 61.80"])
        #expect(Sample.findings(Self.table.replacing("76.95", with: "80.21"), Self.board) == ["error G04 80.21"])
    }

    @Test("a word that names a task and a metric alike is the one or the other, and leaves one value")
    func alike() throws {
        let (_, bindings) = ReportAudit.explained(
            Array("Borealis has 68.1 % on Tack.".utf8), known: Self.board,
            settings: QualitySettings(requiredSections: []), day: "2026-02-04")
        let binding = try #require(bindings.first)
        #expect(binding.verdict == "grounded")
        #expect(binding.binding.contains("→ 1 candidates"))
    }

    /// Two servers with a file each, of which only a note has a column.
    private static let servers = Sample.facts([
        Sample.table("notes.csv", key: "server", [("lark", ["gpus": 2]), ("wren", ["gpus": 2])]),
        sweep("lark_sweep.json", [(46.47, 233), (126.01, 676), (541.32, 918)]),
        sweep("wren_sweep.json", [(41.37, 234), (102.33, 688), (577.41, 1004)]),
    ])

    private static func sweep(_ file: String, _ runs: [(Double, Double)]) -> [Fact] {
        runs.enumerated().flatMap { index, run in
            [("ttft_ms", run.0), ("finished", run.1)].map { metric, value in
                Fact(
                    labels: [
                        FactLabel(.file, text: String(file.prefix { $0 != "." })), FactLabel(.path, text: "runs"),
                    ],
                    metric: metric, statistic: .raw, dimension: metric == "ttft_ms" ? .time : .unknown,
                    unit: metric == "ttft_ms" ? "ms" : nil, value: .number(value), written: "\(value)",
                    source: FactSource(file: file, pointer: "/runs/\(index)/\(metric)"))
            }
        }
    }

    @Test("elements of an array without names are told apart by their places")
    func elements() {
        let table = """
            | Run | Finished, lark | Finished, wren | TTFT, lark (ms) | TTFT, wren (ms) |
            |---|---|---|---|---|
            | slow | 233 | 234 | 46.5 | 41.4 |
            | fast | 676 | 688 | 126.0 | 102.3 |
            | free | 918 | 1,004 | 541.3 | 577.4 |
            """
        #expect(Sample.findings(table, Self.servers) == [])
        #expect(Sample.findings(table.replacing("41.4", with: "44.1"), Self.servers) == ["error G04 44.1"])
    }
}

@Suite("Keys that a report calls otherwise")
struct OtherwiseTests {
    /// Runs of a server at three loads, each in a file of its own, with what it was given as a key.
    static let loads = Sample.facts(
        [(8, 487.52, 54.25, 14.76, 200), (32, 1634.46, 84.49, 17.45, 600), (128, 3291.51, 194.89, 28.80, 1493)].map {
            (run: (Int, Double, Double, Double, Double)) in
            let labels = [
                FactLabel(.file, text: "load-\(run.0)"), FactLabel(.key, name: "max_concurrency", text: "\(run.0)"),
            ]
            return [("output_tokens_per_s", run.1), ("ttft_ms", run.2), ("tpot_ms", run.3), ("completed", run.4)].map {
                Sample.fact(labels, $0.0, $0.1, "load-\(run.0).json", 1)
            }
        })

    @Test(
        "clients, users and concurrent requests are a concurrency",
        arguments: [
            ("At 128 concurrent requests the TTFT is 194.9 ms.", 0),
            ("At 128 concurrent requests the TTFT is 84.5 ms.", 1),
            ("With 32 clients the TPOT is 17.45 ms.", 0), ("With 32 clients the TPOT is 28.80 ms.", 1),
        ])
    func concurrency(text: String, errors: Int) {
        let found = Sample.findings(text, Self.loads)
        #expect(found.count { $0.hasPrefix("error G04") } == errors && found.count == errors, "\(found)")
    }

    @Test(
        "both ends of a way are keys where one key has both",
        arguments: [
            ("Between 8 and 128 requests the TPOT grows by 95.1 %.", ""),
            ("Between 8 and 128 requests the TPOT grows by 59.1 %.", "error I02 59.1 %"),
        ])
    func ways(text: String, error: String) {
        #expect(Sample.findings(text, Self.loads) == [error].filter { !$0.isEmpty })
    }

    @Test("a sum over files of one run each is known")
    func sums() {
        #expect(Sample.findings("In all runs together 2,293 requests were completed.", Self.loads) == [])
    }

    /// One program at two counts of threads.
    private static let threads = Sample.facts([
        [(4, 6.02), (32, 23.37)].enumerated().map { index, run in
            Sample.fact(
                [FactLabel(.file, text: "cpu"), FactLabel(.key, name: "n_threads", text: "\(run.0)")], "tokens_per_s",
                run.1, "cpu.csv", index + 2)
        }
    ])

    @Test(
        "n_threads are threads",
        arguments: [
            ("It makes 23.4 tokens/s with 32 threads.", 0), ("It makes 6.02 tokens/s with 32 threads.", 1),
        ])
    func threads(text: String, errors: Int) {
        let found = Sample.findings(text, Self.threads)
        #expect(found.count { $0.hasPrefix("error") } == errors && found.count == errors, "\(found)")
    }
}

@Suite("What a sentence says of its own numbers")
struct OwnNumbersTests {
    @Test(
        "a multiple of a printed value, a distance of two",
        arguments: [
            ("Aurora needs 214.7 ms, 1.32x the 163.2 ms of borealis.", ""),
            ("Aurora needs 214.7 ms, 2.31x the 163.2 ms of borealis.", "error I02 2.31x"),
            ("The load is 214.7 ms for aurora and 163.2 ms for borealis, 32 % apart.", ""),
            ("The load is 214.7 ms for aurora and 163.2 ms for borealis, 27 % apart.", "error I02 27 %"),
            ("The load is 214.7 ms for aurora and 163.2 ms for borealis, a lead of 32 %.", ""),
            ("The load is 214.7 ms for aurora and 163.2 ms for borealis, a lead of 27 %.", "error I02 27 %"),
        ])
    func arithmetic(text: String, error: String) {
        #expect(Sample.findings(text, Sample.ferries) == [error].filter { !$0.isEmpty })
    }

    @Test("a bound of three digits stands somewhere, a round one need not")
    func bounds() {
        #expect(Sample.findings("The load of aurora stays below 250 ms.", Sample.ferries) == [])
        #expect(Sample.findings("The load never exceeds 321.4 ms.", Sample.ferries) == [])
        #expect(Sample.findings("The load never exceeds 341.2 ms.", Sample.ferries) == ["warning G01 341.2 ms"])
    }

    @Test("going from one size to the next compares no values")
    func steps() {
        #expect(
            Sample.findings("Going from 4,096 to 4,352 takes 12 % off the speed.", Sample.ferries).allSatisfy {
                !$0.contains("I02")
            })
    }
}

@Suite("Files and days of the data")
struct FilesAndDaysTests {
    @Test("a number of files that is told by kinds is that of all of them")
    func kinds() {
        let facts = Sample.facts([
            Sample.table("a.csv", key: "boat", [("aurora", ["load_ms": 1.5])]),
            Sample.table("b.csv", key: "model_filename", [("aurora.gguf", ["load_ms": 1.5])]),
        ])
        #expect(Sample.findings("Inputs: 2 files, of which 2 CSV and 0 JSON.", facts) == [])
        #expect(Sample.findings("Inputs: 3 files, of which 2 CSV and 0 JSON.", facts) == ["error G02 3"])
    }

    @Test("a share of a payload is none of files")
    func payload() {
        #expect(
            Sample.findings("Packing makes the JSON payload 81 % smaller.", Sample.ferries).allSatisfy {
                !$0.contains("G02")
            })
    }

    /// A run that says when it began in seconds, and one by a day.
    private static let days = Sample.facts([
        [
            Sample.fact([FactLabel(.file, text: "run")], "start_time", 1_776_254_412.8, "run.json", 1),
            Sample.fact([FactLabel(.file, text: "run")], "load_ms", 214.7, "run.json", 2),
        ]
    ])

    @Test(
        "seconds since 1970 are days of the data, and a day beside one of them is meant as one",
        arguments: [
            ("The run was made on 15 April 2026.", 0), ("The run was made on 15 May 2026.", 1),
            ("The boats went out on 15 April 2026 and 3 February 2026.", 0),
            ("The boats went out on 15 April 2026 and 3 March 2026.", 1),
            ("The run was made on 15 April 2026 and then reviewed by all of the crew on 3 May 2026.", 0),
        ])
    func seconds(text: String, warnings: Int) {
        let found = Sample.findings(text, Self.days)
        #expect(found.count { $0.contains("G07") } == warnings && found.count == warnings, "\(found)")
    }
}

@Suite("What a number is not said of")
struct NotSaidOfTests {
    private static let run = Sample.facts([
        [
            Sample.fact([FactLabel(.text, name: "case", text: "scatter")], "skip_time", -1, "bench.json", 1),
            Sample.fact([FactLabel(.text, name: "case", text: "scatter")], "min_samples", 10, "bench.json", 2),
            Sample.fact(
                [FactLabel(.text, name: "case", text: "scatter")], "total_output_tokens", 121_495, "bench.json", 3),
            Sample.fact(
                [FactLabel(.text, name: "case", text: "gather")], "total_output_tokens", 101_213, "bench.json", 4),
            Sample.fact(
                [FactLabel(.text, name: "case", text: "scatter")], "output_tokens_per_s", 1879.4, "bench.json", 5),
            Sample.fact(
                [FactLabel(.text, name: "case", text: "gather")], "output_tokens_per_s", 2011.2, "bench.json", 6),
        ]
    ])

    @Test(
        "a sentinel, a limit, one of several runs and a metric in another unit are not what is meant",
        arguments: [
            "Scatter took 642 samples.", "Scatter skips a time of 4.14 ms.",
            "Scatter produced 222,708 output tokens in its two runs.",
            "Scatter delivers 1,879.4 output tokens/s, 6.6 % less than gather.",
        ])
    func others(text: String) {
        #expect(Sample.findings(text, Self.run).allSatisfy { !$0.hasPrefix("error") })
    }

    @Test(
        "what holds above a key is said of no row, what lies over a limit is no value, and each change has its own ends",
        arguments: [
            "Above 32 clients the TPOT passes 18 ms.", "At 128 clients the TTFT is 94.9 ms over the 100 ms threshold.",
            "From 8 to 32 clients the TPOT grows by 18 %; from 32 to 128 it is said to have grown by 65 %.",
            "The TTFT is 194.9 ms; with 32 clients it trails by 30.2 ms.",
        ])
    func ofOthers(text: String) {
        #expect(Sample.findings(text, OtherwiseTests.loads).allSatisfy { !$0.hasPrefix("error") })
    }

    @Test("names of plain text files are names of the data")
    func namesOfNotes() {
        let facts = Sample.facts(
            [
                Sample.table(
                    "boats.csv", key: "boat",
                    [("aurora_one", ["load_ms": 214.7]), ("borealis_two", ["load_ms": 163.2])])
            ],
            mentions: [Sample.mention(427, unit: "GB", line: 3)])
        #expect(Sample.findings("The size of `notes` is 427 GB.", facts) == [])
        #expect(Sample.findings("The size of `ledger_book` is 427 GB.", facts).contains { $0.contains("E02") })
    }
}
