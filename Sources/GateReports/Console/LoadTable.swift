public import GateCore

/// What `load` prints: the percentiles of every measured window, what came through, and what failed.
public struct LoadTable: Sendable {
    /// Columns of the terminal; nil where the output is not a terminal: nothing is wrapped.
    public let width: Int?

    public init(width: Int? = nil) { self.width = width }

    public func render(_ session: Session) -> String {
        let runs = session.runs.filter { $0.load != nil }
        let isAlone = runs.count == 1
        let blocks = runs.compactMap { run -> [String]? in
            guard let window = run.load else { return nil }
            let name = run.isWarmup ? "warm-up \(run.index): " : isAlone ? "" : "run \(run.index): "
            return block(window, name: name, load: session.configuration.load)
        }
        return blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private func block(_ window: LoadWindow, name: String, load: LoadConfiguration?) -> [String] {
        let asked = load.map { "\($0.words): " } ?? ""
        let seconds = DisplayFormat.seconds(window.wallSeconds, decimals: 2)
        var lines = wrapped(
            "\(name)\(asked)\(window.completed) of \(window.requests) requests valid, \(seconds),"
                + " at most \(window.peakConcurrency) in flight")
        if window.completed > 0 { lines += percentiles(window) + wrapped(totals(window, load)) }
        if let figure = window.unknownGapFigures.first, let doubt = window.gapDoubt(of: figure) {
            lines += wrapped("* degraded and not judged: \(doubt)")
        }
        if !window.ramp.isEmpty { lines += wrapped(ramp(window)) }
        for errors in window.errors {
            let kind = errors.kind.rawValue.replacing("_", with: " ")
            lines += wrapped("invalid: \(errors.count) × \(kind) (\(ConsoleText.line(errors.firstDetail)))")
        }
        return lines
    }

    private static let rows = [
        ("ttft", "ttft"), ("ttft.any", "ttft.any"), ("thinking", "thinking"), ("itl", "itl"), ("e2e", "e2e"),
        ("throughput", "throughput of a request"),
    ]

    private func percentiles(_ window: LoadWindow) -> [String] {
        let columns = ["p50", "p90", "p99", "max"]
        let rows = LoadTable.rows.compactMap { metric, title -> [String]? in
            let cells = columns.map { column -> String in
                let id = MetricID(rawValue: "\(metric).\(column)")
                guard let value = window.measurements[id], let unit = MetricCatalogue.metric(id)?.unit else {
                    return "–"
                }
                // What the arrivals cannot show is told, and marked as not judged.
                return DisplayFormat.value(value, unit: unit) + (window.gapDoubt(of: id) == nil ? "" : " *")
            }
            guard cells.contains(where: { $0 != "–" }) else { return nil }
            return [title] + cells
        }
        let table = [[""] + columns] + rows
        let widths = table[0].indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        return table.map { cells in
            cells.indices.map { ConsoleText.cell(cells[$0], widths[$0], isRight: $0 > 0) }.joined(separator: "  ")
        }
    }

    private func totals(_ window: LoadWindow, _ load: LoadConfiguration?) -> String {
        func value(_ id: MetricID) -> String? {
            guard let value = window.measurements[id], let unit = MetricCatalogue.metric(id)?.unit else { return nil }
            return DisplayFormat.value(value, unit: unit)
        }
        var parts = ["output_throughput", "requests_per_second"].compactMap { value($0) }
        if let goodput = value("goodput") {
            let limits = (load?.limits ?? []).filter(\.isOfRequest).map(\.description)
            parts.append("goodput \(goodput) (\(limits.joined(separator: ", ")))")
        }
        return "all together: " + parts.joined(separator: ", ")
    }

    private func ramp(_ window: LoadWindow) -> String {
        let steps = window.ramp.map { "\($0.concurrency) \($0.isWithinLimits ? "yes" : "no")" }.joined(separator: ", ")
        let highest = window.measurements["concurrency.max"].map { DisplayFormat.value($0, unit: .count) } ?? "–"
        return "highest concurrency within the limits: \(highest) (tried: \(steps))"
    }

    private func wrapped(_ text: String) -> [String] { ConsoleText.wrapped(text, columns: width) }
}
