import GateCore

/// The sign test: are positive differences too many for a fair coin? (Arbuthnot 1710.)
package enum SignTest {
    /// Probability of at least so many heads in n tosses of a fair coin, 0 ≤ n; exact.
    package static func p(atLeast heads: Int, of n: Int) -> Double {
        // By symmetry a sum of the small side, without the loss of 1 − p.
        BinomialInterval.probability(atMost: n - heads, of: n, 0.5)
    }
}

/// Fisher's exact test of two shares ("On the interpretation of χ² from contingency tables", 1922): given all failures,
/// is it chance that the candidate has so many of them?
package enum FisherExact {
    /// Probability of at least so many failures of the candidate; 1 where a side has no trial.
    package static func pCandidateFailsMore(
        baseline: (failures: Int, successes: Int), candidate: (failures: Int, successes: Int)
    ) -> Double {
        let trials = candidate.failures + candidate.successes
        let failures = baseline.failures + candidate.failures
        let all = trials + baseline.failures + baseline.successes
        guard trials > 0, all > trials, failures > 0 else { return 1 }
        func logChoose(_ n: Int, _ k: Int) -> Double {
            lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
        }
        let total = logChoose(all, trials)
        let p = (candidate.failures...min(failures, trials)).reduce(0.0) { sum, k in
            guard trials - k <= all - failures else { return sum }
            return sum + exp(logChoose(failures, k) + logChoose(all - failures, trials - k) - total)
        }
        return min(1, p)
    }
}
