import GateCore

/// From a case to its verdict, by the strongest evidence that the case has. Pure, and the same for the same case.
public enum CaseJudge {
    /// With a stored baseline, runs of the candidate and pairs the screen comes first, and the pairs are looked at only
    /// where it finds something. With pairs alone they decide; without any, the stored baseline has to.
    public static func judge(_ judgementCase: JudgementCase) -> CaseVerdict {
        let (demands, baseline) = (judgementCase.demands, judgementCase.baseline)
        let candidate = judgementCase.candidate
        guard !judgementCase.pairs.isEmpty else {
            guard let candidate, !baseline.isEmpty else { return withoutComparison(candidate, baseline, demands) }
            return StoredJudgement(baseline: baseline, candidate: candidate, demands: demands).verdict
        }
        guard let candidate, !baseline.isEmpty else { return trial(judgementCase.pairs, demands) }
        let screened = screen(candidate, baseline: baseline, demands: demands)
        guard let verdict = screened.verdict else {
            var verdict = trial(judgementCase.pairs, demands)
            verdict.runsUsed = screened.runsUsed
            return verdict
        }
        return verdict
    }

    /// The candidate's first runs against the stored baseline: a verdict, or nil with the reasons why pairs are needed.
    public static func screen(
        _ candidate: SessionValues, baseline: [SessionValues], demands: Demands
    ) -> (verdict: CaseVerdict?, flags: [String], runsUsed: Int) {
        let screen = Screen(baseline: baseline, candidate: candidate, demands: demands)
        let flags = screen.flags
        let verdict = screen.verdict
        // A metric that is gone and a broken budget need no pairs.
        let isDecided = flags.isEmpty || verdict.overall == .regression
        return (isDecided ? verdict : nil, flags, screen.runsUsed)
    }

    private static func trial(_ pairs: [RunPair], _ demands: Demands) -> CaseVerdict {
        var trial = PairedTrial(demands: demands)
        for pair in pairs where trial.verdict == nil { trial.append(pair) }
        return trial.concluded
    }

    /// One side only: nothing but budgets can be judged.
    private static func withoutComparison(
        _ candidate: SessionValues?, _ baseline: [SessionValues], _ demands: Demands
    ) -> CaseVerdict {
        let columns = StoredColumns(
            baseline: candidate == nil ? [] : baseline, candidate: candidate ?? SessionValues([:]), demands: demands)
        var verdict = CaseVerdict(
            evidence: .nothing, runsUsed: columns.candidateRuns, pairsUsed: 0,
            findings: columns.samples(under: demands).settled, demands: demands, heads: columns.heads)
        let isJudged = verdict.metrics.contains { $0.finding.outcome == .pass || $0.finding.outcome.isRegression }
        if !isJudged { verdict.overall = .infrastructureError }
        return verdict
    }
}
