package import GateCore

/// Pairs that can convict nobody, whatever is measured: no p-value of so many is as small as what would convict.
package struct BlindPairs: Sendable, Equatable {
    private let rule: ConvictionRule
    private let policy: Policy

    /// Nil where a regression can be found.
    init?(_ rule: ConvictionRule, of policy: Policy) {
        guard !rule.canConvict else { return nil }
        self.rule = rule
        self.policy = policy
    }

    /// Of a configuration, whose calls that fail are judged, too.
    package init?(_ policy: Policy) { self.init(ConvictionRule(policy, errorsOf: .run), of: policy) }

    /// Without a full stop.
    package var reason: String {
        let share = policy.workloads.map { " of \($0) workloads" } ?? ""
        return "no regression can be found: with alpha \(BlindPairs.text(policy.alpha))\(share) no p-value above"
            + " \(BlindPairs.text(rule.levelOfLastLook)) convicts, and \(rule.maximumPairs) pairs have none below"
            + " \(BlindPairs.text(rule.leastP))"
    }

    /// What would do, without a full stop; both are enough alone.
    package var demand: String {
        let alpha = leastAlpha.map { "alpha from \(BlindPairs.text($0)) on" }
        let pairs = leastPairs.map { "at least \($0) pairs" }
        return [pairs, alpha].compactMap(\.self).joined(separator: ", or ")
    }

    private var leastPairs: Int? {
        (rule.maximumPairs...SignFlipTest.mostPairs).first { rule.with(pairs: $0).canConvict }
    }

    /// Rounded up to two digits: what is said must be enough.
    private var leastAlpha: Double? {
        let exact = rule.leastP * policy.alpha / rule.levelOfLastLook
        var step = 1.0
        while step > exact / 10 { step /= 10 }
        let rounded = (exact / step).rounded(.up) * step
        return rounded.isFinite && rounded <= Policy.largestAlpha ? rounded : nil
    }

    private static func text(_ value: Double) -> String {
        value < 1e-6 ? "\(value)" : DisplayFormat.significant(value, digits: 2)
    }
}
