/// A table of GitHub's Markdown.
struct PipeTable {
    struct Row {
        /// Counted from 1.
        let line: Int
        let cells: [String]
    }

    /// The text of the nearest heading above, without its hashes.
    let heading: String?
    let header: [String]
    var rows: [Row] = []
}

/// Finds the tables and counts the headings of a Markdown text.
///
/// Scans the lines itself: a corpus may hold hundreds of megabytes of Markdown, of which cmark-gfm reads 14 in a second,
/// and only tables and heading lines are wanted.
struct PipeTableScanner {
    /// Lines whose first character after white space is `#`, in code blocks too: the original project's count.
    private(set) var headings = 0
    private(set) var tables: [PipeTable] = []

    private var heading: String?
    private var fence: (byte: UInt8, count: Int)?
    private var previous: UnsafeBufferPointer<UInt8>?
    private var isInTable = false

    static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> PipeTableScanner {
        var scanner = PipeTableScanner()
        var start = 0
        var number = 1
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            scanner.visit(trimmed(UnsafeBufferPointer(rebasing: bytes[start..<end])), number)
            start = end + 1
            number += 1
        }
        return scanner
    }

    private mutating func visit(_ line: UnsafeBufferPointer<UInt8>, _ number: Int) {
        if line.first == ascii("#") { headings += 1 }
        defer { previous = line }
        if passFence(line) {
            isInTable = false
            return
        }
        let hasPipe = line.contains(ascii("|"))
        if isInTable, hasPipe {
            tables[tables.count - 1].rows.append(.init(line: number, cells: cells(line)))
            return
        }
        isInTable = false
        if line.first == ascii("#") {
            heading = plain(line.drop { $0 == ascii("#") })
        } else if hasPipe, let previous, previous.contains(ascii("|")), isDelimiter(line) {
            let header = cells(previous)
            guard header.count == cells(line).count else { return }
            tables.append(PipeTable(heading: heading, header: header))
            isInTable = true
        }
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

    private func cells(_ line: UnsafeBufferPointer<UInt8>) -> [String] {
        var cells: [String] = []
        var start = line.first == ascii("|") ? 1 : 0
        for index in start..<line.count where line[index] == ascii("|") {
            // An escaped pipe belongs to its cell.
            if index > 0, line[index - 1] == ascii("\\") { continue }
            cells.append(plain(line[start..<index]))
            start = index + 1
        }
        if start < line.count { cells.append(plain(line[start...])) }
        return cells
    }

    /// Without emphasis, code marks and escapes.
    private func plain(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        let bytes = text.filter { $0 != ascii("*") && $0 != ascii("`") && $0 != ascii("\\") }
        return bytes.withUnsafeBufferPointer { String(decoding: trimmed($0), as: UTF8.self) }
    }
}
