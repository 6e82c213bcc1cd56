import GateCore
import GateJSON

/// What is found in files, collected in their order.
struct Findings {
    /// Facts beyond this number are counted and dropped.
    let maximumFacts: Int
    private(set) var facts: [Fact] = []
    private(set) var droppedFacts = 0
    /// The first offer of a key wins.
    private(set) var harvested: [String: HarvestedMetric] = [:]
    var markdownHeadings = 0

    init(maximumFacts: Int) { self.maximumFacts = maximumFacts }

    /// Whether another fact is wanted; counts it as dropped where not. To be asked before one is made.
    mutating func takesFact() -> Bool {
        guard facts.count >= maximumFacts else { return true }
        droppedFacts += 1
        return false
    }

    mutating func append(_ fact: Fact) { facts.append(fact) }

    mutating func harvest(_ key: String, _ value: Double, from source: FactSource) {
        guard harvested[key] == nil else { return }
        harvested[key] = HarvestedMetric(key: key, value: value, source: source)
    }

    /// Appends what was found in later files.
    mutating func merge(_ later: Findings) {
        let taken = later.facts.prefix(max(0, maximumFacts - facts.count))
        facts += taken
        droppedFacts += later.droppedFacts + later.facts.count - taken.count
        harvested.merge(later.harvested) { first, _ in first }
        markdownHeadings += later.markdownHeadings
    }
}

/// The original project's rule for the metrics that its second prompt shows.
enum Harvest {
    private static let words = ["tok", "throughput", "latency", "ttft", "speed"].map { Array($0.utf8) }

    /// Rows of a CSV file that are looked at.
    static let maximumRows = 10

    /// Whether a name speaks of tokens, throughput, latency, TTFT or speed, in any case.
    static func isWanted(_ name: String) -> Bool {
        let name = name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return words.contains { word in
            name.count >= word.count
                && (0...(name.count - word.count)).contains { name[$0...].starts(with: word) }
        }
    }

    /// A numeric string: commas, and one `%` or `s` at the end, removed.
    static func value(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var text = trimmed(bytes)
        if let value = DecimalText.double(text) { return value }
        if let last = text.last, last == ascii("%") || last == ascii("s") {
            text = trimmed(UnsafeBufferPointer(rebasing: text.dropLast()))
        }
        return text.filter { $0 != ascii(",") }.withUnsafeBufferPointer { DecimalText.double($0) }
    }
}
