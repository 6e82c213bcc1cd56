import GateCore

/// A count of what an agent does that never varied: one value in every run of all approved sessions, and one in every run
/// now. What differs between these is no chance, so that the tolerance alone decides.
struct ExactCount {
    /// Fewer sessions do not show that a count never varies.
    static let fewestSessions = 3
    /// A single run may be the one that repeated a call.
    static let fewestRuns = 2

    private let approved: (value: Double, runs: Int)
    private let now: (value: Double, runs: Int)
    private let limit: Double
    private let scale: CostScale
    /// Positive where the candidate is worse.
    private let estimate: Double

    /// Nil for what is no such count, or varies on a side.
    init?(_ arms: MetricArms, sessions: [[Double]], rule: MetricRule, scale: CostScale, limit: Double) {
        guard rule.isCountOfAgent, arms.missing == 0, sessions.count >= ExactCount.fewestSessions,
            arms.head.count >= ExactCount.fewestRuns, let before = ExactCount.only(arms.base),
            let now = ExactCount.only(arms.head)
        else { return nil }
        approved = (before, arms.base.count)
        self.now = (now, arms.head.count)
        self.limit = limit
        self.scale = scale
        estimate = scale.cost(now) - scale.cost(before)
    }

    var finding: MetricFinding {
        var finding: MetricFinding
        if estimate > limit {
            finding = MetricFinding(
                .regression, figures: figures, because: values,
                remedy: "Find why it does more, or, if the change is wanted, approve this session.")
        } else if estimate < -limit {
            finding = MetricFinding(
                .improvement, figures: figures, because: values,
                remedy: "Approve it, so that the gain becomes the baseline and cannot be lost unseen.")
        } else {
            finding = MetricFinding(.pass, figures: figures, because: values)
        }
        finding.estimate = scale.ratio(estimate)
        return finding
    }

    private var figures: String {
        "\(Figure.change(estimate, nil, on: scale)), allowed \(Figure.limit(limit, on: scale))"
    }

    /// `6 in all 15 approved runs, 7 in all 3 now`
    private var values: String {
        func number(_ value: Double) -> String { DisplayFormat.number(value, unit: .count) }
        return approved.value == now.value
            ? "\(number(now.value)) in all \(approved.runs) approved runs, and in all \(now.runs) now"
            : "\(number(approved.value)) in all \(approved.runs) approved runs, \(number(now.value)) in all \(now.runs) now"
    }

    /// The one whole number that all values are; nil where there is none.
    static func only(_ values: [Double]) -> Double? {
        guard let first = values.first, first == first.rounded(), values.allSatisfy({ $0 == first }) else { return nil }
        return first
    }
}
