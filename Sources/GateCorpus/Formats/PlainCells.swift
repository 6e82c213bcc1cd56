import GateJSON

/// The cells of one line of a table. They lie in the text itself, but for those with marks: these are copied without.
struct PlainCells: ~Copyable {
    private var cells = Room<UnsafeBufferPointer<UInt8>>()
    private var copies = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1024)
    private var copied = 0

    deinit { copies.deallocate() }

    var count: Int { cells.count }

    @inline(__always)
    subscript(index: Int) -> UnsafeBufferPointer<UInt8> { cells[index] }

    mutating func read(_ line: UnsafeBufferPointer<UInt8>) {
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

    mutating func read(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) {
        cells.removeAll()
        reserve(first.count + second.count)
        append(first, first.contains { PlainCells.isMark($0) })
        append(second, second.contains { PlainCells.isMark($0) })
    }

    /// Cells that stand two blanks or a tab apart.
    mutating func readColumns(_ line: UnsafeBufferPointer<UInt8>) {
        cells.removeAll()
        var start = 0
        var index = 0
        while index < line.count {
            let isGap =
                line[index] == 0x09
                || line[index] == 0x20 && index + 1 < line.count
                    && (line[index + 1] == 0x20
                        // `4.71ms 121.60ms`: a number that leaves no room before it.
                        || isDigit(line[index + 1]) && start < index && isDigit(line[start])
                            && !isDigit(line[index - 1]))
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

    /// Cells between bars, those of boxes too.
    mutating func readBars(_ line: UnsafeBufferPointer<UInt8>) {
        cells.removeAll()
        var (start, index) = (0, 0)
        while index < line.count {
            let width = BoxDrawing.bar(line, at: index)
            guard width > 0 else {
                index += 1
                continue
            }
            if index > start || start > 0 { cells.append(trimmed(UnsafeBufferPointer(rebasing: line[start..<index]))) }
            index += width
            start = index
        }
        if start < line.count { cells.append(trimmed(UnsafeBufferPointer(rebasing: line[start...]))) }
    }

    /// The text without emphasis, code marks and escapes.
    func plain(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
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

/// Lines that programs draw around tables.
enum BoxDrawing {
    /// How many bytes a bar between cells has here: `|`, `│`, `┃`, `║`; 0 where none stands.
    static func bar(_ line: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        if line[index] == ascii("|") { return 1 }
        guard line[index] == 0xE2, index + 2 < line.count else { return 0 }
        switch (line[index + 1], line[index + 2]) {
        case (0x94, 0x82), (0x94, 0x83), (0x95, 0x91): return 3
        default: return 0
        }
    }

    /// `+-----+----+`, `-----+----`, `┌─────┬────┐`; but not the delimiter of a Markdown table.
    static func isRule(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard line.count > 2 else { return false }
        if line[0] == 0xE2 {
            // The box drawing characters are U+2500 to U+257F.
            return line.count % 3 == 0
                && stride(from: 0, to: line.count, by: 3).allSatisfy {
                    line[$0] == 0xE2 && (line[$0 + 1] == 0x94 || line[$0 + 1] == 0x95)
                }
        }
        return line.contains(ascii("+"))
            && line.allSatisfy { $0 == ascii("+") || $0 == ascii("-") || $0 == ascii("=") || $0 == ascii("|") }
    }
}
