import GateCore

/// The candidate's first runs against the stored baseline, before any pair is made. It spends no alpha, as it convicts
/// nobody: whatever the baseline is worth, a false alarm needs the pairs to err too.
struct Screen {
    let demands: Demands
    private let compared: [StoredSample]
    private let settled: [(name: String, finding: MetricFinding)]
    private let columns: StoredColumns

    init(baseline: [SessionValues], candidate: SessionValues, demands: Demands) {
        self.demands = demands
        columns = StoredColumns(
            baseline: baseline, candidate: candidate, demands: demands, runs: demands.rule.screenRuns)
        (compared, settled) = columns.samples(under: demands)
    }

    var runsUsed: Int { columns.candidateRuns }

    /// Why pairs are needed, one sentence for each metric; empty where nothing is suspicious.
    var flags: [String] {
        compared.compactMap(flag)
            + settled.filter { $0.finding.outcome == .invalid || $0.finding.outcome == .inconclusive }
            .map { "\($0.name): \($0.finding.reason)" }
    }

    /// The verdict of the screen alone: what needs no pairs, and a pass for what is not suspicious.
    var verdict: CaseVerdict {
        var findings = settled
        for sample in compared { findings.append((sample.name, finding(of: sample).telling(sample.change))) }
        return CaseVerdict(
            evidence: .screen, runsUsed: runsUsed, pairsUsed: 0, findings: findings, demands: demands,
            heads: columns.heads)
    }

    // MARK: - One metric

    private static let fewestRuns = 3

    /// In the cost scale: a part of the tolerance, as a change where there is a ratio.
    private func threshold(of sample: StoredSample) -> Double {
        let allowed = sample.scale.ratio(sample.limit) ?? sample.limit
        return sample.scale.difference(ConvictionRule.screenFactor * allowed)
    }

    private func flag(_ sample: StoredSample) -> String? {
        let change = sample.estimateFromMiddle
        if sample.candidate.count < Screen.fewestRuns
            || sample.sessions.reduce(0, { $0 + $1.count }) < Screen.fewestRuns
        {
            return "\(sample.name): fewer than \(Screen.fewestRuns) runs on a side"
        }
        if change > threshold(of: sample) {
            return "\(sample.name): \(Figure.change(change, nil, on: sample.scale)) than the stored baseline"
        }
        let gain =
            sample.scale.kind == .logarithm
            ? log(ConvictionRule.largestComparableGain) : ConvictionRule.largestComparableGain - 1
        if sample.scale.kind != .absolute, change < -gain {
            return
                "\(sample.name): \(Figure.change(change, nil, on: sample.scale)), so that the baseline is of something else"
        }
        return nil
    }

    private func finding(of sample: StoredSample) -> MetricFinding {
        let change = sample.estimateFromMiddle
        let share = 1 / Double(sample.candidate.count) + 1 / (sample.runsOfSession * Double(sample.sessions.count))
        let error =
            (SessionModeratedT.priceOfMedian * sample.withinDeviation * sample.withinDeviation * share
            + sample.variance * (1 + 1 / Double(sample.sessions.count))).squareRoot()
        let blind = ConvictionRule.detectable(critical: threshold(of: sample), error: error, limit: 0)
        let threshold = Figure.limit(threshold(of: sample), on: sample.scale)
        var finding = MetricFinding(
            .pass,
            figures: "screened: \(Figure.change(change, nil, on: sample.scale)) in \(sample.candidate.count) runs",
            because: "less than \(threshold), so that no pairs were made;"
                + " \(Figure.unseen(blind, on: sample.scale))")
        finding.missing = sample.missing
        finding.estimate = sample.scale.ratio(change)
        finding.lower = sample.scale.ratio(change - 1.645 * error)
        finding.upper = sample.scale.ratio(change + 1.645 * error)
        finding.mde = sample.scale.ratio(blind)
        finding.unseen = Figure.unseenSize(blind, beyond: sample.limit, on: sample.scale)
        return finding
    }
}
