import GateCore

/// Facts of one table in HTML.
struct HTMLTableFacts: ~Copyable {
    /// What became of a table.
    enum Outcome {
        /// Up to a place in the text, and the line on which that is.
        case read(end: Int, line: Int)
        /// Looked at up to a place.
        case passedOver(end: Int, reason: String?)
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let start: Int
    private let line: Int
    private var names: [Int] = []
    /// Rows that tell the names.
    private var headers = 0
    private var owner: Int
    private var table: CellTable

    /// - Parameter owner: what the headings above say, in the packer.
    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, line: Int, owner: Int, into collector: inout FactCollector
    ) -> Outcome {
        // Once to see whether all of it can be read, and once to do it: a table may be larger than memory should be.
        var outline = HTMLOutline(bytes, at: start, line: line)
        do throws(HTMLTable.Fault) {
            try outline.read()
        } catch {
            return .passedOver(end: outline.table.position, reason: outline.table.hasDigits ? error.reason : nil)
        }
        let (end, endLine) = (outline.table.position, outline.table.line)
        guard outline.rows > 0 else { return .read(end: end, line: endLine) }
        var reader = HTMLTableFacts(bytes, start, line, owner, outline, &collector)
        try? reader.readRows(&collector)
        reader.giveBack(&collector)
        return .read(end: end, line: endLine)
    }

    private init(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ line: Int, _ owner: Int, _ outline: borrowing HTMLOutline,
        _ collector: inout FactCollector
    ) {
        self.bytes = bytes
        self.start = start
        self.line = line
        headers = outline.headers
        names = outline.names.map { name in name.withUnsafeBufferPointer { collector.names.find($0) } }
        self.owner = HTMLTableFacts.owner(owner, outline.table.caption, &collector)
        table = collector.takeTable()
        collector.recognise(columns: names)
    }

    private consuming func giveBack(_ collector: inout FactCollector) { collector.giveBack(table) }

    /// A title names what follows it.
    private static func owner(_ owner: Int, _ title: [UInt8], _ collector: inout FactCollector) -> Int {
        guard !title.isEmpty else { return owner }
        return collector.packer.owner(owner, title.withUnsafeBufferPointer { collector.label(path: $0) })
    }

    private mutating func readRows(_ collector: inout FactCollector) throws(HTMLTable.Fault) {
        var rows = HTMLTable(bytes, at: start, line: line)
        var facts = facts(below: owner, collector)
        var passed = 0
        while try rows.next() {
            let row = rows.row
            if row.isTitle {
                facts.append(table, to: &collector)
                table.removeAll()
                facts = self.facts(below: HTMLTableFacts.owner(owner, row.cells[0], &collector), collector)
            } else if passed < headers {
                passed += 1
            } else {
                append(row)
                guard table.isFull else { continue }
                facts.append(table, to: &collector)
                table.removeAll()
            }
        }
        facts.append(table, to: &collector)
    }

    private func facts(below owner: Int, _ collector: borrowing FactCollector) -> TableFacts {
        TableFacts(names: names, outer: owner, namesColumns: false, takesRemarks: true, collector)
    }

    private mutating func append(_ row: HTMLTable.Row) {
        table.beginRow()
        for cell in row.cells.prefix(names.count) { table.append(copyOf: cell) }
        table.endRow(line: row.line)
    }
}

/// What is known of a table once all of it has been looked at: the names of its columns, and how many rows it has.
private struct HTMLOutline: ~Copyable {
    private(set) var table: HTMLTable
    private(set) var names: [[UInt8]] = []
    private(set) var headers = 0
    /// Below the header.
    private(set) var rows = 0
    /// The rows that may be a header although they do not say so, or the first of those that have none.
    private var first: [[UInt8]] = []
    private var pairs = 0
    private var width = 0

    private static let mostHeaders = 4

    init(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, line: Int) {
        table = HTMLTable(bytes, at: start, line: line)
    }

    mutating func read() throws(HTMLTable.Fault) {
        while try table.next() {
            let row = table.row
            guard !row.isTitle else { continue }
            if row.isHeader, rows == 0, headers < HTMLOutline.mostHeaders, headers == 0 || !hasNumbers(row.cells) {
                headers += 1
                add(row.cells)
            } else {
                if rows == 0 { first = row.cells }
                rows += 1
                width = max(width, (row.cells.lastIndex { !$0.isEmpty } ?? -1) + 1)
                if row.cells.count == 2, !hasNumbers([row.cells[0]]) { pairs += 1 }
            }
        }
        try nameColumns()
        if rows > 0, width > names.count { throw .tooWide }
    }

    /// Of a table without `th` the first row is its header, or each row is a name and a value.
    private mutating func nameColumns() throws(HTMLTable.Fault) {
        guard headers == 0, rows > 0 else { return }
        if first.count == 2, pairs == rows, hasNumbers(first) {
            names = ["metric", "value"].map { Array($0.utf8) }
        } else if !hasNumbers(first), rows > 1 {
            names = first
            (headers, rows) = (1, rows - 1)
        } else if table.hasDigits {
            throw .noHeader
        } else {
            rows = 0
        }
    }

    /// A second row of headers says more of its columns.
    private mutating func add(_ cells: [[UInt8]]) {
        for (column, text) in cells.enumerated() {
            guard column < names.count else {
                names.append(text)
                continue
            }
            guard !text.isEmpty, names[column] != text else { continue }
            names[column] += (names[column].isEmpty ? [] : [0x20]) + text
        }
    }

    private func hasNumbers(_ cells: [[UInt8]]) -> Bool {
        cells.contains { $0.withUnsafeBufferPointer { WrittenNumber(remarked: $0) != nil } }
    }
}
