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

    /// What would do, without a full stop: either alone, or both where neither does.
    package var demand: String {
        let pairs = (rule.maximumPairs...max(rule.maximumPairs, Policy.largestPairs)).first {
            rule.with(pairs: $0).canConvict
        }
        let alone = [pairs.map { "at least \($0) pairs" }, alpha(of: rule)].compactMap(\.self)
        guard alone.isEmpty else { return alone.joined(separator: ", or ") }
        let usual = rule.with(pairs: Policy.defaultPairs)
        return "\(Policy.defaultPairs) pairs and \(alpha(of: usual) ?? "fewer workloads")"
    }

    /// From which alpha on so many pairs can convict, rounded up to two digits: what is said must be enough. Nil where none
    /// that may be set does.
    private func alpha(of rule: ConvictionRule) -> String? {
        guard let share = rule.looks.last?.share else { return nil }
        let exact = rule.leastP / policy.ofOneWorkload(share)
        var step = 1.0
        while step > exact / 10 { step /= 10 }
        let rounded = (exact / step).rounded(.up) * step
        return rounded <= Policy.largestAlpha ? "alpha from \(BlindPairs.text(rounded)) on" : nil
    }

    private static func text(_ value: Double) -> String {
        guard value > 0, value < 1e-6 else { return DisplayFormat.significant(value, digits: 2) }
        var (number, exponent) = (value, 0)
        while number < 1 { (number, exponent) = (number * 10, exponent - 1) }
        return "\(DisplayFormat.significant(number, digits: 2))e\(exponent)"
    }
}
