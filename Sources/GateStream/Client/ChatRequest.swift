import GateCore
import GateJSON

/// What one request asks, and the parts of its body that dialects have in common.
struct ChatRequest {
    let prompt: ChatPrompt
    let agent: AgentConfiguration
    let product: ServerProduct
    let defence: CacheDefence
    var route = PromptRoute.chat

    /// A text with what defeats the cache in front of it.
    func marked(_ text: String) -> JSONValue { .string(defence.nonce.map { "\($0)\n\(text)" } ?? text) }

    /// The conversation. What defeats the cache stands at the start of everything.
    ///
    /// - Parameter marksBySystem: where there is no persona, in a system message of its own.
    func messages(marksBySystem: Bool) -> JSONValue {
        var messages: [JSONValue] = []
        func add(_ role: String, _ text: String) {
            guard !text.isEmpty else { return }
            let content = messages.isEmpty ? marked(text) : .string(text)
            messages.append(.object([("role", .string(role)), ("content", content)]))
        }
        if marksBySystem, prompt.system.isEmpty, let nonce = defence.nonce {
            messages.append(.object([("role", "system"), ("content", .string(nonce))]))
        }
        add("system", prompt.system)
        add("user", prompt.example?.user ?? "")
        add("assistant", prompt.example?.answer ?? "")
        add("user", prompt.user)
        return .array(messages)
    }

    /// Where there are no messages, all that was said before stands in front of the question.
    var wholeQuestion: String {
        ((prompt.example.map { [$0.user, $0.answer] } ?? []) + [prompt.user]).joined(separator: "\n\n")
    }
}

/// The members of a body, in their order.
struct BodyMembers {
    private var fields: [(key: String, value: JSONValue)]

    init(_ fields: [(key: String, value: JSONValue)] = []) { self.fields = fields }

    mutating func add(_ key: String, _ value: JSONValue) { fields.append((key, value)) }

    /// Nothing for an option that was not configured.
    mutating func set(_ key: String, _ value: Int?) {
        if let value { add(key, JSONValue(value)) }
    }

    mutating func set(_ key: String, _ value: Double?) {
        if let value { add(key, JSONValue(value)) }
    }

    var object: JSONValue { .object(fields) }
}
