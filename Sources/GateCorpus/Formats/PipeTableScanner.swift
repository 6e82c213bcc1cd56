#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Finds the tables of GitHub's Markdown and the lines that give a figure a name, line by line, and counts the headings.
///
/// Scans the lines itself: a corpus may hold hundreds of megabytes of Markdown, of which cmark-gfm reads 14 in a second,
/// and only tables, figures and heading lines are wanted.
struct PipeTableScanner: ~Copyable {
    /// Its ``cells`` are there until the next one.
    enum Line {
        /// Of a table.
        case header, row
        /// `- TTFT: 12 ms` in a list, `Mean TTFT (ms):  12.5` in a code block: two cells.
        case definition
        /// A line of a code block, in cells that stand two blanks apart or more.
        case console
    }

    /// Lines whose first character after white space is `#`, in code blocks too: the original project's count.
    private(set) var headings = 0
    /// The texts of the headings above, from the outermost one to the nearest, without their hashes.
    private(set) var above: [(level: Int, text: [UInt8])] = []
    /// The number of the line, counted from 1.
    private(set) var line = 0
    /// Without emphasis, code marks and escapes.
    private(set) var cells = PlainCells()

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var fence: (byte: UInt8, count: Int)?
    private var previous: UnsafeBufferPointer<UInt8>?
    private var isInTable = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Goes on to the next line of a table; nil at the end of the text.
    mutating func next() -> Line? {
        while position < bytes.count {
            let rest = UnsafeBufferPointer(rebasing: bytes[position...])
            let length = offset(of: 0x0A, in: rest) ?? rest.count
            position += length + 1
            line += 1
            if let found = visit(trimmed(UnsafeBufferPointer(rebasing: rest[..<length]))) { return found }
        }
        return nil
    }

    private mutating func visit(_ line: UnsafeBufferPointer<UInt8>) -> Line? {
        let isHeading = line.first == ascii("#")
        if isHeading { headings += 1 }
        defer { previous = line }
        if passFence(line) {
            isInTable = false
            return fence == nil || line.isEmpty ? nil : console(line)
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
            return definition(item)
        }
        return nil
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

    /// A name of at most eight words, a colon or an equals sign, and a number.
    private mutating func definition(_ text: UnsafeBufferPointer<UInt8>) -> Line? {
        guard
            let colon = text.indices.first(where: {
                (text[$0] == ascii(":") || text[$0] == ascii("=")) && $0 + 1 < text.count
                    && (isBlank(text[$0 + 1]) || text[$0 + 1] == ascii("*") || text[$0] == ascii("="))
            }), colon > 0, colon <= 80
        else { return nil }
        let name = UnsafeBufferPointer(rebasing: text[..<colon])
        guard name.count(where: isBlank) < 12, name.contains(where: { ($0 | 0x20) &- 0x61 < 26 || $0 >= 0x80 }) else {
            return nil
        }
        cells.read(name, UnsafeBufferPointer(rebasing: text[(colon + 1)...]))
        return WrittenNumber(remarked: cells[1]) == nil ? nil : .definition
    }

    private mutating func console(_ line: UnsafeBufferPointer<UInt8>) -> Line? {
        if line.contains(where: isDigit), let found = definition(line) { return found }
        guard !line.allSatisfy({ isBlank($0) || isRule($0) }) else { return nil }
        cells.readColumns(line)
        return cells.count > 1 ? .console : nil
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
        return true
    }

    /// `| --- | :-: |`
    private func isDelimiter(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        line.contains(ascii("-"))
            && line.allSatisfy { $0 == ascii("-") || $0 == ascii("|") || $0 == ascii(":") || isBlank($0) }
    }
}

/// The cells of one line of a table. They lie in the text itself, but for those with marks: these are copied without.
struct PlainCells: ~Copyable {
    private var cells = Room<UnsafeBufferPointer<UInt8>>()
    private var copies = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1024)
    private var copied = 0

    deinit { copies.deallocate() }

    var count: Int { cells.count }

    @inline(__always)
    subscript(index: Int) -> UnsafeBufferPointer<UInt8> { cells[index] }

    fileprivate mutating func read(_ line: UnsafeBufferPointer<UInt8>) {
        cells.removeAll()
        reserve(line.count)
        var start = line.first == ascii("|") ? 1 : 0
        var hasMarks = false
        var index = start
        while index < line.count {
            if line.count - index >= 8 {
                let plain = EightBytes(line, at: index).leadingInCell
                index += plain
                if plain == 8 { continue }
            }
            let byte = line[index]
            // An escaped pipe belongs to its cell.
            if byte == ascii("|"), index == 0 || line[index - 1] != ascii("\\") {
                append(UnsafeBufferPointer(rebasing: line[start..<index]), hasMarks)
                start = index + 1
                hasMarks = false
            } else if PlainCells.isMark(byte) {
                hasMarks = true
            }
            index += 1
        }
        if start < line.count { append(UnsafeBufferPointer(rebasing: line[start...]), hasMarks) }
    }

    fileprivate mutating func read(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) {
        cells.removeAll()
        reserve(first.count + second.count)
        append(first, first.contains { PlainCells.isMark($0) })
        append(second, second.contains { PlainCells.isMark($0) })
    }

    /// Cells that stand two blanks or a tab apart.
    fileprivate mutating func readColumns(_ line: UnsafeBufferPointer<UInt8>) {
        cells.removeAll()
        var start = 0
        var index = 0
        while index < line.count {
            let isGap = line[index] == 0x09 || line[index] == 0x20 && index + 1 < line.count && line[index + 1] == 0x20
            guard isGap else {
                index += 1
                continue
            }
            if index > start { cells.append(trimmed(UnsafeBufferPointer(rebasing: line[start..<index]))) }
            while index < line.count, isBlank(line[index]) { index += 1 }
            start = index
        }
        if start < line.count { cells.append(trimmed(UnsafeBufferPointer(rebasing: line[start...]))) }
    }

    /// The text without emphasis, code marks and escapes.
    fileprivate func plain(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        text.filter { !PlainCells.isMark($0) }.withUnsafeBufferPointer { Array(trimmed($0)) }
    }

    private mutating func append(_ text: UnsafeBufferPointer<UInt8>, _ hasMarks: Bool) {
        guard hasMarks else { return cells.append(trimmed(text)) }
        let start = copied
        for byte in text where !PlainCells.isMark(byte) {
            copies[copied] = byte
            copied += 1
        }
        cells.append(trimmed(UnsafeBufferPointer(rebasing: copies[start..<copied])))
    }

    /// The copies of one line must not move while they are pointed at.
    private mutating func reserve(_ bytes: Int) {
        copied = 0
        guard bytes > copies.count else { return }
        copies.deallocate()
        copies = .allocate(capacity: bytes)
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        byte == ascii("*") || byte == ascii("`") || byte == ascii("\\")
    }
}

private func offset(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let start = bytes.baseAddress, let found = memchr(start, Int32(byte), bytes.count) else { return nil }
    return UnsafeRawPointer(start).distance(to: found)
}
