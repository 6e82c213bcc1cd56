package import GateCore

/// When a metric may be called worse: how many runs and pairs are made, and which probability of a false alarm each look
/// at them may spend. Within a look the maximum over all metrics is tested, so that alpha holds for all metrics of a run
/// together.
package struct ConvictionRule: Sendable, Equatable {
    /// A number of pairs after which the test is made, and the share of alpha that it adds to what may be spent.
    package struct Look: Sendable, Equatable {
        package let pairs: Int
        /// 0...1; the shares of all looks and that of calls that fail add up to 1.
        package let share: Double
    }

    /// Probability that any metric of a run is convicted although nothing changed; greater than 0, less than 1. Of several
    /// workloads each has its share of what is configured.
    package let alpha: Double
    /// The part of alpha that the test of failing calls may spend; the figures have the rest. 0 where calls are not judged.
    package let errorShare: Double
    /// In ascending order, at least one.
    package let looks: [Look]
    /// Runs of the candidate that are screened against the stored baseline before any pair is made.
    package let screenRuns: Int
    /// ``Policy/isStrict``
    package let isStrict: Bool

    /// - Parameters:
    ///   - runs: of the candidate that are screened.
    ///   - stage: in which calls that fail are judged, `load` or `run`; nil where they are not.
    package init(_ policy: Policy, runs: Int = Demands.usualRuns, errorsOf stage: StageName? = nil) {
        let gatesErrors = stage.map { policy.rule(of: MetricCatalogue.errorShare, stage: $0).tolerance != nil } ?? false
        self.init(
            alpha: policy.alphaOfOneWorkload, errorShare: gatesErrors ? ConvictionRule.usualErrorShare : 0,
            screenRuns: max(1, runs), isStrict: policy.isStrict,
            pairs: max(policy.pairs, ConvictionRule.fewestPairs))
    }

    private init(alpha: Double, errorShare: Double, screenRuns: Int, isStrict: Bool, pairs: Int) {
        self.alpha = alpha
        self.errorShare = errorShare
        self.screenRuns = screenRuns
        self.isStrict = isStrict
        looks = ConvictionRule.looks(maximumPairs: pairs, reserved: errorShare, alpha: alpha)
    }

    /// The same with so many pairs at most.
    func with(pairs: Int) -> ConvictionRule {
        ConvictionRule(alpha: alpha, errorShare: errorShare, screenRuns: screenRuns, isStrict: isStrict, pairs: pairs)
    }

    /// What the figures may spend, all together.
    package var alphaOfFigures: Double { alpha * (1 - errorShare) }
    /// What the test of failing calls may spend.
    package var alphaOfErrors: Double { alpha * errorShare }
    /// A tenth: failures are rare, and a test of few counts needs little of it to see many of them.
    static let usualErrorShare = 0.1

    /// Pairs after which an undecided trial ends.
    package var maximumPairs: Int { looks.last?.pairs ?? 0 }

    /// What a p-value of a look must not exceed: its own share of alpha, whatever the looks have in common (Bonferroni).
    package func alpha(of look: Look) -> Double { alpha * look.share }

    /// What a p-value of the last look must not exceed.
    var levelOfLastLook: Double { looks.last.map(alpha(of:)) ?? 0 }

    /// The smallest p-value that all pairs together can have.
    var leastP: Double { SignFlipTest.leastP(pairs: maximumPairs, level: levelOfLastLook) }

    /// False where no p-value of any look can be small enough.
    var canConvict: Bool {
        looks.contains { SignFlipTest.leastP(pairs: $0.pairs, level: alpha(of: $0)) <= alpha(of: $0) }
    }

    /// Fewer pairs can never convict: with n pairs no p-value is below 2^-n.
    package static let fewestPairs = 8
    /// From this pair on a trial may end with a pass, at every pair: passing spends no alpha.
    static let firstPass = 6
    /// A difference beyond so many times the median of all absolute differences of its metric weighs nothing in the test, and
    /// counts for no early pass.
    static let rejection = 3.0
    /// Differences that must be left for an early pass.
    static let fewestKept = 4
    /// The screen flags a metric beyond this part of its tolerance.
    static let screenFactor = 0.7
    /// Better than the baseline by more than this: the baseline is of something else. A ratio.
    static let largestComparableGain = 1.10
    /// Confidence of the bounds below which a change is excluded.
    static let passConfidence = 0.95
    /// A spread of sessions by which theirs would be as small as it is with less than this probability is not believed of
    /// them, whatever other metrics say.
    static let implausible = 0.001
    /// More missing values than this share make a metric invalid.
    static let largestMissingShare = 0.2

    /// The smallest difference that is convicted four times in five: it must stand out from chance and exceed what is
    /// allowed, and 0.84 errors more, so that it does so in 80 % of the cases.
    static func detectable(critical: Double, error: Double, limit: Double) -> Double {
        max(critical, limit) + 0.84 * error
    }

    /// A look that could convict nobody (n pairs have no p-value below 2^-n) leaves its share to the last one.
    ///
    /// - Parameter reserved: the share of alpha that is not for looks. It comes off the later ones: with less than 0.4 of 1 %
    ///   eight pairs could convict nobody.
    private static func looks(maximumPairs: Int, reserved: Double, alpha: Double) -> [Look] {
        let later = (0.6 - reserved) / 2
        let early = [Look(pairs: fewestPairs, share: 0.4), Look(pairs: 12, share: later)]
            .filter { $0.pairs < maximumPairs && alpha * $0.share >= 1 / Double(1 << $0.pairs) }
        let rest = 1 - reserved - early.reduce(0) { $0 + $1.share }
        return early + [Look(pairs: maximumPairs, share: rest)]
    }
}
