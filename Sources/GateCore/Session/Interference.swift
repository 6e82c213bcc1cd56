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

    /// Several runs as if they followed each other at once; nil of none. What one of them does not know is not known.
    init?(sum parts: [Interference]) {
        guard !parts.isEmpty else { return nil }
        func sum<Value>(
            _ part: KeyPath<MachineReading, Value?>, _ number: (Value) -> Double
        ) -> Double? {
            let values = parts.compactMap { run -> Double? in
                guard let before = run.start[keyPath: part], let after = run.end[keyPath: part] else { return nil }
                return number(after) - number(before)
            }
            return values.count == parts.count ? values.reduce(0, +) : nil
        }
        func stall(_ part: KeyPath<MachineReading, StallTime?>) -> (zero: StallTime?, sum: StallTime?) {
            let seconds = sum(part, \.totalSeconds)
            return (
                seconds.map { _ in StallTime(recentShare: 0, totalSeconds: 0) },
                seconds.map { StallTime(recentShare: 0, totalSeconds: $0) }
            )
        }
        let (cpu, io, memory) = (stall(\.cpuStall), stall(\.ioStall), stall(\.memoryStall))
        let time = sum(\.cpuTime, \.totalSeconds).flatMap { total in
            sum(\.cpuTime, \.stolenSeconds).map { CPUTime(totalSeconds: total, stolenSeconds: $0) }
        }
        let own = sum(\.own, \.cpuSeconds).flatMap { seconds in
            sum(\.own) { Double($0.involuntarySwitches) }.map {
                OwnUse(cpuSeconds: seconds, involuntarySwitches: Int(clamping: $0))
            }
        }
        let ingests = parts.compactMap(\.ingest)
        self.init(
            start: MachineReading(
                monotonicNs: Nanoseconds(seconds: 0),
                cpuTime: time.map { _ in CPUTime(totalSeconds: 0, stolenSeconds: 0) }, cpuStall: cpu.zero,
                ioStall: io.zero, memoryStall: memory.zero,
                own: own.map { _ in OwnUse(cpuSeconds: 0, involuntarySwitches: 0) }),
            end: MachineReading(
                monotonicNs: Nanoseconds(seconds: parts.reduce(0) { $0 + $1.wallSeconds }), cpuTime: time,
                cpuStall: cpu.sum, ioStall: io.sum, memoryStall: memory.sum, own: own),
            ingest: ingests.isEmpty
                ? nil
                : OwnUse(
                    cpuSeconds: ingests.reduce(0) { $0 + $1.cpuSeconds },
                    involuntarySwitches: ingests.reduce(0) { $0 + $1.involuntarySwitches }))
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
