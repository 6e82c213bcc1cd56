import GateCore
import GateVerdict

/// The sessions that a calibration draws from, and by which policy they are judged.
struct CalibrationSource {
    let sessions: [SessionValues]
    let demands: Demands
    /// As a phrase.
    let words: String
    /// Of sessions that were measured for this: how many were blocked; nil for others.
    let measured: ObservedRate?

    init(baseline: Baseline, policy: Policy, runs: Int, words: String) {
        let sessions = baseline.sessions.map { CalibrationSource.warmSamples($0.samples) }
        self.init(sessions: sessions, policy: policy, runs: runs, words: words, isPaired: false)
    }

    /// - Parameters:
    ///   - runs: that a check makes of a session.
    ///   - isPaired: true where runs were made for pairs that are judged too.
    init(
        sessions: [Session], policy: Policy, runs: Int, words: String, isPaired: Bool = false
    ) throws(CommandFailure) {
        for session in sessions where !session.hasMeasured {
            let failure = JudgementFailure.nothingMeasured(in: session)
            throw CommandFailure(failure.exit, failure.message, remedy: failure.remedy)
        }
        self.init(
            sessions: sessions.map { CalibrationSource.warmSamples(Array($0.samples().values)) }, policy: policy,
            runs: runs, words: words, isPaired: isPaired)
    }

    private init(
        sessions: [[CheckID: [Double]]], policy: Policy, runs: Int, words: String, isPaired: Bool
    ) {
        let demands = Demands(policy, checks: Set(sessions.flatMap(\.keys)).sorted(), runs: runs)
        let names = Set(demands.names)
        self.demands = demands
        self.words = words
        self.sessions = sessions.map { samples in
            let named = samples.map { ($0.key.description, $0.value) }.filter { names.contains($0.0) }
            return SessionValues(Dictionary(uniqueKeysWithValues: named))
        }
        measured = isPaired ? CalibrationSource.judge(self.sessions, demands) : nil
    }

    /// Cold starts are another population, and are not made in every run.
    private static func warmSamples(_ samples: [Sample]) -> [CheckID: [Double]] {
        Dictionary(
            uniqueKeysWithValues: samples.filter { $0.check.modelState == .warm }.map { ($0.check, $0.values) })
    }

    /// Makes pairs of runs that followed each other, in random order, and judges them as a check would.
    private static func judge(_ sessions: [SessionValues], _ demands: Demands) -> ObservedRate? {
        guard !sessions.isEmpty else { return nil }
        var coin = SplitMix64(seed: 1)
        let blocked = sessions.count { session in
            let runs = session.metrics.values.map(\.count).min() ?? 0
            let pairs = stride(from: 0, to: runs - 1, by: 2).map { first in
                let one = session.metrics.mapValues { $0[first] }
                let other = session.metrics.mapValues { $0[first + 1] }
                return Bool.random(using: &coin) ? RunPair(base: one, head: other) : RunPair(base: other, head: one)
            }
            return CaseJudge.judge(JudgementCase(demands: demands, pairs: pairs)).overall == .regression
        }
        return ObservedRate(count: blocked, trials: sessions.count)
    }
}
