import GateCore
import GateVerdict
import TestSupport
import Testing

@Suite struct `Sessions of many requests` {
    private let ttft = CheckID(stage: .load, metric: "ttft.p50")

    private func judge(
        _ session: Session, against baseline: Session = Fixtures.loadSession(), policy: Policy = Policy()
    ) -> Judgement {
        GateVerdict.Judge.judge(session: session, against: .baseline(Fixtures.baseline(baseline)), policy: policy)
    }

    private func outcome(_ judgement: Judgement, _ metric: MetricID) -> Outcome? {
        judgement.verdicts.first { $0.check.metric == metric && $0.demand == .tolerance }?.outcome
    }

    @Test("each window is one value of each of its metrics, in the stage of its own")
    func samples() {
        let samples = Fixtures.loadSession([Fixtures.window(ttft: 0.3), Fixtures.window(ttft: 0.4)]).samples()
        #expect(samples[ttft]?.values == [0.3, 0.4])
        #expect(samples[CheckID(stage: .load, metric: "goodput")]?.unit == .requestsPerSecond)
        #expect(samples.keys.allSatisfy { $0.stage == .load })
        #expect(samples.count == 20)
    }

    @Test("a window that is slower than the baseline by more than the tolerance is a regression")
    func regression() throws {
        let judgement = judge(Fixtures.loadSession([Fixtures.window(ttft: 0.5)]))
        #expect(judgement.overall == .regression)
        #expect(judgement.exitCode == 1)
        #expect(outcome(judgement, "ttft.p50") == .regression)
        #expect(outcome(judgement, "ttft.p99") == .informational)
        #expect(judge(Fixtures.loadSession()).overall == .pass)
        #expect(judgement.verdicts.first { $0.check.metric == "ttft.p50" }?.name == "ttft.p50")
    }

    @Test("less goodput is worse, and so is a lower highest concurrency")
    func directions() {
        #expect(outcome(judge(Fixtures.loadSession([Fixtures.window(goodput: 4)])), "goodput") == .regression)
        #expect(outcome(judge(Fixtures.loadSession([Fixtures.window(goodput: 6)])), "goodput") == .improvement)
        func ramped(_ highest: Double) -> Session {
            var window = Fixtures.window()
            window.measurements["concurrency.max"] = highest
            return Fixtures.loadSession([window])
        }
        #expect(outcome(judge(ramped(8), against: ramped(16)), "concurrency.max") == .regression)
    }

    @Test("a budget holds for a figure of the window")
    func budget() {
        let policy = Policy(metrics: [MetricPolicy(metric: "error_share", budget: Budget(max: 0.01))])
        let judgement = judge(Fixtures.loadSession([Fixtures.window(invalid: 2)]), policy: policy)
        #expect(judgement.overall == .regression)
        #expect(judgement.verdicts.contains { $0.name == "error_share.budget" && $0.outcome == .budgetExceeded })
    }

    @Test("a window of which more than a fifth is invalid has no verdict")
    func tooManyErrors() {
        let judgement = judge(Fixtures.loadSession([Fixtures.window(invalid: 13)]))
        // That so many fail where none did is the regression.
        #expect(judgement.overall == .regression)
        #expect(outcome(judgement, "ttft.p50") == .invalid)
        #expect(outcome(judgement, "error_share") == .regression)
        let few = Fixtures.loadSession([Fixtures.window(invalid: 13)])
        let failingBefore = judge(few, against: few)
        #expect(failingBefore.overall == .infrastructureError)
        #expect(outcome(judge(Fixtures.loadSession([Fixtures.window(invalid: 12)])), "ttft.p50") == .pass)
    }

    @Test("a window without a valid request is nothing measured, with the first reason")
    func nothing() {
        let judgement = judge(Fixtures.loadSession([Fixtures.window(invalid: 64)]))
        #expect(judgement.exitCode == 69)
        #expect(judgement.failures.first?.message.contains("the connection ended") == true)
    }

    @Test("inter-token figures that coalescing spoilt are not judged, the others are")
    func degraded() {
        let policy = Policy(metrics: [MetricPolicy(metric: "itl.p99", tolerance: .relative(percent: 10))])
        let judgement = judge(Fixtures.loadSession([Fixtures.window(coalesced: 32)]), policy: policy)
        #expect(outcome(judgement, "itl.p99") == .inconclusive)
        #expect(outcome(judgement, "ttft.p50") == .pass)
        let good = judge(Fixtures.loadSession([Fixtures.window(coalesced: 31)]), policy: policy)
        #expect(outcome(good, "itl.p99") == .pass)
    }

    @Test("a median is judged as long as coalescing cannot have moved it")
    func median() {
        let policy = Policy(metrics: [MetricPolicy(metric: "itl.p50", tolerance: .relative(percent: 10))])
        let some = judge(Fixtures.loadSession([Fixtures.window(coalesced: 1_500)]), policy: policy)
        #expect(outcome(some, "itl.p50") == .pass)
        let many = judge(Fixtures.loadSession([Fixtures.window(coalesced: 1_600)]), policy: policy)
        #expect(outcome(many, "itl.p50") == .inconclusive)
    }

    @Test("nor are those of a clock that is not exact to a hundredth of a gap")
    func inexact() {
        let policy = Policy(metrics: [MetricPolicy(metric: "itl.p99", tolerance: .relative(percent: 10))])
        let spoilt = Fixtures.loadSession([Fixtures.window(uncertaintyNs: 200_001)])
        #expect(outcome(judge(spoilt, policy: policy), "itl.p99") == .inconclusive)
        #expect(spoilt.runs[0].load?.gapDoubt(of: "itl.p99")?.contains("are known to") == true)
        #expect(
            outcome(judge(Fixtures.loadSession([Fixtures.window(uncertaintyNs: 200_000)]), policy: policy), "itl.p99")
                == .pass)
    }

    @Test("a window in which the model was loaded is another population")
    func cold() {
        let samples = Fixtures.loadSession([Fixtures.window(loadSeconds: 4)]).samples()
        #expect(samples[ttft] == nil)
        #expect(samples[CheckID(stage: .load, metric: "ttft.p50", modelState: .cold)]?.values == [0.3])
    }

    @Test("a session with more than one invalid request in a hundred is not approved")
    func approval() {
        func calls(_ session: Session) -> String? { session.approvalDoubts.first { $0.doubt == .calls }?.reason }
        #expect(calls(Fixtures.loadSession()) == nil)
        let quarter = Fixtures.loadSession([Fixtures.window(), Fixtures.window(), Fixtures.window(invalid: 1)])
        #expect(calls(quarter) == nil)
        let refused = Fixtures.loadSession([Fixtures.window(invalid: 1)])
        #expect(calls(refused) == "1 of its 64 requests are invalid (the connection ended)")
        #expect(Fixtures.loadSession([]).reasonNotToApprove == "nothing valid was measured in it")
    }

}
