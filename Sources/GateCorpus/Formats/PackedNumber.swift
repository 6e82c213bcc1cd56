import GateCore
import GateJSON

extension PackedDecimal {
    /// Nil where there is no digit, or where there are too many.
    @inline(__always)
    init?(_ number: PlainNumber, in text: UnsafeBufferPointer<UInt8>) {
        let count = number.count
        guard number.wholeDigits + number.decimals > 0, count <= PackedDecimal.maximumCount else { return nil }
        let point = number.hasPoint ? count &- number.decimals &- 1 : count
        let nibbles: UInt64
        if count <= 8, text.count - number.start >= 8 {
            nibbles = EightBytes(text, at: number.start).nibbles(count, point: min(point, 8))
        } else if count > 8 {
            // Two halves that overlap.
            let first = EightBytes(text, at: number.start).nibbles(8, point: min(point, 8))
            let offset = count &- 8
            let last = EightBytes(text, at: number.end &- 8).nibbles(
                8, point: point >= offset ? min(point - offset, 8) : 8)
            nibbles = first &<< UInt64(4 &* offset) | last
        } else {
            nibbles = EightBytes(all: UnsafeBufferPointer(rebasing: text[number.start..<number.end]))
                .nibbles(count, point: min(point, 8))
        }
        self.init(nibbles: nibbles, count: count)
        guard text[number.start] == ascii("-") else { return }
        // A minus has another low half than its nibble.
        self.nibbles ^= (0xD ^ PackedDecimal.minus) &<< UInt64(4 &* (count &- 1))
    }

    /// Of a text that is nothing but a plain number: nearly every number of a benchmark is one. Nil for any other, which
    /// may be a number all the same.
    @inline(__always)
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        if text.count <= 8 {
            let eight = EightBytes(all: text)
            let (count, whole, hasPoint) = eight.leadingDecimal
            if whole > 0, count == text.count {
                self.init(nibbles: eight.nibbles(count, point: hasPoint ? whole : 8), count: count)
                return
            }
        }
        let number = PlainNumber(text, at: 0)
        guard number.end == text.count else { return nil }
        self.init(number, in: text)
    }

    /// No number.
    static let none = PackedDecimal(nibbles: 0, count: 0)

    var isNone: Bool { count == 0 }
}
