/// The protocols that chimera-gate speaks, each with what must be known of it where no server is asked. How it is spoken
/// is in GateStream.
public enum ServerAPI: String, Codable, Sendable, CaseIterable {
    /// Ollama's native API (`/api/chat`, NDJSON).
    case ollama
    /// OpenAI-compatible servers such as llama-server and vLLM (`/v1/chat/completions`, SSE).
    case openai

    /// What a server is taken to speak where nobody says it.
    public static let usual = ServerAPI.ollama

    /// What is the same for every server of an API.
    public struct Traits: Sendable {
        /// A server of it, in a sentence.
        public let words: String
        /// Where `init` looks for one on this machine; empty where its address may be left out, because Ollama's
        /// variable and usual address are its.
        public let usualPorts: [Int]
        /// What clients of the API are given at the end of a server's address, and routes begin with.
        public let addressSuffix: String?
        /// Whether requests say how large the context window is, so that a server tells only what the model could have.
        public let setsContextWindow: Bool
        /// Whether a server that runs can be made to take a model out of its memory.
        public let unloadsModels: Bool

        /// Whether its address may be left out.
        public var hasUsualAddress: Bool { usualPorts.isEmpty }
    }

    public var traits: Traits {
        switch self {
        case .ollama:
            Traits(
                words: "Ollama", usualPorts: [], addressSuffix: nil, setsContextWindow: true, unloadsModels: true)
        case .openai:
            // llama-server's usual port, vLLM's and LM Studio's.
            Traits(
                words: "an OpenAI-compatible server", usualPorts: [8080, 8000, 1234], addressSuffix: "/v1",
                setsContextWindow: false, unloadsModels: false)
        }
    }
}
