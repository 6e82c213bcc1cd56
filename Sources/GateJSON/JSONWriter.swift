extension JSONValue {
    /// The value as compact JSON, members in order.
    public var text: String { String(decoding: encoded, as: UTF8.self) }

    /// As ``text``, as bytes for a request's body.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }

    /// Appends the value as compact JSON.
    public func append(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .number(let number): bytes += number.written.utf8
        case .string(let text): appendQuoted(text, to: &bytes)
        case .array(let elements):
            bytes.append(ascii("["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(ascii(",")) }
                element.append(to: &bytes)
            }
            bytes.append(ascii("]"))
        case .object(let members):
            bytes.append(ascii("{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(ascii(",")) }
                appendQuoted(member.key, to: &bytes)
                bytes.append(ascii(":"))
                member.value.append(to: &bytes)
            }
            bytes.append(ascii("}"))
        }
    }
}

/// Escapes what must be escaped: the quote, the backslash and control characters.
private func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(ascii("\""))
    var text = text
    text.withUTF8 { utf8 in
        // What needs no escape is copied in stretches.
        var start = 0
        for (index, byte) in utf8.enumerated() where byte < 0x20 || byte == ascii("\"") || byte == ascii("\\") {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
            appendEscape(of: byte, to: &bytes)
            start = index + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    }
    bytes.append(ascii("\""))
}

private func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(ascii("\\"))
    switch byte {
    case 0x0A: bytes.append(ascii("n"))
    case 0x0D: bytes.append(ascii("r"))
    case 0x09: bytes.append(ascii("t"))
    case 0x08: bytes.append(ascii("b"))
    case 0x0C: bytes.append(ascii("f"))
    case 0..<0x20:
        bytes += "u00".utf8
        bytes.append(hexadecimalDigit(byte >> 4))
        bytes.append(hexadecimalDigit(byte & 15))
    default: bytes.append(byte)
    }
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? ascii("0") + value : ascii("a") + value - 10 }
