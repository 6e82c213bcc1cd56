import GateJSON
import Glibc

/// Finds where tables in HTML begin in a Markdown text, but for those in comments and in code. Each byte is looked at
/// once, however many tables cannot be read.
struct HTMLTableSearch {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// No table begins before this place: a comment, or a table that was looked at, goes up to it.
    private var floor: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        // Most files have none.
        floor = HTMLTableSearch.hasTable(bytes) ? 0 : bytes.count
    }

    /// Whether one may begin on the lines that follow.
    @inline(__always)
    var isOver: Bool { floor >= bytes.count }

    mutating func pass(to position: Int) { floor = max(floor, position) }

    /// Where a table begins within a line that is no code.
    mutating func table(in line: Range<Int>) -> Int? {
        var position = max(line.lowerBound, floor)
        var (backticks, counted) = (0, line.lowerBound)
        while position < line.upperBound,
            let mark = HTMLTableSearch.find(ascii("<"), in: bytes, position..<line.upperBound)
        {
            backticks += bytes[counted..<mark].count { $0 == ascii("`") }
            counted = mark
            let isCode = backticks % 2 == 1 || mark > line.lowerBound && bytes[mark - 1] == ascii("\\")
            if HTMLTableSearch.isTable(bytes, mark) {
                if !isCode { return mark }
            } else if !isCode, bytes[mark...].starts(with: "<!--".utf8) {
                passComment(mark + 4)
                guard floor < line.upperBound else { return nil }
            }
            position = max(mark + 1, floor)
        }
        return nil
    }

    /// A comment that does not end goes on to the end of the text.
    private mutating func passComment(_ start: Int) {
        var position = start
        while let mark = HTMLTableSearch.find(ascii(">"), in: bytes, position..<bytes.count) {
            if mark >= start + 2, bytes[mark - 1] == ascii("-"), bytes[mark - 2] == ascii("-") {
                return pass(to: mark + 1)
            }
            position = mark + 1
        }
        pass(to: bytes.count)
    }

    private static func hasTable(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = 0
        while let mark = find(ascii("<"), in: bytes, position..<bytes.count) {
            if isTable(bytes, mark) { return true }
            position = mark + 1
        }
        return false
    }

    private static func isTable(_ bytes: UnsafeBufferPointer<UInt8>, _ mark: Int) -> Bool {
        let end = mark + 6
        guard end < bytes.count, isBlank(bytes[end]) || bytes[end] == ascii(">") else { return false }
        return zip(bytes[(mark + 1)..<end], "table".utf8).allSatisfy { $0 | 0x20 == $1 }
    }

    private static func find(
        _ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
    ) -> Int? {
        guard let start = bytes.baseAddress, !range.isEmpty,
            let found = memchr(start + range.lowerBound, Int32(byte), range.count)
        else { return nil }
        return UnsafeRawPointer(start).distance(to: found)
    }
}
