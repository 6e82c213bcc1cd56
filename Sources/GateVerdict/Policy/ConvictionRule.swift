import GateCore

/// When a metric may be called worse: how many runs and pairs are made, and which probability of a false alarm each look
/// at them may spend. Within a look the maximum over all metrics is tested, so that alpha holds for all metrics of a run
/// together.
public struct ConvictionRule: Sendable, Equatable {
    /// A number of pairs after which the test is made, and the share of alpha that it adds to what may be spent.
    public struct Look: Sendable, Equatable {
        public let pairs: Int
        /// 0...1; the shares of all looks and that of calls that fail add up to 1.
        public let share: Double
    }

    /// How looks share alpha, and which differences weigh nothing in the test.
    public enum Design: Sendable, Equatable, CaseIterable {
        /// Looks at 8, 12 and all pairs, each with a share of its own (Bonferroni). A difference beyond three times the
        /// median of all absolute differences weighs nothing.
        case bonferroni
        /// Looks at 8, 10, 12, then at every fourth pair. What an earlier look may have convicted counts as spent, no more,
        /// so that nothing is lost to looks that agree. A difference beyond the median of all absolute differences by more
        /// than four times their own spread weighs nothing: a clear change does not widen that limit, so that rare slow runs
        /// stay out. `ci/benchmarks/judgement` compares both.
        case sequential
    }

    /// Probability that any metric of a run is convicted although nothing changed; greater than 0, less than 1.
    public let alpha: Double
    /// The part of alpha that the test of failing calls may spend; the figures have the rest. 0 where calls are not judged.
    public let errorShare: Double
    /// In ascending order, at least one.
    public let looks: [Look]
    /// Runs of the candidate that are screened against the stored baseline before any pair is made.
    public let screenRuns: Int
    /// True where only a change *beyond* the tolerance is tested for ("no change beyond the tolerance" is the null
    /// hypothesis), not any change at all. Holds alpha at the tolerance too, at the price of power.
    public let isStrict: Bool

    public let design: Design

    /// - Parameters:
    ///   - alpha: greater than 0, less than 1; 0.01 unless the user says otherwise.
    ///   - maximumPairs: where the last look is; at least 8, below which no change can be told from chance.
    ///   - screenRuns: at least 1.
    ///   - errorShare: 0...0.1.
    public init(
        alpha: Double = 0.01, maximumPairs: Int = 20, screenRuns: Int = 5, isStrict: Bool = false,
        design: Design = .bonferroni, errorShare: Double = 0
    ) {
        self.alpha = alpha
        self.errorShare = errorShare
        self.screenRuns = screenRuns
        self.isStrict = isStrict
        self.design = design
        looks = design.looks(maximumPairs: max(maximumPairs, ConvictionRule.fewestPairs), reserved: errorShare)
    }

    /// What the figures may spend, all together.
    public var alphaOfFigures: Double { alpha * (1 - errorShare) }
    /// What the test of failing calls may spend.
    public var alphaOfErrors: Double { alpha * errorShare }
    /// A tenth: failures are rare, and a test of few counts needs little of it to see many of them.
    public static let usualErrorShare = 0.1

    /// Pairs after which an undecided trial ends.
    public var maximumPairs: Int { looks.last?.pairs ?? 0 }

    /// What a p-value of a look must not exceed: the look's own share of alpha, or where it counts what earlier looks may
    /// have convicted, their shares too.
    public func alpha(of look: Look) -> Double {
        switch design {
        case .bonferroni: alpha * look.share
        case .sequential: alpha * looks.filter { $0.pairs <= look.pairs }.reduce(0) { $0 + $1.share }
        }
    }

    /// Fewer pairs can never convict: with n pairs no p-value is below 2^-n.
    public static let fewestPairs = 8
    /// From this pair on a trial may end with a pass, at every pair: passing spends no alpha.
    public static let firstPass = 6
    /// A difference beyond so many times the median of all absolute differences of its metric counts for no early pass.
    public static let rejection = 3.0
    /// Differences that must be left for an early pass.
    public static let fewestKept = 4
    /// The screen flags a metric beyond this part of its tolerance.
    public static let screenFactor = 0.7
    /// Better than the baseline by more than this: the baseline is of something else. A ratio.
    public static let largestComparableGain = 1.10
    /// Confidence of the bounds below which a change is excluded.
    public static let passConfidence = 0.95
    /// The smallest difference that is convicted four times in five: it must stand out from chance and exceed what is
    /// allowed, and 0.84 errors more, so that it does so in 80 % of the cases.
    static func detectable(critical: Double, error: Double, limit: Double) -> Double {
        max(critical, limit) + 0.84 * error
    }

    /// More missing values than this share make a metric invalid.
    public static let largestMissingShare = 0.2
}

extension ConvictionRule.Design {
    /// - Parameter reserved: the share of alpha that is not for looks. It comes off the later ones: with less than 0.4 of 1 %
    ///   eight pairs could convict nobody.
    fileprivate func looks(maximumPairs: Int, reserved: Double) -> [ConvictionRule.Look] {
        switch self {
        case .bonferroni:
            let later = (0.6 - reserved) / 2
            let early = [ConvictionRule.Look(pairs: 8, share: 0.4), ConvictionRule.Look(pairs: 12, share: later)]
                .filter { $0.pairs < maximumPairs }
            let rest = 1 - reserved - early.reduce(0) { $0 + $1.share }
            return early + [ConvictionRule.Look(pairs: maximumPairs, share: rest)]
        case .sequential:
            let first = ConvictionRule.fewestPairs
            let pairs = ([first, 10] + stride(from: 12, to: maximumPairs, by: 4)).filter { $0 < maximumPairs }
            var spent = 0.0
            return (pairs + [maximumPairs]).map { count in
                let share = spentShare(pairs: count, first: first, last: maximumPairs, of: 1 - reserved) - spent
                spent += share
                return ConvictionRule.Look(pairs: count, share: share)
            }
        }
    }

    /// 0.4 at the first look, as less could not convict by eight pairs, and the rest evenly over the pairs to the last (the
    /// linear spending function of Lan and DeMets, "Discrete sequential boundaries for clinical trials", 1983).
    private func spentShare(pairs: Int, first: Int, last: Int, of all: Double) -> Double {
        guard pairs < last else { return all }
        return 0.4 + (all - 0.4) * Double(pairs - first) / Double(last - first)
    }

    /// Beyond which absolute difference a pair weighs nothing. It comes from the absolute differences, which know nothing of
    /// who is base and who is head, so that the test stays exact.
    ///
    /// - Parameter differences: finite; 0 of none.
    func rejectionLimit(_ differences: [Double]) -> Double {
        let sizes = differences.map(abs)
        let median = OrderStatistics.median(sizes) ?? 0
        switch self {
        case .bonferroni: return ConvictionRule.rejection * median
        case .sequential:
            return median + 4 * MedianAbsoluteDeviation.standardDeviation(sizes)
        }
    }
}
