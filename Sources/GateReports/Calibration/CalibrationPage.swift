import GateCore
public import GateVerdict

/// What `calibrate` prints: one page for people.
public struct CalibrationPage {
    private let report: CalibrationReport

    public init(_ report: CalibrationReport) { self.report = report }

    public func render() -> String {
        var lines = ["Calibration: \(report.runs) runs in \(report.sessions) \(noun("session", report.sessions)),"]
        lines.append("from \(report.source).")
        if let measured = report.measured {
            lines.append("")
            lines.append(
                "Measured: \(measured.count) false \(noun("alarm", measured.count)) in \(measured.trials)"
                    + " unchanged \(noun("session", measured.trials)).")
        }
        for evidence in report.evidence { lines += section(evidence) }
        lines += advice
        for warning in report.warnings { lines += ["", "Warning: \(warning.message). \(warning.remedy)"] }
        return ConsoleText.harmless(lines.joined(separator: "\n")) + "\n"
    }

    private func section(_ evidence: CalibratedEvidence) -> [String] {
        let alarms = evidence.falseAlarms
        let (head, rest) = ("\(evidence.evidence.words) (\(alarms.trials) drawn sessions)", evidence)
        let pairs = rest.meanPairs > 0 ? " and \(fixed(rest.meanPairs)) pairs" : ""
        var lines = [
            "", head.prefix(1).uppercased() + head.dropFirst(),
            "  false alarms  \(interval(alarms)), promised at most \(DisplayFormat.percent(report.alpha))",
            "  undecided     \(interval(rest.undecided)), after \(fixed(rest.meanRuns)) runs\(pairs) on average",
        ]
        let width = max(6, rest.changes.map(\.metric.count).max() ?? 0)
        lines.append("  \(ConsoleText.cell("metric", width))  caught 80%  caught 95%")
        for change in rest.changes {
            lines.append(
                "  \(ConsoleText.cell(change.metric, width))  \(lead(worse(change.caughtAt80, change.direction)))"
                    + "  \(lead(worse(change.caughtAt95, change.direction)))")
        }
        return lines
    }

    private var advice: [String] {
        guard !report.advice.isEmpty else {
            return ["", "Nothing that was tried would help: more pairs, sessions or runs, a larger tolerance."]
        }
        return ["", "What would help most"]
            + report.advice.enumerated().flatMap { index, advice in
                [
                    "  \(index + 1). \(advice.change), \(advice.evidence.words):",
                    "     undecided \(DisplayFormat.percent(advice.undecidedBefore)) →"
                        + " \(DisplayFormat.percent(advice.undecidedAfter)),"
                        + " \(advice.metric) caught 80% from \(worse(advice.caughtAt80Before, advice.direction))"
                        + " → \(worse(advice.caughtAt80After, advice.direction))",
                ]
            }
    }

    private func interval(_ rate: ObservedRate) -> String {
        "\(DisplayFormat.percent(rate.rate)) (95% interval \(DisplayFormat.percent(rate.lower)) to"
            + " \(DisplayFormat.percent(rate.upper)))"
    }

    /// With the sign of what counts as worse: a rate falls.
    private func worse(_ change: Double?, _ direction: Direction) -> String {
        let sign = direction == .higherIsBetter ? "-" : "+"
        return change.map { "\(sign)\(DisplayFormat.percent($0, decimals: $0 < 0.1 ? 1 : 0))" }
            ?? "over \(sign)\(DisplayFormat.percent(Calibration.largestChange(direction), decimals: 0))"
    }

    private func fixed(_ value: Double) -> String { DisplayFormat.fixed(value, decimals: 1) }
    private func noun(_ word: String, _ count: Int) -> String { count == 1 ? word : word + "s" }
    private func lead(_ text: String) -> String { ConsoleText.cell(text, 10, isRight: true) }
}
