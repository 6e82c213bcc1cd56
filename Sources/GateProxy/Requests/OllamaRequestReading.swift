import GateJSON

/// `/api/chat` and `/api/generate` of Ollama.
enum OllamaRequestReading: RequestReading {
    static let textMembers: Set<String> = ["messages", "system", "prompt", "suffix", "images"]
    static let optionsMember: String? = "options"
    static let streamsByItself = true

    static func texts(of request: JSONValue) -> [ProxiedRequest.Text] {
        texts("system", request["system"]) + texts(ofMessages: request["messages"])
            + texts("user", request["prompt"]) + texts("user", request["suffix"])
            + texts("user", request["images"])
    }
}
