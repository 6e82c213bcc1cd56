import GateCore
import GateVerdict
import TestSupport
import Testing

@Suite("Pairs of a session with two arms") struct SessionPairsTests {
    private func run(_ index: Int, _ arm: Arm, pair: Int?, ttft: Double = 0.25, isCold: Bool = false) -> Run {
        var calls = [Fixtures.call(.analysis, run: index, ttft: ttft), Fixtures.call(.report, run: index, ttft: ttft)]
        if isCold { calls[0].modelState = .cold }
        let run = Fixtures.run(index, calls: calls, isWarmup: false)
        return Run(
            index: index, isWarmup: pair == nil && index <= 2, startedAt: run.startedAt, stages: run.stages,
            measurements: run.measurements, reportFile: run.reportFile, factsFile: run.factsFile, arm: arm, pair: pair)
    }

    /// Ten pairs behind two warm-up runs; the head's TTFT is the base's times a factor.
    private func session(factor: Double, cold: Set<Int> = []) -> Session {
        var session = Fixtures.session(runs: [run(1, .head, pair: nil), run(2, .base, pair: nil)])
        let order = PairOrder(seed: "00000000deadbeef")
        for pair in 1...10 {
            let ttft = 0.25 + Double(pair % 3) * 0.002
            for arm in order?.first(ofPair: pair) == .base ? [Arm.base, .head] : [.head, .base] {
                session.runs.append(
                    run(
                        session.runs.count + 1, arm, pair: pair, ttft: arm == .head ? ttft * factor : ttft,
                        isCold: cold.contains(pair) && arm == .head))
            }
        }
        session.base = Fixtures.base(seed: "00000000deadbeef")
        return session
    }

    private func judged(_ session: Session) -> Judgement {
        GateVerdict.Judge.judge(session: session, against: .nothing, policy: Policy())
    }

    @Test("a head that is slower in every pair is a regression, without any baseline") func slower() throws {
        let judgement = judged(session(factor: 1.5))
        #expect(judgement.overall == .regression && judgement.exitCode == 1)
        #expect(judgement.evidence == .pairs && judgement.pairsUsed == 8 && judgement.baseline == nil)
        let verdict = try #require(judgement.verdicts.first { $0.check == CheckID(stage: .report, metric: "ttft") })
        #expect(verdict.outcome == .regression)
        #expect(abs((verdict.worsening?.estimate ?? 0) - 0.5) < 1e-9)
        #expect(verdict.baseline?.count == 10 && abs((verdict.change ?? 0) - 0.5) < 1e-9)
    }

    @Test("a head that is the same passes after six pairs") func same() {
        let judgement = judged(session(factor: 1))
        #expect(judgement.overall == .pass && judgement.pairsUsed == 6)
        #expect(session(factor: 1).isDecidedByPairs(under: Policy()))
    }

    @Test("a pair with a cold call is dropped as a whole, whoever was cold") func cold() {
        let session = session(factor: 1.5, cold: [1, 2, 3])
        let judgement = judged(session)
        #expect(judgement.pairsUsed == 7 && judgement.overall == .inconclusive)
        #expect(session.coldPairsWarning?.message.hasPrefix("3 of 10 pairs were dropped") == true)
        let all = judged(self.session(factor: 1.5, cold: Set(1...10)))
        #expect(all.overall == .infrastructureError && all.failures.first?.message.contains("10 pairs") == true)
    }

    @Test("a base that cannot be measured judges nobody") func brokenBase() {
        var session = session(factor: 1.5)
        for index in session.runs.indices where session.runs[index].arm == .base {
            for stage in session.runs[index].stages.indices {
                session.runs[index].stages[stage].exchanges = [
                    Fixtures.call(.report, outcome: .invalid(InvalidCall(.serverError, "it broke")))
                ]
            }
        }
        #expect(judged(session).exitCode == 69)
    }

    @Test("only the head's runs count for samples and approval") func approval() {
        let session = session(factor: 1.5)
        #expect(session.measuredRuns.count == 10)
        let ttft = session.samples()[CheckID(stage: .report, metric: "ttft")]?.values ?? []
        #expect(ttft.count == 10 && ttft.allSatisfy { $0 > 0.37 })
    }

    @Test("half a pair, as an interruption leaves it, is none") func interrupted() {
        var session = session(factor: 1)
        session.runs.removeLast(3)
        #expect(session.measuredPairs.map(\.number) == Array(1...8))
    }

    @Test("the order within pairs follows from the seed alone, and is a fair coin") func order() throws {
        let order = try #require(PairOrder(seed: "0123456789abcdef"))
        #expect((1...12).map { order.first(ofPair: $0) } == (1...12).map { order.first(ofPair: $0) })
        let base = (1...1000).count { order.first(ofPair: $0) == .base }
        #expect((440...560).contains(base))
        #expect(PairOrder(seed: "xyz") == nil && PairOrder(seed: "0123456789abcdeg") == nil)
    }

    @Test("what a head changes in the policy is listed") func policyChanges() {
        let base = Policy(metrics: [MetricPolicy(metric: "ttft", tolerance: .relative(percent: 10))])
        let head = Policy(
            metrics: [
                MetricPolicy(metric: "ttft", tolerance: .relative(percent: 900), budget: Budget(max: 9)),
                MetricPolicy(metric: "throughput", stage: .report, role: .info),
            ], inconclusive: .fail, alpha: 0.001)
        #expect(
            base.changes(to: head) == [
                "report/throughput: tolerance -15% → none", "ttft: tolerance +10% → +900%",
                "ttft: budget none → at most 9000.00 ms", "alpha 0.01 → 0.001", "inconclusive warn → fail",
            ])
        #expect(base.changes(to: base) == [])
    }
}
