import GateCore
import GateVocabulary

/// What a number counts and in which unit, as a name or a written unit tells.
struct Quantity: Hashable {
    let dimension: Dimension
    let unit: String?

    static let unknown = Quantity(dimension: .unknown, unit: nil)

    /// A unit as written behind a number or in a row of units: `ms`, `tok/s`, `%`, `GB`.
    init?(unit written: String) {
        let key = written.lowercased()
        if let quantity = Quantity.units[key] {
            self = quantity
        } else if ["tok/s", "tokens/s", "tokens/sec", "tok/sec", "t/s", "tps"].contains(key) {
            self = .tokensPerSecond
        } else if ["token", "tokens", "tok"].contains(key) {
            self.init(dimension: .count, unit: "tokens")
        } else {
            return nil
        }
    }

    /// From the words of a name; the unit stands last in them, or before a word that names a statistic.
    init(words: [String]) {
        let words = words.filter { !Statistic.isWord($0) }
        self =
            Quantity.rate(words) ?? Quantity.quotient(words) ?? Quantity.named(by: words.last)
            ?? Quantity.subject(words)
    }

    /// Whether a word of a name is a unit; `tokens` is not, because it says what is counted.
    static func isUnit(_ word: String) -> Bool { units[word] != nil }

    private init(dimension: Dimension, unit: String?) {
        self.dimension = dimension
        self.unit = unit
    }

    private static let tokensPerSecond = Quantity(dimension: .rate, unit: "tok/s")
    private static let secondWords: Set<String> = ["s", "sec", "secs", "second", "seconds"]

    /// `tokens_s`, `tok_per_s`, `tokens per second`, `requests_per_sec`, `throughput`.
    private static func rate(_ words: [String]) -> Quantity? {
        guard let last = words.last else { return nil }
        let endsInSecond = secondWords.contains(last)
        if words.hasAny(["tps"]) { return tokensPerSecond }
        if endsInSecond, words.count > 1 {
            let before = words[words.count - 2] == "per" ? words.dropLast(2).last : words[words.count - 2]
            if let before, ["token", "tokens", "tok", "toks"].contains(before) { return tokensPerSecond }
            if words[words.count - 2] == "per" { return Quantity(dimension: .rate, unit: before.map { "\($0)/s" }) }
        }
        if words.hasAny(["qps", "rps", "fps", "iops", "flops", "tflops", "gflops", "bandwidth"]) {
            return Quantity(dimension: .rate, unit: nil)
        }
        guard words.contains("throughput") else { return nil }
        if let unit = named(by: last), unit.dimension != .count { return unit }
        return Quantity(dimension: .rate, unit: nil)
    }

    /// `tok/s per GB` is neither a rate nor bytes.
    private static func quotient(_ words: [String]) -> Quantity? {
        words.count > 1 && words[words.count - 2] == "per" && named(by: words.last) != nil ? .unknown : nil
    }

    private static func named(by word: String?) -> Quantity? {
        guard let word else { return nil }
        return units[word]
    }

    /// Dimensions without a unit, by what the name is about.
    private static func subject(_ words: [String]) -> Quantity {
        for (dimension, names) in subjects where words.hasAny(names) {
            return Quantity(dimension: dimension, unit: nil)
        }
        if words.hasAny(["token", "tokens"]) { return Quantity(dimension: .count, unit: "tokens") }
        return words.hasAny(counted) ? Quantity(dimension: .count, unit: nil) : .unknown
    }

    private static let subjects: [(Dimension, Set<String>)] = [
        (.frequency, ["clock", "frequency"]),
        (.ratio, ["accuracy", "ratio", "efficiency", "utilization", "utilisation", "fraction", "share", "f1", "rate"]),
        (.time, ["ttft", "latency", "duration", "elapsed", "time"]),
        (.power, ["power"]),
        (.temperature, ["temperature"]),
    ]

    private static let counted: Set<String> = [
        "count", "num", "number", "samples", "runs", "chars", "files", "requests", "tests", "cycles", "iterations",
        "processes", "detected", "completed", "taken", "inferences", "errors", "words", "sections",
    ]

    private static let units: [String: Quantity] = {
        var units: [String: Quantity] = [:]
        func add(_ dimension: Dimension, _ unit: String, _ names: String...) {
            for name in names { units[name] = Quantity(dimension: dimension, unit: unit) }
        }
        add(.time, "s", "s", "sec", "secs", "second", "seconds")
        add(.time, "ms", "ms", "msec", "millis", "millisecond", "milliseconds")
        add(.time, "us", "us", "µs", "μs", "usec", "microseconds")
        add(.time, "ns", "ns", "nsec", "nanoseconds")
        add(.time, "min", "minutes")
        add(.time, "h", "hours")
        add(.ratio, "%", "%", "percent", "pct", "percentage")
        add(.bytes, "bytes", "byte", "bytes")
        for unit in ["KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB"] { add(.bytes, unit, unit.lowercased()) }
        add(.bytes, "KB", "kbyte")
        add(.power, "W", "w", "watt", "watts")
        add(.temperature, "°C", "°c", "celsius")
        for unit in ["Hz", "kHz", "MHz", "GHz"] { add(.frequency, unit, unit.lowercased()) }
        return units
    }()
}
