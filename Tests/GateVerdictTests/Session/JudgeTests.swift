import GateCore
import GateVerdict
import TestSupport
import Testing

@Suite struct Judge {
    private func session(
        ttft: Double = 0.25, throughput: Double = 40, runs: Int = 3, policy: Policy = Policy()
    ) -> Session {
        Fixtures.session(
            runs: (1...runs).map { index in
                Fixtures.run(
                    index,
                    calls: [
                        Fixtures.call(.analysis, run: index, ttft: ttft, throughput: throughput),
                        Fixtures.call(.report, run: index),
                    ])
            }, policy: policy)
    }

    private func judge(_ session: Session, policy: Policy = Policy(), baseline: Baseline? = Fixtures.baseline())
        -> Judgement
    {
        GateVerdict.Judge.judge(
            session: session, against: baseline.map { .baseline($0) } ?? .nothing, policy: policy)
    }

    private func verdict(_ judgement: Judgement, _ stage: StageName, _ metric: MetricID, _ demand: Demand = .tolerance)
        -> Verdict?
    {
        judgement.verdicts.first { $0.check == CheckID(stage: stage, metric: metric) && $0.demand == demand }
    }

    @Test("an unchanged session passes")
    func unchanged() {
        let judgement = judge(session())
        #expect(judgement.overall == .pass)
        #expect(judgement.exitCode == 0)
        #expect(verdict(judgement, .analysis, "ttft")?.outcome == .pass)
    }

    @Test("30 % less throughput is a regression of that stage alone")
    func slower() {
        let judgement = judge(session(throughput: 28))
        #expect(judgement.overall == .regression)
        #expect(judgement.exitCode == 1)
        let found = verdict(judgement, .analysis, "throughput")
        #expect(found?.outcome == .regression)
        #expect(found?.change == -0.3)
        #expect(
            found?.explanation
                == "analysis/throughput 28.00 tok/s (n=3), baseline 40.00 tok/s (n=15): -30.0%; allowed -15%;"
                + " by chance p < 0.0001 (against 5 sessions)")
        #expect(verdict(judgement, .report, "throughput")?.outcome == .pass)
    }

    @Test("a TTFT of twice the baseline's is a regression; half of it an improvement")
    func ttft() {
        #expect(verdict(judge(session(ttft: 0.5)), .analysis, "ttft")?.outcome == .regression)
        let better = judge(session(ttft: 0.125))
        #expect(verdict(better, .analysis, "ttft")?.outcome == .improvement)
        #expect(better.overall == .improvement)
        #expect(better.exitCode == 0)
    }

    @Test("the tolerance itself is still allowed")
    func edge() {
        #expect(verdict(judge(session(ttft: 0.3125)), .analysis, "ttft")?.outcome == .pass)
        #expect(verdict(judge(session(ttft: 0.3126)), .analysis, "ttft")?.outcome == .regression)
    }

    @Test("a tolerance in units holds, and one for a stage goes before one for all")
    func tolerances() {
        let policy = Policy(metrics: [
            MetricPolicy(metric: "ttft", tolerance: .absolute(0.01)),
            MetricPolicy(metric: "ttft", stage: .analysis, tolerance: .absolute(0.2)),
        ])
        let judgement = judge(session(ttft: 0.4), policy: policy)
        #expect(verdict(judgement, .analysis, "ttft")?.outcome == .pass)
        #expect(verdict(judgement, .analysis, "ttft")?.tolerance == .absolute(0.2))
        #expect(verdict(judgement, .report, "ttft")?.tolerance == .absolute(0.01))
    }

    @Test("a metric without a tolerance only informs, however it changes")
    func informational() {
        let runs = (1...3).map { index in
            Fixtures.run(index, calls: [Fixtures.call(.analysis, run: index, extra: ["itl.p99": 9])])
        }
        let before = Fixtures.session(runs: [
            Fixtures.run(1, calls: [Fixtures.call(.analysis, extra: ["itl.p99": 0.01])])
        ])
        let judgement = judge(Fixtures.session(runs: runs), baseline: Fixtures.baseline(before))
        #expect(verdict(judgement, .analysis, "itl.p99")?.outcome == .informational)
        #expect(judgement.overall == .pass)
    }

    @Test("a budget blocks with and without a baseline")
    func budget() {
        let policy = Policy(metrics: [MetricPolicy(metric: "throughput", budget: Budget(min: 50))])
        for baseline in [Fixtures.baseline(), nil] {
            let judgement = judge(session(), policy: policy, baseline: baseline)
            #expect(verdict(judgement, .analysis, "throughput", .budget)?.outcome == .budgetExceeded)
            #expect(judgement.exitCode == 1)
        }
        let kept = Policy(metrics: [MetricPolicy(metric: "ttft", budget: Budget(max: 0.25))])
        #expect(verdict(judge(session(), policy: kept), .analysis, "ttft", .budget)?.outcome == .pass)
    }

    @Test("without a baseline there is no verdict and status 6")
    func noBaseline() {
        let judgement = judge(session(), baseline: nil)
        #expect(judgement.overall == .baselineMissing)
        #expect(judgement.exitCode == 6)
        #expect(judgement.failures.map(\.kind) == [.baselineMissing])
    }

    @Test("a session in which nothing valid was measured is an error, never a pass")
    func nothing() {
        let broken = InvalidCall(.connectionRefused, "connection refused")
        let dead = Fixtures.session(runs: [
            Fixtures.run(1, calls: [Fixtures.call(.analysis, outcome: .invalid(broken))])
        ])
        for session in [dead, Fixtures.session(runs: [])] {
            let judgement = judge(session)
            #expect(judgement.overall == .infrastructureError)
            #expect(judgement.exitCode == 69)
            #expect(judgement.failures.first?.kind == .nothingMeasured)
        }
    }

    @Test("a metric that the session lost is a regression")
    func lost() {
        let runs = (1...3).map { Fixtures.run($0, calls: [Fixtures.call(.analysis, run: $0)]) }
        let judgement = judge(Fixtures.session(runs: runs))
        #expect(verdict(judgement, .report, "ttft")?.outcome == .missing)
        #expect(judgement.exitCode == 1)
    }

    @Test("more than a fifth of invalid calls makes a stage's figures invalid")
    func invalidShare() {
        func runs(broken: Int) -> [Run] {
            (1...5).map { index in
                let outcome: ExchangeOutcome =
                    index <= broken ? .invalid(InvalidCall(.cutStream, "cut")) : .completed(.stop)
                return Fixtures.run(
                    index,
                    calls: [Fixtures.call(.analysis, run: index, outcome: outcome), Fixtures.call(.report, run: index)])
            }
        }
        #expect(verdict(judge(Fixtures.session(runs: runs(broken: 1))), .analysis, "ttft")?.outcome == .pass)
        let judgement = judge(Fixtures.session(runs: runs(broken: 2)))
        #expect(verdict(judgement, .analysis, "ttft")?.outcome == .invalid)
        #expect(judgement.exitCode == 69)
    }

    @Test("a baseline of zero gives no NaN and no infinite change: it needs a tolerance in the metric's own unit")
    func zero() throws {
        func policy(_ tolerance: Tolerance) -> Policy {
            Policy(metrics: [MetricPolicy(metric: "connect", tolerance: tolerance)])
        }
        func session(_ connect: Double) -> Session {
            Fixtures.session(runs: [Fixtures.run(1, calls: [Fixtures.call(.analysis, extra: ["connect": connect])])])
        }
        func outcome(_ connect: Double, _ tolerance: Tolerance) throws -> Verdict {
            let judgement = judge(session(connect), policy: policy(tolerance), baseline: Fixtures.baseline(session(0)))
            return try #require(verdict(judgement, .analysis, "connect"))
        }
        let undecided = try outcome(0.01, .relative(percent: 10))
        #expect(undecided.outcome == .inconclusive)
        #expect(undecided.change == nil)
        #expect(undecided.explanation.contains("the base's median is zero"))
        #expect(try outcome(0.01, .absolute(0.005)).outcome == .regression)
        #expect(try outcome(0.01, .larger(percent: 10, absolute: 0.02)).outcome == .pass)
        #expect(try outcome(0, .relative(percent: 10)).outcome == .inconclusive)
        #expect(try outcome(0, .absolute(0.005)).outcome == .pass)
    }

    @Test("a baseline of one session convicts what is gross and no less, and says on what assumption")
    func oneSession() throws {
        let one = Fixtures.baseline(sessions: 1)
        let gross = judge(session(ttft: 0.6), baseline: one)
        #expect(gross.overall == .regression)
        let found = try #require(verdict(gross, .analysis, "ttft"))
        #expect(
            found.explanation.hasSuffix(
                "(against 1 session, assuming that sessions differ by 6%; 4 sessions more would tell)"))
        #expect(try #require(found.worsening?.p) < 0.01)
        let slight = judge(session(ttft: 0.33), baseline: one)
        #expect(slight.overall == .inconclusive)
        #expect(verdict(slight, .analysis, "ttft")?.remedy.hasPrefix("Approve 4 sessions more") == true)
    }

    @Test("a metric that is to inform never blocks; one that is to gate needs no tolerance of its own")
    func roles() {
        let informing = Policy(metrics: [
            MetricPolicy(metric: "throughput", role: .info, tolerance: .relative(percent: 1), budget: Budget(min: 99))
        ])
        #expect(
            verdict(judge(session(throughput: 10), policy: informing), .analysis, "throughput")?.outcome
                == .informational)
        #expect(judge(session(throughput: 10), policy: informing).overall == .pass)
        let gating = Policy(metrics: [MetricPolicy(metric: "total", role: .gate)])
        let measured = Fixtures.session(runs: [
            Fixtures.run(1, calls: [Fixtures.call(.analysis, extra: ["total": 5, "eval": 4.9])])
        ])
        let judgement = judge(measured, policy: gating, baseline: Fixtures.baseline(measured))
        #expect(verdict(judgement, .analysis, "total")?.tolerance == .relative(percent: 10))
        #expect(judgement.policy?.demands.contains { $0.check.metric == "total" && $0.role == .gate } == true)
        #expect(judgement.policy?.demands.contains { $0.check.metric == "eval" && $0.role == .gate } == false)
    }

    @Test("an answer that takes longer because it is longer is a change of length; per token it is judged for speed")
    func length() throws {
        func session(total: Double, tokens: Double) -> Session {
            Fixtures.session(
                runs: (1...3).map {
                    Fixtures.run(
                        $0,
                        calls: [
                            Fixtures.call(.analysis, run: $0, extra: ["total": total, "tokens": tokens]),
                            Fixtures.call(.report, run: $0),
                        ])
                })
        }
        let policy = Policy(metrics: [MetricPolicy(metric: "total", tolerance: .relative(percent: 10))])
        let baseline = Fixtures.baseline(session(total: 5, tokens: 200))
        func found(_ total: Double, _ tokens: Double) throws -> Verdict {
            let judgement = judge(session(total: total, tokens: tokens), policy: policy, baseline: baseline)
            return try #require(verdict(judgement, .analysis, "total"))
        }
        let longer = try found(7.5, 300)
        #expect(longer.outcome == .lengthChanged)
        #expect(longer.explanation.contains("a change of length, not of speed: tokens +50.0%"))
        #expect(try found(7.5, 200).outcome == .regression)
        let shorter = try found(5, 100)
        #expect(shorter.outcome == .regression)
        #expect(shorter.explanation.contains("per unit of tokens, which changed by -50.0%"))
    }

    @Test("TTFT is not compared where the prompt cache was hit on one side")
    func cache() throws {
        let call = Fixtures.call(.analysis)
        let hit = Exchange(
            id: call.id, stage: call.stage, attempt: 1, outcome: call.outcome, modelState: .warm, cache: .hit,
            prompt: call.prompt, timing: call.timing, server: call.server, measurements: call.measurements)
        let cached = Fixtures.session(runs: [Fixtures.run(1, calls: [hit])])
        let uncached = Fixtures.session(runs: [Fixtures.run(1, calls: [call])])
        let judgement = judge(cached, baseline: Fixtures.baseline(uncached))
        #expect(verdict(judgement, .analysis, "ttft")?.outcome == .inconclusive)
        #expect(verdict(judgement, .analysis, "throughput")?.outcome == .pass)
        #expect(judgement.overall == .inconclusive)
        #expect(judgement.exitCode == 0)
        #expect(judge(cached, policy: Policy(inconclusive: .fail), baseline: Fixtures.baseline(uncached)).exitCode == 5)
    }

    @Test(
        "inter-token figures that are gone because they were spoilt are not decided; others that are gone are missing")
    func degraded() throws {
        let approved = Fixtures.call(.analysis, extra: ["itl.p99": 0.02, "eval": 1])
        func session(degraded: Bool) -> Session {
            let call = Fixtures.call(.analysis)
            var timing = call.timing
            timing.degraded = degraded
            let spoilt = Exchange(
                id: call.id, stage: call.stage, attempt: 1, outcome: call.outcome, modelState: .warm,
                cache: call.cache, prompt: call.prompt, timing: timing, server: call.server,
                measurements: call.measurements)
            return Fixtures.session(runs: [Fixtures.run(1, calls: [spoilt])])
        }
        let baseline = Fixtures.baseline(Fixtures.session(runs: [Fixtures.run(1, calls: [approved])]))
        let policy = Policy(metrics: [MetricPolicy(metric: "itl.p99", tolerance: .relative(percent: 10))])
        let spoilt = judge(session(degraded: true), policy: policy, baseline: baseline)
        #expect(verdict(spoilt, .analysis, "itl.p99")?.outcome == .inconclusive)
        let gone = judge(session(degraded: false), policy: policy, baseline: baseline)
        #expect(verdict(gone, .analysis, "itl.p99")?.outcome == .missing)
    }

    @Test("a difference of model is said with the verdict")
    func differences() {
        let other = Fixtures.session(model: "gemma3:270m")
        let messages = judge(other).warnings.map(\.message)
        #expect(messages.contains("model differs from the baseline: smollm2:135m there, gemma3:270m here"))
    }

    @Test("a session with invalid calls, or with none, must not become a baseline")
    func approval() {
        let broken = Fixtures.session(runs: [
            Fixtures.run(1),
            Fixtures.run(2, calls: [Fixtures.call(.analysis, outcome: .invalid(InvalidCall(.noTokens, "no content")))]),
        ])
        #expect(broken.reasonNotToApprove == nil)
        #expect(broken.approvalDoubts.map(\.doubt) == [.calls, .runs])
        #expect(broken.approvalDoubts.first?.reason == "1 of its 3 calls are invalid (run 2, analysis: no content)")
        #expect(Fixtures.session(runs: []).reasonNotToApprove == "nothing valid was measured in it")
        let short = Fixtures.session(isDirty: true)
        #expect(short.approvalDoubts.map(\.doubt) == [.runs, .dirty])
        #expect(short.approvalDoubts.first?.reason == "it has 3 of the 5 runs that it was to have")
    }
}
