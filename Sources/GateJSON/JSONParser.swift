extension JSONValue {
    /// Objects and arrays inside each other, at most.
    public static let maximumDepth = 256

    /// What becomes of NaN, Infinity and numbers beyond a Double, which JSON does not have but many programs write.
    public enum NotFinite: Sendable {
        case refused
        case null
    }

    /// Reads one JSON value (RFC 8259) that fills the bytes. Stricter than the RFC where it leaves a choice: duplicate
    /// keys, numbers beyond a Double and unpaired surrogates are refused; a leading byte order mark is passed over.
    public static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, notFinite: NotFinite = .refused
    ) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes)
        parser.notFinite = notFinite
        return try parser.document()
    }

    /// As above.
    public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(JSONError) in try parse(buffer) }
        }
        return try result.get()
    }

    /// As above.
    public static func parse(_ text: String) throws(JSONError) -> JSONValue {
        var text = text
        let result = text.withUTF8 { buffer in
            Result { () throws(JSONError) in try parse(buffer) }
        }
        return try result.get()
    }
}

/// Recursive descent over bytes; strings are in JSONParser+String.swift.
struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    let end: Int
    var position = 0
    var depth = 0
    var notFinite = JSONValue.NotFinite.refused

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        end = bytes.count
        if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    }

    mutating func document() throws(JSONError) -> JSONValue {
        skipWhitespace()
        guard position < end else { throw error(.empty) }
        let value = try value()
        skipWhitespace()
        guard position == end else { throw error(.trailing) }
        return value
    }

    mutating func skipWhitespace() {
        while position < end {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        guard position < end else { throw error(.truncated) }
        switch bytes[position] {
        case ascii("\""): return .string(try string())
        case ascii("{"): return try object()
        case ascii("["): return try array()
        case ascii("-"), ascii("0")...ascii("9"): return try number().map(JSONValue.number) ?? .null
        case ascii("t"): return try literal("true", .bool(true))
        case ascii("f"): return try literal("false", .bool(false))
        case ascii("n"): return try literal("null", .null)
        case ascii("N"), ascii("I"):
            for word: StaticString in ["NaN", "Infinity"] where hasPrefix(word) {
                guard notFinite == .null else { throw error(.notFinite) }
                return try literal(word, .null)
            }
            throw error(.unexpected(expected: "a value"))
        default: throw error(.unexpected(expected: "a value"))
        }
    }

    private func hasPrefix(_ text: StaticString) -> Bool {
        guard end - position >= text.utf8CodeUnitCount else { return false }
        for offset in 0..<text.utf8CodeUnitCount where bytes[position + offset] != text.utf8Start[offset] {
            return false
        }
        return true
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard hasPrefix(text) else {
            let rest = UnsafeBufferPointer(rebasing: bytes[position...])
            let isCut = zip(rest, UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
                .allSatisfy { $0 == $1 }
            throw error(isCut ? .truncated : .unexpected(expected: "'\(text)'"))
        }
        position += text.utf8CodeUnitCount
        return value
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        skipWhitespace()
        if position < end, bytes[position] == ascii("]") {
            leave()
            return .array([])
        }
        while true {
            skipWhitespace()
            elements.append(try value())
            skipWhitespace()
            guard position < end else { throw error(.truncated) }
            switch bytes[position] {
            case ascii(","): position += 1
            case ascii("]"):
                leave()
                return .array(elements)
            default: throw error(.unexpected(expected: "',' or ']' after an element"))
            }
        }
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        try enter()
        var members: [(key: String, value: JSONValue)] = []
        var seen = SeenKeys()
        skipWhitespace()
        if position < end, bytes[position] == ascii("}") {
            leave()
            return .object([])
        }
        while true {
            skipWhitespace()
            guard position < end else { throw error(.truncated) }
            guard bytes[position] == ascii("\"") else { throw error(.unexpected(expected: "a key in quotes")) }
            let start = position
            let key = try string()
            guard seen.insert(key, after: members) else { throw error(.duplicateKey(key), at: start) }
            skipWhitespace()
            guard position < end else { throw error(.truncated) }
            guard bytes[position] == ascii(":") else { throw error(.unexpected(expected: "':' after a key")) }
            position += 1
            skipWhitespace()
            members.append((key: key, value: try value()))
            skipWhitespace()
            guard position < end else { throw error(.truncated) }
            switch bytes[position] {
            case ascii(","): position += 1
            case ascii("}"):
                leave()
                return .object(members)
            default: throw error(.unexpected(expected: "',' or '}' after a member"))
            }
        }
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= JSONValue.maximumDepth else { throw error(.tooDeep) }
        position += 1
    }

    private mutating func leave() {
        depth -= 1
        position += 1
    }

    /// nil for what is not finite and need not be.
    private mutating func number() throws(JSONError) -> JSONNumber? {
        let start = position
        if bytes[position] == ascii("-") { position += 1 }
        if hasPrefix("Infinity") {
            guard notFinite == .null else { throw error(.notFinite, at: start) }
            position += "Infinity".utf8.count
            return nil
        }
        let integer = position
        try digits(of: start)
        if bytes[integer] == ascii("0"), position - integer > 1 { throw error(.malformedNumber, at: start) }
        if position < end, bytes[position] == ascii(".") {
            position += 1
            try digits(of: start)
        }
        if position < end, bytes[position] | 0x20 == ascii("e") {
            position += 1
            if position < end, bytes[position] == ascii("+") || bytes[position] == ascii("-") { position += 1 }
            try digits(of: start)
        }
        let written = UnsafeBufferPointer(rebasing: bytes[start..<position])
        guard let value = DecimalText.double(written) else {
            guard notFinite == .null else { throw error(.notFinite, at: start) }
            return nil
        }
        return JSONNumber(written: String(decoding: written, as: UTF8.self), value: value)
    }

    private mutating func digits(of start: Int) throws(JSONError) {
        let first = position
        while position < end, digitValue(bytes[position]) != nil { position += 1 }
        guard position > first else {
            throw position == end ? error(.truncated) : error(.malformedNumber, at: start)
        }
    }

    /// Counts lines and columns only now, when there is something to say.
    func error(_ problem: JSONError.Problem, at offset: Int? = nil) -> JSONError {
        var line = 1
        var column = 1
        var index = 0
        if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { index = 3 }
        while index < offset ?? position {
            let byte = bytes[index]
            index += 1
            if byte == 0x0A || (byte == 0x0D && !(index < end && bytes[index] == 0x0A)) {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return JSONError(problem: problem, line: line, column: column)
    }
}
