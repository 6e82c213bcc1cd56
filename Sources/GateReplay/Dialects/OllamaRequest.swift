import GateJSON

extension GenerationRequest {
    /// Reads the body of `/api/generate` or `/api/chat`. Unknown members are passed over, as by Ollama.
    init(ollama route: OllamaFormat.Route, body: [UInt8]) throws(RequestProblem) {
        let value = try JSONValue.ollama(body)
        model = try value.ollama("model", \.string, of: "string") ?? ""
        isStreamed = try value.ollama("stream", \.bool, of: "bool") ?? true
        switch route {
        case .generate:
            text = try value.ollama("prompt", \.string, of: "string") ?? ""
            promptWords = text.wordCount + (value["system"]?.string?.wordCount ?? 0)
        case .chat:
            let messages = try value.ollama("messages", \.array, of: "[]api.Message") ?? []
            text = JSONValue.text(ofLast: "user", in: messages) ?? messages.last?["content"]?.messageText ?? ""
            promptWords = JSONValue.words(in: messages)
        }
        let options = try value.ollama("options", { $0.object == nil ? nil : $0 }, of: "map[string]interface {}")
        // Nothing and negative numbers mean no limit.
        tokenCap = options?["num_predict"]?.int.flatMap { $0 > 0 ? $0 : nil }
        // true, or how hard to think.
        wantsThinking = value["think"].map { $0.bool == true || $0.string?.isEmpty == false } ?? false
        unloads = value["keep_alive"].map(GenerationRequest.isZeroDuration) ?? false
    }

    /// `0`, `0.0`, `"0"`, `"0s"`, `"0m"`.
    private static func isZeroDuration(_ value: JSONValue) -> Bool {
        if let text = value.string {
            return !text.isEmpty && text.allSatisfy { "0.hmnusµ".contains($0) } && text.contains("0")
        }
        return value.double == 0
    }
}

extension JSONValue {
    /// Parses a body with Ollama's own words for what is wrong with it.
    static func ollama(_ body: [UInt8]) throws(RequestProblem) -> JSONValue {
        guard !body.isEmpty else { throw RequestProblem("missing request body") }
        let value: JSONValue
        do { value = try parse(body) } catch { throw RequestProblem("invalid JSON: \(error)") }
        guard value.object != nil else {
            throw RequestProblem("json: cannot unmarshal \(value.typeName) into a Go value")
        }
        return value
    }

    /// A member of the right type; nil where it is absent or null.
    func ollama<Value>(
        _ key: String, _ read: (JSONValue) -> Value?, of type: String
    ) throws(RequestProblem) -> Value? {
        guard let member = self[key], !member.isNull else { return nil }
        guard let value = read(member) else {
            throw RequestProblem("json: cannot unmarshal \(member.typeName) into field \(key) of type \(type)")
        }
        return value
    }
}
