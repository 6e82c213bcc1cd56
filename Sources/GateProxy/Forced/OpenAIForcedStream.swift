import GateJSON

/// Chunks of chats: deltas make the message.
enum ChatForcedStream: ForcedStream {
    static func streaming(_ request: JSONValue) -> JSONValue? { OpenAIChunks.streaming(request) }

    static func answer(of units: [JSONValue]) -> ForcedAnswer? {
        OpenAIChunks.answer(of: units, object: "chat.completion") { choices in
            let deltas = choices.compactMap { $0["delta"] }
            var message: [(key: String, value: JSONValue)] = [
                ("role", .string(deltas.lazy.compactMap { $0["role"]?.string }.first ?? "assistant")),
                ("content", text("content", of: deltas).map(JSONValue.string) ?? .null),
            ]
            for key in ["reasoning_content", "reasoning", "thinking", "refusal"] {
                if let text = text(key, of: deltas) { message.append((key, .string(text))) }
            }
            let calls = calls(in: deltas)
            if !calls.isEmpty { message.append(("tool_calls", .array(calls))) }
            return ("message", .object(message))
        }
    }

    private static func text(_ key: String, of deltas: [JSONValue]) -> String? {
        let texts = deltas.compactMap { $0[key]?.string }
        return texts.isEmpty ? nil : texts.joined()
    }

    /// Parts of one call have one index; name and arguments come in pieces.
    private static func calls(in deltas: [JSONValue]) -> [JSONValue] {
        let parts = deltas.flatMap { $0["tool_calls"]?.array ?? [] }
        let indices = parts.map { $0["index"]?.int ?? 0 }
        return Set(indices).sorted().map { index in
            let own = zip(indices, parts).filter { $0.0 == index }.map(\.1)
            let whole = own.reduce(JSONValue.object([])) { $0.merging($1) }
            let name = own.compactMap { $0["function"]?["name"]?.string }.joined()
            let arguments = own.compactMap { $0["function"]?["arguments"]?.string }.joined()
            return whole.removing("index").setting(
                "function", ["name": .string(name), "arguments": .string(arguments)])
        }
    }
}

/// Chunks of completions: pieces of text.
enum CompletionForcedStream: ForcedStream {
    /// The best of several is known only at the end.
    static func streaming(_ request: JSONValue) -> JSONValue? {
        (request["best_of"]?.int ?? 1) > 1 ? nil : OpenAIChunks.streaming(request)
    }

    static func answer(of units: [JSONValue]) -> ForcedAnswer? {
        OpenAIChunks.answer(of: units, object: "text_completion") { choices in
            ("text", .string(choices.compactMap { $0["text"]?.string }.joined()))
        }
    }
}

/// What chats and completions have in common.
private enum OpenAIChunks {
    static func streaming(_ request: JSONValue) -> JSONValue {
        let options = (request["stream_options"] ?? .object([])).setting("include_usage", true)
        return request.setting("stream", true).setting("stream_options", options)
    }

    /// - Parameter content: the member that holds the text of one choice, by all its chunks.
    static func answer(
        of units: [JSONValue], object: String, content: ([JSONValue]) -> (key: String, value: JSONValue)
    ) -> ForcedAnswer? {
        if let error = units.last(where: { $0["error"].map { !$0.isNull } == true }) {
            return ForcedAnswer(body: error, isError: true)
        }
        let choices = units.flatMap { $0["choices"]?.array ?? [] }
        guard !choices.isEmpty, choices.contains(where: { $0["finish_reason"]?.string != nil }) else { return nil }
        let whole = units.reduce(JSONValue.object([])) { $0.merging($1) }
        let indices = Set(choices.map { $0["index"]?.int ?? 0 }).sorted()
        let answers = indices.map { index in
            let own = choices.filter { ($0["index"]?.int ?? 0) == index }
            let (key, value) = content(own)
            let rest = own.reduce(JSONValue.object([])) { $0.merging($1) }.removing("delta").removing("text")
                .removing("logprobs")
            let logprobs = own.compactMap { $0["logprobs"]?["content"]?.array }.joined()
            return JSONValue.object([("index", JSONValue(index)), (key, value)])
                .merging(logprobs.isEmpty ? .object([]) : ["logprobs": ["content": .array(Array(logprobs))]])
                .merging(rest)
        }
        return ForcedAnswer(
            body: whole.setting("object", .string(object)).setting("choices", .array(answers)))
    }
}
