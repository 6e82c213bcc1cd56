public import GateCore

/// A rate of something among trials, with its 95 % confidence interval (Clopper and Pearson).
public struct ObservedRate: Codable, Sendable, Equatable {
    /// How often it happened.
    public let count: Int
    /// Of so many, at least 1.
    public let trials: Int
    /// Their quotient, 0 to 1.
    public let rate: Double
    /// It is no less, 0 to 1.
    public let lower: Double
    /// It is no more, 0 to 1.
    public let upper: Double

    /// - Parameter trials: at least 1.
    public init(count: Int, trials: Int) {
        self.count = count
        self.trials = trials
        rate = Double(count) / Double(trials)
        let interval = BinomialInterval(successes: count, trials: trials)
        (lower, upper) = (interval.lower, interval.upper)
    }
}

/// What the gate would catch of one metric. Changes in the worse direction, 0.1 for a duration that is 10 % longer or a rate
/// that is 10 % lower; nil where even a fourfold duration, or a quarter of the rate, may pass.
public struct CatchableChange: Codable, Sendable, Equatable {
    /// The metric's name.
    public let metric: String
    public let direction: Direction
    /// The smallest that is caught four times in five; at least 0.
    public let caughtAt80: Double?
    /// The smallest that is caught nineteen times in twenty; at least 0.
    public let caughtAt95: Double?

    /// - Parameter thresholds: the smallest change that was caught, repetition by repetition; not empty.
    public init(metric: String, direction: Direction, thresholds: [Double]) {
        self.metric = metric
        self.direction = direction
        let sorted = thresholds.sorted()
        func caught(_ share: Double) -> Double? {
            let index = max(0, Int(clamping: (share * Double(sorted.count)).rounded(.up)) - 1)
            return sorted[index].isFinite ? sorted[index] : nil
        }
        caughtAt80 = caught(0.8)
        caughtAt95 = caught(0.95)
    }
}

/// The gate's promise by one kind of evidence.
public struct CalibratedEvidence: Codable, Sendable, Equatable {
    public let evidence: CalibrationEvidence
    /// Blocked although nothing changed.
    public let falseAlarms: ObservedRate
    /// Not decided although nothing changed.
    public let undecided: ObservedRate
    /// Runs that a session took, at least 0.
    public let meanRuns: Double
    /// Pairs that it took, at least 0.
    public let meanPairs: Double
    /// In the order of the history's metrics.
    public let changes: [CatchableChange]

    /// - Parameter trials: at least one.
    public init(evidence: CalibrationEvidence, trials: [UnchangedTrial], changes: [CatchableChange]) {
        self.evidence = evidence
        falseAlarms = ObservedRate(count: trials.count { $0.overall == .regression }, trials: trials.count)
        undecided = ObservedRate(count: trials.count { $0.overall == .inconclusive }, trials: trials.count)
        meanRuns = trials.reduce(0) { $0 + Double($1.runs) } / Double(trials.count)
        meanPairs = trials.reduce(0) { $0 + Double($1.pairs) } / Double(trials.count)
        self.changes = changes
    }
}

/// Something that could be configured or measured otherwise, and what that would give.
public struct CalibrationAdvice: Codable, Sendable, Equatable {
    /// What to do, as a sentence without a full stop.
    public let change: String
    public let evidence: CalibrationEvidence
    /// The metric whose figures follow.
    public let metric: String
    public let direction: Direction
    /// Share of unchanged sessions that are not decided as it is, 0 to 1.
    public let undecidedBefore: Double
    /// The same with the change, 0 to 1.
    public let undecidedAfter: Double
    /// As in ``CatchableChange``, at least 0.
    public let caughtAt80Before: Double?
    /// The same with the change, at least 0.
    public let caughtAt80After: Double?

    public init(
        change: String, evidence: CalibrationEvidence, metric: String, direction: Direction,
        undecided: (before: Double, after: Double), caughtAt80: (before: Double?, after: Double?)
    ) {
        self.change = change
        self.evidence = evidence
        self.metric = metric
        self.direction = direction
        (undecidedBefore, undecidedAfter) = undecided
        (caughtAt80Before, caughtAt80After) = caughtAt80
    }

    /// How much it helps: the share of unchanged sessions that it decides, plus the part by which it makes the smallest
    /// change smaller.
    var benefit: Double {
        let before = caughtAt80Before ?? Calibration.largestChange(direction)
        let after = caughtAt80After ?? Calibration.largestChange(direction)
        return undecidedBefore - undecidedAfter + (before > 0 ? (before - after) / before : 0)
    }

    /// What helps by less is not worth the trouble.
    static let leastBenefit = 0.02

    /// What is worth doing, the most helpful first.
    public static func worthwhile(_ advice: [CalibrationAdvice]) -> [CalibrationAdvice] {
        advice.filter { $0.benefit >= leastBenefit }.sorted { $0.benefit > $1.benefit }
    }
}

/// The page that `calibrate` prints: the file `calibration.json`.
public struct CalibrationReport: Codable, Sendable, Equatable {
    public static let currentFormatVersion = 2

    public let formatVersion: Int
    /// The version of chimera-gate.
    public let toolVersion: String
    /// Where the runs come from, as a phrase: `3 approved sessions in Baselines/analysis/ci.json`.
    public let source: String
    /// The false-alarm rate that the gate promises. More than 0 and less than 1.
    public let alpha: Double
    /// Of the random numbers.
    public let seed: UInt64
    /// Of the history, at least 1.
    public let sessions: Int
    /// Of the history, at least 1.
    public let runs: Int
    /// Sessions in which nothing changed that were really measured and judged, pair by pair; nil where none was.
    public let measured: ObservedRate?
    public let evidence: [CalibratedEvidence]
    /// The most helpful first.
    public let advice: [CalibrationAdvice]
    public let warnings: [Warning]

    public init(
        toolVersion: String, source: String, alpha: Double, seed: UInt64, history: RunHistory,
        measured: ObservedRate?, evidence: [CalibratedEvidence], advice: [CalibrationAdvice], warnings: [Warning]
    ) {
        formatVersion = CalibrationReport.currentFormatVersion
        self.toolVersion = toolVersion
        self.source = source
        self.alpha = alpha
        self.seed = seed
        sessions = history.jobs.count
        runs = history.runs
        self.measured = measured
        self.evidence = evidence
        self.advice = advice
        self.warnings = warnings
    }
}
