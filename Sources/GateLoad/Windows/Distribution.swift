import GateCore
import Histogram

/// Values of one quantity, for their quantiles: each one while they are few, then an HDR histogram of three significant
/// digits, whose quantiles are off by 0.1 % at most and whose size does not grow with the count.
public struct Distribution: Sendable {
    /// So many values are kept as they are.
    public static let largestExact = 10_000

    /// What the histogram counts in: 1e-9 for seconds is nanoseconds.
    private let resolution: Double
    private var exact: [Double] = []
    private var histogram: Histogram<UInt64>?
    public private(set) var count = 0
    /// nil where there is no value.
    public private(set) var max: Double?

    /// - Parameter resolution: the smallest difference between two values that can matter, in their unit.
    public init(resolution: Double) { self.resolution = resolution }

    /// Takes a value; one that is negative or not finite is passed over.
    public mutating func record(_ value: Double) {
        guard value.isFinite, value >= 0 else { return }
        count += 1
        max = Swift.max(max ?? 0, value)
        guard histogram == nil else { return count(value) }
        exact.append(value)
        if exact.count > Distribution.largestExact { startHistogram() }
    }

    /// The quantile `q` in 0...1; nil where there is no value.
    public func quantile(_ q: Double) -> Double? {
        guard let histogram else { return OrderStatistics.quantile(exact, q) }
        let value = Double(histogram.medianEquivalentForValue(histogram.valueAtPercentile(q * 100))) * resolution
        // The middle of the highest cell can lie above the highest value.
        return Swift.min(value, max ?? value)
    }

    private mutating func startHistogram() {
        var empty = Histogram<UInt64>(highestTrackableValue: 1 << 42, numberOfSignificantValueDigits: .three)
        empty.autoResize = true
        histogram = empty
        for value in exact { count(value) }
        exact = []
    }

    private mutating func count(_ value: Double) {
        // Above 2^62 the histogram has no cells; no quantity of ours comes near.
        histogram?.record(UInt64(clamping: Swift.min((value / resolution).rounded(), 0x1p62)))
    }
}
