import GateCore
import GateCorpus

/// k6's `--summary-export`, and what `handleSummary` gets: one run of a script a file.
enum K6Results {
    /// Trends of which the unit is known, by the statistics that k6 tells of them.
    private static let trends = ["http_req_duration", "http_req_waiting", "iteration_duration"]
    private static let statistics = [("med", "med"), ("p(90)", "p90"), ("p(95)", "p95"), ("p(99)", "p99")]

    static func read(_ document: ResultNode, _ format: ToolFormat) throws(ImportError) -> ToolResults {
        let metrics = try document.member("metrics")
        var series: [ToolResults.Series?] = []
        for name in trends {
            guard let trend = metrics[name].map(values) else { continue }
            let unit = try format.imported(name, of: trend)
            for (key, word) in statistics {
                guard let node = trend[key] else { continue }
                series.append(
                    ToolResults.Series(
                        "k6", "\(name).\(word)", in: unit.unit, .lowerIsBetter, [try node.number(in: unit)],
                        onlyThe: key))
            }
        }
        if let rate = metrics["http_reqs"].map(values)?["rate"], let unit = ImportedUnit("req/s") {
            series.append(
                ToolResults.Series(
                    "k6", "http_reqs", in: unit.unit, .higherIsBetter, [try rate.number(in: unit)], onlyThe: "rate"))
        }
        if let failed = metrics["http_req_failed"].map(values), let unit = ImportedUnit("ratio"),
            let share = failed["value"] ?? failed["rate"]
        {
            series.append(
                ToolResults.Series(
                    "k6", "http_req_failed", in: unit.unit, .lowerIsBetter, [try share.number(in: unit)],
                    onlyThe: "rate"))
        }
        return ToolResults(tool: format.name, series: series.compactMap(\.self))
    }

    /// `handleSummary` has them one level deeper.
    private static func values(_ metric: ResultNode) -> ResultNode { metric["values"] ?? metric }
}
