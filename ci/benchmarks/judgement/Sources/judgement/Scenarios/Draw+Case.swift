import GateCore
import GateVerdict

extension Draw {
    /// The case that the gate is given: the costs as values of their metrics, all of them gating within 5 %.
    func judgementCase(_ rule: ConvictionRule, isScreened: Bool = true) -> JudgementCase {
        JudgementCase(
            policy: CasePolicy(rule: rule, metrics: Draw.rules),
            baseline: isScreened ? baseline.map(Draw.session) : [],
            candidate: isScreened ? Draw.session(candidate) : nil,
            pairs: pairs.map { RunPair(base: Draw.run($0.base), head: Draw.run($0.head)) })
    }

    /// The case without pairs: the stored baseline alone.
    func storedCase(_ rule: ConvictionRule) -> JudgementCase {
        JudgementCase(
            policy: CasePolicy(rule: rule, metrics: Draw.rules), baseline: baseline.map(Draw.session),
            candidate: Draw.session(candidate))
    }

    private static let rules = Dictionary(
        uniqueKeysWithValues: Scenario.metrics.enumerated().map { index, name in
            (name, MetricRule(direction: index == Scenario.throughput ? .higherIsBetter : .lowerIsBetter))
        })

    private static func run(_ costs: [Double]) -> [String: Double] {
        Dictionary(
            uniqueKeysWithValues: costs.enumerated().map { index, cost in
                (Scenario.metrics[index], index == Scenario.throughput ? 100 / cost : 100 * cost)
            })
    }

    private static func session(_ runs: [[Double]]) -> SessionValues {
        let named = runs.map(run)
        return SessionValues(
            Dictionary(uniqueKeysWithValues: Scenario.metrics.map { name in (name, named.compactMap { $0[name] }) }))
    }
}
