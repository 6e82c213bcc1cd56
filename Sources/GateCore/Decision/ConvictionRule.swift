/// When a metric may be called worse: how many runs and pairs are made, and which probability of a false alarm each look
/// at them may spend.
///
/// The looks share alpha by Bonferroni, which assumes nothing about how they depend on each other; within a look the
/// maximum over all metrics is tested, so that alpha holds for all metrics of a run together.
public struct ConvictionRule: Sendable, Equatable {
    /// A number of pairs after which the test is made, and the share of alpha that it may spend.
    public struct Look: Sendable, Equatable {
        public let pairs: Int
        /// 0...1; the shares of all looks add up to 1.
        public let share: Double
    }

    /// Probability that any metric of a run is convicted although nothing changed; greater than 0, less than 1.
    public let alpha: Double
    /// In ascending order, at least one.
    public let looks: [Look]
    /// Runs of the candidate that are screened against the stored baseline before any pair is made.
    public let screenRuns: Int
    /// True where only a change *beyond* the tolerance is tested for ("no change beyond the tolerance" is the null
    /// hypothesis), not any change at all. Holds alpha at the tolerance too, at the price of power.
    public let isStrict: Bool

    /// - Parameters:
    ///   - alpha: greater than 0, less than 1; 0.01 unless the user says otherwise.
    ///   - maximumPairs: where the last look is; at least 8, below which no change can be told from chance.
    ///   - screenRuns: at least 1.
    public init(alpha: Double = 0.01, maximumPairs: Int = 20, screenRuns: Int = 5, isStrict: Bool = false) {
        self.alpha = alpha
        self.screenRuns = screenRuns
        self.isStrict = isStrict
        let early = [Look(pairs: 8, share: 0.4), Look(pairs: 12, share: 0.3)].filter { $0.pairs < maximumPairs }
        let rest = 1 - early.reduce(0) { $0 + $1.share }
        looks = early + [Look(pairs: max(maximumPairs, ConvictionRule.fewestPairs), share: rest)]
    }

    /// Pairs after which an undecided trial ends.
    public var maximumPairs: Int { looks.last?.pairs ?? 0 }

    /// What a look may spend: 0.004, 0.003 and 0.003 of 0.01.
    public func alpha(of look: Look) -> Double { alpha * look.share }

    /// Fewer pairs can never convict: with n pairs no p-value is below 2^-n.
    public static let fewestPairs = 8
    /// From this pair on a trial may end with a pass, at every pair: passing spends no alpha.
    public static let firstPass = 6
    /// A difference beyond so many times the median of all absolute differences of its metric weighs nothing. The limit
    /// is that of the absolute differences, which know nothing of who is who, so that the test stays exact.
    public static let rejection = 3.0
    /// Differences that must be left for an early pass.
    public static let fewestKept = 4
    /// The screen flags a metric beyond this part of its tolerance.
    public static let screenFactor = 0.7
    /// Better than the baseline by more than this: the baseline is of something else. A ratio.
    public static let largestComparableGain = 1.10
    /// Confidence of the bounds below which a change is excluded.
    public static let passConfidence = 0.95
    /// More missing values than this share make a metric invalid.
    public static let largestMissingShare = 0.2
}
