import GateCore

/// The sign-flip test looked at several times while pairs arrive, with one probability of a false alarm for all looks
/// together.
///
/// A p-value is the share of sign vectors for which any metric would have been convicted at an earlier look, or would be now
/// at least as clearly. Looks agree with each other, so that this is less than the sum of their own p-values, by which
/// Bonferroni reckons. Exact like ``SignFlipTest`` where nothing changed and a fair coin gave each pair its order: the
/// limits of all looks come from absolute differences and from all their sign vectors alone. A group-sequential test
/// by permutation (spending as in Lan and DeMets, "Discrete sequential boundaries for clinical trials", 1983).
public struct SequentialSignFlipTest: Sendable {
    /// Of each sign vector, whether an earlier look would have convicted: all vectors of ``pairs`` bits, or the drawn ones.
    private var convicted: [Bool] = [false]
    private var pairs = 0
    private let seed: UInt64

    /// - Parameter seed: of the drawn sign vectors, which are ``SignFlipTest``'s.
    public init(seed: UInt64 = SignFlipTest.standardSeed) { self.seed = seed }

    /// p-values after so many pairs, adjusted for all metrics and for the looks before.
    ///
    /// - Parameters:
    ///   - columns: weights by metric, pair by pair: more pairs than at the look before, at most 64. The pairs that were
    ///     there before come first.
    ///   - alpha: what this look and all before it may spend together. Which metrics are convicted is the caller's
    ///     business; a vector counts as convicted where any p-value is at most this.
    public mutating func look(_ columns: [[Double]], spending alpha: Double) -> [Double] {
        guard let count = columns.first?.count, count > pairs, count <= 64 else { return columns.map { _ in 1 } }
        let vectors = vectors(pairs: count)
        var isConvicted = before(vectors)
        pairs = count
        let sums = SignedSums(columns, pairs: count)
        let open = vectors.indices.filter { !isConvicted[$0] }
        let spent = vectors.count - open.count
        let largest = open.map { sums.largest(vectors[$0]) }
        let p = columns.map { column in
            let observed = SignFlipTest.statistic(column) - SequentialSignFlipTest.rounding
            return Double(spent + largest.count { $0 >= observed }) / Double(vectors.count)
        }
        let allowed = Int(clamping: alpha * Double(vectors.count) + 1e-9) - spent
        if let limit = SequentialSignFlipTest.limit(largest, allowed: allowed) {
            for (index, statistic) in zip(open, largest) where statistic >= limit { isConvicted[index] = true }
        }
        convicted = isConvicted
        return p
    }

    private static let rounding = 1e-12

    /// Set bits turn the sign of their pair. The first vector is the one that was observed.
    private func vectors(pairs: Int) -> [UInt64] {
        guard pairs > SignFlipTest.enumeratedPairs else { return Array(0..<(1 << pairs)) }
        var random = SplitMix64(seed: seed)
        return [0] + (0..<SignFlipTest.drawnSigns).map { _ in random.next() }
    }

    /// What earlier looks say of these vectors, whose first bits are vectors of those looks.
    private func before(_ vectors: [UInt64]) -> [Bool] {
        guard pairs <= SignFlipTest.enumeratedPairs else { return convicted }
        return vectors.map { convicted[Int(truncatingIfNeeded: $0 & (1 << pairs - 1))] }
    }

    /// The smallest statistic that at most so many reach; nil where even the largest are too many.
    private static func limit(_ statistics: [Double], allowed: Int) -> Double? {
        guard allowed > 0 else { return nil }
        guard allowed < statistics.count else { return -.infinity }
        let sorted = statistics.sorted(by: >)
        // What equals the first that is too many is too much as well.
        return sorted[..<allowed].last { $0 > sorted[allowed] + rounding }.map { $0 - rounding }
    }
}
