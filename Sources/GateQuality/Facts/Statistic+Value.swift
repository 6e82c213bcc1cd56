import GateCore
import GateVocabulary

extension Statistic {
    /// Its value over these numbers; nil where they have none, or the data alone knows it.
    func value(of numbers: [Double]) -> Double? {
        guard !numbers.isEmpty else { return nil }
        switch self {
        case .mean: return numbers.reduce(0, +) / Double(numbers.count)
        case .median:
            let sorted = numbers.sorted()
            let middle = sorted.count / 2
            return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        case .min: return numbers.min()
        case .max: return numbers.max()
        case .total: return numbers.reduce(0, +)
        case .standardDeviation:
            guard numbers.count > 1 else { return nil }
            let mean = numbers.reduce(0, +) / Double(numbers.count)
            return (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count - 1)).squareRoot()
        default: return nil
        }
    }
}
