public import GateCore

/// The answer for a whole session or case, in the order in which they outrank each other: a baseline that nobody approved
/// outranks a regression, which outranks one of the reports, which outranks trouble with server and machine, which outranks
/// that of the baseline, which outranks doubt.
public enum OverallVerdict: String, Codable, Sendable, CaseIterable {
    /// The baseline is not what was approved.
    case baselineUntrusted = "baseline_untrusted"
    case regression
    /// The reports got worse, or have errors that are not allowed; the figures did not.
    case qualityRegression = "quality_regression"
    /// Nothing valid was measured, or too many calls failed.
    case infrastructureError = "infrastructure_error"
    /// Others used the machine, under the policy `machine_busy: fail`.
    case machineBusy = "machine_busy"
    case baselineMissing = "baseline_missing"
    case baselineIncomparable = "baseline_incomparable"
    case baselineInvalid = "baseline_invalid"
    case baselineExpired = "baseline_expired"
    case inconclusive
    case improvement
    case pass

    /// What the outcomes of all demands come to, and whatever else gives cause for a verdict. Where nothing was demanded of
    /// anything that was measured, that is no pass.
    static func of(_ outcomes: some Sequence<Outcome>, causes: some Sequence<OverallVerdict> = []) -> OverallVerdict {
        let judged = outcomes.compactMap(\.overall)
        return worst(of: judged + causes + (judged.isEmpty ? [.inconclusive] : [])) ?? .inconclusive
    }

    /// The one that outranks the others; nil of none.
    public static func worst(of verdicts: some Sequence<OverallVerdict>) -> OverallVerdict? {
        let verdicts = Set(verdicts)
        return allCases.first(where: verdicts.contains)
    }

    /// The status that a verdict ends with.
    public func exit(inconclusive: InconclusivePolicy) -> GateExit {
        switch self {
        case .pass, .improvement: .pass
        case .regression: .regression
        case .qualityRegression: .qualityRegression
        case .inconclusive: inconclusive == .fail ? .inconclusive : .pass
        case .baselineMissing, .baselineIncomparable, .baselineInvalid, .baselineExpired: .baselineMissing
        case .baselineUntrusted: .baselineUntrusted
        case .machineBusy: .machineBusy
        case .infrastructureError: .unavailable
        }
    }
}

extension Outcome {
    /// What the whole is because of it; nil for what is reported only.
    var overall: OverallVerdict? {
        switch self {
        case .regression, .budgetExceeded, .missing: .regression
        case .invalid: .infrastructureError
        case .inconclusive: .inconclusive
        case .improvement: .improvement
        case .pass, .lengthChanged, .approved: .pass
        case .new, .informational: nil
        }
    }

    /// False where the metric is reported only.
    public var isJudged: Bool { overall != nil }

    /// True where this outcome blocks a merge as a performance regression.
    public var isRegression: Bool { overall == .regression }
}
