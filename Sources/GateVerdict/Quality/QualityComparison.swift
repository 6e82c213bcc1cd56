import GateCore

/// The metrics of a session's reports against those of approved sessions.
struct QualityComparison {
    /// Probability that any metric is convicted although nothing changed; shared by all metrics that are judged, of all
    /// workloads.
    static let alpha = 0.01
    /// The doubt that may be left when a metric passes.
    static let passDoubt = 0.05

    let reports: [ReportQuality]
    /// The reports of each approved session, oldest session first.
    let sessions: [[ReportQuality]]
    let policy: Policy

    func verdicts() -> [QualityVerdict] {
        let judged = MetricCatalogue.quality.count { rule(of: $0).tolerance != nil }
        let alpha = policy.ofOneWorkload(QualityComparison.alpha) / Double(max(1, judged))
        return MetricCatalogue.quality.map { verdict(of: $0, alpha: alpha) }
    }

    private func rule(of metric: Metric) -> MetricRule { policy.rule(of: metric.id, stage: .quality) }

    /// Reports with the same words, as a model at temperature 0 writes them, are one observation.
    private static func different(_ reports: [ReportQuality]) -> [ReportQuality] {
        var seen: Set<String> = []
        return reports.filter { seen.insert($0.digest).inserted }
    }

    private func verdict(of metric: Metric, alpha: Double) -> QualityVerdict {
        let fresh = QualityComparison.different(reports)
        let approved = sessions.flatMap(QualityComparison.different)
        let sides = Sides(
            metric: metric, tolerance: rule(of: metric).tolerance,
            observed: fresh.compactMap { $0.measurements[metric.id] },
            approved: approved.compactMap { $0.measurements[metric.id] }, allApproved: approved.count,
            isSame: !fresh.isEmpty && Set(fresh.map(\.digest)).isSubset(of: Set(approved.map(\.digest))),
            all: reports.count)
        let budget = rule(of: metric).budget
        let (outcome, p, explanation, remedy) = sides.beyond(budget) ?? sides.decide(alpha: alpha)
        return QualityVerdict(
            metric: metric.id, unit: metric.unit, direction: metric.direction, outcome: outcome,
            baseline: SampleSummary(sides.approved), observed: SampleSummary(sides.observed),
            tolerance: sides.tolerance, budget: budget, p: p, explanation: explanation, remedy: remedy)
    }
}

/// One metric with both sides.
private struct Sides {
    typealias Decision = (Outcome, p: Double?, explanation: String, remedy: String)

    let metric: Metric
    let tolerance: Tolerance?
    /// One value for each different report.
    let observed: [Double]
    let approved: [Double]
    /// Different reports that are approved, also without a value.
    let allApproved: Int
    /// Every report was approved before, word by word.
    let isSame: Bool
    /// Reports of the session, equal ones too.
    let all: Int

    func beyond(_ budget: Budget?) -> Decision? {
        guard let budget, let median = OrderStatistics.median(observed) else { return nil }
        guard budget.breach(by: median) != nil else { return nil }
        return (
            .budgetExceeded, nil, "\(figures); the budget is \(DisplayFormat.limits(budget, unit: metric.unit))",
            "Make the reports better, or change the budget."
        )
    }

    func decide(alpha: Double) -> Decision {
        guard let tolerance else { return (.informational, nil, figures, "") }
        guard !observed.isEmpty else { return isLost ? lost : (.informational, nil, figures, "") }
        guard let median = OrderStatistics.median(approved) else {
            return (.informational, nil, "\(figures): the baseline has no such figure", "")
        }
        if isSame { return (.pass, nil, "\(figures): the same reports as approved, word by word", "") }
        let allowed = tolerance.allowance(from: median)
        let (costs, approvedCosts) = (observed.map(cost), approved.map(cost))
        let worse = RankTest.probabilityOfLarger(costs.map { round($0 - allowed) }, than: approvedCosts.map(round))
        let words = DisplayFormat.allowance(tolerance, direction: metric.direction, unit: metric.unit)
        if worse <= alpha {
            return (
                .regression, worse, "\(figures); allowed \(words); \(DisplayFormat.probability(worse))",
                "Read the findings below; if the change is wanted, approve this session."
            )
        }
        let noWorse = RankTest.probabilityOfLarger(approvedCosts.map(round), than: costs.map { round($0 - allowed) })
        if noWorse <= QualityComparison.passDoubt {
            let better = RankTest.probabilityOfLarger(approvedCosts.map { round($0 - allowed) }, than: costs.map(round))
            return better <= alpha
                ? (
                    .improvement, better, "\(figures); better by more than \(words.dropFirst())",
                    "Approve this session, so that the gain cannot be lost unseen."
                )
                : (.pass, worse, "\(figures); allowed \(words)", "")
        }
        return (
            .inconclusive, worse, "\(figures); allowed \(words): too few reports to tell", moreReports(alpha: alpha)
        )
    }

    /// Every approved report has a value and none of these: what some reports lack by nature may be lacking by chance.
    private var isLost: Bool { all > 0 && !approved.isEmpty && approved.count == allApproved }

    private var lost: Decision {
        (
            .missing, nil, "\(figures): every approved report has it, and none of these",
            "Look at the reports and at their data: there is nothing left in them that it could be measured on."
        )
    }

    private func cost(_ value: Double) -> Double { metric.direction.costSign * value }

    /// Differences that only the arithmetic has made are ties.
    private func round(_ value: Double) -> Double { (value * 1e9).rounded() / 1e9 }

    /// `quality/groundedness 0.5200 (5 reports), approved 0.7600 (20 reports)`
    private var figures: String {
        func side(_ values: [Double]) -> String {
            guard let median = OrderStatistics.median(values) else { return "not measured" }
            let count = "\(values.count) report\(values.count == 1 ? "" : "s")"
            return "\(DisplayFormat.value(median, unit: metric.unit)) (\(count))"
        }
        let equal = observed.count < all && !observed.isEmpty ? ", \(all) with equal ones" : ""
        return "quality/\(metric.id) \(side(observed))\(equal), approved \(side(approved))"
    }

    /// How many reports could decide at all: below that even a total separation is chance.
    private func moreReports(alpha: Double) -> String {
        var count = 1
        while count < 1000, 1 / ways(count, approved.count) > alpha { count += 1 }
        if observed.count < all {
            return "Equal reports count once: let the model vary (temperature above 0), or rely on the rules."
        }
        return observed.count < count
            ? "At least \(count) reports can tell (--runs \(count)); approved sessions add to the other side."
            : "More runs would tell, and more approved sessions; the rules above judge each report by itself."
    }

    /// In how many ways both sides can be dealt.
    private func ways(_ count: Int, _ others: Int) -> Double {
        guard others > 0 else { return 1 }
        return (1...count).reduce(1.0) { $0 * Double(others + $1) / Double($1) }
    }
}
