import Foundation

/// The noise of real runs: a table of single calls, of which the cold ones are left out.
struct RealRuns: Sendable {
    /// Logarithms of costs around the median of their series, run by run and metric by metric.
    let residuals: [[Double]]
    /// Logarithms of the medians of series that measured the same on other software, around their mean.
    let offsets: [[Double]]

    /// - Parameter file: CSV with a head line and no quotes.
    init(_ file: URL) throws {
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
        let head = lines.first.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) } ?? []
        var series: [String: [[Double]]] = [:]
        for line in lines.dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let row = Dictionary(zip(head, fields)) { first, _ in first }
            guard let costs = RealRuns.costs(row), let name = row["series_id"], let stage = row["stage"] else {
                continue
            }
            series["\(name) \(stage)", default: []].append(costs)
        }
        let usual = series.filter { $0.value.count >= 3 }
        var residuals: [[Double]] = []
        var medians: [String: [Double]] = [:]
        for (name, rows) in usual.sorted(by: { $0.key < $1.key }) {
            let median = RealRuns.medians(rows)
            medians[name] = median
            residuals += rows.map { zip($0, median).map { $0 - $1 } }
        }
        self.residuals = residuals
        offsets = RealRuns.offsets(medians)
    }

    /// Costs of a warm run of an agent, in the order of ``Scenario/metrics``; nil where it is none.
    private static func costs(_ row: [String: String]) -> [Double]? {
        func value(_ name: String) -> Double? { row[name].flatMap(Double.init).flatMap { $0 > 0 ? $0 : nil } }
        guard row["dataset"]?.hasPrefix("agent") == true, row["status"] == "ok", row["level"] == "call",
            let rate = value("throughput_tok_s"), let ttft = value("ttft_ms"), let load = value("load_ms"), load < 1000,
            let prompt = value("prompt_eval_ms"), let evaluation = value("eval_ms"), let total = value("total_ms"),
            let tokens = value("tokens"), let run = value("run_index"), run > 1
        else { return nil }
        return [1 / rate, 1 / rate, total / tokens, ttft, load, prompt, evaluation, total].map { log($0) }
    }

    private static func medians(_ rows: [[Double]]) -> [Double] {
        (0..<Noise.metrics).map { metric in
            let sorted = rows.map { $0[metric] }.sorted()
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        }
    }

    /// Series that differ by nothing but the runtime, `runtime-NAME` in their path.
    private static func offsets(_ medians: [String: [Double]]) -> [[Double]] {
        let runtimes = medians.filter { $0.key.contains("/runtime-") && !$0.key.contains("/runtime-async-std") }
        let alike = Dictionary(grouping: runtimes.keys) { name in
            name.split(separator: "/").filter { !$0.hasPrefix("runtime-") }.joined(separator: "/")
        }
        return alike.sorted { $0.key < $1.key }.flatMap { _, names -> [[Double]] in
            guard names.count >= 3 else { return [] }
            let rows = names.sorted().compactMap { medians[$0] }
            let means = (0..<Noise.metrics).map { metric in
                rows.reduce(0) { $0 + $1[metric] } / Double(rows.count)
            }
            return rows.map { zip($0, means).map { $0 - $1 } }
        }
    }
}
