public import GateCore

/// How much worse a metric may become. Where both limits are given, the larger counts.
public struct AllowedWorsening: Sendable, Equatable {
    /// As a change of the value: 0.05 allows a duration that is 5 % longer, or a rate that is 5 % lower. At least 0; below
    /// 1 for a rate, which cannot fall by all of it.
    public let relative: Double?
    /// In the metric's unit, at least 0.
    public let absolute: Double?

    public init(relative: Double? = nil, absolute: Double? = nil) {
        self.relative = relative
        self.absolute = absolute
    }

    /// Where nothing is configured.
    public static let standard = AllowedWorsening(relative: 0.05)
}

/// What is demanded of one metric.
public struct MetricRule: Sendable, Equatable {
    /// Nil where nobody said which way is better: such a metric is never judged by guessing.
    public let direction: Direction?
    public let tolerance: AllowedWorsening
    /// Judged on the candidate alone.
    public let budget: Budget?
    /// True for a metric that gates and belongs to the family over which alpha holds; false for one that only informs.
    public let isGate: Bool
    /// Of values in the metric's unit, where it is a duration: nothing lasts zero seconds.
    public let isDuration: Bool
    /// The metric that counts what this one grows with, as the tokens of an answer: where both sides have it, the values
    /// are judged per unit of it, so that a longer answer is not taken for a slower one. Nil for none.
    public let length: String?

    public init(
        direction: Direction?, tolerance: AllowedWorsening = .standard, budget: Budget? = nil, isGate: Bool = true,
        isDuration: Bool = false, length: String? = nil
    ) {
        self.direction = direction
        self.tolerance = tolerance
        self.budget = budget
        self.isGate = isGate
        self.isDuration = isDuration
        self.length = length
    }
}

/// By which rules a case is judged.
public struct CasePolicy: Sendable, Equatable {
    public var rule: ConvictionRule
    /// By the metric's name.
    public var metrics: [String: MetricRule]
    /// The rule for metrics that ``metrics`` does not name.
    public var others: OtherMetrics

    public enum OtherMetrics: Sendable, Equatable {
        /// They inform only.
        case inform
        /// They gate where the catalogue knows which way is better, within 5 %.
        case gate
    }

    public init(
        rule: ConvictionRule = ConvictionRule(), metrics: [String: MetricRule] = [:], others: OtherMetrics = .inform
    ) {
        self.rule = rule
        self.metrics = metrics
        self.others = others
    }
}

/// The values of several metrics in one job on one machine, in the order in which they were measured, by the metric's
/// name. A value that is not finite stands for a run that yielded none; a metric that is not there was not asked for.
public struct SessionValues: Sendable, Equatable {
    public var metrics: [String: [Double]]

    public init(_ metrics: [String: [Double]]) { self.metrics = metrics }
}

/// One run of the base and one of the head, made one after the other in random order, in the same job.
public struct RunPair: Sendable, Equatable {
    /// By the metric's name; a value that is not finite stands for a run that yielded none.
    public var base: [String: Double]
    public var head: [String: Double]

    public init(base: [String: Double], head: [String: Double]) {
        self.base = base
        self.head = head
    }
}

/// Everything that one verdict is made from. Cold runs and warm-up are left out by who makes it.
public struct JudgementCase: Sendable, Equatable {
    public var policy: CasePolicy
    /// Approved sessions, oldest first; empty where there is no stored baseline.
    public var baseline: [SessionValues]
    /// Runs of the candidate alone; nil where there are pairs only.
    public var candidate: SessionValues?
    /// In the order in which they were made.
    public var pairs: [RunPair]

    public init(
        policy: CasePolicy, baseline: [SessionValues] = [], candidate: SessionValues? = nil, pairs: [RunPair] = []
    ) {
        self.policy = policy
        self.baseline = baseline
        self.candidate = candidate
        self.pairs = pairs
    }
}
