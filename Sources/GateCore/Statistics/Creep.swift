/// A slow trend in a series: the test of Mann ("Nonparametric tests against trend", 1945) and Kendall, with the slope of
/// Theil and Sen. Assumes that without a trend all orders of the values are alike; quadratic in time.
public struct Creep: Sendable, Equatable {
    /// The median change per step.
    public let slope: Double
    /// Pairs that rise minus pairs that fall.
    public let s: Double
    /// Of s if there is no trend, with ties accounted for.
    public let variance: Double
    /// With continuity corrected.
    public let z: Double
    /// Kendall's tau-b.
    public let tau: Double

    /// Probability of such a rise or a steeper one if there is none, by the normal approximation; good from ten values.
    public var pGreater: Double { NormalDistribution.upperTail(z) }

    /// Nil below three values.
    public init?(_ values: [Double]) {
        guard values.count > 2 else { return nil }
        var slopes: [Double] = []
        var score = 0.0
        for first in values.indices {
            for second in values.indices[(first + 1)...] {
                let difference = values[second] - values[first]
                slopes.append(difference / Double(second - first))
                score += difference > 0 ? 1 : difference < 0 ? -1 : 0
            }
        }
        let n = Double(values.count)
        var (tieVariance, tiedPairs) = (0.0, 0.0)
        for group in Dictionary(grouping: values, by: \.self).values where group.count > 1 {
            let t = Double(group.count)
            tieVariance += t * (t - 1) * (2 * t + 5)
            tiedPairs += t * (t - 1) / 2
        }
        slope = OrderStatistics.median(slopes) ?? 0
        s = score
        variance = (n * (n - 1) * (2 * n + 5) - tieVariance) / 18
        z = variance > 0 && score != 0 ? (score - (score > 0 ? 1 : -1)) / variance.squareRoot() : 0
        let pairs = n * (n - 1) / 2
        tau = pairs > tiedPairs ? score / (pairs * (pairs - tiedPairs)).squareRoot() : 0
    }
}
