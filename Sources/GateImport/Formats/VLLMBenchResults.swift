import GateCore
import GateCorpus
import GateJSON

/// `vllm bench serve --save-result`: one benchmark a file. Single requests of one benchmark share its server and moment, so
/// that a file is one measurement whatever it lists of them.
enum VLLMBenchResults {
    private static let rates = ["request_throughput", "output_throughput", "total_token_throughput"]
    private static let latencies = ["ttft", "tpot", "itl", "e2el"].flatMap { ["median_\($0)_ms", "p99_\($0)_ms"] }

    static func read(_ document: ResultNode, _ format: ToolFormat) throws(ImportError) -> ToolResults {
        guard let completed = document["completed"]?.value.int, completed > 0 else {
            throw .noResults(file: document.file, tool: format.name)
        }
        var series: [ToolResults.Series?] = []
        for (keys, direction) in [(rates, Direction.higherIsBetter), (latencies, .lowerIsBetter)] {
            for key in keys {
                guard let node = document[key] else { continue }
                let unit = try format.imported(key, of: node)
                let name = key.hasSuffix("_ms") ? String(key.dropLast(3)) : key
                let statistic = key.split(separator: "_").first.map(String.init)
                series.append(
                    ToolResults.Series(
                        "serve", name, in: unit.unit, direction, [try node.number(in: unit)],
                        onlyThe: direction == .lowerIsBetter ? statistic : "mean"))
            }
        }
        var warnings: [Warning] = []
        if let failed = document["failed"]?.value.int, failed > 0 {
            warnings.append(
                Warning(
                    "\(failed) of \(failed + completed) requests failed (\(document.file))",
                    remedy: "Look why: the figures are those of the others."))
        }
        return ToolResults(
            tool: format.name, model: document.text("model_id"), series: series.compactMap(\.self), warnings: warnings)
    }
}
