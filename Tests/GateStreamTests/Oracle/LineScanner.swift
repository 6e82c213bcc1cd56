/// Cuts a stream of bytes into lines, the same for every way in which the bytes arrive.
///
/// A line ends at LF; a CR before it is dropped. Bytes of a whole line inside one piece are handed on without a copy.
struct LineScanner {
    /// A longer line is refused, so that a server cannot fill our memory.
    static let largestLine = 64 << 20

    private var partial: [UInt8] = []

    /// Hands every complete line to `body` until it returns false; returns false when a line is too long.
    mutating func scan(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            let piece = bytes[start..<end]
            start = end + 1
            if partial.isEmpty {
                if !UnsafeRawBufferPointer(rebasing: piece).withMemoryRebound(to: UInt8.self, { body(trimmed($0)) }) {
                    return true
                }
            } else {
                partial += piece
                let line = partial
                partial.removeAll(keepingCapacity: true)
                if !line.withUnsafeBufferPointer({ body(trimmed($0)) }) { return true }
            }
        }
        partial += bytes[start...]
        return partial.count <= LineScanner.largestLine
    }

    /// Bytes after the last LF.
    var hasPartialLine: Bool { !partial.isEmpty }

    /// Hands on what follows the last LF, at the end of the stream.
    mutating func finish(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) {
        guard !partial.isEmpty else { return }
        let line = partial
        partial.removeAll()
        _ = line.withUnsafeBufferPointer { body(trimmed($0)) }
    }

    private func trimmed(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        line.last == 0x0D ? UnsafeBufferPointer(rebasing: line.dropLast()) : line
    }
}
