internal import GateCore
internal import GateVocabulary

/// All that is known of the data: which row has which value in which column.
///
/// A row is named by its labels, a column by a metric and a statistic. Tables, JSON objects and harvested figures all
/// become rows of it; what a claim says of it is looked up, never searched for.
struct Relation: Sendable {
    struct Label: Sendable {
        /// Into ``labelNames``.
        let name: Int
        let text: String
        let kind: FactLabel.Kind
        /// Of a key such as a step or a size.
        let number: Double?
        /// It calls rows that sum others up.
        let isTotal: Bool
        /// Of its text, in their canonical form; known once the relation is finished.
        var terms: [String] = []
        /// Sorted.
        var rows: [Int] = []
    }

    struct Column: Sendable {
        let name: String
        /// All words of the name, in their canonical form.
        let nameTerms: [String]
        /// Those that say what is measured.
        let terms: [String]
        let statistic: Statistic
        var dimension: Dimension
        var unit: MeasuredUnit?
        /// Entries of it, sorted by row.
        var entries: [Int] = []
        /// Its values tell rows apart: it is measured nowhere.
        var isKey = false
        /// Every value is from 0 to 1.
        var isFraction = true
        /// Rows of files that it stands in.
        var files: Set<Int> = []
    }

    struct Row: Sendable {
        let file: Int
        var labels: [Int]
        var entries: [Int] = []
    }

    struct Entry: Sendable {
        let row: Int
        let column: Int
        let value: Double
        let source: FactSource
    }

    private(set) var labels: [Label] = []
    private(set) var labelNames: [String] = []
    /// By ``labelNames``, in their canonical form; known once the relation is finished.
    private(set) var nameTerms: [[String]] = []
    private(set) var columns: [Column] = []
    private(set) var rows: [Row] = []
    private(set) var entries: [Entry] = []
    private(set) var files: [String] = []
    /// Names of label values, by their words; groups are label names.
    private(set) var labelIndex = NameIndex()
    /// The label of each name of ``labelIndex``.
    private(set) var labelOfName: [Int] = []
    private(set) var metricIndex = NameIndex()
    /// Names of labels that are keys, to be found before numbers: `step 200`.
    private(set) var keyIndex = NameIndex()
    private(set) var keyNames: [Int] = []
    /// Entries by value, in base units by dimension.
    private(set) var values: [Dimension: [(value: Double, entry: Int)]] = [:]
    /// How many base units one of the columns' units is.
    private(set) var factors: [Dimension: [Double]] = [:]
    private(set) var dates: [(date: ReportDate, source: FactSource)] = []
    /// Labels that are days or months.
    private(set) var dateLabels: [(date: ReportDate, label: Int)] = []
    /// The days of rows.
    private(set) var days = Days()
    private var dated: [(labels: [FactLabel], name: String, date: ReportDate)] = []
    /// Versions, commits and other names of the data that are no labels.
    private(set) var identifiers: Set<String> = []
    /// What the ingest counted: files, in all and of each kind.
    var fileCounts: Set<Int> = []
    /// So many rows the files have that have many.
    private(set) var counts: Set<Int> = []
    /// Words of everything that the data names.
    private(set) var vocabulary: Set<String> = []
    private(set) var namesakes = Namesakes()
    /// Words for what kinds of names there are (`model`, `engine`): they say no name.
    private(set) var kindTerms: Set<String> = []

    private var labelByKey: [LabelKey: Int] = [:]
    private var nameByText: [String: Int] = [:]
    /// With what a number in the key's unit is in the column's.
    private var columnByKey: [ColumnKey: (column: Int, scale: Double)] = [:]
    private var rowByKey: [RowKey: Int] = [:]
    private var fileByPath: [String: Int] = [:]
    private var readings: [String: NameReading] = [:]

    private struct LabelKey: Hashable {
        let name: Int
        let text: String
    }
    private struct ColumnKey: Hashable {
        let name: String
        let statistic: Statistic
        let unit: String?
        let dimension: Dimension
    }
    private struct RowKey: Hashable {
        let file: Int
        let place: String
        let labels: [Int]
    }

    var isEmpty: Bool { entries.isEmpty }

    // MARK: - Building

    mutating func add(_ facts: some Sequence<Fact>) {
        for fact in facts { add(fact) }
    }

    mutating func add(_ fact: Fact) {
        switch fact.value {
        case .number(let value):
            add(fact, value)
            if let day = Relation.day(of: fact, value) {
                dates.append((day, fact.source))
                dated.append((fact.labels, fact.metric, day))
            }
        // It is a label of the others in its row.
        case .key: break
        case .date:
            let writings = Relation.writings(of: fact.written)
            for written in writings {
                guard
                    let date = ReportDate(iso: written) ?? ReportDate(written: written) ?? ReportDate(inName: written)
                else { continue }
                dates.append((date, fact.source))
                if writings.count == 1 { dated.append((fact.labels, fact.metric, date)) }
            }
        case .version, .identifier:
            identifiers.insert(fact.written.lowercased())
            vocabulary.formUnion(Canon.terms(ofName: fact.written))
        }
    }

    /// Takes the dates and versions of sentences.
    ///
    /// - Returns: their numbers, which belong to nothing and are kept apart.
    mutating func takeDates(of mentions: [Fact]) -> Relation {
        var numbers = Relation()
        for fact in mentions {
            if case .number = fact.value { numbers.add(fact) } else { add(fact) }
        }
        // `all_reduce` of `all_reduce.log` is a name of the data.
        for file in Set(mentions.map(\.source.file)) { vocabulary.formUnion(Canon.terms(ofName: baseName(file))) }
        numbers.finish()
        // A setting's name is one of the data, too.
        for column in numbers.columns { vocabulary.formUnion(column.nameTerms) }
        return numbers
    }

    private mutating func add(_ fact: Fact, _ value: Double) {
        let file = id(&files, &fileByPath, fact.source.file)
        var labels: [Int] = []
        for label in fact.labels { labels.append(self.label(label)) }
        let place =
            fact.source.line.map { "\($0)" } ?? fact.source.pointer.map {
                String($0[..<($0.lastIndex(of: "/") ?? $0.startIndex)])
            } ?? ""
        let key = RowKey(file: file, place: place, labels: labels)
        let (column, scale) = column(fact)
        let row = rowByKey[key] ?? record(fact.source, key, column) ?? rows.count
        rowByKey[key] = row
        if row == rows.count {
            rows.append(Row(file: file, labels: Array(Set(labels)).sorted()))
            for label in Set(labels) { self.labels[label].rows.append(row) }
        }
        let entry = entries.count
        entries.append(Entry(row: row, column: column, value: value * scale, source: fact.source))
        rows[row].entries.append(entry)
        columns[column].entries.append(entry)
        columns[column].files.insert(file)
        if !(0...1).contains(value) { columns[column].isFraction = false }
    }

    /// Lines of a text that are of the same are one row of it, as long as each tells something else.
    private mutating func record(_ source: FactSource, _ key: RowKey, _ column: Int) -> Int? {
        guard source.isOfText else { return nil }
        let record = RowKey(file: key.file, place: "", labels: key.labels)
        let row = rowByKey[record].flatMap { row in
            rows[row].entries.contains { entries[$0].column == column } ? nil : row
        }
        rowByKey[record] = row ?? rows.count
        return row
    }

    mutating func add(_ label: FactLabel, to row: Int) {
        let label = self.label(label)
        guard !rows[row].labels.contains(label) else { return }
        rows[row].labels.append(label)
        rows[row].labels.sort()
        labels[label].rows.append(row)
        labels[label].rows.sort()
    }

    private mutating func label(_ label: FactLabel) -> Int {
        let name = self.name(of: label)
        let key = LabelKey(name: name, text: label.text)
        if let known = labelByKey[key] { return known }
        let index = labels.count
        labelByKey[key] = index
        labels.append(
            Label(
                name: name, text: label.text, kind: label.kind, number: label.kind == .key ? Double(label.text) : nil,
                isTotal: label.kind == .text && Relation.totals.contains(label.text.lowercased()))
        )
        return index
    }

    /// A file and a model are told apart where neither has a name for what it is.
    private mutating func name(of label: FactLabel) -> Int {
        let key = "\(label.kind.rawValue) \(label.name)"
        if let known = nameByText[key] { return known }
        nameByText[key] = labelNames.count
        labelNames.append(label.name)
        return labelNames.count - 1
    }

    private mutating func column(_ fact: Fact) -> (column: Int, scale: Double) {
        let key = ColumnKey(name: fact.metric, statistic: fact.statistic, unit: fact.unit, dimension: fact.dimension)
        if let known = columnByKey[key] { return known }
        // The place in an array is no word of a name.
        let reading =
            readings[fact.metric] ?? NameReading(String(fact.metric.prefix { $0 != "[" || fact.metric.last != "]" }))
        readings[fact.metric] = reading
        // The percent sign of a percentile's name is no unit of the time that it is.
        let own = reading.unit.flatMap { [$0.dimension, .unknown].contains(fact.dimension) ? $0 : nil }
        let unit = fact.unit.flatMap { MeasuredUnit($0) } ?? own
        // A column of times may be printed in ms here and in s there.
        let other = unit.flatMap { unit in columns.firstIndex { $0.isAlike(fact, unit) } }
        let scale = other.map { (unit?.factor ?? 1) / (columns[$0].unit?.factor ?? 1) } ?? 1
        columnByKey[key] = (other ?? columns.count, scale)
        if let other { return (other, scale) }
        // A mere statistic has no name of what it is one of.
        let subject =
            reading.subject.isEmpty
            ? reading.words.filter {
                [.raw, .unknown, .count, .rate].contains(NameReading($0).statistic) && Lexicon.statistics[$0] == nil
            } : reading.subject
        columns.append(
            Column(
                name: fact.metric, nameTerms: Canon.terms(ofName: fact.metric), terms: Canon.terms(subject).map(\.term),
                statistic: fact.statistic == .unknown ? reading.statistic : fact.statistic,
                dimension: unit?.dimension ?? fact.dimension, unit: unit))
        return (columns.count - 1, 1)
    }

    mutating func setKey(_ column: Int) { columns[column].isKey = true }

    /// A row that is computed from others.
    mutating func addComputedRow(file: Int, labels: [Int]) -> Int {
        rows.append(Row(file: file, labels: labels))
        for label in labels { self.labels[label].rows.append(rows.count - 1) }
        return rows.count - 1
    }

    /// A statistic over values of a column, in the unit of these.
    mutating func addComputed(_ value: Double, _ statistic: Statistic, of column: Int, row: Int, text: String) {
        let model = columns[column]
        let key = ColumnKey(
            name: model.name, statistic: statistic, unit: model.unit?.name, dimension: model.dimension)
        let own = columnByKey[key]?.column ?? columns.count
        if own == columns.count {
            columnByKey[key] = (own, 1)
            columns.append(
                Column(
                    name: model.name, nameTerms: model.nameTerms, terms: model.terms, statistic: statistic,
                    dimension: model.dimension,
                    unit: model.unit, isFraction: model.isFraction && statistic != .total))
        }
        let source = FactSource(file: files[rows[row].file], column: text)
        entries.append(Entry(row: row, column: own, value: value, source: source))
        rows[row].entries.append(entries.count - 1)
        columns[own].entries.append(entries.count - 1)
        columns[own].files.insert(rows[row].file)
        let base = model.unit == nil ? Dimension.unknown : model.dimension
        values[base, default: []].append((value * (model.unit?.factor ?? 1), entries.count - 1))
    }

    mutating func sortValues() {
        for dimension in values.keys { values[dimension]?.sort { ($0.value, $0.entry) < ($1.value, $1.entry) } }
    }

    private func id(_ list: inout [String], _ known: inout [String: Int], _ text: String) -> Int {
        if let id = known[text] { return id }
        known[text] = list.count
        list.append(text)
        return list.count - 1
    }

    /// Builds the indices; everything is looked up from them.
    mutating func finish() {
        addKeys()
        namesakes = Namesakes(labels)
        counts = Set(
            (lines() + Dictionary(grouping: rows, by: \.file).values.map(\.count)).filter { $0 >= Relation.leastCount })
        for index in labels.indices {
            labels[index].terms = Canon.terms(ofName: labels[index].text)
            let label = labels[index]
            let terms = Relation.terms(ofLabel: label.text)
            vocabulary.formUnion(label.terms)
            guard label.number == nil, !terms.isEmpty else { continue }
            labelOfName.append(index)
            let name = labelIndex.add(terms, group: label.name)
            if label.text.utf8.count(where: { $0 == 0x20 }) >= Relation.leastSpaces {
                labelIndex.sentences.insert(name)
            }
        }
        for (index, column) in columns.enumerated()
        where column.isFraction && column.entries.count > 1 && column.unit?.dimension == .bytes {
            // `mAP50(B)` is no size.
            columns[index].unit = nil
            columns[index].dimension = .unknown
        }
        metricIndex.commonFrom = 3
        metricIndex.keepsOthers = true
        for (index, column) in columns.enumerated() {
            _ = metricIndex.add(column.terms, group: 0)
            vocabulary.formUnion(column.nameTerms)
            let factor = column.unit?.factor ?? 1
            let dimension = column.unit == nil ? Dimension.unknown : column.dimension
            values[dimension, default: []] += columns[index].entries.map { (entries[$0].value * factor, $0) }
        }
        sortValues()
        for column in columns {
            guard let unit = column.unit, factors[unit.dimension]?.contains(unit.factor) != true else { continue }
            factors[unit.dimension, default: []].append(unit.factor)
        }
        labelIndex.composed = Set(labels.filter { $0.kind == .file && labelNames[$0.name].isEmpty }.map(\.name))
        let keys = Set(labels.filter { $0.number != nil }.map(\.name)).sorted().filter {
            labelNames[$0] != SampleLists.key
        }
        for name in keys {
            keyNames.append(name)
            // The concurrency of a report is the data's max_concurrency, its threads are n_threads.
            let reading = NameReading(labelNames[name])
            let words = reading.subject.isEmpty ? reading.words : reading.subject
            let counted = words.drop { Lexicon.counting.contains($0) }
            _ = keyIndex.add(Canon.terms(counted.isEmpty ? words : Array(counted)).map(\.term), group: 0)
        }
        for (index, label) in labels.enumerated()
        where label.number == nil && label.text.utf8.contains(where: { $0 &- 0x30 < 10 }) {
            // A date that names rows or files is one of the data, too.
            let written = ReportDate(written: label.text)
            if let date = written ?? ReportDate(inName: label.text) {
                dates.append((date, FactSource(file: label.text)))
            }
            if let written, label.kind == .text { dateLabels.append((written, index)) }
        }
        days = Days(dated.map { known($0.labels, name: $0.name, date: $0.date) } + rowsOfDays())
        dated = []
        for name in labelNames + columns.map(\.name) {
            if let date = ReportDate(inName: name) { dates.append((date, FactSource(file: name))) }
        }
        for file in files { vocabulary.formUnion(Canon.terms(ofName: file)) }
        nameTerms = labelNames.map(Canon.terms(ofName:))
        kindTerms.formUnion(nameTerms.joined())
        vocabulary.formUnion(kindTerms)
        for identifier in identifiers { vocabulary.formUnion(Canon.terms(ofName: identifier)) }
    }

    /// A day with those of its labels that rows have.
    private func known(_ labels: [FactLabel], name: String, date: ReportDate) -> Days.Dated {
        // A word of a file's name names no owner of what happened on a day.
        let known = labels.filter { $0.kind != .path && !($0.kind == .file && $0.name.isEmpty) }.compactMap { label in
            nameByText["\(label.kind.rawValue) \(label.name)"].flatMap {
                labelByKey[LabelKey(name: $0, text: label.text)]
            }
        }
        return Days.Dated(labels: known, name: name, date: date)
    }

    /// Of a text of a row that is a sentence.
    private static let leastSpaces = 6

    /// The page at the root of an address is its home.
    private static func terms(ofLabel text: String) -> [String] {
        let terms = Canon.terms(ofName: Namesakes.withoutOwner(text))
        let isRoot =
            text.hasSuffix("/") && text.split(separator: "/", omittingEmptySubsequences: true).count == 2
            && text.contains("://")
        return isRoot ? terms + ["home"] : terms
    }
}
