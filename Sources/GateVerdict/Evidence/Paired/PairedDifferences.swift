import GateCore

/// Head minus base of one metric, pair by pair, on its cost scale: larger is worse.
struct PairedDifferences {
    let name: String
    let scale: CostScale
    /// The largest difference that the tolerance allows.
    let limit: Double
    /// NaN where an arm has no value.
    let values: [Double]
    let missing: Int
    let missingShare: Double
    /// The values that are there.
    let present: [Double]
    /// Those within three times the median of all absolute ones: what an early pass goes by.
    let kept: [Double]
    /// As ``values``, with zero for what is missing or rejected: what the sign-flip test weighs.
    let weights: [Double]
    /// Of a metric that is judged per unit of a length; else nil.
    let change: LengthChange?
    /// Of a count of what an agent does that is one number in every run of an arm, and one in every run of the other: their
    /// difference is no chance.
    let exact: (base: Double, head: Double)?

    init(
        _ arms: MetricArms, scale: CostScale, limit: Double, rule: ConvictionRule, isCountOfAgent: Bool,
        change: LengthChange?
    ) {
        self.change = change
        exact =
            isCountOfAgent && arms.missing == 0
            ? ExactCount.only(arms.base).flatMap { base in ExactCount.only(arms.head).map { (base, $0) } } : nil
        name = arms.name
        self.scale = scale
        self.limit = limit
        missing = arms.missing
        missingShare = arms.missingShare
        values = zip(arms.base, arms.head).map { scale.cost($1) - scale.cost($0) }
        present = values.filter(\.isFinite)
        let largest = SignFlipTest.rejectionLimit(present)
        kept = present.filter { abs($0) <= largest }
        // In the strict test the differences from the limit must be symmetric, and so must be what is rejected.
        let tested = rule.isStrict ? values.map { $0 - limit } : values
        weights = SignFlipTest.weights(tested)
    }

    /// The Hodges-Lehmann estimate of the difference; 0 where no pair is whole.
    var estimate: Double { HodgesLehmann.estimate(present) ?? 0 }

    /// Standard error of the mean of the kept differences; nil of fewer than two.
    private var spread: (mean: Double, error: Double)? {
        guard kept.count >= 2 else { return nil }
        let count = Double(kept.count)
        let mean = kept.reduce(0, +) / count
        let squares = kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (squares / (count - 1) / count).squareRoot())
    }

    /// One-sided bounds of the difference, each with the confidence of a pass; approximate, as what is kept is chosen by
    /// its size. Nil of fewer than ``ConvictionRule/fewestKept``.
    var bounds: (lower: Double, upper: Double)? {
        guard kept.count >= ConvictionRule.fewestKept, let (mean, error) = spread else { return nil }
        let width = StudentT.quantile(ConvictionRule.passConfidence, degrees: Double(kept.count - 1)) * error
        return (mean - width, mean + width)
    }

    /// The smallest difference that would be convicted four times in five; 3.0 errors stand for the sign-flip test.
    var detectable: Double? {
        guard kept.count >= ConvictionRule.fewestKept, let spread else { return nil }
        return ConvictionRule.detectable(critical: 3.0 * spread.error, error: spread.error, limit: limit)
    }

    /// Rejected differences that were worse, of all rejected ones.
    var spikes: (worse: Int, all: Int) {
        let rejected = present.filter { !kept.contains($0) }
        return (rejected.count { $0 > 0 }, rejected.count)
    }

    var excludesWorsening: Bool {
        if exact != nil { return estimate <= limit }
        guard missingShare <= ConvictionRule.largestMissingShare, let bounds else { return false }
        return bounds.upper < limit
    }

    /// Better by more than what would be allowed in the other direction, as it seems.
    var seemsBetter: Bool { estimate < -limit && (bounds?.upper ?? 0) < 0 }
}
