/// A graphics processor that a model may run on.
public struct GPUIdentity: Codable, Sendable, Equatable {
    /// As its driver calls it; where it does not, vendor and device number of the PCI bus.
    public let name: String
    /// nil where it is not known.
    public let memoryBytes: Int64?
    /// The driver's version; nil where it is not known.
    public let driver: String?

    public init(name: String, memoryBytes: Int64? = nil, driver: String? = nil) {
        self.name = name
        self.memoryBytes = memoryBytes
        self.driver = driver
    }
}

/// What a container or service may use of its machine (control groups).
public struct ContainerLimits: Codable, Sendable, Equatable {
    /// Processors, 1.5 for one and a half; nil where there is no limit. More than 0.
    public let cpus: Double?
    /// nil where there is no limit.
    public let memoryBytes: Int64?

    public init(cpus: Double? = nil, memoryBytes: Int64? = nil) {
        self.cpus = cpus
        self.memoryBytes = memoryBytes
    }
}

/// What a server says of how it was started; nil for what it does not say.
public struct ServerOptions: Codable, Sendable, Equatable {
    /// Requests that it serves at once.
    public let slots: Int?
    /// Tokens of context for each of them.
    public let contextLength: Int?

    public init(slots: Int? = nil, contextLength: Int? = nil) {
        self.slots = slots
        self.contextLength = contextLength
    }
}

extension Environment {
    /// What a process may use: the machine's processors, or fewer by its container's limit.
    public var usableCPUs: Double { min(Double(cpuCount), limits?.cpus ?? .infinity) }
    /// The same of its memory. Bytes.
    public var usableMemoryBytes: Int64 { min(memoryBytes, limits?.memoryBytes ?? .max) }
}
