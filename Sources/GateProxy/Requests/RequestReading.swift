import GateJSON

/// How the requests of a route are read.
protocol RequestReading {
    /// All that the model reads, in its order.
    static func texts(of request: JSONValue) -> [ProxiedRequest.Text]
    /// The members that are no option: those of the texts.
    static var textMembers: Set<String> { get }
    /// The member whose own members are options, where there is one.
    static var optionsMember: String? { get }
    /// Whether a request without `stream` asks for one.
    static var streamsByItself: Bool { get }
}

extension RequestReading {
    static var optionsMember: String? { nil }
    static var streamsByItself: Bool { false }

    /// Messages with their roles: text as it is, whatever else stands in them (images, calls of tools) as JSON.
    static func texts(ofMessages messages: JSONValue?) -> [ProxiedRequest.Text] {
        (messages?.array ?? []).flatMap { message in
            let role = message["role"]?.string ?? message["type"]?.string ?? "user"
            var texts = parts(message["content"]).map { ProxiedRequest.Text(role: role, text: $0) }
            for key in ["tool_calls", "images", "arguments", "output"] {
                guard let value = message[key], !value.isNull else { continue }
                texts.append(ProxiedRequest.Text(role: role, text: value.string ?? value.canonical.text))
            }
            return texts
        }
    }

    static func texts(_ role: String, _ value: JSONValue?) -> [ProxiedRequest.Text] {
        parts(value).map { ProxiedRequest.Text(role: role, text: $0) }
    }

    /// A text, or a list of parts of which some have text.
    private static func parts(_ value: JSONValue?) -> [String] {
        switch value {
        case nil, .null: []
        case .string(let text): [text]
        case .array(let parts): parts.map { $0.string ?? $0["text"]?.string ?? $0.canonical.text }
        case .some(let other): [other.canonical.text]
        }
    }
}
