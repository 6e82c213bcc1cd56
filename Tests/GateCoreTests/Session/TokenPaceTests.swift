import GateCore
import Testing

@Suite struct `Pace of an answer` {
    private func pace(
        arrivals: Int, first: Int = 1, firstBytes: Int = 5, bytes: Int, tokens: Int?, seconds: Double = 1
    ) -> TokenPace {
        TokenPace(
            firstNs: Nanoseconds(0), lastNs: Nanoseconds(seconds: seconds), arrivals: arrivals,
            firstReadArrivals: first, firstReadBytes: firstBytes, textBytes: bytes, tokens: tokens)
    }

    @Test("where each piece is a token it counts those after the first")
    func oneByOne() {
        #expect(pace(arrivals: 51, bytes: 255, tokens: 51).throughput == 50)
        #expect(pace(arrivals: 50, bytes: 250, tokens: 51).throughput == 50, "the end of the answer is a token, too")
    }

    @Test("pieces that came with the first are left out")
    func together() {
        let pace = pace(arrivals: 50, first: 20, firstBytes: 100, bytes: 250, tokens: 50)
        #expect(pace.throughput == 30)
        #expect(!pace.isDegraded)
    }

    @Test("a first piece with most of the text makes it unknown, and so do pieces that all came at once")
    func unknown() {
        for pace in [
            pace(arrivals: 10, firstBytes: 82, bytes: 100, tokens: 50),
            pace(arrivals: 50, first: 41, firstBytes: 205, bytes: 250, tokens: 50),
            pace(arrivals: 1, firstBytes: 100, bytes: 100, tokens: 50, seconds: 0),
        ] {
            #expect(pace.isDegraded)
            #expect(pace.throughput == nil)
        }
    }

    @Test("pieces of several tokens each, all alike, leave it known in a long answer")
    func speculative() {
        let pace = pace(arrivals: 100, firstBytes: 20, bytes: 2000, tokens: 401)
        #expect(pace.throughput == 400)
    }

    @Test("without a count, or with a single token, there is none")
    func none() {
        for tokens in [nil, 0, 1] {
            let pace = pace(arrivals: 5, bytes: 25, tokens: tokens)
            #expect(pace.throughput == nil)
            #expect(!pace.isDegraded)
        }
    }

    @Test("thinking that the server kept to itself is none of the tokens that arrived")
    func hidden() {
        let figures = ServerFigures(tokens: 150, thinkingTokens: 100)
        #expect(TokenPace.seenTokens(figures, thinkingArrivals: 0) == 50)
        #expect(TokenPace.seenTokens(figures, thinkingArrivals: 90) == 150)
    }

    @Test(
        "a quantile of the gaps is known where coalescing cannot have moved it",
        arguments: [(0, 4), (5, 4), (6, 2), (50, 2), (51, 1), (250, 1), (251, 0)])
    func quantiles(coalesced: Int, known: Int) {
        let trust = InterTokenTrust(arrivals: 1001, coalesced: coalesced, uncertaintyNs: 0, medianGapNs: 2e7)
        #expect([0.5, 0.9, 0.99, 1].count { trust.knows($0) } == known)
    }
}
