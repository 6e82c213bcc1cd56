import GateCore
import GateVerdict

/// What was approved of one check, session by session, and this session behind it.
struct HistoryPlot {
    let check: CheckID
    let unit: MetricUnit
    let baseline: Baseline
    let now: [Double]

    /// nil with fewer than two sessions to show.
    var node: HTMLNode? {
        var columns = baseline.sessions.compactMap { session -> (name: String, values: [Double])? in
            session.samples.first { $0.check == check }.map {
                (String(session.measuredAt.spaced.prefix(10)), $0.values)
            }
        }
        if !now.isEmpty { columns.append(("this session", now)) }
        guard columns.count > 1, let scale = PlotScale(columns.flatMap(\.values)) else { return nil }
        let medians = columns.map { OrderStatistics.median($0.values).map(shown) ?? "–" }
        let title =
            "\(check): medians of \(columns.count) sessions: "
            + zip(columns, medians).map { "\($0.name) \($1)" }.joined(separator: ", ")
        var plot = Plot(title: title, height: 80)
        let step = Plot.width / Double(columns.count)
        for (index, column) in columns.enumerated() {
            let x = (Double(index) + 0.5) * step
            let kind = index == columns.count - 1 && !now.isEmpty ? "head" : "base"
            let places = column.values.map { (x: x, y: 76 - scale.place($0) / Plot.width * 72) }
            plot.dots(kind, at: places)
        }
        return .tag(
            "section", class: "metric", [:],
            [
                .tag("h3", check.description), .plot(plot),
                .tag(
                    "p", class: "axis", [:],
                    [
                        .tag("span", columns.first.map { "\($0.name): \(medians.first ?? "")" } ?? ""),
                        .tag("span", "\(shown(scale.low)) to \(shown(scale.high))"),
                        .tag("span", columns.last.map { "\($0.name): \(medians.last ?? "")" } ?? ""),
                    ]),
            ])
    }

    private func shown(_ value: Double) -> String { DisplayFormat.value(value, unit: unit) }
}
