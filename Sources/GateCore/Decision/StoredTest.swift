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

    init(_ sample: StoredSample, _ effect: SessionEffect) {
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
        p = StudentT.upperTail(statistic, degrees: max(degrees, 1))
        improvementP = StudentT.upperTail(-statistic, degrees: max(degrees, 1))
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

    /// One-sided bounds of the estimate with the confidence of a pass.
    func bounds(around estimate: Double) -> (lower: Double, upper: Double) {
        let width = StudentT.quantile(ConvictionRule.passConfidence, degrees: max(degrees, 1)) * error
        return (estimate - width, estimate + width)
    }

    /// The smallest difference that would be convicted four times in five among so many metrics.
    func detectable(alpha: Double, metrics: Int, limit: Double) -> Double {
        let critical = StudentT.quantile(1 - alpha / Double(max(1, metrics)), degrees: max(degrees, 1))
        return max(critical * error, limit) + 0.84 * error
    }
}
