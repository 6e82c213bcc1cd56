import GateCore
import GateJSON

/// What the server says of a recorded model. Of the weights a recording knows nothing.
struct ModelCard: Sendable, Equatable {
    let name: String
    let contextLength: Int
    /// The recorded one, else 64 hexadecimal digits that change with the recordings; no cryptographic digest.
    let digest: String
    /// Of the recorded answers.
    let bytes: Int

    static let unknown = "unknown"
    /// What was recorded of the model; nil where only its answers were.
    let recorded: ModelIdentity?
    private var quantization: JSONValue { .string(recorded?.quantization ?? ModelCard.unknown) }

    init(name: String, contextLength: Int, recorded: ModelIdentity? = nil, recordings: [ExchangeRecording]) {
        self.name = name
        self.recorded = recorded
        self.contextLength = contextLength
        let texts = recordings.map { $0.text }
        bytes = texts.reduce(0) { $0 + $1.utf8.count }
        digest =
            recorded?.digest
            ?? (0..<4).map { part in
                let hash = ModelCard.hash([name] + texts, seed: UInt8(clamping: part))
                let digits = String(hash, radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }.joined()
    }

    /// FNV-1a, 64 bits.
    private static func hash(_ texts: [String], seed: UInt8) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        add(seed)
        for text in texts {
            text.utf8.forEach(add)
            add(0xFF)
        }
        return hash
    }

    // MARK: Ollama

    private var details: JSONValue {
        [
            "parent_model": "", "format": "gguf", "family": "replay", "families": ["replay"],
            "parameter_size": .string(recorded?.parameters ?? ModelCard.unknown), "quantization_level": quantization,
        ]
    }

    /// An entry of `/api/tags`.
    func tag(modified: String) -> JSONValue {
        [
            "name": .string(name), "model": .string(name), "modified_at": .string(modified),
            "size": JSONValue(bytes), "digest": .string(digest), "details": details,
        ]
    }

    /// An entry of `/api/ps`.
    func process(expires: String) -> JSONValue {
        [
            "name": .string(name), "model": .string(name), "size": JSONValue(bytes), "digest": .string(digest),
            "details": details, "expires_at": .string(expires), "size_vram": 0,
            "context_length": JSONValue(contextLength),
        ]
    }

    /// The answer of `/api/show`.
    func show(modified: String) -> JSONValue {
        [
            "modelfile": .string("# recorded responses\nFROM \(name)\n"), "parameters": "", "template": "",
            "details": details,
            "model_info": [
                "general.architecture": "replay", "replay.context_length": JSONValue(contextLength),
            ],
            "capabilities": ["completion"], "modified_at": .string(modified),
        ]
    }

    // MARK: OpenAI, as llama-server

    /// An entry of `data` of `/v1/models`.
    func entry(created: Int) -> JSONValue {
        [
            "id": .string(name), "aliases": [.string(name)], "tags": [], "object": "model",
            "created": JSONValue(created), "owned_by": "chimera-gate",
            "meta": [
                "n_ctx": JSONValue(contextLength), "n_ctx_train": JSONValue(contextLength),
                "ftype": quantization,
                "n_params": recorded?.parameters.flatMap(Int.init).map { JSONValue($0) } ?? .null,
            ],
        ]
    }

    /// The answer of `/props`; `chimera_gate_replay` is how a client knows that it measures a replay.
    ///
    /// - Parameter server: who was recorded; nil where that is not known.
    func props(of server: ServerIdentity?) -> JSONValue {
        [
            "default_generation_settings": ["params": [:], "n_ctx": JSONValue(contextLength)],
            "total_slots": 1, "model_alias": .string(name), "model_ftype": quantization,
            "model_path": .string(recorded?.name ?? name),
            "modalities": ["vision": false, "video": false, "audio": false],
            "endpoint_slots": false, "endpoint_props": true, "endpoint_metrics": false, "chat_template": "",
            "bos_token": "", "eos_token": "", "build_info": .string(server?.version ?? OpenAIFormat.fingerprint),
            "is_sleeping": false, "chimera_gate_replay": true,
            "chimera_gate_recorded": server.map { .string($0.product) } ?? .null,
        ]
    }
}
