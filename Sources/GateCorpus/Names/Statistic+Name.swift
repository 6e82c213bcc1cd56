import GateCore
import GateVocabulary

extension Statistic {
    /// The statistic that the words of a name tell; `raw` where they tell none.
    init(words: [String]) {
        self = words.lazy.compactMap { Statistic.byWord[$0] }.first ?? .raw
        // "overall_stdev of the mean" and the like: the spread is what is named, whatever it is the spread of.
        if words.contains(where: { Statistic.byWord[$0] == .standardDeviation }) { self = .standardDeviation }
        if self == .raw, words.contains(where: Statistic.isPercentile) { self = .unknown }
    }

    static func isWord(_ word: String) -> Bool { byWord[word] != nil || isPercentile(word) }

    private static func isPercentile(_ word: String) -> Bool {
        word.count >= 2 && word.first == "p" && word.dropFirst().allSatisfy(\.isNumber)
    }

    private static let byWord: [String: Statistic] = [
        "mean": .mean, "avg": .mean, "average": .mean, "μ": .mean,
        "median": .median,
        "min": .min, "minimum": .min, "lowest": .min,
        "max": .max, "maximum": .max, "peak": .max, "highest": .max,
        "total": .total, "sum": .total,
        "std": .standardDeviation, "stdev": .standardDeviation, "stddev": .standardDeviation,
        "sigma": .standardDeviation, "σ": .standardDeviation, "sd": .standardDeviation,
        "p50": .median, "p90": .p90, "p95": .p95, "p99": .p99,
    ]
}
