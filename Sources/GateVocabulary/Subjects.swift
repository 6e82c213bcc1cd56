/// The dimension of what a name is about, where it has no unit.
enum Subjects {
    /// Whether a word names a time: `ttft`, `latency`.
    static func isTime(_ word: String) -> Bool { subjects.contains { $0.0 == .time && $0.1.contains(word) } }

    static func dimension(of words: [String]) -> Dimension {
        if let rate = words.firstIndex(of: "rate"), rate > 0 { return dimension(ofRateOf: words[rate - 1]) }
        // Without a part of a machine, a temperature is one of sampling.
        if words.contains(where: ["temperature", "temp"].contains), words.contains(where: machines.contains) {
            return .temperature
        }
        for (dimension, names) in subjects where words.contains(where: names.contains) { return dimension }
        if words.contains(where: { isPlural($0) || counted.contains($0) }) { return .count }
        return .unknown
    }

    /// `requests` are counted; a `request` or a `user` is what something was measured on.
    private static func isPlural(_ word: String) -> Bool {
        guard let singular = UnitTable.counted(word) else { return false }
        return singular != word
    }

    /// A rate of what is counted is one in time; a rate of outcomes is a share.
    private static func dimension(ofRateOf word: String) -> Dimension {
        if outcomes.contains(word) { return .ratio }
        return UnitTable.counted(word) != nil ? .rate : .unknown
    }

    private static let machines: Set<String> = [
        "gpu", "cpu", "core", "edge", "junction", "board", "die", "memory", "hbm", "package", "ambient",
    ]

    private static let outcomes: Set<String> = [
        "error", "errors", "fail", "failure", "failures", "failed", "hit", "miss", "success", "accept", "acceptance",
        "win", "pass", "drop", "timeout", "abort", "reject", "rejection", "completion", "cache", "refusal",
    ]

    private static let subjects: [(Dimension, Set<String>)] = [
        (.frequency, ["clock", "frequency"]),
        (.rate, ["throughput", "bandwidth", "bw", "thrpt"]),
        (
            .ratio,
            [
                "accuracy", "acc", "ratio", "efficiency", "utilization", "utilisation", "util", "fraction", "share",
                "f1", "speedup", "precision", "recall", "mfu", "hfu", "auc", "coverage",
            ]
        ),
        (
            .time,
            ["ttft", "tpot", "itl", "latency", "duration", "elapsed", "time", "runtime", "ttfb", "walltime", "times"]
        ),
        (.power, ["power"]),
        (.energy, ["energy"]),
        (.money, ["cost", "price"]),
    ]

    private static let counted: Set<String> = [
        "count", "num", "number", "n", "processes", "detected", "completed", "taken", "inferences", "sections",
    ]
}
