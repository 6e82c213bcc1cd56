public import GateCore
import GateJSON

/// The programs that chimera-gate knows to tell apart.
public enum ServerProduct: String, Sendable, CaseIterable {
    case ollama
    case llamaServer = "llama-server"
    case vllm
    case replay
    case unknown
}

/// What a server says of itself and of the model.
public struct ServerProfile: Sendable, Equatable {
    public let product: ServerProduct
    public let server: ServerIdentity
    public let model: ModelIdentity

    public init(product: ServerProduct, server: ServerIdentity, model: ModelIdentity) {
        self.product = product
        self.server = server
        self.model = model
    }
}

/// The server did not answer at all.
public struct ProbeError: Error, Sendable, Equatable, CustomStringConvertible {
    public let url: String
    public let reason: InvalidCall

    public var description: String { "no model server answers at \(url): \(reason.detail)" }
}

/// Asks a server for its identity. Every answer is optional but the first: a server that answers nothing is not there.
struct ServerProbe {
    let server: ServerConfiguration
    let model: String
    let fetch: (_ path: String, _ body: JSONValue?) -> Result<JSONValue, InvalidCall>

    func profile() throws(ProbeError) -> ServerProfile {
        switch server.api {
        case .ollama: try ollama()
        case .openai: try openAI()
        }
    }

    private func ollama() throws(ProbeError) -> ServerProfile {
        let version = try required("/api/version")
        let isReplay = version["chimera_gate_replay"]?.bool == true
        let entry = optional("/api/tags")?["models"]?.array?.first { isNamed($0["model"] ?? $0["name"]) }
        let shown = optional("/api/show", body: ["model": .string(model)])
        let details = shown?["details"] ?? entry?["details"]
        let contextLength = shown?["model_info"]?.object?.first { $0.key.hasSuffix(".context_length") }?.value.int
        return profile(
            product: isReplay ? .replay : .ollama, recorded: version["chimera_gate_recorded"]?.string,
            version: version["version"]?.string,
            model: ModelIdentity(
                name: model, digest: entry?["digest"]?.string,
                quantization: details?["quantization_level"]?.string,
                parameters: details?["parameter_size"]?.string, contextLength: contextLength))
    }

    private func openAI() throws(ProbeError) -> ServerProfile {
        let models = try required("/v1/models")
        let entries = models["data"]?.array ?? []
        let entry = entries.first { isNamed($0["id"]) } ?? (entries.count == 1 ? entries[0] : nil)
        let properties = optional("/props")
        let product: ServerProduct
        var version: String?
        if let properties, properties["model_path"] != nil || properties["default_generation_settings"] != nil {
            product = properties["chimera_gate_replay"]?.bool == true ? .replay : .llamaServer
            version = properties["build_info"]?.string
        } else if let answer = optional("/version"), let text = answer["version"]?.string {
            product = .vllm
            version = text
        } else {
            product = .unknown
        }
        let meta = entry?["meta"]
        // llama-server says which file it serves; its folder is the server's own business.
        let file = properties?["model_path"]?.string?.split(separator: "/").last.map(String.init)
        return profile(
            product: product, recorded: properties?["chimera_gate_recorded"]?.string, version: version,
            options: properties.flatMap(options),
            model: ModelIdentity(
                name: file ?? entry?["id"]?.string ?? model, digest: nil,
                quantization: properties?["model_ftype"]?.string ?? meta?["ftype"]?.string,
                parameters: meta?["n_params"]?.int.map(String.init),
                contextLength: properties?["default_generation_settings"]?["n_ctx"]?.int
                    ?? meta?["n_ctx"]?.int ?? entry?["max_model_len"]?.int))
    }

    private func options(_ properties: JSONValue) -> ServerOptions? {
        let options = ServerOptions(
            slots: properties["total_slots"]?.int,
            contextLength: properties["default_generation_settings"]?["n_ctx"]?.int)
        return options == ServerOptions() ? nil : options
    }

    /// - Parameter recorded: who is replayed, where that is known: a session against one's own recording has the
    ///   identity of what was recorded.
    private func profile(
        product: ServerProduct, recorded: String?, version: String?, options: ServerOptions? = nil,
        model: ModelIdentity
    ) -> ServerProfile {
        ServerProfile(
            product: product,
            server: ServerIdentity(
                api: server.api, product: recorded ?? product.rawValue, version: version, url: server.url,
                options: options),
            model: model)
    }

    private func required(_ path: String) throws(ProbeError) -> JSONValue {
        switch fetch(path, nil) {
        case .success(let value): return value
        // It answered, if only to say no: it is there.
        case .failure(let invalid) where !invalid.meansNoServer && invalid.kind != .serverLoading: return .null
        case .failure(let invalid): throw ProbeError(url: server.url, reason: invalid)
        }
    }

    private func optional(_ path: String, body: JSONValue? = nil) -> JSONValue? {
        if case .success(let value) = fetch(path, body), !value.isNull { return value }
        return nil
    }

    /// Ollama adds `:latest` to a name without a tag.
    private func isNamed(_ value: JSONValue?) -> Bool {
        guard let name = value?.string else { return false }
        return name == model || name == "\(model):latest"
    }
}
