extension JSONCursor {
    /// Passes a string, from its opening quote to behind its closing one; nil where it is none.
    @inlinable @inline(__always)
    public mutating func string() -> Text? {
        guard skip("\"") else { return nil }
        let start = position
        var hasEscapes = false
        while true {
            skipPlain()
            guard position < bytes.count else { break }
            let byte = bytes[position]
            if byte == ascii("\"") {
                // There is a byte, so that there is an address.
                let text = UnsafeBufferPointer(
                    start: bytes.baseAddress.unsafelyUnwrapped + start, count: position &- start)
                position &+= 1
                return Text(bytes: text, hasEscapes: hasEscapes)
            }
            guard byte == ascii("\\") else { break }
            guard escape() != nil else { return nil }
            hasEscapes = true
        }
        fail(isAtEnd ? .truncated : .controlCharacter)
        return nil
    }

    /// Moves to the next quote, backslash or control character, or to the end.
    @inlinable @inline(__always)
    mutating func skipPlain() {
        while remaining >= 8 {
            let eight = EightBytes(bytes, at: position)
            seen |= eight.bits
            let plain = eight.leadingInString
            position &+= plain
            guard plain == 8 else { return }
        }
        while position < bytes.count {
            let byte = bytes[position]
            if byte == ascii("\"") || byte == ascii("\\") || byte < 0x20 { return }
            seen |= UInt64(byte)
            position &+= 1
        }
    }

    /// Passes an escape, from its backslash.
    @usableFromInline
    mutating func escape() -> Unicode.Scalar? {
        let start = position
        position += 1
        guard !isAtEnd else { return failed(.truncated) }
        let kind = next
        position += 1
        switch kind {
        case ascii("\""): return "\""
        case ascii("\\"): return "\\"
        case ascii("/"): return "/"
        case ascii("b"): return "\u{08}"
        case ascii("f"): return "\u{0C}"
        case ascii("n"): return "\n"
        case ascii("r"): return "\r"
        case ascii("t"): return "\t"
        case ascii("u"): return unicodeEscape(from: start)
        default: return failed(.invalidEscape, at: start)
        }
    }

    private mutating func unicodeEscape(from start: Int) -> Unicode.Scalar? {
        guard let unit = hexadecimal(from: start) else { return nil }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00 else { return failed(.unpairedSurrogate, at: start) }
        for expected: Unicode.Scalar in ["\\", "u"] {
            guard !isAtEnd else { return failed(.truncated) }
            guard skip(expected) else { return failed(.unpairedSurrogate, at: start) }
        }
        guard let low = hexadecimal(from: start) else { return nil }
        guard low & 0xFC00 == 0xDC00 else { return failed(.unpairedSurrogate, at: start) }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    }

    /// Four hexadecimal digits.
    private mutating func hexadecimal(from start: Int) -> UInt32? {
        guard remaining >= 4 else { return failed(.truncated, at: bytes.count) }
        var unit: UInt32 = 0
        for _ in 0..<4 {
            let byte = next
            switch byte {
            case ascii("0")...ascii("9"): unit = unit << 4 | UInt32(byte - ascii("0"))
            case ascii("A")...ascii("F"), ascii("a")...ascii("f"):
                unit = unit << 4 | UInt32((byte | 0x20) - ascii("a") + 10)
            default: return failed(.invalidEscape, at: start)
            }
            position += 1
        }
        return unit
    }

    private mutating func failed<Value>(_ problem: JSONError.Problem, at offset: Int? = nil) -> Value? {
        fail(problem, at: offset)
        return nil
    }
}

extension JSONCursor.Text {
    /// Its characters, escapes undone; of bytes that are not UTF-8, with replacement characters.
    package var characters: String {
        guard hasEscapes else { return String(decoding: bytes, as: UTF8.self) }
        // No escape is shorter than what it stands for.
        return String(unsafeUninitializedCapacity: bytes.count) { room in
            var cursor = JSONCursor(text: bytes)
            var count = 0
            while !cursor.isAtEnd {
                if cursor.next == ascii("\\"), let scalar = cursor.escape() {
                    for byte in UTF8.encode(scalar).unsafelyUnwrapped {
                        room[count] = byte
                        count += 1
                    }
                } else {
                    room[count] = cursor.next
                    count += 1
                    cursor.pass(1)
                }
            }
            return count
        }
    }

    @inlinable @inline(__always)
    public func isEqual(to text: StaticString) -> Bool {
        guard bytes.count == text.utf8CodeUnitCount else { return false }
        for offset in 0..<bytes.count where bytes[offset] != text.utf8Start[offset] { return false }
        return true
    }
}
