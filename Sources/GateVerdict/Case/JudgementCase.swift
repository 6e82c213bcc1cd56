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
    /// What is demanded of its metrics.
    public var demands: Demands
    /// Approved sessions, oldest first; empty where there is no stored baseline.
    public var baseline: [SessionValues]
    /// Runs of the candidate alone; nil where there are pairs only.
    public var candidate: SessionValues?
    /// In the order in which they were made.
    public var pairs: [RunPair]

    public init(
        demands: Demands, baseline: [SessionValues] = [], candidate: SessionValues? = nil, pairs: [RunPair] = []
    ) {
        self.demands = demands
        self.baseline = baseline
        self.candidate = candidate
        self.pairs = pairs
    }
}
