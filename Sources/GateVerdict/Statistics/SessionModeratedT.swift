import GateCore

/// Is a candidate's session worse than yet another session of the baseline would be?
///
/// The variance between sessions is moderated by a belief that weighs so many sessions (Smyth, "Linear models and empirical
/// Bayes methods", 2004). Assumes session effects that are roughly normal, and that the candidate's session is no other
/// kind of session than the baseline's. The belief is a promise of who states it, not a guarantee.
package struct SessionModeratedT: Sendable, Equatable {
    /// What is believed of how much sessions differ, beside the sessions themselves.
    package struct Belief: Sendable, Equatable {
        /// Variance of the effect of a session.
        package let variance: Double
        /// How many sessions it weighs; 0 for none.
        package let weight: Double
        /// What it adds to the degrees of freedom; greater than 0 where there is one session only.
        package let degrees: Double
    }

    /// Runs that a median was taken of.
    package struct Runs: Sendable, Equatable {
        /// Of a baseline's session; the harmonic mean where they differ. At least 1.
        package let ofSession: Double
        /// Of the candidate, at least 1.
        package let ofCandidate: Double
    }

    package let mean: Double
    /// Of a session's median, as believed: between sessions and within them.
    package let priorVariance: Double
    /// Of the candidate's median, with what the sessions show.
    package let posteriorVariance: Double
    /// Of the candidate's median less the mean.
    package let standardError: Double
    package let degrees: Double
    /// Infinite for a difference where nothing varies.
    package let t: Double

    /// One-sided, of a candidate that is larger.
    package var pGreater: Double { StudentT.upperTail(t, degrees: max(degrees, 1)) }
    /// One-sided, of a candidate that is smaller.
    package var pLess: Double { StudentT.upperTail(-t, degrees: max(degrees, 1)) }

    /// The variance of a median in units of that of a mean: π/2.
    package static let priceOfMedian = 1.57

    /// - Parameters:
    ///   - medians: of the baseline's sessions, as logarithms where ratios are compared; at least one.
    ///   - candidate: the candidate's median.
    ///   - withinDeviation: standard deviation of single runs within a session.
    package init(medians: [Double], candidate: Double, withinDeviation: Double, runs: Runs, belief: Belief) {
        let sessions = Double(max(1, medians.count))
        mean = medians.reduce(0, +) / sessions
        let single = SessionModeratedT.priceOfMedian * withinDeviation * withinDeviation
        priorVariance = belief.variance + single / runs.ofSession
        let squares = SessionModeratedT.squares(medians)
        posteriorVariance =
            (belief.weight * priorVariance + squares) / max(belief.weight + sessions - 1, 1)
            + single * max(0, 1 / runs.ofCandidate - 1 / runs.ofSession)
        standardError = (posteriorVariance * (1 + 1 / sessions)).squareRoot()
        degrees = belief.degrees + sessions - 1
        let difference = candidate - mean
        if standardError > 0, degrees > 0 {
            t = difference / standardError
        } else {
            t = difference == 0 ? 0 : difference > 0 ? .infinity : -.infinity
        }
    }

    /// Sum of squares of medians around their mean.
    static func squares(_ medians: [Double]) -> Double {
        let mean = medians.reduce(0, +) / Double(max(1, medians.count))
        return medians.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
}
