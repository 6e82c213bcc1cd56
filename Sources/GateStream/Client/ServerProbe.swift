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
    let model: ModelName
    let fetch: (_ path: String, _ body: JSONValue?) -> Result<JSONValue, InvalidCall>

    /// - Parameter recorded: who is replayed, where that is known: a session against one's own recording has the
    ///   identity of what was recorded.
    func profile(
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

    func required(_ path: String) throws(ProbeError) -> JSONValue {
        switch fetch(path, nil) {
        case .success(let value): return value
        // It answered, if only to say no: it is there.
        case .failure(let invalid) where !invalid.meansNoServer && invalid.kind != .serverLoading: return .null
        case .failure(let invalid): throw ProbeError(url: server.url, reason: invalid)
        }
    }

    func optional(_ path: String, body: JSONValue? = nil) -> JSONValue? {
        if case .success(let value) = fetch(path, body), !value.isNull { return value }
        return nil
    }
}

/// A model as the user names it.
struct ModelName: Sendable {
    let asked: String

    /// Ollama adds `:latest` to a name without a tag.
    func isMeant(by value: JSONValue?) -> Bool {
        guard let name = value?.string else { return false }
        return name == asked || name == "\(asked):latest"
    }
}

extension ServerProfile {
    /// The keys of `agent` that are set and that this server takes no notice of.
    public func optionsWithoutEffect(of agent: AgentConfiguration) -> [String] {
        server.api.dialect.optionsWithoutEffect(of: agent, product: product)
    }
}
