import GateCore

/// Facts and harvested metrics of one CSV file.
struct CSVFacts {
    private struct Column {
        let name: String
        let role: NameRole
        let metric: MetricName
        /// Under the original project's key; nil for a column that it does not harvest.
        let harvestKey: String?
        var unit: Quantity?
    }

    private var parser: CSVParser
    private let file: String
    private var columns: [Column] = []
    private var fields: [CSVParser.Field] = []

    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, file: String, names: NameTable, maximumFacts: Int
    ) throws(FileRefusal) -> Findings {
        var reader = CSVFacts(parser: CSVParser(bytes), file: file)
        try reader.readHeader(names)
        var findings = Findings(maximumFacts: maximumFacts)
        try reader.readRows(into: &findings)
        return findings
    }

    private init(parser: CSVParser, file: String) {
        self.parser = parser
        self.file = file
    }

    private mutating func readHeader(_ names: NameTable) throws(FileRefusal) {
        guard try parser.next(&fields) else { throw FileRefusal(reason: "the file is empty: there is no header") }
        let header = fields.map { parser.text($0) }
        let traits = header.map { names[$0] }
        let hasParameters = traits.contains { $0.role == .parameter }
        columns = zip(header, traits).enumerated().map { index, column in
            let (name, traits) = column
            let oneLine = traits.metric.name
            return Column(
                name: oneLine.isEmpty ? "column \(index + 1)" : oneLine,
                role: traits.role.resolved(besideParameters: hasParameters), metric: traits.metric,
                harvestKey: traits.isHarvested ? "csv_\(name)" : nil)
        }
    }

    private mutating func readRows(into findings: inout Findings) throws(FileRefusal) {
        var row = 0
        while try parser.next(&fields) {
            try checkWidth()
            row += 1
            if row <= Harvest.maximumRows { harvest(into: &findings) }
            if row == 1, takeUnits() { continue }
            appendFacts(into: &findings)
        }
    }

    /// Missing cells at the end of a row are empty ones; cells without a column are an error.
    private func checkWidth() throws(FileRefusal) {
        guard fields.count > columns.count, fields[columns.count...].contains(where: { !$0.range.isEmpty }) else {
            return
        }
        throw FileRefusal(
            reason: "line \(parser.line): \(fields.count) fields, but the header has \(columns.count)")
    }

    private func harvest(into findings: inout Findings) {
        for (column, field) in zip(columns, fields) {
            guard let key = column.harvestKey, let value = Harvest.value(parser.slice(field)) else { continue }
            findings.harvest(
                key, value, from: FactSource(file: file, line: parser.line, column: column.name))
        }
    }

    /// Profilers write the units in a row of their own below the header: no number in it, and its first cell empty.
    private mutating func takeUnits() -> Bool {
        guard let first = fields.first, first.range.isEmpty else { return false }
        let units = fields.map { trimmed(parser.slice($0)) }
        guard units.contains(where: { !$0.isEmpty }), !units.contains(where: { WrittenNumber(cell: $0) != nil }) else {
            return false
        }
        for index in columns.indices where index < units.count {
            columns[index].unit = Quantity(unit: String(decoding: units[index], as: UTF8.self))
        }
        return true
    }

    private func appendFacts(into findings: inout Findings) {
        var entity: [String]?
        for (index, field) in fields.enumerated() where index < columns.count && columns[index].role == .number {
            let cell = parser.slice(field)
            guard !cell.isEmpty, let number = WrittenNumber(cell: cell), findings.takesFact() else { continue }
            let owner = entity ?? self.entity
            entity = owner
            let column = columns[index]
            let quantity = number.quantity ?? column.unit ?? column.metric.quantity
            findings.append(
                Fact(
                    entity: owner, metric: column.name, statistic: column.metric.statistic,
                    dimension: quantity.dimension, unit: quantity.unit, value: number.value,
                    written: String(decoding: trimmed(cell), as: UTF8.self),
                    source: FactSource(file: file, line: parser.line, column: column.name)))
        }
    }

    /// What the numbers of the row were measured on, from its other cells.
    private var entity: [String] {
        var entity: [String] = []
        for (index, field) in fields.enumerated() where index < columns.count {
            let cell = parser.slice(field)
            guard !cell.isEmpty else { continue }
            let column = columns[index]
            switch column.role {
            case .label: entity.append(entityText(parser.text(field)))
            case .parameter, .identifier: entity.append(entityText("\(column.name)=\(parser.text(field))"))
            case .error: entity.append(entityText("error=\(parser.text(field))"))
            case .number where index == 0 && WrittenNumber(cell: cell) == nil:
                entity.append(entityText(parser.text(field)))
            case .number, .ambiguousParameter, .moment: break
            }
        }
        return entity
    }
}
