import GateCore

/// What pairs say of one metric, in one sentence.
struct PairedWords {
    let metric: PairedDifferences
    let pairs: Int
    let rule: ConvictionRule
    /// Nil where so many pairs could convict.
    let blind: BlindPairs?

    init(_ metric: PairedDifferences, pairs: Int, rule: ConvictionRule, blind: BlindPairs? = nil) {
        self.blind = blind
        self.metric = metric
        self.pairs = pairs
        self.rule = rule
    }

    func regression(p: Double) -> MetricFinding {
        MetricFinding(
            .regression, figures: figures,
            because: "by chance \(DisplayFormat.probability(p)) in \(pairs) pairs\(spikes)",
            remedy: "Find what made it worse between base and head.")
    }

    var improvement: MetricFinding {
        MetricFinding(
            .improvement, figures: figures, because: "better by more than the tolerance in \(pairs) pairs\(spikes)",
            remedy: "Approve it, so that the gain becomes the baseline and cannot be lost unseen.")
    }

    var pass: MetricFinding {
        MetricFinding(
            .pass, figures: figures, because: exact ?? "\(allowed) worse is excluded by \(pairs) pairs\(spikes)")
    }

    /// `6 in all 8 runs of the base, and of the head`
    private var exact: String? {
        guard let (base, head) = metric.exact else { return nil }
        func number(_ value: Double) -> String { DisplayFormat.number(value, unit: .count) }
        let values = base == head ? "and of the head" : "\(number(head)) in all of the head"
        return "\(number(base)) in all \(pairs) runs of the base, \(values)"
    }

    func inconclusive(p: Double, isDecidedByOthers: Bool) -> MetricFinding {
        if isDecidedByOthers {
            return MetricFinding(
                .inconclusive, figures: figures,
                because: "another metric decided after \(pairs) pairs, before this one could")
        }
        if metric.missingShare > ConvictionRule.largestMissingShare {
            return MetricFinding(
                .invalid, reason: "\(metric.missing) values of \(pairs) pairs are missing or not finite",
                remedy: "Find why the runs yield none; the others stand for too little.")
        }
        if pairs < rule.maximumPairs {
            let next = rule.looks.first { $0.pairs > pairs }?.pairs ?? rule.maximumPairs
            let need =
                pairs < ConvictionRule.fewestPairs
                ? "fewer than \(ConvictionRule.fewestPairs) pairs never convict" : "the next look is at \(next) pairs"
            let count = next - pairs == 1 ? "1 more pair" : "\(next - pairs) more pairs"
            return MetricFinding(
                .inconclusive, figures: figures, because: "\(pairs) were made; \(need)\(spikes)",
                remedy: "Make \(count).")
        }
        if let blind {
            return MetricFinding(
                .inconclusive, figures: figures, because: blind.reason,
                remedy: "Allow \(blind.demand): with these settings no quieter machine would decide it.")
        }
        return MetricFinding(
            .inconclusive, figures: figures,
            because:
                "\(allowed) worse is neither shown (\(DisplayFormat.probability(p))) nor excluded by \(pairs) pairs;"
                + " \(detectable)\(spikes)",
            remedy: "Make it less noisy (warm up, fix seeds, a quiet machine), allow more, or make more pairs.")
    }

    // MARK: - Parts

    /// `20.1% worse (+17.0% to +23.4%)`
    private var change: String { Figure.change(metric.estimate, metric.bounds, on: metric.scale) }

    private var figures: String { "\(change), allowed \(allowed)" }

    private var allowed: String { Figure.limit(metric.limit, on: metric.scale) }

    private var detectable: String {
        guard let detectable = metric.detectable, detectable > 0 else { return "its noise is not known" }
        return "only changes from \(Figure.limit(detectable, on: metric.scale)) on would be found"
    }

    /// Rare slow runs weigh nothing in the test; where they are nearly all the head's, somebody should know.
    private var spikes: String {
        let (worse, all) = metric.spikes
        guard all >= 5, SignTest.p(atLeast: worse, of: all) <= 0.05 else { return "" }
        return "; \(worse) of \(all) outlying pairs were worse: look at its p95 or p99"
    }
}

/// Figures in sentences.
enum Figure {
    /// `20.1% worse (+17.0% to +23.4%)`, of a rate `20.1% worse (-23.4% to -17.0%)`: bounds are those of the value, the
    /// lower one first. Differences without a reference keep their unit.
    static func change(_ difference: Double, _ bounds: (lower: Double, upper: Double)?, on scale: CostScale) -> String {
        func text(_ difference: Double) -> String {
            if let ratio = scale.ratio(difference) { return DisplayFormat.change(scale.sign * ratio) }
            let value = scale.sign * difference
            return (value > 0 ? "+" : "") + number(value)
        }
        let range =
            bounds.map { bounds in
                let (low, high) = scale.isHigherBetter ? (bounds.upper, bounds.lower) : (bounds.lower, bounds.upper)
                return " (\(text(low)) to \(text(high)))"
            } ?? ""
        let size = text(difference).drop { $0 == "+" || $0 == "-" }
        let word = difference > 0 ? " worse" : difference < 0 ? " better" : ""
        return size + word + range
    }

    /// `5%`
    static func limit(_ difference: Double, on scale: CostScale) -> String {
        guard let ratio = scale.ratio(difference) else { return number(difference) }
        guard ratio.isFinite else { return "anything" }
        return DisplayFormat.trimmed(ratio * 100, decimals: 1) + "%"
    }

    /// What may happen without being found, up to a difference. Beyond a tenfold the figure says no more than that.
    static func unseen(_ difference: Double, on scale: CostScale) -> String {
        (scale.ratio(difference) ?? 0) > mostTold
            ? "a change of any size may go unseen" : "less than \(limit(difference, on: scale)) may go unseen"
    }

    /// The same as a size, `up to 34.2%`; nil where it is hardly more than what is allowed, as it is of any test.
    static func unseenSize(_ difference: Double, beyond allowed: Double, on scale: CostScale) -> String? {
        let size = scale.ratio(difference) ?? difference
        guard size > leastTold * (scale.ratio(allowed) ?? allowed) else { return nil }
        let isEndless = difference == .infinity || (scale.ratio(difference) ?? 0) > mostTold
        return isEndless ? "any size" : "up to \(limit(difference, on: scale))"
    }

    /// As ``unseen(_:on:)``, the other way round.
    static func found(_ difference: Double, on scale: CostScale) -> String {
        (scale.ratio(difference) ?? 0) > mostTold
            ? "no change would be found for certain"
            : "only changes from \(limit(difference, on: scale)) on would be found"
    }

    private static let mostTold = 10.0
    /// Times what is allowed: a reader who allows 50 % learns nothing from 51 %.
    private static let leastTold = 1.2

    static func number(_ value: Double) -> String { DisplayFormat.significant(value, digits: 4) }
}
