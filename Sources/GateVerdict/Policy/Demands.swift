public import GateCore

/// What a policy demands of the metrics of a case.
public struct Demands: Sendable, Equatable {
    /// As it is configured.
    public let policy: Policy
    /// How sure a verdict must be.
    package let rule: ConvictionRule
    /// Of a session, what is judged; nil where metrics are called as the catalogue calls them.
    private let checks: [CheckID]?
    private let named: [String: MetricRule]

    /// Runs of the candidate that are screened where nothing says how many.
    public static let usualRuns = 5

    /// Of a case whose metrics have no stage, as other tools have them.
    ///
    /// - Parameter runs: of the candidate, that are screened before any pair is made; at least 1.
    public init(_ policy: Policy, runs: Int = usualRuns) {
        self.policy = policy
        rule = ConvictionRule(policy, runs: runs)
        checks = nil
        named = Dictionary(policy.metrics.map { ($0.metric.rawValue, policy.rule(of: $0.metric)) }) { first, _ in first
        }
    }

    /// Of a session whose metrics are called by their checks (`analysis/ttft`). What has no tolerance informs only, and
    /// budgets are demands of their own.
    ///
    /// - Parameter runs: of the session's configuration.
    public init(_ policy: Policy, checks: some Sequence<CheckID>, runs: Int) {
        let rules = checks.map { (check: $0, rule: policy.rule(of: $0)) }.filter { $0.rule.tolerance != nil }
        self.policy = policy
        self.checks = rules.map(\.check)
        rule = ConvictionRule(policy, runs: runs, errorsOf: rules.contains { $0.check.stage == .load } ? .load : .run)
        named = Dictionary(
            rules.map { check, rule in
                var rule = rule
                rule.budget = nil
                return (check.description, rule)
            }
        ) { first, _ in first }
    }

    /// Metrics of which something is demanded, sorted: whoever lacks one is asked why.
    package var names: [String] { named.keys.sorted() }

    /// The rule that holds for a metric.
    subscript(name: String) -> MetricRule {
        named[name] ?? (checks == nil ? policy.rule(of: MetricID(rawValue: name)) : .informing)
    }

    /// True for a metric by which a case can fail.
    package func gates(_ name: String) -> Bool { self[name].isGate }

    /// Which way is better; nil where nobody says so.
    package func direction(of name: String) -> Direction? { self[name].direction }

    /// How much worse a metric may become as a share of it; nil where that is not said.
    package func allowedShare(of name: String) -> Double? { self[name].allowed?.share }

    /// The metric by which this one is judged, per unit; nil for none.
    package func length(of name: String) -> String? { self[name].length }

    /// The same metrics under another policy.
    func under(_ policy: Policy) -> Demands {
        checks.map { Demands(policy, checks: $0, runs: rule.screenRuns) } ?? Demands(policy, runs: rule.screenRuns)
    }

    /// The same with another tolerance of one metric.
    func allowing(_ tolerance: Tolerance, of name: String) -> Demands {
        var policy = policy
        let check = checks?.first { $0.description == name }
        policy.metrics.insert(
            MetricPolicy(
                metric: check?.metric ?? MetricID(rawValue: name), stage: check?.stage, tolerance: tolerance), at: 0)
        return under(policy)
    }
}
