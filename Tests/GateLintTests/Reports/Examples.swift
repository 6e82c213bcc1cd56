import GateCore
import GateJSON

@testable import GateLint

/// Small facts for the tests of single rules.
enum Examples {
    static let facts: JSONValue = .object([
        ("generated_date", "2025-11-14"), ("model", "gemma3:latest"),
        ("config", .object([("num_ctx", 512), ("temperature", 0.8)])),
        (
            "ingest",
            .object([
                ("total_files", 101), ("by_type", .object([("csv", 28), ("json", 44), ("markdown", 29)])),
                (
                    "latest_modified",
                    .object([
                        ("csv", "2025-11-14 18:53:30 UTC"), ("json", "2025-10-08 17:20:51 UTC"),
                        ("markdown", "2025-11-14 18:54:07 UTC"),
                    ])
                ),
                ("listed_files", .object([("csv", ["runs/gemma3_270m_baseline.csv"])])),
                ("not_listed", .object([("csv", 27)])), ("total_bytes", 441_517),
            ])
        ),
        (
            "performance_metrics",
            .object([
                ("json_results[0].tokens_s", 182.6378), ("json_results[1].tokens_s", 184.2363),
                ("json_results[0].ttft_s", 2.3189992), ("json_summary.avg_tokens_per_second", 14.1063),
                ("json_actions[0].metrics_before.latency_ms", 26.7584),
                ("json_actions[0].metrics_after.latency_ms", 1024),
                ("json_latency.p99", 15.584), ("markdown_heading_count", 425),
            ])
        ),
        (
            "tables",
            [
                .object([
                    ("name", "conv_bench"), ("source_file", "runs/conv_bench.json"), ("key_column", "backend"),
                    ("columns", .object([("mean_time_ms", "ms"), ("std_time_ms", "ms")])),
                    (
                        "rows",
                        [
                            .object([("backend", "eager"), ("mean_time_ms", 3.812), ("std_time_ms", 0.931)]),
                            .object([("backend", "onnx"), ("mean_time_ms", 0.693), ("std_time_ms", 0.028)]),
                        ]
                    ),
                ])
            ]
        ),
    ])
}

enum Reports {
    static func assess(_ text: String, _ facts: ReportFacts) -> ReportAssessment {
        ReportAudit.assess(
            Array(text.utf8), known: facts, settings: QualitySettings(requiredSections: []), day: "2025-12-01")
    }
}
