import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("What stands beside the value that was meant")
struct SiblingTests {
    private static let files = Sample.facts([
        [
            ("F16", "prompt", 746.31), ("F16", "decode", 22.62), ("Q8", "prompt", 655.12), ("Q8", "decode", 39.86),
            ("Q5", "prompt", 582.44), ("Q5", "decode", 51.2),
        ].enumerated().map { row, entry in
            Sample.fact(
                [
                    FactLabel(.file, text: "speeds"), FactLabel(.text, name: "quant", text: entry.0),
                    FactLabel(.text, name: "test", text: entry.1),
                ], "tokens_per_s", entry.2, "speeds.csv", row + 2)
        },
        [("F16", 203.5), ("Q8", 171.4), ("Q5", 181.2)].enumerated().map { row, entry in
            Sample.fact(
                [FactLabel(.file, text: "losses"), FactLabel(.text, name: "quant", text: entry.0)], "seconds", entry.1,
                "losses.csv", row + 2)
        },
    ])

    @Test(
        "the number of a superlative tells of which of its subject's values it is said",
        arguments: [
            ("F16 is the fastest (746.3 tokens/s) and Q5 the slowest (582.44).", 0),
            ("Q5 is the slowest (582.44 tokens/s).", 0), ("Q8 is the slowest (655.12 tokens/s).", 1),
            ("Q8 is the slowest.", 1),
        ])
    func printedExtremes(text: String, errors: Int) {
        #expect(Sample.findings(text, Self.files).count { $0.hasPrefix("error") } == errors)
    }

    private static let lamps = Sample.facts([
        Sample.table(
            "lamps.csv", key: "lamp",
            [
                ("quay", ["mean_ms": 58.31, "min_ms": 41.27, "max_ms": 99.84, "recall": 0.9478, "ndcg": 0.9561]),
                ("mole", ["mean_ms": 71.45, "min_ms": 60.02, "max_ms": 128.73, "recall": 0.9402, "ndcg": 0.9513]),
                ("pier", ["mean_ms": 44.19, "min_ms": 30.63, "max_ms": 82.05, "recall": 0.9317, "ndcg": 0.9425]),
            ]),
        Sample.table(
            "board.csv", key: "crew", [("gulls", ["average": 73.13]), ("terns", ["average": 71.86])]),
    ])

    @Test(
        "a metric that is another one of its row",
        arguments: [
            ("Quay has a recall of 0.948 and an NDCG of 0.956.", 0), ("Quay has a recall of 0.956.", 1),
            ("The recall falls from 0.948 to 0.932.", 0), ("The recall is highest with 0.9561.", 1),
            ("The recall of what nobody measured is 0.877.", 0),
        ])
    func metrics(text: String, errors: Int) {
        let found = Sample.findings(text, Self.lamps)
        #expect(found.count { $0.hasPrefix("error") } == errors, "\(found)")
    }

    @Test(
        "a statistic that is another one of its row, or is called by another name",
        arguments: [
            ("The fastest call of quay took 41.3 ms, the slowest 99.8 ms.", 0),
            ("The fastest call of quay took 58.3 ms, the slowest 99.8 ms.", 1),
            ("The gulls lead with an average of 73.13.", 0), ("The gulls lead with a median of 73.13.", 1),
            ("In the second run its mean went from 71.5 to 58.3 ms.", 0),
            ("In the second run its mean went from 71.5 to 99.8 ms.", 1),
        ])
    func statistics(text: String, errors: Int) {
        let found = Sample.findings(text, Self.lamps)
        #expect(found.count { $0.hasPrefix("error") } == errors, "\(found)")
    }

    @Test("the largest of several values is not their mean")
    func largest() {
        let facts = Sample.facts([
            Sample.steps("fit_alder.csv", [(1, 4.831), (2, 3.917), (3, 3.604), (4, 3.411)]),
            Sample.steps("fit_birch.csv", [(1, 5.117), (2, 4.441), (3, 4.203), (4, 4.096)]),
        ])
        #expect(Sample.findings("The loss of alder averages 3.941.", facts) == [])
        #expect(Sample.findings("The loss of alder averages 4.831.", facts) == ["error G04 4.831"])
        #expect(Sample.findings("The loss of alder starts at 4.831.", facts) == [])
    }

    @Test("a file's own setting is one of all its rows")
    func settings() {
        func fact(_ clients: Int, _ metric: String, _ value: Double, _ place: String) -> Fact {
            let labels = [FactLabel(.file, text: "run\(clients)")]
            let key = place == "input" ? [FactLabel(.key, name: "concurrency", text: "\(clients)")] : []
            return Sample.fact(labels + key, metric, value, "run\(clients).json", place == "input" ? 1 : 2)
        }
        let facts = Sample.facts(
            [(16, 1.0), (64, 3.0)].map { clients, size in
                [
                    fact(clients, "entries", 100 * size, "input"), fact(clients, "p90_ttft_ms", 91.76 * size, "row"),
                    fact(clients, "p95_ttft_ms", 112.48 * size, "row"),
                ]
            })
        #expect(Sample.findings("At a concurrency of 16 the p95 TTFT is 112.5 ms.", facts) == [])
        #expect(Sample.findings("At a concurrency of 16 the p95 TTFT is 91.8 ms.", facts) == ["error G04 91.8 ms"])
    }

    @Test(
        "a slip of the pen in a sentence of the data and in a difference",
        arguments: [
            ("It managed 15,511.1 tps.", 0), ("It managed 15,151.1 tps.", 1),
            ("The slow one took 2,271.9 s more.", 0), ("The gain is 23,113 lumens.", 1),
        ])
    func slips(text: String, errors: Int) {
        let facts = Sample.facts(
            [
                Sample.table(
                    "birds.csv", key: "bird",
                    [
                        ("wren", ["total_s": 7862.4, "lumens": 21313]),
                        ("robin", ["total_s": 4603.9, "lumens": 18907]),
                        ("siskin", ["total_s": 5590.5, "lumens": 16402]),
                    ])
            ], mentions: [Sample.mention(15511.1, unit: "tps", line: 4), Sample.mention(12704.8, unit: "tps", line: 9)])
        let found = Sample.findings(text, facts)
        #expect(found.count { $0.hasPrefix("error") } == errors, "\(found)")
    }

    @Test("a row of one metric has no cell of another one")
    func rowsOfOneMetric() {
        let tasks = ["reefs", "dunes", "fens", "moors", "bogs", "crags", "holms"]
        let models = ["finch", "egret", "heron"]
        func score(_ model: Int, _ task: Int, isNormed: Bool) -> Double {
            0.4131 + 0.0527 * Double(task) + 0.0113 * Double(model) + (isNormed ? 0.0341 + 0.0017 * Double(task) : 0)
        }
        let facts = Sample.facts(
            models.enumerated().map { model, name in
                tasks.enumerated().flatMap { task, title in
                    let labels = [
                        FactLabel(.file, text: name), FactLabel(.text, name: "model", text: name),
                        FactLabel(.text, name: "task", text: title),
                    ]
                    return [("acc", false), ("acc_norm", true)].map {
                        Sample.fact(labels, $0.0, score(model, task, isNormed: $0.1), "\(name).json", task + 1)
                    }
                }
            })
        func table(plain: Int?) -> String {
            let rows = tasks.indices.map { task in
                let cells = models.indices.map { model in
                    DisplayFormat.significant(
                        score(model, task, isNormed: task < 4 && !(task == 1 && model == plain)), digits: 4)
                }
                return "| \(tasks[task]) | \(cells.joined(separator: " | ")) |\n"
            }
            return "| Task | finch | egret | heron |\n|---|---|---|---|\n" + rows.joined()
        }
        #expect(Sample.findings(table(plain: nil), facts) == [])
        #expect(Sample.findings(table(plain: 2), facts).count { $0.hasPrefix("error") } == 1)
    }

    @Test("nines behind an underscore are those of a percentile")
    func nines() {
        #expect(NameReading("p99_9_us").statistic == Statistic(quantile: 0.999))
        #expect(NameReading("p99_us").statistic == .p99)
        #expect(NameReading("p95_9_us").statistic == .p95)
    }
}
