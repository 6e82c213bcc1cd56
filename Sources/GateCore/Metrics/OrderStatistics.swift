/// Order statistics of a sample.
public enum OrderStatistics {
    /// The median; nil for an empty sample.
    public static func median(_ values: [Double]) -> Double? { quantile(values, 0.5) }

    /// The quantile `q` in 0...1 by linear interpolation between order statistics
    /// (Hyndman and Fan 1996, definition 7: the default of R and numpy); nil for an empty sample.
    public static func quantile(_ values: [Double], _ q: Double) -> Double? {
        guard !values.isEmpty, (0...1).contains(q) else { return nil }
        let sorted = values.sorted()
        let position = q * Double(sorted.count - 1)
        let lower = Int(clamping: position)
        let upper = min(lower + 1, sorted.count - 1)
        let fraction = position - Double(lower)
        return sorted[lower] + fraction * (sorted[upper] - sorted[lower])
    }
}
