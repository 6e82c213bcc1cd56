import GateCore
import GateJSON

@testable import GateQuality

/// Tables of random figures in the shape in which benchmarks of models are given to an agent.
struct RandomFacts {
    struct Configuration {
        let name: String
        let throughput: Double
        let ttft: Double
        let load: Double
    }

    struct Prompt {
        let name: String
        let ttft: Double
        let tokens: Int
        let throughput: Double
    }

    struct Backend {
        let name: String
        let mean: Double
        let spread: Double
        let least: Double
        let most: Double
    }

    static let models = ["alpha_1b-it", "beta_270m", "gamma3"]
    static let benchmarks = ["conv_bench", "mlp_cuda_bench"]
    private static let prompts = [
        "Give a quote for a shooter win.", "Craft a remark after a close race.",
        "Motivate a mate before the last fight.",
        "Write a line for a rare loot find.",
    ]

    var random: SplitMix64
    private(set) var sweeps: [String: [Configuration]] = [:]
    private(set) var runs: [String: [Prompt]] = [:]
    private(set) var backends: [String: [Backend]] = [:]
    private(set) var counts: [(type: String, files: Int)] = []
    let bytes: Int

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        bytes = Int.random(in: 200_000...900_000, using: &random)
        for type in ["csv", "json", "markdown"] { counts.append((type, .random(in: 12...60, using: &random))) }
        for model in Self.models {
            let speed = Double.random(in: 60...300, using: &random)
            sweeps[model] = names.map { name in
                Configuration(
                    name: name, throughput: speed * .random(in: 0.9...1.1, using: &random),
                    ttft: .random(in: 0.05...3, using: &random), load: .random(in: 0.04...2, using: &random))
            }
            runs[model] = Self.prompts.map { name in
                Prompt(
                    name: name, ttft: .random(in: 0.05...3, using: &random),
                    tokens: .random(in: 200...900, using: &random),
                    throughput: speed * .random(in: 0.9...1.1, using: &random))
            }
        }
        for benchmark in Self.benchmarks {
            backends[benchmark] = ["eager", "jit", "onnx", "torch_compile"].map { name in
                let mean = Double.random(in: 0.5...30, using: &random)
                return Backend(
                    name: name, mean: mean, spread: mean * .random(in: 0.05...0.2, using: &random),
                    least: mean * .random(in: 0.7...0.9, using: &random),
                    most: mean * .random(in: 1.1...1.5, using: &random))
            }
        }
    }

    private var names: [String] {
        [40, 60, 80, 999].flatMap { gpu in
            [1024, 2048].flatMap { context in ["0.2", "0.8"].map { "g\(gpu)_c\(context)_t\($0)" } }
        }
    }

    var files: Int { counts.reduce(0) { $0 + $1.files } }

    var store: FactStore {
        var tables: [JSONValue] = []
        for model in Self.models {
            tables.append(
                table(
                    "\(model) param_tuning_summary", "reports/\(model)_param_tuning_summary.csv", key: "config_name",
                    columns: [("mean_tokens_s", "tok/s"), ("mean_ttft_s", "s"), ("mean_load_s", "s")],
                    (sweeps[model] ?? []).map {
                        (
                            $0.name,
                            [("mean_tokens_s", $0.throughput), ("mean_ttft_s", $0.ttft), ("mean_load_s", $0.load)]
                        )
                    }))
            tables.append(
                table(
                    "\(model) baseline", "reports/\(model)_baseline.csv", key: "prompt",
                    columns: [("ttft_s", "s"), ("tokens_s", "tok/s"), ("eval_count", "tokens")],
                    (runs[model] ?? []).map {
                        (
                            $0.name,
                            [("ttft_s", $0.ttft), ("tokens_s", $0.throughput), ("eval_count", Double($0.tokens))]
                        )
                    }))
        }
        for benchmark in Self.benchmarks {
            tables.append(
                table(
                    benchmark, "reports/\(benchmark)_2025.json", key: "backend",
                    columns: [
                        ("mean_time_ms", "ms"), ("std_time_ms", "ms"), ("min_time_ms", "ms"), ("max_time_ms", "ms"),
                    ],
                    (backends[benchmark] ?? []).map {
                        (
                            $0.name,
                            [
                                ("mean_time_ms", $0.mean), ("std_time_ms", $0.spread), ("min_time_ms", $0.least),
                                ("max_time_ms", $0.most),
                            ]
                        )
                    }))
        }
        return FactStore(
            .object([
                ("ingest", ingest), ("performance_metrics", .object([("total_files_analyzed", JSONValue(files))])),
                ("tables", .array(tables)),
            ]))
    }

    private var ingest: JSONValue {
        .object([
            ("total_files", JSONValue(files)), ("total_bytes", JSONValue(bytes)),
            ("by_type", .object(counts.map { ($0.type, JSONValue($0.files)) })),
        ])
    }

    private func table(
        _ name: String, _ file: String, key: String, columns: [(String, String)],
        _ rows: [(name: String, values: [(String, Double)])]
    ) -> JSONValue {
        .object([
            ("name", .string(name)), ("source_file", .string(file)), ("key_column", .string(key)),
            ("columns", .object(columns.map { ($0, .string($1)) })),
            (
                "rows",
                .array(
                    rows.map { row in
                        .object([(key, .string(row.name))] + row.values.map { ($0, JSONValue($1)) })
                    })
            ),
        ])
    }
}
