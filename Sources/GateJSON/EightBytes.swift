/// Eight bytes of a text looked at together. Source: H. S. Warren, Hacker's Delight, 2nd edition, chapter 6.
public struct EightBytes: BitwiseCopyable, Sendable {
    /// The first byte of the text lowest.
    @usableFromInline let word: UInt64

    @inlinable
    public var bits: UInt64 { word }

    /// - Parameter offset: at least eight bytes follow it.
    @inlinable @inline(__always)
    public init(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) {
        word = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
    }

    /// All of a text of up to eight bytes; the others are 0.
    @inlinable @inline(__always)
    public init(all text: UnsafeBufferPointer<UInt8>) {
        let raw = UnsafeRawBufferPointer(text)
        let count = raw.count
        // Two loads that may overlap read no byte beyond the text.
        func ends<Half: FixedWidthInteger & BitwiseCopyable>(_: Half.Type, _ size: Int) -> UInt64 {
            let first = UInt64(truncatingIfNeeded: raw.loadUnaligned(as: Half.self).littleEndian)
            let end = raw.loadUnaligned(fromByteOffset: count - size, as: Half.self).littleEndian
            let last = UInt64(truncatingIfNeeded: end)
            return first | last &<< UInt64(truncatingIfNeeded: 8 &* (count - size))
        }
        word =
            if count == 8 { EightBytes(text, at: 0).word } else if count >= 4 {
                ends(UInt32.self, 4)
            } else if count >= 2 { ends(UInt16.self, 2) } else { UInt64(raw.first ?? 0) }
    }

    /// - Parameter count: 1...8
    @inlinable @inline(__always)
    public func begins(like other: EightBytes, _ count: Int) -> Bool {
        (word ^ other.word) &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count) == 0
    }

    /// The highest bit of each byte that is no digit.
    @inlinable @inline(__always)
    var others: UInt64 {
        let values = word ^ EightBytes.all(0x30)
        return ((values & EightBytes.all(0x7F)) &+ EightBytes.all(0x76) | values) & EightBytes.all(0x80)
    }

    /// How many of them are digits before the first that is none.
    @inlinable @inline(__always)
    public var leadingDigits: Int { others.trailingZeroBitCount >> 3 }

    /// How many of them are none before the first that is a digit.
    @inlinable @inline(__always)
    public var leadingOthers: Int { (~others & EightBytes.all(0x80)).trailingZeroBitCount >> 3 }

    /// How many of them are digits with at most one point among them, and how many of these come before the point.
    @inlinable @inline(__always)
    public var leadingDecimal: (count: Int, wholeDigits: Int, hasPoint: Bool) {
        let others = others
        let whole = others.trailingZeroBitCount
        guard (word &>> UInt64(truncatingIfNeeded: whole & 0x38)) & 0xFF == 0x2E else {
            return (whole >> 3, whole >> 3, false)
        }
        return ((others & (others &- 1)).trailingZeroBitCount >> 3, whole >> 3, true)
    }

    /// The first so many of them, which are digits and perhaps a point, with four bits to each and the last one lowest.
    /// - Parameters:
    ///   - count: 1...8
    ///   - point: the index of the point; 8 where there is none.
    @inlinable @inline(__always)
    public func nibbles(_ count: Int, point: Int = 8) -> UInt64 {
        // A point's low half is 14 and has to become 10.
        let digits = point < 8 ? word ^ (0x04 &<< UInt64(truncatingIfNeeded: 8 &* point)) : word
        var nibbles = (digits.byteSwapped &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)) & EightBytes.all(0x0F)
        nibbles = (nibbles | nibbles >> 4) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles | nibbles >> 8) & 0x0000_FFFF_0000_FFFF
        return (nibbles | nibbles >> 16) & 0xFFFF_FFFF
    }

    /// How many of them stand before a pipe, an asterisk, a backtick or a backslash.
    @inlinable @inline(__always)
    public var leadingInCell: Int {
        let others =
            EightBytes.zeros(word ^ EightBytes.all(0x7C)) | EightBytes.zeros(word ^ EightBytes.all(0x2A))
            | EightBytes.zeros(word ^ EightBytes.all(0x60)) | EightBytes.zeros(word ^ EightBytes.all(0x5C))
        return (others & EightBytes.all(0x80)).trailingZeroBitCount >> 3
    }

    /// How many of them a JSON string has before its end, a backslash or a control character.
    @inlinable @inline(__always)
    public var leadingInString: Int {
        let controls = (word &- EightBytes.all(0x20)) & ~word
        let others =
            controls | EightBytes.zeros(word ^ EightBytes.all(0x22)) | EightBytes.zeros(word ^ EightBytes.all(0x5C))
        return (others & EightBytes.all(0x80)).trailingZeroBitCount >> 3
    }

    /// One byte eight times.
    @inlinable
    public init(repeating byte: UInt8) { word = EightBytes.all(UInt64(byte)) }

    /// How many of them stand before a separator or the end of a line.
    @inlinable @inline(__always)
    public func leadingInField(_ separators: EightBytes) -> Int {
        let others =
            EightBytes.zeros(word ^ separators.word) | EightBytes.zeros(word ^ EightBytes.all(0x0A))
            | EightBytes.zeros(word ^ EightBytes.all(0x0D))
        return (others & EightBytes.all(0x80)).trailingZeroBitCount >> 3
    }

    /// The highest bit of the lowest byte that is zero; those above it tell nothing.
    @inlinable @inline(__always)
    static func zeros(_ word: UInt64) -> UInt64 { (word &- all(0x01)) & ~word }

    @inlinable @inline(__always)
    static func all(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
}
