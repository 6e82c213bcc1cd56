/// Cuts a stream of bytes into lines, the plain way: all of it is kept, and lines are cut from the whole.
///
/// A line ends at LF, a CR before it is dropped; of server-sent events it ends at CR, LF or both. A byte-order mark before
/// the first line is dropped.
struct LineScanner {
    let endsAtCR: Bool
    private var rest: [UInt8] = []
    private var isFirst = true
    private var skipsLF = false

    init(endsAtCR: Bool) { self.endsAtCR = endsAtCR }

    /// The lines that end in these bytes.
    mutating func lines(in bytes: some Sequence<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for byte in bytes {
            defer { skipsLF = endsAtCR && byte == 0x0D }
            if byte == 0x0A, skipsLF { continue }
            if byte == 0x0A || (endsAtCR && byte == 0x0D) {
                lines.append(take())
            } else {
                rest.append(byte)
            }
        }
        return lines
    }

    /// What follows the last line's end; nil where nothing does.
    mutating func finish() -> [UInt8]? { rest.isEmpty ? nil : take() }

    private mutating func take() -> [UInt8] {
        defer { rest = [] }
        var line = rest
        if line.last == 0x0D { line.removeLast() }
        if isFirst, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isFirst = false
        return line
    }
}
