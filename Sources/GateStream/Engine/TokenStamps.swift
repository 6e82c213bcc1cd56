/// When each piece of content arrived: nanoseconds after the request was about to be written, never falling.
///
/// Kept as 32-bit differences, half of what plain offsets would take; a longer gap takes three of them.
public struct TokenStamps: Sendable, Equatable {
    private static let escape = UInt32.max

    private var differences: [UInt32] = []
    public private(set) var count = 0
    /// Nanoseconds; nil where there is none.
    public private(set) var first: Int64?
    public private(set) var last: Int64?

    public init() {}

    /// - Parameter offset: nanoseconds; one before the last is taken as the last.
    public mutating func append(_ offset: Int64) {
        count += 1
        guard let last else {
            first = offset
            last = offset
            return
        }
        let difference = Swift.max(0, offset - last)
        if difference < Int64(TokenStamps.escape) {
            differences.append(UInt32(truncatingIfNeeded: difference))
        } else {
            differences += [
                TokenStamps.escape, UInt32(truncatingIfNeeded: difference >> 32),
                UInt32(truncatingIfNeeded: difference),
            ]
        }
        self.last = last + difference
    }

    /// The same stamps, counted from another moment.
    func counted(from origin: Int64) -> TokenStamps {
        var moved = self
        moved.first = first.map { $0 - origin }
        moved.last = last.map { $0 - origin }
        return moved
    }
}

extension TokenStamps: Sequence {
    public struct Iterator: IteratorProtocol {
        private var differences: ArraySlice<UInt32>
        private var current: Int64?
        private var isAtStart = true

        init(first: Int64?, differences: [UInt32]) {
            current = first
            self.differences = differences[...]
        }

        public mutating func next() -> Int64? {
            guard let current, !isAtStart else {
                isAtStart = false
                return current
            }
            guard let difference = differences.popFirst() else { return nil }
            var later = current + Int64(difference)
            if difference == TokenStamps.escape, let high = differences.popFirst(), let low = differences.popFirst() {
                later = current + (Int64(high) << 32 | Int64(low))
            }
            self.current = later
            return later
        }
    }

    public func makeIterator() -> Iterator { Iterator(first: first, differences: differences) }
    public var underestimatedCount: Int { count }

    /// The gaps between one and the next in nanoseconds, in order.
    public var gaps: [Int64] {
        var gaps: [Int64] = []
        gaps.reserveCapacity(Swift.max(0, count - 1))
        var previous: Int64?
        for stamp in self {
            if let previous { gaps.append(stamp - previous) }
            previous = stamp
        }
        return gaps
    }
}
