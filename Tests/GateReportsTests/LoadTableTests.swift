import GateCore
import GateReports
import GateVerdict
import TestSupport
import Testing

@Suite struct `Table of a load` {
    @Test("a window is a table of percentiles, with what came through and what failed")
    func window() {
        let session = Fixtures.loadSession([Fixtures.window(invalid: 2)])
        #expect(
            LoadTable().render(session) == """
                16 in flight, 64 requests: 62 of 64 requests valid, 12.50 s, at most 16 in flight
                                                 p50          p90          p99          max
                ttft                       300.00 ms    450.00 ms    600.00 ms    750.00 ms
                itl                         20.00 ms     21.00 ms     30.00 ms     50.00 ms
                e2e                       2000.00 ms   2250.00 ms   2500.00 ms   3000.00 ms
                throughput of a request  49.00 tok/s  50.00 tok/s  51.00 tok/s  52.00 tok/s
                all together: 512.00 tok/s, 5.12 req/s, goodput 5.00 req/s (ttft at most 500.00 ms, e2e at most 10.00 s)
                invalid: 2 × cut stream (the connection ended)

                """)
    }

    @Test("several windows are told apart, degraded figures are marked, and a ramp says what it tried")
    func more() {
        let steps = [(1, true), (2, true), (4, false), (3, false)].map {
            RampStep(concurrency: $0, isWithinLimits: $1, goodShare: $1 ? 1 : 0.5)
        }
        var ramp = Fixtures.window(ramp: steps)
        ramp.measurements["concurrency.max"] = 2
        let text = LoadTable(width: 80).render(Fixtures.loadSession([Fixtures.window(coalesced: 6_400), ramp]))
        #expect(text.contains("run 1: "))
        #expect(text.contains("50.00 ms *"))
        #expect(text.contains("highest concurrency within the limits: 2 (tried: 1 yes, 2 yes, 4 no, 3 no)"))
    }

    @Test("what a server said cannot command the terminal")
    func hostile() {
        var window = Fixtures.window(invalid: 64)
        window = LoadWindow(
            requests: 1, completed: 0,
            errors: [LoadErrors(kind: .serverError, count: 1, firstDetail: "\u{1B}[31m\n::error::x")], wallSeconds: 1,
            peakConcurrency: 1, arrivals: 0, coalesced: 0, latestStartNs: .zero, cacheStates: [],
            longestLoadSeconds: nil, measurements: window.measurements)
        let text = LoadTable().render(Fixtures.loadSession([window]))
        #expect(!text.contains("\u{1B}"))
        #expect(text.split(separator: "\n").count == 2)
    }

    @Test("the reports of a check know the requests of a load")
    func reports() throws {
        let session = Fixtures.loadSession([Fixtures.window(invalid: 2)])
        let judgement = Judge.judge(
            session: session, against: .baseline(Fixtures.baseline(session)), policy: Policy())
        let input = ReportInput(
            session: session, judgement: judgement, baseline: Fixtures.baseline(session))
        let summary = try SummaryMarkdown().render(input)
        #expect(summary.contains("## Invalid requests"))
        #expect(summary.contains("cut stream"))
        let junit = try JUnitReport().render(input)
        #expect(junit.contains("ttft.p50") && !junit.contains("ttft.p50.p50"))
        #expect(junit.contains("invalid_calls=2"))
    }
}
