import GateCore
import GateJSON
import GateVocabulary

/// Collects what is found in file after file. The names that it has learnt serve all files of one thread; what it has
/// packed is taken out by ``finish()``.
struct FactCollector: ~Copyable {
    var names = NameTable()
    var packer: FactPacker
    /// Numbers, dates and versions of sentences, of which nothing tells what they are of.
    var mentions: FactPacker
    var places = JSONPlaces()
    var tokens = JSONTokens()
    /// Of the file that is read; nil where it is none of those that are known.
    var format: KnownFormat?
    private var table = CellTable()
    private var labels = LabelTable()
    private var tableNames: [TableName: Int] = [:]
    private var noteNames: [FactName: Int] = [:]
    private var plainNames: [Int] = []
    private var kindTexts = ByteTable()
    private var kinds: [TextKind] = []
    private var unitTexts = ByteTable()
    private var units: [Quantity?] = []
    private var mentionNames: [MentionName: Int] = [:]
    private var harvested: [String: HarvestedMetric] = [:]
    /// By the number of a name: a file has told it.
    private var harvestedColumns: [Bool] = []
    private var headings = 0
    private var remarks = FileRemarks()

    /// A name of facts in a table, before it has a number.
    struct TableName: Hashable {
        /// In the table of names, as are the others.
        let metric: Int
        let statistic: Int?
        let subject: String?
        /// Another one than the name tells.
        let quantity: Quantity?
        let isSpread: Bool
        /// Of a CSV file; nil in Markdown.
        let column: String?
        var format: String?
    }

    private struct MentionName: Hashable {
        let kind: FactValue.Kind
        let quantity: Quantity?
        let name: String
    }

    init(maximumFacts: Int) {
        packer = FactPacker(maximumFacts: maximumFacts)
        mentions = FactPacker(maximumFacts: min(maximumFacts, Ingest.maximumMentions))
    }

    /// What is found from here on is this file's.
    mutating func begin(file: String) {
        packer.begin(file: file)
        mentions.begin(file: file)
    }

    /// Forgets what was found in the file that was begun.
    mutating func dropFile() {
        packer.dropFile()
        mentions.dropFile()
    }

    /// The unit that a word behind a number is; nil where it is none.
    mutating func unit(_ word: UnsafeBufferPointer<UInt8>) -> Quantity? {
        let number = unitTexts.find(word)
        if number == units.count { units.append(Quantity(unit: String(decoding: word, as: UTF8.self))) }
        return units[number]
    }

    /// In the packer of the mentions.
    /// - Parameter called: what the number is of, where a name stands with it.
    mutating func mentionName(_ kind: FactValue.Kind, _ quantity: Quantity?, called: String = "") -> Int {
        let key = MentionName(kind: kind, quantity: quantity, name: called)
        if let known = mentionNames[key] { return known }
        let name = mentions.add(
            FactName(
                metric: called, statistic: .unknown, dimension: quantity?.dimension ?? .unknown, unit: quantity?.unit,
                kind: kind, place: .line))
        mentionNames[key] = name
        return name
    }

    mutating func harvest(_ key: String, _ value: Double, from source: FactSource) {
        if harvested[key] == nil { harvested[key] = HarvestedMetric(key: key, value: value, source: source) }
    }

    /// Whether the original project harvests a column, and no file so far had it.
    func isWanted(column: Int) -> Bool {
        names.isHarvested(column) && !(column < harvestedColumns.count && harvestedColumns[column])
    }

    /// - Parameter column: in the table of names; not blank.
    mutating func harvest(column: Int, _ value: Double, file: String, line: Int) {
        while harvestedColumns.count <= column { harvestedColumns.append(false) }
        harvestedColumns[column] = true
        let source = FactSource(file: file, line: line, column: names[column].metric.name)
        harvest("csv_\(names[column].text)", value, from: source)
    }

    /// Room for a table, which is given back when the table has been read.
    mutating func takeTable() -> CellTable {
        var taken = CellTable()
        swap(&taken, &table)
        taken.removeAll()
        return taken
    }

    mutating func giveBack(_ table: consuming CellTable) { self.table = table }

    /// - Parameter lines: the text is several documents.
    /// - Returns: false where the text is not JSON.
    mutating func readTokens(_ bytes: UnsafeBufferPointer<UInt8>, lines: Bool) -> Bool {
        tokens.read(bytes, lines: lines, &names, &places)
    }

    /// What a text is that is no number.
    mutating func kind(of text: UnsafeBufferPointer<UInt8>) -> TextKind {
        guard text.count <= 64, text.contains(where: isDigit) else { return .text }
        let number = kindTexts.find(text)
        if number == kinds.count { kinds.append(TextKind(String(decoding: text, as: UTF8.self))) }
        return kinds[number]
    }

    mutating func count(headings: Int) { self.headings += headings }

    /// Values that are none, such as `NaN`.
    mutating func count(missing: Int) { remarks.missing += missing }

    /// Columns of one name, in the table of names: nothing tells their values apart.
    mutating func lookForRepeated(_ columns: [Int]) {
        for (index, column) in columns.enumerated() where columns[..<index].contains(column) {
            guard remarks.repeatedColumn == nil, !names[column].text.isEmpty else { continue }
            remarks.repeatedColumn = names[column].metric.name
        }
    }

    /// A table of which nothing is read, by the line on which it begins.
    mutating func passOver(table line: Int, _ reason: String) {
        remarks.tables += 1
        if remarks.firstTable == nil { remarks.firstTable = "line \(line): \(reason)" }
    }

    /// Of the file that was read last.
    mutating func takeRemarks() -> FileRemarks {
        defer { remarks = FileRemarks() }
        return remarks
    }

    /// The number of a name of facts that is told in full.
    mutating func noteName(_ name: FactName) -> Int {
        if let known = noteNames[name] { return known }
        let number = packer.add(name)
        noteNames[name] = number
        return number
    }

    /// The number of a name of facts in a table.
    /// - Parameter metric: only asked for where the name is new.
    mutating func tableName(_ key: TableName, _ metric: (borrowing FactCollector) -> MetricName) -> Int {
        var key = key
        key.format = format?.name
        if let known = tableNames[key] { return known }
        var metric = metric(self)
        if let format { metric = format.completed(metric, key: key.column ?? metric.name) }
        if let quantity = key.quantity { metric = metric.measured(as: quantity) }
        let number = packer.add(
            FactName(
                metric: metric.name.isEmpty ? key.column ?? "value" : metric.name,
                statistic: key.isSpread ? .spread : metric.statistic, dimension: metric.quantity.dimension,
                unit: metric.quantity.unit,
                place: key.column.map { .column($0) } ?? .line))
        tableNames[key] = number
        return number
    }

    /// The number of the name that a column's header alone tells; nil where it has none yet, or more tells it.
    /// - Parameter column: in the table of names.
    func plainName(of column: Int, _ kind: FactValue.Kind, _ namesColumns: Bool) -> Int? {
        let place = FactCollector.place(column, kind, namesColumns)
        guard format == nil, place < plainNames.count, plainNames[place] >= 0 else { return nil }
        return plainNames[place]
    }

    mutating func remember(plainName name: Int, of column: Int, _ kind: FactValue.Kind, _ namesColumns: Bool) {
        // Columns without a header are numbered.
        guard format == nil, !names[column].metric.name.isEmpty else { return }
        let place = FactCollector.place(column, kind, namesColumns)
        while plainNames.count <= place { plainNames.append(-1) }
        plainNames[place] = name
    }

    private static func place(_ column: Int, _ kind: FactValue.Kind, _ namesColumns: Bool) -> Int {
        let number =
            switch kind {
            case .number: 0
            case .key: 1
            case .date: 2
            case .version: 3
            case .identifier: 4
            }
        return 10 * column + 2 * number + (namesColumns ? 1 : 0)
    }

    /// A text that nothing names.
    mutating func label(_ text: UnsafeBufferPointer<UInt8>) -> Int { labels.find(.text, 2, "", text, in: &packer) }

    mutating func label(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { label($0) }
    }

    /// A text under a name.
    mutating func label(_ kind: FactLabel.Kind, name: Int, text: UnsafeBufferPointer<UInt8>) -> Int {
        labels.find(kind, 4 * name + (kind == .file ? 6 : 7), names[name].metric.name, text, in: &packer)
    }

    /// `num_gpu=60`, the name as the file writes it or on one line.
    mutating func label(_ name: Int, onOneLine: Bool = false, equals value: UnsafeBufferPointer<UInt8>) -> Int {
        labels.find(
            .key, 4 * name + (onOneLine ? 4 : 5), onOneLine ? names[name].metric.name : names[name].text, value,
            in: &packer)
    }

    mutating func label(errorEquals value: UnsafeBufferPointer<UInt8>) -> Int {
        labels.find(.key, 1, "error", value, in: &packer)
    }

    mutating func label(path text: UnsafeBufferPointer<UInt8>) -> Int { labels.find(.path, 3, "", text, in: &packer) }
    mutating func label(path text: String) -> Int { labels.find(FactLabel(.path, text: entityText(text)), in: &packer) }

    /// The words of the file's name are one of the names of all that stands in it.
    mutating func label(file path: String) -> Int {
        var path = path
        return path.withUTF8 { bytes in
            let start = bytes.lastIndex(of: ascii("/")).map { $0 + 1 } ?? 0
            let dot = bytes[start...].lastIndex(of: ascii("."))
            let stem = UnsafeBufferPointer(rebasing: bytes[start..<(dot ?? bytes.count)])
            return labels.find(file: stem, in: &packer)
        }
    }

    /// Takes out what was found since the last time.
    mutating func finish() -> FileFindings {
        let (dropped, droppedMentions) = (packer.dropped, mentions.dropped)
        let findings = FileFindings(
            facts: packer.finish(), droppedFacts: dropped, mentions: mentions.finish(),
            droppedMentions: droppedMentions, harvested: harvested, markdownHeadings: headings)
        names.trim()
        labels.removeAll()
        kindTexts.removeAll()
        kinds.removeAll(keepingCapacity: true)
        unitTexts.removeAll()
        units.removeAll(keepingCapacity: true)
        mentionNames.removeAll(keepingCapacity: true)
        places.removeAll()
        tokens.forgetPlaces()
        tableNames.removeAll(keepingCapacity: true)
        noteNames.removeAll(keepingCapacity: true)
        plainNames.removeAll(keepingCapacity: true)
        harvested = [:]
        harvestedColumns.removeAll(keepingCapacity: true)
        headings = 0
        return findings
    }
}
