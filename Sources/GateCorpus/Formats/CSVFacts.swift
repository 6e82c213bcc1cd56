import GateCore

/// Facts and harvested metrics of one CSV file.
struct CSVFacts: ~Copyable {
    private struct Column {
        let name: String
        /// In the table of names.
        let number: Int
        let role: NameRole
        /// Under the original project's key; nil for a column that it does not harvest, or that has been harvested.
        var harvestKey: String?
        var unit: Quantity?
    }

    /// What is asked of a column with each of its cells.
    struct Cells {
        let areNumbers: Bool
        /// Of the facts, in the packer; -1 until there is one.
        var factName = -1
    }

    private var parser: CSVParser
    private let file: String
    private var columns: [Column] = []
    private var cells = Room<Cells>()
    private var fields = Room<CSVParser.Field>()
    /// Kept back until the file is read to its end.
    private var harvested: [HarvestedMetric] = []

    /// Collects the facts of a file that was begun; after an error, some of them.
    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, file: String, into collector: inout FactCollector
    ) throws(FileRefusal) {
        var reader = CSVFacts(parser: CSVParser(bytes), file: file)
        try reader.readHeader(&collector)
        try reader.readRows(into: &collector)
        for metric in reader.harvested { collector.harvest(metric.key, metric.value, from: metric.source) }
    }

    private init(parser: CSVParser, file: String) {
        self.parser = parser
        self.file = file
    }

    private mutating func readHeader(_ collector: inout FactCollector) throws(FileRefusal) {
        guard try parser.next(&fields) else { throw FileRefusal(reason: "the file is empty: there is no header") }
        try checkSeparator()
        let numbers = (0..<fields.count).map { index in
            let field = fields[index]
            return field.hasEscapes
                ? collector.names.find(parser.text(field)) : collector.names.find(parser.slice(field))
        }
        let hasParameters = numbers.contains { collector.names[$0].role == .parameter }
        columns = numbers.enumerated().map { index, number in
            let traits = collector.names[number]
            let oneLine = traits.metric.name
            return Column(
                name: oneLine.isEmpty ? "column \(index + 1)" : oneLine, number: number,
                role: traits.role.resolved(besideParameters: hasParameters),
                harvestKey: traits.isHarvested ? "csv_\(traits.text)" : nil)
        }
        for column in columns { cells.append(Cells(areNumbers: column.role == .number)) }
    }

    /// Read as one column, a file with other separators would have no facts, and nobody would know why.
    private func checkSeparator() throws(FileRefusal) {
        guard fields.count == 1 else { return }
        let header = parser.slice(fields[0])
        for (byte, name) in [(ascii(";"), "semicolons"), (0x09, "tabs")] where header.contains(byte) {
            throw FileRefusal(reason: "line 1: the header has \(name) and no commas; write the file with commas")
        }
    }

    private mutating func readRows(into collector: inout FactCollector) throws(FileRefusal) {
        var row = 0
        while try parser.next(&fields) {
            try checkWidth()
            row += 1
            if row <= Harvest.maximumRows { harvest() }
            if row == 1, takeUnits() { continue }
            appendFacts(to: &collector)
        }
    }

    /// Missing cells at the end of a row are empty ones; cells without a column are an error.
    private func checkWidth() throws(FileRefusal) {
        guard fields.count > columns.count,
            (columns.count..<fields.count).contains(where: { !fields[$0].isEmpty })
        else { return }
        throw FileRefusal(
            reason: "line \(parser.line): \(fields.count) fields, but the header has \(columns.count)")
    }

    private mutating func harvest() {
        for index in columns.indices where index < fields.count {
            guard let key = columns[index].harvestKey, let value = Harvest.value(parser.slice(fields[index])) else {
                continue
            }
            let source = FactSource(file: file, line: parser.line, column: columns[index].name)
            harvested.append(HarvestedMetric(key: key, value: value, source: source))
            columns[index].harvestKey = nil
        }
    }

    /// Profilers write the units in a row of their own below the header: no number in it, and its first cell empty.
    private mutating func takeUnits() -> Bool {
        guard fields.count > 0, fields[0].isEmpty else { return false }
        let units = (0..<fields.count).map { trimmed(parser.slice(fields[$0])) }
        guard units.contains(where: { !$0.isEmpty }), !units.contains(where: { WrittenNumber(cell: $0) != nil }) else {
            return false
        }
        for index in columns.indices where index < units.count {
            columns[index].unit = Quantity(unit: String(decoding: units[index], as: UTF8.self))
        }
        return true
    }

    private mutating func appendFacts(to collector: inout FactCollector) {
        var owner = -1
        for index in 0..<min(fields.count, cells.count) where cells[index].areNumbers {
            let digits = fields[index].digits
            if digits.isNone {
                appendUnusual(index, &owner, &collector)
                continue
            }
            if owner < 0 { owner = self.owner(&collector) }
            let name = cells[index].factName >= 0 ? cells[index].factName : newFactName(index, &collector)
            collector.packer.append(digits, name: name, owner: owner, line: parser.line)
        }
    }

    /// Of a cell with something else than a plain number in it.
    private mutating func appendUnusual(_ index: Int, _ owner: inout Int, _ collector: inout FactCollector) {
        let cell = parser.slice(fields[index])
        guard !cell.isEmpty, let number = WrittenNumber(cell: cell) else { return }
        if owner < 0 { owner = self.owner(&collector) }
        let name: Int
        if let quantity = number.quantity {
            name = collector.tableName(columns[index].number, quantity, column: columns[index].name)
        } else {
            name = cells[index].factName >= 0 ? cells[index].factName : newFactName(index, &collector)
        }
        collector.packer.append(
            trimmed(cell), value: number.value, name: name, owner: owner, line: parser.line)
    }

    private mutating func newFactName(_ index: Int, _ collector: inout FactCollector) -> Int {
        let name = collector.tableName(columns[index].number, columns[index].unit, column: columns[index].name)
        cells[index].factName = name
        return name
    }

    /// What the numbers of the row were measured on, from its other cells.
    private func owner(_ collector: inout FactCollector) -> Int {
        var owner = 0
        for index in 0..<min(fields.count, columns.count) {
            let field = fields[index]
            guard !field.isEmpty, let label = label(field, index, &collector) else { continue }
            owner = collector.packer.owner(owner, label)
        }
        return owner
    }

    private func label(_ field: CSVParser.Field, _ index: Int, _ collector: inout FactCollector) -> Int? {
        switch columns[index].role {
        case .label: return label(field) { collector.label($0) }
        case .parameter, .identifier:
            return label(field) { collector.label(columns[index].number, onOneLine: true, equals: $0) }
        case .error: return label(field) { collector.label(errorEquals: $0) }
        case .number:
            guard index == 0, WrittenNumber(cell: parser.slice(field)) == nil else { return nil }
            return label(field) { collector.label($0) }
        case .ambiguousParameter, .moment: return nil
        }
    }

    private func label(_ field: CSVParser.Field, _ make: (UnsafeBufferPointer<UInt8>) -> Int) -> Int {
        guard field.hasEscapes else { return make(parser.slice(field)) }
        var text = parser.text(field)
        return text.withUTF8(make)
    }
}
