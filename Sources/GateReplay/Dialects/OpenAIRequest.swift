import GateJSON

extension GenerationRequest {
    /// Reads the body of `/v1/chat/completions` or `/v1/completions`. Unknown members are passed over.
    init(openAI route: OpenAIFormat.Route, body: [UInt8]) throws(RequestProblem) {
        let value: JSONValue
        do { value = try JSONValue.parse(body) } catch { throw RequestProblem("parse error at \(error)") }
        guard value.object != nil else { throw RequestProblem("the request is no JSON object") }
        model = value["model"]?.string ?? ""
        isStreamed = try value.openAI("stream", \.bool, of: "boolean") ?? false
        switch route {
        case .chat:
            guard let messages = value["messages"] else { throw RequestProblem("'messages' is required") }
            guard let messages = messages.array else { throw RequestProblem("Expected 'messages' to be an array") }
            text = JSONValue.text(ofLast: "user", in: messages) ?? messages.last?["content"]?.messageText ?? ""
            promptWords = JSONValue.words(in: messages)
        case .completion:
            guard let prompt = value["prompt"] else { throw RequestProblem("key 'prompt' not found") }
            text = prompt.string ?? prompt.array?.first?.string ?? ""
            promptWords = text.wordCount
        }
        for key in ["max_completion_tokens", "max_tokens", "n_predict"] where tokenCap == nil {
            // Negative means no limit.
            tokenCap = try value.openAI(key, \.int, of: "number").flatMap { $0 >= 0 ? $0 : nil }
        }
        includesUsage = value["stream_options"]?["include_usage"]?.bool ?? false
    }
}

extension JSONValue {
    /// A member of the right type; nil where it is absent or null.
    fileprivate func openAI<Value>(
        _ key: String, _ read: (JSONValue) -> Value?, of type: String
    ) throws(RequestProblem) -> Value? {
        guard let member = self[key], !member.isNull else { return nil }
        guard let value = read(member) else {
            throw RequestProblem("Field '\(key)': type must be \(type), but is \(member.typeName)")
        }
        return value
    }
}
