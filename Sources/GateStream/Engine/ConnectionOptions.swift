public import GateCore

/// How an endpoint is reached.
public struct ConnectionOptions: Sendable, Equatable {
    /// Keeps connections for later calls. Off, each call makes its own, so that no call's figures depend on another's.
    public var reusesConnections: Bool
    public var transport: TransportConfiguration
    /// Sent with every request to the endpoint's own host, and to no other.
    public var token: BearerToken?

    public init(
        reusesConnections: Bool = false, transport: TransportConfiguration = TransportConfiguration(),
        token: BearerToken? = nil
    ) {
        self.reusesConnections = reusesConnections
        self.transport = transport
        self.token = token
    }
}
