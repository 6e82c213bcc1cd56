import GateCore

/// What is believed of how much whole sessions differ from each other, beside the sessions of the metric itself.
struct SessionEffect: Sendable, Equatable {
    /// Variance of the effect of a session, on the cost scale.
    let variance: Double
    /// How many sessions the belief weighs; 0 for none.
    let weight: Double
    /// True where no data of this baseline say so.
    let isAssumed: Bool

    /// With fewer approved sessions the effect of a session cannot be told from a change: then a prior stands for it.
    static let fewestSessions = 5
    /// The largest session effect that was seen in real data: a standard deviation of 6 %.
    static let priorDeviation = 0.06
    static let priorWeight = 12.0
    static let largestPooledWeight = 3.0

    static let none = SessionEffect(variance: 0, weight: 0, isAssumed: false)

    /// The prior for a baseline of few sessions.
    ///
    /// - Parameter limit: where values have no ratio, sessions are assumed to differ by what is allowed.
    static func prior(of sample: StoredSample) -> SessionEffect {
        let deviation = sample.scale.kind == .absolute ? sample.limit : priorDeviation
        return SessionEffect(variance: deviation * deviation, weight: priorWeight, isAssumed: true)
    }

    /// From the other metrics of the same sessions (as in limma: Smyth, "Linear models and empirical Bayes methods",
    /// 2004): mean and one standard deviation above it, so that a noisy metric among quiet ones is not wronged. The fewer
    /// metrics there are and the more alike they are, the less they add: hence the weight.
    ///
    /// - Parameter largest: what the metric's own sessions leave possible. Without it a metric of a hundred times their
    ///   spread would make a quiet one blind.
    static func pooled(fromOthers variances: [Double], atMost largest: Double) -> SessionEffect {
        guard !variances.isEmpty else { return none }
        let count = Double(variances.count)
        let mean = variances.reduce(0, +) / count
        let squares = variances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        return SessionEffect(
            variance: min(largest, mean + squares.squareRoot()), weight: min(largestPooledWeight, count / 2),
            isAssumed: false)
    }
}
