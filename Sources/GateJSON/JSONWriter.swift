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
    for byte in text.utf8 {
        switch byte {
        case ascii("\""): bytes += #"\""#.utf8
        case ascii("\\"): bytes += #"\\"#.utf8
        case 0x0A: bytes += #"\n"#.utf8
        case 0x0D: bytes += #"\r"#.utf8
        case 0x09: bytes += #"\t"#.utf8
        case 0x08: bytes += #"\b"#.utf8
        case 0x0C: bytes += #"\f"#.utf8
        case 0..<0x20:
            bytes += #"\u00"#.utf8
            bytes.append(hexadecimalDigit(byte >> 4))
            bytes.append(hexadecimalDigit(byte & 15))
        default: bytes.append(byte)
        }
    }
    bytes.append(ascii("\""))
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? ascii("0") + value : ascii("a") + value - 10 }
