import GateCore
import GateVerdict
import TestSupport
import Testing

@testable import GateReports

@Suite("What a verdict was made from") struct JudgedChangeTests {
    private func input(baseline: [Double], now: Double) throws -> ReportInput {
        let session = { (ttft: Double) in
            Fixtures.session(
                runs: (1...3).map { Fixtures.run($0, calls: [Fixtures.call(.analysis, run: $0, ttft: ttft)]) })
        }
        let sessions = baseline.flatMap { Fixtures.baseline(session($0), sessions: 1).sessions }
        let stored = Baseline(workload: .analysis, machineClass: "ci-small", sessions: sessions)
        let policy = Policy(metrics: [MetricPolicy(metric: "ttft", tolerance: .relative(percent: 10))])
        let candidate = session(now)
        return ReportInput(
            session: candidate,
            judgement: Judge.judge(session: candidate, against: .baseline(stored), policy: policy), baseline: stored)
    }

    @Test("is the change that every report shows, and only the explanation has that of the medians, too")
    func judged() throws {
        let input = try input(baseline: [0.098, 0.098, 0.102, 0.102, 0.102], now: 0.1117)
        let verdict = try #require(input.judgement.verdicts.first { $0.check.metric == "ttft" })
        #expect(verdict.outcome == .regression)
        let console = try ConsoleTable().render(input)
        #expect(console.contains("111.70 ms  +11.3%     +10%  regression"), "\(console)")
        #expect(console.contains("baseline 102.00 ms (n=15): +11.3% from session to session; allowed +10%"))
        let summary = try SummaryMarkdown().render(input)
        let junit = try JUnitReport().render(input)
        #expect(junit.contains("[[PROPERTY|delta_pct=+11.3]]"), "\(junit)")
        for text in [console, summary, junit] { #expect(!text.contains("9.5"), "\(text)") }
        let explanation = Explanation(judgement: input.judgement, session: input.session, baseline: input.baseline).text
        #expect(explanation.contains("+11.3% from session to session (+9.5% from"), "\(explanation)")
    }

    @Test("has its causes told, and noise that passed has none")
    func causes() throws {
        let baseline = [Double](repeating: 0.1, count: 5)
        #expect(try ConsoleTable().render(input(baseline: baseline, now: 0.2)).contains("=> analysis: "))
        let passed = try input(baseline: baseline, now: 0.105)
        #expect(passed.judgement.overall == .pass && passed.judgement.causes == [])
        #expect(try !ConsoleTable().render(passed).contains("=>"))
    }

    @Test("of a pass, says in every report what it may have missed")
    func unseen() throws {
        let input = try input(baseline: [0.1, 0.101, 0.099, 0.23, 0.24], now: 0.1)
        let verdict = try #require(input.judgement.verdicts.first { $0.check.metric == "ttft" })
        #expect(verdict.outcome == .pass)
        let sentence = "Changes that a pass may have missed: analysis/ttft of any size (allowed +10%)"
        #expect(try ConsoleTable().render(input).contains(sentence))
        let summary = try SummaryMarkdown().render(input)
        #expect(summary.contains(sentence) && summary.contains("| +10% | any size | pass |"), "\(summary)")
        let junit = try JUnitReport().render(input)
        #expect(junit.contains(sentence) && junit.contains("[[PROPERTY|unseen=any size]]"), "\(junit)")
    }
}
