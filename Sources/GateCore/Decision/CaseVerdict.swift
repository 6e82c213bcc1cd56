/// What was found of one metric. Changes are ratios in the worse direction: 0.1 for 10 % worse, whichever way is worse.
public struct MetricFinding: Sendable, Equatable {
    public var outcome: Outcome
    /// Nil where there is nothing to compare.
    public var estimate: Double?
    /// Bounds of the estimate, 95 % each.
    public var lower: Double?
    public var upper: Double?
    /// Probability of such a change, in any metric of the run, if nothing had changed; nil where that was not tested.
    public var p: Double?
    /// The smallest change that would be found four times in five; nil where it is not known.
    public var mde: Double?
    /// Values that were not finite, in both arms.
    public var missing = 0
    /// One sentence: what led to the outcome.
    public var reason: String
    /// What to do about it; empty where nothing needs to be done.
    public var remedy = ""

    public init(_ outcome: Outcome, reason: String, remedy: String = "") {
        self.outcome = outcome
        self.reason = reason
        self.remedy = remedy
    }
}

/// What a verdict rests on.
public enum Evidence: Sendable, Equatable {
    /// Nothing could be compared.
    case nothing
    /// The candidate's runs against the stored baseline, with nothing suspicious: weaker than pairs.
    case screen
    /// Pairs of base and head.
    case pairs
    /// The stored baseline alone, of so many sessions.
    case storedBaseline(sessions: Int)
}

/// The answer for a case.
public struct CaseVerdict: Sendable, Equatable {
    public enum Overall: String, Sendable, CaseIterable {
        case pass, regression, improvement, inconclusive, invalid
    }

    public var overall: Overall
    public var evidence: Evidence
    /// The candidate's own runs that were looked at.
    public var runsUsed: Int
    public var pairsUsed: Int
    /// By the metric's name, sorted.
    public var metrics: [(name: String, finding: MetricFinding)]

    public init(
        overall: Overall, evidence: Evidence, runsUsed: Int, pairsUsed: Int,
        metrics: [(name: String, finding: MetricFinding)]
    ) {
        self.overall = overall
        self.evidence = evidence
        self.runsUsed = runsUsed
        self.pairsUsed = pairsUsed
        self.metrics = metrics
    }

    /// The finding of a metric; nil where it is in no arm.
    public subscript(name: String) -> MetricFinding? { metrics.first { $0.name == name }?.finding }

    public static func == (left: CaseVerdict, right: CaseVerdict) -> Bool {
        left.overall == right.overall && left.evidence == right.evidence && left.runsUsed == right.runsUsed
            && left.pairsUsed == right.pairsUsed
            && left.metrics.elementsEqual(right.metrics) { $0.name == $1.name && $0.finding == $1.finding }
    }
}
