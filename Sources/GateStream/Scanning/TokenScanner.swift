import GateJSON

/// Finds the content in one object of a stream without making a tree of it.
///
/// It says `rare` for whatever is more than a token (the end, figures, errors, anything that is not well formed or that
/// it is not certain of), and the tree decides. What it does decide, it decides as the tree would, with one exception:
/// it does not look for two members of one name among those that it does not read.
struct TokenScanner {
    enum Finding {
        /// A whole object without content or thinking.
        case nothing
        /// Content or thinking or both; see ``content`` and ``thinking``.
        case token
        case rare
    }

    /// Valid until the bytes that were scanned change.
    var content: JSONCursor.Text?
    var thinking: JSONCursor.Text?
    /// Of a member that counts only where ``content`` is absent or empty.
    var otherContent: JSONCursor.Text?
    /// The same for ``thinking``.
    var otherThinking: JSONCursor.Text?

    /// Scans one unit by a dialect's reading of its object.
    ///
    /// - Parameter read: false for what is rare.
    @inline(__always)
    mutating func scan(
        _ unit: UnsafeBufferPointer<UInt8>, _ read: (inout JSONCursor, inout TokenScanner) -> Bool
    ) -> Finding {
        content = nil
        thinking = nil
        otherContent = nil
        otherThinking = nil
        var cursor = JSONCursor(unit, notFinite: .null)
        guard read(&cursor, &self) else { return .rare }
        cursor.skipWhitespace()
        guard cursor.isAtEnd, !cursor.mayHaveSeenNonASCII || TokenScanner.isUTF8(unit) else { return .rare }
        content = TokenScanner.nonEmpty(content) ?? TokenScanner.nonEmpty(otherContent)
        thinking = TokenScanner.nonEmpty(thinking) ?? TokenScanner.nonEmpty(otherThinking)
        return content == nil && thinking == nil ? .nothing : .token
    }

    private static func nonEmpty(_ text: JSONCursor.Text?) -> JSONCursor.Text? {
        guard let text, text.bytes.count > 0 else { return nil }
        return text
    }

    private static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        (try? UTF8Span(validating: bytes.span)) != nil
    }
}

extension JSONCursor {
    /// Passes an object whose keys are written plainly: one with escapes could be any.
    @inline(__always)
    mutating func members(_ take: (_ key: Text, _ cursor: inout JSONCursor) -> Bool) -> Bool {
        object { key, cursor in !key.hasEscapes && take(key, &cursor) }
    }

    /// Keeps a member's value where it is a text; false where there was one before, or the value is malformed.
    @inline(__always)
    mutating func take(into place: inout Text?) -> Bool {
        guard next == 0x22 else {
            // A list of parts may hold text.
            return next != 0x5B && skipValue()
        }
        guard place == nil, let text = string() else { return false }
        place = text
        return true
    }

    /// Steps over a value that says nothing: null, an empty text or an empty list; false for any other.
    @inline(__always)
    mutating func skipNothing() -> Bool {
        switch next {
        case 0x22: return string()?.bytes.isEmpty == true
        case 0x5B: return enter("[") && leave("]")
        default: return skip(word: "null")
        }
    }
}
