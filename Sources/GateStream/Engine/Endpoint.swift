public import GateCore

/// How a streamed answer is framed, and where its content is.
public enum StreamFormat: Sendable, Equatable, CaseIterable {
    /// Ollama's `/api/chat` and `/api/generate`: one JSON object per line.
    case ollama
    /// OpenAI's `/v1/chat/completions` and `/v1/completions`: server-sent events.
    case openAI
    /// llama-server's own `/completion`: server-sent events without `[DONE]`.
    case llamaCompletion
}

/// Which of Ollama's two routes a prompt goes to. Other servers have one.
public enum PromptRoute: Sendable, Equatable {
    case chat
    /// The older one, which some servers that imitate Ollama have alone.
    case generate
}

/// Where calls go, and how long each may take.
public struct Endpoint: Sendable, Equatable {
    /// The whole address that requests are posted to: `http://127.0.0.1:11434/api/chat`.
    public var url: String
    public var format: StreamFormat
    /// `readySeconds` is not used.
    public var timeouts: TimeoutConfiguration
    public var connection: ConnectionOptions
    /// The tokens that every request asks for at most: it bounds what an answer can be. nil for no cap.
    public var tokenCap: Int?

    public init(
        url: String, format: StreamFormat, timeouts: TimeoutConfiguration = TimeoutConfiguration(),
        connection: ConnectionOptions = ConnectionOptions(), tokenCap: Int? = nil
    ) {
        self.url = url
        self.format = format
        self.timeouts = timeouts
        self.connection = connection
        self.tokenCap = tokenCap
    }

    /// The chat route of a configured server, or another, reached as it is configured.
    public init(
        chatOf server: ServerConfiguration, route: PromptRoute = .chat, token: BearerToken? = nil, tokenCap: Int? = nil
    ) {
        let connection = ConnectionOptions(transport: server.transport ?? TransportConfiguration(), token: token)
        switch server.api {
        case .ollama:
            self.init(
                url: server.url + (route == .chat ? "/api/chat" : "/api/generate"), format: .ollama,
                timeouts: server.timeouts, connection: connection, tokenCap: tokenCap)
        case .openai:
            self.init(
                url: server.url + "/v1/chat/completions", format: .openAI, timeouts: server.timeouts,
                connection: connection, tokenCap: tokenCap)
        }
    }
}
