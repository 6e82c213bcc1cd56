import GateCore
import GateCorpus
import GateJSON

/// aiperf's and genai-perf's `profile_export`: one profile a file, the unit beside each metric's statistics.
enum AIPerfResults {
    private static let rates = ["request_throughput", "output_token_throughput"]
    private static let latencies = ["request_latency", "time_to_first_token", "inter_token_latency"]

    static func read(_ document: ResultNode, _ format: ToolFormat) throws(ImportError) -> ToolResults {
        var series: [ToolResults.Series?] = []
        for (keys, direction, statistics) in [
            (rates, Direction.higherIsBetter, ["avg"]), (latencies, .lowerIsBetter, ["p50", "p99"]),
        ] {
            for key in keys {
                guard let metric = document[key] else { continue }
                let unit = try metric.unit("unit")
                for statistic in statistics {
                    guard let node = metric[statistic] else { continue }
                    series.append(
                        ToolResults.Series(
                            "profile", statistic == "avg" ? key : "\(key).\(statistic)", in: unit.unit, direction,
                            [try node.number(in: unit)], onlyThe: statistic))
                }
            }
        }
        let model = document["input_config"]?["endpoint"]?["model_names"]?.elements.first?.value.string
        return ToolResults(
            tool: format.name, version: document.text("aiperf_version"), model: model,
            series: series.compactMap(\.self))
    }
}
