import GateCore
import GateVerdict

/// One check: the values of base and head as dots, their medians, what the change is estimated to be, and what the tolerance
/// allows.
struct SamplePlot {
    let verdict: Verdict
    /// Baseline's or base's values, in the base unit.
    let before: [Double]
    let now: [Double]
    /// `baseline`, or `base` for pairs.
    let beforeName: String

    /// The first value that is too much; nil without a tolerance or anything to compare with.
    private var limit: Double? {
        guard let tolerance = verdict.tolerance, let median = verdict.baseline?.median else { return nil }
        let allowance = tolerance.allowance(from: median)
        return verdict.direction == .higherIsBetter ? median - allowance : median + allowance
    }

    /// Where the head's median is by the test's estimate, with 95 % on each side.
    private var interval: ClosedRange<Double>? {
        guard let median = verdict.baseline?.median, let bounds = verdict.changeBounds else { return nil }
        return median * (1 + bounds.lowerBound)...median * (1 + bounds.upperBound)
    }

    var node: HTMLNode {
        .tag("section", class: "metric", ["id": anchor], [heading, explanation] + (drawing ?? []) + [table])
    }

    private var anchor: String { "check-\(verdict.check)-\(verdict.demand.rawValue)".replacing("/", with: "-") }

    private var heading: HTMLNode {
        .tag(
            "h3", [:],
            [
                .text("\(verdict.check.stage) \(verdict.name) "),
                .tag("span", class: "outcome \(verdict.outcome.tone)", verdict.outcome.words),
            ])
    }

    private var explanation: HTMLNode { .tag("p", verdict.explanation) }

    private var drawing: [HTMLNode]? {
        let marks = [limit, interval?.lowerBound, interval?.upperBound].compactMap(\.self)
        guard let scale = PlotScale(before + now + marks), !(before + now).isEmpty else { return nil }
        var plot = Plot(title: title, height: 96)
        if let limit {
            let isMore = verdict.direction != .higherIsBetter
            plot.rectangle(
                "forbidden", from: scale.place(limit), to: isMore ? Plot.width : 0, top: 0, height: 96)
            plot.ticks("limit", at: [scale.place(limit)], top: 0, height: 96)
        }
        rows(&plot, scale)
        if let interval {
            plot.rectangle(
                "interval", from: scale.place(interval.lowerBound), to: scale.place(interval.upperBound), top: 82,
                height: 6)
        }
        return [
            .plot(plot), .axis(shown(scale.low), shown(scale.high)), .tag("p", class: "label", legend),
        ]
    }

    private func rows(_ plot: inout Plot, _ scale: PlotScale) {
        for (kind, values, top) in [("base", before, 6.0), ("head", now, 44.0)] {
            // Values that are alike lie beside each other, the same way every time.
            let places = values.enumerated().map { (x: scale.place($1), y: top + 6 + Double($0 * 7 % 5) * 4) }
            plot.dots(kind, at: places)
            if let median = OrderStatistics.median(values) {
                plot.ticks("\(kind) median", at: [scale.place(median)], top: top - 4, height: 36)
            }
        }
    }

    private var legend: String {
        "Dots above: \(beforeName); below: this session; upright: their medians."
            + (limit.map { " Beyond the dashed line, \(shown($0)), is more than is allowed." } ?? "")
            + (interval == nil ? "" : " The bar: where this session's median is by the test, with 95 % on each side.")
    }

    private var title: String {
        "\(verdict.check.stage) \(verdict.name): \(beforeName) \(verdict.median(verdict.baseline)),"
            + " this session \(verdict.median(verdict.observed))"
            + (limit.map { ", allowed up to \(shown($0))" } ?? "") + ": \(verdict.outcome.words)"
    }

    private var table: HTMLNode {
        let rows: [(String, [Double])] = [(beforeName, before), ("this session", now)]
        let cells = rows.filter { !$0.1.isEmpty }.map { name, values in
            HTMLNode.row(
                name,
                [
                    "\(values.count)", OrderStatistics.median(values).map(shown) ?? "–",
                    values.prefix(SamplePlot.mostValues).map(shown).joined(separator: ", "),
                ])
        }
        return .tag(
            "details", [:],
            [
                .tag("summary", "The values"),
                .table("Values of \(verdict.check)", header: ["", "n", "median", "values"], cells),
            ])
    }

    private static let mostValues = 400

    private func shown(_ value: Double) -> String { DisplayFormat.value(value, unit: verdict.unit) }
}
