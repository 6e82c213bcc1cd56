public import GateCore

/// The head's first runs against the stored baseline: whether pairs have to be made. It convicts nobody.
public struct Screening {
    private let comparison: Comparison
    private let seed: String
    private let result: (verdict: CaseVerdict?, flags: [String], runsUsed: Int)

    /// Of so many checks one makes pairs although nothing is suspicious, so that what creeps below the screen is found.
    private static let auditInterval: UInt64 = 20
    /// A baseline whose latest session is older tells how the machine was, not how it is.
    private static let oldestBaselineDays: Int64 = 30

    /// - Parameters:
    ///   - session: with the head's runs for the screen.
    ///   - policy: the one in force.
    public init(session: Session, baseline: Baseline, policy: Policy) {
        comparison = Comparison(session: session, baseline: baseline, policy: policy)
        seed = session.base?.seed ?? ""
        let judgementCase = comparison.storedCase(baseline)
        result = CaseJudge.screen(
            judgementCase.candidate ?? SessionValues([:]), baseline: judgementCase.baseline,
            demands: judgementCase.demands)
    }

    /// What is suspicious, one sentence each; empty where no pairs are needed.
    public var flags: [String] {
        // Pairs would find the same: what the head alone breaks is decided.
        if result.verdict?.overall == .regression { return [] }
        return result.flags + failing + doubts + otherMachine + old + audit
    }

    /// The verdict without pairs, where none were needed.
    var verdict: CaseVerdict? { result.verdict }

    /// Checks that gate and that the stored baseline cannot judge.
    private var doubts: [String] {
        comparison.checks.filter { $0.modelState == .warm && comparison.policy.rule(of: $0).tolerance != nil }
            .compactMap { $0.metric == MetricCatalogue.errorShare ? nil : comparison.doubt($0)?.explanation }
    }

    /// Calls that fail and did not: the base shows whether they do there, too.
    private var failing: [String] {
        guard let errors = comparison.errorShare, errors.tolerance != nil, errors.isNewlyFailing else { return [] }
        return [errors.figures]
    }

    private var otherMachine: [String] {
        guard let baseline = comparison.baseline else { return [] }
        return Differences.list(from: baseline, to: comparison.session)
            .filter { $0.isIncomparable(under: comparison.policy.fingerprint) || $0.what == "model" }
            .map { "the stored baseline is of another \($0.what): \($0.before), here \($0.now)" }
    }

    private var old: [String] {
        guard let days = comparison.baseline?.ageDays(at: comparison.session.startedAt),
            days > Screening.oldestBaselineDays
        else { return [] }
        return ["the stored baseline is \(days) days old, and after \(Screening.oldestBaselineDays) it clears nobody"]
    }

    private var audit: [String] {
        guard let number = UInt64(seed, radix: 16), number % Screening.auditInterval == 0 else { return [] }
        return ["nothing is suspicious, but every \(Screening.auditInterval)th check is decided by pairs all the same"]
    }
}
