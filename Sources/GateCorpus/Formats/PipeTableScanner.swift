import GateJSON
import Glibc

/// Finds the tables of GitHub's Markdown and the lines that give a figure a name, line by line, and counts the headings.
///
/// Scans the lines itself: a corpus may hold hundreds of megabytes of Markdown, of which cmark-gfm reads 14 in a second,
/// and only tables, figures and heading lines are wanted.
struct PipeTableScanner: ~Copyable {
    /// Its ``cells`` are there until the next one.
    enum Line {
        /// Of a table.
        case header, row
        /// `- TTFT: 12 ms` in a list, `Mean TTFT (ms):  12.5` in a code block: two cells. A line of text is only one
        /// where the figure has a unit.
        case definition(isText: Bool)
        /// A line of a code block, in cells that stand two blanks apart or more.
        case console
        /// A line that is none of these and has a digit in it: ``text``.
        case text
        /// A table in HTML begins at a place on this line: it is to be read or passed over.
        case html(start: Int)
    }

    /// Lines whose first character after white space is `#`, in code blocks too: the original project's count.
    private(set) var headings = 0
    /// The texts of the headings above, from the outermost one to the nearest, without their hashes.
    private(set) var above: [(level: Int, text: [UInt8])] = []
    /// The points of a list that this one stands below, from the outermost one: their texts, or the names of their figures.
    private(set) var points: [(indent: Int, text: [UInt8])] = []
    /// The number of the line, counted from 1.
    private(set) var line = 0
    /// Without emphasis, code marks and escapes.
    private(set) var cells = PlainCells()
    /// The line without the white space around it.
    private(set) var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var fence: (byte: UInt8, count: Int)?
    private var previous: UnsafeBufferPointer<UInt8>?
    /// The point of a list on the line before.
    private var passedPoint: (indent: Int, text: [UInt8])?
    /// The code block has a table with bars.
    private var hasBars = false
    private var isInTable = false
    private var search: HTMLTableSearch
    private var lineStart = 0
    /// Of tables in HTML that were passed over on this line.
    private var (attempts, attemptedLine) = (0, 0)
    private static let mostAttempts = 8

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        search = HTMLTableSearch(bytes)
    }

    /// Goes on to the next line of a table; nil at the end of the text.
    mutating func next() -> Line? {
        while position < bytes.count {
            let rest = UnsafeBufferPointer(rebasing: bytes[position...])
            let length = offset(of: 0x0A, in: rest) ?? rest.count
            lineStart = position
            position += length + 1
            line += 1
            if !search.isOver, let start = htmlTable(length) { return .html(start: start) }
            let text = UnsafeBufferPointer(rebasing: rest[..<length])
            if let point = passedPoint {
                points.append(point)
                passedPoint = nil
            }
            if let found = visit(trimmed(text), text) { return found }
        }
        return nil
    }

    private mutating func htmlTable(_ length: Int) -> Int? {
        if line != attemptedLine { (attemptedLine, attempts) = (line, 0) }
        guard fence == nil, !isInTable || bytes[lineStart] == ascii("<") else { return nil }
        return search.table(in: lineStart..<lineStart + length)
    }

    /// Goes on behind a table in HTML, on the line where it ends.
    mutating func pass(to end: Int, line: Int) {
        for text in bytes[lineStart..<end].split(separator: 0x0A)
        where text.first(where: { !isBlank($0) }) == ascii("#") {
            headings += 1
        }
        search.pass(to: end)
        (isInTable, previous) = (false, nil)
        position = end
        self.line = line - 1
    }

    /// Reads the line as if no table in HTML began on it.
    mutating func passOver(to end: Int) {
        attempts += 1
        search.pass(to: attempts < PipeTableScanner.mostAttempts ? end : max(end, position))
        position = lineStart
        line -= 1
    }

    private mutating func visit(
        _ line: UnsafeBufferPointer<UInt8>, _ whole: UnsafeBufferPointer<UInt8>
    ) -> Line? {
        text = line
        let isHeading = line.first == ascii("#")
        if isHeading { headings += 1 }
        defer { previous = line }
        if !points.isEmpty, fence == nil, let first = whole.first, !isBlank(first), item(line) == nil {
            points.removeAll()
        }
        if passFence(line) {
            isInTable = false
            return fence == nil || line.isEmpty ? nil : console(line) ?? prose(line)
        }
        let hasPipe = offset(of: ascii("|"), in: line) != nil
        if isInTable, hasPipe {
            cells.read(line)
            return .row
        }
        isInTable = false
        if isHeading {
            let level = line.prefix { $0 == ascii("#") }.count
            above.removeAll { $0.level >= level }
            above.append((level, cells.plain(UnsafeBufferPointer(rebasing: line.dropFirst(level)))))
        } else if hasPipe, let previous, offset(of: ascii("|"), in: previous) != nil, isDelimiter(line) {
            cells.read(line)
            let columns = cells.count
            cells.read(previous)
            guard cells.count == columns else { return nil }
            isInTable = true
            return .header
        } else if !hasPipe, let item = item(line) {
            return point(item, PipeTableScanner.indent(whole)) ?? prose(line)
        } else if !hasPipe, line.count <= PipeTableScanner.longestFigure, isFigure(line) {
            return .definition(isText: true)
        }
        return prose(line)
    }

    private func prose(_ line: UnsafeBufferPointer<UInt8>) -> Line? {
        MarkdownProse.digit(in: line, from: 0) == nil ? nil : .text
    }

    // MARK: - Lists and figures

    /// Of a line of text that is a figure and nothing else.
    private static let longestFigure = 100
    /// A longer one is a sentence, which names nothing.
    private static let longestPoint = 60

    private static func indent(_ line: UnsafeBufferPointer<UInt8>) -> Int {
        line.prefix { $0 == 0x20 || $0 == 0x09 }.reduce(0) { $0 + ($1 == 0x09 ? 4 : 1) }
    }

    /// A point of a list: a figure, or what names the figures of the points below it.
    private mutating func point(_ text: UnsafeBufferPointer<UInt8>, _ indent: Int) -> Line? {
        while let last = points.last, last.indent >= indent { points.removeLast() }
        let isFigure = isFigure(text)
        let name = isFigure ? cells[0] : text
        // "Bandwidth: second in importance" is called by what stands before the colon.
        let end = name.indices.first {
            name[$0] == ascii(":") && ($0 + 1 == name.count || isBlank(name[$0 + 1]) || name[$0 + 1] == ascii("*"))
        }
        let short = UnsafeBufferPointer(rebasing: name[..<(end ?? name.count)])
        passedPoint = (indent, short.count <= PipeTableScanner.longestPoint ? cells.plain(short) : [])
        return isFigure ? .definition(isText: false) : nil
    }

    /// What stands behind the mark of a list's item; nil where none begins the line.
    private func item(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard line.count > 4 else { return nil }
        var start = 0
        switch line[0] {
        case ascii("-"), ascii("+"): start = 1
        case ascii("*"): start = line[1] == ascii("*") ? 0 : 1
        case 0x30...0x39:
            let digits = line.prefix(while: isDigit).count
            guard digits < 4, line[digits] == ascii(".") || line[digits] == ascii(")") else { return nil }
            start = digits + 1
        default: return nil
        }
        guard start == 0 || isBlank(line[start]) else { return nil }
        return trimmed(UnsafeBufferPointer(rebasing: line[start...]))
    }

    /// Whether a line is a name, a colon, an equals sign or a dash, and a number: these are the cells then.
    private mutating func isFigure(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let (end, start, isHyphen) = separator(text), end > 0, end <= 80 else { return false }
        let name = UnsafeBufferPointer(rebasing: text[..<end])
        guard name.count(where: isBlank) < 12, name.contains(where: { ($0 | 0x20) &- 0x61 < 26 || $0 >= 0x80 }) else {
            return false
        }
        cells.read(name, UnsafeBufferPointer(rebasing: text[start...]))
        guard let number = WrittenNumber(remarked: cells[1]) else { return false }
        // "Step 3 - 4" may be a range.
        return !isHyphen || number.quantity != nil
    }

    /// Where the name ends and the number begins.
    private func separator(_ text: UnsafeBufferPointer<UInt8>) -> (end: Int, start: Int, isHyphen: Bool)? {
        var dash: (end: Int, start: Int, isHyphen: Bool)?
        for index in 0..<max(0, text.count - 1) {
            let (byte, next) = (text[index], text[index + 1])
            if byte == ascii(":") || byte == ascii("=") {
                if isBlank(next) || next == ascii("*") || byte == ascii("=") { return (index, index + 1, false) }
            } else if dash == nil, isBlank(byte), next == ascii("-") || next == 0xE2 {
                let isHyphen = next == ascii("-")
                let end = index + (isHyphen ? 2 : 4)
                guard end < text.count, isBlank(text[end]) else { continue }
                // U+2013 and U+2014.
                guard isHyphen || text[index + 2] == 0x80 && (0x93...0x94).contains(text[index + 3]) else { continue }
                dash = (index, end, isHyphen)
            }
        }
        return dash
    }

    private mutating func console(_ line: UnsafeBufferPointer<UInt8>) -> Line? {
        if BoxDrawing.isRule(line) {
            hasBars = true
            return nil
        }
        if hasBars || isAboveRule, (0..<line.count).contains(where: { BoxDrawing.bar(line, at: $0) > 0 }) {
            hasBars = true
            cells.readBars(line)
            return cells.count > 1 ? .console : nil
        }
        if line.contains(where: isDigit), isFigure(line) { return .definition(isText: false) }
        guard !line.allSatisfy({ isBlank($0) || isRule($0) }) else { return nil }
        cells.readColumns(line)
        return cells.count > 1 ? .console : nil
    }

    /// The next line is drawn below the header of a table.
    private var isAboveRule: Bool {
        guard position < bytes.count else { return false }
        let rest = bytes[position...]
        return BoxDrawing.isRule(trimmed(UnsafeBufferPointer(rebasing: rest.prefix { $0 != 0x0A })))
    }

    private func isRule(_ byte: UInt8) -> Bool {
        byte == ascii("-") || byte == ascii("=") || byte == ascii("+") || byte == ascii("|") || byte == ascii("_")
    }

    /// - Returns: whether the line opens, closes or stands in a fenced code block.
    private mutating func passFence(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let byte = line.first ?? 0
        let count = byte == ascii("`") || byte == ascii("~") ? line.prefix { $0 == byte }.count : 0
        if let open = fence {
            if byte == open.byte, count >= open.count, count == line.count { fence = nil }
            return true
        }
        guard count >= 3 else { return false }
        fence = (byte, count)
        hasBars = false
        return true
    }

    /// `| --- | :-: |`
    private func isDelimiter(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        line.contains(ascii("-"))
            && line.allSatisfy { $0 == ascii("-") || $0 == ascii("|") || $0 == ascii(":") || isBlank($0) }
    }
}

private func offset(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let start = bytes.baseAddress, let found = memchr(start, Int32(byte), bytes.count) else { return nil }
    return UnsafeRawPointer(start).distance(to: found)
}
