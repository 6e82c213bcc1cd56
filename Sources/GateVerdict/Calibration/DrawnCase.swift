import GateCore

/// What a drawn case is judged by.
public enum CalibrationEvidence: String, Codable, Sendable, CaseIterable {
    /// The screen against the stored baseline, then pairs where it flags something: `check --base-ref`.
    case screenAndPairs = "screen_and_pairs"
    /// The stored baseline alone: `check`.
    case storedBaseline = "stored_baseline"

    /// As shown to people.
    public var words: String {
        switch self {
        case .screenAndPairs: "with a base to compare with"
        case .storedBaseline: "stored baseline alone"
        }
    }
}

/// How much is measured in a drawn case.
public struct CalibrationPlan: Sendable, Equatable {
    public var demands: Demands
    public var evidence: CalibrationEvidence
    /// Sessions of the stored baseline, at least 1.
    public var sessions: Int
    /// Runs of each of them and of the candidate, at least 1.
    public var runs: Int

    public init(demands: Demands, evidence: CalibrationEvidence, sessions: Int, runs: Int) {
        self.demands = demands
        self.evidence = evidence
        self.sessions = sessions
        self.runs = runs
    }
}

/// One case in which nothing changed, drawn with replacement from a history, on which a change can be put.
///
/// Pairs are two runs that followed each other, in random order, so that what drifts or repeats within a job stays in
/// them. Sessions get the level of one of the history's jobs and runs of any. Bootstrap: Efron and Tibshirani, "An
/// Introduction to the Bootstrap", 1993.
struct DrawnCase {
    private let history: RunHistory
    private let plan: CalibrationPlan
    private let baseline: [[[Double]]]
    private let candidate: [[Double]]
    private let pairs: [(base: [Double], head: [Double])]

    init(_ history: RunHistory, _ plan: CalibrationPlan, seed: UInt64) {
        self.history = history
        self.plan = plan
        var draw = HistoryDraw(history, seed: seed)
        baseline = (0..<plan.sessions).map { _ in draw.session(of: plan.runs) }
        switch plan.evidence {
        case .storedBaseline:
            candidate = draw.session(of: plan.runs)
            pairs = []
        case .screenAndPairs:
            candidate = draw.session(of: plan.demands.rule.screenRuns)
            pairs = (0..<plan.demands.rule.maximumPairs).map { _ in draw.pair() }
        }
    }

    /// The verdict where the head's metric of this index is worse by a difference of logarithms.
    func verdict(worsening metric: Int? = nil, by cost: Double = 0) -> CaseVerdict {
        var shift = [Double](repeating: 0, count: history.metrics.count)
        if let metric {
            let direction = plan.demands.direction(of: history.metrics[metric]) ?? .lowerIsBetter
            shift[metric] = direction.costSign * cost
        }
        func named(_ run: [Double], _ shift: [Double]?) -> [String: Double] {
            var values: [String: Double] = [:]
            for (index, name) in history.metrics.enumerated() { values[name] = exp(run[index] + (shift?[index] ?? 0)) }
            return values
        }
        func session(_ runs: [[Double]], _ shift: [Double]?) -> SessionValues {
            var values: [String: [Double]] = [:]
            for (index, name) in history.metrics.enumerated() {
                values[name] = runs.map { exp($0[index] + (shift?[index] ?? 0)) }
            }
            return SessionValues(values)
        }
        return CaseJudge.judge(
            JudgementCase(
                demands: plan.demands, baseline: baseline.map { session($0, nil) },
                candidate: session(candidate, shift),
                pairs: pairs.map { RunPair(base: named($0.base, nil), head: named($0.head, shift)) }))
    }
}

/// Draws runs out of a history.
private struct HistoryDraw {
    private let history: RunHistory
    /// By job: the median of each metric.
    private let levels: [[Double]]
    private let meanLevel: [Double]
    /// Jobs of which two runs followed each other.
    private let pairable: [Int]
    private var random: SplitMix64

    init(_ history: RunHistory, seed: UInt64) {
        self.history = history
        let columns = history.metrics.indices
        let levels = history.jobs.map { job in
            columns.map { column in OrderStatistics.median(job.map { $0[column] }) ?? 0 }
        }
        self.levels = levels
        meanLevel = columns.map { column in levels.reduce(0) { $0 + $1[column] } / Double(max(1, levels.count)) }
        pairable = history.jobs.indices.filter { history.jobs[$0].count > 1 }
        random = SplitMix64(seed: seed)
    }

    /// Runs of one new job.
    mutating func session(of count: Int) -> [[Double]] {
        let level = history.jobs.indices.randomElement(using: &random) ?? 0
        // Levels around their own mean vary less than around the true one.
        let jobs = Double(history.jobs.count)
        let widening = jobs > 1 ? (jobs / (jobs - 1)).squareRoot() : 0
        return (0..<count).map { _ in
            let job = pairable.randomElement(using: &random) ?? 0
            let runs = history.jobs[job]
            let run = runs.randomElement(using: &random) ?? []
            let size = Double(runs.count)
            let correction = (size / max(1, size - 1)).squareRoot()
            return history.metrics.indices.map { column in
                meanLevel[column] + widening * (levels[level][column] - meanLevel[column])
                    + correction * (run[column] - levels[job][column])
            }
        }
    }

    mutating func pair() -> (base: [Double], head: [Double]) {
        let runs = history.jobs[pairable.randomElement(using: &random) ?? 0]
        let first = Int.random(in: 0..<max(1, runs.count - 1), using: &random)
        let (one, other) = (runs[first], runs[min(first + 1, runs.count - 1)])
        return Bool.random(using: &random) ? (one, other) : (other, one)
    }
}
