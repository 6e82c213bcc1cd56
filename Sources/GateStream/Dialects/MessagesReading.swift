import GateCore
import GateJSON

/// The answers of Anthropic's `/v1/messages`: server-sent events, each with its `type`, from `message_start` to
/// `message_stop`.
struct MessagesReading: AnswerReading {
    let framing = StreamFraming.serverSentEvents
    let mayLackEndMarker = false

    func events(in data: UnsafeBufferPointer<UInt8>) -> [StreamEvent] {
        guard data.contains(where: { $0 > 0x20 }) else { return [] }
        return events(in: data, of: events(of:))
    }

    private func events(of object: JSONValue) -> [StreamEvent] {
        switch object["type"]?.string ?? "" {
        case "message_start": return [.figures(figures(of: object["message"]?["usage"]))]
        case "content_block_start": return events(ofBlock: object["content_block"])
        case "content_block_delta": return events(ofDelta: object["delta"])
        case "message_delta":
            let end = object["delta"]?["stop_reason"]?.string.flatMap(AnswerEnd.init)
            return [.figures(figures(of: object["usage"]))] + (end.map { [.finish($0)] } ?? [])
        case "message_stop": return [.end]
        default: return ServerErrorObject.failure(in: object).map { [.failure($0)] } ?? []
        }
    }

    func events(ofWhole object: JSONValue) -> [StreamEvent] {
        if let failure = ServerErrorObject.failure(in: object) { return [.failure(failure)] }
        let end = object["stop_reason"]?.string.flatMap(AnswerEnd.init)
        return (object["content"]?.array ?? []).flatMap { events(ofBlock: $0) }
            + [.figures(figures(of: object["usage"]))] + (end.map { [.finish($0)] } ?? [])
    }

    /// A block of a whole answer; in a stream it is empty but for the name of a tool.
    private func events(ofBlock block: JSONValue?) -> [StreamEvent] {
        guard let block else { return [] }
        switch block["type"]?.string ?? "" {
        case "thinking": return texts(block["thinking"], as: StreamEvent.thinking)
        case "tool_use", "server_tool_use", "mcp_tool_use":
            let input = block["input"].flatMap { $0.object?.isEmpty == false ? $0.text.utf8.count : nil }
            return [.toolCall(bytes: (block["name"]?.string?.utf8.count ?? 0) + (input ?? 0))]
        default: return texts(block["text"], as: StreamEvent.content)
        }
    }

    private func events(ofDelta delta: JSONValue?) -> [StreamEvent] {
        switch delta?["type"]?.string ?? "" {
        case "text_delta": return texts(delta?["text"], as: StreamEvent.content)
        case "thinking_delta": return texts(delta?["thinking"], as: StreamEvent.thinking)
        case "input_json_delta":
            let bytes = delta?["partial_json"]?.string?.utf8.count ?? 0
            return bytes == 0 ? [] : [.toolCall(bytes: bytes)]
        default: return []
        }
    }

    private func texts(_ value: JSONValue?, as event: (String) -> StreamEvent) -> [StreamEvent] {
        guard let text = value?.string, !text.isEmpty else { return [] }
        return [event(text)]
    }

    /// `input_tokens` are those that came neither out of the cache nor into it.
    private func figures(of usage: JSONValue?) -> ServerFigures {
        let cached = ServerFigure.count(usage?["cache_read_input_tokens"])
        let parts = [
            ServerFigure.count(usage?["input_tokens"]), cached,
            ServerFigure.count(usage?["cache_creation_input_tokens"]),
        ].compactMap(\.self)
        return ServerFigures(
            promptTokens: parts.isEmpty ? nil : parts.reduce(0) { $0.adding(clamping: $1) },
            tokens: ServerFigure.count(usage?["output_tokens"]), cachedPromptTokens: cached)
    }
}
