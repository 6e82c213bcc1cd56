/// Finds the highest concurrency that still keeps the limits: doubled from 1 until it fails or the end of the range is
/// reached, then bisected. It holds that whatever fails at one concurrency fails at every higher one; the count of
/// steps is at most twice the binary logarithm of the range.
public struct RampSearch: Sendable {
    /// The highest concurrency that will be tried; at least 1.
    public let limit: Int
    /// The highest that kept the limits; 0 for none.
    public private(set) var highestGood = 0
    private var lowestBad: Int?

    public init(limit: Int) { self.limit = max(1, limit) }

    /// The concurrency to try next; nil when the search is over.
    public var next: Int? {
        if let lowestBad {
            let middle = highestGood + (lowestBad - highestGood) / 2
            return middle > highestGood ? middle : nil
        }
        guard highestGood < limit else { return nil }
        return highestGood == 0 ? 1 : highestGood > limit / 2 ? limit : highestGood * 2
    }

    /// Takes what came of the concurrency that ``next`` named.
    public mutating func record(_ concurrency: Int, isWithinLimits: Bool) {
        if isWithinLimits {
            highestGood = max(highestGood, concurrency)
        } else {
            lowestBad = min(lowestBad ?? concurrency, concurrency)
        }
    }
}
