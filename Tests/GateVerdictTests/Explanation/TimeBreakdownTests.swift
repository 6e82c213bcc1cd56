import GateCore
import TestSupport
import Testing

@testable import GateVerdict

@Suite("Where the time went") struct TimeBreakdownTests {
    private func side(
        promptTokens: Double = 1000, promptEval: Double? = 0.2, tokens: Double = 100, total: Double = 5.25
    )
        -> TimeBreakdown
    {
        let medians: [MetricID: Double?] = [
            "connect": 0.001, "ttft": 0.25, "model_load": 0.01, "prompt_eval": promptEval, "total": total,
            "prompt_tokens": promptTokens, "tokens": tokens,
        ]
        return TimeBreakdown { medians[$0] ?? nil }
    }

    @Test("TTFT is queue, load and prompt evaluation; the whole is TTFT and tokens times time per token") func parts() {
        let side = side()
        #expect(abs((side.queue ?? 0) - 0.04) < 1e-12)
        #expect(side.generation == 5 && side.perToken == 0.05)
        #expect(abs((side.perPromptToken ?? 0) - 0.0002) < 1e-15)
    }

    @Test("what the server does not report is not known, and never zero") func unknown() {
        let side = side(promptEval: nil)
        #expect(side.queue == nil && side.perPromptToken == nil)
        #expect(StageTimes(stage: .report, base: side, head: side).promptEval == nil)
    }

    @Test("what took less time is said to, not to take a negative time") func shorter() {
        let before = TimeBreakdown { ["ttft": 0.25, "model_load": 0.06, "prompt_eval": 0.15, "connect": 0.001][$0] }
        let now = TimeBreakdown { ["ttft": 0.2, "model_load": 0.01, "prompt_eval": 0.15, "connect": 0.001][$0] }
        let words = StageTimes(stage: .report, base: before, head: now).causes.map(\.words)
        #expect(words == ["loading the model took 50.00 ms less"])
    }

    @Test("a longer prompt is told from a slower server") func lengthAndSpeed() throws {
        let longer = StageTimes(stage: .report, base: side(), head: side(promptTokens: 1200, promptEval: 0.24))
        let split = try #require(longer.promptEval)
        #expect(abs(split.byLength - 0.04) < 1e-12 && abs(split.bySpeed) < 1e-12)
        let slower = try #require(StageTimes(stage: .report, base: side(), head: side(promptEval: 0.3)).promptEval)
        #expect(slower.byLength == 0 && abs(slower.bySpeed - 0.1) < 1e-12)
        let both = try #require(
            StageTimes(stage: .report, base: side(), head: side(tokens: 150, total: 15.25)).generation)
        #expect(abs(both.byLength - 2.5) < 1e-9 && abs(both.bySpeed - 7.5) < 1e-9)
    }

    @Test("a stage beside an approved baseline has the medians of both") func baseline() throws {
        var measurements = Measurements()
        measurements["total"] = 5
        measurements["prompt_eval"] = 0.2
        let calls = [Fixtures.call(.report, ttft: 0.5, extra: measurements)]
        let session = Fixtures.session(runs: [Fixtures.run(1, calls: calls)])
        let times = session.stageTimes(baseline: Fixtures.baseline())
        #expect(times.map(\.stage) == [.report])
        #expect(times.first?.head.ttft == 0.5 && times.first?.base.ttft == 0.25 && times.first?.base.total == nil)
        #expect(session.stageTimes(baseline: nil) == [])
    }
}
