/// Which statistic of a sample a number is.
public enum Statistic: Hashable, Sendable {
    /// A single value, or one that the data says nothing else of.
    case raw
    case mean
    /// The p50, too.
    case median
    case min
    case max
    case total
    /// How many values the sample has.
    case count
    /// How many for each second.
    case rate
    /// The standard deviation, σ.
    case standardDeviation
    /// What stands behind a ±, and the standard error.
    case spread
    /// 0...1, without 0.5: that is the ``median``. Make it by ``init(quantile:)``.
    case quantile(Double)
    /// A statistic that has no case here: a variance, an interquartile range.
    case unknown

    /// - Parameter fraction: 0...1.
    public init(quantile fraction: Double) {
        // 99.9 % and 0.999 are one quantile.
        let rounded = (fraction * 1e9).rounded() / 1e9
        self = rounded == 0.5 ? .median : .quantile(rounded)
    }

    public static let p90 = Statistic.quantile(0.9)
    public static let p95 = Statistic.quantile(0.95)
    public static let p99 = Statistic.quantile(0.99)
}

/// As text: `mean`, `std`, `p99`, `p99.9`.
extension Statistic: Encodable {
    private static let named: [(Statistic, String)] = [
        (.raw, "raw"), (.mean, "mean"), (.median, "median"), (.min, "min"), (.max, "max"), (.total, "total"),
        (.count, "count"), (.rate, "rate"), (.standardDeviation, "std"), (.spread, "spread"), (.unknown, "unknown"),
    ]

    public init?(name: String) {
        if let (statistic, _) = Statistic.named.first(where: { $0.1 == name }) {
            self = statistic
        } else if let percent = Percentile.percent(ofWord: name) {
            self.init(quantile: percent / 100)
        } else {
            return nil
        }
    }

    public var name: String {
        if case .quantile(let fraction) = self { return "p\(Percentile.text(ofFraction: fraction))" }
        return Statistic.named.first { $0.0 == self }?.1 ?? "unknown"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
