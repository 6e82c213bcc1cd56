extension JSONParser {
    /// Reads a string from its opening quote to behind its closing one.
    mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        while position < end {
            let byte = bytes[position]
            if byte == ascii("\"") {
                let text = try text(start..<position)
                position += 1
                return text
            }
            if byte == ascii("\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw error(.controlCharacter) }
            position += 1
        }
        throw error(.truncated)
    }

    /// The bytes of a string that has no escapes, validated.
    private func text(_ range: Range<Int>) throws(JSONError) -> String {
        do {
            let span = UnsafeBufferPointer(rebasing: bytes[range]).span
            return String(copying: try UTF8Span(validating: span))
        } catch {
            throw self.error(.invalidUTF8, at: range.lowerBound + error.byteOffsets.lowerBound)
        }
    }

    /// Goes on at the first backslash of a string that began at `start`.
    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var text = try text(start..<position)
        while position < end {
            let run = position
            while position < end, bytes[position] != ascii("\""), bytes[position] != ascii("\\") {
                guard bytes[position] >= 0x20 else { throw error(.controlCharacter) }
                position += 1
            }
            if position > run { text += try self.text(run..<position) }
            guard position < end else { break }
            if bytes[position] == ascii("\"") {
                position += 1
                return text
            }
            text.unicodeScalars.append(try escape())
        }
        throw error(.truncated)
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let start = position
        position += 1
        guard position < end else { throw error(.truncated) }
        let kind = bytes[position]
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
        case ascii("u"): return try unicodeEscape(from: start)
        default: throw error(.invalidEscape, at: start)
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let unit = try hexadecimal(from: start)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00 else { throw error(.unpairedSurrogate, at: start) }
        for expected in [ascii("\\"), ascii("u")] {
            guard position < end else { throw error(.truncated) }
            guard bytes[position] == expected else { throw error(.unpairedSurrogate, at: start) }
            position += 1
        }
        let low = try hexadecimal(from: start)
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw error(.unpairedSurrogate, at: start) }
        return scalar
    }

    /// Four hexadecimal digits.
    private mutating func hexadecimal(from start: Int) throws(JSONError) -> UInt32 {
        guard end - position >= 4 else { throw error(.truncated, at: end) }
        var unit: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[position]
            switch byte {
            case ascii("0")...ascii("9"): unit = unit << 4 | UInt32(byte - ascii("0"))
            case ascii("a")...ascii("f"): unit = unit << 4 | UInt32(byte - ascii("a") + 10)
            case ascii("A")...ascii("F"): unit = unit << 4 | UInt32(byte - ascii("A") + 10)
            default: throw error(.invalidEscape, at: start)
            }
            position += 1
        }
        return unit
    }
}
