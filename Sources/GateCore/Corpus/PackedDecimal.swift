/// The digits of a number as a text writes them, four bits to a character: nothing of `0.10` is lost in two bytes.
@frozen
public struct PackedDecimal: Sendable {
    /// More characters are packed by ``FactPacker``.
    public static let maximumCount = 15
    public static let point: UInt64 = 10
    public static let minus: UInt64 = 11

    /// Digits as themselves, and the point and the sign; the last one lowest.
    public var nibbles: UInt64
    /// 1...``maximumCount``
    public var count: Int

    @inlinable
    public init(nibbles: UInt64, count: Int) {
        self.nibbles = nibbles
        self.count = count
    }

    static let characters = Array("0123456789.-+eE".utf8)

    static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x2E: 10
        case 0x2D: 11
        case 0x2B: 12
        case 0x65: 13
        case 0x45: 14
        default: nil
        }
    }
}
