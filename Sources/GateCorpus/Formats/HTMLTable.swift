import GateCore
import GateJSON

/// Reads the rows of one table in HTML, as Markdown files hold them: `table`, `thead`, `tbody`, `tr`, `th`, `td` with
/// `colspan` and `rowspan`, and of other tags the text between them. Ends of cells, rows and groups may be left out.
///
/// Source: HTML Living Standard, 4.9 and 13.2.6. What that repairs by guessing is a fault here, since a number in the
/// wrong column is worse than none. The time is linear in the text, whatever it says.
struct HTMLTable: ~Copyable {
    /// Why a table cannot be read.
    enum Fault: Error {
        case neverClosed, nested, holdsMarkdown, openTag, tooManyCells, noHeader, tooWide

        var reason: String {
            switch self {
            case .neverClosed: "it is never closed"
            case .nested: "another table stands in it"
            case .holdsMarkdown: "Markdown stands in it"
            case .openTag: "a tag or a comment in it is never closed"
            case .tooManyCells:
                "its spans make more cells than it has text, or more than \(HTMLTable.mostColumns) columns"
            case .noHeader: "no names stand above its columns"
            case .tooWide: "a row of it has more cells than there are names of columns"
            }
        }
    }

    struct Cell {
        /// On one line, without tags and marks; entities are what they stand for.
        var text: [UInt8] = []
        let isHeader: Bool
        let columns: Int
        let rows: Int
    }

    /// Of the row that was read last.
    struct Row {
        /// One for each column, spans filled.
        fileprivate(set) var cells: [[UInt8]] = []
        /// Where it begins, counted from 1.
        fileprivate(set) var line = 0
        /// It stands in `thead`, or has nothing but `th`.
        fileprivate(set) var isHeader = false
        /// One cell across several columns.
        fileprivate(set) var isTitle = false
    }

    private(set) var row = Row()
    private(set) var caption: [UInt8] = []
    /// A digit stands in one of the cells so far.
    private(set) var hasDigits = false

    private var scanner: HTMLScanner
    private let start: Int
    /// The row that is being read.
    private var open: (cells: [Cell], line: Int)?
    private var cell: Cell?
    /// By column: cells from above, and in how many more rows they stand.
    private var carried: [(cell: Cell, rows: Int)?] = []
    /// Bytes of cells that stand there only by spans.
    private var spanned = 0
    private var (isInHead, isInCaption, isOver) = (false, false, false)
    /// Tags that strike the text out.
    private var struck = 0
    private var isPower = false

    private static let mostColumns = 1_000
    /// A longer text is no name and no number.
    private static let longestText = 500

    /// - Parameters:
    ///   - start: of `<table`.
    ///   - line: on which it stands.
    init(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, line: Int) {
        scanner = HTMLScanner(bytes, at: start, line: line)
        self.start = start
    }

    /// Behind what has been read.
    var position: Int { scanner.position }
    /// On which the position is.
    var line: Int { scanner.line }

    /// Goes on to the next row with cells.
    /// - Returns: false behind the table.
    mutating func next() throws(Fault) -> Bool {
        while !isOver {
            switch try scanner.next() {
            case .tag(let tag): if try take(tag) { return true }
            case .byte(let byte): append(byte)
            case .character(let scalar): for byte in String(Character(scalar)).utf8 { append(byte) }
            }
        }
        return false
    }

    // MARK: - Tags

    /// - Returns: whether a row with cells has ended.
    private mutating func take(_ tag: HTMLScanner.Tag) throws(Fault) -> Bool {
        switch tag.name {
        case "td", "th":
            endCell()
            if !tag.isEnd { beginCell(tag) }
            return false
        case "caption":
            isInCaption = !tag.isEnd
            return false
        case "tr":
            let hasEnded = try endRow()
            open = tag.isEnd ? nil : ([], tag.line)
            return hasEnded
        case "table", "thead", "tbody", "tfoot":
            guard tag.name != "table" || tag.isEnd || tag.start == start else { throw .nested }
            let hasEnded = try endRow()
            carried.removeAll()
            isInHead = tag.name == "thead" && !tag.isEnd
            isOver = tag.name == "table" && tag.isEnd
            return hasEnded
        default:
            takeInner(tag)
            return false
        }
    }

    private mutating func beginCell(_ tag: HTMLScanner.Tag) {
        if open == nil { open = ([], tag.line) }
        isInCaption = false
        cell = Cell(
            isHeader: tag.name == "th", columns: max(1, tag.columns ?? 1),
            rows: tag.rows == 0 ? .max : max(1, tag.rows ?? 1))
    }

    private mutating func endCell() {
        struck = 0
        guard var ended = cell else { return }
        while ended.text.last == 0x20 { ended.text.removeLast() }
        open?.cells.append(ended)
        cell = nil
    }

    /// A tag inside a cell: some part its texts, some change what they mean.
    private mutating func takeInner(_ tag: HTMLScanner.Tag) {
        switch tag.name {
        case "br", "p", "div", "li", "ul", "ol", "hr", "pre": append(0x20)
        case "del", "s", "strike": struck = max(0, struck + (tag.isEnd ? -1 : 1))
        case "sup":
            // Behind a ten it is an exponent, else a remark: never a digit of the number before it.
            if !tag.isEnd { isPower = cell?.text.suffix(2).elementsEqual("10".utf8) == true }
            let mark = isPower ? (tag.isEnd ? "" : "^") : tag.isEnd ? ")" : " ("
            for byte in mark.utf8 { append(byte) }
        default: break
        }
    }

    // MARK: - Texts

    private mutating func append(_ byte: UInt8) {
        guard struck == 0, byte != ascii("*"), byte != ascii("`"), byte != ascii("\\") else { return }
        if isInCaption {
            HTMLTable.append(byte, to: &caption)
        } else if var text = cell?.text {
            // Taken out, so that it is not copied.
            cell?.text = []
            HTMLTable.append(byte, to: &text)
            cell?.text = text
            if isDigit(byte) { hasDigits = true }
        }
    }

    private static func append(_ byte: UInt8, to text: inout [UInt8]) {
        let byte = isBlank(byte) ? 0x20 : byte
        guard text.count < longestText, byte != 0x20 || text.last.map({ $0 != 0x20 }) == true else { return }
        text.append(byte)
    }

    // MARK: - Rows

    /// - Returns: whether the row had cells.
    private mutating func endRow() throws(Fault) -> Bool {
        endCell()
        guard let (cells, line) = open else { return false }
        open = nil
        var columns: [[UInt8]] = []
        for cell in cells {
            fillCarried(&columns)
            for index in 0..<cell.columns {
                guard columns.count < HTMLTable.mostColumns else { throw .tooManyCells }
                if index > 0 { spanned += cell.text.count + 1 }
                carry(cell, at: columns.count)
                columns.append(cell.text)
            }
        }
        if !cells.isEmpty { fillRest(&columns) }
        // A file may ask for any number of copies of its cells.
        guard spanned <= 10_000 + 4 * (position - start) else { throw .tooManyCells }
        row = Row(
            cells: columns, line: line, isHeader: isInHead || cells.allSatisfy(\.isHeader),
            isTitle: cells.count == 1 && cells[0].columns > 1 && columns.count == cells[0].columns)
        return !cells.isEmpty
    }

    /// Appends the cells from above that stand in the next columns.
    private mutating func fillCarried(_ columns: inout [[UInt8]]) {
        while columns.count < carried.count, let (cell, rows) = carried[columns.count] {
            carried[columns.count] = rows > 1 ? (cell, rows - 1) : nil
            spanned += cell.text.count + 1
            columns.append(cell.text)
        }
    }

    /// Behind the row's own cells, gaps are blank.
    private mutating func fillRest(_ columns: inout [[UInt8]]) {
        while columns.count < carried.count {
            fillCarried(&columns)
            guard columns.count < carried.count else { break }
            spanned += 1
            columns.append([])
        }
        while let last = carried.last, last == nil { carried.removeLast() }
    }

    private mutating func carry(_ cell: Cell, at column: Int) {
        guard cell.rows > 1 else { return }
        while carried.count <= column { carried.append(nil) }
        carried[column] = (cell, cell.rows - 1)
    }
}
