import GateCore

/// What the client saw bounds what the server may count: a figure that cannot be is no figure of the call.
///
/// The client knows the bytes that it sent and received, the pieces that arrived and the cap that it asked for. A count
/// is wrong where one token would have less than a byte or more than any tokenizer puts into one, where it is above the
/// cap although no more pieces than that arrived, or below zero. Counts that could be but change from session to
/// session show in `bytes_per_token`.
struct CountCheck {
    let stamps: AnswerStamps
    let requestBytes: Int
    /// The tokens that were asked for at most; nil where there was no cap.
    let tokenCap: Int?
    /// From the request to the end of the answer, by our own clock.
    let callSeconds: Double

    /// Tokens without text: the end of the answer, special tokens around tool calls and thinking.
    private static let textless = 16
    /// No tokenizer in use has longer tokens on average, not even over white space alone.
    private static let longestToken = 64
    private static let longestTokenSlack = 512
    /// A chat template's own system prompt and the tokens of its roles.
    private static let templateTokens = 16_384

    /// Why the call is invalid; nil where the figures can be.
    func objection(to figures: ServerFigures) -> InvalidCall? {
        words(figures).map { InvalidCall(.implausibleFigures, "the server's figures cannot be: it says \($0)") }
    }

    private func words(_ figures: ServerFigures) -> String? {
        let counts = [
            ("tokens", figures.tokens), ("prompt tokens", figures.promptTokens),
            ("cached prompt tokens", figures.cachedPromptTokens), ("thinking tokens", figures.thinkingTokens),
        ]
        for case (let name, let count?) in counts where count < 0 { return "\(count) \(name)" }
        let durations = [
            ("loading", figures.loadSeconds), ("the prompt", figures.promptEvalSeconds),
            ("the tokens", figures.evalSeconds), ("the whole call", figures.totalSeconds),
        ]
        for case (let name, let seconds?) in durations where seconds < 0 {
            return "\(DisplayFormat.value(seconds, unit: .seconds)) for \(name)"
        }
        return figures.tokens.flatMap(ofAnswer) ?? ofPrompt(figures) ?? ofThinking(figures)
    }

    /// Clocks of two machines differ by far less; a server rounds, and may count from before our request was read.
    private static let clockShare = 0.05
    private static let clockSlack = 0.05

    /// The figures without durations that are longer than the call itself: whatever they are, they are not of this call. The
    /// call stays as good as its arrivals, which are ours.
    func withoutImpossibleDurations(_ figures: ServerFigures) -> ServerFigures {
        let parts = [figures.loadSeconds, figures.promptEvalSeconds, figures.evalSeconds].compactMap(\.self)
        let most = max(parts.reduce(0, +), figures.totalSeconds ?? 0)
        guard most > callSeconds * (1 + CountCheck.clockShare) + CountCheck.clockSlack else { return figures }
        var rest = figures
        (rest.loadSeconds, rest.promptEvalSeconds, rest.evalSeconds, rest.totalSeconds) = (nil, nil, nil, nil)
        return rest
    }

    private func ofAnswer(_ tokens: Int) -> String? {
        let pieces = stamps.arrivals.count
        if tokens > stamps.textBytes + CountCheck.textless {
            return "\(tokens) tokens, but \(stamps.textBytes) bytes of text arrived"
        }
        if let tokenCap, tokens > tokenCap + tokenCap / 20 + CountCheck.textless, pieces <= tokenCap {
            return "\(tokens) tokens, but \(tokenCap) were asked for at most and \(pieces) pieces arrived"
        }
        if tokens > 0, stamps.textBytes - CountCheck.longestTokenSlack > CountCheck.longestToken * tokens {
            return "\(tokens) tokens, but \(stamps.textBytes) bytes of text arrived"
        }
        return nil
    }

    private func ofPrompt(_ figures: ServerFigures) -> String? {
        if let count = figures.promptTokens, count > requestBytes + CountCheck.templateTokens {
            return "\(count) prompt tokens, but the request has \(requestBytes) bytes"
        }
        guard let cached = figures.cachedPromptTokens else { return nil }
        let most = figures.promptTokens ?? requestBytes + CountCheck.templateTokens
        return cached > most ? "\(cached) cached prompt tokens of \(most)" : nil
    }

    private func ofThinking(_ figures: ServerFigures) -> String? {
        guard let thinking = figures.thinkingTokens, let tokens = figures.tokens, thinking > tokens else { return nil }
        return "\(thinking) thinking tokens of \(tokens)"
    }
}
