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
            let distance = logarithm(candidate / value) / spread
            return sum + min(1, width / (spread * 2.5066) * exponential(-0.5 * distance * distance))
        }
    }

    static func probability(_ expectedHits: Double) -> Double { 1 - exponential(-expectedHits) }
}

/// Natural logarithm by the series of the inverse hyperbolic tangent, after halving; good to 1e-9 for 1/8…8.
func logarithm(_ value: Double) -> Double {
    guard value > 0 else { return -.infinity }
    let exponent = Double(value.exponent)
    let part = (value.significand - 1) / (value.significand + 1)
    let square = part * part
    var term = part
    var sum = 0.0
    for order in stride(from: 1.0, through: 25.0, by: 2.0) {
        sum += term / order
        term *= square
    }
    return exponent * 0.693147180559945 + 2 * sum
}

/// The exponential of a number that is not large, by squaring a short series.
func exponential(_ value: Double) -> Double {
    guard value > -700 else { return 0 }
    let small = value / 1024
    var result = 1 + small * (1 + small / 2 * (1 + small / 3 * (1 + small / 4)))
    for _ in 0..<10 { result *= result }
    return result
}
