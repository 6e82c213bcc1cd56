import GateCore
import GateVerdict
import TestSupport
import Testing

@Suite struct `Figures that are as good as what stands behind them` {
    private func session(
        ttft: Double = 0.25, cache: PromptCacheState = .defeated, bytesPerToken: Double = 4, throughput: Double? = 40,
        isDegraded: Bool = false
    ) -> Session {
        Fixtures.session(
            runs: (1...5).map { index in
                let call = Fixtures.call(
                    .analysis, run: index, ttft: ttft, throughput: throughput ?? 40,
                    extra: ["bytes_per_token": bytesPerToken])
                var timing = call.timing
                if isDegraded { timing.throughputDegraded = true }
                var measurements = call.measurements
                measurements["throughput"] = throughput
                let exchange = Exchange(
                    id: call.id, stage: call.stage, attempt: 1, outcome: call.outcome, modelState: .warm, cache: cache,
                    prompt: call.prompt, timing: timing, server: call.server, measurements: measurements)
                return Fixtures.run(index, calls: [exchange])
            })
    }

    private func verdict(_ session: Session, _ approved: Session, _ metric: MetricID) -> Verdict? {
        GateVerdict.Judge.judge(
            session: session, against: .baseline(Fixtures.baseline(approved)), policy: Policy()
        ).verdicts.first { $0.check == CheckID(stage: .analysis, metric: metric) && $0.demand == .tolerance }
    }

    @Test(
        "TTFT is judged where a salt defeated a cache of which the server tells nothing",
        arguments: [PromptCacheState.assumedDefeated, .defeated])
    func assumed(approved: PromptCacheState) {
        let before = session(cache: approved)
        let slow = session(ttft: 1.25, cache: .assumedDefeated)
        #expect(verdict(slow, before, "ttft")?.outcome == .regression)
        #expect(verdict(session(cache: .assumedDefeated), before, "ttft")?.outcome == .pass)
        #expect(verdict(session(cache: .unknown), before, "ttft")?.outcome == .inconclusive)
        #expect(verdict(session(cache: .hit), before, "ttft")?.outcome == .inconclusive)
    }

    @Test("the assumption is named, and hits are, too")
    func named() {
        let warnings = session(cache: .assumedDefeated).interferenceWarnings().map(\.message)
        #expect(warnings.contains { $0.contains("assumption that the prompt cache was defeated") })
        let hits = session(cache: .hit).interferenceWarnings().map(\.message)
        #expect(hits.contains { $0.contains("part of the prompt of 5 requests from its cache") })
        #expect(session().interferenceWarnings().isEmpty)
    }

    @Test("durations that the server cannot have taken are named")
    func refusedTimes() {
        var timing = Fixtures.call(.analysis).timing
        timing.serverTimesRefused = true
        let call = Fixtures.call(.analysis)
        let exchange = Exchange(
            id: call.id, stage: call.stage, attempt: 1, outcome: call.outcome, modelState: .warm, cache: .defeated,
            prompt: call.prompt, timing: timing, server: call.server, measurements: call.measurements)
        let warnings = Fixtures.session(runs: [Fixtures.run(1, calls: [exchange])]).interferenceWarnings()
        #expect(
            warnings.map(\.message) == [
                "by the server's durations 1 answer took longer than the whole call, so that they are left out"
            ])
    }

    @Test("a rate is invalid where the server counts otherwise than in the baseline")
    func counts() {
        #expect(verdict(session(bytesPerToken: 2), session(), "throughput")?.outcome == .invalid)
        #expect(verdict(session(bytesPerToken: 8), session(), "throughput")?.outcome == .invalid)
        #expect(verdict(session(bytesPerToken: 4.5), session(), "throughput")?.outcome == .pass)
        #expect(verdict(session(bytesPerToken: 2), session(), "ttft")?.outcome == .pass)
    }

    @Test("a throughput that the arrivals cannot show is not decided; one that is merely gone is missing")
    func throughput() {
        #expect(verdict(session(throughput: nil, isDegraded: true), session(), "throughput")?.outcome == .inconclusive)
        #expect(verdict(session(throughput: nil), session(), "throughput")?.outcome == .missing)
        // Twice the tokens in as many pieces look like pieces of two tokens, too.
        let doubled = session(bytesPerToken: 2, throughput: nil, isDegraded: true)
        #expect(verdict(doubled, session(), "throughput")?.outcome == .invalid)
    }
}
