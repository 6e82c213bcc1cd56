import GateCore

/// The values of one metric on both sides, before anything is compared.
struct MetricArms {
    let name: String
    /// As measured; not finite where a run yielded none.
    let base: [Double]
    let head: [Double]
    /// False where the metric was not asked for at all.
    let isInBase: Bool
    let isInHead: Bool

    /// What can be said without comparing, or on which scale to compare.
    enum Standing {
        case settled(MetricFinding)
        case comparable(CostScale, limit: Double)
    }

    /// Applies the rules for values that cannot be compared, in the order in which they exclude each other.
    func standing(under rule: MetricRule) -> Standing {
        let settled =
            absent(rule) ?? withoutDirection(rule) ?? tooManyMissing(rule) ?? impossibleDuration(rule)
            ?? otherUnit(rule)
        if let settled { return .settled(settled) }
        let scale = CostScale(
            base: finite(base), head: finite(head), direction: rule.direction)
        let reference = OrderStatistics.median(finite(base)) ?? 0
        guard let allowed = rule.allowed else { return .comparable(scale, limit: 0) }
        guard let limit = scale.limit(allowed, reference: abs(reference)) else {
            return .settled(withoutReference(rule))
        }
        return .comparable(scale, limit: limit)
    }

    /// Values that are not finite, in both arms.
    var missing: Int { base.count + head.count - finite(base).count - finite(head).count }

    /// The larger share of either arm; 0...1.
    var missingShare: Double {
        [base, head].map { $0.isEmpty ? 1 : Double($0.count - finite($0).count) / Double($0.count) }.max() ?? 1
    }

    // MARK: - Rules

    private func absent(_ rule: MetricRule) -> MetricFinding? {
        switch (isInBase, isInHead) {
        case (true, true): nil
        case (false, true):
            MetricFinding(
                .new, reason: "new: the base does not have it, so that it is not judged",
                remedy: "It is judged once the baseline has it.")
        case (true, false) where rule.isGate:
            MetricFinding(
                .missing, reason: "metric missing: the base has it, the candidate does not",
                remedy: "Find why it is no longer measured; where it was renamed, rename it in baseline and policy too."
            )
        case (true, false):
            MetricFinding(.informational, reason: "the base has it, the candidate does not; it only informs")
        case (false, false):
            MetricFinding(
                rule.isGate ? .inconclusive : .informational, reason: "not measured on either side",
                remedy: "Measure it, or take it out of the policy.")
        }
    }

    private func withoutDirection(_ rule: MetricRule) -> MetricFinding? {
        guard rule.direction != .lowerIsBetter, rule.direction != .higherIsBetter else { return nil }
        guard rule.isGate else {
            return MetricFinding(.informational, reason: "neither better nor worse: it only informs")
        }
        if rule.budget != nil { return MetricFinding(.pass, reason: "within its budget; it has no direction") }
        return MetricFinding(
            .invalid, reason: "nobody says which way is better",
            remedy: "Give it a direction in the policy: \"lower\" or \"higher\".")
    }

    private func tooManyMissing(_ rule: MetricRule) -> MetricFinding? {
        guard missingShare > ConvictionRule.largestMissingShare else { return nil }
        func words(_ values: [Double], _ side: String) -> String {
            "\(values.count - finite(values).count) of \(values.count) \(side)"
        }
        let reason = "\(words(base, "base")) and \(words(head, "candidate")) values are missing or not finite"
        guard rule.isGate else { return MetricFinding(.informational, reason: reason) }
        return MetricFinding(
            .invalid, reason: reason + ": more than a fifth of a side",
            remedy: "Find why the runs yield none; the others stand for too little.")
    }

    /// A duration of zero is a run that did not happen, not the fastest one.
    private func impossibleDuration(_ rule: MetricRule) -> MetricFinding? {
        guard rule.isDuration, rule.direction == .lowerIsBetter, rule.isGate else { return nil }
        let values = finite(head)
        let impossible = values.count { $0 <= 0 }
        guard finite(base).allSatisfy({ $0 > 0 }),
            Double(impossible) > ConvictionRule.largestMissingShare * Double(values.count)
        else { return nil }
        return MetricFinding(
            .invalid, reason: "\(impossible) of \(values.count) durations of the candidate are zero or less",
            remedy: "Nothing lasts no time: mend what writes zero where it measured nothing.")
    }

    /// Nobody gets a thousand times faster or slower, but milliseconds are a thousand times seconds.
    private func otherUnit(_ rule: MetricRule) -> MetricFinding? {
        guard rule.isGate, let before = OrderStatistics.median(finite(base)), before != 0,
            let now = OrderStatistics.median(finite(head))
        else { return nil }
        let factor = now / before
        let isStep = [1e-9, 1e-6, 1e-3, 1e3, 1e6, 1e9].contains { factor / $0 > 0.7 && factor / $0 < 1.5 }
        guard isStep else { return nil }
        return MetricFinding(
            .invalid,
            reason: "\(Figure.number(before)) before, \(Figure.number(now)) now:"
                + " as far apart as milliseconds and seconds",
            remedy: "Write both sides in the same unit; if it is true, something is broken beyond any tolerance.")
    }

    private func withoutReference(_ rule: MetricRule) -> MetricFinding {
        guard rule.isGate else {
            return MetricFinding(
                .informational,
                reason: "the base's median is zero, so that there is no relative change; it only informs")
        }
        if rule.isDuration, (finite(head) + finite(base)).allSatisfy({ $0 == 0 }) {
            return MetricFinding(
                .inconclusive, reason: "every duration is zero, on both sides: nothing was measured",
                remedy: "Nothing lasts no time: mend what writes zero where it measured nothing.")
        }
        return MetricFinding(
            .inconclusive, reason: "the base's median is zero, so that there is no relative change",
            remedy: "Give it an absolute tolerance, in its own unit.")
    }

    private func finite(_ values: [Double]) -> [Double] { values.filter(\.isFinite) }
}
