/// The test of Mann and Whitney ("On a test of whether one of two random variables is stochastically larger than the
/// other", 1947): does the candidate tend to larger values? Assumes independent runs.
public struct MannWhitney: Sendable, Equatable {
    /// Pairs of values in which the candidate's is larger; ties count half.
    public let u: Double
    public let pGreater: Double
    public let pTwoSided: Double
    /// True where p comes from all orders; false for the normal approximation with ties and continuity corrected.
    public let isExact: Bool

    /// Above this product of sizes, or with ties, the approximation is used.
    private static let largestExactProduct = 2_500

    /// Nil where a side is empty.
    public init?(baseline: [Double], candidate: [Double]) {
        guard !baseline.isEmpty, !candidate.isEmpty else { return nil }
        let ranks = Ranks(baseline + candidate)
        let (n, m) = (candidate.count, baseline.count)
        u = ranks.ranks.suffix(n).reduce(0, +) - Double(n * (n + 1)) / 2
        isExact = !ranks.hasTies && n * m <= MannWhitney.largestExactProduct
        if isExact {
            let below = MannWhitney.cumulative(n, m)
            let orders = below[n * m]
            let rank = Int(clamping: u)
            let (atLeast, atMost) = (below[n * m - rank] / orders, below[rank] / orders)
            pGreater = atLeast
            pTwoSided = min(1, 2 * min(atLeast, atMost))
        } else {
            let size = Double(n + m)
            let variance = Double(n * m) / 12 * (size + 1 - ranks.tieSum / (size * (size - 1)))
            let centered = u - Double(n * m) / 2
            func tail(_ value: Double) -> Double {
                variance > 0 ? NormalDistribution.upperTail((value - 0.5) / variance.squareRoot()) : 1
            }
            pGreater = tail(centered)
            pTwoSided = min(1, 2 * tail(abs(centered)))
        }
    }

    /// In how many orders of n + m values U is at most u, for u = 0 ... n·m: the coefficients of Gauss' binomial.
    private static func cumulative(_ n: Int, _ m: Int) -> [Double] {
        var counts = [Double](repeating: 0, count: n * m + 1)
        counts[0] = 1
        for factor in 1...n {
            let (up, down) = (m + factor, factor)
            if up <= n * m { for u in stride(from: n * m, through: up, by: -1) { counts[u] -= counts[u - up] } }
            if down <= n * m { for u in down...(n * m) { counts[u] += counts[u - down] } }
        }
        for u in counts.indices.dropFirst() { counts[u] += counts[u - 1] }
        return counts
    }
}

/// Wilcoxon's signed rank test of paired differences ("Individual comparisons by ranking methods", 1945): are they
/// positive? Assumes that without a change each difference is as likely as its negative.
public struct SignedRank: Sendable, Equatable {
    /// Sum of the ranks of the positive differences.
    public let positiveRanks: Double
    /// Exact, by all signs; ties share their mean rank, zeros are left out.
    public let pGreater: Double

    /// Nil where no difference is left, or more than 200 are.
    public init?(_ differences: [Double]) {
        let differences = differences.filter { $0 != 0 }
        guard !differences.isEmpty, differences.count <= 200 else { return nil }
        // Twice the rank is whole even where two share one.
        let ranks = Ranks(differences.map(abs)).ranks.map { Int(clamping: 2 * $0) }
        let positive = zip(ranks, differences).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
        var share = [Double](repeating: 0, count: ranks.reduce(0, +) + 1)
        share[0] = 1
        for rank in ranks {
            for sum in share.indices.reversed() {
                share[sum] = (share[sum] + (sum >= rank ? share[sum - rank] : 0)) / 2
            }
        }
        positiveRanks = Double(positive) / 2
        pGreater = share[positive...].reduce(0, +)
    }
}

/// Ranks from 1; equal values share the mean of theirs.
struct Ranks {
    let ranks: [Double]
    /// Σ (t³ − t) over groups of t equal values.
    let tieSum: Double

    var hasTies: Bool { tieSum > 0 }

    init(_ values: [Double]) {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var ties = 0.0
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for position in start..<end { ranks[order[position]] = Double(start + end + 1) / 2 }
            let size = Double(end - start)
            ties += size * size * size - size
            start = end
        }
        self.ranks = ranks
        tieSum = ties
    }
}
