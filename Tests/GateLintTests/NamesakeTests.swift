import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("One thing under several names")
struct NamesakeTests {
    private static func row(_ file: String, _ name: String, _ model: String, _ metric: String, _ value: Double) -> Fact
    {
        Sample.fact([FactLabel(.file, text: file), FactLabel(.text, name: name, text: model)], metric, value, file, 2)
    }

    private static let boards = Sample.facts([
        [
            row("board.csv", "model", "Alder-2-7b-it", "score", 58.19),
            row("board.csv", "model", "Birch-3.1-8b", "score", 61.44),
        ],
        [row("a.json", "model_name", "north-lab/Alder-2-7b-it", "wer", 0.3127)],
        [row("b.json", "model_name", "south__Birch-3.1-8b", "wer", 0.2416)],
    ])

    @Test("what is called so with its owner's name in another file is meant, too")
    func owners() {
        #expect(Sample.findings("Birch has a wer of 0.2416 and a score of 61.44.", Self.boards) == [])
        #expect(Sample.findings("The wer of Birch is 0.3127.", Self.boards) == ["error G04 0.3127"])
    }

    @Test("an owner's name need not be said, a path and a choice stay as they are")
    func withoutOwner() {
        #expect(Namesakes.withoutOwner("north-lab/Alder-2-7b-it") == "Alder-2-7b-it")
        #expect(Namesakes.withoutOwner("Qwen/Qwen2.5-7B") == "Qwen/Qwen2.5-7B")
        #expect(Namesakes.withoutOwner("read/write") == "read/write")
        #expect(Namesakes.withoutOwner("/api/v1-health") == "/api/v1-health")
    }

    @Test("a file of weights is one thing in whatever folder it lies; other names with a path are several")
    func weights() {
        func alike(_ texts: [String]) -> [Int] {
            Namesakes(texts.map { Relation.Label(name: 0, text: $0, kind: .text, number: nil, isTotal: false) }).with([
                0
            ])
        }
        #expect(alike(["/srv/gguf/Alder-8B-Q4.gguf", "models/Alder-8B-Q4.gguf", "models/Birch-8B-Q4.gguf"]) == [0, 1])
        #expect(alike(["encode/tweet.json", "decode/tweet.json"]) == [0])
    }

    private static func run(_ users: Int, _ median: Double) -> [Fact] {
        let file = "out/toy-users\(users)/profile.csv"
        return [
            Sample.fact([FactLabel(.file, text: "profile")], "p50_ttft_ms", median, file, 2),
            Sample.fact([FactLabel(.file, text: "profile")], "p95_ttft_ms", 2 * median, file, 2),
        ]
    }

    @Test("a number that tells folders apart is a setting of their files")
    func settings() {
        let facts = Sample.facts([Self.run(8, 65.5), Self.run(32, 161.9), Self.run(96, 613.4)])
        #expect(Sample.findings("With 32 users the median TTFT is 161.9 ms.", facts) == [])
        #expect(Sample.findings("With 32 users the median TTFT is 65.5 ms.", facts) == ["error G04 65.5 ms"])
        // The report may call them otherwise.
        #expect(Sample.findings("At a concurrency of 8 the median TTFT is 65.5 ms.", facts) == [])
        #expect(Sample.findings("With 8 clients the median TTFT is 613.4 ms.", facts) == ["error G04 613.4 ms"])
    }

    private static func load(_ path: String, _ median: Double) -> [Fact] {
        let name = String(path.split(separator: "/").last?.prefix { $0 != "." } ?? "")
        return [
            Sample.fact([FactLabel(.file, text: name)], "p50_http_ms", median, path, 2),
            Sample.fact([FactLabel(.file, text: name)], "p95_http_ms", 3 * median, path, 2),
        ]
    }

    @Test("single letters, numbers before words and versions with a v are settings, too")
    func shortSettings() {
        let k6 = Sample.facts(
            [("v2.7.3", 60, 52.4), ("v2.7.3", 240, 81.3), ("v2.8.0", 60, 54.8), ("v2.8.0", 240, 121.7)].map {
                Self.load("k6/\($0)/summary_\($1)vu.json", $2)
            })
        #expect(Sample.findings("With 240 users the median of v2.8.0 is 121.7 ms.", k6) == [])
        #expect(Sample.findings("With 240 users the median of v2.8.0 is 54.8 ms.", k6) == ["error G04 54.8 ms"])
        #expect(Sample.findings("With 60 users the median of v2.7.3 is 54.8 ms.", k6) == ["error G04 54.8 ms"])
        let pgbench = Sample.facts([
            Self.load("pg/v16_c8.log", 4.31), Self.load("pg/v16_c64.log", 19.72), Self.load("pg/v17_c8.log", 6.18),
            Self.load("pg/v17_c64.log", 31.45),
        ])
        #expect(Sample.findings("With 64 clients v17 has a median of 31.45 ms.", pgbench) == [])
        #expect(
            Sample.findings("At a concurrency of 8 v17 has a median of 31.45 ms.", pgbench) == ["error G04 31.45 ms"])
        // `7b` and `13b` are models.
        let models = [Self.load("a/alder-7b.csv", 4.31), Self.load("a/alder-13b.csv", 7.72)].joined()
        #expect(PathSettings.named(Array(models)).allSatisfy { $0.labels.count == 1 })
    }

    @Test("a version is what a file is of, and names none of the files that begin with it")
    func versionsOfFiles() {
        let facts = Sample.facts([
            Self.load("locust/v2.7.3_stats.csv", 14.5), Self.load("k6/v2.7.3_summary.json", 52.4),
            Self.load("k6/v2.8.0_summary.json", 54.8),
        ])
        #expect(Sample.findings("The median of v2.7.3 is 52.4 ms.", facts) == [])
        #expect(Sample.findings("The median of v2.7.3 is 14.5 ms.", facts) == [])
    }

    @Test("a number in the name of one file alone is none")
    func noSetting() {
        let facts = Sample.facts([Self.run(8, 65.5)])
        #expect(Sample.findings("The median TTFT is 65.5 ms.", facts) == [])
        #expect(PathSettings.named(Self.run(8, 65.5)).allSatisfy { $0.labels.count == 1 })
    }

    private static func engine(_ folder: String, _ median: Double) -> [Fact] {
        let file = "runs/2025-11-04/\(folder)/ycsb.json"
        return [
            Sample.fact([FactLabel(.file, text: "ycsb")], "p50_get_ms", median, file, 2),
            Sample.fact([FactLabel(.file, text: "ycsb")], "p99_get_ms", 9 * median, file, 3),
        ]
    }

    @Test("folders that tell files of one name apart name their rows")
    func folders() {
        let facts = Sample.facts([Self.engine("valkey", 0.127), Self.engine("kvrocks", 0.471)])
        #expect(Sample.findings("The median get of kvrocks takes 0.471 ms, that of valkey 0.127 ms.", facts) == [])
        #expect(Sample.findings("The median get of kvrocks takes 0.127 ms.", facts) == ["error G04 0.127 ms"])
    }

    @Test("two of one kind whose names end alike are two")
    func apart() {
        let facts = Sample.facts([
            [
                Self.row("bench.csv", "task", "Pack/letters", "mean_ms", 58.31),
                Self.row("bench.csv", "task", "Unpack/letters", "mean_ms", 71.45),
            ]
        ])
        #expect(Sample.findings("Unpack/letters has a mean of 71.45 ms.", facts) == [])
        #expect(Sample.findings("Unpack/letters has a mean of 58.31 ms.", facts) == ["error G04 58.31 ms"])
    }

    @Test("a column that begins with a name is that name's")
    func exported() {
        let facts = Sample.facts([
            [
                Self.row("runs.csv", "run", "lora-r8", "grad_norm", 1.372),
                Self.row("runs.csv", "run", "lora-r16", "grad_norm", 0.914),
                Self.row("runs.csv", "run", "lora-r16", "lr", 0.0002),
            ],
            [(100, 1.1875, 1.1612), (200, 1.0931, 1.0688)].flatMap { step, one, other in
                ["lora-r8": one, "lora-r16": other].sorted { $0.key < $1.key }.map { run, loss in
                    Sample.fact(
                        [FactLabel(.file, text: "export"), FactLabel(.key, name: "step", text: "\(step)")],
                        "\(run) - eval/loss", loss, "export.csv", step)
                }
            },
        ])
        #expect(Sample.findings("At step 200 the eval loss of lora-r16 is 1.0688, its grad norm 0.914.", facts) == [])
        #expect(Sample.findings("At step 200 the eval loss of lora-r16 is 1.0931.", facts) == ["error G04 1.0931"])
        // Two words of a name are no initials.
        #expect(Sample.findings("The grad norm of lora-r16 is 1.372.", facts) == ["error G04 1.372"])
    }
}
