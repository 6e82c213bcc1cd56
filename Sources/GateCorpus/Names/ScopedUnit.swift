import GateCore
import GateVocabulary

/// A unit that stands beside numbers, in a column or under a key of its own: `"unit": "ms"`, `time_unit`.
struct ScopedUnit: Hashable {
    /// The words before `unit` in its name; none where it is the unit of all numbers.
    let words: [String]
    let quantity: Quantity

    init(name: String, quantity: Quantity) {
        words = ScopedUnit.words(of: name)
        self.quantity = quantity
    }

    static func words(of name: String) -> [String] {
        NameWords.words(of: name).filter { !ColumnRoles.unitWords.contains($0) }
    }

    func applies(to metric: MetricName) -> Bool {
        ScopedUnit.mayApply(words, to: metric)
            && (metric.quantity == .unknown || metric.quantity.dimension == quantity.dimension)
    }

    /// Whether a unit under these words may be that of a number: of any that is not counted, or of those whose names
    /// have the words. A time may be called latency.
    static func mayApply(_ words: [String], to metric: MetricName) -> Bool {
        guard metric.quantity.unit == nil, metric.statistic != .count else { return false }
        if words.isEmpty { return metric.quantity.dimension != .count }
        return words.allSatisfy(NameWords.words(of: metric.name).contains)
            || words == ["time"] && metric.quantity.dimension == .time
    }
}
