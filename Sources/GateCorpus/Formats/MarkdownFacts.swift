import GateCore
import GateVocabulary

/// Facts of the tables, lists and code blocks of one Markdown file, the numbers of its sentences, and its count of headings.
struct MarkdownFacts: ~Copyable {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var scanner: PipeTableScanner
    private var table: CellTable
    /// The table that is read.
    private var facts: TableFacts?
    /// Of tables in code blocks.
    private var console = ConsoleColumns()
    private let file: Int
    /// What the file's name and the headings above say, in the packer.
    private var heading: Int
    private var headings = 0

    /// Collects the facts of a file that was begun.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, file: String, into collector: inout FactCollector) {
        var reader = MarkdownFacts(bytes, file: file, &collector)
        while let line = reader.scanner.next() {
            switch line {
            case .header: reader.beginTable(&collector)
            case .row: reader.appendRow(&collector)
            case .definition(let isText): reader.appendDefinition(isText, &collector)
            case .console: reader.readConsole(&collector)
            case .text: reader.readProse(&collector)
            case .html(let start): reader.readHTML(start, &collector)
            }
        }
        reader.endTable(&collector)
        collector.count(headings: reader.scanner.headings)
        reader.giveBack(&collector)
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, _ collector: inout FactCollector) {
        self.bytes = bytes
        scanner = PipeTableScanner(bytes)
        table = collector.takeTable()
        self.file = collector.packer.owner(0, collector.label(file: file))
        heading = self.file
    }

    private consuming func giveBack(_ collector: inout FactCollector) { collector.giveBack(table) }

    // MARK: - Tables

    private mutating func beginTable(_ collector: inout FactCollector) {
        endTable(&collector)
        let names = (0..<scanner.cells.count).map { collector.names.find(scanner.cells[$0]) }
        begin(names, &collector)
    }

    private mutating func begin(_ names: [Int], _ collector: inout FactCollector) {
        readHeadings(&collector)
        collector.recognise(columns: names)
        facts = TableFacts(names: names, outer: heading, namesColumns: false, takesRemarks: true, collector)
    }

    private mutating func readHeadings(_ collector: inout FactCollector) {
        guard headings != scanner.headings else { return }
        headings = scanner.headings
        heading = file
        for (_, text) in scanner.above where !text.isEmpty {
            let label = text.withUnsafeBufferPointer { collector.label(path: $0) }
            heading = collector.packer.owner(heading, label)
        }
    }

    private mutating func appendRow(_ collector: inout FactCollector) {
        table.beginRow()
        for index in 0..<scanner.cells.count {
            append(scanner.cells[index])
            readText(of: scanner.cells[index], &collector)
        }
        table.endRow(line: scanner.line)
        guard table.isFull else { return }
        facts?.append(table, to: &collector)
        table.removeAll()
    }

    /// `NVIDIA 570.172.08, CUDA 12.8`: a cell of several words is a sentence, whatever else its row says.
    private func readText(of cell: UnsafeBufferPointer<UInt8>, _ collector: inout FactCollector) {
        guard MarkdownProse.digit(in: cell, from: 0) != nil,
            cell.contains(0x20) || collector.kind(of: cell) == .version,
            WrittenNumber(remarked: cell) == nil
        else { return }
        MarkdownProse.read(cell, line: scanner.line, into: &collector)
    }

    /// A cell without marks lies in the text, any other is gone with the next line.
    private mutating func append(_ cell: UnsafeBufferPointer<UInt8>) {
        let isInText =
            cell.baseAddress.map { start in
                bytes.baseAddress.map { start >= $0 && start + cell.count <= $0 + bytes.count } ?? false
            } ?? true
        guard isInText else { return table.append(copyOf: cell) }
        table.append(cell, digits: PackedDecimal(cell) ?? .none)
    }

    private mutating func endTable(_ collector: inout FactCollector) {
        facts?.append(table, to: &collector)
        facts = nil
        table.removeAll()
        console.end()
    }

    private mutating func readHTML(_ start: Int, _ collector: inout FactCollector) {
        endTable(&collector)
        readHeadings(&collector)
        switch HTMLTableFacts.read(bytes, at: start, line: scanner.line, owner: heading, into: &collector) {
        case .read(let end, let line): scanner.pass(to: end, line: line)
        case .passedOver(let end, let reason):
            if let reason { collector.passOver(table: scanner.line, reason) }
            scanner.passOver(to: end)
        }
    }

    // MARK: - Lists and code blocks

    private mutating func appendDefinition(_ isText: Bool, _ collector: inout FactCollector) {
        endTable(&collector)
        collector.format = nil
        readHeadings(&collector)
        guard let number = WrittenNumber(remarked: scanner.cells[1]) else { return }
        let figure = MarkdownFigure(scanner, heading, number.quantity, &collector)
        guard !isText || figure.isMeasured else { return readProse(&collector) }
        let (value, line) = (scanner.cells[1], scanner.line)
        collector.packer.append(
            value, value: number.value, name: figure.name(&collector), owner: figure.owner, line: line)
        guard let spread = number.spread, !spread.isRelative else { return }
        let name = figure.name(isSpread: true, &collector)
        var written = spread.written
        written.withUTF8 {
            collector.packer.append($0, value: spread.value, name: name, owner: figure.owner, line: line)
        }
    }

    private func readProse(_ collector: inout FactCollector) {
        MarkdownProse.read(scanner.text, line: scanner.line, into: &collector)
    }

    private mutating func readConsole(_ collector: inout FactCollector) {
        let line = console.look(at: scanner.cells, line: scanner.line, isInTable: facts != nil)
        if case .row = line { return appendRow(&collector) }
        let isFirst = console
        endTable(&collector)
        console = isFirst
        readProse(&collector)
        guard case .first(let names) = line else { return }
        begin(names.map { $0.withUnsafeBufferPointer { collector.names.find($0) } }, &collector)
        appendRow(&collector)
    }
}
