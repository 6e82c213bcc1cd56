import GateCore
import GateVocabulary
import Testing

@testable import GateLint

/// True sentences about sweeps of servers and kernels, each beside one that is wrong.
@Suite("What sweeps of servers and kernels taught")
struct SweepDataTests {
    private static func key(_ name: String, _ value: Int) -> FactLabel { FactLabel(.key, name: name, text: "\(value)") }

    // MARK: - Columns of owners

    private static let sizes = [1024, 2048, 4096]

    /// `weft (TFLOPS)` beside `warp (TFLOPS)`, by the sizes of square matrices.
    private static let kernels = Sample.facts([
        zip(sizes, [(151.3, 148.9), (183.86, 189.31), (224.84, 217.5)]).enumerated().flatMap { index, row in
            let labels = [FactLabel(.file, text: "matmul"), key("M", row.0), key("N", row.0)]
            return [("weft (TFLOPS)", row.1.0), ("warp (TFLOPS)", row.1.1)].map {
                Sample.fact(labels, $0, $1, "matmul.csv", index + 2)
            }
        }
    ])

    @Test("columns of one rate are owners: they are compared, and a size without a name selects their row")
    func rated() {
        let known = Self.kernels
        #expect(known.relation.columns.map(\.name).contains("throughput (TFLOPS)"))
        #expect(Sample.findings("At size 1,024 weft is 1.6 % faster than warp.", known) == [])
        #expect(
            Sample.findings("At size 2,048 weft is faster than warp.", known) == [
                "error I03 weft is faster than warp"
            ])
        #expect(
            Sample.findings("weft peaks at size 4,096 with 224.8 TFLOPS, warp at 4,096 with 217.5 TFLOPS.", known) == []
        )
        #expect(
            Sample.findings("At size 2,048 weft reaches 189.3 TFLOPS.", known).map { $0.prefix(9) } == ["error G04"])
    }

    @Test("a mean of all that one owner has is one that its values come to")
    func meanOfOwner() {
        #expect(Sample.findings("weft averages 186.67 TFLOPS.", Self.kernels) == [])
        #expect(Sample.findings("weft averages 196.67 TFLOPS.", Self.kernels) == ["warning G01 196.67 TFLOPS"])
    }

    @Test("columns that are metrics of one unit stay metrics")
    func metrics() {
        let facts = Sample.facts([
            (0..<4).flatMap { row -> [Fact] in
                [("Latency (ms)", 10.5), ("Setup time (ms)", 3.25)].map {
                    Sample.fact([FactLabel(.file, text: "runs")], $0, $1 + Double(row), "runs.csv", row + 2)
                }
            }
        ])
        #expect(facts.relation.columns.map(\.name) == ["Latency (ms)", "Setup time (ms)"])
    }

    @Test("a superlative with its number is judged of all names that stand before it, and of the key behind")
    func holders() {
        let known = Self.kernels
        #expect(
            Sample.findings("warp at size 2,048 has the highest throughput of its size, 189.3 TFLOPS.", known) == [])
        #expect(Sample.findings("The fastest kernel is weft at size 4,096: 224.8 TFLOPS.", known) == [])
        #expect(
            Sample.findings("The fastest kernel is warp at size 4,096: 224.8 TFLOPS.", known).first?.hasPrefix("error")
                == true)
    }

    @Test("the amount of a comparison says which values are meant, and they say which way it goes")
    func directions() {
        #expect(Sample.findings("weft is 3.4 % faster than warp at the largest size.", Self.kernels) == [])
        #expect(
            Sample.findings("weft is 3.4 % slower than warp at the largest size.", Self.kernels).first?.hasPrefix(
                "error I03") == true)
    }

    // MARK: - Names

    /// A file and a model that begin with the same word, and answers of a model beside them.
    private static let models: ReportFacts = {
        let answers = (0..<6).map { index in
            Sample.fact(
                [
                    FactLabel(.file, text: "answers"),
                    FactLabel(
                        .text, name: "answer", text: "The rule for the oak table no. \(index) is: ask the master first."
                    ),
                ], "faithfulness", 0.5 + 0.07 * Double(index), "answers.csv", index + 2)
        }
        let bench = (0..<3).map { index in
            Sample.fact(
                [
                    FactLabel(.file, text: "oak_bench"),
                    FactLabel(.text, name: "test", text: ["pp", "tg", "mix"][index]),
                ],
                "avg_ts", 88.4 + 21 * Double(index), "oak_bench.json", index + 2)
        }
        let runs = ["acme/Oak-3.1-8B", "acme/Elm-7B"].enumerated().flatMap { model, name in
            (0..<3).map { run in
                Sample.fact(
                    [
                        FactLabel(.file, text: "serving"), FactLabel(.text, name: "model_id", text: name),
                        key("run", run),
                    ],
                    "mean_ttft_ms", [[3319.2, 3273.4, 3226.5], [1317.4, 1302.9, 1332.5]][model][run], "serving.csv",
                    3 * model + run + 2)
            }
        }
        return Sample.facts([answers, bench, runs])
    }()

    @Test("the first word of a model and of a file's name is both; of a sentence one word calls nothing")
    func firstWords() {
        let known = Self.models
        #expect(Sample.findings("The mean TTFT of Oak is 3.27 s, that of Elm 1.32 s.", known) == [])
        func kinds(_ word: String) -> Set<FactLabel.Kind> {
            let relation = known.relation
            let mentions = relation.labelIndex.mentions(
                in: [Term(text: word, tokens: 0..<1)], isWeak: { _ in false })
            return Set(mentions.flatMap(\.names).map { relation.labels[relation.labelOfName[$0]].kind })
        }
        #expect(kinds("oak") == [.file, .text])
        #expect(kinds("rule") == [])
    }

    @Test("digits of what runs come to in a unit of another size are a wrong unit")
    func unitOfMean() {
        #expect(
            Sample.findings("The mean TTFT of Oak-3.1-8B is 3.273 ms.", Self.models) == ["error G05 3.273 ms"])
    }

    // MARK: - Tables

    private static let scores = Sample.facts([
        scores(
            of: "acme/Oak-3.1-8B", 0, [("weave", "acc", 0.569), ("weave", "acc_norm", 0.610), ("spin", "acc", 0.665)]),
        scores(of: "acme/Elm-7B", 1, [("weave", "acc", 0.584), ("weave", "acc_norm", 0.626), ("spin", "acc", 0.703)]),
    ])

    private static func scores(of name: String, _ model: Int, _ scores: [(String, String, Double)]) -> [Fact] {
        let others = [("dye", "acc", model == 0 ? 0.541 : 0.648), ("knot", "acc", model == 0 ? 0.778 : 0.747)]
        return (scores + others).enumerated().map { index, score in
            let labels = [
                FactLabel(.file, text: "scores"), FactLabel(.text, name: "model_id", text: name),
                FactLabel(.text, name: "task", text: score.0),
            ]
            return Sample.fact(labels, score.1, score.2, "scores\(model).json", index + 2)
        }
    }

    @Test("a row of another metric than the rows around it is no error, two exchanged rows are")
    func rowsOfTables() {
        let table = """
            | Task | Elm-7B | Oak-3.1-8B |
            |---|---|---|
            | weave (acc_norm) | 62.6 | 61.0 |
            | spin | 70.3 | 66.5 |
            | dye | 64.8 | 54.1 |
            | knot | 74.7 | 77.8 |
            """
        #expect(Sample.findings(table, Self.scores) == [])
        let exchanged = table.replacing("70.3 | 66.5", with: "x").replacing("64.8 | 54.1", with: "70.3 | 66.5")
            .replacing("| x", with: "| 64.8 | 54.1")
        #expect(Sample.findings(exchanged, Self.scores).filter { $0.hasPrefix("error G04") }.count == 4)
    }

    // MARK: - What was computed

    /// Three runs of two looms, the first of each cold.
    private static let runs = Sample.facts([["birch", "cedar"].enumerated().flatMap { runs(of: $1, $0) }])

    private static func runs(of name: String, _ loom: Int) -> [Fact] {
        (0..<12).map { index in
            let labels = [
                FactLabel(.file, text: "runs"), FactLabel(.text, name: "loom", text: name),
                FactLabel(.text, name: "pattern", text: "P\(index / 3 + 1)"), key("run", index % 3 + 1),
            ]
            let warm = 2.037 + 0.831 * Double(index) + 4.4 * Double(loom)
            let seconds = index % 3 == 0 ? warm + 8.7 : warm
            return Sample.fact(labels, "elapsed_s", seconds, "runs.csv", 12 * loom + index + 2)
        }
    }

    @Test("a sentence that says how its numbers were computed is not held against single values")
    func computing() {
        let text = "averaging the two warm runs, birch needs 28.43 s."
        #expect(Sample.findings("Without this pattern, and " + text, Self.runs).filter { $0.hasPrefix("error") } == [])
    }

    @Test("who is slowest on average is told by the means")
    func slowestOnAverage() {
        #expect(Sample.findings("cedar is the slowest loom on average.", Self.runs) == [])
        #expect(
            Sample.findings("birch is the slowest loom on average.", Self.runs) == [
                "error I03 birch is the slowest"
            ])
    }

    @Test("a difference to another one need not be that of the one run whose value is printed")
    func differenceOfMeans() {
        #expect(Sample.findings("In P1 birch took 2.868 s, 4.2 s less than cedar.", Self.runs) == [])
    }

    @Test("a bound that was rounded away from a value of the data is one, another one is none")
    func bounds() {
        #expect(Sample.findings("No run took less than 2.86 s.", Self.runs).filter { $0.hasPrefix("warning") } == [])
        // Between the three runs of one pattern.
        #expect(Sample.findings("birch needs 3.283 s for P1 once it is warm.", Self.runs) == [])
        #expect(Sample.findings("birch needs 30.283 s for P1 once it is warm.", Self.runs) != [])
    }

    @Test("the number of a long table's rows is known, whatever these are called")
    func longTable() {
        let facts = Sample.facts([
            (0..<132).map { index in
                Sample.fact(
                    [FactLabel(.file, text: "log"), FactLabel(.text, name: "loom", text: "loom-\(index % 11)")],
                    "pull_s", 1.37 + 0.113 * Double(index), "log.csv", index + 2)
            }
        ])
        #expect(Sample.findings("Only 2 of 132 weaving attempts were cut short.", facts) == [])
        #expect(Sample.findings("Only 2 of 152 weaving attempts were cut short.", facts) != [])
    }

    // MARK: - Numbers that stand beside each other

    @Test(
        "what is set against a number that is printed is judged by the two numbers",
        arguments: [
            ("took 2.868 s in run 2, which is 82 % less than the 15.58 s of cedar.", true),
            ("took 2.868 s in run 2, which is 82 % more than the 15.58 s of cedar.", false),
            ("once took 2.868 s, shorter than the slowest one of cedar (22.62 s).", true),
            ("once took 2.868 s, longer than the slowest one of cedar (22.62 s).", false),
        ])
    func printed(_ text: String, _ isTrue: Bool) {
        let found = Sample.findings("The birch " + text, Self.runs).filter { $0.contains("I03") }
        #expect(found.isEmpty == isTrue, "\(found)")
    }

    @Test(
        "what two numbers in brackets or behind a change say, the words between them say as well",
        arguments: [
            ("P1 took less time on birch (2.868 s) than on cedar (7.268 s).", true),
            ("P1 took more time on birch (2.868 s) than on cedar (7.268 s).", false),
            ("From run to run birch gets slower, from 2.868 s to 3.699 s.", true),
            ("From run to run birch gets faster, from 2.868 s to 3.699 s.", false),
        ])
    func brackets(_ text: String, _ isTrue: Bool) {
        let found = Sample.findings(text, Self.runs).filter { $0.contains("I03") }
        #expect(found.isEmpty == isTrue, "\(found)")
    }

    @Test("a second comparison goes on with the two of the first one")
    func secondComparison() {
        let facts = Sample.facts([
            ["ash", "yew"].enumerated().flatMap { row, name in
                [("size_gb", 4.58 + 0.9 * Double(row)), ("tokens_per_second", 129.4 - 18.3 * Double(row))].map {
                    Sample.fact(
                        [FactLabel(.file, text: "models"), FactLabel(.text, name: "model", text: name)], $0, $1,
                        "models.csv", row + 2)
                }
            }
        ])
        #expect(Sample.findings("The size of ash is smaller than that of yew.", facts) == [])
        #expect(Sample.findings("ash is faster than yew and still smaller.", facts) == [])
        #expect(Sample.findings("yew is slower than ash and still faster.", facts).contains { $0.contains("I03") })
    }

    // MARK: - Runs of a training

    /// Two runs by step: a full one and one of adapters, whose gradients are smaller and which is quicker.
    private static let trainings = Sample.facts([
        training("oak-full", isFull: true), training("oak-lora", isFull: false),
    ])

    private static func training(_ name: String, isFull: Bool) -> [Fact] {
        (1...4).flatMap { step -> [Fact] in
            let labels = [
                FactLabel(.file, text: name), FactLabel(.text, name: "model", text: name), key("step", 500 * step),
            ]
            let down = Double(step)
            let error = isFull ? 41.32 - 2.87 * down : 43.84 - 2.91 * down + (step == 2 ? 0.61 : 0)
            let values: [(String, Double)] = [
                ("eval_wer", error), ("grad_norm", isFull ? 13.07 - 1.31 * down : 1.171 - 0.1 * down),
                ("train_samples_per_second", isFull ? 5.859 : 7.963), ("train_runtime_s", isFull ? 21860 : 16084),
            ]
            return values.map { Sample.fact(labels, $0, $1, "\(name).json", step + 1) }
        }
    }

    @Test(
        "less time is no lower rate, a gap is no value, and what peaks does so among its own",
        arguments: [
            "oak-lora needs 26 % less training time than oak-full.",
            "The gap in eval WER is widest at step 1,000.",
            "The gradient norm of oak-lora peaked at 1.071 in step 500.",
            "They processed 5.86 samples per second and 7.96.",
        ])
    func ofTraining(_ text: String) {
        #expect(Sample.findings(text, Self.trainings) == [])
    }

    @Test("a superlative below a sentence on something else is of what its own number is of")
    func unnamed() {
        let text = "The gradient norm matters. The weakest was oak-lora (40.9)."
        #expect(Sample.findings(text, Self.trainings).filter { $0.hasPrefix("error") } == [])
    }
}
