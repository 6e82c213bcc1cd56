import GateCore
import GateJSON

/// What is found in files, in their order.
struct Findings {
    var facts = FactTable()
    /// Beyond the maximum: counted and left out.
    var droppedFacts = 0
    /// Numbers, dates and versions of sentences.
    var mentions = FactTable()
    var droppedMentions = 0
    /// The first offer of a key wins.
    var harvested: [String: HarvestedMetric] = [:]
    var markdownHeadings = 0

    /// Appends what was found in later files.
    mutating func merge(_ later: FileFindings, maximumFacts: Int) {
        droppedFacts += later.droppedFacts + facts.append(later.facts, upTo: maximumFacts)
        droppedMentions +=
            later.droppedMentions + mentions.append(later.mentions, upTo: Ingest.maximumMentions)
        harvested.merge(later.harvested) { first, _ in first }
        markdownHeadings += later.markdownHeadings
    }
}

/// What was found in some files that follow each other.
struct FileFindings {
    let facts: FactSegment
    let droppedFacts: Int
    let mentions: FactSegment
    let droppedMentions: Int
    let harvested: [String: HarvestedMetric]
    let markdownHeadings: Int
}

/// What is to be said of a file although it was read.
struct FileRemarks {
    /// What is wrong with its text.
    var damage: String?
    /// Values that are no numbers.
    var missing = 0
    /// The first name that several columns have.
    var repeatedColumn: String?
    /// Of which nothing was read.
    var tables = 0
    /// Where the first of these stands, and why.
    var firstTable: String?

    var isEmpty: Bool { damage == nil && missing == 0 && tables == 0 && repeatedColumn == nil }
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
