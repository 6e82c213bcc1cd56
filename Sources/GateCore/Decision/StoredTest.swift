/// The session-moderated t-test of one metric: is the candidate worse than yet another session of the baseline would be?
///
/// The variance between sessions is moderated by a belief of some weight (Smyth 2004); it holds for sessions whose effects
/// are roughly normal, and that the candidate's session is no other kind of session than the baseline's is assumed.
struct StoredTest {
    let statistic: Double
    let degrees: Double
    /// Standard error of the estimate.
    let error: Double
    /// One-sided, of a worsening.
    let p: Double
    /// One-sided, of an improvement.
    let improvementP: Double
    /// From the estimate to either one-sided bound with the confidence of a pass.
    let width: Double
    /// The smallest difference that would be convicted four times in five.
    let detectable: Double

    /// - Parameter level: what one metric of its family may spend, at most.
    init(_ sample: StoredSample, _ effect: SessionEffect, level: Double) {
        let between = Double(sample.medians.count - 1)
        let believed = effect.variance + sample.medianVariance
        let total = effect.weight + between
        let variance = (effect.weight * believed + sample.squaresBetween) / max(total, 1) + sample.shortfall
        error = (variance * (1 + 1 / Double(sample.medians.count))).squareRoot()
        degrees = StoredTest.degrees(of: effect, sample) + between
        if error > 0, degrees > 0 {
            statistic = sample.estimate / error
        } else {
            statistic = sample.estimate == 0 ? 0 : sample.estimate > 0 ? .infinity : -.infinity
        }
        let finite = max(degrees, 1)
        p = StudentT.upperTail(statistic, degrees: finite)
        improvementP = StudentT.upperTail(-statistic, degrees: finite)
        width = StudentT.quantile(ConvictionRule.passConfidence, degrees: finite) * error
        let critical = StudentT.quantile(1 - level, degrees: finite) * error
        detectable = max(critical, sample.limit) + 0.84 * error
    }

    /// Of the belief: its weight, where data say so; of an assumption its weight for the effect of a session, and what is
    /// known of the noise within sessions for the rest
    /// (Satterthwaite, "An approximate distribution of estimates of variance components", 1946).
    private static func degrees(of effect: SessionEffect, _ sample: StoredSample) -> Double {
        let (between, within) = (effect.variance, sample.medianVariance)
        guard effect.isAssumed, between + within > 0 else { return effect.weight }
        // The median absolute deviation has 37 % of the efficiency of the standard deviation.
        let withinDegrees = max(1, 0.37 * sample.withinDegrees)
        let sum = between + within
        return sum * sum / (between * between / effect.weight + within * within / withinDegrees)
    }
}
