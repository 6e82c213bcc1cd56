/// Why there is no judgement although a session was measured.
public struct JudgementFailure: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable {
        /// No valid call: never a pass.
        case nothingMeasured = "nothing_measured"
        /// Others used the machine, and the policy says that its figures are not to be judged then.
        case machineBusy = "machine_busy"
        case baselineMissing = "baseline_missing"
        /// It is of sessions of another shape.
        case baselineIncomparable = "baseline_incomparable"
        case baselineInvalid = "baseline_invalid"
        /// It is not what was approved.
        case baselineUntrusted = "baseline_untrusted"
        /// It is past its time to live, and would have convicted.
        case baselineExpired = "baseline_expired"
        /// No valid call, because the server refused all of them for what the configuration says: a wrong key or model.
        case misconfigured
        /// The call ended before anything could be judged.
        case couldNotRun = "could_not_run"
        /// A signal ended the call.
        case interrupted

        var verdict: OverallVerdict {
            switch self {
            case .nothingMeasured, .misconfigured, .couldNotRun, .interrupted: .infrastructureError
            case .machineBusy: .machineBusy
            case .baselineMissing: .baselineMissing
            case .baselineIncomparable: .baselineIncomparable
            case .baselineInvalid: .baselineInvalid
            case .baselineUntrusted: .baselineUntrusted
            case .baselineExpired: .baselineExpired
            }
        }
    }

    public let kind: Kind
    public let message: String
    public let remedy: String

    public init(_ kind: Kind, message: String, remedy: String) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
    }
}

/// The answer for a whole session, in the order in which they outrank each other: a baseline that nobody approved outranks
/// a regression, which outranks one of the reports, which outranks trouble with server and machine, which outranks that of
/// the baseline, which outranks doubt.
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

    /// The first that any part of a judgement gives cause for.
    static func of(
        _ verdicts: [Verdict], _ failures: [JudgementFailure], quality: QualityJudgement?
    ) -> OverallVerdict {
        var causes = Set(failures.map(\.kind.verdict)).union(verdicts.compactMap(\.outcome.overall))
        if quality?.isRegression == true { causes.insert(.qualityRegression) }
        // Nothing was demanded of anything that was measured: that is no pass.
        if !verdicts.contains(where: \.outcome.isJudged) { causes.insert(.inconclusive) }
        return allCases.first(where: causes.contains) ?? .pass
    }
}

extension Outcome {
    /// What the whole becomes because of it; nil for what changes nothing.
    fileprivate var overall: OverallVerdict? {
        switch self {
        case .regression, .budgetExceeded, .missing: .regression
        case .invalid: .infrastructureError
        case .inconclusive: .inconclusive
        case .improvement: .improvement
        case .pass, .lengthChanged, .approved, .new, .informational: nil
        }
    }
}

/// Everything that was judged of one session: what `verdict.json` holds and every report is rendered from.
public struct Judgement: Codable, Sendable, Equatable {
    public static let currentFormatVersion = 3
    /// With fewer approved sessions a prior stands for how much sessions differ.
    public static let enoughSessions = SessionEffect.fewestSessions

    public let formatVersion: Int
    /// Empty where the call ended before there was a session.
    public let sessionId: String
    public let workload: WorkloadKind
    public let machineClass: String
    public private(set) var overall: OverallVerdict
    public private(set) var exitCode: Int
    /// What the comparison rests on.
    public let evidence: Evidence
    /// Approved sessions that were compared with.
    public let baselineSessions: Int
    /// Runs of the session, and pairs, that were looked at for it.
    public let runsUsed: Int
    public let pairsUsed: Int
    /// What holds for every check; nil where nothing was measured.
    public let policy: EffectivePolicy?
    /// How what was compared differs besides its figures, base or baseline first; nil in verdicts of before it was kept.
    public let differences: [Difference]?
    /// Sorted by check.
    public private(set) var verdicts: [Verdict]
    public private(set) var failures: [JudgementFailure]
    public private(set) var warnings: [Warning]
    public private(set) var baseline: BaselineReference?
    /// What was judged of the reports; nil for a session without any.
    public private(set) var quality: QualityJudgement?

    /// The judgement that follows from its parts: verdict and status are never given, but concluded.
    public init(
        sessionId: String, workload: WorkloadKind, machineClass: String, evidence: Evidence = .nothing,
        baselineSessions: Int = 0, runsUsed: Int = 0, pairsUsed: Int = 0, policy: EffectivePolicy? = nil,
        differences: [Difference] = [], verdicts: [Verdict], failures: [JudgementFailure], warnings: [Warning],
        baseline: BaselineReference?
    ) {
        formatVersion = Judgement.currentFormatVersion
        self.sessionId = sessionId
        self.workload = workload
        self.machineClass = machineClass
        overall = .pass
        exitCode = 0
        self.evidence = evidence
        self.baselineSessions = baselineSessions
        self.runsUsed = runsUsed
        self.pairsUsed = pairsUsed
        self.policy = policy
        self.differences = differences
        self.verdicts = verdicts
        self.failures = failures
        self.warnings = warnings
        self.baseline = baseline
        conclude()
    }

    /// The one place where parts become a verdict and a verdict becomes a status.
    private mutating func conclude() {
        overall = OverallVerdict.of(verdicts, failures, quality: quality)
        let isMisconfigured = overall == .infrastructureError && failures.contains { $0.kind == .misconfigured }
        let exit = isMisconfigured ? .configuration : overall.exit(inconclusive: policy?.inconclusive ?? .warn)
        exitCode = Int(exit.rawValue)
    }

    /// Of a call that ended before anything was judged.
    ///
    /// - Parameters:
    ///   - sessionId: empty where there was no session yet.
    ///   - exitCode: the status that the call ended with.
    public static func ended(
        by failure: JudgementFailure, exitCode: Int, sessionId: String, workload: WorkloadKind, machineClass: String
    ) -> Judgement {
        var judgement = Judgement(
            sessionId: sessionId, workload: workload, machineClass: machineClass, verdicts: [], failures: [failure],
            warnings: [], baseline: nil)
        judgement.exitCode = exitCode
        return judgement
    }

    /// The same judgement with that of the reports.
    public func adding(_ quality: QualityJudgement, warnings more: [Warning]) -> Judgement {
        var judgement = self
        judgement.quality = quality
        judgement.warnings += quality.warnings + more
        judgement.conclude()
        return judgement
    }

    /// The same judgement where the change approves regressions of its own.
    ///
    /// - Parameter approvals: by the check that is approved; of checks that did not get worse they say nothing.
    public func approving(_ approvals: [CheckID: Approval]) -> Judgement {
        var judgement = self
        judgement.verdicts = verdicts.map { verdict in
            guard let approval = approvals[verdict.check], verdict.demand == .tolerance,
                verdict.outcome == .regression || verdict.outcome == .missing
            else { return verdict }
            return verdict.approved(by: approval)
        }
        judgement.conclude()
        return judgement
    }

    /// The same judgement with a baseline that is there but cannot be read, which is not the same as none.
    public func withInvalidBaseline(_ failure: JudgementFailure) -> Judgement {
        var judgement = self
        judgement.failures = failures.filter { $0.kind != .baselineMissing } + [failure]
        judgement.baseline = nil
        judgement.conclude()
        return judgement
    }
}

/// Which baseline a judgement used.
public struct BaselineReference: Codable, Sendable, Equatable {
    /// `sha256:` and the digest of the file.
    public let id: String
    /// As given to the user: `Baselines/analysis/ci-small.json`.
    public let file: String
    public let approval: Approval

    public init(id: String, file: String, approval: Approval) {
        self.id = id
        self.file = file
        self.approval = approval
    }
}
