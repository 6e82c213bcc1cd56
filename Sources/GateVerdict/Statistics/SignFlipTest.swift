import GateCore

/// The sign-flip test of several paired metrics together, one-sided towards larger differences.
///
/// If nothing changed and a fair coin gave each pair its order, every difference is as likely as its negative, so that
/// the observed pairs are one draw out of all their sign vectors. The largest statistic over all metrics is compared, by
/// which the probability of any false rejection is controlled with the metrics' own correlation (Westfall and Young,
/// "Resampling-Based Multiple Testing", 1993, single step). Exact without any assumption on how values are distributed.
public enum SignFlipTest {
    /// Up to so many pairs all sign vectors are enumerated.
    static let enumeratedPairs = 12
    /// Sign vectors that are drawn where all of them would be too many: 20 are expected below a level of 0.002.
    static let drawnSigns = 9_999
    /// As many as a finer level gets at most.
    static let mostDrawnSigns = 999_999

    /// The smallest p-value that so many pairs can have; 1 of none.
    static func leastP(pairs: Int, level: Double) -> Double {
        let smallest = Double(sign: .plus, exponent: -max(pairs, 0), significand: 1)
        return pairs <= enumeratedPairs ? smallest : max(smallest, 1 / Double(draws(forLevel: level) + 1))
    }

    /// With n drawn vectors no p-value is below 1/(n + 1), so that a finer level needs more of them.
    private static func draws(forLevel level: Double) -> Int {
        let needed = level > 0 ? 20 / level : 0
        return max(drawnSigns, min(mostDrawnSigns, Int(clamping: needed.rounded(.up)) - 1))
    }

    /// Of the drawn sign vectors; a constant, so that a p-value can be computed again from the weights alone.
    public static let standardSeed: UInt64 = 0x5EED_0F51_6EF1_1955

    /// Beyond which absolute difference a pair weighs nothing: it comes from the absolute differences, which know nothing of
    /// who is base and who is head, so that the test of what is left stays exact.
    ///
    /// - Parameter differences: those that are finite; 0 of none.
    static func rejectionLimit(_ differences: [Double]) -> Double {
        ConvictionRule.rejection * (OrderStatistics.median(differences.map(abs)) ?? 0)
    }

    /// Differences with those beyond ``rejectionLimit(_:)``, and those that are missing, set to zero.
    package static func weights(_ differences: [Double]) -> [Double] {
        let limit = rejectionLimit(differences.filter(\.isFinite))
        return differences.map { $0.isFinite && abs($0) <= limit ? $0 : 0 }
    }

    /// Σw / √Σw², which is between −√n and √n; 0 where all weights are 0.
    package static func statistic(_ weights: [Double]) -> Double {
        let norm = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return norm > 0 ? weights.reduce(0, +) / norm : 0
    }

    /// p-values, adjusted for all metrics.
    ///
    /// - Parameters:
    ///   - columns: weights by metric, pair by pair; all of the same length.
    ///   - seed: of the drawn sign vectors.
    ///   - level: what a p-value must not exceed to convict; 0 where nobody is.
    public static func adjustedP(
        _ columns: [[Double]], seed: UInt64 = standardSeed, level: Double = 0
    ) -> [Double] {
        guard let pairs = columns.first?.count, pairs > 0 else { return columns.map { _ in 1 } }
        let sums = SignedSums(columns, pairs: pairs)
        var counts = [Int](repeating: 0, count: columns.count)
        let observed = columns.map(statistic)
        let isEnumerated = pairs <= enumeratedPairs
        let draws = isEnumerated ? 1 << pairs : draws(forLevel: level)
        var random = SplitMix64(seed: seed)
        var signs = [UInt64](repeating: 0, count: SignedSums.words(forPairs: pairs))
        for draw in 0..<draws {
            for word in signs.indices { signs[word] = isEnumerated ? UInt64(truncatingIfNeeded: draw) : random.next() }
            let largest = sums.largest(signs)
            for index in observed.indices where largest >= observed[index] - 1e-12 { counts[index] += 1 }
        }
        return observed.indices.map { index in
            isEnumerated
                ? Double(counts[index]) / Double(draws) : Double(counts[index] + 1) / Double(draws + 1)
        }
    }
}

/// The statistics of all metrics under any sign vector, from tables of the sums of seven pairs each: three additions of
/// eight metrics at once for twenty pairs.
struct SignedSums {
    private static let bits = 7
    /// A word has the signs of so many parts, and of no part of one.
    private static let partsOfWord = 64 / bits

    /// How many words a sign vector has.
    static func words(forPairs pairs: Int) -> Int {
        (pairs + bits * partsOfWord - 1) / (bits * partsOfWord)
    }

    /// By group of eight metrics, then part of the sign vector, then pattern of that part.
    private let tables: [SIMD8<Double>]
    private let groups: Int
    private let parts: Int

    init(_ columns: [[Double]], pairs: Int) {
        groups = (columns.count + 7) / 8
        parts = (pairs + SignedSums.bits - 1) / SignedSums.bits
        var tables: [SIMD8<Double>] = []
        tables.reserveCapacity(groups * parts << SignedSums.bits)
        for group in 0..<groups {
            let scaled = SignedSums.scaled(columns, group: group, pairs: pairs)
            for part in 0..<parts {
                let start = part * SignedSums.bits
                tables += SignedSums.table(Array(scaled[start..<min(start + SignedSums.bits, pairs)]))
            }
        }
        self.tables = tables
    }

    /// The largest statistic of any metric where the pairs of the set bits have their sign turned.
    ///
    /// - Parameter signs: as many as ``words(forPairs:)`` says.
    func largest(_ signs: [UInt64]) -> Double {
        var largest = -Double.infinity
        tables.withUnsafeBufferPointer { tables in
            for group in 0..<groups {
                var sum = SIMD8<Double>(repeating: 0)
                for part in 0..<parts {
                    let (word, place) = part.quotientAndRemainder(dividingBy: SignedSums.partsOfWord)
                    let pattern = Int(
                        truncatingIfNeeded: (signs[word] >> (place * SignedSums.bits)) & ((1 << SignedSums.bits) - 1))
                    sum += tables[(group * parts + part) << SignedSums.bits | pattern]
                }
                largest = Swift.max(largest, sum.max())
            }
        }
        return largest
    }

    /// Weights of eight metrics over their norm, pair by pair. Lanes without a metric repeat the first, so that they never
    /// decide.
    private static func scaled(_ columns: [[Double]], group: Int, pairs: Int) -> [SIMD8<Double>] {
        var scaled = [SIMD8<Double>](repeating: SIMD8(repeating: 0), count: pairs)
        for lane in 0..<8 {
            let column = group * 8 + lane < columns.count ? columns[group * 8 + lane] : columns[group * 8]
            let norm = column.reduce(0) { $0 + $1 * $1 }.squareRoot()
            for pair in 0..<pairs where norm > 0 { scaled[pair][lane] = column[pair] / norm }
        }
        return scaled
    }

    private static func table(_ values: [SIMD8<Double>]) -> [SIMD8<Double>] {
        var table = [SIMD8<Double>](repeating: SIMD8(repeating: 0), count: 1 << bits)
        for pattern in table.indices {
            for (bit, value) in values.enumerated() { table[pattern] += pattern >> bit & 1 == 0 ? value : -value }
        }
        return table
    }
}
