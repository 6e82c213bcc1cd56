import GateCore
import GateVerdict
import TestSupport
import Testing

@Suite("Several workloads are one verdict") struct JointJudgementTests {
    private func part(_ name: String, _ judgement: Judgement) -> JointJudgement.Part {
        JointJudgement.Part(name: name, folder: "workloads/\(name)", judgement: judgement)
    }

    private func failed(_ kind: JudgementFailure.Kind, status: Int? = nil) -> Judgement {
        let failure = JudgementFailure(kind, message: "m", remedy: "r")
        return .ended(
            by: failure, exitCode: status ?? Int(failure.exit.rawValue), sessionId: "", workload: .analysis,
            machineClass: "ci")
    }

    private func judged(_ outcome: Outcome) -> Judgement {
        let verdict = Verdict(
            check: CheckID(stage: .report, metric: "ttft"), demand: .tolerance, outcome: outcome, unit: .seconds,
            direction: .lowerIsBetter, baseline: nil, observed: SampleSummary([1]), change: nil, worsening: nil,
            tolerance: .relative(percent: 10), budget: nil, explanation: "e", remedy: "")
        return Judgement(
            Judgement.Parts(verdicts: [verdict]), sessionId: "s", workload: .analysis, machineClass: "ci")
    }

    private func joint(_ judgements: Judgement...) -> JointJudgement {
        let parts = judgements.enumerated().map { part("w\($0)", $1) }
        return JointJudgement(parts, declared: parts.map(\.name), toolVersion: "1")
    }

    @Test("the one that outranks the others, by the order that holds inside a workload") func precedence() {
        let pass = judged(.pass)
        #expect(joint(pass, pass).overall == .pass)
        #expect(joint(pass, judged(.improvement)).overall == .improvement)
        #expect(joint(pass, judged(.regression), failed(.nothingMeasured)).overall == .regression)
        #expect(joint(pass, judged(.regression), failed(.nothingMeasured)).exitCode == 1)
        #expect(joint(judged(.regression), failed(.baselineUntrusted)).exitCode == 7)
        #expect(joint(pass, failed(.baselineMissing), failed(.nothingMeasured)).exitCode == 69)
        #expect(joint(pass, failed(.baselineMissing)).exitCode == 6)
    }

    @Test("of statuses of the same verdict the one that no repetition mends; of nothing no pass") func statuses() {
        let both = joint(failed(.couldNotRun, status: 69), failed(.misconfigured), judged(.pass))
        #expect(both.overall == .infrastructureError && both.exitCode == 78)
        #expect(joint(failed(.nothingMeasured), failed(.commandFailed)).exitCode == 4)
        #expect(joint().overall == .infrastructureError && joint().exitCode == 69)
        #expect(joint(judged(.pass)).isConclusive)
    }

    @Test("steps that fail together end by what blocks, else by what no repetition mends") func steps() {
        #expect(GateExit.worst(of: [0, 0]) == nil)
        #expect(GateExit.worst(of: [69, 1, 78]) == 1)
        #expect(GateExit.worst(of: [3, 7]) == 7)
        #expect(GateExit.worst(of: [6, 69, 65]) == 65)
        #expect(GateExit.worst(of: [69, 75]) == 75)
    }
}

@Suite("Alpha is of all workloads together") struct SharedAlphaTests {
    @Test("each has its share of it: of figures, of calls that fail, of reports") func shares() {
        let (alone, four) = (
            ConvictionRule(Policy(), errorsOf: .run), ConvictionRule(Policy(workloads: 4), errorsOf: .run)
        )
        #expect(four.alpha == 0.0025)
        #expect(abs(four.alphaOfFigures * 4 - alone.alphaOfFigures) < 1e-15)
        #expect(abs(four.alphaOfErrors * 4 - alone.alphaOfErrors) < 1e-15)
        #expect(Policy(workloads: 4).ofOneWorkload(0.01) == 0.0025)
    }

    @Test("a look that could convict nobody leaves its share to the last one") func looks() {
        let rule = ConvictionRule(Policy(workloads: 4))
        #expect(rule.looks.map(\.pairs) == [12, 20])
        #expect(abs(rule.looks.reduce(0) { $0 + $1.share } - 1) < 1e-12)
        #expect(rule.looks.allSatisfy { rule.alpha(of: $0) >= 1 / Double(1 << $0.pairs) })
        #expect(ConvictionRule(Policy(workloads: 40)).looks.map(\.pairs) == [20])
    }

    @Test("drawn sign vectors reach a level as fine as many workloads need") func drawn() throws {
        let columns = [[Double](repeating: 0.1, count: 20)]
        #expect(SignFlipTest.adjustedP(columns)[0] == 1e-4)
        let rule = ConvictionRule(Policy(workloads: 100))
        let level = try #require(rule.looks.last.map(rule.alpha))
        #expect(SignFlipTest.adjustedP(columns, level: level)[0] < level / 10)
    }

    @Test("unchanged changes of three workloads are blocked no more often than alpha says, over all their checks")
    func familyWise() {
        let metrics = ["a", "b", "c"].map {
            MetricPolicy(metric: $0, direction: .lowerIsBetter, role: .gate, tolerance: .relative(share: 1e-6))
        }
        func alarms(sharing workloads: Int?) -> Int {
            let demands = Demands(
                Policy(metrics: metrics, alpha: 0.2, workloads: workloads, pairs: 8, others: .inform))
            var random = SplitMix64(seed: 4711)
            return (0..<400).count { _ in
                let verdicts = (0..<3).map { _ in
                    let pairs = (0..<8).map { _ in
                        func run() -> [String: Double] {
                            Dictionary(uniqueKeysWithValues: ["a", "b", "c"].map { ($0, 1 + random.nextUnit()) })
                        }
                        return RunPair(base: run(), head: run())
                    }
                    return CaseJudge.judge(JudgementCase(demands: demands, pairs: pairs)).overall
                }
                return verdicts.contains(.regression)
            }
        }
        // 80 of 400 are allowed; more than 105 would come by chance once in 1,000 times. Without sharing it is twice that.
        #expect(alarms(sharing: 3) <= 105)
        #expect(alarms(sharing: nil) > 140)
    }
}
