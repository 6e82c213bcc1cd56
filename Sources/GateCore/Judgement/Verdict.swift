/// Median and size of one side of a comparison, in the metric's base unit.
public struct SampleSummary: Codable, Sendable, Equatable {
    public let median: Double
    public let min: Double
    public let max: Double
    public let count: Int

    /// Nil for an empty sample.
    public init?(_ values: [Double]) {
        guard let median = OrderStatistics.median(values), let min = values.min(), let max = values.max() else {
            return nil
        }
        self.median = median
        self.min = min
        self.max = max
        self.count = values.count
    }
}

/// What was found of one check.
public enum Outcome: String, Codable, Sendable, CaseIterable {
    case pass
    case improvement
    /// Worse than the baseline by more than the tolerance, and not by chance.
    case regression
    /// Worse as a whole, but not per token: the answer got longer, the server no slower.
    case lengthChanged = "length_changed"
    /// Outside the absolute budget.
    case budgetExceeded = "budget_exceeded"
    /// The baseline has the metric, the session lost it.
    case missing
    /// Cannot be decided; the explanation says what would decide it.
    case inconclusive
    /// Too many of its calls were invalid.
    case invalid
    /// The baseline does not have the metric yet: reported only.
    case new
    /// Reported only: the metric has no tolerance and no budget.
    case informational = "info"

    /// False where the metric is reported only.
    public var isJudged: Bool { self != .informational && self != .new }

    /// True where this outcome blocks a merge as a performance regression.
    public var isRegression: Bool {
        switch self {
        case .regression, .budgetExceeded, .missing: true
        default: false
        }
    }
}

/// A change as it was tested: ratios of costs in the worse direction, 0.1 for 10 % worse, whichever way is worse. A part is
/// nil where it is not known.
public struct Worsening: Codable, Sendable, Equatable {
    public let estimate: Double?
    /// Bounds of the estimate, 95 % each.
    public let lower: Double?
    public let upper: Double?
    /// Probability of such a change, in any gating metric of the run, if nothing had changed.
    public let p: Double?
    /// The smallest change that would be found four times in five.
    public let detectable: Double?

    public init(_ finding: MetricFinding) {
        // An infinite ratio (a rate that fell to nothing) cannot be written.
        func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
        estimate = finite(finding.estimate)
        lower = finite(finding.lower)
        upper = finite(finding.upper)
        p = finite(finding.p)
        detectable = finite(finding.mde)
    }
}

/// The kind of demand that a verdict answers.
public enum Demand: String, Codable, Sendable {
    /// Against the baseline, within the tolerance.
    case tolerance
    /// Against the absolute budget.
    case budget
}

/// The answer to one demand on one check, with its evidence.
public struct Verdict: Codable, Sendable, Equatable {
    public let check: CheckID
    public let demand: Demand
    public let outcome: Outcome
    public let unit: MetricUnit
    public let direction: Direction
    public let baseline: SampleSummary?
    public let observed: SampleSummary?
    /// (observed - baseline) / baseline of the medians; nil without both or with a baseline of zero.
    public let change: Double?
    /// What the test of the change found; nil where nothing was tested.
    public let worsening: Worsening?
    public let tolerance: Tolerance?
    public let budget: Budget?
    /// One sentence with the figures that led to the outcome.
    public let explanation: String
    /// What to do about it; empty where nothing needs to be done.
    public let remedy: String

    public init(
        check: CheckID, demand: Demand, outcome: Outcome, unit: MetricUnit, direction: Direction,
        baseline: SampleSummary?, observed: SampleSummary?, change: Double?, worsening: Worsening? = nil,
        tolerance: Tolerance?, budget: Budget?, explanation: String, remedy: String
    ) {
        self.check = check
        self.demand = demand
        self.outcome = outcome
        self.unit = unit
        self.direction = direction
        self.baseline = baseline
        self.observed = observed
        self.change = change
        self.worsening = worsening
        self.tolerance = tolerance
        self.budget = budget
        self.explanation = explanation
        self.remedy = remedy
    }

    /// The test case's name: `ttft.p50`, `ttft.cold.p50`, `itl.p99` or, for a budget, `ttft.budget`.
    public var name: String {
        if demand == .budget { return "\(check.metricName).budget" }
        // The figures of a window are no medians of calls.
        let hasStatistic = check.metric.isInterToken || check.stage == .load
        return hasStatistic ? check.metricName : "\(check.metricName).p50"
    }
}

/// Why there is no judgement although a session was measured.
public struct JudgementFailure: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable {
        /// No valid call: never a pass.
        case nothingMeasured = "nothing_measured"
        case baselineMissing = "baseline_missing"
        case baselineInvalid = "baseline_invalid"
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

/// The answer for a whole session, worst first.
public enum OverallVerdict: String, Codable, Sendable {
    case regression
    /// The reports got worse, or have errors that are not allowed; the figures did not.
    case qualityRegression = "quality_regression"
    /// Nothing valid was measured, or too many calls failed.
    case infrastructureError = "infrastructure_error"
    case baselineMissing = "baseline_missing"
    case baselineInvalid = "baseline_invalid"
    case inconclusive
    case improvement
    case pass
}

/// Everything that was judged of one session: what `verdict.json` holds and every report is rendered from.
public struct Judgement: Codable, Sendable, Equatable {
    public static let currentFormatVersion = 2
    /// With fewer approved sessions a prior stands for how much sessions differ.
    public static let enoughSessions = SessionEffect.fewestSessions

    public let formatVersion: Int
    public let sessionId: String
    public let workload: WorkloadKind
    public let machineClass: String
    public let overall: OverallVerdict
    public let exitCode: Int
    /// What the comparison rests on.
    public let evidence: Evidence
    /// Approved sessions that were compared with.
    public let baselineSessions: Int
    /// Runs of the session, and pairs, that were looked at for it.
    public let runsUsed: Int
    public let pairsUsed: Int
    /// What holds for every check; nil where nothing was measured.
    public let policy: EffectivePolicy?
    /// Sorted by check.
    public let verdicts: [Verdict]
    public let failures: [JudgementFailure]
    public let warnings: [Warning]
    public let baseline: BaselineReference?
    /// What was judged of the reports; nil for a session without any.
    public let quality: QualityJudgement?

    public init(
        sessionId: String, workload: WorkloadKind, machineClass: String, overall: OverallVerdict, exitCode: Int,
        evidence: Evidence = .nothing, baselineSessions: Int = 0, runsUsed: Int = 0, pairsUsed: Int = 0,
        policy: EffectivePolicy? = nil, verdicts: [Verdict], failures: [JudgementFailure], warnings: [Warning],
        baseline: BaselineReference?, quality: QualityJudgement? = nil
    ) {
        self.formatVersion = Judgement.currentFormatVersion
        self.sessionId = sessionId
        self.workload = workload
        self.machineClass = machineClass
        self.overall = overall
        self.exitCode = exitCode
        self.evidence = evidence
        self.baselineSessions = baselineSessions
        self.runsUsed = runsUsed
        self.pairsUsed = pairsUsed
        self.policy = policy
        self.verdicts = verdicts
        self.failures = failures
        self.warnings = warnings
        self.baseline = baseline
        self.quality = quality
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
