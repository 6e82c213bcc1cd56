/// The name under which a workload's baselines are kept: that of what is run, or one of its own where several of a kind
/// are measured.
public struct WorkloadName: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// Part of a path: `[a-z0-9][a-z0-9._-]*` wherever it was checked.
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ kind: WorkloadKind) { rawValue = kind.rawValue }

    public var description: String { rawValue }
}

extension Configuration {
    public var workloadName: WorkloadName { name.map(WorkloadName.init(rawValue:)) ?? WorkloadName(workload) }
}

extension Session {
    public var workloadName: WorkloadName {
        configuration.name.map(WorkloadName.init(rawValue:)) ?? WorkloadName(workload)
    }
}

extension Baseline {
    public var workloadName: WorkloadName { name.map(WorkloadName.init(rawValue:)) ?? WorkloadName(workload) }
}
