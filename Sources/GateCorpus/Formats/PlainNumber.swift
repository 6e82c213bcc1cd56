import GateCore

/// The plain number at a place of a text: perhaps a minus, digits, and perhaps a point with digits behind it.
struct PlainNumber {
    private var nibbles: UInt64 = 0
    private let start: Int
    /// Behind the last character that belongs to it.
    private(set) var end: Int
    private(set) var wholeDigits = 0
    private(set) var hasPoint = false
    private(set) var decimals = 0

    @inline(__always)
    init(_ text: UnsafeBufferPointer<UInt8>, at start: Int) {
        self.start = start
        end = start
        if takeShort(text) { return }
        if end < text.count, text[end] == ascii("-") {
            nibbles = PackedDecimal.minus
            end += 1
        }
        wholeDigits = takeDigits(text)
        if end < text.count, text[end] == ascii(".") {
            nibbles = nibbles << 4 | PackedDecimal.point
            hasPoint = true
            end += 1
            decimals = takeDigits(text)
        }
    }

    /// All of a number without a sign that ends within eight bytes: nearly every one.
    @inline(__always)
    private mutating func takeShort(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count - start >= 8 else { return false }
        let eight = EightBytes(text, at: start)
        let (count, whole, hasPoint) = eight.leadingDecimal
        guard whole > 0, count < 8 else { return false }
        nibbles = eight.nibbles(count, point: hasPoint ? whole : 8)
        wholeDigits = whole
        self.hasPoint = hasPoint
        decimals = hasPoint ? count &- whole &- 1 : 0
        end = start &+ count
        return true
    }

    @inline(__always)
    private mutating func takeDigits(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        let first = end
        while text.count - end >= 8 {
            let eight = EightBytes(text, at: end)
            let count = eight.leadingDigits
            guard count > 0 else { return end - first }
            nibbles = nibbles &<< UInt64(4 &* count) | eight.nibbles(count)
            end &+= count
            guard count == 8 else { return end - first }
        }
        while end < text.count {
            let digit = text[end] &- 0x30
            guard digit < 10 else { break }
            nibbles = nibbles << 4 | UInt64(digit)
            end += 1
        }
        return end - first
    }

    /// Nil where there is no digit, or where there are too many.
    @inline(__always)
    var packed: PackedDecimal? {
        wholeDigits + decimals > 0 && end - start <= PackedDecimal.maximumCount
            ? PackedDecimal(nibbles: nibbles, count: end - start) : nil
    }
}

extension PackedDecimal {
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
        guard number.end == text.count, let packed = number.packed else { return nil }
        self = packed
    }

    /// No number.
    static let none = PackedDecimal(nibbles: 0, count: 0)

    var isNone: Bool { count == 0 }
}
