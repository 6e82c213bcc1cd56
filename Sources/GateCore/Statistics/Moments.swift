/// Mean and variance of a sample.
public enum Moments {
    /// The mean; nil for an empty sample.
    public static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// The unbiased variance (divided by n − 1); nil for fewer than two values.
    public static func variance(_ values: [Double]) -> Double? {
        guard values.count > 1, let mean = mean(values) else { return nil }
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }

    /// The standard deviation with n − 1; nil for fewer than two values.
    public static func standardDeviation(_ values: [Double]) -> Double? { variance(values)?.squareRoot() }
}

/// The median absolute deviation from the median.
public enum MedianAbsoluteDeviation {
    /// What makes it an estimate of a normal distribution's standard deviation, as commonly rounded.
    public static let normalFactor = 1.4826

    /// Estimates the standard deviation of a sample of which up to half may be outliers (Hampel, "The influence curve and
    /// its role in robust estimation", 1974); nil for an empty sample. Biased downwards below ten values.
    public static func standardDeviation(_ values: [Double]) -> Double? {
        guard let median = OrderStatistics.median(values) else { return nil }
        return OrderStatistics.median(values.map { abs($0 - median) }).map { normalFactor * $0 }
    }
}
