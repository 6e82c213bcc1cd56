import GateJSON

/// Ollama's lines: the last one is the whole answer but for its text.
enum OllamaForcedStream: ForcedStream {
    static func streaming(_ request: JSONValue) -> JSONValue? { request.setting("stream", true) }

    static func answer(of units: [JSONValue]) -> ForcedAnswer? {
        if let error = units.last, error["error"] != nil { return ForcedAnswer(body: error, isError: true) }
        guard var answer = units.last, answer["done"]?.bool == true else { return nil }
        func joined(_ value: (JSONValue) -> JSONValue?) -> String? {
            let texts = units.compactMap { value($0)?.string }
            return texts.isEmpty ? nil : texts.joined()
        }
        if let message = answer["message"] {
            var whole = message.setting("content", .string(joined { $0["message"]?["content"] } ?? ""))
            if let thinking = joined({ $0["message"]?["thinking"] }) {
                whole = whole.setting("thinking", .string(thinking))
            }
            let calls = units.flatMap { $0["message"]?["tool_calls"]?.array ?? [] }
            if !calls.isEmpty { whole = whole.setting("tool_calls", .array(calls)) }
            answer = answer.setting("message", whole)
        }
        if let response = joined({ $0["response"] }) { answer = answer.setting("response", .string(response)) }
        if let thinking = joined({ $0["thinking"] }) { answer = answer.setting("thinking", .string(thinking)) }
        return ForcedAnswer(body: answer)
    }
}
