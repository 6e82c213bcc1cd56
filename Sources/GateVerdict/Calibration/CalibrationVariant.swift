import GateCore

/// Another way to configure the gate, whose effect a calibration measures.
public struct CalibrationVariant: Sendable, Equatable {
    /// What to do, as a sentence without a full stop.
    public let change: String
    public let plan: CalibrationPlan

    /// What could be done about a metric: more pairs, more sessions, more runs, a larger tolerance.
    ///
    /// - Parameters:
    ///   - plan: as it is.
    ///   - caughtAt80: the smallest change of the metric that is caught four times in five as it is; nil where none is.
    public static func list(
        for metric: String, plan: CalibrationPlan, caughtAt80: Double?
    ) -> [CalibrationVariant] {
        var variants: [CalibrationVariant] = []
        func add(_ change: String, _ modify: (inout CalibrationPlan) -> Void) {
            var modified = plan
            modify(&modified)
            variants.append(CalibrationVariant(change: change, plan: modified))
        }
        switch plan.evidence {
        case .screenAndPairs:
            let pairs = plan.demands.rule.maximumPairs
            add("make up to \(2 * pairs) pairs instead of \(pairs)") {
                var policy = $0.demands.policy
                policy.pairs = 2 * pairs
                $0.demands = $0.demands.under(policy)
            }
        case .storedBaseline:
            let sessions = max(SessionEffect.fewestSessions, 2 * plan.sessions)
            add("approve \(sessions) sessions instead of \(plan.sessions)") { $0.sessions = sessions }
            add("make \(2 * plan.runs) runs in each session instead of \(plan.runs)") { $0.runs = 2 * plan.runs }
        }
        let rule = plan.demands[metric]
        if rule.allowed?.absolute == nil, let caughtAt80 {
            let now = rule.allowed?.share ?? 0
            let largest = rule.direction == .higherIsBetter ? 0.95 : Double.infinity
            let wider = min(largest, ((max(caughtAt80, 1.5 * now) * 20).rounded(.up)) / 20)
            let percent = { DisplayFormat.percent($0, decimals: 0) }
            if wider > now {
                add("allow \(metric) \(percent(wider)) instead of \(percent(now))") {
                    $0.demands = $0.demands.allowing(.relative(share: wider), of: metric)
                }
            }
        }
        return variants
    }
}
