/// Whether the proxy variables of the environment (`http_proxy`, `HTTPS_PROXY`, `NO_PROXY`, …) are heeded.
public enum ProxyPolicy: String, Codable, Sendable, CaseIterable {
    /// A proxy between us and the server would be measured with it.
    case none
    case environment
}

/// Where the bearer token is; the token itself is in no configuration and in no session.
public enum TokenSource: Sendable, Equatable {
    /// The path of a file that holds nothing else.
    case file(String)
    /// The name of an environment variable.
    case variable(String)
}

/// How a server is reached, beyond its address.
public struct TransportConfiguration: Codable, Sendable, Equatable {
    /// The path of the server's socket, in place of the address's host and port.
    public var unixSocket: String?
    /// The path of the certificates (PEM) that TLS trusts, in place of the system's.
    public var caFile: String?
    public var followsRedirects: Bool
    public var proxy: ProxyPolicy
    public var token: TokenSource?
    /// Further attempts of a call that was refused and may be made again without harm: no connection, a server that is
    /// loading, 429, and 503 with `Retry-After`. 0: what a server refuses is what it does.
    public var retries: Int

    /// The most that can be asked for.
    public static let mostRetries = 20

    public init(
        unixSocket: String? = nil, caFile: String? = nil, followsRedirects: Bool = false, proxy: ProxyPolicy = .none,
        token: TokenSource? = nil, retries: Int = 0
    ) {
        self.unixSocket = unixSocket
        self.caFile = caFile
        self.followsRedirects = followsRedirects
        self.proxy = proxy
        self.token = token
        self.retries = retries
    }

    private enum CodingKeys: String, CodingKey {
        case unixSocket
        case caFile
        case followRedirects
        case proxy
        case tokenFile
        case tokenEnv
        case retries
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let file = try container.decodeIfPresent(String.self, forKey: .tokenFile)
        let variable = try container.decodeIfPresent(String.self, forKey: .tokenEnv)
        self.init(
            unixSocket: try container.decodeIfPresent(String.self, forKey: .unixSocket),
            caFile: try container.decodeIfPresent(String.self, forKey: .caFile),
            followsRedirects: try container.decode(Bool.self, forKey: .followRedirects),
            proxy: try container.decode(ProxyPolicy.self, forKey: .proxy),
            token: file.map(TokenSource.file) ?? variable.map(TokenSource.variable),
            retries: try container.decodeIfPresent(Int.self, forKey: .retries) ?? 0)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(unixSocket, forKey: .unixSocket)
        try container.encodeIfPresent(caFile, forKey: .caFile)
        try container.encode(followsRedirects, forKey: .followRedirects)
        try container.encode(proxy, forKey: .proxy)
        if retries != 0 { try container.encode(retries, forKey: .retries) }
        switch token {
        case .file(let path): try container.encode(path, forKey: .tokenFile)
        case .variable(let name): try container.encode(name, forKey: .tokenEnv)
        case nil: break
        }
    }
}
