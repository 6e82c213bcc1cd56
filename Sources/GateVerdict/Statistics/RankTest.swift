import GateCore

/// The Wilcoxon–Mann–Whitney test of two samples: whether values of one tend to be larger than those of the other. It asks
/// nothing of how they are spread, which suits counts with heavy tails.
package enum RankTest {
    /// Values up to so many in both samples are tested exactly.
    static let largestExact = 60

    /// The probability of a rank sum of `sample` at least as large as the one that was seen, if both samples came from
    /// the same source: exact over all ways to deal the values (ties keep their middle ranks), and above 60 values over
    /// 19,999 of them that are drawn at random, always the same ones.
    ///
    /// - Returns: 0…1; 1 where one of the samples is empty.
    package static func probabilityOfLarger(_ sample: [Double], than other: [Double]) -> Double {
        guard !sample.isEmpty, !other.isEmpty else { return 1 }
        let ranks = doubledRanks(sample + other)
        let sum = ranks.prefix(sample.count).reduce(0, +)
        return ranks.count <= largestExact
            ? exact(ranks, count: sample.count, sum: sum) : drawn(ranks, count: sample.count, sum: sum)
    }

    /// Twice the rank of each value, so that middle ranks are whole.
    private static func doubledRanks(_ values: [Double]) -> [Int] { Ranks(values).ranks.map { Int(clamping: 2 * $0) } }

    /// Counts the subsets of each size and sum, one value after the other.
    private static func exact(_ ranks: [Int], count: Int, sum: Int) -> Double {
        let most = ranks.reduce(0, +)
        var ways = [[Double]](repeating: [Double](repeating: 0, count: most + 1), count: count + 1)
        ways[0][0] = 1
        for (index, rank) in ranks.enumerated() {
            for size in stride(from: min(count, index + 1), to: 0, by: -1) {
                for total in stride(from: most, through: rank, by: -1) where ways[size - 1][total - rank] > 0 {
                    ways[size][total] += ways[size - 1][total - rank]
                }
            }
        }
        let all = ways[count].reduce(0, +)
        return min(1, ways[count][sum...].reduce(0, +) / all)
    }

    /// The share of random ways to deal the ranks that give such a sum, the seen one among them; always the same ones.
    private static func drawn(_ ranks: [Int], count: Int, sum: Int) -> Double {
        var generator = SplitMix64(seed: 0x9E37_79B9_7F4A_7C15)
        var ranks = ranks
        var asLarge = 1
        for _ in 0..<draws {
            var total = 0
            for index in 0..<count {
                ranks.swapAt(index, Int.random(in: index..<ranks.count, using: &generator))
                total += ranks[index]
            }
            if total >= sum { asLarge += 1 }
        }
        return Double(asLarge) / Double(draws + 1)
    }

    private static let draws = 19_999
}

/// Ranks from 1; equal values share the mean of theirs.
private struct Ranks {
    let ranks: [Double]

    init(_ values: [Double]) {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for position in start..<end { ranks[order[position]] = Double(start + end + 1) / 2 }
            start = end
        }
        self.ranks = ranks
    }
}
