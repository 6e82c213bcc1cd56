import GateCore
import GateVerdict
import TestSupport
import Testing

@Suite("Calls that fail") struct ErrorShareTests {
    private static let refused = InvalidCall(.httpStatus, "HTTP 503: overloaded")

    /// Windows of so many requests.
    private func load(_ windows: [(all: Int, invalid: Int)], policy: Policy = Policy()) -> Session {
        Fixtures.loadSession(
            windows.map { window in
                let (all, invalid) = window
                let other = Fixtures.window()
                return LoadWindow(
                    requests: all, completed: all - invalid,
                    errors: invalid == 0
                        ? []
                        : [
                            LoadErrors(
                                kind: .httpStatus, count: invalid, firstDetail: ErrorShareTests.refused.detail)
                        ],
                    wallSeconds: 12.5, peakConcurrency: 16, arrivals: 100 * all, coalesced: 0,
                    latestStartNs: .zero, cacheStates: [.defeated], longestLoadSeconds: nil,
                    measurements: other.measurements, clock: other.clock)
            },
            load: LoadConfiguration(concurrency: 4, extent: .requests(windows.first?.all ?? 1)), policy: policy)
    }

    private func verdict(_ session: Session, _ baseline: Baseline?, policy: Policy = Policy()) -> (Verdict?, Judgement)
    {
        let judgement = GateVerdict.Judge.judge(
            session: session, against: baseline.map { .baseline($0) } ?? .nothing, policy: policy)
        return (judgement.verdicts.first { $0.check.metric == "error_share" && $0.demand == .tolerance }, judgement)
    }

    @Test("2 of 14 refused, where none of 70 was, is said and undecided; 5 of 14 are a regression")
    func refusals() throws {
        let baseline = Fixtures.baseline(load([(14, 0)]))
        let (few, undecided) = verdict(load([(14, 2)]), baseline)
        #expect(few?.outcome == .inconclusive)
        // 91 of 3,486 ways to deal two failures to 84 calls.
        #expect(abs((few?.worsening?.p ?? 0) - 91.0 / 3_486) < 1e-9)
        #expect(
            few?.explanation
                == "load/error_share 2 of 14 calls failed (HTTP 503: overloaded), 0 of 70 in the baseline; allowed"
                + " +0.0100; by chance p = 0.0261, where p = 0.0010 would convict")
        #expect(undecided.overall == .inconclusive)
        #expect(
            undecided.warnings.map(\.message).contains(
                "more calls fail than before: load/error_share 2 of 14 calls failed (HTTP 503: overloaded), 0 of 70 in the"
                    + " baseline"))
        let (many, convicted) = verdict(load([(14, 5)]), baseline)
        #expect(many?.outcome == .regression)
        #expect(many?.baseline?.median == 0 && many?.observed?.count == 14)
        #expect(convicted.exitCode == 1)
        let (none, passed) = verdict(load([(14, 0)]), baseline)
        #expect(none?.outcome == .pass && passed.overall == .pass)
    }

    @Test("calls of other workloads are counted together, as the run's")
    func runs() {
        let calls = (1...5).map { index in
            Fixtures.run(
                index,
                calls: [
                    Fixtures.call(.analysis, run: index),
                    Fixtures.call(.report, run: index, outcome: index < 5 ? .invalid(Self.refused) : .completed(.stop)),
                ])
        }
        let (found, judgement) = verdict(Fixtures.session(runs: calls), Fixtures.baseline())
        #expect(found?.check.description == "run/error_share" && found?.name == "error_share")
        // 4 of 10 calls, none of 30: 210 of 91,390 ways.
        #expect(abs((found?.worsening?.p ?? 0) - 210.0 / 91_390) < 1e-9)
        #expect(found?.outcome == .inconclusive)
        #expect(judgement.verdicts.contains { $0.outcome == .invalid })
        let all = (1...5).map { index in
            Fixtures.run(
                index,
                calls: [
                    Fixtures.call(.analysis, run: index),
                    Fixtures.call(.report, run: index, outcome: .invalid(Self.refused)),
                ])
        }
        let (every, convicted) = verdict(Fixtures.session(runs: all), Fixtures.baseline())
        #expect(every?.outcome == .regression && convicted.exitCode == 1)
    }

    @Test("what is allowed passes with a warning that names it; what failed before is nothing new")
    func allowed() {
        let baseline = Fixtures.baseline(load([(2_000, 0)]))
        let (one, judgement) = verdict(load([(2_000, 15)]), baseline)
        #expect(one?.outcome == .pass)
        #expect(judgement.warnings.contains { $0.message.contains("15 of 2000 calls failed (HTTP 503: overloaded)") })
        let failing = Fixtures.baseline(load([(2_000, 20)]))
        let (same, quiet) = verdict(load([(2_000, 20)]), failing)
        #expect(same?.outcome == .pass && quiet.warnings.isEmpty)
        #expect(verdict(load([(2_000, 90)]), failing).0?.outcome == .regression)
    }

    @Test("it informs only where the policy says so, and a budget holds without a baseline")
    func policies() {
        let informing = Policy(metrics: [MetricPolicy(metric: "error_share", role: .info)])
        let (found, judgement) = verdict(load([(14, 2)]), Fixtures.baseline(load([(14, 0)])), policy: informing)
        #expect(found?.outcome == .informational && judgement.exitCode == 0)
        #expect(judgement.warnings.contains { $0.message.contains("2 of 14 calls failed") })
        let limited = Policy(metrics: [MetricPolicy(metric: "error_share", budget: Budget(max: 0.1))])
        let alone = GateVerdict.Judge.judge(session: load([(14, 2)]), against: .nothing, policy: limited)
        #expect(alone.verdicts.contains { $0.name == "error_share.budget" && $0.outcome == .budgetExceeded })
        let kept = GateVerdict.Judge.judge(session: load([(14, 1)]), against: .nothing, policy: limited)
        #expect(kept.verdicts.contains { $0.name == "error_share.budget" && $0.outcome == .pass })
    }

    @Test("errors take a tenth of alpha and figures the rest: the first look keeps what it needs to convict at all")
    func budgetOfAlpha() {
        let rule = Demands(Policy(), checks: [CheckID(stage: .load, metric: "ttft.p50")], runs: 5).rule
        #expect(rule.alpha == 0.01)
        #expect(abs(rule.alphaOfErrors - 0.001) < 1e-15 && abs(rule.alphaOfFigures - 0.009) < 1e-15)
        #expect(rule.looks.map(\.pairs) == [8, 12, 20])
        #expect(zip(rule.looks, [0.4, 0.25, 0.25]).allSatisfy { abs($0.share - $1) < 1e-12 })
        #expect(rule.alpha(of: rule.looks[0]) >= 1.0 / 256)
        let figures = Policy(metrics: [MetricPolicy(metric: "error_share", role: .info)])
        #expect(Demands(figures, checks: [CheckID(stage: .load, metric: "ttft.p50")], runs: 5).rule.errorShare == 0)
    }

    /// With alpha at 20 %, so that few trials show whether it holds: figures and failing calls together.
    @Test("of unchanged sessions no more alarm than alpha says, however often calls fail", arguments: [0, 0.01, 0.2])
    func promise(rate: Double) {
        var random = SplitMix64(seed: 20_261_127)
        func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + random.nextUnit() } }
        func session() -> Session {
            let level = 0.02 * normal()
            let windows = (0..<3).map { _ -> LoadWindow in
                let invalid = (0..<60).count { _ in random.nextUnit() < rate }
                var window = Fixtures.window(ttft: 0.3 * (1 + level + 0.03 * normal()), goodput: 5)
                window.measurements["output_throughput"] = 500 * (1 - level + 0.02 * normal())
                window.measurements["goodput"] = 5 * (1 + 0.02 * normal())
                return LoadWindow(
                    requests: 60, completed: 60 - invalid, errors: [], wallSeconds: 12.5, peakConcurrency: 16,
                    arrivals: 6_000, coalesced: 0, latestStartNs: .zero, cacheStates: [.defeated],
                    longestLoadSeconds: nil, measurements: window.measurements)
            }
            return Fixtures.loadSession(windows)
        }
        let metrics: [MetricID] = ["ttft.p50", "output_throughput", "goodput"]
        let policy = Policy(
            metrics: metrics.map { MetricPolicy(metric: $0, tolerance: .relative(percent: 0.01)) } + [
                MetricPolicy(metric: "error_share", tolerance: .absolute(0))
            ], alpha: 0.2)
        let trials = 300
        let alarms = (0..<trials).count { _ in
            let baseline = Baseline(
                workload: .load, machineClass: "ci-small",
                sessions: (0..<5).map { _ in ApprovedSession(session: session(), approval: Fixtures.approval) })
            return GateVerdict.Judge.judge(session: session(), against: .baseline(baseline), policy: policy).overall
                == .regression
        }
        // Three standard deviations above 20 %.
        #expect(Double(alarms) / Double(trials) <= 0.2 + 3 * (0.2 * 0.8 / Double(trials)).squareRoot(), "\(alarms)")
        #expect(alarms > 3, "a test that never alarms shows nothing")
    }
}
