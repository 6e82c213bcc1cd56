/// A place in the bytes of a JSON text, moved over values without making anything of them: the one grammar (RFC 8259) by
/// which trees, corpora and streams are read. Objects and arrays are in JSONCursor+Walk.swift.
///
/// What moves it says nil or false where the text is none, and ``error`` then says why. Strings are checked up to their
/// escapes; that they are UTF-8 is the reader's to see.
public struct JSONCursor {
    /// What lies between the quotes of a string. Valid as long as the bytes of the cursor are.
    public struct Text {
        public let bytes: UnsafeBufferPointer<UInt8>
        public let hasEscapes: Bool

        @inlinable @inline(__always)
        public init(bytes: UnsafeBufferPointer<UInt8>, hasEscapes: Bool) {
            self.bytes = bytes
            self.hasEscapes = hasEscapes
        }
    }

    /// A value that is neither a string nor holds others.
    public enum Scalar {
        /// Without an exponent.
        case plain(PlainNumber)
        /// With an exponent, or of very many digits.
        case number
        /// A number that no Double holds, where that is allowed.
        case missing
        case bool(Bool)
        case null
    }

    /// So many digits are finite whatever they are.
    @usableFromInline static let surelyFinite = 300

    public let bytes: UnsafeBufferPointer<UInt8>
    @usableFromInline let notFinite: JSONValue.NotFinite
    public var position = 0
    /// Of objects and arrays that were entered and not left.
    @usableFromInline var depth = 0
    /// Bits of all bytes that strings were made of, and of some more.
    @usableFromInline var seen: UInt64 = 0
    @usableFromInline var problem: JSONError.Problem?
    @usableFromInline var problemAt = 0

    /// Begins behind a byte order mark.
    @inlinable
    public init(_ bytes: UnsafeBufferPointer<UInt8>, notFinite: JSONValue.NotFinite = .refused) {
        self.bytes = bytes
        self.notFinite = notFinite
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    }

    /// The characters between the quotes of a string.
    init(text: UnsafeBufferPointer<UInt8>) {
        bytes = text
        notFinite = .refused
    }

    /// There are no more bytes.
    @inlinable @inline(__always)
    public var isAtEnd: Bool { position == bytes.count }

    /// How many bytes there are from the position on.
    @inlinable @inline(__always)
    public var remaining: Int { bytes.count &- position }

    /// The byte at the position; 0, which begins nothing, at the end.
    @inlinable @inline(__always)
    public var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

    /// False where every byte of every string so far is ASCII.
    @inlinable @inline(__always)
    public var mayHaveSeenNonASCII: Bool { seen & 0x8080_8080_8080_8080 != 0 }

    /// Moves on.
    /// - Parameter count: at most ``remaining``
    @inlinable @inline(__always)
    public mutating func pass(_ count: Int) { position &+= count }

    /// Passes the white space of JSON: blank, tab and the two ends of a line.
    @inlinable @inline(__always)
    public mutating func skipWhitespace() {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position &+= 1
        }
    }

    /// Passes this character where it is the next one.
    @inlinable @inline(__always)
    public mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == ascii(character) else { return false }
        position &+= 1
        return true
    }

    /// Passes these characters where they are the next ones.
    @inlinable @inline(__always)
    public mutating func skip(word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard remaining >= count else { return false }
        for offset in 0..<count where bytes[position &+ offset] != word.utf8Start[offset] { return false }
        position &+= count
        return true
    }

    // MARK: - Scalars

    /// Passes a number, a truth value, null, or what stands for a number that is none.
    @inlinable @inline(__always)
    public mutating func scalar() -> Scalar? {
        switch next {
        case ascii("0")...ascii("9"), ascii("-"): number()
        case ascii("t"): literal("true", .trueLiteral) ? .bool(true) : nil
        case ascii("f"): literal("false", .falseLiteral) ? .bool(false) : nil
        case ascii("n"): literal("null", .nullLiteral) ? .null : nil
        default: missing(from: position)
        }
    }

    @inlinable @inline(__always)
    mutating func literal(_ word: StaticString, _ expected: JSONError.Expected) -> Bool {
        skip(word: word) || fail(cutLiteral(word) ? .truncated : .unexpected(expected))
    }

    /// The text ends in this word.
    @usableFromInline
    func cutLiteral(_ word: StaticString) -> Bool {
        remaining < word.utf8CodeUnitCount
            && UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount).starts(
                with: bytes[position...])
    }

    @inlinable @inline(__always)
    mutating func number() -> Scalar? {
        let plain = PlainNumber(bytes, at: position)
        let first = bytes[position] == ascii("-") ? position &+ 1 : position
        guard plain.wholeDigits > 0, plain.wholeDigits == 1 || bytes[first] != ascii("0"),
            !plain.hasPoint || plain.decimals > 0
        else { return malformed(plain) }
        position = plain.end
        guard next | 0x20 == ascii("e") || plain.count > JSONCursor.surelyFinite else { return .plain(plain) }
        return unusual(plain)
    }

    /// With an exponent or many digits; the position is behind the plain part.
    @usableFromInline
    mutating func unusual(_ plain: PlainNumber) -> Scalar? {
        if next | 0x20 == ascii("e") {
            position += 1
            if !skip("+") { _ = skip("-") }
            let exponent = position
            position = PlainNumber.endOfDigits(bytes, exponent)
            guard position > exponent else {
                _ = isAtEnd ? fail(.truncated) : fail(.malformedNumber, at: plain.start)
                return nil
            }
        }
        guard DecimalText.double(UnsafeBufferPointer(rebasing: bytes[plain.start..<position])) == nil else {
            return .number
        }
        guard notFinite == .null || fail(.notFinite, at: plain.start) else { return nil }
        return .missing
    }

    @usableFromInline
    mutating func malformed(_ plain: PlainNumber) -> Scalar? {
        if plain.wholeDigits == 0, !plain.hasPoint, plain.end < bytes.count {
            position = plain.end
            return missing(from: plain.start)
        }
        let isCut = plain.end == bytes.count && (plain.hasPoint ? plain.decimals : plain.wholeDigits) == 0
        _ = isCut ? fail(.truncated, at: plain.end) : fail(.malformedNumber, at: plain.start)
        return nil
    }

    /// `NaN`, `Infinity` as Python writes them, and `inf`, perhaps behind a minus.
    @usableFromInline
    mutating func missing(from start: Int) -> Scalar? {
        if skip(word: "NaN") || skip(word: "Infinity") || skip(word: "inf") {
            guard notFinite == .null || fail(.notFinite, at: start) else { return nil }
            return .missing
        }
        _ = position > start ? fail(.malformedNumber, at: start) : fail(.unexpected(.value))
        return nil
    }

    // MARK: - Faults

    /// Keeps the first thing that is wrong.
    /// - Returns: false
    @discardableResult @inline(never) @usableFromInline
    mutating func fail(_ problem: JSONError.Problem, at offset: Int? = nil) -> Bool {
        if self.problem == nil {
            if case .unexpected = problem, isAtEnd { self.problem = .truncated } else { self.problem = problem }
            problemAt = offset ?? position
        }
        return false
    }

    /// What is wrong with the text. Lines and columns are counted only now, when there is something to say.
    var error: JSONError {
        var place = JSONCursor(bytes)
        var line = 1
        var column = 1
        while place.position < problemAt {
            let byte = place.next
            place.pass(1)
            if byte == 0x0A || (byte == 0x0D && place.next != 0x0A) {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        let problem = problem ?? .trailing
        let key = problem == .duplicateKey ? place.string()?.characters : nil
        return JSONError(problem: problem, line: line, column: column, key: key)
    }
}
