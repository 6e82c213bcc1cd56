public import GateCore

/// How recorded responses are served again.
public struct ReplayOptions: Sendable, Equatable {
    /// 0.7 is 30 % slower: gaps between tokens, and the server's figure for them, are divided by it.
    public var throughputFactor: Double
    /// 2 lets the first content come after twice the recorded time, and doubles the figure for prompt evaluation.
    public var ttftFactor: Double
    /// Every delay, and every duration that the server reports, is divided by it.
    public var speed: Double
    /// Seconds that the first call, and the first after an unload, waits for the model to be loaded (a cold start);
    /// nil for a model that is always there.
    public var loadSeconds: Double?
    /// Tokens; what the server says of its context window.
    public var contextLength: Int
    /// What goes wrong with every generation request.
    public var faults: [ReplayFault]
    /// What goes wrong with single generation requests besides, counted from 1 in the order of their arrival.
    public var faultsOfRequest: [Int: [ReplayFault]]
    /// Who answered when it was recorded, and which model: what the server says of itself. nil where that is not known.
    public var recordedServer: ServerIdentity?
    public var recordedModel: ModelIdentity?

    public init(
        throughputFactor: Double = 1, ttftFactor: Double = 1, speed: Double = 1, loadSeconds: Double? = nil,
        contextLength: Int = 131_072, faults: [ReplayFault] = [], faultsOfRequest: [Int: [ReplayFault]] = [:],
        recordedServer: ServerIdentity? = nil, recordedModel: ModelIdentity? = nil
    ) {
        self.throughputFactor = throughputFactor
        self.ttftFactor = ttftFactor
        self.speed = speed
        self.loadSeconds = loadSeconds
        self.contextLength = contextLength
        self.faults = faults
        self.faultsOfRequest = faultsOfRequest
        self.recordedServer = recordedServer
        self.recordedModel = recordedModel
    }

    /// The widest range of a factor.
    static let factors = 0.001...1_000_000

    func validate() throws(ReplayError) {
        for (name, value) in [
            ("the throughput factor", throughputFactor), ("the TTFT factor", ttftFactor), ("the speed", speed),
        ] where !ReplayOptions.factors.contains(value) {
            throw .impossibleOption(name, "\(value)", allowed: "0.001 to 1000000")
        }
        if let loadSeconds, !(0...86_400).contains(loadSeconds) {
            throw .impossibleOption("the load time", "\(loadSeconds)", allowed: "0 to 86400 seconds")
        }
        guard (1...1_000_000_000).contains(contextLength) else {
            throw .impossibleOption("the context length", "\(contextLength)", allowed: "1 to 1000000000 tokens")
        }
        for (request, faults) in faultsOfRequest where request < 1 && !faults.isEmpty {
            throw .impossibleOption("the number of a request with a fault", "\(request)", allowed: "1 or more")
        }
        for fault in faults { try fault.validate() }
        for fault in faultsOfRequest.values.joined() { try fault.validate() }
    }

    /// The requests, whatever their route, that are answered with "loading".
    var loadingRequests: Int {
        var most = 0
        for case .loading(let requests) in faults { most = max(most, requests) }
        return most
    }

    /// - Parameter request: counted from 1.
    func plan(ofRequest request: Int) -> FaultPlan { FaultPlan(faults + (faultsOfRequest[request] ?? [])) }
}
