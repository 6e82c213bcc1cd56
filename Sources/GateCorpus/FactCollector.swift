import GateCore
import GateVocabulary

/// Collects what is found in file after file. The names that it has learnt serve all files of one thread; what it has
/// packed is taken out by ``finish()``.
struct FactCollector: ~Copyable {
    var names = NameTable()
    var packer: FactPacker
    var places = JSONPlaces()
    var tokens = JSONTokens()
    private var labels = LabelTable()
    private var tableNames: [TableName: Int] = [:]
    private var harvested: [String: HarvestedMetric] = [:]
    private var headings = 0

    /// A name of facts in a table, before it has a number.
    private struct TableName: Hashable {
        let name: Int
        /// Another one than the name tells.
        let quantity: Quantity?
        /// Of a CSV file; nil in Markdown.
        let column: String?
    }

    init(maximumFacts: Int) { packer = FactPacker(maximumFacts: maximumFacts) }

    mutating func harvest(_ key: String, _ value: Double, from source: FactSource) {
        if harvested[key] == nil { harvested[key] = HarvestedMetric(key: key, value: value, source: source) }
    }

    /// - Returns: false where the text is not JSON.
    mutating func readTokens(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { tokens.read(bytes, &names, &places) }

    mutating func count(headings: Int) { self.headings += headings }

    /// The number of a name of facts in a table.
    mutating func tableName(_ name: Int, _ quantity: Quantity?, column: String?) -> Int {
        let key = TableName(name: name, quantity: quantity, column: column)
        if let known = tableNames[key] { return known }
        let metric = names[name].metric
        let told = quantity ?? metric.quantity
        let number = packer.add(
            FactName(
                metric: column ?? (metric.name.isEmpty ? "value" : metric.name), statistic: metric.statistic,
                dimension: told.dimension, unit: told.unit, place: column.map { .column($0) } ?? .line))
        tableNames[key] = number
        return number
    }

    mutating func label(_ text: UnsafeBufferPointer<UInt8>) -> Int { labels.find(text, in: &packer) }

    mutating func label(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { labels.find($0, in: &packer) }
    }

    /// `num_gpu=60`, the name as the file writes it or on one line.
    mutating func label(_ name: Int, onOneLine: Bool = false, equals value: UnsafeBufferPointer<UInt8>) -> Int {
        labels.find(
            2 * name + (onOneLine ? 2 : 3), onOneLine ? names[name].metric.name : names[name].text, equals: value,
            in: &packer)
    }

    mutating func label(errorEquals value: UnsafeBufferPointer<UInt8>) -> Int {
        labels.find(1, "error", equals: value, in: &packer)
    }

    mutating func label(path text: String) -> Int { labels.find(FactLabel(.path, text: entityText(text)), in: &packer) }

    /// Takes out what was found since the last time.
    mutating func finish() -> FileFindings {
        let dropped = packer.dropped
        let findings = FileFindings(
            facts: packer.finish(), droppedFacts: dropped, harvested: harvested, markdownHeadings: headings)
        names.trim()
        labels.removeAll()
        places.removeAll()
        tokens.forgetPlaces()
        tableNames.removeAll(keepingCapacity: true)
        harvested = [:]
        headings = 0
        return findings
    }
}
