import GateCore
import Testing

@testable import GateLoad
@testable import GateStream

@Suite struct `Window recorder` {
    private func window(_ records: [CallRecord], limits: [LoadLimit] = []) -> (LoadWindow, WindowRecorder) {
        var recorder = WindowRecorder(limits: limits)
        for record in records { recorder.add(record, cache: .defeated) }
        return (recorder.window(peakConcurrency: 2), recorder)
    }

    @Test("every figure of a window is what its calls say")
    func figures() throws {
        let (window, _) = window([
            record(sentMs: 0, offsetsMs: [100, 120, 140], endMs: 150, tokens: 3),
            record(sentMs: 50, offsetsMs: [200, 230, 260], endMs: 450, tokens: 4, lateMs: 2),
        ])
        #expect(window.requests == 2)
        #expect(window.completed == 2)
        #expect(window.wallSeconds == 0.5)
        #expect(window.arrivals == 6)
        #expect(window.coalesced == 0)
        #expect(window.latestStartNs == Nanoseconds(2_000_000))
        #expect(window.cacheStates == [.defeated])
        let expected: [(MetricID, Double)] = [
            ("ttft.p50", 0.15), ("ttft.p90", 0.19), ("ttft.max", 0.2), ("itl.p50", 0.025), ("itl.max", 0.03),
            ("e2e.p50", 0.3), ("e2e.max", 0.45), ("throughput.p50", 50), ("throughput.max", 50),
            ("output_throughput", 14), ("requests_per_second", 4), ("error_share", 0),
        ]
        for (metric, value) in expected {
            #expect(abs(try #require(window.measurements[metric], "\(metric)") - value) < 1e-9, "\(metric)")
        }
        #expect(window.measurements["goodput"] == nil, "no limit is stated")
    }

    @Test("pieces that share a stamp are coalesced, and thinking and the size of a token have figures of their own")
    func channels() throws {
        var stamps = AnswerStamps()
        for (channel, offset) in [
            (AnswerChannel.thinking, 100), (.thinking, 120), (.content, 150), (.content, 150), (.content, 180),
        ] {
            stamps.add(channel, at: Int64(offset) * 1_000_000, bytes: 4)
        }
        let (window, _) = window([record(stamps: stamps, endMs: 200, tokens: 5)])
        #expect(window.arrivals == 5 && window.coalesced == 1)
        let expected: [(MetricID, Double)] = [
            ("ttft.p50", 0.15), ("ttft.any.p50", 0.1), ("thinking.p50", 0.05), ("thinking_tokens.p50", 2),
            ("throughput.p50", 50), ("bytes_per_token", 4),
        ]
        for (metric, value) in expected {
            #expect(abs(try #require(window.measurements[metric], "\(metric)") - value) < 1e-9, "\(metric)")
        }
    }

    @Test("goodput counts the requests that keep every limit, errors never")
    func goodput() {
        let limits = [LoadLimit(metric: "ttft", value: 0.15), LoadLimit(metric: "itl.p99", value: 0.025)]
        let (window, recorder) = window(
            [
                record(endMs: 1_000),
                record(offsetsMs: [160, 170], tokens: 2),
                record(offsetsMs: [100, 130], tokens: 2),
                record(offsetsMs: [100], tokens: 1),
                record(outcome: .invalid(InvalidCall(.cutStream, "cut"))),
            ], limits: limits)
        #expect(recorder.good == 2)
        #expect(window.measurements["goodput"] == 2)
        #expect(window.measurements["error_share"] == 0.2)
        #expect(!window.keeps(limits, good: recorder.good))
        #expect(window.keeps([LoadLimit(metric: "ttft.p50", value: 0.2)], good: 5))
        #expect(!window.keeps([LoadLimit(metric: "ttft.p50", value: 0.05)], good: 5))
    }

    @Test("errors are counted by kind, with what was said first, and are in no latency")
    func errors() {
        let (window, _) = window([
            record(outcome: .invalid(InvalidCall(.httpStatus, "HTTP 500"))),
            record(offsetsMs: [900], outcome: .invalid(InvalidCall(.cutStream, "first"))),
            record(offsetsMs: [900], outcome: .invalid(InvalidCall(.cutStream, "second"))),
            record(),
        ])
        #expect(
            window.errors == [
                LoadErrors(kind: .cutStream, count: 2, firstDetail: "first"),
                LoadErrors(kind: .httpStatus, count: 1, firstDetail: "HTTP 500"),
            ])
        #expect(window.invalid == 3)
        #expect(window.measurements["ttft.max"] == 0.1)
    }

    @Test("where the server does not count, a piece stands for a token, and that is known")
    func uncounted() throws {
        let (window, recorder) = window([record(tokens: nil)])
        #expect(recorder.uncountedRequests == 1)
        #expect(abs(try #require(window.measurements["output_throughput"]) - 20) < 1e-9)
        #expect(window.measurements["throughput.p50"] == nil)
    }

    @Test("a window without a request has no figures")
    func empty() {
        let (window, _) = window([])
        #expect(window.measurements.isEmpty)
        #expect(window.wallSeconds == 0)
        #expect(!window.keeps([], good: 0))
    }

    @Test("the clock is the kernel's where all answers have its times, and as exact as they are together")
    func clock() {
        var recorder = WindowRecorder(limits: [])
        #expect(recorder.window(peakConcurrency: 0).clock == nil)
        recorder.add(record())
        let window = recorder.window(peakConcurrency: 1)
        #expect(
            window.clock
                == WindowClock(
                    kind: .kernelReceive, meanUncertaintyNs: Nanoseconds(80), largestUncertaintyNs: Nanoseconds(80)))
        recorder.add(record(offsetsMs: [100], clock: .monotonicRead, uncertaintyNs: 400))
        #expect(
            recorder.window(peakConcurrency: 1).clock
                == WindowClock(
                    kind: .monotonicRead, meanUncertaintyNs: Nanoseconds(160), largestUncertaintyNs: Nanoseconds(400)))
    }
}
