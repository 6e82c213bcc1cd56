extension Judgement {
    /// The same judgement with that of the reports. A regression of figures outranks one of the reports, which outranks
    /// all else.
    public func adding(_ quality: QualityJudgement, warnings more: [Warning]) -> Judgement {
        let blocks = quality.isRegression && !isOutrankingQuality
        return Judgement(
            sessionId: sessionId, workload: workload, machineClass: machineClass,
            overall: blocks ? .qualityRegression : overall, exitCode: blocks ? 3 : exitCode, evidence: evidence,
            baselineSessions: baselineSessions, runsUsed: runsUsed, pairsUsed: pairsUsed, policy: policy,
            verdicts: verdicts, failures: failures, warnings: warnings + quality.warnings + more, baseline: baseline,
            quality: quality)
    }

    private var isOutrankingQuality: Bool { exitCode == 1 || exitCode == 7 }
}
