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
            let pairs = plan.policy.rule.maximumPairs
            add("make up to \(2 * pairs) pairs instead of \(pairs)") {
                $0.policy.rule = $0.policy.rule.with(pairs: 2 * pairs)
            }
        case .storedBaseline:
            let sessions = max(SessionEffect.fewestSessions, 2 * plan.sessions)
            add("approve \(sessions) sessions instead of \(plan.sessions)") { $0.sessions = sessions }
            add("make \(2 * plan.runs) runs in each session instead of \(plan.runs)") { $0.runs = 2 * plan.runs }
        }
        let rule = plan.policy.metricRule(of: metric)
        if rule.tolerance.absolute == nil, let caughtAt80 {
            let now = rule.tolerance.relative ?? 0
            let largest = rule.direction == .higherIsBetter ? 0.95 : Double.infinity
            let wider = min(largest, ((max(caughtAt80, 1.5 * now) * 20).rounded(.up)) / 20)
            let percent = { DisplayFormat.fixed($0 * 100, decimals: 0) + "%" }
            if wider > now {
                add("allow \(metric) \(percent(wider)) instead of \(percent(now))") {
                    $0.policy.metrics[metric] = rule.allowing(wider)
                }
            }
        }
        return variants
    }
}

extension ConvictionRule {
    func with(pairs: Int) -> ConvictionRule {
        ConvictionRule(
            alpha: alpha, maximumPairs: pairs, screenRuns: screenRuns, isStrict: isStrict,
            design: design, errorShare: errorShare)
    }
}

extension MetricRule {
    fileprivate func allowing(_ relative: Double) -> MetricRule {
        MetricRule(
            direction: direction, tolerance: AllowedWorsening(relative: relative), budget: budget, isGate: isGate,
            isDuration: isDuration)
    }
}
