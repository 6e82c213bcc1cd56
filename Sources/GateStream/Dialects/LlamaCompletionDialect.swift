import GateCore
import GateJSON

/// The server-sent events of llama-server's own `/completion`: no `[DONE]`, the object with `stop` is the last.
struct LlamaCompletionDialect: StreamDialect {
    func events(in data: UnsafeBufferPointer<UInt8>) -> [StreamEvent] {
        // WHATWG HTML: an event without data is none.
        guard data.contains(where: { $0 > 0x20 }) else { return [] }
        return switch parse(data) {
        case .failure(let invalid): [.failure(invalid)]
        case .success(let object): events(of: object)
        }
    }

    private func events(of object: JSONValue) -> [StreamEvent] {
        if let failure = ServerErrorObject.failure(in: object) { return [.failure(failure)] }
        var events: [StreamEvent] = []
        if let content = object["content"]?.string, !content.isEmpty { events.append(.content(content)) }
        if object["stop"]?.bool == true {
            events.append(.figures(figures(of: object)))
            events.append(.finish(object["stop_type"]?.string.flatMap(AnswerEnd.init) ?? .regular(.stop)))
            events.append(.end)
        }
        return events
    }

    private func figures(of object: JSONValue) -> ServerFigures {
        let timings = object["timings"]
        return ServerFigures(
            promptEvalSeconds: ServerFigure.seconds(timings?["prompt_ms"], per: 1e3),
            evalSeconds: ServerFigure.seconds(timings?["predicted_ms"], per: 1e3),
            promptTokens: ServerFigure.count(object["tokens_evaluated"]),
            tokens: ServerFigure.count(object["tokens_predicted"]),
            cachedPromptTokens: ServerFigure.count(timings?["cache_n"]))
    }
}
