package import GateCore
package import GateStream

/// What a measuring proxy forwards to, and how it reads what passes.
package struct ProxyOptions: Sendable {
    /// Of its timeouts only that of the connection is kept: how long an answer may take is the client's business.
    package var server: ServerConfiguration
    /// Sent where the client brings no authorisation of its own.
    package var token: BearerToken?
    package var listen: ProxyAddress.Request
    /// Whether the server is asked for a stream where the client asks for a whole answer, so that its TTFT is known.
    package var forcesStream: Bool
    /// Whether the texts of answers are kept, for recordings.
    package var keepsText: Bool
    /// Whether whole answers are kept with the time of each of their pieces, to be answered again.
    package var keepsAnswers: Bool
    /// The header by which a client names the stage of a request, in lower case; it is not forwarded.
    package var stageHeader: String
    /// Told of each call when it has ended; on a thread of the proxy, which it must not keep for long.
    package var told: (@Sendable (ProxiedCall) -> Void)?

    package init(
        server: ServerConfiguration, token: BearerToken? = nil, listen: ProxyAddress.Request = .loopback(port: 0),
        forcesStream: Bool = false, keepsText: Bool = false, keepsAnswers: Bool = false,
        stageHeader: String = "x-chimera-stage",
        told: (@Sendable (ProxiedCall) -> Void)? = nil
    ) {
        self.server = server
        self.token = token
        self.listen = listen
        self.forcesStream = forcesStream
        self.keepsText = keepsText
        self.keepsAnswers = keepsAnswers
        self.stageHeader = stageHeader.lowercased()
        self.told = told
    }
}
