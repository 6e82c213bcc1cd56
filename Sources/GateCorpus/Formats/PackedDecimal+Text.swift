import GateCore

extension PackedDecimal {
    /// Packs a number character by character.
    struct Scan {
        private var nibbles: UInt64 = 0
        private var count: Int32 = 0
        private var digits: Int32 = 0
        private var hasPoint = false

        /// - Returns: false where the character belongs to no plain number.
        @inline(__always)
        mutating func take(_ character: UInt8) -> Bool {
            let digit = UInt64(character &- 0x30)
            if digit < 10 {
                nibbles = nibbles << 4 | digit
                digits &+= 1
            } else if character == ascii("."), !hasPoint {
                nibbles = nibbles << 4 | PackedDecimal.point
                hasPoint = true
            } else if character == ascii("-"), count == 0 {
                nibbles = PackedDecimal.minus
            } else {
                return false
            }
            count &+= 1
            return true
        }

        /// Nil where there are no digits, or too many.
        @inline(__always)
        var result: PackedDecimal? {
            digits > 0 && count <= PackedDecimal.maximumCount
                ? PackedDecimal(nibbles: nibbles, count: Int(count)) : nil
        }
    }

    /// Of a text that is nothing but digits, at most one point, and perhaps a minus in front: nearly every number of a
    /// benchmark. Nil for any other, which may be a number all the same.
    @inline(__always)
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var scan = Scan()
        for character in text { guard scan.take(character) else { return nil } }
        guard let result = scan.result else { return nil }
        self = result
    }
}
