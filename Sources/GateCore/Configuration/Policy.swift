/// What an undecided metric does to the exit code.
public enum InconclusivePolicy: String, Codable, Sendable, CaseIterable {
    /// Exit 0, said loudly.
    case warn
    /// Exit 5.
    case fail
}

/// What a machine does to the exit code that others used while it was measured on.
public enum MachineBusyPolicy: String, Codable, Sendable, CaseIterable {
    /// The figures are judged, and it is said; single runs convict nobody.
    case warn
    /// Exit 75: no figure is judged against a stored baseline.
    case fail
}

/// What must be the same for figures to be compared with a stored baseline. Pairs are of one machine in any case.
public enum FingerprintPolicy: String, Codable, Sendable, CaseIterable {
    /// Machine, server and model.
    case all
    /// Server and model: for a server that runs elsewhere, on whose speed our machine has no say.
    case server
}

/// Where a regression can be approved.
public enum ApprovalsPolicy: String, Codable, Sendable, CaseIterable {
    /// On the base only, before the change or after its merge.
    case onBase = "on_base"
    /// In the change that causes it, too, which then says so.
    case inChange = "in_change"
}

/// Whether a metric can block.
public enum MetricRole: String, Codable, Sendable, CaseIterable {
    /// It can, and belongs to the metrics over which alpha holds together.
    case gate
    /// It is reported only, whatever its tolerance and budget are.
    case info
}

/// What is demanded of one metric, in one stage or in all.
public struct MetricPolicy: Codable, Sendable, Equatable {
    public var metric: MetricID
    /// nil: in every stage that has the metric.
    public var stage: StageName?
    /// Which way is better; nil: as the catalogue says, where it has the metric.
    public var direction: Direction?
    /// nil: a metric gates once it has a tolerance or a budget.
    public var role: MetricRole?
    /// nil: the metric's own default, and for one without that but with the role ``MetricRole/gate`` 10 %.
    public var tolerance: Tolerance?
    public var budget: Budget?

    public init(
        metric: MetricID, stage: StageName? = nil, direction: Direction? = nil, role: MetricRole? = nil,
        tolerance: Tolerance? = nil, budget: Budget? = nil
    ) {
        self.metric = metric
        self.stage = stage
        self.direction = direction
        self.role = role
        self.tolerance = tolerance
        self.budget = budget
    }
}

/// What holds where a policy says nothing of a metric.
public enum OtherMetrics: Sendable, Equatable {
    /// A metric of the catalogue gates within its own tolerance, where it has one; so it is configured.
    case asInCatalogue
    /// A metric that is not named gates within ``Policy/usualTolerance``; of a named one all else is filled in so, too.
    case gate
    /// A metric that is not named informs only; of a named one all else is filled in as by ``gate``.
    case inform
}

/// Tolerances, budgets, and how sure a verdict must be.
public struct Policy: Sendable, Equatable {
    public var metrics: [MetricPolicy]
    public var inconclusive: InconclusivePolicy
    /// Probability that an unchanged run is called a regression, over all its metrics together; greater than 0, less than 1.
    public var alpha: Double
    /// The workloads that share ``alpha``, at least 2; nil for one that has all of it.
    public var workloads: Int?
    /// Pairs of base and head at most, at least 8.
    public var pairs: Int
    public var machineBusy: MachineBusyPolicy
    public var fingerprint: FingerprintPolicy
    public var approvals: ApprovalsPolicy
    /// A stored baseline whose latest session is older convicts nobody: pairs have to.
    public var baselineDays: Int
    /// Who may approve. With any, a stored baseline counts only where each of its sessions is signed by one of them.
    public var approvalKeys: [ApprovalKey]
    /// Not written, as is ``isStrict``: both are for cases of other tools, which carry their policy with them.
    public var others: OtherMetrics
    /// True where only a change *beyond* the tolerance is tested for ("no change beyond the tolerance" is the null
    /// hypothesis), not any change at all. Holds alpha at the tolerance too, at the price of power.
    public var isStrict: Bool

    public static let defaultBaselineDays = 90
    public static let defaultAlpha = 0.01
    /// More would call every second unchanged run a regression.
    package static let largestAlpha = 0.5
    public static let defaultPairs = 20
    package static let largestPairs = 1000
    /// For a metric that is to gate and has no tolerance, neither configured nor of its own.
    public static let fallbackTolerance = Tolerance.relative(percent: 10)
    /// For a metric of another tool of which nothing is said.
    public static let usualTolerance = Tolerance.relative(share: 0.05)

    public init(
        metrics: [MetricPolicy] = [], inconclusive: InconclusivePolicy = .warn, alpha: Double = defaultAlpha,
        workloads: Int? = nil, pairs: Int = defaultPairs, machineBusy: MachineBusyPolicy = .warn,
        fingerprint: FingerprintPolicy = .all,
        approvals: ApprovalsPolicy = .onBase, baselineDays: Int = defaultBaselineDays,
        approvalKeys: [ApprovalKey] = [],
        others: OtherMetrics = .asInCatalogue, isStrict: Bool = false
    ) {
        self.metrics = metrics
        self.inconclusive = inconclusive
        self.alpha = alpha
        self.workloads = workloads
        self.pairs = pairs
        self.machineBusy = machineBusy
        self.fingerprint = fingerprint
        self.approvals = approvals
        self.baselineDays = baselineDays
        self.approvalKeys = approvalKeys
        self.others = others
        self.isStrict = isStrict
    }

    /// The part of a probability of false alarms that one workload may spend: of an equal share each the sum is the whole,
    /// whatever the workloads have in common (Bonferroni).
    package func ofOneWorkload(_ alpha: Double) -> Double { alpha / Double(max(1, workloads ?? 1)) }

    package var alphaOfOneWorkload: Double { ofOneWorkload(alpha) }

    /// What is said of a metric in a stage, the stage's own words first.
    package func entries(of metric: MetricID, stage: StageName?) -> [MetricPolicy] {
        let own = stage == nil ? [] : metrics.filter { $0.metric == metric && $0.stage == stage }
        return own + metrics.filter { $0.metric == metric && $0.stage == nil }
    }
}

extension Policy: Codable {
    private enum CodingKeys: String, CodingKey {
        case metrics, inconclusive, alpha, workloads, pairs, machineBusy, fingerprint, approvals, baselineDays,
            approvalKeys
    }

    /// Reads sessions of before each key that not every version wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            metrics: try container.decode([MetricPolicy].self, forKey: .metrics),
            inconclusive: try container.decode(InconclusivePolicy.self, forKey: .inconclusive),
            alpha: try container.decodeIfPresent(Double.self, forKey: .alpha) ?? Policy.defaultAlpha,
            workloads: try container.decodeIfPresent(Int.self, forKey: .workloads),
            pairs: try container.decodeIfPresent(Int.self, forKey: .pairs) ?? Policy.defaultPairs,
            machineBusy: try container.decodeIfPresent(MachineBusyPolicy.self, forKey: .machineBusy) ?? .warn,
            fingerprint: try container.decodeIfPresent(FingerprintPolicy.self, forKey: .fingerprint) ?? .all,
            approvals: try container.decodeIfPresent(ApprovalsPolicy.self, forKey: .approvals) ?? .onBase,
            baselineDays: try container.decodeIfPresent(Int.self, forKey: .baselineDays) ?? Policy.defaultBaselineDays,
            approvalKeys: try container.decodeIfPresent([ApprovalKey].self, forKey: .approvalKeys) ?? [])
    }
}
