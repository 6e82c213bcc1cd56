import GateJSON

/// Anthropic's events: the message as it begins, its blocks by their deltas, and how it ends.
enum MessagesForcedStream: ForcedStream {
    static func streaming(_ request: JSONValue) -> JSONValue? { request.setting("stream", true) }

    static func answer(of units: [JSONValue]) -> ForcedAnswer? {
        if let error = units.last(where: { $0["type"]?.string == "error" }) {
            return ForcedAnswer(body: error, isError: true)
        }
        guard var message = units.lazy.compactMap({ $0["message"] }).first,
            units.contains(where: { $0["type"]?.string == "message_stop" })
        else { return nil }
        let indices = units.filter { $0["content_block"] != nil }.compactMap { $0["index"]?.int }
        message = message.setting(
            "content", .array(indices.map { index in block(of: units.filter { $0["index"]?.int == index }) }))
        for end in units where end["type"]?.string == "message_delta" {
            let usage = (message["usage"] ?? .object([])).merging(end["usage"] ?? .null)
            message = message.merging(end["delta"] ?? .null).setting("usage", usage)
        }
        return ForcedAnswer(body: message)
    }

    private static func block(of events: [JSONValue]) -> JSONValue {
        var block = events.lazy.compactMap { $0["content_block"] }.first ?? .null
        let deltas = events.compactMap { $0["delta"] }
        for key in ["text", "thinking", "signature"] {
            let texts = deltas.compactMap { $0[key]?.string }
            if !texts.isEmpty { block = block.setting(key, .string((block[key]?.string ?? "") + texts.joined())) }
        }
        let input = deltas.compactMap { $0["partial_json"]?.string }.joined()
        if !input.isEmpty, let value = try? JSONValue.parse(input) { block = block.setting("input", value) }
        let citations = deltas.compactMap { $0["citation"] }
        if !citations.isEmpty { block = block.setting("citations", .array(citations)) }
        return block
    }
}
