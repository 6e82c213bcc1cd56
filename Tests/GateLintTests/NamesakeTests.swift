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
