import GateCore

/// Location by the median of averages (Hodges and Lehmann, "Estimates of location based on rank
/// tests", 1963): nearly as exact as the mean where values are normal, and right where up to 29 % of them are outliers.
package enum HodgesLehmann {
    /// The median of the averages of all pairs, each value with itself too; nil for an empty sample. Quadratic in time
    /// and memory.
    package static func estimate(_ values: [Double]) -> Double? {
        var averages: [Double] = []
        averages.reserveCapacity(values.count * (values.count + 1) / 2)
        for first in values.indices {
            for second in first..<values.count { averages.append((values[first] + values[second]) / 2) }
        }
        return OrderStatistics.median(averages)
    }
}
