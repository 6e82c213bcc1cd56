#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Finds the tables of GitHub's Markdown, line by line, and counts the headings.
///
/// Scans the lines itself: a corpus may hold hundreds of megabytes of Markdown, of which cmark-gfm reads 14 in a second,
/// and only tables and heading lines are wanted.
struct PipeTableScanner: ~Copyable {
    /// A line of a table; its ``cells`` are there until the next one.
    enum Line { case header, row }

    /// Lines whose first character after white space is `#`, in code blocks too: the original project's count.
    private(set) var headings = 0
    /// The text of the nearest heading above, without its hashes.
    private(set) var heading: [UInt8]?
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
            return nil
        }
        let hasPipe = offset(of: ascii("|"), in: line) != nil
        if isInTable, hasPipe {
            cells.read(line)
            return .row
        }
        isInTable = false
        if isHeading {
            heading = cells.plain(UnsafeBufferPointer(rebasing: line.drop { $0 == ascii("#") }))
        } else if hasPipe, let previous, offset(of: ascii("|"), in: previous) != nil, isDelimiter(line) {
            cells.read(line)
            let columns = cells.count
            cells.read(previous)
            guard cells.count == columns else { return nil }
            isInTable = true
            return .header
        }
        return nil
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
            } else if isMark(byte) {
                hasMarks = true
            }
            index += 1
        }
        if start < line.count { append(UnsafeBufferPointer(rebasing: line[start...]), hasMarks) }
    }

    /// The text without emphasis, code marks and escapes.
    fileprivate func plain(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        text.filter { !isMark($0) }.withUnsafeBufferPointer { Array(trimmed($0)) }
    }

    private mutating func append(_ text: UnsafeBufferPointer<UInt8>, _ hasMarks: Bool) {
        guard hasMarks else { return cells.append(trimmed(text)) }
        let start = copied
        for byte in text where !isMark(byte) {
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

    private func isMark(_ byte: UInt8) -> Bool {
        byte == ascii("*") || byte == ascii("`") || byte == ascii("\\")
    }
}

private func offset(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let start = bytes.baseAddress, let found = memchr(start, Int32(byte), bytes.count) else { return nil }
    return UnsafeRawPointer(start).distance(to: found)
}
