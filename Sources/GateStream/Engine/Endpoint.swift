public import GateCore

/// Where calls go, and how long each may take.
public struct Endpoint: Sendable, Equatable {
    /// The whole address that requests are posted to: `http://127.0.0.1:11434/api/chat`.
    public var url: String
    /// In which the request is written and the answer is read.
    public var api: ServerAPI
    /// `readySeconds` is not used.
    public var timeouts: TimeoutConfiguration
    public var connection: ConnectionOptions
    /// The tokens that every request asks for at most: it bounds what an answer can be. nil for no cap.
    public var tokenCap: Int?

    public init(
        url: String, api: ServerAPI, timeouts: TimeoutConfiguration = TimeoutConfiguration(),
        connection: ConnectionOptions = ConnectionOptions(), tokenCap: Int? = nil
    ) {
        self.url = url
        self.api = api
        self.timeouts = timeouts
        self.connection = connection
        self.tokenCap = tokenCap
    }

    /// The chat route of a configured server, or another, reached as it is configured.
    public init(
        chatOf server: ServerConfiguration, route: PromptRoute = .chat, token: BearerToken? = nil, tokenCap: Int? = nil
    ) {
        let connection = ConnectionOptions(transport: server.transport ?? TransportConfiguration(), token: token)
        let dialect = server.api.dialect
        let path = route == .generate ? dialect.generatePath ?? dialect.chatPath : dialect.chatPath
        self.init(
            url: server.url + path, api: server.api, timeouts: server.timeouts, connection: connection,
            tokenCap: tokenCap)
    }
}
