import GateCore
import GateJSON

/// Ollama's NDJSON stream of `/api/chat` and `/api/generate`.
struct OllamaDialect: StreamDialect {
    func events(in line: UnsafeBufferPointer<UInt8>) -> [StreamEvent] {
        guard line.contains(where: { $0 > 0x20 }) else { return [] }
        switch parse(line) {
        case .failure(let invalid): return [.failure(invalid)]
        case .success(let object): return events(of: object)
        }
    }

    private func events(of object: JSONValue) -> [StreamEvent] {
        if let failure = ServerErrorObject.failure(in: object) { return [.failure(failure)] }
        let message = object["message"]
        var events: [StreamEvent] = []
        func firstText(_ values: JSONValue?...) -> String? {
            values.lazy.compactMap { $0?.string }.first { !$0.isEmpty }
        }
        if let thinking = firstText(message?["thinking"], object["thinking"]) { events.append(.thinking(thinking)) }
        if let content = firstText(message?["content"], object["response"]) { events.append(.content(content)) }
        for call in message?["tool_calls"]?.array ?? [] {
            events.append(.toolCall(bytes: call["function"]?.text.utf8.count ?? 0))
        }
        if object["done"]?.bool == true {
            events.append(.figures(figures(of: object)))
            events.append(.finish(object["done_reason"]?.string.flatMap(AnswerEnd.init) ?? .regular(.stop)))
            events.append(.end)
        }
        return events
    }

    /// Ollama leaves figures out that are zero, so an absent one is not known rather than zero.
    private func figures(of object: JSONValue) -> ServerFigures {
        func seconds(_ key: String) -> Double? { ServerFigure.seconds(object[key], per: 1e9) }
        return ServerFigures(
            loadSeconds: seconds("load_duration"), promptEvalSeconds: seconds("prompt_eval_duration"),
            evalSeconds: seconds("eval_duration"), totalSeconds: seconds("total_duration"),
            promptTokens: ServerFigure.count(object["prompt_eval_count"]),
            tokens: ServerFigure.count(object["eval_count"]))
    }
}
