import GateCore
import GateVerdict
import Testing

@Suite("Calibration")
struct CalibrationTests {
    /// Log-normal noise of 3 % in two metrics, with an effect of the session where asked.
    private func sessions(_ count: Int, runs: Int, noise: Double = 0.03, effect: Double = 0) -> [SessionValues] {
        var random = SplitMix64(seed: 20_261)
        func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + random.nextUnit() } }
        return (0..<count).map { _ in
            let level = effect * normal()
            func values(_ center: Double) -> [Double] {
                (0..<runs).map { _ in center * (1 + level + noise * normal()) }
            }
            return SessionValues(["ttft": values(0.4), "throughput": values(40)])
        }
    }

    private let demands = Demands(Policy(others: .gate))

    private func plan(_ evidence: CalibrationEvidence) -> CalibrationPlan {
        CalibrationPlan(demands: demands, evidence: evidence, sessions: 5, runs: 5)
    }

    @Test("of quiet runs alarms are rare and a change of 10 % is caught, by pairs")
    func keepsItsPromise() {
        let calibration = Calibration(RunHistory(sessions(5, runs: 20), demands: demands), seed: 1)
        let trials = (0..<300).map { calibration.unchanged(plan(.screenAndPairs), repetition: $0) }
        #expect(trials.count { $0.overall == .regression } <= 3)
        let thresholds = (0..<40).map { calibration.threshold(plan(.screenAndPairs), metric: 1, repetition: $0) }
        let change = CatchableChange(metric: "ttft", direction: .lowerIsBetter, thresholds: thresholds)
        let caught = change.caughtAt95 ?? .infinity
        #expect((0.05...0.12).contains(caught))
        #expect((change.caughtAt80 ?? .infinity) <= caught)
    }

    @Test("where sessions differ, the stored baseline alone catches less than pairs do")
    func seesTheEffectOfSessions() {
        let calibration = Calibration(
            RunHistory(sessions(6, runs: 10, effect: 0.03), demands: demands), seed: 2)
        func caught(_ evidence: CalibrationEvidence) -> Double {
            let thresholds = (0..<30).map { calibration.threshold(plan(evidence), metric: 0, repetition: $0) }
            return CatchableChange(metric: "throughput", direction: .higherIsBetter, thresholds: thresholds).caughtAt80
                ?? .infinity
        }
        #expect(caught(.storedBaseline) > 1.5 * caught(.screenAndPairs))
    }

    @Test("the same seed gives the same, another one other draws")
    func isReproducible() {
        let history = RunHistory(sessions(3, runs: 8, noise: 0.1), demands: demands)
        func thresholds(_ seed: UInt64) -> [Double] {
            (0..<5).map { Calibration(history, seed: seed).threshold(plan(.screenAndPairs), metric: 0, repetition: $0) }
        }
        #expect(thresholds(7) == thresholds(7))
        #expect(thresholds(7) != thresholds(8))
    }

    @Test("a metric that cannot be drawn is named with the reason")
    func namesTheUnusable() {
        var sessions = sessions(2, runs: 4)
        sessions[0].metrics["load"] = [1, 2, 3, 4]
        sessions[1].metrics["total"] = [1, 0, 1, 1]
        sessions[0].metrics["total"] = [1, 1, 1, 1]
        sessions[0].metrics["itl.p50"] = [1, 1]
        sessions[1].metrics["itl.p50"] = [1, 1, 1, 1]
        let history = RunHistory(sessions, demands: demands)
        #expect(history.metrics == ["throughput", "ttft"])
        #expect(
            history.unusable.map { "\($0.name): \($0.reason)" } == [
                "itl.p50: not every run has a value of it", "load: a session lacks it",
                "total: not all of its values are above zero",
            ])
        #expect(history.jobs.map(\.count) == [4, 4])
    }

    @Test("quantiles of thresholds are conservative, and nil where the change was never caught")
    func quantiles() {
        let change = CatchableChange(
            metric: "m", direction: .lowerIsBetter, thresholds: [0.1, 0.5, 0.2, 0.3, .infinity])
        #expect(change.caughtAt80 == 0.5)
        #expect(change.caughtAt95 == nil)
    }

    @Test("advice widens what it says that it widens")
    func variants() {
        let pairs = CalibrationVariant.list(for: "ttft", plan: plan(.screenAndPairs), caughtAt80: 0.12)
        #expect(pairs.map(\.change) == ["make up to 40 pairs instead of 20", "allow ttft 15% instead of 5%"])
        #expect(pairs[0].plan.demands.rule.maximumPairs == 40)
        #expect(pairs[1].plan.demands.allowedShare(of: "ttft") == 0.15)
        let total = CheckID(stage: .report, metric: "total")
        let policy = Policy(metrics: [MetricPolicy(metric: "total", tolerance: .relative(percent: 10))])
        let session = CalibrationPlan(
            demands: Demands(policy, checks: [total], runs: 5), evidence: .screenAndPairs, sessions: 5, runs: 5)
        let wider = CalibrationVariant.list(for: "report/total", plan: session, caughtAt80: 0.3).last?.plan.demands
        #expect(wider?.allowedShare(of: "report/total") == 0.3)
        #expect(wider?.length(of: "report/total") == "report/tokens")
        let stored = CalibrationVariant.list(for: "ttft", plan: plan(.storedBaseline), caughtAt80: nil)
        #expect(stored.map(\.plan.sessions) == [10, 5])
        #expect(stored.map(\.plan.runs) == [5, 10])
    }

    @Test("what a rate can do is the scale of a rate: it falls, and by less than all of it")
    func ratesFall() {
        let calibration = Calibration(RunHistory(sessions(5, runs: 10, noise: 0.3), demands: demands), seed: 3)
        let thresholds = (0..<20).map { calibration.threshold(plan(.storedBaseline), metric: 0, repetition: $0) }
        #expect(calibration.history.metrics[0] == "throughput")
        #expect(thresholds.allSatisfy { $0 == .infinity || $0 <= 0.75 })
        #expect(thresholds.contains { $0 < 0.75 })
        // 30 % of noise: a longer duration by half is a rate that is lower by a third.
        let durations = (0..<20).map { calibration.threshold(plan(.storedBaseline), metric: 1, repetition: $0) }
        #expect(durations.contains { $0 > 0.75 && $0.isFinite })
        let rate = CalibrationVariant.list(for: "throughput", plan: plan(.screenAndPairs), caughtAt80: 0.7)
        #expect(rate.last?.change == "allow throughput 70% instead of 5%")
        let all = CalibrationVariant.list(for: "throughput", plan: plan(.screenAndPairs), caughtAt80: 0.97)
        #expect(all.last?.plan.demands.allowedShare(of: "throughput") == 0.95)
    }

    @Test("advice that helps little is left out, the rest is sorted by how much it helps")
    func worthwhile() {
        func advice(_ change: String, after: Double) -> CalibrationAdvice {
            CalibrationAdvice(
                change: change, evidence: .storedBaseline, metric: "ttft", direction: .lowerIsBetter,
                undecided: (0.5, after), caughtAt80: (0.2, 0.2))
        }
        let all = [advice("a", after: 0.4), advice("b", after: 0.49), advice("c", after: 0.1), advice("d", after: 0.6)]
        #expect(CalibrationAdvice.worthwhile(all).map(\.change) == ["c", "a"])
    }
}
