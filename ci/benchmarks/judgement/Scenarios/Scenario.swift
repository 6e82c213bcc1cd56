import Foundation

/// A world in which a candidate is judged: the noise of single runs, what differs between jobs, and the baseline.
struct Scenario: Sendable {
    let name: String
    let words: String
    let noise: Noise
    /// How much whole jobs differ, drawn for each job anew.
    var sessions: SessionNoise = .none
    var baselineSessions = 4
    /// Metrics, by index, that a regression hits together; nil for one of all, a different one each time.
    var hit: [Int]?
    /// True for a scenario that the rule was designed on.
    var isOfTheDesign = false

    enum SessionNoise: Sendable {
        case none
        /// Normal, of this standard deviation, for each metric by itself.
        case normal(Double)
        /// Offsets of real jobs, drawn with replacement.
        case real([[Double]])
    }

    static let baselineRuns = 5
    static let throughput = 0

    /// The metrics of a case; the first one is a rate.
    static let metrics = [
        "throughput", "itl", "end_to_end", "ttft", "model_load", "prompt_evaluation", "evaluation", "total",
    ]

    private func offsets(_ random: inout Random) -> [Double] {
        switch sessions {
        case .none: [Double](repeating: 0, count: Noise.metrics)
        case .normal(let deviation): (0..<Noise.metrics).map { _ in deviation * random.normal() }
        case .real(let rows): rows[random.index(below: rows.count)]
        }
    }

    private func job(runs: Int, _ random: inout Random) -> [[Double]] {
        let offsets = offsets(&random)
        return noise.job(runs: runs, &random).map { run in zip(run, offsets).map { $0 * exp($1) } }
    }

    /// One repetition: a baseline, and a job of the candidate in which the screen's runs come first.
    ///
    /// - Parameter change: of the metrics that are hit, 0.1 for 10 % worse; 0 for no change.
    func draw(_ repetition: Int, change: Double, screenRuns: Int, pairs: Int, seed: UInt64) -> Draw {
        var random = Random(seed: seed, stream: UInt64(repetition))
        let baseline = (0..<baselineSessions).map { _ in job(runs: Scenario.baselineRuns, &random) }
        var factors = [Double](repeating: 1, count: Noise.metrics)
        for metric in hit ?? [repetition % Noise.metrics] { factors[metric] = 1 + change }
        func changed(_ run: [Double]) -> [Double] { zip(run, factors).map { $0 * $1 } }
        let runs = job(runs: screenRuns + 2 * pairs, &random)
        let candidate = runs.prefix(screenRuns).map(changed)
        let drawn = (0..<pairs).map { pair in
            let (first, second) = (runs[screenRuns + 2 * pair], runs[screenRuns + 2 * pair + 1])
            return random.coin() ? (base: first, head: changed(second)) : (base: second, head: changed(first))
        }
        return Draw(baseline: baseline, candidate: candidate, pairs: drawn)
    }
}

/// Costs of one repetition, run by run and metric by metric: larger is worse.
struct Draw: Sendable {
    /// By session.
    let baseline: [[[Double]]]
    let candidate: [[Double]]
    let pairs: [(base: [Double], head: [Double])]
}
