import GateCore

/// One check with both sides, as reports show it.
struct ComparedSides {
    let check: CheckID
    let metric: Metric
    /// Nil where this side did not measure it.
    let observed: SampleSummary?
    let approved: SampleSummary?
    /// Nil for a check that only informs.
    let tolerance: Tolerance?
    /// What a tested change of them rests on.
    let evidence: Evidence

    /// What was found, with the figures of both sides.
    func verdict(_ finding: MetricFinding) -> Verdict {
        let worsening = Worsening(finding)
        let explanation =
            finding.because.isEmpty
            ? "\(check): \(finding.reason)"
            : "\(medians)\(judged(finding.outcome, worsening)); allowed \(allowed); \(finding.because)"
        return verdict(Doubt(finding.outcome, explanation, finding.remedy), worsening)
    }

    func verdict(_ doubt: Doubt, _ worsening: Worsening? = nil) -> Verdict {
        Verdict(
            check: check, demand: .tolerance, outcome: doubt.outcome, unit: metric.unit, direction: metric.direction,
            baseline: approved, observed: observed, change: change, worsening: worsening, tolerance: tolerance,
            budget: nil, explanation: doubt.explanation, remedy: doubt.remedy)
    }

    /// Relative change of the medians; nil where the baseline is zero, so that no NaN and no infinity is ever shown.
    var change: Double? {
        guard let observed, let approved, approved.median != 0 else { return nil }
        let change = (observed.median - approved.median) / abs(approved.median)
        return change.isFinite ? change : nil
    }

    /// `analysis/ttft 522.37 ms (n=5), baseline 431.20 ms (n=25): +21.1%`
    var figures: String { medians + (change.map { ": \(DisplayFormat.change($0))" } ?? "") }

    private var medians: String {
        let side = { (summary: SampleSummary?) in
            summary.map { "\(DisplayFormat.value($0.median, unit: metric.unit)) (n=\($0.count))" } ?? "not measured"
        }
        return "\(check) \(side(observed)), baseline \(side(approved))"
    }

    /// The change that was judged; with its name where that of the medians, which stand before it, is another.
    private func judged(_ outcome: Outcome, _ worsening: Worsening) -> String {
        let verdict = verdict(Doubt(outcome, "", ""), worsening)
        guard let words = verdict.judgedChangeWords else { return "" }
        return ": \(words)" + (words == change.map(DisplayFormat.change) ? "" : " \(evidence.basisOfChange)")
    }

    /// `+25%` or `-5.00 tok/s`, in the direction that counts as worse.
    private var allowed: String {
        guard let tolerance else { return "anything" }
        return DisplayFormat.allowance(tolerance, direction: metric.direction, unit: metric.unit)
    }
}
