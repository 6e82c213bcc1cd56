import GateCore

/// The session-moderated t-test of one metric: is the candidate worse than yet another session of the baseline would be?
struct StoredTest {
    private let moderated: SessionModeratedT
    /// From the estimate to either one-sided bound with the confidence of a pass.
    let width: Double
    /// The smallest difference that would be convicted four times in five.
    let detectable: Double

    /// One-sided, of a worsening.
    var p: Double { moderated.pGreater }
    /// One-sided, of an improvement.
    var improvementP: Double { moderated.pLess }

    /// - Parameter level: what one metric of its family may spend, at most.
    init(_ sample: StoredSample, _ effect: SessionEffect, level: Double) {
        moderated = SessionModeratedT(
            medians: sample.medians, candidate: sample.candidateMedian, withinDeviation: sample.withinDeviation,
            runs: SessionModeratedT.Runs(
                ofSession: sample.runsOfSession, ofCandidate: Double(sample.candidate.count)),
            belief: SessionModeratedT.Belief(
                variance: effect.variance, weight: effect.weight, degrees: StoredTest.degrees(of: effect, sample)))
        let degrees = max(moderated.degrees, 1)
        let error = moderated.standardError
        width = StudentT.quantile(ConvictionRule.passConfidence, degrees: degrees) * error
        let critical = StudentT.quantile(1 - level, degrees: degrees) * error
        detectable = ConvictionRule.detectable(critical: critical, error: error, limit: sample.limit)
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
