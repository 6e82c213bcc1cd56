import Foundation
import GateCore
import GateVerdict
import Testing

@Suite("Pairs of base and head") struct PairedTrialTests {
    private func judge(_ pairs: [RunPair], _ demands: Demands = Cases.demands()) -> CaseVerdict {
        CaseJudge.judge(JudgementCase(demands: demands, pairs: pairs))
    }

    @Test("the same slowdown in every pair is convicted at the first look, with the smallest p that it allows")
    func constantSlowdown() {
        let verdict = judge(Cases.pairs([Double](repeating: 2, count: 20)))
        #expect(verdict.overall == .regression)
        #expect(verdict.evidence == .pairs)
        #expect(verdict.pairsUsed == 8)
        #expect(verdict["ttft"]?.p == 1.0 / 256)
        #expect(verdict["ttft"]?.estimate == 1)
        #expect(
            verdict["ttft"]?.reason == "100.0% worse (+100.0% to +100.0%), allowed 5%; by chance p = 0.0039 in 8 pairs")
    }

    @Test("pairs without a change pass as soon as they may, and no more are made")
    func unchanged() {
        var trial = PairedTrial(demands: Cases.demands())
        for ratio in Cases.series(1, count: 20) where trial.verdict == nil {
            trial.append(RunPair(base: ["ttft": 1], head: ["ttft": ratio]))
        }
        #expect(trial.count == 6)
        #expect(trial.verdict?.overall == .pass)
        #expect(trial.verdict?["ttft"]?.reason.hasSuffix("; 5% worse is excluded by 6 pairs") == true)
    }

    @Test("a count of an agent's calls that never varies passes where none more is allowed, else is convicted")
    func exactCounts() throws {
        func judge(_ base: Double, _ head: Double) throws -> (finding: MetricFinding, pairs: Int) {
            var trial = PairedTrial(demands: Cases.demands(["calls"], tolerance: .relative(percent: 0)))
            while trial.verdict == nil { trial.append(RunPair(base: ["calls": base], head: ["calls": head])) }
            return (try #require(trial.verdict?["calls"]), trial.count)
        }
        let same = try judge(2, 2)
        #expect(same.finding.outcome == .pass && same.pairs == 6)
        #expect(same.finding.reason.hasSuffix("2 in all 6 runs of the base, and of the head"))
        let fewer = try judge(3, 2)
        #expect(fewer.finding.outcome == .improvement || fewer.finding.outcome == .pass)
        let more = try judge(2, 3)
        #expect(more.finding.outcome == .regression && more.pairs == 8)
    }

    @Test("a slowdown within the tolerance is no regression, however certain it is")
    func withinTolerance() {
        let verdict = judge(Cases.pairs(Cases.series(1.03, count: 20)))
        #expect(verdict.overall == .pass)
    }

    @Test("a gain waits for the first look before it is claimed")
    func improvement() {
        let verdict = judge(Cases.pairs(Cases.series(0.5, count: 20)))
        #expect(verdict.overall == .improvement)
        #expect(verdict.pairsUsed == 8)
        #expect(verdict["ttft"]?.reason.contains("50.0% better") == true)
    }

    @Test("fewer than eight pairs never convict; what is missing is said")
    func tooFew() {
        let verdict = judge(Cases.pairs([2, 2, 2, 2, 2, 2, 2]))
        #expect(verdict.overall == .inconclusive)
        #expect(verdict.pairsUsed == 7)
        #expect(
            verdict["ttft"]?.reason
                == "100.0% worse (+100.0% to +100.0%), allowed 5%; 7 were made; fewer than 8 pairs never convict")
        #expect(verdict["ttft"]?.remedy == "Make 1 more pair.")
    }

    @Test("noise that hides the tolerance ends inconclusive after all pairs, with the smallest change that would show")
    func noisy() throws {
        let ratios = (0..<20).map { [1.3, 0.8, 1.1, 0.9][$0 % 4] }
        let verdict = judge(Cases.pairs(ratios))
        #expect(verdict.overall == .inconclusive)
        #expect(verdict.pairsUsed == 20)
        let mde = try #require(verdict["ttft"]?.mde)
        #expect(mde > 0.1 && mde < 0.3)
        #expect(verdict["ttft"]?.reason.contains("only changes from") == true)
    }

    @Test("pairs that can convict nobody say so and what would do, and ask for no quieter machine")
    func blind() throws {
        var policy = Policy(
            metrics: [MetricPolicy(metric: "ttft", direction: .lowerIsBetter, role: .gate)], alpha: 0.001, pairs: 8)
        let verdict = judge(Cases.pairs([Double](repeating: 3, count: 8)), Demands(policy))
        let finding = try #require(verdict["ttft"])
        #expect(finding.outcome == .inconclusive)
        #expect(finding.reason.contains("no p-value above 0.001 convicts, and 8 pairs have none below 0.0039"))
        #expect(finding.remedy.hasPrefix("Allow at least 10 pairs, or alpha from 0.004 on"))
        #expect(!finding.remedy.contains("noisy"))
        for (alpha, pairs) in [(0.001, 10), (0.004, 8)] {
            policy.alpha = alpha
            policy.pairs = pairs
            let seen = judge(Cases.pairs([Double](repeating: 3, count: pairs)), Demands(policy))
            #expect(seen.overall == .regression)
        }
    }

    @Test("a rate that falls by a fifth is worse by a fifth")
    func throughput() {
        let pairs = (0..<20).map { _ in RunPair(base: ["throughput": 40], head: ["throughput": 32]) }
        let verdict = judge(pairs, Cases.demands(["throughput"], direction: .higherIsBetter))
        #expect(verdict.overall == .regression)
        #expect(abs((verdict["throughput"]?.estimate ?? 0) - 0.2) < 1e-12)
    }

    @Test("the same pairs give the same verdict")
    func reproducible() {
        let ratios = (0..<20).map { (index: Int) -> Double in 0.9 + 0.2 * Double(index * 7 % 11) / 11 }
        #expect(judge(Cases.pairs(ratios)) == judge(Cases.pairs(ratios)))
    }

    @Test("a rare outlier weighs nothing and is said where the head has nearly all of them")
    func spikes() {
        let quiet: [Double] = [0.96, 1.06, 1.04, 1.02, 1, 1.1]
        let ratios = (0..<20).map { $0 % 4 == 3 ? 6 : quiet[$0 % 6] }
        let verdict = judge(Cases.pairs(ratios), Cases.demands(tolerance: .relative(share: 0.03)))
        #expect(verdict["ttft"]?.outcome != .regression)
        #expect(verdict["ttft"]?.reason.contains("of 5 outlying pairs were worse: look at its p95 or p99") == true)
    }

    @Test("one pair with a missing value is left out; a fifth of them is the limit")
    func missingValues() {
        var pairs = Cases.pairs(Cases.series(1, count: 20))
        pairs[2].head["ttft"] = .nan
        let verdict = judge(pairs)
        #expect(verdict.overall == .pass)
        #expect(verdict["ttft"]?.missing == 1)
        for index in 0..<6 { pairs[index * 3].base["ttft"] = .infinity }
        let invalid = judge(pairs)
        #expect(invalid.overall == .infrastructureError)
        #expect(invalid["ttft"]?.reason.contains("values are missing or not finite") == true)
    }

    @Test("all calls invalid is invalid, never a pass and never missing")
    func nothingValid() {
        let pairs = (0..<20).map { _ in RunPair(base: ["ttft": 1], head: ["ttft": Double.nan]) }
        let verdict = judge(pairs)
        #expect(verdict.overall == .infrastructureError)
        #expect(verdict.pairsUsed < 20)
    }

    @Test("a metric that the head no longer has is a regression; one that it has newly is not judged")
    func renamed() {
        let pairs = (0..<20).map { _ in RunPair(base: ["ttft": 1], head: ["first_token": 1]) }
        let verdict = judge(pairs)
        #expect(verdict.overall == .regression)
        #expect(verdict["ttft"]?.outcome == .missing)
        #expect(verdict["ttft"]?.reason == "metric missing: the base has it, the candidate does not")
        #expect(verdict["first_token"]?.outcome == .new)
    }

    @Test("zeros on both sides are compared relative to the base's median")
    func counts() {
        let base: [Double] = [0, 4, 5, 3, 6, 4, 5, 4]
        let doubled = zip(base, [3, 9, 11, 8, 12, 9, 10, 9]).map { RunPair(base: ["errors": $0], head: ["errors": $1]) }
        let verdict = judge(doubled, Cases.demands(["errors"]))
        #expect(verdict.overall == .regression)
        #expect(verdict["errors"]?.estimate == 1.25)
    }

    @Test("a base of zero needs an absolute tolerance, and is judged by it")
    func zeroBase() {
        let pairs = (0..<20).map { _ in RunPair(base: ["errors": 0], head: ["errors": 2]) }
        let without = judge(pairs, Cases.demands(["errors"]))
        #expect(without.overall == .inconclusive)
        #expect(without["errors"]?.remedy == "Give it an absolute tolerance, in its own unit.")
        let demands = Cases.demands(["errors"], tolerance: .larger(share: 0.05, absolute: 1))
        #expect(judge(pairs, demands).overall == .regression)
        let wide = Cases.demands(["errors"], tolerance: .absolute(3))
        #expect(judge(pairs, wide).overall == .pass)
    }

    @Test("where both tolerances are given the larger counts")
    func largerTolerance() {
        let pairs = Cases.pairs([Double](repeating: 1.2, count: 20))
        #expect(judge(pairs, Cases.demands(tolerance: .larger(share: 0.05, absolute: 0.5))).overall == .pass)
        #expect(judge(pairs, Cases.demands(tolerance: .larger(share: 0.5, absolute: 0.1))).overall == .pass)
        #expect(
            judge(pairs, Cases.demands(tolerance: .larger(share: 0.05, absolute: 0.1))).overall
                == .regression)
    }

    @Test("the strict rule convicts only what is certainly beyond the tolerance")
    func strict() {
        let ratios = (0..<20).map { 1.07 + [0.06, -0.05, 0.03, -0.06][$0 % 4] }
        #expect(judge(Cases.pairs(ratios)).overall == .regression)
        #expect(judge(Cases.pairs(ratios), Cases.demands(isStrict: true)).overall == .inconclusive)
        let beyond = ratios.map { $0 + 0.2 }
        #expect(judge(Cases.pairs(beyond), Cases.demands(isStrict: true)).overall == .regression)
    }

    @Test("a metric that only informs decides nothing")
    func informing() {
        let verdict = judge(Cases.pairs([Double](repeating: 2, count: 20)), Cases.demands(isGate: false))
        #expect(verdict["ttft"]?.outcome == .informational)
        #expect(verdict["ttft"]?.estimate == 1)
        #expect(verdict.overall == .inconclusive)
    }

    @Test("the looks share alpha, and fewer or more pairs move the last one")
    func looks() {
        let rule = ConvictionRule(Policy())
        #expect(rule.looks.map(\.pairs) == [8, 12, 20])
        #expect(zip(rule.looks.map(rule.alpha), [0.004, 0.003, 0.003]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(ConvictionRule(Policy(pairs: 8)).looks.map(\.share) == [1])
        #expect(ConvictionRule(Policy(pairs: 10)).looks.map(\.pairs) == [8, 10])
        #expect(ConvictionRule(Policy(pairs: 40)).looks.map(\.pairs) == [8, 12, 40])
    }
}
