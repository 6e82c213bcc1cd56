/// What the machine and chimera-gate itself had done by one moment; nil where the system does not tell.
public struct MachineReading: Codable, Sendable, Equatable {
    /// The monotonic clock: counts from an arbitrary moment.
    public var monotonicNs: Nanoseconds
    /// Runnable tasks over the last minute. At least 0.
    public var loadAverage: Double?
    public var cpuTime: CPUTime?
    public var cpuFrequency: CPUFrequency?
    /// Waiting for a CPU, for disks, for memory.
    public var cpuStall: StallTime?
    public var ioStall: StallTime?
    public var memoryStall: StallTime?
    public var own: OwnUse?

    public init(
        monotonicNs: Nanoseconds, loadAverage: Double? = nil, cpuTime: CPUTime? = nil,
        cpuFrequency: CPUFrequency? = nil, cpuStall: StallTime? = nil, ioStall: StallTime? = nil,
        memoryStall: StallTime? = nil, own: OwnUse? = nil
    ) {
        self.monotonicNs = monotonicNs
        self.loadAverage = loadAverage
        self.cpuTime = cpuTime
        self.cpuFrequency = cpuFrequency
        self.cpuStall = cpuStall
        self.ioStall = ioStall
        self.memoryStall = memoryStall
        self.own = own
    }
}

/// CPU time of all processors together since the machine began, in seconds.
public struct CPUTime: Codable, Sendable, Equatable {
    /// Idle time included.
    public let totalSeconds: Double
    /// What the hypervisor gave to others while a processor of ours wanted to run (steal).
    public let stolenSeconds: Double

    public init(totalSeconds: Double, stolenSeconds: Double) {
        self.totalSeconds = totalSeconds
        self.stolenSeconds = stolenSeconds
    }
}

/// What the processors' clocks ran at.
public struct CPUFrequency: Codable, Sendable, Equatable {
    /// The slowest.
    public let slowestHertz: Double
    /// The fastest.
    public let fastestHertz: Double

    public init(slowestHertz: Double, fastestHertz: Double) {
        self.slowestHertz = slowestHertz
        self.fastestHertz = fastestHertz
    }
}

/// Time in which at least one task of the machine waited for a resource (the `some` line of Linux's PSI).
public struct StallTime: Codable, Sendable, Equatable {
    /// Share of the last ten seconds, 0 to 1.
    public let recentShare: Double
    /// Seconds since the machine began.
    public let totalSeconds: Double

    public init(recentShare: Double, totalSeconds: Double) {
        self.recentShare = recentShare
        self.totalSeconds = totalSeconds
    }
}

/// What chimera-gate itself has used since it began.
public struct OwnUse: Codable, Sendable, Equatable {
    /// User and system time of all threads.
    public let cpuSeconds: Double
    /// How often the kernel took a thread off its CPU that would have gone on.
    public let involuntarySwitches: Int

    public init(cpuSeconds: Double, involuntarySwitches: Int) {
        self.cpuSeconds = cpuSeconds
        self.involuntarySwitches = involuntarySwitches
    }

    public static func - (later: OwnUse, earlier: OwnUse) -> OwnUse {
        OwnUse(
            cpuSeconds: later.cpuSeconds - earlier.cpuSeconds,
            involuntarySwitches: later.involuntarySwitches - earlier.involuntarySwitches)
    }
}

/// What else went on while a run was measured: readings at its start and at its end.
public struct Interference: Codable, Sendable, Equatable {
    public let start: MachineReading
    public let end: MachineReading
    /// What chimera-gate used within the run to read the corpus, before the first call.
    public let ingest: OwnUse?

    public init(start: MachineReading, end: MachineReading, ingest: OwnUse?) {
        self.start = start
        self.end = end
        self.ingest = ingest
    }

    public var wallSeconds: Double { (end.monotonicNs - start.monotonicNs).seconds }

    /// Stolen share of the machine's CPU time, 0 to 1; nil where it is not known.
    public var stolenShare: Double? {
        guard let before = start.cpuTime, let after = end.cpuTime, after.totalSeconds > before.totalSeconds else {
            return nil
        }
        return share(after.stolenSeconds - before.stolenSeconds, of: after.totalSeconds - before.totalSeconds)
    }

    /// Share of the run in which some task waited for the resource, 0 to 1; nil where it is not known.
    public func stalledShare(_ resource: KeyPath<MachineReading, StallTime?>) -> Double? {
        guard let before = start[keyPath: resource], let after = end[keyPath: resource], wallSeconds > 0 else {
            return nil
        }
        return share(after.totalSeconds - before.totalSeconds, of: wallSeconds)
    }

    /// What chimera-gate used in the run but for reading the corpus; nil where it is not known.
    public var ownUseInCalls: OwnUse? {
        guard let before = start.own, let after = end.own else { return nil }
        let use = after - before
        return ingest.map { use - $0 } ?? use
    }

    private func share(_ part: Double, of whole: Double) -> Double { min(1, max(0, part / whole)) }
}
