/// A cold start of the model on purpose: it was taken out of the server's memory, and the next call had to load it.
public struct ModelLoad: Codable, Sendable, Equatable {
    /// The server's own figure for loading, in seconds.
    public let loadSeconds: Double
    /// By the client's clock: about to write that call's request, to the end of its answer of one token. Seconds.
    public let callSeconds: Double

    public init(loadSeconds: Double, callSeconds: Double) {
        self.loadSeconds = loadSeconds
        self.callSeconds = callSeconds
    }
}

extension Session {
    /// Seconds of every cold start that was made on purpose: loads of the model by the server's own figure where it was
    /// unloaded for that, else starts of the server.
    public var coldStarts: [Double] {
        if let modelLoads, !modelLoads.isEmpty { return modelLoads.map(\.loadSeconds) }
        return serverStarts
    }
}
