import GateCore

/// The exact confidence interval of a probability after so many successes in so many independent trials (Clopper and
/// Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", 1934): it covers at least
/// with the stated confidence, whatever the probability is.
public struct BinomialInterval: Sendable, Equatable {
    public let lower: Double
    public let upper: Double

    /// - Parameters:
    ///   - successes: 0...trials.
    ///   - trials: at least 1.
    ///   - confidence: of both sides together, greater than 0, less than 1.
    public init(successes: Int, trials: Int, confidence: Double = 0.95) {
        let tail = (1 - confidence) / 2
        lower =
            successes == 0
            ? 0
            : BinomialInterval.solve { 1 - BinomialInterval.probability(atMost: successes - 1, of: trials, $0) > tail }
        upper =
            successes == trials
            ? 1
            : BinomialInterval.solve { BinomialInterval.probability(atMost: successes, of: trials, $0) <= tail }
    }

    /// Probability of at most so many successes, where each has the probability `p` in 0...1.
    public static func probability(atMost successes: Int, of trials: Int, _ p: Double) -> Double {
        guard successes >= 0 else { return 0 }
        guard successes < trials, p > 0 else { return 1 }
        guard p < 1 else { return 0 }
        let odds = log(p) - log1p(-p)
        var term = Double(trials) * log1p(-p)
        var sum = exp(term)
        for k in 0..<successes {
            term += log(Double(trials - k)) - log(Double(k + 1)) + odds
            sum += exp(term)
        }
        return min(1, sum)
    }

    /// The least p for which a condition that stays true once it is true holds; 60 halvings give all bits that matter.
    private static func solve(_ holds: (Double) -> Bool) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle }
        }
        return (low + high) / 2
    }
}
