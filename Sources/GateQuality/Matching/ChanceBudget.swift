#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How likely a number matches one of many candidates by accident.
///
/// A claim that is false in the way that language models are false lies near the truth in its logarithm (σ = 0.5).
/// The expected number of accidental hits is the sum over the candidates of the printed number's window times the
/// density of such claims at the candidate.
enum ChanceBudget {
    static let spread = 0.5
    /// Of a match that was searched for among derivations.
    static let maximumProbability = 0.02

    /// λ: expected accidental hits.
    static func expectedHits(_ value: Double, halfStep: Double, candidates: [Double]) -> Double {
        guard value > 0 else { return Double(candidates.count) * 0.05 }
        // Cutting off is accepted beside rounding: one and a half steps in all.
        let width = 3 * halfStep / value
        return candidates.reduce(0) { sum, candidate in
            guard candidate > 0, candidate / value < 8, value / candidate < 8 else { return sum }
            let distance = log(candidate / value) / spread
            return sum + min(1, width / (spread * (2 * Double.pi).squareRoot()) * exp(-0.5 * distance * distance))
        }
    }

    /// A match among derivations: where it was searched for and is likely by chance, it proves nothing.
    static func judged(_ number: PrintedNumber, formula: String, candidates: [Double], isSearch: Bool) -> Judged {
        guard isSearch else { return .derivable(formula) }
        let hits = expectedHits(number.value, halfStep: number.halfStep, candidates: candidates)
        guard probability(hits) > maximumProbability else { return .derivable(formula) }
        return Judged(
            verdict: .unverifiable, evidence: "\(formula); λ = \(shown((hits * 1000).rounded() / 1000))",
            message: "One of \(candidates.count) derivations gives the number, as one would by chance.")
    }

    static func probability(_ expectedHits: Double) -> Double { 1 - exp(-expectedHits) }
}
