public import GateCore

/// What one drawn case without a change came to.
public struct UnchangedTrial: Sendable, Equatable {
    public let overall: OverallVerdict
    public let runs: Int
    public let pairs: Int
    /// Columns of the metrics that stayed undecided.
    public let undecided: [Int]

    public init(overall: OverallVerdict, runs: Int, pairs: Int, undecided: [Int]) {
        self.overall = overall
        self.runs = runs
        self.pairs = pairs
        self.undecided = undecided
    }
}

/// Measures the gate's promise on a history: how often it blocks although nothing changed, and which changes it catches.
///
/// Repetitions are independent of each other and of their order: each is drawn from the seed and its own number, so that
/// they can be made on any number of threads with the same result.
public struct Calibration: Sendable {
    public let history: RunHistory
    public let seed: UInt64

    public init(_ history: RunHistory, seed: UInt64) {
        self.history = history
        self.seed = seed
    }

    /// One case in which nothing changed.
    public func unchanged(_ plan: CalibrationPlan, repetition: Int) -> UnchangedTrial {
        let verdict = drawn(plan, repetition).verdict()
        let undecided = history.metrics.indices.filter { verdict[history.metrics[$0]]?.outcome == .inconclusive }
        return UnchangedTrial(
            overall: verdict.overall, runs: verdict.runsUsed, pairs: verdict.pairsUsed, undecided: undecided)
    }

    /// The smallest worsening of one metric for which the gate blocks in this repetition: 0.1 for a duration that is 10 %
    /// longer or a rate that is 10 % lower; infinite where even ``largestChange(_:)`` is not enough.
    public func threshold(_ plan: CalibrationPlan, metric: Int, repetition: Int) -> Double {
        let drawn = drawn(plan, repetition)
        func blocks(_ cost: Double) -> Bool { drawn.verdict(worsening: metric, by: cost).overall == .regression }
        guard blocks(Calibration.largestCost) else { return .infinity }
        var (low, high) = (0.0, Calibration.largestCost)
        for _ in 0..<Calibration.halvings {
            let middle = (low + high) / 2
            if blocks(middle) { high = middle } else { low = middle }
        }
        let direction = plan.demands.direction(of: history.metrics[metric])
        return CostScale.ofRatios(direction).ratio(high) ?? .infinity
    }

    /// Fourfold, as a difference of logarithms.
    private static let largestCost = log(4)

    /// The largest worsening that is tried: a duration four times as long, a rate of a quarter.
    public static func largestChange(_ direction: Direction) -> Double { direction == .higherIsBetter ? 0.75 : 3 }
    /// Narrows a threshold down to 1.1 %.
    private static let halvings = 7

    private func drawn(_ plan: CalibrationPlan, _ repetition: Int) -> DrawnCase {
        // Neighbouring seeds of SplitMix64 give sequences that overlap; its output does not.
        var mixer = SplitMix64(seed: seed &+ UInt64(truncatingIfNeeded: repetition) &* 0xD1B5_4A32_D192_ED03)
        return DrawnCase(history, plan, seed: mixer.next())
    }
}
