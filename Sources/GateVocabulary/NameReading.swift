/// What the name of a metric tells by itself: `p95LatencyMs`, `mean_tokens_s`, `Generation Time (ms)`, `gpu.util %`.
public struct NameReading: Hashable, Sendable {
    /// As ``NameWords`` splits it.
    public let words: [String]
    /// The words that are neither a statistic nor a unit: what is measured.
    public let subject: [String]
    public let statistic: Statistic
    /// Unknown where neither a unit nor the subject tells it.
    public let dimension: Dimension
    /// Nil where the name has none.
    public let unit: MeasuredUnit?

    public init(_ name: String) {
        let all = NameWords.words(of: name)
        words = all
        var reader = UnitReader(name: name, words: all)
        let named = StatisticWords(all)
        let unit = reader.read(statistic: named)
        let used = named.indices.union(reader.used)
        subject = all.indices.filter { !used.contains($0) && !UnitReader.links.contains(all[$0]) }.map { all[$0] }
        statistic = named.statistic
        if named.statistic == .count {
            self.unit = unit?.dimension == .count ? unit : nil
            dimension = .count
        } else {
            // A bandwidth in bytes is one of bytes in a second.
            let isRate = unit?.dimension == .bytes && Subjects.dimension(of: all) == .rate
            let unit = isRate ? unit.flatMap { MeasuredUnit($0.name + "/s") } : unit
            self.unit = unit
            dimension = unit?.dimension ?? Subjects.dimension(of: all)
        }
    }

    /// Nothing but a statistic or a unit (`p50_ms`, `mean`): it needs the name of what it belongs to.
    public var isBare: Bool { subject.isEmpty }
}

/// Which words of a name are a statistic.
struct StatisticWords {
    private(set) var statistic = Statistic.raw
    private(set) var indices: Set<Int> = []

    init(_ words: [String]) {
        var weak: (Statistic, Int)?
        for index in words.indices {
            guard let (found, length) = StatisticWords.statistic(at: index, words) else { continue }
            if found == .count || found == .rate {
                weak = weak ?? (found, index)
                continue
            }
            // A spread is what is named, whatever it is the spread of.
            let isStronger = statistic == .raw || ((found == .standardDeviation || found == .spread) && !isSpread)
            if isStronger { statistic = found }
            indices.formUnion(index..<index + length)
        }
        guard statistic == .raw, let (found, index) = weak else { return }
        statistic = found
        if words.count == 1 { indices.insert(index) }
    }

    private var isSpread: Bool { statistic == .standardDeviation || statistic == .spread }

    private static func statistic(at index: Int, _ words: [String]) -> (Statistic, Int)? {
        let word = words[index]
        let next = index + 1 < words.count ? words[index + 1] : nil
        if (word == "standard" || word == "std"), next == "deviation" || next == "dev" {
            return (.standardDeviation, 2)
        }
        if (word == "standard" || word == "std"), next == "error" || next == "err" { return (.spread, 2) }
        // "per_min" is a minute.
        if word == "min", index > 0, words[index - 1] == "per" { return nil }
        if word == "rate" { return words.count == 1 ? (.rate, 1) : nil }
        if let named = byWord[word] { return (named, 1) }
        if let percent = Percentile.percent(ofWord: word) {
            let length = next == "percentile" || next == "quantile" || next == "ile" ? 2 : 1
            // "5th" of something else than a sample is no percentile; "99th" alone is one.
            if word.hasSuffix("th"), length == 1, words.count > 1 || percent < 50 { return nil }
            return (Statistic(quantile: percent / 100), length)
        }
        // `lat (ms,95%)`: no time is a percentage.
        if next == "percent", let percent = Percentile.percent(ofNumber: word), percent >= 50,
            !words.dropFirst(index + 2).contains(where: { $0 == "ci" || $0 == "confidence" }),
            words.contains(where: { MeasuredUnit($0)?.dimension == .time || Subjects.isTime($0) })
        {
            return (Statistic(quantile: percent / 100), 2)
        }
        if ["percentile", "quantile", "pct", "perc", "p"].contains(word), let next,
            let number = Percentile.percent(ofNumber: next)
        {
            let isFraction = number < 1 && next.contains(".")
            return (Statistic(quantile: isFraction ? number : number / 100), 2)
        }
        return nil
    }

    private static let byWord: [String: Statistic] = [
        "mean": .mean, "mittel": .mean, "avg": .mean, "average": .mean, "averaged": .mean, "μ": .mean,
        "mittelwert": .mean,
        "mittlere": .mean, "mittlerer": .mean, "mittleres": .mean, "durchschnitt": .mean, "durchschnittliche": .mean,
        "moyenne": .mean, "moyen": .mean, "promedio": .mean,
        "median": .median, "med": .median, "médiane": .median, "mediana": .median,
        "min": .min, "minimum": .min, "lowest": .min, "fastest": .min,
        "max": .max, "maximum": .max, "peak": .max, "highest": .max, "slowest": .max,
        "total": .total, "sum": .total,
        "count": .count, "cnt": .count,
        "std": .standardDeviation, "stdev": .standardDeviation, "stddev": .standardDeviation,
        "sigma": .standardDeviation, "σ": .standardDeviation, "sd": .standardDeviation,
        "stderr": .spread, "sem": .spread, "spread": .spread, "moe": .spread,
        "variance": .unknown, "iqr": .unknown, "mad": .unknown, "rme": .unknown, "cv": .unknown,
    ]
}

/// Finds the unit in a name.
struct UnitReader {
    /// Words that join the others.
    static let links: Set<String> = ["per", "in", "of", "the", "quantile", "quantiles", "percentile", "percentiles"]

    private static let lengths: Set<String> = ["m", "mm", "cm", "km"]

    let name: String
    let words: [String]
    /// The words that the unit took.
    private(set) var used: Set<Int> = []

    init(name: String, words: [String]) {
        self.name = name
        self.words = words
    }

    mutating func read(statistic: StatisticWords) -> MeasuredUnit? {
        if let unit = bracketed() ?? sliced() ?? quotient() { return unit }
        let others = words.indices.filter { !statistic.indices.contains($0) }
        guard let last = others.last else { return nil }
        if let unit = rate(last, others) { return unit }
        let isMinute = words[last] == "min"
        if let unit = unit(last, isLast: true), !isMinute || statistic.statistic != .raw { return unit }
        for index in others.reversed().dropFirst() {
            if let unit = unit(index, isLast: false) { return unit }
        }
        return nil
    }

    /// `(ms)`, `[tok/s]`, `(ms, p95)`
    private mutating func bracketed() -> MeasuredUnit? {
        for (opening, closing) in [("(", ")"), ("[", "]")] as [(Character, Character)] {
            var rest = name[...]
            while let start = rest.firstIndex(of: opening), let end = rest[start...].firstIndex(of: closing) {
                let text = String(rest[rest.index(after: start)..<end])
                let parts = text.split(separator: ",").map(String.init)
                if let part = parts.first(where: { MeasuredUnit($0) != nil }), let unit = MeasuredUnit(part) {
                    take(NameWords.words(of: part))
                    return unit
                }
                rest = rest[rest.index(after: end)...]
            }
        }
        return nil
    }

    /// `Tokens/s`, `throughput MB/s`
    private mutating func sliced() -> MeasuredUnit? {
        guard name.contains("/") else { return nil }
        for part in name.split(whereSeparator: { $0 == " " || $0 == "_" || $0 == "(" || $0 == ")" || $0 == "." }) {
            guard part.contains("/"), let unit = MeasuredUnit(String(part)) else { continue }
            take(NameWords.words(of: String(part)))
            return unit
        }
        return nil
    }

    /// `tokens_per_second`, `usd per 1k tokens`
    private mutating func quotient() -> MeasuredUnit? {
        guard let per = words.firstIndex(of: "per"), per + 1 < words.count else { return nil }
        for end in [per + 2, per + 1] where end < words.count {
            for start in [per - 1, per] where start >= 0 {
                guard let unit = MeasuredUnit(words[start...end].joined(separator: " ")) else { continue }
                used.formUnion(start...end)
                return unit
            }
        }
        return nil
    }

    /// `tokens_s`, `mm_s`, `km_h`: something that is counted, or a length, before a second or an hour.
    private mutating func rate(_ last: Int, _ others: [Int]) -> MeasuredUnit? {
        guard ["s", "sec", "second", "secs", "h"].contains(words[last]), last > 0, others.contains(last - 1),
            UnitReader.lengths.contains(words[last - 1])
                || words[last] != "h"
                    && (UnitTable.counted(words[last - 1]) != nil
                        || words[last - 1].hasSuffix("s")
                            && UnitTable.counted(String(words[last - 1].dropLast())) != nil
                        || MeasuredUnit(words[last - 1])?.dimension == .bytes),
            let unit = MeasuredUnit("\(words[last - 1])/\(words[last] == "h" ? "h" : "s")")
        else { return nil }
        used.formUnion([last - 1, last])
        return unit
    }

    private mutating func unit(_ index: Int, isLast: Bool) -> MeasuredUnit? {
        let word = words[index]
        let isSeconds = word == "s" && index > 0 && Subjects.isTime(words[index - 1])
        guard isLast || isSeconds || (word.utf8.count >= 2 && word != "min"), word != "times",
            UnitTable.counted(word) == nil, !isNumbered,
            let unit = MeasuredUnit(word), unit.dimension != .count,
            word != "x" || words.count > 1 && !name.hasSuffix("X")
        else { return nil }
        used.insert(index)
        return unit
    }

    /// `db-01` is a name.
    private var isNumbered: Bool { words.count == 2 && words[1].utf8.allSatisfy { $0 &- 0x30 < 10 } }

    private mutating func take(_ taken: [String]) {
        guard let start = words.indices.first(where: { words[$0...].starts(with: taken) }) else { return }
        used.formUnion(start..<start + taken.count)
    }
}
