import GateCore

/// The cells below the header of a table, as places in its text: of all its rows, or of so many that what the columns
/// are can be seen.
struct CellTable: ~Copyable {
    struct Cell {
        let start: UnsafePointer<UInt8>?
        let count: Int
        /// Where the cell is nothing but a plain number; else none.
        let digits: PackedDecimal

        static var empty: Cell { Cell(start: nil, count: 0, digits: .none) }

        var isEmpty: Bool { count == 0 }
        var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
    }

    struct Row {
        let first: Int
        let count: Int
        /// Counted from 1.
        let line: Int
    }

    /// A file of commas shall not take the machine's memory: the rows that follow are read as these tell.
    static let maximumCells = 1 << 18

    private var cells = Room<Cell>()
    private(set) var rows = Room<Row>()
    /// Texts that stand nowhere as they are meant.
    private var copies: [UnsafeMutableBufferPointer<UInt8>] = []
    /// Of the cells, where a row is gathered from several lines.
    private var lines: [Int] = []

    deinit { for copy in copies { copy.deallocate() } }

    var isFull: Bool { cells.count >= CellTable.maximumCells }

    @inline(__always)
    subscript(row: Int, column: Int) -> Cell {
        let place = rows[row]
        return column < place.count ? cells[place.first + column] : .empty
    }

    @inline(__always)
    func line(_ row: Int, _ column: Int) -> Int {
        lines.isEmpty || column >= rows[row].count ? rows[row].line : lines[rows[row].first + column]
    }

    mutating func beginRow() { start = cells.count }
    private var start = 0

    /// - Parameter digits: where the text is nothing but a plain number; else none.
    @inline(__always)
    mutating func append(_ text: UnsafeBufferPointer<UInt8>, digits: PackedDecimal) {
        guard digits.isNone, let first = text.first, let last = text.last, isBlank(first) || isBlank(last) else {
            cells.append(Cell(start: text.baseAddress, count: text.count, digits: digits))
            return
        }
        let inner = trimmed(text)
        cells.append(Cell(start: inner.baseAddress, count: inner.count, digits: PackedDecimal(inner) ?? .none))
    }

    /// A cell of a row whose cells all have lines of their own.
    mutating func append(_ text: UnsafeBufferPointer<UInt8>, line: Int) {
        append(text, digits: PackedDecimal(text) ?? .none)
        lines.append(line)
    }

    /// Appends a text that does not outlive the call.
    mutating func append(copyOf text: some Collection<UInt8>) {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, text.count))
        let end = copy.update(fromContentsOf: text)
        copies.append(copy)
        let digits = PackedDecimal(UnsafeBufferPointer(rebasing: copy[..<end])) ?? .none
        cells.append(Cell(start: copy.baseAddress, count: end, digits: digits))
    }

    mutating func endRow(line: Int) { rows.append(Row(first: start, count: cells.count - start, line: line)) }

    mutating func removeAll() {
        cells.removeAll()
        rows.removeAll()
        for copy in copies { copy.deallocate() }
        copies.removeAll(keepingCapacity: true)
        lines.removeAll()
    }
}

extension PackedDecimal {
    /// Digits alone, without a sign or a point: such numbers are ordered as their nibbles are.
    @inline(__always)
    var isWhole: Bool {
        // Of a point's and a sign's four bits the highest is set, and one of the two below it.
        nibbles & (nibbles &<< 1 | nibbles &<< 2) & 0x8888_8888_8888_8888 == 0
    }

    /// The digits of a whole number with a fraction of zeros, as `256.000000` is, before its point; nil where it is none.
    var wholeBeforeZeros: UInt64? {
        guard nibbles & 0xF == 0 else { return nil }
        var rest = nibbles
        while rest != 0, rest & 0xF == 0 { rest >>= 4 }
        guard rest & 0xF == PackedDecimal.point else { return nil }
        let whole = PackedDecimal(nibbles: rest >> 4, count: count)
        return whole.isWhole ? whole.nibbles : nil
    }
}
