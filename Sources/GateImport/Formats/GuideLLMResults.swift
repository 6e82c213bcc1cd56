import GateCore
import GateCorpus
import GateJSON

/// guidellm's `benchmarks.json`: a strategy a benchmark, of each the statistics over its successful requests.
enum GuideLLMResults {
    private static let rates = ["requests_per_second", "output_tokens_per_second"]
    private static let latencies = [
        "request_latency", "time_to_first_token_ms", "inter_token_latency_ms", "time_per_output_token_ms",
    ]

    static func read(_ document: ResultNode, _ format: ToolFormat) throws(ImportError) -> ToolResults {
        var series: [ToolResults.Series?] = []
        for (index, benchmark) in try document.member("benchmarks").elements.enumerated() {
            let name = strategy(of: benchmark) ?? "benchmark-\(index + 1)"
            let metrics = try benchmark.member("metrics")
            for key in rates {
                guard let statistics = metrics[key].map(successful) else { continue }
                series.append(try one(name, key, .higherIsBetter, statistics, "mean", format))
            }
            for key in latencies {
                guard let statistics = metrics[key].map(successful) else { continue }
                series.append(try one(name, key, .lowerIsBetter, statistics, "median", format))
                if let percentiles = statistics["percentiles"] {
                    series.append(try one(name, key, .lowerIsBetter, percentiles, "p99", format))
                }
            }
        }
        return ToolResults(
            tool: format.name, version: document["metadata"]?.text("guidellm_version"),
            series: series.compactMap(\.self))
    }

    private static func one(
        _ subject: String, _ key: String, _ direction: Direction, _ statistics: ResultNode, _ statistic: String,
        _ format: ToolFormat
    ) throws(ImportError) -> ToolResults.Series? {
        guard let node = statistics[statistic] else { return nil }
        let unit = try format.imported(key, of: node)
        let name = (key.hasSuffix("_ms") ? String(key.dropLast(3)) : key) + (statistic == "mean" ? "" : ".\(statistic)")
        return ToolResults.Series(
            subject, name, in: unit.unit, direction, [try node.number(in: unit)], onlyThe: statistic)
    }

    /// Requests that failed are told apart from the others in newer versions.
    private static func successful(_ metric: ResultNode) -> ResultNode { metric["successful"] ?? metric }

    /// `constant-2.5`
    private static func strategy(of benchmark: ResultNode) -> String? {
        let told = (benchmark["config"] ?? benchmark["args"])?["strategy"]
        guard let kind = told?.text("type_") else { return nil }
        let rate = (told?["rate"] ?? told?["streams"])?.value.double
        return rate.map { "\(kind)-\($0.rounded() == $0 ? "\(Int(exactly: $0) ?? 0)" : "\($0)")" } ?? kind
    }
}
