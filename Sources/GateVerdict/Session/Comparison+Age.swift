public import GateCore

extension Comparison {
    /// Days since the latest approved session; nil without a stored baseline.
    var baselineAgeDays: Int64? { base == nil ? baseline?.ageDays(at: session.startedAt) : nil }

    /// True where the stored baseline is past its time to live.
    var isExpired: Bool { baselineAgeDays.map { $0 > Int64(policy.baselineDays) } ?? false }

    /// Why a baseline that is past its time to live convicts nobody.
    func ageDoubt(_ found: String) -> Doubt? {
        guard isExpired, let days = baselineAgeDays else { return nil }
        return Doubt(
            .inconclusive,
            "\(found); but the baseline is \(days) days old, and after \(policy.baselineDays) it convicts nobody",
            Comparison.pairsRemedy)
    }

    /// What passes by an old baseline passes; that it is old is said.
    var ageWarning: Warning? {
        guard isExpired, let days = baselineAgeDays else { return nil }
        return Warning(
            "the baseline is \(days) days old, and after \(policy.baselineDays) (baseline_days) it convicts nobody",
            remedy: Comparison.pairsRemedy)
    }

    static let pairsRemedy =
        "Compare with the base pair by pair: chimera-gate check --base-ref REF; or approve sessions of today where nothing"
        + " else has changed."
}

extension Baseline {
    /// Whole days from the latest approved session to a time; nil without sessions.
    public func ageDays(at time: UTCTime) -> Int64? {
        sessions.map(\.measuredAt).max().map { (time.unixSeconds - $0.unixSeconds) / 86_400 }
    }
}

extension JudgementFailure {
    /// Where a baseline that is past its time to live would have convicted; nil where nothing depends on its age.
    static func baselineExpired(_ comparison: Comparison?, _ compared: CaseVerdict?) -> JudgementFailure? {
        guard let comparison, comparison.isExpired, compared?.overall == .regression,
            let days = comparison.baselineAgeDays
        else { return nil }
        return JudgementFailure(
            .baselineExpired,
            message: "The baseline is \(days) days old: past \(comparison.policy.baselineDays) (baseline_days) the"
                + " regression that it shows has to be shown by pairs", remedy: Comparison.pairsRemedy)
    }
}
