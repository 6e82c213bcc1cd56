/// From the stamps and the server's figures of one valid call to its metrics.
public enum CallMetrics {
    /// The metrics of ``MetricCatalogue/call`` in base units; a metric that this call cannot have is absent, as are
    /// inter-token figures and a throughput that the arrivals cannot show.
    ///
    /// - Parameters:
    ///   - timing: the client's clock.
    ///   - arrivals: offsets of the pieces of all channels in order of arrival; what came in one read shares an offset.
    ///   - server: the server's own figures.
    public static func measure(
        timing: StreamTiming, arrivals: [Nanoseconds], server: ServerFigures
    ) -> Measurements {
        var values = Measurements()
        values["connect"] = timing.connectNs.seconds
        values["total"] = timing.endNs.seconds
        values["ttft"] = timing.firstContentNs?.seconds
        if let first = arrivals.first, first != timing.firstContentNs { values["ttft.any"] = first.seconds }
        values["thinking"] = timing.thinkingNs?.seconds
        values["thinking_tokens"] = thinkingTokens(timing: timing, server: server).map(Double.init)

        let gaps = zip(arrivals.dropFirst(), arrivals).map { ($0 - $1).seconds }
        let trust = InterTokenTrust(timing: timing, medianGapNs: OrderStatistics.quantile(gaps, 0.5).map { $0 * 1e9 })
        for (metric, quantile) in [("itl.p50", 0.5), ("itl.p99", 0.99), ("itl.max", 1)] where trust.knows(quantile) {
            values[MetricID(rawValue: metric)] = OrderStatistics.quantile(gaps, quantile)
        }

        values["throughput"] = TokenPace(timing: timing, arrivals: arrivals, server: server).throughput
        if let tokens = server.tokens, tokens > 0 {
            if let eval = server.evalSeconds, eval > 0 { values["server.throughput"] = Double(tokens) / eval }
            if let bytes = timing.textBytes, bytes > 0 { values["bytes_per_token"] = Double(bytes) / Double(tokens) }
        }
        values["model_load"] = server.loadSeconds
        values["prompt_eval"] = server.promptEvalSeconds
        values["eval"] = server.evalSeconds
        values["prompt_tokens"] = server.promptTokens.map(Double.init)
        values["tokens"] = server.tokens.map(Double.init)
        return values
    }

    /// The server's count, else the pieces of thinking where a piece is a token.
    private static func thinkingTokens(timing: StreamTiming, server: ServerFigures) -> Int? {
        guard let pieces = timing.thinkingArrivals, pieces > 0 else { return nil }
        return server.thinkingTokens
            ?? (TokenPace.piecesAreTokens(arrivals: timing.arrivals, tokens: server.tokens) ? pieces : nil)
    }
}

/// How many tokens came after the first read, and in which time: what a throughput by the client's clock is made of.
///
/// A first read that holds many tokens (speculative decoding, a buffer on the way) has no beginning that the client
/// could know. Where every piece is a token, those of the first read are left out; where pieces hold several, the first
/// read's share of the text says how many it may have held, and above ``largestUnknownShare`` nothing is known.
public struct TokenPace: Sendable, Equatable {
    /// How much too high a throughput may be at most for the tokens that came with the first.
    public static let largestUnknownShare = 0.05
    /// Above this share of tokens in the first read the rest stands for too little of the answer.
    public static let largestFirstShare = 0.5

    /// Tokens per second; nil where it is not known.
    public let throughput: Double?
    /// True where the call has a throughput that the arrivals cannot show.
    public let isDegraded: Bool

    public init(timing: StreamTiming, arrivals: [Nanoseconds], server: ServerFigures) {
        self.init(
            firstNs: arrivals.first ?? timing.firstContentNs, lastNs: arrivals.last ?? timing.lastContentNs,
            arrivals: timing.arrivals, firstReadArrivals: timing.firstReadArrivals ?? 1,
            firstReadBytes: timing.firstReadBytes ?? 0, textBytes: timing.textBytes ?? 0,
            tokens: TokenPace.seenTokens(server, thinkingArrivals: timing.thinkingArrivals ?? 0))
    }

    public init(
        firstNs: Nanoseconds?, lastNs: Nanoseconds?, arrivals: Int, firstReadArrivals: Int, firstReadBytes: Int,
        textBytes: Int, tokens: Int?
    ) {
        guard let tokens, tokens > 1, let firstNs, let lastNs else {
            (throughput, isDegraded) = (nil, false)
            return
        }
        let seconds = (lastNs - firstNs).seconds
        let all = Double(tokens)
        let isOneByOne = TokenPace.piecesAreTokens(arrivals: arrivals, tokens: tokens)
        let first = isOneByOne ? Double(max(1, firstReadArrivals)) : 1
        let mayBeFirst =
            isOneByOne || textBytes == 0 ? first : max(1, all * Double(firstReadBytes) / Double(textBytes))
        let limit = isOneByOne ? TokenPace.largestFirstShare : TokenPace.largestUnknownShare
        isDegraded = seconds <= 0 || (mayBeFirst - 1) / (all - 1) > limit
        throughput = isDegraded ? nil : (all - first) / seconds
    }

    /// Tokens of the answer that arrived: what a model thought and the server kept to itself is none of them.
    public static func seenTokens(_ server: ServerFigures, thinkingArrivals: Int) -> Int? {
        guard let tokens = server.tokens, thinkingArrivals == 0, let hidden = server.thinkingTokens else {
            return server.tokens
        }
        return max(0, tokens - max(0, hidden))
    }

    /// Whether each piece is a token, by the server's count: that has the tokens without text, too.
    public static func piecesAreTokens(arrivals: Int, tokens: Int?) -> Bool {
        guard let tokens else { return false }
        return arrivals <= tokens && tokens <= arrivals + 2
    }
}
