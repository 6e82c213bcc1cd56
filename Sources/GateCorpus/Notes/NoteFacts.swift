import GateCore
import GateJSON
import GateVocabulary

/// Facts of the regular lines of a text that a tool wrote, and the numbers of its other lines. It is told from prose by the
/// form of its lines alone.
struct NoteFacts: ~Copyable {
    typealias Text = UnsafeBufferPointer<UInt8>

    struct Line {
        let text: Text
        var indent: Int
        let number: Int
        var read: NoteLine?
        /// Its facts are told by the tool that wrote it.
        var isTaken = false
        /// Of its pairs, in the table of names.
        var names: [Int] = []
        /// In a table that the lines around it tell.
        var row: Row?
    }

    struct Row {
        var cells: [Text] = []
        /// Of the columns of the table that begins here; none in one that goes on.
        var header: [String] = []
        /// Of the header.
        var indent = 0
    }

    var lines: [Line] = []
    /// Names that several lines have, each as one row of a table.
    private var rows: Set<[Int]> = []
    private var tree = NoteTree()
    private var console = ConsoleColumns()
    private var cells = PlainCells()
    private var table: Int?
    /// Names of settings that are said once.
    private var settings: Set<Int> = []
    private let isOfSettings: Bool

    /// Collects the facts of a file that was begun.
    /// - Parameter isOfSettings: it says how something was run. What several of it have is a table; the rest is that of one
    ///   run, which nothing in it tells.
    static func read(
        _ lines: [Slice<UnsafeBufferPointer<UInt8>>], file: String, isOfSettings: Bool,
        into collector: inout FactCollector
    ) {
        var formats = NoteFormats()
        collector.format = nil
        var reader = NoteFacts(lines, file, isOfSettings, &formats, &collector)
        reader.findRows(&collector)
        for index in reader.lines.indices { reader.take(reader.lines[index], &collector) }
        let owner = reader.takeSettings(collector.packer.owner(0, collector.label(file: file)), &collector)
        reader.append(0, owner, nil, &collector)
        collector.format = formats.name.flatMap { name in KnownFormats.texts.first { $0.name == name } }
    }

    private init(
        _ texts: [Slice<UnsafeBufferPointer<UInt8>>], _ file: String, _ isOfSettings: Bool,
        _ formats: inout NoteFormats, _ collector: inout FactCollector
    ) {
        self.isOfSettings = isOfSettings
        let owner = collector.packer.owner(0, collector.label(file: file))
        lines.reserveCapacity(texts.count)
        for (index, slice) in texts.enumerated() {
            let whole = Text(rebasing: slice)
            let text = trimmed(whole)
            let indent = self.indent(of: whole, text)
            var line = NoteFacts.plain(Line(text: text, indent: indent, number: index + 1))
            let isRemark = text.first == ascii("#") || text.first == ascii(";")
            line.isTaken = !isOfSettings && formats.take(whole, line.number, owner, &collector)
            line.read = isRemark || line.isTaken ? nil : NoteLine(line.text)
            lines.append(line)
        }
        readBlocks()
        for index in lines.indices { name(index, &collector) }
    }

    /// Numbers that end where the one above does stand below each other: `99%`, `100%`.
    private func indent(of line: Text, _ text: Text) -> Int {
        let indent = line.prefix(while: isBlank).reduce(0) { $0 + ($1 == 0x09 ? 4 : 1) }
        guard let above = lines.last, let first = text.first, isDigit(first), indent != above.indent,
            above.text.first.map(isDigit) == true
        else { return indent }
        func end(_ text: Text, _ indent: Int) -> Int { indent + text.prefix { !isBlank($0) }.count }
        return end(text, indent) == end(above.text, above.indent) ? above.indent : indent
    }

    /// `clat (usec): min=80` is the minimum of what its head names.
    private mutating func name(_ index: Int, _ collector: inout FactCollector) {
        guard let read = lines[index].read else { return lines[index].names = [] }
        let head = read.head.map { collector.names.find($0) }
        let metric = head.map { collector.names[$0].metric }.flatMap { $0.isMeasured && !$0.isBare ? $0 : nil }
        lines[index].names = read.pairs.map { pair in
            if pair.rate != nil || pair.subject != nil {
                let parts = [pair.subject, pair.name, pair.rate].compactMap { $0 }
                return collector.names.find(parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " "))
            }
            let own = collector.names.find(pair.name)
            if read.isList, let head = read.head {
                let (head, name) = (String(decoding: head, as: UTF8.self), collector.names[own].text)
                return collector.names.find(name.utf8.allSatisfy(isDigit) ? "\(head) p\(name)" : "\(head) \(name)")
            }
            guard let metric, collector.names.columnTraits(of: own).isBareStatistic else { return own }
            let bare = collector.names[own]
            let isOrdinal = bare.text.hasSuffix("%") || bare.text.hasSuffix("th")
            return collector.names.find("\(metric.name) \(isOrdinal ? bare.metric.statistic.name : bare.text)")
        }
    }

    /// Without the mark of a list, or what is drawn around a heading: that stands above all that follows.
    private static func plain(_ line: Line) -> Line {
        let text = line.text
        guard text.count > 2, let first = text.first else { return line }
        if first == ascii("-") || first == ascii("*"), isBlank(text[1]) {
            let inner = trimmed(Text(rebasing: text[1...]))
            return Line(text: inner, indent: line.indent + text.count - inner.count, number: line.number)
        }
        let drawn = text.prefix { $0 == first }.count
        if drawn > 2, drawn < text.count, "=-#*>".utf8.contains(first) {
            let end = text.lastIndex { $0 != first } ?? drawn
            return Line(text: trimmed(Text(rebasing: text[drawn...end])), indent: -1, number: line.number)
        }
        // `[section]`
        guard first == ascii("["), text.last == ascii("]"), !text.contains(ascii(",")) else { return line }
        return Line(text: Text(rebasing: text[1..<text.count - 1]), indent: -1, number: line.number)
    }

    /// Lines of several pairs whose names are those of the line before, and those between such lines.
    private mutating func findRows(_ collector: inout FactCollector) {
        let several = lines.indices.filter { lines[$0].names.count > 1 }
        for (index, next) in zip(several, several.dropFirst()) where lines[index].names == lines[next].names {
            rows.insert(lines[index].names)
        }
        let counts = Dictionary(several.map { (lines[$0].names, 1) }, uniquingKeysWith: +)
        var between: Set<[Int]> = []
        for (index, next) in zip(several, several.dropFirst()) {
            for (one, other) in [(index, next), (next, index)]
            where rows.contains(lines[one].names) && counts[lines[other].names] ?? 0 > 1 {
                between.insert(lines[other].names)
            }
        }
        rows.formUnion(between)
        for index in lines.indices where counts[lines[index].names] ?? 0 < 2 {
            let names = lines[index].names
            lines[index].read = lines[index].read?.stated { collector.names.role(of: names[$0]) == .parameter }
            name(index, &collector)
        }
    }

    // MARK: - Lines

    private mutating func take(_ line: Line, _ collector: inout FactCollector) {
        guard !line.isTaken else { return }
        guard line.text.contains(where: { isDigit($0) || ($0 | 0x20) &- 0x61 < 26 || $0 >= 0x80 }) else {
            if line.text.isEmpty { tree.endParagraph() }
            return
        }
        let isRow = rows.contains(line.names)
        if let row = line.row {
            if !row.header.isEmpty {
                console.end()
                table = tree.beginTable(row.header.map { collector.names.find($0) }, indent: row.indent)
            }
            if let table, let name = row.cells.first {
                // What stands in a name is no value.
                MarkdownProse.read(name, line: line.number, into: &collector)
                return tree.appendRow(row.cells, line: line.number, to: table)
            }
        } else if let read = line.read {
            table = nil
            if isOfSettings { mention(read, line, &collector) }
            let none = collector.names.find("")
            let isTaken = tree.append(
                read, names: line.names, none: none, indent: line.indent, number: line.number, isRow: isRow)
            if isTaken, read.isWhole, !isOfSettings || read.pairs.allSatisfy(\.isNumber) { return }
        } else if takeRow(line, &collector) {
            return
        } else if line.text.last == ascii(":") || line.indent < 0 {
            tree.open(line.text, indent: line.indent)
        } else {
            tree.pass(line.text, indent: line.indent)
        }
        if !mentionFields(line, &collector) { MarkdownProse.read(line.text, line: line.number, into: &collector) }
    }

    /// `perf,cpu,,--dt=bf16 1024x4096,92.34,13.5281`: columns that nothing names.
    private func mentionFields(_ line: Line, _ collector: inout FactCollector) -> Bool {
        let fields = line.text.split(separator: ascii(","), omittingEmptySubsequences: false).map(Text.init(rebasing:))
        guard fields.count > 4, fields.dropFirst().allSatisfy({ $0.first != 0x20 }) else { return false }
        let numbers = fields.map { WrittenNumber(cell: $0) }
        guard numbers.count(where: { $0 != nil }) > 2 else { return false }
        for (field, number) in zip(fields, numbers) {
            guard let number else {
                MarkdownProse.read(field, line: line.number, into: &collector)
                continue
            }
            let name = collector.mentionName(.number, number.quantity, called: "")
            collector.mentions.append(field, value: number.value, name: name, owner: 0, line: line.number)
        }
        return true
    }

    /// What was set by a name is known, although nothing tells what run it is of.
    private func mention(_ read: NoteLine, _ line: Line, _ collector: inout FactCollector) {
        for (name, pair) in zip(line.names, read.pairs) where pair.isNumber {
            guard let number = WrittenNumber(remarked: pair.value) else { continue }
            let name = collector.mentionName(.number, number.quantity, called: collector.names[name].text)
            collector.mentions.append(pair.value, value: number.value, name: name, owner: 0, line: line.number)
        }
    }

    /// Of columns whose names say something else: the share of values within one deviation, of wrk.
    private static let meanings = ["+/- Stdev": "within one deviation"]

    /// - Returns: whether the line is a row below a header.
    private mutating func takeRow(_ line: Line, _ collector: inout FactCollector) -> Bool {
        if line.text.contains(ascii("|")) { cells.readBars(line.text) } else { cells.readColumns(line.text) }
        guard cells.count > 1 else { return false }
        switch console.look(at: cells, line: line.number, isInTable: table != nil) {
        case .none: table = nil
        case .first(let header):
            let names = header.map { name in
                let name = String(decoding: name, as: UTF8.self)
                return collector.names.find(NoteFacts.meanings[name] ?? name)
            }
            table = tree.beginTable(names, indent: line.indent)
        case .row: break
        }
        guard let table else { return false }
        tree.appendRow((0..<cells.count).map { cells[$0] }, line: line.number, to: table)
        return true
    }

    // MARK: - Facts

    /// What the whole text says once of how it was run holds for all of it, wherever it stands.
    private mutating func takeSettings(_ owner: Int, _ collector: inout FactCollector) -> Int {
        var found: [(name: Int, value: Text, line: Int)] = []
        for line in lines {
            guard let read = line.read else { continue }
            for (name, pair) in zip(line.names, read.pairs) where collector.names.role(of: name) == .parameter {
                found.append((name, pair.value, line.number))
            }
        }
        let counts = Dictionary(found.map { ($0.name, 1) }, uniquingKeysWith: +)
        settings = Set(counts.filter { $0.value == 1 }.keys)
        found.removeAll { !settings.contains($0.name) }
        var owner = owner
        for (name, value, _) in found {
            owner = collector.packer.owner(owner, collector.label(name, onOneLine: true, equals: withoutZeros(value)))
        }
        for (name, value, line) in found {
            guard let number = WrittenNumber(remarked: value)?.value else { continue }
            let fact = FactName(
                metric: collector.names[name].metric.name, statistic: .raw, dimension: .unknown, unit: nil, kind: .key,
                place: .line)
            collector.packer.append(value, value: number, name: collector.packer.add(fact), owner: owner, line: line)
        }
        return owner
    }

    /// - Parameter subject: what a heading says that bare statistics below it are of.
    private func append(_ index: Int, _ owner: Int, _ subject: MetricName?, _ collector: inout FactCollector) {
        let node = tree.nodes[index]
        var (owner, subject) = (owner, subject)
        if !node.heading.isEmpty {
            let name = collector.names.find(node.heading)
            let metric = collector.names[name].metric
            subject = !metric.isBare && metric.isMeasured ? metric : nil
            let isOfBare = node.columns.contains { collector.names.columnTraits(of: $0).isBareStatistic }
            if subject == nil || !isOfBare && !node.columns.isEmpty {
                owner = collector.packer.owner(owner, collector.label(path: node.heading))
            }
        }
        let isTable = node.records.count { !$0.values.isEmpty } > 1
        guard !node.columns.isEmpty, isTable || !isOfSettings else {
            for child in node.records.flatMap(\.children) { append(child, owner, subject, &collector) }
            return
        }
        var cells = collector.takeTable()
        for record in node.records { append(record, of: node, to: &cells) }
        var facts = TableFacts(
            names: node.columns, outer: owner, namesColumns: false, takesRemarks: true,
            subject: node.hasHeads || subject != nil ? .named(subject) : .siblings, collector)
        facts.append(cells, to: &collector)
        let owners = node.records.indices.map { row in
            node.records[row].children.isEmpty ? owner : facts.rowOwner.of(row, cells, &collector)
        }
        collector.giveBack(cells)
        for (record, owner) in zip(node.records, owners) {
            for child in record.children { append(child, owner, subject, &collector) }
        }
    }

    private func append(_ record: NoteTree.Record, of node: NoteTree.Node, to cells: inout CellTable) {
        var places = Array(repeating: -1, count: node.columns.count)
        for (place, value) in record.values.enumerated()
        where places[value.column] < 0 && !settings.contains(node.columns[value.column]) {
            places[value.column] = place
        }
        cells.beginRow()
        for place in places {
            let value = place < 0 ? nil : record.values[place]
            cells.append(value?.text ?? Text(start: nil, count: 0), line: value?.line ?? 0)
        }
        cells.endRow(line: record.values.first?.line ?? 0)
    }
}
