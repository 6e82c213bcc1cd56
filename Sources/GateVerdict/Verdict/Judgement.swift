public import GateCore

/// Why there is no judgement although a session was measured.
public struct JudgementFailure: Codable, Sendable, Equatable {
    /// Why there is none.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// No valid call: never a pass.
        case nothingMeasured = "nothing_measured"
        /// Others used the machine, and the policy says that its figures are not to be judged then.
        case machineBusy = "machine_busy"
        /// Runs of the command failed: what the others measured stands beside it.
        case commandFailed = "command_failed"
        case baselineMissing = "baseline_missing"
        /// It is of sessions of another shape.
        case baselineIncomparable = "baseline_incomparable"
        case baselineInvalid = "baseline_invalid"
        /// It is not what was approved: edited by hand, or an older one put back.
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
            case .nothingMeasured, .misconfigured, .commandFailed, .couldNotRun, .interrupted: .infrastructureError
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
    /// What happened.
    public let message: String
    /// What to do about it.
    public let remedy: String

    /// The status of a call that ends by it, unless something outranks it.
    public var exit: GateExit {
        switch kind {
        case .misconfigured: .configuration
        case .commandFailed: .commandFailed
        default: kind.verdict.exit(inconclusive: .warn)
        }
    }

    public init(_ kind: Kind, message: String, remedy: String) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
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
    /// Under which the workload's baselines are kept; nil in verdicts of before it was kept.
    public let name: String?
    /// A name that can be part of a path.
    public let machineClass: String
    public let overall: OverallVerdict
    /// The exit status of the check.
    public let exitCode: Int
    /// What the comparison rests on: the screen (a weaker pass), pairs of base and head, the stored baseline alone, or
    /// nothing.
    public let evidence: Evidence
    /// Approved sessions that were compared with.
    public let baselineSessions: Int
    /// Runs of the session, and pairs, that were looked at for it.
    public let runsUsed: Int
    /// Pairs of base and head that were looked at.
    public let pairsUsed: Int
    /// What holds for every check; nil where nothing was measured.
    public let policy: EffectivePolicy?
    /// How what was compared differs besides its figures, base or baseline first; nil in verdicts of before it was kept.
    public let differences: [Difference]?
    /// Where the time went that the head took more or less of, stage by stage; nil in verdicts of before it was kept.
    public let causes: [TimeCause]?
    /// Sorted by check.
    public let verdicts: [Verdict]
    /// Why there is no judgement of something.
    public let failures: [JudgementFailure]
    /// What makes figures doubtful.
    public let warnings: [Warning]
    public let baseline: BaselineReference?
    /// What was judged of the reports; nil for a session without any.
    public let quality: QualityJudgement?

    /// What a judgement follows from: verdict and status are never given, but concluded.
    ///
    /// Each stands for the property of the same name of a judgement.
    public struct Parts: Sendable {
        public var evidence = Evidence.nothing
        public var baselineSessions = 0
        public var runsUsed = 0
        public var pairsUsed = 0
        public var policy: EffectivePolicy?
        public var differences: [Difference] = []
        public var causes: [TimeCause] = []
        public var verdicts: [Verdict] = []
        public var failures: [JudgementFailure] = []
        public var warnings: [Warning] = []
        public var baseline: BaselineReference?
        public var name: String?
        public var quality: QualityJudgement?

        public init(
            verdicts: [Verdict] = [], failures: [JudgementFailure] = [], warnings: [Warning] = [],
            baseline: BaselineReference? = nil
        ) {
            self.verdicts = verdicts
            self.failures = failures
            self.warnings = warnings
            self.baseline = baseline
        }

        var overall: OverallVerdict {
            OverallVerdict.of(
                verdicts.map(\.outcome),
                causes: failures.map(\.kind.verdict) + (quality?.isRegression == true ? [.qualityRegression] : []))
        }

        /// The status of whatever made the verdict, which says more than the verdict does.
        var exit: GateExit {
            let overall = overall
            let cause = failures.first { $0.kind.verdict == overall }
            return cause?.exit ?? overall.exit(inconclusive: policy?.inconclusive ?? .warn)
        }
    }

    /// - Parameter sessionId: empty where the call ended before there was a session.
    public init(_ parts: Parts, sessionId: String, workload: WorkloadKind, machineClass: String) {
        self.init(
            parts, exitCode: Int(parts.exit.rawValue), sessionId: sessionId, workload: workload,
            machineClass: machineClass)
    }

    private init(
        _ parts: Parts, exitCode: Int, sessionId: String, workload: WorkloadKind, machineClass: String
    ) {
        formatVersion = Judgement.currentFormatVersion
        self.sessionId = sessionId
        self.workload = workload
        name = parts.name
        self.machineClass = machineClass
        overall = parts.overall
        self.exitCode = exitCode
        evidence = parts.evidence
        baselineSessions = parts.baselineSessions
        runsUsed = parts.runsUsed
        pairsUsed = parts.pairsUsed
        policy = parts.policy
        differences = parts.differences
        causes = parts.causes
        verdicts = parts.verdicts
        failures = parts.failures
        warnings = parts.warnings
        baseline = parts.baseline
        quality = parts.quality
    }

    /// Of a call that ended before anything was judged.
    ///
    /// - Parameters:
    ///   - sessionId: empty where there was no session yet.
    ///   - exitCode: the status that the call ended with.
    ///   - name: under which the workload's baselines are kept.
    public static func ended(
        by failure: JudgementFailure, exitCode: Int, sessionId: String, workload: WorkloadKind, name: String? = nil,
        machineClass: String
    ) -> Judgement {
        var parts = Parts(failures: [failure])
        parts.name = name
        return Judgement(
            parts, exitCode: exitCode, sessionId: sessionId, workload: workload,
            machineClass: machineClass)
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
