import GateCore
import GateJSON

/// The answers of OpenAI's `/v1/responses`: server-sent events, each with its `type`, of which the last holds the whole
/// response.
struct ResponsesReading: AnswerReading {
    let framing = StreamFraming.serverSentEvents
    let mayLackEndMarker = false

    func events(in data: UnsafeBufferPointer<UInt8>) -> [StreamEvent] {
        // Servers that imitate it may end with the marker of the older route.
        guard data.contains(where: { $0 > 0x20 }), !data.elementsEqual("[DONE]".utf8) else { return [] }
        return events(in: data, of: events(of:))
    }

    private func events(of object: JSONValue) -> [StreamEvent] {
        let delta = object["delta"]?.string ?? ""
        switch object["type"]?.string ?? "" {
        case "response.output_text.delta": return delta.isEmpty ? [] : [.content(delta)]
        case "response.refusal.delta": return delta.isEmpty ? [] : [.refusal(delta)]
        case "response.reasoning_text.delta", "response.reasoning_summary_text.delta":
            return delta.isEmpty ? [] : [.thinking(delta)]
        case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta",
            "response.mcp_call_arguments.delta":
            return delta.isEmpty ? [] : [.toolCall(bytes: delta.utf8.count)]
        case "response.output_item.added":
            guard let item = object["item"], ResponsesReading.isCall(item) else { return [] }
            return [.toolCall(bytes: item["name"]?.string?.utf8.count ?? 0)]
        case "response.completed", "response.incomplete": return end(of: object["response"] ?? .null) + [.end]
        case "response.failed":
            let error = object["response"]?["error"] ?? .null
            return [.failure(ServerErrorObject.failure(in: ["error": error]) ?? ResponsesReading.unnamed)]
        default: return ServerErrorObject.failure(in: object).map { [.failure($0)] } ?? []
        }
    }

    func events(ofWhole object: JSONValue) -> [StreamEvent] {
        if let failure = ServerErrorObject.failure(in: object) { return [.failure(failure)] }
        if object["status"]?.string == "failed" { return [.failure(ResponsesReading.unnamed)] }
        var events: [StreamEvent] = []
        for item in object["output"]?.array ?? [] {
            if ResponsesReading.isCall(item) {
                let bytes = ["name", "arguments", "input"].reduce(0) { $0 + (item[$1]?.string?.utf8.count ?? 0) }
                events.append(.toolCall(bytes: bytes))
            }
            for part in (item["content"]?.array ?? []) + (item["summary"]?.array ?? []) {
                if let refusal = part["refusal"]?.string { events.append(.refusal(refusal)) }
                guard let text = part["text"]?.string, !text.isEmpty else { continue }
                events.append(item["type"]?.string == "reasoning" ? .thinking(text) : .content(text))
            }
        }
        return events + end(of: object)
    }

    private static let unnamed = InvalidCall(.serverError, "the server reports an error and does not say which")

    private static func isCall(_ item: JSONValue) -> Bool { item["type"]?.string?.hasSuffix("_call") == true }

    /// Figures, and why it ended.
    private func end(of response: JSONValue) -> [StreamEvent] {
        let usage = response["usage"]
        let figures = ServerFigures(
            promptTokens: ServerFigure.count(usage?["input_tokens"]),
            tokens: ServerFigure.count(usage?["output_tokens"]),
            thinkingTokens: ServerFigure.count(usage?["output_tokens_details"]?["reasoning_tokens"]),
            cachedPromptTokens: ServerFigure.count(usage?["input_tokens_details"]?["cached_tokens"]))
        let reason = response["incomplete_details"]?["reason"]?.string ?? response["status"]?.string ?? "completed"
        return [.figures(figures), .finish(AnswerEnd(reason) ?? .regular(.stop))]
    }
}
