import GateCore
import GateJSON

/// Ollama's NDJSON stream of `/api/chat` and `/api/generate`.
struct OllamaDialect: StreamDialect {
    func events(in line: UnsafeBufferPointer<UInt8>) -> [StreamEvent] {
        if line.isEmpty { return [] }
        switch parse(line) {
        case .failure(let invalid): return [.failure(invalid)]
        case .success(let object): return events(of: object)
        }
    }

    private func events(of object: JSONValue) -> [StreamEvent] {
        if let error = object["error"] {
            let message = error.string ?? error["message"]?.string ?? error.text
            let kind: InvalidCall.Kind =
                HTTPFailure.isOverflow(type: "", message: message) ? .contextOverflow : .serverError
            return [.failure(InvalidCall(kind, message))]
        }
        let message = object["message"]
        var events: [StreamEvent] = []
        if let thinking = message?["thinking"]?.string ?? object["thinking"]?.string, !thinking.isEmpty {
            events.append(.thinking(thinking))
        }
        if let content = message?["content"]?.string ?? object["response"]?.string, !content.isEmpty {
            events.append(.content(content))
        }
        if object["done"]?.bool == true {
            events.append(.figures(figures(of: object)))
            events.append(.finish(object["done_reason"]?.string == "length" ? .length : .stop))
            events.append(.end)
        }
        return events
    }

    /// Ollama leaves figures out that are zero, so an absent one is not known rather than zero.
    private func figures(of object: JSONValue) -> ServerFigures {
        func seconds(_ key: String) -> Double? { object[key]?.double.map { $0 / 1e9 } }
        return ServerFigures(
            loadSeconds: seconds("load_duration"), promptEvalSeconds: seconds("prompt_eval_duration"),
            evalSeconds: seconds("eval_duration"), totalSeconds: seconds("total_duration"),
            promptTokens: object["prompt_eval_count"]?.int, tokens: object["eval_count"]?.int)
    }
}
