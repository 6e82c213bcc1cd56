import GateJSON

/// What a request for an answer says, whichever API it uses.
struct GenerationRequest: Equatable, Sendable {
    var model: String
    /// The last message of the user, or the whole prompt where there are no messages.
    var text: String
    /// Words of everything that the model would read.
    var promptWords = 0
    var isStreamed: Bool
    /// Tokens; nil where there is no limit.
    var tokenCap: Int?
    var wantsThinking = false
    /// OpenAI: whether a usage chunk is wanted at the end of a stream.
    var includesUsage = false
    /// Ollama: whether the model is to be unloaded afterwards.
    var unloads = false
}

/// A body that is no request of the API; the text says why, for the client.
struct RequestProblem: Error, Equatable {
    let message: String
    init(_ message: String) { self.message = message }
}

extension JSONValue {
    /// The text of a message's content: a string, or an array of parts of which some have text.
    var messageText: String {
        string ?? (array ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
    }

    /// Words of all messages.
    static func words(in messages: [JSONValue]) -> Int {
        messages.reduce(0) { $0 + ($1["content"]?.messageText.wordCount ?? 0) }
    }

    /// The last message of this role; nil where there is none.
    static func text(ofLast role: String, in messages: [JSONValue]) -> String? {
        messages.last { $0["role"]?.string == role }?["content"]?.messageText
    }

    var typeName: String {
        switch self {
        case .object: "object"
        case .array: "array"
        case .string: "string"
        case .number: "number"
        case .bool: "boolean"
        case .null: "null"
        }
    }
}

extension String {
    var wordCount: Int { split(whereSeparator: \.isWhitespace).count }
}
