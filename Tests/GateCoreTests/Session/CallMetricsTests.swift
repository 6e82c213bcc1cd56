import GateCore
import Testing

@Suite struct `Call metrics` {
    private func milliseconds(_ values: [Int64]) -> [Nanoseconds] { values.map { Nanoseconds($0 * 1_000_000) } }

    private func measure(_ arrivals: [Int64], server: ServerFigures) -> Measurements {
        let offsets = milliseconds(arrivals)
        return CallMetrics.measure(
            timing: StreamTiming(
                connectNs: Nanoseconds(1_000_000), firstContentNs: offsets.first, lastContentNs: offsets.last,
                endNs: Nanoseconds(500_000_000), arrivals: offsets.count),
            arrivals: offsets, server: server)
    }

    @Test("throughput counts the server's tokens between first and last content")
    func throughput() {
        let values = measure([100, 120, 150, 300], server: ServerFigures(evalSeconds: 0.25, tokens: 5))
        #expect(values["throughput"] == 20)
        #expect(values["server.throughput"] == 20)
        #expect(values["ttft"] == 0.1)
        #expect(values["total"] == 0.5)
        #expect(values["connect"] == 0.001)
    }

    @Test("inter-token latency counts tokens that came in one read as a gap of zero")
    func gaps() {
        let values = measure([100, 100, 130], server: ServerFigures())
        #expect(values["itl.p50"] == 0.015)
        #expect(values["itl.max"] == 0.03)
    }

    @Test("degraded timing gives every figure but those of the gaps")
    func degraded() {
        var timing = StreamTiming(
            firstContentNs: Nanoseconds(1), lastContentNs: Nanoseconds(1_000_000_001), endNs: Nanoseconds(1),
            arrivals: 3)
        timing.coalesced = 2
        let values = CallMetrics.measure(
            timing: timing, arrivals: milliseconds([1, 2, 3]), server: ServerFigures(tokens: 3))
        #expect(values["throughput"] == 1000)
        #expect(values["itl.p50"] == nil)
        #expect(values["itl.p99"] == nil)
        #expect(values["itl.max"] == nil)
    }

    @Test(
        "gaps are not trusted where coalescing or the clock could move their 99th percentile",
        arguments: [
            (1, 0, 0 as Int64, nil as Double?, false), (201, 1, 0, 20e6, false), (201, 2, 0, 20e6, true),
            (2, 1, 0, 0, true), (100, 0, 200_000, 20e6, false), (100, 0, 200_001, 20e6, true),
        ])
    func trust(arrivals: Int, coalesced: Int, uncertaintyNs: Int64, median: Double?, degraded: Bool) {
        #expect(
            InterTokenTrust(
                arrivals: arrivals, coalesced: coalesced, uncertaintyNs: Double(uncertaintyNs), medianGapNs: median
            ).isDegraded == degraded)
    }

    @Test("one token has no throughput and no gaps")
    func oneToken() {
        let values = measure([100], server: ServerFigures(tokens: 1))
        #expect(values["throughput"] == nil)
        #expect(values["itl.p50"] == nil)
        #expect(values["tokens"] == 1)
    }

    @Test("what the server does not say is absent, not zero")
    func absent() {
        let values = measure([100, 200], server: ServerFigures())
        for metric in ["model_load", "prompt_eval", "eval", "tokens", "throughput", "server.throughput"] {
            #expect(values[MetricID(rawValue: metric)] == nil, "\(metric)")
        }
    }
}
