import GateCore

/// What was found of one metric. Changes are those of the value in the worse direction: 0.1 for a duration that is 10 %
/// longer, and for a rate that is 10 % lower.
public struct MetricFinding: Sendable, Equatable {
    public var outcome: Outcome
    /// Nil where there is nothing to compare.
    public var estimate: Double?
    /// Bounds of the estimate, 95 % each.
    public var lower: Double?
    public var upper: Double?
    /// Probability of such a worsening, of an improvement of such an improvement, in any metric of the run, if nothing had
    /// changed; nil where that was not tested.
    public var p: Double?
    /// The smallest change that would be found four times in five; nil where it is not known.
    public var mde: Double?
    /// Of a pass, the size of a change that it may have missed where that is a fifth more than what is allowed: `up to 34.2%`.
    public var unseen: String?
    /// What the values were divided by, `tokens`; nil where they were compared as they are, or it was the same.
    public var per: String?
    /// Values that were not finite, in both arms.
    public var missing = 0
    /// One sentence: what led to the outcome.
    public var reason: String
    /// Its end: on what the outcome rests, without the figures that were compared; empty where there is none.
    public var because = ""
    /// What to do about it; empty where nothing needs to be done.
    public var remedy = ""

    public init(_ outcome: Outcome, reason: String, remedy: String = "") {
        self.outcome = outcome
        self.reason = reason
        self.remedy = remedy
    }

    /// A finding of a comparison.
    ///
    /// - Parameter figures: what was compared, and what is allowed.
    init(_ outcome: Outcome, figures: String, because: String, remedy: String = "") {
        self.init(outcome, reason: "\(figures); \(because)", remedy: remedy)
        self.because = because
    }
}

/// What a verdict rests on.
public enum Evidence: String, Codable, Sendable, CaseIterable {
    /// Nothing could be compared.
    case nothing = "none"
    /// The candidate's runs against the stored baseline, with nothing suspicious: weaker than pairs.
    case screen
    /// Pairs of base and head.
    case pairs
    /// The stored baseline alone.
    case storedBaseline = "stored_baseline"

    /// Of what a tested change is the change.
    public var basisOfChange: String {
        switch self {
        case .pairs: "within the pairs"
        case .nothing, .screen, .storedBaseline: "from session to session"
        }
    }
}

/// The answer for a case.
public struct CaseVerdict: Sendable, Equatable {
    public var overall: OverallVerdict
    public var evidence: Evidence
    /// The candidate's own runs that were looked at.
    public var runsUsed: Int
    public var pairsUsed: Int
    /// By the metric's name, sorted.
    public var metrics: [(name: String, finding: MetricFinding)]

    public init(
        overall: OverallVerdict, evidence: Evidence, runsUsed: Int, pairsUsed: Int,
        metrics: [(name: String, finding: MetricFinding)]
    ) {
        self.overall = overall
        self.evidence = evidence
        self.runsUsed = runsUsed
        self.pairsUsed = pairsUsed
        self.metrics = metrics
    }

    /// One sentence: the first of the findings that made the verdict, or why there is none.
    public var reason: String {
        let found = metrics.filter { $0.finding.outcome.overall == overall }
        guard let first = found.first else {
            return evidence == .nothing
                ? "there is nothing to judge: no candidate beside a baseline, no pairs, and no budget"
                : "no metric gates and has values on both sides"
        }
        let more = found.count == 1 ? "" : " (and \(found.count - 1) more)"
        return "\(first.name): \(first.finding.reason)\(more)"
    }

    /// The finding of a metric; nil where it is in no arm.
    public subscript(name: String) -> MetricFinding? { metrics.first { $0.name == name }?.finding }

    public static func == (left: CaseVerdict, right: CaseVerdict) -> Bool {
        left.overall == right.overall && left.evidence == right.evidence && left.runsUsed == right.runsUsed
            && left.pairsUsed == right.pairsUsed
            && left.metrics.elementsEqual(right.metrics) { $0.name == $1.name && $0.finding == $1.finding }
    }
}

extension CaseVerdict {
    /// Puts findings together: applies the budgets, sorts, and finds the overall verdict.
    ///
    /// - Parameter heads: the candidate's values of the metrics that have a budget.
    init(
        evidence: Evidence, runsUsed: Int, pairsUsed: Int, findings: [(name: String, finding: MetricFinding)],
        demands: Demands, heads: [String: [Double]]
    ) {
        let judged = findings.map { name, finding in
            (name: name, finding: finding.within(demands[name], values: heads[name] ?? []))
        }
        self.init(
            overall: OverallVerdict.of(judged.map(\.finding.outcome)), evidence: evidence, runsUsed: runsUsed,
            pairsUsed: pairsUsed, metrics: judged.sorted { $0.name < $1.name })
    }
}

extension MetricFinding {
    /// The finding where the values keep the rule's budget, else that they exceed it.
    func within(_ rule: MetricRule, values: [Double]) -> MetricFinding {
        guard let budget = rule.budget, let median = OrderStatistics.median(values.filter(\.isFinite)) else {
            return self
        }
        let broken: String
        switch budget.breach(by: median) {
        case .above(let limit): broken = "more than the \(Figure.number(limit)) of its budget"
        case .below(let limit): broken = "less than the \(Figure.number(limit)) of its budget"
        case nil: return keepingBudget
        }
        var finding = self
        finding.outcome = .budgetExceeded
        finding.reason = "budget exceeded: its median \(Figure.number(median)) is \(broken); else \(reason)"
        finding.remedy = "The budget is absolute: make it faster, or change the budget."
        return finding
    }

    /// A budget needs neither a direction nor a baseline.
    private var keepingBudget: MetricFinding {
        guard !outcome.isJudged else { return self }
        var finding = self
        finding.outcome = .pass
        finding.reason = "within its budget; \(reason)"
        return finding
    }
}
