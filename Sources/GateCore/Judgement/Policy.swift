/// What an undecided metric does to the exit code.
public enum InconclusivePolicy: String, Codable, Sendable, CaseIterable {
    /// Exit 0, said loudly.
    case warn
    /// Exit 5.
    case fail
}

/// What is demanded of one metric, in one stage or in all.
public struct MetricPolicy: Codable, Sendable, Equatable {
    public var metric: MetricID
    /// nil: in every stage that has the metric.
    public var stage: StageName?
    /// nil: the metric's own default; a metric without either only informs.
    public var tolerance: Tolerance?
    public var budget: Budget?

    public init(metric: MetricID, stage: StageName? = nil, tolerance: Tolerance? = nil, budget: Budget? = nil) {
        self.metric = metric
        self.stage = stage
        self.tolerance = tolerance
        self.budget = budget
    }
}

/// Tolerances, budgets and what to do when something cannot be decided.
public struct Policy: Codable, Sendable, Equatable {
    public var metrics: [MetricPolicy]
    public var inconclusive: InconclusivePolicy

    public init(metrics: [MetricPolicy] = [], inconclusive: InconclusivePolicy = .warn) {
        self.metrics = metrics
        self.inconclusive = inconclusive
    }

    /// The tolerance that holds for a metric in a stage: the stage's own, else the metric's, else the catalogue's.
    public func tolerance(of metric: Metric, stage: StageName) -> Tolerance? {
        matching(metric.id, stage).compactMap(\.tolerance).first ?? metric.defaultTolerance
    }

    /// The budget that holds for a metric in a stage; nil where there is none.
    public func budget(of metric: Metric, stage: StageName) -> Budget? {
        matching(metric.id, stage).compactMap(\.budget).first
    }

    private func matching(_ metric: MetricID, _ stage: StageName) -> [MetricPolicy] {
        metrics.filter { $0.metric == metric && $0.stage == stage }
            + metrics.filter { $0.metric == metric && $0.stage == nil }
    }
}
