/// How an endpoint is reached.
public struct ConnectionOptions: Sendable, Equatable {
    /// Keeps connections for later calls. Off, each call makes its own, so that no call's figures depend on another's.
    public var reusesConnections: Bool

    public init(reusesConnections: Bool = false) {
        self.reusesConnections = reusesConnections
    }
}
