import GateJSON

/// `/v1/chat/completions` and `/v1/completions`.
enum OpenAIRequestReading: RequestReading {
    static let textMembers: Set<String> = ["messages", "prompt", "suffix"]

    static func texts(of request: JSONValue) -> [ProxiedRequest.Text] {
        texts(ofMessages: request["messages"]) + texts("user", request["prompt"]) + texts("user", request["suffix"])
    }
}
