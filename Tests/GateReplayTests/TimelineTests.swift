import GateCore
import Testing

@testable import GateReplay

@Suite("The timing of an answer")
struct TimelineTests {
    private func timeline(
        _ recorded: ExchangeRecording = recording(), cap: Int? = nil, cold: Bool = false,
        options: ReplayOptions = ReplayOptions()
    ) -> ReplayTimeline {
        ReplayTimeline(recorded, options: options, tokenCap: cap, isCold: cold)
    }

    @Test("without factors it is the recorded one")
    func unchanged() {
        let recorded = recording()
        let answer = timeline(recorded)
        #expect(answer.pieces == recorded.arrivals)
        #expect(answer.end == recorded.endNs)
        #expect(answer.finish == .stop)
        #expect(answer.load == milliseconds(2))
        #expect(answer.promptEval == milliseconds(16))
        #expect(answer.eval == milliseconds(50))
        #expect(answer.promptTokens == 40)
        #expect(answer.tokens == 11)
    }

    @Test("a throughput factor of 0.5 doubles the gaps and the server's figure, and leaves the first token alone")
    func throughputFactor() {
        let answer = timeline(options: ReplayOptions(throughputFactor: 0.5))
        #expect(answer.pieces.map(\.offsetNs) == (0..<10).map { milliseconds(20 + 10 * $0) })
        #expect(answer.end == milliseconds(120))
        #expect(answer.eval == milliseconds(100))
        #expect(answer.promptEval == milliseconds(16))
        #expect(answer.load == milliseconds(2))
    }

    @Test("a TTFT factor of 2 doubles the time to the first token and its figures, and leaves the gaps alone")
    func ttftFactor() {
        let answer = timeline(options: ReplayOptions(ttftFactor: 2))
        #expect(answer.pieces.map(\.offsetNs) == (0..<10).map { milliseconds(40 + 5 * $0) })
        #expect(answer.end == milliseconds(90))
        #expect(answer.promptEval == milliseconds(32))
        #expect(answer.load == milliseconds(4))
        #expect(answer.eval == milliseconds(50))
    }

    @Test("the speed divides every delay and every figure")
    func speed() {
        let answer = timeline(options: ReplayOptions(throughputFactor: 0.5, ttftFactor: 2, speed: 10))
        #expect(answer.pieces.map(\.offsetNs) == (0..<10).map { milliseconds(4 + $0) })
        #expect(answer.end == milliseconds(14))
        #expect(answer.promptEval == Nanoseconds(3_200_000))
        #expect(answer.load == Nanoseconds(400_000))
        #expect(answer.eval == milliseconds(10))
    }

    @Test("a cold start takes the place of the recorded load")
    func cold() {
        let answer = timeline(cold: true, options: ReplayOptions(ttftFactor: 2, loadSeconds: 0.3))
        #expect(answer.load == milliseconds(300))
        #expect(answer.start == milliseconds(300 + 2 * 18))
    }

    @Test("where no server counted, the stream tells")
    func noFigures() {
        let answer = timeline(recording(server: ServerFigures()))
        #expect(answer.load == milliseconds(1))
        #expect(answer.promptEval == milliseconds(19))
        #expect(answer.eval == milliseconds(45))
        #expect(answer.tokens == 10)
        #expect(answer.promptTokens == ("You are terse.".utf8.count + "Analyse the data.".utf8.count) / 4)
    }

    @Test("a cap counts tokens, and stops at the piece that holds the last of them", arguments: 0...12)
    func cap(count: Int) {
        let answer = timeline(cap: count)
        let sent = min(count, 10)
        #expect(answer.pieces.count == sent)
        #expect(answer.tokens == min(count, 11))
        #expect(answer.finish == (count < 11 ? .length : .stop))
        #expect(answer.end == (count >= 11 ? milliseconds(70) : milliseconds(20 + 5 * max(0, sent - 1))))
    }

    @Test("pieces of several tokens are cut in proportion")
    func coalescedPieces() {
        let recorded = recording(server: ServerFigures(evalSeconds: 0.04, tokens: 40))
        let answer = timeline(recorded, cap: 20)
        #expect(answer.pieces.count == 5)
        #expect(answer.tokens == 20)
        #expect(timeline(recorded, cap: 1).pieces.count == 1)
        #expect(timeline(recorded, cap: 1).eval == milliseconds(1))
    }

    @Test("an empty answer has an end and no pieces")
    func empty() {
        let answer = timeline(recording(words: [], server: ServerFigures()), cap: 5)
        #expect(answer.pieces.isEmpty)
        #expect(answer.tokens == 0)
        #expect(answer.end == milliseconds(20))
    }

    @Test("no factor leaves the range of a moment")
    func extremes() {
        let recorded = recording(startMs: 86_000_000)
        for speed in [ReplayOptions.factors.lowerBound, ReplayOptions.factors.upperBound] {
            for other in [ReplayOptions.factors.lowerBound, ReplayOptions.factors.upperBound] {
                let answer = timeline(
                    recorded, cold: true,
                    options: ReplayOptions(
                        throughputFactor: other, ttftFactor: other, speed: speed, loadSeconds: 86_400))
                #expect(answer.end >= answer.start)
            }
        }
    }
}
