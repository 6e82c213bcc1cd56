import GateCore
import GateJSON

/// The server-sent events of llama-server's own `/completion`: no `[DONE]`, the object with `stop` is the last.
struct LlamaCompletionDialect: StreamDialect {
    func events(in data: UnsafeBufferPointer<UInt8>) -> [StreamEvent] {
        switch parse(data) {
        case .failure(let invalid): [.failure(invalid)]
        case .success(let object): events(of: object)
        }
    }

    private func events(of object: JSONValue) -> [StreamEvent] {
        if let failure = OpenAIDialect.failure(in: object) { return [.failure(failure)] }
        var events: [StreamEvent] = []
        if let content = object["content"]?.string, !content.isEmpty { events.append(.content(content)) }
        if object["stop"]?.bool == true {
            events.append(.figures(figures(of: object)))
            events.append(.finish(object["stop_type"]?.string == "limit" ? .length : .stop))
            events.append(.end)
        }
        return events
    }

    private func figures(of object: JSONValue) -> ServerFigures {
        let timings = object["timings"]
        func seconds(_ key: String) -> Double? { timings?[key]?.double.map { $0 / 1e3 } }
        return ServerFigures(
            promptEvalSeconds: seconds("prompt_ms"), evalSeconds: seconds("predicted_ms"),
            promptTokens: object["tokens_evaluated"]?.int, tokens: object["tokens_predicted"]?.int,
            cachedPromptTokens: timings?["cache_n"]?.int)
    }
}
