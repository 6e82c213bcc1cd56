import GateCore
import GateJSON

/// The body of a chat request in the server's dialect. Options that were not configured are not sent.
struct ChatRequest {
    let prompt: ChatPrompt
    let agent: AgentConfiguration
    let api: ServerAPI
    let product: ServerProduct
    let defence: CacheDefence
    var route = PromptRoute.chat

    var body: JSONValue {
        switch api {
        case .ollama: ollama
        case .openai: openAI
        }
    }

    private func marked(_ text: String) -> JSONValue { .string(defence.nonce.map { "\($0)\n\(text)" } ?? text) }

    private var messages: JSONValue {
        var messages: [JSONValue] = []
        func add(_ role: String, _ text: String) {
            guard !text.isEmpty else { return }
            // What defeats the cache stands at the start of everything.
            let content = messages.isEmpty ? marked(text) : .string(text)
            messages.append(.object([("role", .string(role)), ("content", content)]))
        }
        // A template may put a system prompt of its own in front of the user's, which every request would share. Ollama
        // takes ours in its place, for every model.
        if api == .ollama, prompt.system.isEmpty, let nonce = defence.nonce {
            messages.append(.object([("role", "system"), ("content", .string(nonce))]))
        }
        add("system", prompt.system)
        add("user", prompt.example?.user ?? "")
        add("assistant", prompt.example?.answer ?? "")
        add("user", prompt.user)
        return .array(messages)
    }

    /// Where there are no messages, all that was said before stands in front of the question.
    private var wholeQuestion: String {
        ((prompt.example.map { [$0.user, $0.answer] } ?? []) + [prompt.user]).joined(separator: "\n\n")
    }

    private var ollama: JSONValue {
        var options = Members()
        options.set("num_gpu", agent.numGpu)
        options.set("num_ctx", agent.numCtx)
        options.set("temperature", agent.temperature)
        options.set("top_p", agent.topP)
        options.set("top_k", agent.topK)
        options.set("repeat_penalty", agent.repeatPenalty)
        options.set("seed", agent.seed)
        options.set("num_predict", agent.maxTokens)
        var body = Members()
        body.fields = [("model", .string(agent.model)), ("stream", true)]
        switch route {
        case .chat: body.fields.append(("messages", messages))
        case .generate where prompt.system.isEmpty:
            if let nonce = defence.nonce { body.fields.append(("system", .string(nonce))) }
            body.fields.append(("prompt", .string(wholeQuestion)))
        case .generate: body.fields += [("system", marked(prompt.system)), ("prompt", .string(wholeQuestion))]
        }
        body.fields.append(("options", options.object))
        return body.object
    }

    private var openAI: JSONValue {
        var body = Members()
        body.fields = [
            ("model", .string(agent.model)), ("stream", true), ("stream_options", ["include_usage": true]),
            ("messages", messages),
        ]
        body.set("max_tokens", agent.maxTokens)
        body.set("temperature", agent.temperature)
        body.set("top_p", agent.topP)
        body.set("seed", agent.seed)
        if product.takesExtendedSampling {
            body.set("top_k", agent.topK)
            // vLLM calls it by another name than llama.cpp.
            body.set(product == .vllm ? "repetition_penalty" : "repeat_penalty", agent.repeatPenalty)
        }
        if agent.promptCache == .defeat {
            if product == .llamaServer { body.fields.append(("cache_prompt", false)) }
            if product == .vllm { body.fields.append(("cache_salt", .string(String(defence.salt)))) }
        }
        return body.object
    }

    private struct Members {
        var fields: [(key: String, value: JSONValue)] = []

        mutating func set(_ key: String, _ value: Int?) {
            if let value { fields.append((key, JSONValue(value))) }
        }

        mutating func set(_ key: String, _ value: Double?) {
            if let value { fields.append((key, JSONValue(value))) }
        }

        var object: JSONValue { .object(fields) }
    }
}
