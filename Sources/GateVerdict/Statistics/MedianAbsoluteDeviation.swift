import GateCore

/// The median absolute deviation as an estimate of a standard deviation, of a sample of which up to half may be outliers
/// (Hampel, "The influence curve and its role in robust estimation", 1974). Biased downwards below ten values.
package enum MedianAbsoluteDeviation {
    /// What makes it an estimate of a normal distribution's standard deviation: 1 / Φ⁻¹(3/4).
    static let normalFactor = 1.482602218505602

    /// - Parameter deviations: absolute ones, each from the median of its own group.
    static func standardDeviation(ofDeviations deviations: [Double]) -> Double {
        normalFactor * (OrderStatistics.median(deviations) ?? 0)
    }
}
