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
        guard let start = unit.baseAddress else { return .rare }
        content = nil
        thinking = nil
        otherContent = nil
        otherThinking = nil
        var cursor = JSONCursor(start: start, count: unit.count)
        guard read(&cursor, &self) else { return .rare }
        cursor.skipWhitespace()
        guard cursor.isAtEnd, !cursor.mayHaveSeenNonASCII || TokenScanner.isUTF8(unit) else { return .rare }
        content = TokenScanner.nonEmpty(content) ?? TokenScanner.nonEmpty(otherContent)
        thinking = TokenScanner.nonEmpty(thinking) ?? TokenScanner.nonEmpty(otherThinking)
        return content == nil && thinking == nil ? .nothing : .token
    }

    /// The characters of a text that was found; nil where it is none, which ``scan(_:)`` has ruled out.
    static func characters(of text: JSONCursor.Text) -> String? {
        guard text.hasEscapes else {
            return String(decoding: UnsafeBufferPointer(start: text.start, count: text.count), as: UTF8.self)
        }
        // The quotes on both sides make it a JSON value of its own.
        return (try? JSONValue.parse(UnsafeBufferPointer(start: text.start - 1, count: text.count + 2)))?.string
    }

    private static func nonEmpty(_ text: JSONCursor.Text?) -> JSONCursor.Text? {
        guard let text, text.count > 0 else { return nil }
        return text
    }

    private static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        (try? UTF8Span(validating: bytes.span)) != nil
    }
}

extension JSONCursor {
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
        case 0x22: return string()?.count == 0
        case 0x5B: return enterArray() && leave(0x5D)
        default: return skipLiteral("null")
        }
    }
}
