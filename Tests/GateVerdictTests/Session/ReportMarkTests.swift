import TestSupport
import Testing

@testable import GateCore
@testable import GateVerdict

@Suite("Runs whose report is no whole one") struct ReportMarkTests {
    private let total = CheckID(stage: .report, metric: "total")
    private let workflow = CheckID(stage: .run, metric: "workflow")
    private let policy = Policy(
        metrics: [
            MetricPolicy(metric: "total", tolerance: .relative(percent: 20)),
            MetricPolicy(metric: "workflow", tolerance: .relative(percent: 20)),
        ])

    /// A second until the first token, then 40 tokens per second.
    private func call(_ stage: StageName, run: Int, tokens: Int, finish: FinishReason) -> Exchange {
        let seconds = (1 + Double(tokens) / 40) * (1 + Double(run % 3) * 0.004)
        let plain = Fixtures.call(stage, run: run)
        return Exchange(
            id: plain.id, stage: stage, attempt: 1, outcome: .completed(finish), modelState: .warm, cache: plain.cache,
            prompt: plain.prompt, timing: plain.timing, server: ServerFigures(tokens: tokens),
            measurements: ["ttft": 1, "throughput": 40, "total": seconds, "tokens": Double(tokens)])
    }

    private func run(
        _ index: Int, tokens: Int = 400, marks: [ReportMark] = [], arm: Arm? = nil, pair: Int? = nil
    ) -> Run {
        let calls = [
            call(.analysis, run: index, tokens: 300, finish: .stop),
            call(.report, run: index, tokens: tokens, finish: marks.isEmpty ? .stop : .length),
        ]
        let seconds = calls.map { $0.measurements["total"] ?? 0 }
        return Run(
            index: index, isWarmup: false, startedAt: Fixtures.start,
            stages: calls.map { StageResult(name: $0.stage, agent: "analyst", wallSeconds: 5, exchanges: [$0]) },
            measurements: ["analysis": seconds[0], "report": seconds[1], "workflow": seconds[0] + seconds[1]],
            reportFile: "runs/0001/report.md", factsFile: nil, reportMarks: marks, arm: arm, pair: pair)
    }

    private func session(_ runs: [Run]) -> Session {
        var session = Fixtures.session(runs: runs, policy: policy)
        session.warnings = []
        return session
    }

    private func quality(_ runs: [Run]) -> ApprovedQuality {
        let reports = runs.map { run in
            let findings = (run.reportMarks ?? []).map { mark in
                Finding(
                    rule: mark == .truncated ? .S05 : .S11, severity: .error,
                    place: ReportPlace(line: 1, columnStart: 1, columnEnd: 2), claim: "", evidence: "", message: "")
            }
            return ReportQuality(
                run: run.index, file: "runs/0001/report.md", digest: "",
                assessment: ReportAssessment(findings: findings, claims: ClaimCounts(), measures: ReportMeasures()))
        }
        return ApprovedQuality(allowance: QualityAllowance([]), reports: reports)
    }

    private func judged(_ head: [Run], against approved: [Run]) -> [CheckID: Verdict] {
        let base = session(approved)
        let baseline = Baseline(
            workload: base.workload, machineClass: base.machineClass,
            sessions: [ApprovedSession](
                repeating: ApprovedSession(
                    session: base, approval: Fixtures.approval, quality: quality(approved)), count: 5))
        let judgement = GateVerdict.Judge.judge(session: session(head), against: .baseline(baseline), policy: policy)
        return Dictionary(uniqueKeysWithValues: judgement.verdicts.map { ($0.check, $0) })
    }

    private let whole = (1...5)

    @Test("one report that was cut off among whole ones is left out of every duration that grows with it")
    func leftOut() {
        let runs = [run(1), run(2, tokens: 20, marks: [.truncated]), run(3), run(4), run(5)]
        let samples = session(runs).samples()
        #expect(samples[total]?.values.count == 4)
        #expect(samples[total]?.values.allSatisfy { $0 > 10 } == true)
        #expect(samples[workflow]?.values.count == 4)
        #expect(samples[CheckID(stage: .run, metric: "report")]?.values.count == 4)
        #expect(samples[CheckID(stage: .report, metric: "tokens")]?.values == [400, 400, 400, 400])
        // Its first token and its rate are as good as any, and so is the stage before it.
        #expect(samples[CheckID(stage: .report, metric: "ttft")]?.values.count == 5)
        #expect(samples[CheckID(stage: .report, metric: "throughput")]?.values.count == 5)
        #expect(samples[CheckID(stage: .analysis, metric: "total")]?.values.count == 5)
        #expect(samples[CheckID(stage: .run, metric: "analysis")]?.values.count == 5)
    }

    @Test("the others decide") func othersDecide() {
        let head = [run(1), run(2, tokens: 20, marks: [.truncated]), run(3), run(4), run(5)]
        let verdicts = judged(head, against: whole.map { run($0) })
        #expect(verdicts[total]?.outcome == .pass && verdicts[workflow]?.outcome == .pass)
        #expect(verdicts[total]?.observed?.count == 4)
    }

    @Test("reports that were cut off are neither faster nor slower", arguments: [[ReportMark.truncated], [.runaway]])
    func manyMarked(marks: [ReportMark]) throws {
        let tokens = marks == [.truncated] ? 20 : 4_000
        let head = [run(1), run(2, tokens: tokens, marks: marks), run(3, tokens: tokens + 1, marks: marks), run(4)]
        let verdicts = judged(head, against: whole.map { run($0) })
        for check in [total, workflow] {
            let verdict = try #require(verdicts[check])
            #expect(verdict.outcome == .inconclusive)
            #expect(verdict.explanation.contains("2 of 4 reports were cut off or go round in circles"))
            #expect(verdict.remedy.contains("agent.max_tokens"))
        }
        #expect(verdicts[CheckID(stage: .report, metric: "throughput")]?.outcome == .pass)
    }

    @Test("a metric that is left out of every run does not vanish") func allLeftOut() throws {
        let head = whole.map { run($0, tokens: 20 + $0, marks: [.truncated]) }
        let verdict = try #require(judged(head, against: head)[total])
        #expect(verdict.outcome == .inconclusive && verdict.observed == nil)
        #expect(verdict.explanation.contains("5 of 5 reports"))
    }

    @Test("reports that all end at the same cap are the same work, as long as they are so on both sides")
    func sameCap() throws {
        let capped = whole.map { run($0, tokens: 256, marks: [.truncated, .runaway]) }
        #expect(session(capped).samples()[total]?.values.count == 5)
        #expect(judged(capped, against: capped)[total]?.outcome == .pass)
        let cut = try #require(judged(capped, against: whole.map { run($0) })[total])
        #expect(cut.outcome == .inconclusive && cut.explanation.contains("not so in the baseline"))
        let mended = try #require(judged(whole.map { run($0) }, against: capped)[total])
        #expect(mended.outcome == .inconclusive && mended.explanation.contains("reports of the baseline"))
    }

    @Test("in pairs the run with the marked report drops out, whichever side it is of", arguments: [1, 4])
    func pairs(marked: Int) throws {
        var runs: [Run] = []
        for pair in 1...10 {
            for arm in [Arm.base, .head] {
                let isMarked = pair <= marked && arm == .head
                runs.append(
                    run(
                        runs.count + 1, tokens: isMarked ? 20 : 400, marks: isMarked ? [.truncated] : [], arm: arm,
                        pair: pair))
            }
        }
        var session = session(runs)
        session.base = Fixtures.base(seed: "00000000deadbeef")
        let judgement = GateVerdict.Judge.judge(session: session, against: .nothing, policy: policy)
        for check in [total, workflow] {
            let verdict = try #require(judgement.verdicts.first { $0.check == check })
            #expect(verdict.outcome == (marked == 1 ? .pass : .inconclusive), "\(verdict.explanation)")
        }
    }

    @Test("marks follow what is said of the reports now") func marking() {
        let before = session([run(1), run(2, marks: [.truncated])])
        let after = before.marking(quality([run(1, marks: [.runaway])]).reports)
        #expect(after.runs.map(\.reportMarks) == [[.runaway], [.truncated]])
    }
}
