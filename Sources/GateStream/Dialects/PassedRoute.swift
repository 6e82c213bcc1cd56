/// What a request that is handed on asks for, by its path: the routes of every API whose answers are read.
package enum PassedRoute: String, Sendable, CaseIterable {
    case ollamaChat = "ollama_chat"
    case ollamaGenerate = "ollama_generate"
    case openAIChat = "openai_chat"
    case openAICompletions = "openai_completions"
    case openAIResponses = "openai_responses"
    case anthropicMessages = "anthropic_messages"
    /// Embeddings, lists of models, and whatever is not known: timed as a whole.
    case other

    /// Servers are reached below a path of their own, and some leave `/v1` out, so that the end of the path decides.
    package init(method: String, path: String) {
        let ends: [(end: String, route: PassedRoute)] = [
            ("/api/chat", .ollamaChat), ("/api/generate", .ollamaGenerate), ("/chat/completions", .openAIChat),
            ("/completions", .openAICompletions), ("/responses", .openAIResponses),
            ("/v1/messages", .anthropicMessages),
        ]
        self = method == "POST" ? ends.first { path.hasSuffix($0.end) }?.route ?? .other : .other
    }
}
