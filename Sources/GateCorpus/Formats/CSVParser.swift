/// Reads RFC 4180 over bytes, record by record: quotes, doubled quotes, line ends and commas inside quotes; LF, CRLF or
/// CR ends a record; blank lines are passed over.
struct CSVParser {
    struct Field {
        /// Without the quotes around it.
        var range: Range<Int>
        /// It has doubled quotes, which mean one.
        var hasEscapes: Bool
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var nextLine = 1
    /// The line on which the last record began, counted from 1.
    private(set) var line = 1

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Replaces the fields by those of the next record.
    /// - Returns: false at the end of the text.
    mutating func next(_ fields: inout [Field]) throws(FileRefusal) -> Bool {
        fields.removeAll(keepingCapacity: true)
        while position < bytes.count, isLineEnd(bytes[position]) { endLine() }
        guard position < bytes.count else { return false }
        line = nextLine
        while true {
            fields.append(try field())
            guard position < bytes.count else { return true }
            if isLineEnd(bytes[position]) {
                endLine()
                return true
            }
            // A comma. If it is the last byte of the text, an empty field follows it.
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

    func slice(_ field: Field) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[field.range]) }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private mutating func endLine() {
        if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
        position += 1
        nextLine += 1
    }

    private mutating func field() throws(FileRefusal) -> Field {
        if position < bytes.count, bytes[position] == ascii("\"") { return try quotedField() }
        let start = position
        while position < bytes.count, bytes[position] != ascii(","), !isLineEnd(bytes[position]) { position += 1 }
        return Field(range: start..<position, hasEscapes: false)
    }

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
                let field = Field(range: start..<position, hasEscapes: hasEscapes)
                position += 1
                guard position == bytes.count || bytes[position] == ascii(",") || isLineEnd(bytes[position]) else {
                    throw FileRefusal(reason: "line \(nextLine): text follows a closing quote")
                }
                return field
            }
            if isLineEnd(byte) { endLine() } else { position += 1 }
        }
        throw FileRefusal(reason: "line \(openingLine): a quote is opened and never closed")
    }
}
