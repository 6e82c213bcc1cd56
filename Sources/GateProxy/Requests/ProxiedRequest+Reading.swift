import GateCore
import GateDigest
import GateJSON
import GateStream

extension ProxiedRequest {
    /// Reads the body of a request. One that is not JSON is known by its digest alone, one that no reading is known for by
    /// its model, too.
    init(route: PassedRoute, body: [UInt8]) {
        let object = try? JSONValue.parse(body)
        guard let reading = route.requestReading, let object, object.object != nil else {
            self.init(
                // Embeddings and their kin name it as all others do.
                model: object?["model"]?.string, texts: [],
                prompt: PromptIdentity(sha256: SHA256.hash(body), bytes: body.count, nonce: nil), options: [:])
            return
        }
        let texts = reading.texts(of: object)
        self.init(
            model: object["model"]?.string, texts: texts, prompt: ProxiedRequest.identity(of: texts),
            options: ProxiedRequest.options(of: object, by: reading))
    }

    /// Two requests have the same prompt where their texts are the same, whatever else differs.
    private static func identity(of texts: [Text]) -> PromptIdentity {
        PromptIdentity(
            sha256: SHA256.hash(texts.map(\.text).joined(separator: "\u{0}")),
            bytes: texts.reduce(0) { $0 + $1.text.utf8.count }, nonce: nil)
    }

    private static func options(of object: JSONValue, by reading: any RequestReading.Type) -> [String: String] {
        let left = reading.textMembers.union(["model", "stream"])
        var options: [String: String] = [:]
        for (key, value) in object.object ?? [] where !left.contains(key) {
            if key == reading.optionsMember, let members = value.object {
                for member in members { options[member.key] = member.value.canonical.text }
            } else {
                options[key] = value.canonical.text
            }
        }
        return options
    }
}

extension PassedRoute {
    var requestReading: (any RequestReading.Type)? {
        switch self {
        case .ollamaChat, .ollamaGenerate: OllamaRequestReading.self
        case .openAIChat, .openAICompletions: OpenAIRequestReading.self
        case .openAIResponses: ResponsesRequestReading.self
        case .anthropicMessages: MessagesRequestReading.self
        case .other: nil
        }
    }
}
