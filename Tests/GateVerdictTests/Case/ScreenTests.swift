import GateCore
import GateVerdict
import Testing

@Suite("The screen before any pair") struct ScreenTests {
    private func judge(
        _ candidate: [Double], pairs: [RunPair] = Cases.pairs([Double](repeating: 2, count: 20)),
        sessions: Int = 4, demands: Demands = Cases.demands()
    ) -> CaseVerdict {
        CaseJudge.judge(
            JudgementCase(
                demands: demands, baseline: Cases.sessions(1, count: sessions), candidate: Cases.candidate(candidate),
                pairs: pairs))
    }

    @Test("a candidate like its baseline passes without pairs, and says that it is only screened")
    func pass() {
        let verdict = judge(Cases.series(1.01))
        #expect(verdict.overall == .pass)
        #expect(verdict.evidence == .screen)
        #expect(verdict.runsUsed == 5)
        #expect(verdict.pairsUsed == 0)
        #expect(verdict["ttft"]?.reason.hasPrefix("screened: 1.0% worse in 5 runs; less than 3.5%") == true)
    }

    @Test("beyond seven tenths of the tolerance pairs are made, and they alone convict")
    func flagged() {
        let convicted = judge(Cases.series(1.04))
        #expect(convicted.overall == .regression)
        #expect(convicted.evidence == .pairs)
        #expect(convicted.runsUsed == 5)
        #expect(convicted.pairsUsed == 8)
        let cleared = judge(Cases.series(1.5), pairs: Cases.pairs(Cases.series(1, count: 20)))
        #expect(cleared.overall == .pass)
        #expect(cleared.pairsUsed == 6)
    }

    @Test("a baseline that the candidate beats by a tenth is of something else: pairs are made")
    func incomparable() {
        #expect(judge(Cases.series(0.85)).evidence == .pairs)
        #expect(judge(Cases.series(0.93)).evidence == .screen)
    }

    @Test("only the first runs are looked at, as many as the policy says")
    func firstRuns() {
        let late = Cases.series(1) + Cases.series(2)
        #expect(judge(late).evidence == .screen)
        let more = judge(late, demands: Cases.demands(runs: 10))
        #expect(more.evidence == .pairs)
        #expect(more.runsUsed == 10)
    }

    @Test("fewer than three runs are too few to screen")
    func tooFew() { #expect(judge([1, 1]).evidence == .pairs) }

    @Test("a metric that is gone and a broken budget need no pairs")
    func decided() {
        let demands = Cases.demands(budget: Budget(max: 0.9))
        let verdict = judge(Cases.series(1), demands: demands)
        #expect(verdict.overall == .regression)
        #expect(verdict.pairsUsed == 0)
        let gone = CaseJudge.judge(
            JudgementCase(
                demands: Cases.demands(), baseline: Cases.sessions(1, count: 4),
                candidate: SessionValues(["other": [1]]),
                pairs: Cases.pairs([1, 1])))
        #expect(gone["ttft"]?.outcome == .missing)
        #expect(gone.pairsUsed == 0)
    }
}
