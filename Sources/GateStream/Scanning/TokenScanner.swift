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

    private let format: StreamFormat
    /// Valid until the bytes that were scanned change.
    private(set) var content: JSONCursor.Text?
    private(set) var thinking: JSONCursor.Text?
    /// A member that counts only where `content` is absent, and another for `thinking`.
    private var otherContent: JSONCursor.Text?
    private var otherThinking: JSONCursor.Text?
    private var hasChoice = false

    init(format: StreamFormat) { self.format = format }

    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> Finding {
        guard let start = bytes.baseAddress else { return .rare }
        content = nil
        thinking = nil
        otherContent = nil
        otherThinking = nil
        hasChoice = false
        var cursor = JSONCursor(start: start, count: bytes.count)
        let isKnown =
            switch format {
            case .ollama: ollama(&cursor)
            case .openAI: openAI(&cursor)
            case .llamaCompletion: llamaCompletion(&cursor)
            }
        guard isKnown else { return .rare }
        cursor.skipWhitespace()
        guard cursor.isAtEnd, !cursor.mayHaveSeenNonASCII || TokenScanner.isUTF8(bytes) else { return .rare }
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

    // MARK: - The three formats; each returns false for what is rare

    private mutating func ollama(_ cursor: inout JSONCursor) -> Bool {
        guard cursor.enterObject() else { return false }
        if cursor.leave(0x7D) { return true }
        var hasMessage = false
        repeat {
            guard let key = cursor.key() else { return false }
            switch key.count {
            case 4 where key.isEqual(to: "done"):
                guard cursor.next != 0x74, cursor.skipValue() else { return false }
            case 5 where key.isEqual(to: "error"), 4 where key.isEqual(to: "code"), 4 where key.isEqual(to: "type"),
                6 where key.isEqual(to: "object"):
                return false
            case 7 where key.isEqual(to: "message"):
                guard !hasMessage, ollamaMessage(&cursor) else { return false }
                hasMessage = true
            case 8 where key.isEqual(to: "response"):
                guard TokenScanner.take(&cursor, into: &otherContent) else { return false }
            case 8 where key.isEqual(to: "thinking"):
                guard TokenScanner.take(&cursor, into: &otherThinking) else { return false }
            default: guard cursor.skipValue() else { return false }
            }
        } while cursor.hasNext()
        return cursor.leave(0x7D)
    }

    private mutating func ollamaMessage(_ cursor: inout JSONCursor) -> Bool {
        guard cursor.next == 0x7B else { return cursor.skipValue() }
        guard cursor.enterObject() else { return false }
        if cursor.leave(0x7D) { return true }
        repeat {
            guard let key = cursor.key() else { return false }
            switch key.count {
            case 7 where key.isEqual(to: "content"):
                guard TokenScanner.take(&cursor, into: &content) else { return false }
            case 8 where key.isEqual(to: "thinking"):
                guard TokenScanner.take(&cursor, into: &thinking) else { return false }
            case 10 where key.isEqual(to: "tool_calls"):
                guard TokenScanner.skipNothing(&cursor) else { return false }
            default: guard cursor.skipValue() else { return false }
            }
        } while cursor.hasNext()
        return cursor.leave(0x7D)
    }

    private mutating func openAI(_ cursor: inout JSONCursor) -> Bool {
        guard cursor.enterObject() else { return false }
        if cursor.leave(0x7D) { return true }
        repeat {
            guard let key = cursor.key() else { return false }
            switch key.count {
            case 7 where key.isEqual(to: "choices"):
                guard !hasChoice, choices(&cursor) else { return false }
                hasChoice = true
            case 5 where key.isEqual(to: "usage"), 7 where key.isEqual(to: "timings"):
                guard cursor.skipLiteral("null") else { return false }
            case 5 where key.isEqual(to: "error"), 4 where key.isEqual(to: "code"), 4 where key.isEqual(to: "type"),
                7 where key.isEqual(to: "message"):
                return false
            case 6 where key.isEqual(to: "object"):
                // Only `"error"` is as long as this.
                guard let name = cursor.string(), name.count != 5 else { return false }
            default: guard cursor.skipValue() else { return false }
            }
        } while cursor.hasNext()
        return cursor.leave(0x7D)
    }

    private mutating func choices(_ cursor: inout JSONCursor) -> Bool {
        guard cursor.next == 0x5B else { return cursor.skipValue() }
        guard cursor.enterArray() else { return false }
        if cursor.leave(0x5D) { return true }
        guard cursor.next == 0x7B ? choice(&cursor) : cursor.skipValue() else { return false }
        while cursor.hasNext() {
            cursor.skipWhitespace()
            guard cursor.skipValue() else { return false }
        }
        return cursor.leave(0x5D)
    }

    private mutating func choice(_ cursor: inout JSONCursor) -> Bool {
        guard cursor.enterObject() else { return false }
        if cursor.leave(0x7D) { return true }
        var hasDelta = false
        repeat {
            guard let key = cursor.key() else { return false }
            switch key.count {
            case 5 where key.isEqual(to: "delta"):
                guard !hasDelta, delta(&cursor) else { return false }
                hasDelta = true
            case 4 where key.isEqual(to: "text"):
                guard TokenScanner.take(&cursor, into: &otherContent) else { return false }
            case 13 where key.isEqual(to: "finish_reason"):
                guard cursor.next != 0x22, cursor.skipValue() else { return false }
            default: guard cursor.skipValue() else { return false }
            }
        } while cursor.hasNext()
        return cursor.leave(0x7D)
    }

    private mutating func delta(_ cursor: inout JSONCursor) -> Bool {
        guard cursor.next == 0x7B else { return cursor.skipValue() }
        guard cursor.enterObject() else { return false }
        if cursor.leave(0x7D) { return true }
        repeat {
            guard let key = cursor.key() else { return false }
            switch key.count {
            case 7 where key.isEqual(to: "content"):
                guard TokenScanner.take(&cursor, into: &content) else { return false }
            case 17 where key.isEqual(to: "reasoning_content"):
                guard TokenScanner.take(&cursor, into: &thinking) else { return false }
            case 9 where key.isEqual(to: "reasoning"):
                guard TokenScanner.take(&cursor, into: &otherThinking) else { return false }
            case 8 where key.isEqual(to: "thinking"):
                guard TokenScanner.take(&cursor, into: &otherThinking) else { return false }
            case 7 where key.isEqual(to: "refusal"),
                10 where key.isEqual(to: "tool_calls"), 13 where key.isEqual(to: "function_call"):
                guard TokenScanner.skipNothing(&cursor) else { return false }
            default: guard cursor.skipValue() else { return false }
            }
        } while cursor.hasNext()
        return cursor.leave(0x7D)
    }

    private mutating func llamaCompletion(_ cursor: inout JSONCursor) -> Bool {
        guard cursor.enterObject() else { return false }
        if cursor.leave(0x7D) { return true }
        repeat {
            guard let key = cursor.key() else { return false }
            switch key.count {
            case 7 where key.isEqual(to: "content"):
                guard TokenScanner.take(&cursor, into: &content) else { return false }
            case 4 where key.isEqual(to: "stop"):
                guard cursor.next != 0x74, cursor.skipValue() else { return false }
            case 5 where key.isEqual(to: "error"), 4 where key.isEqual(to: "code"), 4 where key.isEqual(to: "type"),
                7 where key.isEqual(to: "message"):
                return false
            case 6 where key.isEqual(to: "object"):
                // Only `"error"` is as long as this.
                guard let name = cursor.string(), name.count != 5 else { return false }
            default: guard cursor.skipValue() else { return false }
            }
        } while cursor.hasNext()
        return cursor.leave(0x7D)
    }

    /// Keeps a member's value where it is a text; false where there was one before, or the value is malformed.
    @inline(__always)
    private static func take(_ cursor: inout JSONCursor, into place: inout JSONCursor.Text?) -> Bool {
        guard cursor.next == 0x22 else {
            // A list of parts may hold text.
            return cursor.next != 0x5B && cursor.skipValue()
        }
        guard place == nil, let text = cursor.string() else { return false }
        place = text
        return true
    }

    /// Steps over a value that says nothing: null, an empty text or an empty list; false for any other.
    @inline(__always)
    private static func skipNothing(_ cursor: inout JSONCursor) -> Bool {
        switch cursor.next {
        case 0x22: return cursor.string()?.count == 0
        case 0x5B: return cursor.enterArray() && cursor.leave(0x5D)
        default: return cursor.skipLiteral("null")
        }
    }
}
