import GateCore
import GateVerdict

extension Draw {
    /// The case that the gate is given: the costs as values of their metrics, all of them gating within 5 %.
    func judgementCase(isScreened: Bool = true) -> JudgementCase {
        JudgementCase(
            demands: Draw.demands,
            baseline: isScreened ? baseline.map(Draw.session) : [],
            candidate: isScreened ? Draw.session(candidate) : nil,
            pairs: pairs.map { RunPair(base: Draw.run($0.base), head: Draw.run($0.head)) })
    }

    /// The case without pairs: the stored baseline alone.
    func storedCase() -> JudgementCase {
        JudgementCase(
            demands: Draw.demands, baseline: baseline.map(Draw.session), candidate: Draw.session(candidate))
    }

    private static let demands = Demands(
        Policy(
            metrics: Scenario.metrics.enumerated().map { index, name in
                MetricPolicy(
                    metric: MetricID(rawValue: name),
                    direction: index == Scenario.throughput ? .higherIsBetter : .lowerIsBetter)
            }, others: .inform))

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
