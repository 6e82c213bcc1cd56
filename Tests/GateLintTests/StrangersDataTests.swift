import GateCore
import GateVocabulary
import Testing

@testable import GateLint

/// True sentences about data of kinds that nobody had in mind, each beside one that is wrong.
@Suite("What new data taught")
struct StrangersDataTests {
    /// Twelve trials of a sweep: four rates, three widths, one name each; the settings stand behind a measured column.
    private static let trials =
        (0..<12).flatMap { index -> [Fact] in
            let labels = [FactLabel(.file, text: "sweep"), FactLabel(.text, name: "trial", text: "run-\(name(index))")]
            let loss = 0.9028 + 0.0037 * Double(index) + (index == 7 ? 0.0011 : 0)
            return [
                ("runtime_s", 700 + 13.5 * Double(index)), ("learning", [1e-4, 2e-4, 4e-4, 8e-4][index / 3]),
                ("width", [8, 16, 32][index % 3]), ("loss", loss),
            ].map { Sample.fact(labels, $0, $1, "sweep.csv", index + 2) }
        }

    private static let sweep = Sample.facts([trials])

    private static func name(_ index: Int) -> String { ["otter", "heron", "newt"][index % 3] + "\(index + 20)" }

    @Test("columns whose combinations share the rows out evenly are settings, whatever stands before them")
    func crossed() {
        var relation = Relation()
        relation.add(Self.trials)
        relation.finish()
        #expect(DeterminedColumns(relation).levels.values.map(\.count) == [2])
        let aggregates = relation.withAggregates()
        let means = aggregates.columns.filter { $0.name == "loss" && $0.statistic == .mean }.flatMap(\.entries).map {
            shown((10_000 * aggregates.entries[$0].value).rounded() / 10_000)
        }
        // Of the trials with a width of 8, and of those with a rate of 8e-4.
        for mean in ["0.9195", "0.9398"] { #expect(means.contains(mean), "\(means)") }
    }

    @Test("a mean that the data has none of is no single value with two digits exchanged")
    func exchanged() {
        let table = "| width | mean loss |\n|--|--|\n| 8 | 0.9082 |\n"
        #expect(Sample.findings(table, Self.sweep).filter { $0.hasPrefix("error") } == [])
        #expect(Sample.findings("The loss of run-otter20 is 0.9082.", Self.sweep).first?.hasPrefix("error G04") == true)
    }

    private static let steps = Sample.facts([
        (1...4).map { step in
            Sample.fact(
                [
                    FactLabel(.file, text: "pretrain"), FactLabel(.text, name: "run", text: "alder"),
                    FactLabel(.key, name: "step", text: "\(step * 100)"),
                ], "n_tokens_seen", Double(step) * 262_144_00, "pretrain.csv", step + 1)
        },
        (1...4).map { step in
            Sample.fact(
                [FactLabel(.file, text: "tuning"), FactLabel(.key, name: "step", text: "\(step * 100)")], "num_tokens",
                Double(step) * 20_541_203, "tuning.csv", step + 1)
        },
    ])

    @Test("what a metric of the same word is at the same key is no error of another one")
    func kin() {
        #expect(Sample.findings("By step 400 it had seen 82.2 million tokens.", Self.steps) == [])
        let wrong = Sample.findings("By step 400 alder had seen 96.3 million tokens.", Self.steps)
        #expect(wrong.first?.hasPrefix("error") == true, "\(wrong)")
    }

    private static let queries = Sample.facts([
        (0..<24).flatMap { index -> [Fact] in
            let labels = [
                FactLabel(.file, text: "queries"), FactLabel(.text, name: "query", text: "q-\(Self.name(index))"),
                FactLabel(.text, name: "pipeline", text: ["sparse", "hybrid"][index % 2]),
            ]
            let isHybrid = index % 2 == 1
            return [
                Sample.fact(labels, "rerank_ms", isHybrid ? 149 + Double(index) : 0, "queries.csv", index + 2),
                Sample.fact(
                    labels, "cost_usd", isHybrid ? 0.000349 : 0.000399, "queries.csv", index + 2),
            ]
        }
    ])

    @Test("cheaper is what costs less, not what another metric of the sentence is less of")
    func cheaper() {
        let text = "Reranking takes 150 ms, but hybrid is 12.5 % cheaper than sparse."
        #expect(Sample.findings(text, Self.queries).filter { $0.hasPrefix("error") } == [])
        #expect(
            Sample.findings("The cost of sparse is lower than that of hybrid.", Self.queries).first?.hasPrefix(
                "error I03")
                == true)
    }

    /// Four runners of a cache, each with two counts and a time of hits.
    private static let runners = Sample.facts([
        [
            ("linux", 853.3, 57_739, 55_681), ("arm", 502.1, 31_186, 29_678), ("mac", 682.7, 23_903, 22_846),
            ("windows", 743.9, 30_530, 28_114),
        ].enumerated().flatMap { row, entry -> [Fact] in
            let labels = [FactLabel(.file, text: "cache"), FactLabel(.text, name: "runner", text: entry.0)]
            return [
                ("cache_read_hit_s", entry.1), ("compile_requests", Double(entry.2)),
                ("requests_executed", Double(entry.3)),
            ]
            .map { Sample.fact(labels, $0, $1, "cache.csv", row + 2) }
        }
    ])

    @Test("a superlative with a share behind it is none of a metric in seconds")
    func shareBehind() {
        #expect(
            Sample.findings("The best cache read hit belongs to mac (88.8 %).", Self.runners).filter {
                $0.hasPrefix("error")
            } == [])
        let seconds = Sample.findings("The lowest cache read hit time has mac (682.7 s).", Self.runners)
        #expect(seconds.contains { $0.hasPrefix("error I03") }, "\(seconds)")
    }

    @Test("a count that its owner has is none of another count of it")
    func otherCount() {
        #expect(Sample.findings("On arm it executed 29,678 requests.", Self.runners) == [])
        #expect(Sample.findings("On arm there were 31,186 compile requests.", Self.runners) == [])
        let wrong = Sample.findings("On arm there were 41,186 compile requests.", Self.runners)
        #expect(wrong.first?.contains("41,186") == true, "\(wrong)")
    }

    /// Three builds of two targets on two machines.
    private static let builds = Sample.facts([
        (0..<12).map { index -> Fact in
            let (target, machine, run) = (
                ["server", "render"][index % 2], ["grey", "blue"][index / 2 % 2], index / 4 + 1
            )
            let labels = [
                FactLabel(.file, text: "builds"), FactLabel(.text, name: "machine", text: machine),
                FactLabel(.text, name: "target", text: target), FactLabel(.key, name: "run", text: "\(run)"),
            ]
            let value = target == "render" && machine == "grey" && run == 2 ? 20.4 : 18.3 + 1.7 * Double(index % 5)
            return Sample.fact(labels, "wall_s", value, "builds.csv", index + 2)
        }
    ])

    @Test("a mean of few digits is not that of another owner who has such a value once")
    func meanOfOthers() {
        let table = "| target | wall |\n|--|--|\n| server | 0.34 min |\n| render | 0.36 min |\n"
        #expect(Sample.findings(table, Self.builds).filter { $0.hasPrefix("error") } == [])
    }

    @Test("a version is no number of millions")
    func millions() {
        let facts = Sample.facts(
            [
                [
                    Sample.fact(
                        [FactLabel(.file, text: "gateway"), FactLabel(.text, name: "proxy", text: "envoy-1.31.3")],
                        "rps", 4120.5, "gateway.csv", 2)
                ]
            ])
        #expect(
            Sample.findings("In all envoy answered 3.70 million requests.", facts).filter { $0.hasPrefix("error") }
                == [])
        #expect(Sample.findings("It ran behind envoy 1.29.2.", facts) == ["error G04 1.29.2"])
    }

    @Test("a share of the time is none of the files")
    func timeShare() {
        let text = "It unpacks JSON in 26 % of the time of the other one."
        #expect(Sample.findings(text, Self.queries).filter { $0.hasPrefix("error") } == [])
        #expect(Sample.findings("26 % of the files are JSON.", Self.queries).first?.hasPrefix("error G02") == true)
    }
}
