public import GateCore
import GateVerdict

/// What the next session may have of a check: the median of what is approved, and the tolerance on it.
public struct ToleranceLimit: Sendable, Equatable {
    public let check: CheckID
    public let unit: MetricUnit
    /// Base unit; nil where nothing is approved.
    public let before: Double?
    public let after: Double?

    /// (after - before) / before; nil without both and for a limit of zero.
    public var change: Double? {
        guard let before, let after, before != 0 else { return nil }
        return (after - before) / abs(before)
    }
}

extension ApprovalProposal {
    /// The limits of every check that gates, in the order of the work, those included that do not move.
    public func limits(under policy: Policy) -> [ToleranceLimit] {
        let checks = Set(after.checks).union(before?.checks ?? [])
        return checks.sorted().compactMap { check in
            guard let metric = MetricCatalogue.metric(check.metric),
                let tolerance = policy.tolerance(of: check)
            else { return nil }
            func limit(_ baseline: Baseline?) -> Double? {
                guard let median = OrderStatistics.median(baseline?.values(of: check) ?? []) else { return nil }
                let allowance = tolerance.allowance(from: median)
                return metric.direction == .higherIsBetter ? median - allowance : median + allowance
            }
            return ToleranceLimit(check: check, unit: metric.unit, before: limit(before), after: limit(after))
        }
    }
}
