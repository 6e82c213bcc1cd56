import GateCore
import GateJSON
import GateVocabulary

/// Facts and harvested metrics of one file of separated values: commas, semicolons or tabs, in one block or several with
/// headers of their own.
struct CSVFacts: ~Copyable {
    private var parser: CSVParser
    private let file: String
    private var fields = Room<CSVParser.Field>()
    /// The header of the block that is read.
    private var header: [Header] = []
    /// The line above a header, where only one thing stands.
    private var title: [UInt8]?
    /// Kept back until the file is read to its end.
    private var harvested: [(name: Int, value: Double, line: Int)] = []

    private struct Header {
        /// In the table of names.
        let number: Int
        /// The original project harvests it, and no file before did.
        var isWanted: Bool
    }

    /// Collects the facts of a file that was begun; after an error, some of them.
    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, file: String, into collector: inout FactCollector
    ) throws(FileRefusal) {
        var reader = CSVFacts(bytes, file: file)
        guard try reader.nextHeader() else { throw FileRefusal(reason: "the file is empty: there is no header") }
        while try reader.readBlock(&collector) {}
        for found in reader.harvested {
            collector.harvest(column: found.name, found.value, file: file, line: found.line)
        }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) {
        parser = CSVParser(bytes)
        self.file = file
        let declared = CSVFacts.declaredSeparator(bytes)
        parser = parser.restarted(separator: declared ?? CSVFacts.separator(bytes, isTabs: file.hasSuffix(".tsv")))
        if declared != nil { parser.skipLine() }
    }

    // MARK: - Separators

    /// `sep=;` on the first line, as spreadsheets write it.
    private static func declaredSeparator(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
        guard bytes.count > 5, zip(bytes, "sep=".utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 }), bytes[5] < 0x20 else {
            return nil
        }
        return bytes[4]
    }

    /// What stands most often on the first line that is no comment, outside quotes.
    static func separator(_ bytes: UnsafeBufferPointer<UInt8>, isTabs: Bool) -> UInt8 {
        let candidates = [ascii(","), ascii(";"), 0x09, ascii("|")]
        var counts = [0, 0, 0, 0]
        var (isQuoted, isComment, hasBegun) = (false, false, false)
        for byte in bytes.prefix(1 << 16) {
            if byte == 0x0A || byte == 0x0D {
                if hasBegun, !isComment, !isQuoted { break }
                if !isQuoted { (hasBegun, isComment) = (false, false) }
                continue
            }
            if !hasBegun {
                hasBegun = true
                isComment = byte == ascii("#")
            }
            if byte == ascii("\"") { isQuoted.toggle() }
            if !isQuoted, !isComment, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
        }
        if isTabs || counts[2] > 0 && counts[2] >= counts[0] && counts[2] >= counts[1] { return 0x09 }
        if counts[1] > counts[0] { return ascii(";") }
        return counts[0] == 0 && counts[3] > 0 ? ascii("|") : ascii(",")
    }

    /// Whether all lines have as many cells as the first one, which names the columns: what a tool wrote for programs
    /// (`sacct --parsable2 > jobs.txt`), whatever the file is called.
    static func isTable(_ lines: [Slice<UnsafeBufferPointer<UInt8>>]) -> Bool {
        var rows = lines.lazy.map { trimmedEnd(UnsafeBufferPointer(rebasing: $0)) }.filter { !$0.isEmpty }
            .makeIterator()
        guard let first = rows.next() else { return false }
        let separator = separator(first, isTabs: false)
        // A bar or a blank around it is drawn for people.
        let names = first.split(separator: separator, omittingEmptySubsequences: false).map {
            UnsafeBufferPointer(rebasing: $0)
        }
        guard names.count >= fewestColumns,
            names.allSatisfy({ name in
                name.first.map { !isBlank($0) } ?? false && name.last.map { !isBlank($0) } ?? false
                    && name.count <= longestName && WrittenNumber(cell: name) == nil
            })
        else { return false }
        var count = 0
        while let row = rows.next() {
            guard row.count(where: { $0 == separator }) == names.count - 1 else { return false }
            count += 1
        }
        return count > 1
    }

    /// A comma or two stand in a sentence.
    private static let fewestColumns = 4
    private static let longestName = 40

    private static func trimmedEnd(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: line.prefix((line.lastIndex { ![0x0A, 0x0D, 0x20].contains($0) } ?? -1) + 1))
    }

    // MARK: - Blocks

    /// Goes on to a header: past comments, and past a line with one field above a wider one.
    /// - Returns: false at the end of the text.
    private mutating func nextHeader() throws(FileRefusal) -> Bool {
        while true {
            parser.skipBlankLines()
            if parser.upcoming.first == ascii("#"), try !isHeader(parser.upcoming) {
                parser.skipLine()
                continue
            }
            guard try parser.next(&fields) else { return false }
            guard fields.count == 1, !fields[0].isEmpty, !isNumber(fields[0]), try widens() else { return true }
            title = titleInFields
        }
    }

    /// The one field that was read; nil where it is what a profiler says.
    private var titleInFields: [UInt8]? {
        let words = trimmed(parser.slice(fields[0]))
        return words.starts(with: "==".utf8) ? nil : Array(words)
    }

    /// `# step,loss` is a header where as many values with a number among them stand below it.
    private mutating func isHeader(_ line: UnsafeBufferPointer<UInt8>) throws(FileRefusal) -> Bool {
        let width = line.count { $0 == parser.separator } + 1
        guard width > 1 else { return false }
        var below = parser
        below.skipLine()
        below.skipBlankLines()
        guard below.upcoming.first != ascii("#"), try below.next(&fields) else { return false }
        return fields.count == width && (0..<fields.count).contains { isNumber(fields[$0]) }
    }

    /// The next record has several fields, or the one behind more lines of words, which tools say before their table
    /// (`==PROF== Connected to process 48213`).
    private mutating func widens() throws(FileRefusal) -> Bool {
        var below = parser
        var wider = Room<CSVParser.Field>()
        for _ in 0..<CSVFacts.mostWords {
            guard try below.next(&wider) else { return false }
            if wider.count > 1 { return true }
            guard !wider[0].isEmpty, !isNumber(wider[0]), below.slice(wider[0]).contains(where: isBlank) else {
                return false
            }
        }
        return false
    }

    private static let mostWords = 32

    private func isNumber(_ field: CSVParser.Field) -> Bool {
        !field.digits.isNone || WrittenNumber(cell: parser.slice(field)) != nil
    }

    /// Reads the rows below the header that stands in the fields.
    /// - Returns: whether another block follows, whose header then stands in the fields.
    private mutating func readBlock(_ collector: inout FactCollector) throws(FileRefusal) -> Bool {
        let names = (0..<fields.count).map { name(fields[$0], isFirst: $0 == 0, &collector) }
        collector.recognise(columns: names)
        header = names.map { Header(number: $0, isWanted: collector.isWanted(column: $0)) }
        var outer = collector.packer.owner(0, collector.label(file: file))
        if let title {
            outer = collector.packer.owner(outer, title.withUnsafeBufferPointer { collector.label(path: $0) })
        }
        title = nil
        var facts = TableFacts(names: names, outer: outer, namesColumns: true, takesRemarks: false, collector)
        // Taken out, since two parts of the collector are wanted at a time.
        var table = collector.takeTable()
        let goesOn = try readRows(into: &table, &facts, &collector)
        facts.append(table, to: &collector)
        collector.giveBack(table)
        collector.lookForRepeated(facts.columns.map(\.number))
        return goesOn
    }

    private func name(_ field: CSVParser.Field, isFirst: Bool, _ collector: inout FactCollector) -> Int {
        let slice = parser.slice(field)
        if isFirst, slice.first == ascii("#") {
            let rest = UnsafeBufferPointer(rebasing: slice.dropFirst().drop { $0 == ascii("#") || isBlank($0) })
            if !rest.isEmpty { return collector.names.find(rest) }
        }
        return field.hasEscapes ? collector.names.find(parser.text(field)) : collector.names.find(slice)
    }

    private mutating func readRows(
        into table: inout CellTable, _ facts: inout TableFacts, _ collector: inout FactCollector
    ) throws(FileRefusal) -> Bool {
        var row = 0
        while try parser.next(&fields) {
            if parser.followsBlank, isNextHeader {
                guard fields.count == 1, try widens() else { return true }
                title = titleInFields
                return try nextHeader()
            }
            if fields.count < header.count, parser.slice(fields[0]).first == ascii("#") { continue }
            try checkWidth()
            row += 1
            if row <= Harvest.maximumRows { harvest() }
            if row == 1, takeSecondHeader(&facts, &collector) { continue }
            append(to: &table)
            if table.isFull {
                facts.append(table, to: &collector)
                table.removeAll()
            }
        }
        return false
    }

    /// Behind a blank line: texts alone, as many as the header has or more.
    private var isNextHeader: Bool {
        let texts = (0..<fields.count).count { !fields[$0].isEmpty && !isNumber(fields[$0]) }
        return texts > 0 && (0..<fields.count).allSatisfy { fields[$0].isEmpty || !isNumber(fields[$0]) }
    }

    private func append(to table: inout CellTable) {
        table.beginRow()
        for index in 0..<min(fields.count, header.count) {
            let field = fields[index]
            guard !field.hasEscapes else {
                table.append(copyOf: parser.text(field).utf8)
                continue
            }
            table.append(parser.slice(field), digits: field.digits)
        }
        table.endRow(line: parser.line)
    }

    /// Missing cells at the end of a row are empty ones; cells without a column are an error.
    private func checkWidth() throws(FileRefusal) {
        guard fields.count > header.count,
            (header.count..<fields.count).contains(where: { !fields[$0].isEmpty })
        else { return }
        throw FileRefusal(
            reason: "line \(parser.line): \(fields.count) fields, but the header has \(header.count)")
    }

    private mutating func harvest() {
        for index in header.indices where index < fields.count && header[index].isWanted {
            guard let value = Harvest.value(parser.slice(fields[index])) else { continue }
            harvested.append((header[index].number, value, parser.line))
            header[index].isWanted = false
        }
    }

    /// Profilers write the units in a row of their own below the header; other tables have names below the names of
    /// groups: no number in it, and its first cell empty.
    private func takeSecondHeader(_ facts: inout TableFacts, _ collector: inout FactCollector) -> Bool {
        guard (0..<fields.count).allSatisfy({ fields[$0].digits.isNone }) else { return false }
        let cells = (0..<fields.count).map { index in
            let cell = trimmed(parser.slice(fields[index]))
            return ColumnSurvey.isMissing(cell) ? UnsafeBufferPointer(rebasing: cell.prefix(0)) : cell
        }
        let written = cells.filter { !$0.isEmpty }
        guard !written.isEmpty, !written.contains(where: { WrittenNumber(cell: $0) != nil }) else { return false }
        let units = cells.map { Quantity(unit: String(decoding: $0, as: UTF8.self)) }
        let read = units.count { $0 != nil }
        let isMeasured = units.allSatisfy { $0?.dimension != .count }
        // Above the names of the rows there may be a text.
        let isOfUnits = read == written.count || units[0] == nil && read >= 2 && read == written.count - 1 && isMeasured
        guard cells[0].isEmpty || isOfUnits else { return false }
        for index in header.indices where index < units.count { facts.setUnit(units[index], of: index) }
        if cells[0].isEmpty { nameColumns(cells, units, &facts, &collector) }
        return true
    }

    /// The names of the second row stand below those of groups, each above its first column.
    private func nameColumns(
        _ cells: [UnsafeBufferPointer<UInt8>], _ units: [Quantity?], _ facts: inout TableFacts,
        _ collector: inout FactCollector
    ) {
        let names = header.map { collector.names[$0.number].text }
        guard names.dropFirst().contains("") else { return }
        var group = ""
        for index in header.indices.dropFirst() where index < cells.count {
            if !names[index].isEmpty { group = names[index] }
            let own = units[index] == nil ? String(decoding: cells[index], as: UTF8.self) : ""
            let name = own.isEmpty || group.isEmpty ? group + own : "\(group) \(own)"
            if name != names[index] { facts.rename(index, collector.names.find(name), collector) }
        }
    }
}
