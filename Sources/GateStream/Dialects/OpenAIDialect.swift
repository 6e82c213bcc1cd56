import GateCore
import GateJSON

/// The server-sent events of OpenAI's `/v1/chat/completions`, with llama-server's `timings`.
struct OpenAIDialect: StreamDialect {
    private static let endMarker = Array("[DONE]".utf8)

    func events(in data: UnsafeBufferPointer<UInt8>) -> [StreamEvent] {
        if data.elementsEqual(OpenAIDialect.endMarker) { return [.end] }
        switch parse(data) {
        case .failure(let invalid): return [.failure(invalid)]
        case .success(let object): return events(of: object)
        }
    }

    private func events(of object: JSONValue) -> [StreamEvent] {
        if let failure = OpenAIDialect.failure(in: object) { return [.failure(failure)] }
        var events: [StreamEvent] = []
        let choice = object["choices"]?[0]
        let delta = choice?["delta"]
        if let thinking = delta?["reasoning_content"]?.string ?? delta?["reasoning"]?.string, !thinking.isEmpty {
            events.append(.thinking(thinking))
        }
        if let content = delta?["content"]?.string ?? choice?["text"]?.string, !content.isEmpty {
            events.append(.content(content))
        }
        let figures = figures(of: object)
        if figures != ServerFigures() { events.append(.figures(figures)) }
        if let reason = choice?["finish_reason"]?.string {
            events.append(.finish(reason == "length" ? .length : .stop))
        }
        return events
    }

    /// An error object inside the stream, or the object that older llama-servers send in the `error` field.
    static func failure(in object: JSONValue) -> InvalidCall? {
        let isBareError = object["code"] != nil && object["message"] != nil && object["choices"] == nil
        guard let error = object["error"] ?? (isBareError ? object : nil), !error.isNull else { return nil }
        let message = error.string ?? error["message"]?.string ?? error.text
        let isOverflow = HTTPFailure.isOverflow(type: error["type"]?.string ?? "", message: message)
        return InvalidCall(isOverflow ? .contextOverflow : .serverError, message)
    }

    private func figures(of object: JSONValue) -> ServerFigures {
        let usage = object["usage"]
        let timings = object["timings"]
        func seconds(_ key: String) -> Double? { timings?[key]?.double.map { $0 / 1e3 } }
        return ServerFigures(
            promptEvalSeconds: seconds("prompt_ms"), evalSeconds: seconds("predicted_ms"),
            promptTokens: usage?["prompt_tokens"]?.int, tokens: usage?["completion_tokens"]?.int,
            cachedPromptTokens: usage?["prompt_tokens_details"]?["cached_tokens"]?.int ?? timings?["cache_n"]?.int)
    }
}
