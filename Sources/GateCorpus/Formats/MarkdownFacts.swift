import GateCore

/// Facts of the tables of one Markdown file, and its count of headings.
struct MarkdownFacts: ~Copyable {
    private struct Column {
        /// In the table of names.
        let name: Int
        let role: NameRole
        /// Of its facts, in the packer; nil until there is one.
        var factName: Int?
    }

    private var scanner: PipeTableScanner
    private var columns: [Column] = []
    /// The rows are metrics, and the columns what they were measured on.
    private var isByMetric = false
    /// What the heading above the table says.
    private var heading = 0

    /// Collects the facts of a file that was begun.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, into collector: inout FactCollector) {
        var reader = MarkdownFacts(bytes)
        while let line = reader.scanner.next() {
            switch line {
            case .header: reader.readHeader(&collector)
            case .row: reader.readRow(&collector)
            }
        }
        collector.count(headings: reader.scanner.headings)
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { scanner = PipeTableScanner(bytes) }

    private mutating func readHeader(_ collector: inout FactCollector) {
        let names = (0..<scanner.cells.count).map { collector.names.find(scanner.cells[$0]) }
        let hasParameters = names.contains { collector.names.role(of: $0) == .parameter }
        columns = names.map { name in
            Column(name: name, role: collector.names.role(of: name).resolved(besideParameters: hasParameters))
        }
        isByMetric =
            names.first.map { ["metric", "measure", "statistic"].contains(lowercased($0, collector)) } ?? false
        heading = 0
        if let text = scanner.heading {
            let label = text.withUnsafeBufferPointer { collector.label($0) }
            heading = collector.packer.owner(0, label)
        }
    }

    private mutating func readRow(_ collector: inout FactCollector) {
        var owner = -1
        for index in 1..<max(1, min(scanner.cells.count, columns.count)) where columns[index].role == .number {
            let cell = scanner.cells[index]
            if let digits = PackedDecimal(cell) {
                let (name, owner) = belongs(index, nil, &owner, &collector)
                collector.packer.append(digits, name: name, owner: owner, line: scanner.line)
            } else if let number = WrittenNumber(remarked: cell) {
                let (name, owner) = belongs(index, number.quantity, &owner, &collector)
                collector.packer.append(
                    cell, value: number.value, name: name, owner: owner, line: scanner.line)
            }
        }
    }

    /// The name of a cell's number and its owner.
    /// - Parameter owner: of the row; -1 until it is known.
    @inline(__always)
    private mutating func belongs(
        _ index: Int, _ quantity: Quantity?, _ owner: inout Int, _ collector: inout FactCollector
    ) -> (name: Int, owner: Int) {
        if isByMetric {
            let name = collector.tableName(collector.names.find(scanner.cells[0]), quantity, column: nil)
            return (name, self.owner(column: index, &collector))
        }
        let name = factName(index, quantity, &collector)
        if owner < 0 { owner = self.owner(&collector) }
        return (name, owner)
    }

    private mutating func factName(_ index: Int, _ quantity: Quantity?, _ collector: inout FactCollector) -> Int {
        if quantity == nil, let name = columns[index].factName { return name }
        let name = collector.tableName(columns[index].name, quantity, column: nil)
        if quantity == nil { columns[index].factName = name }
        return name
    }

    /// In a table with a row for each metric the columns are what was measured; a column `Value` says nothing.
    private func owner(column: Int, _ collector: inout FactCollector) -> Int {
        let name = columns[column].name
        guard !["value", "values", "result"].contains(lowercased(name, collector)) else { return heading }
        return collector.packer.owner(heading, collector.label(collector.names[name].text))
    }

    private func lowercased(_ name: Int, _ collector: borrowing FactCollector) -> String {
        collector.names[name].text.lowercased()
    }

    /// The first cell, and the other cells that tell a name or a setting.
    private func owner(_ collector: inout FactCollector) -> Int {
        var owner = heading
        for index in 0..<min(scanner.cells.count, columns.count) where !scanner.cells[index].isEmpty {
            let cell = scanner.cells[index]
            let label: Int
            switch columns[index].role {
            case .label: label = collector.label(cell)
            case .parameter, .identifier: label = collector.label(columns[index].name, equals: cell)
            case .error: label = collector.label(errorEquals: cell)
            case .number, .ambiguousParameter, .moment:
                guard index == 0 else { continue }
                label =
                    WrittenNumber(remarked: cell) == nil
                    ? collector.label(cell) : collector.label(columns[0].name, equals: cell)
            }
            owner = collector.packer.owner(owner, label)
        }
        return owner
    }
}
