import GateCore
import GateVerdict
import TestSupport
import Testing

@testable import GateReports

@Suite("An explanation of a verdict") struct ExplanationTests {
    private func call(_ stage: StageName, ttft: Double, promptTokens: Double, promptEval: Double, tokens: Double)
        -> Exchange
    {
        var values = Measurements()
        values["total"] = ttft + tokens * 0.02
        values["prompt_eval"] = promptEval
        values["prompt_tokens"] = promptTokens
        values["model_load"] = 0.01
        values["connect"] = 0.001
        return Fixtures.call(stage, ttft: ttft, extra: values)
    }

    private func session(ttft: Double, promptTokens: Double, promptEval: Double) -> Session {
        Fixtures.session(
            runs: (1...5).map { index -> Run in
                let calls = [StageName.analysis, .report].map {
                    call($0, ttft: ttft, promptTokens: promptTokens, promptEval: promptEval, tokens: 200)
                }
                return Fixtures.run(index, calls: calls)
            })
    }

    private func text(_ head: Session, _ baseline: Session, policy: Policy = Policy()) -> String {
        let approved = Fixtures.baseline(baseline)
        let judgement = Judge.judge(session: head, against: .baseline(approved), policy: policy)
        return Explanation(judgement: judgement, session: head, baseline: approved).text
    }

    @Test("keeps to the width of the terminal", arguments: [60, 80, 100])
    func width(columns: Int) {
        let baseline = Fixtures.baseline(session(ttft: 0.25, promptTokens: 1000, promptEval: 0.2))
        let head = session(ttft: 0.5, promptTokens: 1200, promptEval: 0.44)
        let text = Explanation(
            judgement: Judge.judge(session: head, against: .baseline(baseline), policy: Policy()), session: head,
            baseline: baseline, width: columns
        ).text
        let longest = text.split(separator: "\n").map(\.count).max() ?? 0
        #expect(longest <= columns && longest > columns - 15, "\(text)")
    }

    @Test("tells a prompt that grew from a server that got slower") func promptGrew() {
        let before = session(ttft: 0.25, promptTokens: 1000, promptEval: 0.2)
        let grown = text(session(ttft: 0.29, promptTokens: 1200, promptEval: 0.24), before)
        #expect(grown.contains("=> the prompt grew by 200 tokens: +40.00 ms of prompt evaluation"), "\(grown)")
        #expect(!grown.contains("slower per token"))
        let slower = text(session(ttft: 0.35, promptTokens: 1000, promptEval: 0.3), before)
        #expect(slower.contains("=> prompt evaluation got slower per token: +100.00 ms in all"), "\(slower)")
        let queued = text(session(ttft: 0.45, promptTokens: 1000, promptEval: 0.2), before)
        #expect(queued.contains("=> queue, network and first token took 200.00 ms longer"), "\(queued)")
    }

    @Test("has, for each metric, both sides, the tolerance, the reason, and what would change it; and the policy")
    func fields() {
        let before = session(ttft: 0.25, promptTokens: 1000, promptEval: 0.2)
        let policy = Policy(metrics: [MetricPolicy(metric: "ttft", tolerance: .relative(percent: 10))])
        let text = text(session(ttft: 0.75, promptTokens: 1000, promptEval: 0.7), before, policy: policy)
        for words in [
            "report/ttft: regression", "compared: 750.00 ms (median of 5, 750.00 to 750.00)", "allowed: +10%",
            "would change it: it would pass with a tolerance of +200.0% or more", "Policy in force",
            "report/ttft: allowed +10%", "alpha 0.01", "informing only:",
        ] { #expect(text.contains(words), "\(words)\n\(text)") }
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 82 })
    }

    @Test("without the session it still explains the verdict") func alone() {
        let judgement = Judge.judge(
            session: Fixtures.session(), against: .baseline(Fixtures.baseline()), policy: Policy())
        let text = Explanation(judgement: judgement, session: nil, baseline: nil).text
        #expect(text.contains("report/throughput: ") && !text.contains("Where the time went"))
    }
}
