/// A place in the bytes of one JSON text, moved over values without making anything of them.
///
/// Checks the grammar as it goes (RFC 8259) and gives up (`false`) on whatever it does not know for certain to be right,
/// so that the reader of trees can decide. Eight bytes of a string are looked at in one step.
struct JSONCursor {
    /// What lies between the quotes of a string.
    struct Text {
        let start: UnsafePointer<UInt8>
        let count: Int
        let hasEscapes: Bool
    }

    /// Deeper nesting is left to the reader of trees.
    private static let deepest = 32
    /// Longer numbers are left to the reader of trees, which knows what a Double can hold.
    private static let longestNumber = 200

    private(set) var at: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    /// Bits of all bytes that strings were made of, and of some more.
    private var seen: UInt64 = 0
    private var depth = 0

    init(start: UnsafePointer<UInt8>, count: Int) {
        at = start
        end = start + count
    }

    var isAtEnd: Bool { at == end }
    /// False where every byte of every string so far is ASCII.
    var mayHaveSeenNonASCII: Bool { seen & 0x8080_8080_8080_8080 != 0 }

    @inline(__always)
    mutating func skipWhitespace() {
        while at < end {
            let byte = at.pointee
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            at += 1
        }
    }

    /// Steps over this byte where it is the next one.
    @inline(__always)
    mutating func skip(_ byte: UInt8) -> Bool {
        guard at < end, at.pointee == byte else { return false }
        at += 1
        return true
    }

    /// The next byte; 0 at the end.
    @inline(__always)
    var next: UInt8 { at < end ? at.pointee : 0 }

    // MARK: - Strings

    /// Moves over a string, from its opening quote to behind the closing one; nil where it is none.
    @inline(__always)
    mutating func string() -> Text? {
        guard skip(0x22) else { return nil }
        let start = at
        var hasEscapes = false
        while true {
            skipPlain()
            guard at < end else { return nil }
            if at.pointee == 0x22 {
                defer { at += 1 }
                return Text(start: start, count: at - start, hasEscapes: hasEscapes)
            }
            guard at.pointee == 0x5C, skipEscape() else { return nil }
            hasEscapes = true
        }
    }

    /// Moves to the next quote, backslash or control character, or to the end.
    ///
    /// Tests for zero bytes in a word: Sean Eron Anderson, "Bit Twiddling Hacks"; the lowest hit is exact.
    @inline(__always)
    private mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        while end - at >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt64.self))
            seen |= word
            let quotes = word ^ (ones &* 0x22)
            let backslashes = word ^ (ones &* 0x5C)
            let hits =
                ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
                | ((word &- (ones &* 0x20)) & ~word)
            let stops = hits & highs
            if stops != 0 {
                at += stops.trailingZeroBitCount / 8
                return
            }
            at += 8
        }
        while at < end {
            let byte = at.pointee
            if byte == 0x22 || byte == 0x5C || byte < 0x20 { return }
            seen |= UInt64(byte)
            at += 1
        }
    }

    private mutating func skipEscape() -> Bool {
        at += 1
        guard at < end else { return false }
        let kind = at.pointee
        at += 1
        switch kind {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return true
        case 0x75:
            guard let unit = hexadecimal() else { return false }
            guard unit & 0xF800 == 0xD800 else { return true }
            // The first half of a surrogate pair needs the second.
            guard unit < 0xDC00, skip(0x5C), skip(0x75), let low = hexadecimal() else { return false }
            return low & 0xFC00 == 0xDC00
        default: return false
        }
    }

    private mutating func hexadecimal() -> UInt32? {
        guard end - at >= 4 else { return nil }
        var unit: UInt32 = 0
        for _ in 0..<4 {
            let byte = at.pointee
            switch byte {
            case 0x30...0x39: unit = unit << 4 | UInt32(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: unit = unit << 4 | UInt32((byte | 0x20) - 0x57)
            default: return nil
            }
            at += 1
        }
        return unit
    }

    // MARK: - Other values

    /// Moves over one value of any kind.
    mutating func skipValue() -> Bool {
        switch next {
        case 0x22: string() != nil
        case 0x7B: skipObject()
        case 0x5B: skipArray()
        case 0x74: skipLiteral("true")
        case 0x66: skipLiteral("false")
        case 0x6E: skipLiteral("null")
        default: skipNumber()
        }
    }

    @inline(__always)
    mutating func skipLiteral(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard end - at >= count else { return false }
        for offset in 0..<count where at[offset] != text.utf8Start[offset] { return false }
        at += count
        return true
    }

    private mutating func skipNumber() -> Bool {
        let start = at
        _ = skip(0x2D)
        let integer = at
        guard skipDigits(), integer.pointee != 0x30 || at - integer == 1 else { return false }
        if skip(0x2E), !skipDigits() { return false }
        return next | 0x20 != 0x65 && at - start <= JSONCursor.longestNumber
    }

    @inline(__always)
    private mutating func skipDigits() -> Bool {
        let start = at
        while at < end, at.pointee &- 0x30 < 10 { at += 1 }
        return at > start
    }

    private mutating func skipArray() -> Bool {
        guard enterArray() else { return false }
        if leave(0x5D) { return true }
        repeat {
            skipWhitespace()
            guard skipValue() else { return false }
        } while hasNext()
        return leave(0x5D)
    }

    private mutating func skipObject() -> Bool {
        members { _, cursor in cursor.skipValue() }
    }

    // MARK: - Walking objects and arrays

    @inline(__always)
    private mutating func enterObject() -> Bool { enter(0x7B) }

    @inline(__always)
    mutating func enterArray() -> Bool { enter(0x5B) }

    @inline(__always)
    private mutating func enter(_ bracket: UInt8) -> Bool {
        guard depth < JSONCursor.deepest, skip(bracket) else { return false }
        depth += 1
        skipWhitespace()
        return true
    }

    /// Steps over the closing bracket where that is next.
    @inline(__always)
    mutating func leave(_ bracket: UInt8) -> Bool {
        guard skip(bracket) else { return false }
        depth -= 1
        return true
    }

    /// Steps over the comma after an element or a member; false where there is none.
    @inline(__always)
    mutating func hasNext() -> Bool {
        skipWhitespace()
        return skip(0x2C)
    }

    /// Moves over an object, from bracket to bracket.
    /// - Parameter take: moves over the value of a member; false ends it.
    @inline(__always)
    mutating func members(_ take: (_ key: Text, _ cursor: inout JSONCursor) -> Bool) -> Bool {
        guard enterObject() else { return false }
        if leave(0x7D) { return true }
        repeat {
            guard let key = key(), take(key, &self) else { return false }
        } while hasNext()
        return leave(0x7D)
    }

    /// Moves over a member's key and colon, to its value; nil also for a key with escapes, which could be any.
    @inline(__always)
    mutating func key() -> Text? {
        skipWhitespace()
        guard let key = string(), !key.hasEscapes else { return nil }
        skipWhitespace()
        guard skip(0x3A) else { return nil }
        skipWhitespace()
        return key
    }
}

extension JSONCursor.Text {
    @inline(__always)
    func isEqual(to text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for offset in 0..<count where start[offset] != text.utf8Start[offset] { return false }
        return true
    }
}
