import GateCore

/// One recorded answer as it will be served: when each piece is sent, and figures of the server that agree with it.
/// Offsets count from the moment the request was read completely.
struct ReplayTimeline: Sendable, Equatable {
    var pieces: [ContentArrival]
    var end: Nanoseconds
    var finish: FinishReason
    var load: Nanoseconds
    var promptEval: Nanoseconds
    var eval: Nanoseconds
    var promptTokens: Int
    var cachedPromptTokens: Int
    /// Generated tokens, the one that ends the answer included where it was recorded.
    var tokens: Int
    /// Those of them that are thinking; nil where the recording does not say.
    var thinkingTokens: Int?

    /// When the model begins to answer.
    var start: Nanoseconds { pieces.first?.offsetNs ?? end }
    /// What is said, and what is thought before or between.
    var text: String { pieces.filter { !$0.isThinking }.map(\.text).joined() }
    var thought: String { pieces.filter(\.isThinking).map(\.text).joined() }

    /// What Ollama reports for a model that is in memory where the recording knows nothing: it always reports some.
    static let warmLoad = Nanoseconds(1_000_000)

    /// - Parameters:
    ///   - tokenCap: the request's limit; nil for none.
    ///   - isCold: whether the model has to be loaded first, which takes `options.loadSeconds`.
    ///   - promptWords: words of the prompt that was asked.
    init(
        _ recording: ExchangeRecording, options: ReplayOptions, tokenCap: Int? = nil, isCold: Bool = false,
        promptWords: Int = 0
    ) {
        let recorded = RecordedTimes(recording)
        // Before the first token everything is stretched by one factor, after it by the other.
        let early = options.ttftFactor / options.speed
        let late = 1 / (options.throughputFactor * options.speed)

        var start = recorded.start.scaled(by: early)
        load = (recorded.load ?? ReplayTimeline.warmLoad).scaled(by: early)
        if isCold, let seconds = options.loadSeconds {
            load = Nanoseconds(seconds: seconds).scaled(by: 1 / options.speed)
            start = load + max(.zero, recorded.start - (recorded.load ?? .zero)).scaled(by: early)
        }
        promptEval = recorded.promptEval.scaled(by: early)

        let kept = recorded.pieces(within: tokenCap)
        pieces = recording.arrivals.prefix(kept.pieces).map { arrival in
            ContentArrival(
                offsetNs: start + (arrival.offsetNs - recorded.start).scaled(by: late), text: arrival.text,
                thinking: arrival.thinking)
        }
        eval = recorded.eval(of: kept).scaled(by: late)
        tokens = kept.tokens
        end = kept.isAll ? start + (recorded.end - recorded.start).scaled(by: late) : pieces.last?.offsetNs ?? start
        finish = kept.isAll ? recording.finish : .length

        // A token is about four bytes of English; only for recordings in which no server counted.
        let estimate = max(1, (recording.system.utf8.count + recording.prompt.utf8.count) / 4)
        // Another prompt than the recorded one is no shorter than its words, by any tokenizer.
        promptTokens = max(recording.server.promptTokens ?? estimate, promptWords)
        thinkingTokens = recording.server.thinkingTokens.map { min($0, kept.tokens) }
        cachedPromptTokens = min(recording.server.cachedPromptTokens ?? 0, promptTokens)
    }

    /// The same answer with what its faults change in it.
    func with(_ faults: FaultPlan) -> ReplayTimeline {
        var changed = self
        if let count = faults.promptTokens { changed.promptTokens = count }
        changed.cachedPromptTokens = min(cachedPromptTokens, changed.promptTokens)
        if faults.saysCachedPrompt, changed.promptTokens > 0 {
            changed.cachedPromptTokens = changed.promptTokens - 1
            changed.promptEval = promptEval.scaled(by: 1 / Double(changed.promptTokens))
        }
        if faults.thinkingPieces > 0 {
            changed.tokens += faults.thinkingPieces
            changed.thinkingTokens = (thinkingTokens ?? 0) + faults.thinkingPieces
        }
        if let tokens = faults.saidTokens { changed.tokens = tokens }
        if faults.thinksAloud {
            changed.thinkingTokens = changed.tokens
            changed.pieces = pieces.map { ContentArrival(offsetNs: $0.offsetNs, text: $0.text, thinking: true) }
        }
        if faults.hasNoTokens {
            changed.end = start
            changed.pieces = []
            changed.tokens = 0
            changed.thinkingTokens = nil
            changed.eval = .zero
            changed.finish = .stop
        }
        return changed
    }
}

extension Nanoseconds {
    /// At most some thirty years, so that no factor leaves the range of a moment.
    func scaled(by factor: Double) -> Nanoseconds {
        Nanoseconds(Int64(clamping: min((Double(count) * factor).rounded(), 1e18)))
    }
}
