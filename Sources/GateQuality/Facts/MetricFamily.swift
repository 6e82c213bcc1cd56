import GateCore
import GateVocabulary

/// What kind of metric a name is about. Two names are comparable only within one family.
struct MetricFamily: Hashable {
    let name: String

    static let ttft = MetricFamily(name: "TTFT")
    static let throughput = MetricFamily(name: "throughput")
    static let latency = MetricFamily(name: "latency")
    static let load = MetricFamily(name: "load time")
    static let promptEval = MetricFamily(name: "prompt evaluation")
    static let eval = MetricFamily(name: "evaluation time")
    static let execution = MetricFamily(name: "execution time")
    static let tokens = MetricFamily(name: "tokens")
    static let fanSpeed = MetricFamily(name: "fan speed")
    static let headings = MetricFamily(name: "headings")
    static let size = MetricFamily(name: "size")
    static let characters = MetricFamily(name: "characters")

    /// Metrics that reports like to speak of and that are comparable with nothing but themselves.
    private static let others: [String: String] = [
        "accuracy": "accuracy", "precision": "precision", "recall": "recall", "f1": "F1", "perplexity": "perplexity",
        "memory": "memory", "ram": "memory", "vram": "memory", "cpu": "CPU", "utilization": "utilisation",
        "utilisation": "utilisation", "power": "power", "watts": "power", "temperature": "temperature",
        "loss": "loss", "bleu": "BLEU", "rouge": "ROUGE", "bandwidth": "bandwidth", "flops": "FLOPS", "cost": "cost",
        "energy": "energy", "jitter": "jitter", "uptime": "uptime", "errors": "errors", "error": "errors",
        "disk": "disk", "network": "network", "efficiency": "efficiency", "parameters": "parameters",
        "speedup": "speedup", "bugs": "bugs", "users": "users", "queries": "queries", "transactions": "transactions",
        "requests": "requests", "confidence": "confidence", "score": "score", "coverage": "coverage",
        "complexity": "complexity", "compilation": "compilation time", "startup": "startup", "gpu": "GPU",
        "quality": "quality", "success": "success rate", "frequency": "frequency", "consistency": "consistency",
    ]

    static func other(_ word: String) -> MetricFamily? { others[word].map(MetricFamily.init(name:)) }

    /// The family that a name in the data belongs to, by its words; a name of its own where no known one fits.
    init(words: [String]) {
        let set = Set(words)
        let isTime = !set.isDisjoint(with: ["time", "duration", "s", "ms", "us", "latency"])
        if set.contains("ttft") || (set.contains("first") && set.contains("token")) {
            self = .ttft
        } else if MetricFamily.isThroughput(words) {
            self = .throughput
        } else if set.contains("load") || set.contains("loading") {
            self = .load
        } else if set.contains("prompt"), set.contains("eval") {
            self = set.contains("count") || set.contains("tokens") ? .tokens : .promptEval
        } else if set.contains("latency") {
            self = .latency
        } else if set.contains("eval"), isTime, !set.contains("count") {
            self = .eval
        } else if set.contains("fan") {
            self = .fanSpeed
        } else if set.contains("tokens") || (set.contains("eval") && set.contains("count")) {
            self = .tokens
        } else if set.contains("heading") || set.contains("headings") {
            self = .headings
        } else if set.contains("chars") || set.contains("characters") {
            self = .characters
        } else if let word = words.first(where: { MetricFamily.others[$0] != nil }),
            let other = MetricFamily.other(word)
        {
            self = other
        } else if !set.isDisjoint(with: ["time", "duration", "elapsed", "runtime"]) {
            self = .execution
        } else if set.contains("size") || set.contains("bytes") {
            self = .size
        } else {
            let meaningful = words.filter { !MetricFamily.ignored.contains($0) && $0.first?.isNumber == false }
            self.init(name: meaningful.joined(separator: " "))
        }
    }

    private init(name: String) { self.name = name }

    private static func isThroughput(_ words: [String]) -> Bool {
        if words.contains("throughput") || words.contains("tps") { return true }
        for (index, word) in words.enumerated() where word == "tokens" || word == "tok" || word == "token" {
            guard index + 1 < words.count else { continue }
            if ["s", "sec", "per", "second"].contains(words[index + 1]) { return true }
        }
        return false
    }

    static let ignored: Set<String> = [
        "mean", "avg", "average", "median", "min", "max", "total", "std", "s", "ms", "json", "csv", "results",
        "summary", "stats", "metrics", "value", "data", "p50", "p90", "p95", "p99",
    ]
}

/// The words of a name of the data: `json_results[1].tokens_per_second` gives json, results, 1, tokens, per, second.
func nameWords(_ name: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    func isBreak(_ byte: UInt8) -> Bool {
        !((byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80)
    }
    for byte in name.utf8 {
        if isBreak(byte) {
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        } else {
            word.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        }
    }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
}

extension Statistic {
    /// The statistic that the words of a name of the data tell; `raw` where they tell none.
    init(nameWords: [String]) {
        self = nameWords.lazy.compactMap { Statistic.named[$0] }.first ?? .raw
    }

    private static let named: [String: Statistic] = [
        "mean": .mean, "avg": .mean, "average": .mean, "median": .median, "min": .min, "minimum": .min, "max": .max,
        "maximum": .max, "peak": .max, "total": .total, "sum": .total, "std": .standardDeviation,
        "stdev": .standardDeviation, "stddev": .standardDeviation, "p50": .median, "p90": .p90, "p95": .p95,
        "p99": .p99,
    ]
}
