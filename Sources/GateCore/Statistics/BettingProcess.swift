/// Evidence against "no change" that may be looked at after every pair: the capital of somebody who bets on positive
/// differences, averaged over several stakes (Waudby-Smith and Ramdas, "Estimating means of bounded random variables by
/// betting", 2024). It exceeds 1/alpha with a probability of at most alpha, whenever one looks. Advisory: at the numbers of
/// pairs of a gate it has far less power than the sign-flip test at fixed looks.
public enum BettingProcess {
    public static let stakes = [0.2, 0.4, 0.6, 0.8, 0.95]

    /// The capital after each difference.
    ///
    /// - Parameter stakes: shares of the capital, each in 0..<1; not empty.
    public static func capital(_ differences: [Double], stakes: [Double] = stakes) -> [Double] {
        var fortunes = stakes.map { _ in 1.0 }
        return differences.indices.map { index in
            let scale = 1.5 * (OrderStatistics.median(differences[...index].map(abs)) ?? 0)
            let score = scale > 0 ? min(1, max(-1, differences[index] / scale)) : 0
            for (stake, share) in stakes.enumerated() { fortunes[stake] *= 1 + share * score }
            return fortunes.reduce(0, +) / Double(fortunes.count)
        }
    }
}
