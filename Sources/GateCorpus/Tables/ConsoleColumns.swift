/// Tells the rows of a table that is drawn with blanks or bars: lines of as many cells as the one of texts above them has.
struct ConsoleColumns {
    enum Line {
        case none, row
        /// The first row, below a header.
        case first([[UInt8]])
    }

    private var width = 0
    /// A line that may be the header of the next one.
    private var names: [[UInt8]] = []
    private var namesLine = 0
    private var lastRow = 0

    mutating func end() { width = 0 }

    mutating func look(at cells: borrowing PlainCells, line: Int, isInTable: Bool) -> Line {
        let numbers = (0..<cells.count).count { WrittenNumber(remarked: cells[$0]) != nil }
        // Right below a row, one without numbers is no header.
        if numbers > 0 || line == lastRow + 1, width == cells.count, isInTable {
            lastRow = line
            return .row
        }
        end()
        if numbers == 0 {
            (names, namesLine) = ((0..<cells.count).map { Array(cells[$0]) }, line)
        } else if names.count == cells.count, line - namesLine <= 2 {
            (width, lastRow) = (cells.count, line)
            return .first(names)
        }
        return .none
    }
}
