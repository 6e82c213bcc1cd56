public import GateCore

/// Median and size of one side of a comparison, in the metric's base unit.
public struct SampleSummary: Codable, Sendable, Equatable {
    /// The median.
    public let median: Double
    /// The least.
    public let min: Double
    /// The most.
    public let max: Double
    /// How many values there are. At least 1.
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

    /// Of so many yes-or-no observations, the share that are yes.
    init(share: Double, of count: Int) {
        (median, min, max) = (share, share, share)
        self.count = count
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
    /// A regression that the change itself approves, where the base's policy lets it.
    case approved
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
}

/// A change as it was tested: of the value, in the worse direction, 0.1 for a duration that is 10 % longer and for a rate
/// that is 10 % lower. A part is nil where it is not known.
public struct Worsening: Codable, Sendable, Equatable {
    /// The change.
    public let estimate: Double?
    /// Bounds of the estimate, 95 % each.
    public let lower: Double?
    /// It is at most this, with 95 % confidence.
    public let upper: Double?
    /// Probability of such a worsening, of an improvement of such an improvement, in any gating metric of the run, if
    /// nothing had changed. 0 to 1.
    public let p: Double?
    /// The smallest change that would be found four times in five.
    public let detectable: Double?
    /// Of a pass, the size of a change that it may have missed where that is a fifth more than what is allowed: `up to 34.2%`, `any
    /// size`.
    public let unseen: String?
    /// What the values were divided by before they were compared, `tokens`; nil where they were compared as they are, or
    /// where that did not change.
    public let per: String?

    public init(_ finding: MetricFinding) {
        // An infinite ratio (a rate that fell to nothing) cannot be written.
        func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
        estimate = finite(finding.estimate)
        lower = finite(finding.lower)
        upper = finite(finding.upper)
        p = finite(finding.p)
        detectable = finite(finding.mde)
        unseen = finding.unseen
        per = finding.per
    }

    /// Of counts, where the test alone says something.
    init(p: Double) {
        (estimate, lower, upper, detectable, unseen, per) = (nil, nil, nil, nil, nil, nil)
        self.p = p
    }
}

/// The kind of demand that a verdict answers.
public enum Demand: String, Codable, Sendable, CaseIterable {
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

    /// A worsening with the sign of the change that it is: a rate gets worse by falling.
    public func shown(_ worsening: Double) -> Double { direction.costSign * worsening }

    /// The change that led to the outcome: what was tested where anything was, else that of the medians. That of a length is
    /// one of the whole.
    public var judgedChange: Double? {
        outcome == .lengthChanged ? change : worsening?.estimate.map(shown) ?? change
    }

    /// ``judgedChange`` as people read it: `+11.3%`, `+1.7% per unit of tokens`; nil where there is none.
    public var judgedChangeWords: String? {
        guard let judgedChange else { return nil }
        let isPerUnit = outcome != .lengthChanged && worsening?.estimate != nil
        return DisplayFormat.change(judgedChange) + (isPerUnit ? worsening?.per.map { " per unit of \($0)" } ?? "" : "")
    }

    /// The test case's name: `ttft.p50`, `ttft.cold.p50`, `itl.p99` or, for a budget, `ttft.budget`.
    public var name: String {
        if demand == .budget { return "\(check.metricName).budget" }
        // The figures of a window are no medians of calls.
        let hasStatistic =
            check.metric.isInterToken || check.stage == .load || check.metric == MetricCatalogue.errorShare
        return hasStatistic || DeclaredMetric(check.metric) != nil ? check.metricName : "\(check.metricName).p50"
    }
}
