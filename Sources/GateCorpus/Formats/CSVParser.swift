import GateCore
import GateJSON

/// Reads RFC 4180 over bytes, record by record: quotes, doubled quotes, line ends and separators inside quotes; LF, CRLF
/// or CR ends a record; blank lines are passed over. The separator is a comma or what the file has in its place.
struct CSVParser {
    struct Field {
        /// Without the quotes around it.
        let start: Int
        let count: Int
        /// It has doubled quotes, which mean one.
        let hasEscapes: Bool
        /// Where the field is nothing but a plain number; else none.
        let digits: PackedDecimal

        var isEmpty: Bool { count == 0 }
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let separator: UInt8
    private var position = 0
    private var nextLine = 1
    /// A blank line stands before the last record.
    private(set) var followsBlank = false
    private let separators: EightBytes
    /// The line on which the last record began, counted from 1.
    private(set) var line = 1

    init(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8 = ascii(",")) {
        self.bytes = bytes
        self.separator = separator
        separators = EightBytes(repeating: separator)
    }

    /// Goes back to the beginning of the text and reads with another separator.
    func restarted(separator: UInt8) -> CSVParser { CSVParser(bytes, separator: separator) }

    /// Passes the rest of the line.
    mutating func skipLine() {
        while position < bytes.count, !isLineEnd(bytes[position]) { position += 1 }
        if position < bytes.count { endLine() }
    }

    /// What stands on the line that comes next.
    var upcoming: UnsafeBufferPointer<UInt8> {
        let rest = UnsafeBufferPointer(rebasing: bytes[position...])
        return UnsafeBufferPointer(rebasing: rest.prefix { !isLineEnd($0) })
    }

    mutating func skipBlankLines() {
        let before = position
        while position < bytes.count, isLineEnd(bytes[position]) { endLine() }
        followsBlank = position > before
    }

    /// A record of more is no table.
    static let mostFields = 16_384

    /// Replaces the fields by those of the next record.
    /// - Returns: false at the end of the text.
    mutating func next(_ fields: inout Room<Field>) throws(FileRefusal) -> Bool {
        fields.removeAll()
        skipBlankLines()
        guard position < bytes.count else { return false }
        line = nextLine
        while true {
            if position < bytes.count, bytes[position] == ascii("\"") {
                fields.append(try quotedField())
            } else {
                fields.append(field())
            }
            guard position < bytes.count else { return true }
            if isLineEnd(bytes[position]) {
                endLine()
                return true
            }
            guard fields.count < CSVParser.mostFields else {
                throw FileRefusal(reason: "line \(line): more than \(CSVParser.mostFields) fields")
            }
            // A separator. If it is the last byte of the text, an empty field follows it.
            position += 1
        }
    }

    func text(_ field: Field) -> String {
        let raw = slice(field)
        guard field.hasEscapes else { return String(decoding: raw, as: UTF8.self) }
        var text: [UInt8] = []
        text.reserveCapacity(raw.count)
        var index = 0
        while index < raw.count {
            text.append(raw[index])
            index += raw[index] == ascii("\"") ? 2 : 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    func slice(_ field: Field) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[field.start..<field.start + field.count])
    }

    @inline(__always)
    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private mutating func endLine() {
        if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
        position += 1
        nextLine += 1
    }

    @inline(__always)
    private mutating func field() -> Field {
        let start = position
        let number = PlainNumber(bytes, at: start)
        let end = endOfField(number.end)
        position = end
        return Field(
            start: start, count: end - start, hasEscapes: false,
            digits: end == number.end ? PackedDecimal(number, in: bytes) ?? .none : .none)
    }

    /// The next comma or end of a line.
    @inline(__always)
    private func endOfField(_ start: Int) -> Int {
        guard start < bytes.count, !endsField(bytes[start]) else { return start }
        var end = start + 1
        while bytes.count - end >= 8 {
            let count = EightBytes(bytes, at: end).leadingInField(separators)
            end += count
            guard count == 8 else { return end }
        }
        while end < bytes.count, !endsField(bytes[end]) { end += 1 }
        return end
    }

    @inline(__always)
    private func endsField(_ byte: UInt8) -> Bool { byte == separator || isLineEnd(byte) }

    private mutating func quotedField() throws(FileRefusal) -> Field {
        let openingLine = nextLine
        position += 1
        let start = position
        var hasEscapes = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == ascii("\"") {
                if position + 1 < bytes.count, bytes[position + 1] == ascii("\"") {
                    hasEscapes = true
                    position += 2
                    continue
                }
                let field = Field(start: start, count: position - start, hasEscapes: hasEscapes, digits: .none)
                position += 1
                guard position == bytes.count || bytes[position] == separator || isLineEnd(bytes[position]) else {
                    throw FileRefusal(reason: "line \(nextLine): text follows a closing quote")
                }
                return field
            }
            if isLineEnd(byte) { endLine() } else { position += 1 }
        }
        throw FileRefusal(reason: "line \(openingLine): a quote is opened and never closed")
    }
}
