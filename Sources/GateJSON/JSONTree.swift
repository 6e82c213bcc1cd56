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
        var cursor = JSONCursor(bytes, notFinite: notFinite)
        guard let value = cursor.document() else { throw cursor.error }
        return value
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

/// Values as a tree: nil where there is none, and the cursor says why.
extension JSONCursor {
    fileprivate mutating func document() -> JSONValue? {
        skipWhitespace()
        guard !isAtEnd || fail(.empty), let value = value() else { return nil }
        skipWhitespace()
        return isAtEnd || fail(.trailing) ? value : nil
    }

    private mutating func value() -> JSONValue? {
        let start = position
        switch next {
        case ascii("\""): return string().flatMap { characters($0) }.map(JSONValue.string)
        case ascii("{"): return members().map(JSONValue.object)
        case ascii("["): return elements().map(JSONValue.array)
        default:
            switch scalar() {
            case .plain, .number: return number(from: start)
            case .bool(let value): return .bool(value)
            case .null, .missing: return .null
            case nil: return nil
            }
        }
    }

    private mutating func elements() -> [JSONValue]? {
        var elements: [JSONValue] = []
        let isWhole = array { cursor in
            guard let value = cursor.value() else { return false }
            elements.append(value)
            return true
        }
        return isWhole ? elements : nil
    }

    private mutating func members() -> [(key: String, value: JSONValue)]? {
        var members: [(key: String, value: JSONValue)] = []
        var seen = SeenKeys()
        let isWhole = object { text, cursor in
            guard let key = cursor.characters(text) else { return false }
            guard seen.insert(key, after: members) else {
                return cursor.fail(.duplicateKey, at: cursor.offset(of: text) - 1)
            }
            guard let value = cursor.value() else { return false }
            members.append((key: key, value: value))
            return true
        }
        return isWhole ? members : nil
    }

    private func number(from start: Int) -> JSONValue? {
        let written = UnsafeBufferPointer(rebasing: bytes[start..<position])
        return DecimalText.double(written).map {
            .number(JSONNumber(written: String(decoding: written, as: UTF8.self), value: $0))
        }
    }

    /// nil where they are not UTF-8.
    private mutating func characters(_ text: Text) -> String? {
        do {
            let span = try UTF8Span(validating: text.bytes.span)
            return text.hasEscapes ? text.characters : String(copying: span)
        } catch {
            fail(.invalidUTF8, at: offset(of: text) + error.byteOffsets.lowerBound)
            return nil
        }
    }

    private func offset(of text: Text) -> Int {
        guard let start = bytes.baseAddress, let part = text.bytes.baseAddress else { return 0 }
        return part - start
    }
}
