/// The plain number at a place of a text: perhaps a minus, digits, and perhaps a point with digits behind it.
public struct PlainNumber: Sendable {
    public let start: Int
    /// Behind the last character that belongs to it.
    public let end: Int
    public let wholeDigits: Int
    public let hasPoint: Bool
    public let decimals: Int

    @inlinable @inline(__always)
    public init(_ text: UnsafeBufferPointer<UInt8>, at start: Int) {
        self.start = start
        if text.count - start >= 8 {
            let (count, whole, hasPoint) = EightBytes(text, at: start).leadingDecimal
            // All of a number without a sign that ends within eight bytes: nearly every one.
            if whole > 0, count < 8 {
                end = start &+ count
                wholeDigits = whole
                self.hasPoint = hasPoint
                decimals = hasPoint ? count &- whole &- 1 : 0
                return
            }
        }
        let first = start < text.count && text[start] == ascii("-") ? start + 1 : start
        let point = PlainNumber.endOfDigits(text, first)
        wholeDigits = point - first
        hasPoint = point < text.count && text[point] == ascii(".")
        end = hasPoint ? PlainNumber.endOfDigits(text, point + 1) : point
        decimals = hasPoint ? end - point - 1 : 0
    }

    @inlinable @inline(__always)
    public var count: Int { end &- start }

    @inlinable @inline(__always)
    static func endOfDigits(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var end = start
        while text.count - end >= 8 {
            let count = EightBytes(text, at: end).leadingDigits
            end &+= count
            guard count == 8 else { return end }
        }
        while end < text.count, digitValue(text[end]) != nil { end += 1 }
        return end
    }
}
