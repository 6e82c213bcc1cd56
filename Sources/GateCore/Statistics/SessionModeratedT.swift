/// Is a candidate's session worse than yet another session of the baseline would be?
///
/// The variance between sessions is moderated by a belief: tau0 of weight d0 sessions (Smyth, "Linear models and empirical
/// Bayes methods", 2004). Assumes session effects that are roughly normal, and that the candidate's session is no other
/// kind of session. The belief is a promise of who states it, not a guarantee.
public struct SessionModeratedT: Sendable, Equatable {
    public let mean: Double
    public let priorVariance: Double
    public let posteriorVariance: Double
    public let standardError: Double
    public let degrees: Double
    public let t: Double
    public var pGreater: Double { StudentT.upperTail(t, degrees: degrees) }

    /// The variance of a median in units of that of a mean: π/2.
    public static let priceOfMedian = 1.57

    /// - Parameters:
    ///   - sessionMedians: logarithms, one for each session, at least one.
    ///   - candidateMedian: logarithm.
    ///   - withinDeviation: standard deviation of logarithms within a session.
    ///   - runs: of each session, at least 1.
    ///   - candidateRuns: at least 1.
    ///   - priorDegrees: d0, greater than 0.
    ///   - priorDeviation: tau0, the believed standard deviation between sessions, as a logarithm.
    public init(
        sessionMedians: [Double], candidateMedian: Double, withinDeviation: Double, runs: Int, candidateRuns: Int,
        priorDegrees: Double = 4, priorDeviation: Double = 0.02
    ) {
        let sessions = Double(max(1, sessionMedians.count))
        let mean = sessionMedians.reduce(0, +) / sessions
        let variance = SessionModeratedT.priceOfMedian * withinDeviation * withinDeviation
        self.mean = mean
        priorVariance = priorDeviation * priorDeviation + variance / Double(runs)
        degrees = priorDegrees + sessions - 1
        let squares = sessionMedians.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        posteriorVariance =
            (priorDegrees * priorVariance + squares) / degrees
            + variance * max(0, 1 / Double(candidateRuns) - 1 / Double(runs))
        standardError = (posteriorVariance * (1 + 1 / sessions)).squareRoot()
        t = standardError > 0 ? (candidateMedian - mean) / standardError : candidateMedian > mean ? .infinity : 0
    }
}
