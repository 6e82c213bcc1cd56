import GateCore

/// How a metric that grows with a length changed as a whole, while it is judged per unit of that length.
struct LengthChange: Sendable, Equatable {
    /// The metric that counts the length.
    let length: String
    /// Ratio of the medians minus 1, in the worse direction; of the values as they were measured.
    let whole: Double
    /// Ratio of the medians minus 1.
    let lengthRatio: Double
    /// What the tolerance allows of ``whole``.
    let allowed: Double

    /// Nil where there is nothing to relate.
    init?(_ arms: MetricArms, lengths: MetricArms, rule: MetricRule) {
        func median(_ values: [Double]) -> Double? {
            OrderStatistics.median(values.filter(\.isFinite)).flatMap { $0 > 0 ? $0 : nil }
        }
        guard let before = median(arms.base), let now = median(arms.head), let lengthBefore = median(lengths.base),
            let lengthNow = median(lengths.head)
        else { return nil }
        let scale = CostScale(base: [before], head: [now], direction: rule.direction)
        length = lengths.name
        whole = scale.ratio(scale.cost(now) - scale.cost(before)) ?? 0
        lengthRatio = lengthNow / lengthBefore - 1
        allowed = rule.allowed.flatMap { scale.limit($0, reference: before) }.flatMap(scale.ratio) ?? .infinity
    }
}

extension MetricArms {
    /// The values per unit of a length, with what became of the whole; nil where the length was not measured as often.
    func perUnit(of lengths: MetricArms, rule: MetricRule) -> (arms: MetricArms, change: LengthChange)? {
        guard lengths.isInBase, lengths.isInHead, lengths.base.count == base.count, lengths.head.count == head.count,
            let change = LengthChange(self, lengths: lengths, rule: rule)
        else { return nil }
        func divided(_ values: [Double], by lengths: [Double]) -> [Double] {
            zip(values, lengths).map { $1 > 0 ? $0 / $1 : .nan }
        }
        let arms = MetricArms(
            name: name, base: divided(base, by: lengths.base), head: divided(head, by: lengths.head),
            isInBase: isInBase, isInHead: isInHead)
        return (arms, change)
    }
}

extension MetricFinding {
    /// The finding per unit of length, told as one of the whole.
    func telling(_ change: LengthChange?) -> MetricFinding {
        guard let change else { return self }
        var finding = self
        // `analysis/tokens` is told as `tokens`.
        let unit = change.length.split(separator: "/").last.map(String.init) ?? change.length
        if change.whole > change.allowed, outcome == .pass || outcome == .improvement {
            finding.outcome = .lengthChanged
            let words = "a change of length, not of speed: \(unit) \(DisplayFormat.change(change.lengthRatio))"
            finding.because = "\(words), per unit of them \(estimate.map(DisplayFormat.change) ?? "the same")"
            finding.reason = "\(DisplayFormat.change(change.whole)) as a whole, \(finding.because)"
            finding.remedy = "Look why it writes more or less; where that is wanted, approve it."
        } else if abs(change.lengthRatio) >= 0.005 {
            finding.per = unit
            let words = "per unit of \(unit), which changed by \(DisplayFormat.change(change.lengthRatio)): "
            finding.reason = words + reason
            if !because.isEmpty {
                finding.because = words + (estimate.map(DisplayFormat.change) ?? "no change") + "; " + because
            }
        }
        return finding
    }
}
