import GateCore
import GateJSON

/// The server-sent events of OpenAI's `/v1/chat/completions`, with llama-server's `timings`.
struct OpenAIDialect: StreamDialect {
    private static let endMarker = Array("[DONE]".utf8)

    func events(in data: UnsafeBufferPointer<UInt8>) -> [StreamEvent] {
        let words = data.split { $0 == 0x20 || (0x09...0x0D).contains($0) }
        // WHATWG HTML: an event without data is none.
        if words.isEmpty { return [] }
        if words.count == 1, words[0].elementsEqual(OpenAIDialect.endMarker) { return [.end] }
        switch parse(data) {
        case .failure(let invalid): return [.failure(invalid)]
        case .success(let object): return events(of: object)
        }
    }

    private func events(of object: JSONValue) -> [StreamEvent] {
        if let failure = ServerErrorObject.failure(in: object) { return [.failure(failure)] }
        let choice = object["choices"]?[0]
        var events = AnswerParts(delta: choice?["delta"], text: choice?["text"]).events
        let figures = figures(of: object)
        if figures != ServerFigures() { events.append(.figures(figures)) }
        if let end = choice?["finish_reason"]?.string.flatMap(AnswerEnd.init) { events.append(.finish(end)) }
        return events
    }

    private func figures(of object: JSONValue) -> ServerFigures {
        let usage = object["usage"]
        let timings = object["timings"]
        var figures = ServerFigures(
            promptEvalSeconds: ServerFigure.seconds(timings?["prompt_ms"], per: 1e3),
            evalSeconds: ServerFigure.seconds(timings?["predicted_ms"], per: 1e3),
            promptTokens: ServerFigure.count(usage?["prompt_tokens"]),
            tokens: ServerFigure.count(usage?["completion_tokens"]),
            cachedPromptTokens: ServerFigure.count(usage?["prompt_tokens_details"]?["cached_tokens"])
                ?? ServerFigure.count(timings?["cache_n"]))
        figures.thinkingTokens =
            ServerFigure.count(usage?["completion_tokens_details"]?["reasoning_tokens"])
            ?? ServerFigure.count(usage?["reasoning_tokens"])
        figures.countThinkingIn(total: ServerFigure.count(usage?["total_tokens"]))
        return figures
    }
}

extension ServerFigures {
    /// Some servers leave the thinking out of their count of generated tokens, and only their total shows it.
    fileprivate mutating func countThinkingIn(total: Int?) {
        guard let total, let thinking = thinkingTokens, thinking > 0, let answer = tokens, let prompt = promptTokens,
            total == prompt.adding(clamping: answer).adding(clamping: thinking)
        else { return }
        tokens = answer.adding(clamping: thinking)
    }
}

/// What a delta of an answer holds, in the spellings of the servers that imitate OpenAI's.
private struct AnswerParts {
    private(set) var events: [StreamEvent] = []

    init(delta: JSONValue?, text: JSONValue?) {
        for key in ["reasoning_content", "reasoning", "thinking"] where add(delta?[key], as: StreamEvent.thinking) {
            break
        }
        if !add(delta?["content"], as: StreamEvent.content) { _ = add(text, as: StreamEvent.content) }
        _ = add(delta?["refusal"], as: StreamEvent.refusal)
        let calls = (delta?["tool_calls"]?.array ?? []).compactMap { $0["function"] }
        for call in calls + [delta?["function_call"]].compactMap({ $0 }) where call.object != nil {
            let bytes = ["name", "arguments"].reduce(0) { $0 + (call[$1]?.string?.utf8.count ?? 0) }
            events.append(.toolCall(bytes: bytes))
        }
    }

    /// A text, or a list of parts with text; true where there was any.
    private mutating func add(_ value: JSONValue?, as event: (String) -> StreamEvent) -> Bool {
        let before = events.count
        if let text = value?.string {
            if !text.isEmpty { events.append(event(text)) }
        } else {
            for part in value?.array ?? [] { add(part: part, as: event) }
        }
        return events.count > before
    }

    private mutating func add(part: JSONValue, as event: (String) -> StreamEvent) {
        let kind = part["type"]?.string ?? ""
        if kind == "thinking" || kind == "reasoning" {
            _ = add(part[kind] ?? part["text"], as: StreamEvent.thinking)
        } else {
            let text = part["text"]?.string ?? ""
            if !text.isEmpty { events.append(event(text)) }
        }
    }
}
