/// The exit statuses, split by what a pipeline should do about them. The tables of the documentation are made of it.
public enum GateExit: Int32, Sendable, CaseIterable {
    case pass = 0
    case regression = 1
    case qualityRegression = 3
    /// Which no repetition mends.
    case commandFailed = 4
    case inconclusive = 5
    case baselineMissing = 6
    case baselineUntrusted = 7
    case usage = 64
    case malformedData = 65
    case unavailable = 69
    /// A fault of chimera-gate itself.
    case bug = 70
    case cannotCreate = 73
    case inputOutput = 74
    case machineBusy = 75
    case noPermission = 77
    case configuration = 78

    /// When a command ends with it.
    public var meaning: String {
        switch self {
        case .pass: "pass, improvement, or only warnings"
        case .regression: "performance regression or exceeded budget"
        case .qualityRegression: "quality regression only; for `lint`, a report has errors"
        case .commandFailed:
            "runs of a command failed, or its report was not there; for `record`, all of its calls failed"
        case .inconclusive: "not decided, under `inconclusive: fail`"
        case .baselineMissing: "no baseline, or one that cannot be used; a base that cannot be measured"
        case .baselineUntrusted: "a baseline that was edited by hand, put back, or not signed as it has to be"
        case .usage: "the command line is wrong"
        case .malformedData: "malformed or missing data"
        case .unavailable: "no server answered, or nothing valid was measured"
        case .bug: "a fault of chimera-gate"
        case .cannotCreate: "a file or folder cannot be made"
        case .inputOutput: "reading or writing failed"
        case .machineBusy: "others used the machine, under `machine_busy: fail`"
        case .noPermission: "a file may not be read or written"
        case .configuration: "the configuration is wrong; also a wrong key or model"
        }
    }

    /// What a pipeline should do about it.
    public var action: String {
        switch self {
        case .pass: "go on"
        case .regression, .qualityRegression: "block"
        case .commandFailed: "mend the command"
        case .inconclusive: "soft failure"
        case .baselineMissing: "approve one, or fetch the base"
        case .baselineUntrusted: "block, and find out who changed it"
        case .usage, .malformedData, .configuration: "fix"
        case .unavailable, .machineBusy: "retry"
        case .bug, .cannotCreate, .inputOutput, .noPermission: "investigate"
        }
    }

    /// The status of several steps together: what blocks first, in the order of the verdicts, then what no repetition mends;
    /// nil where none failed.
    public static func worst(of statuses: some Sequence<Int32>) -> Int32? {
        let failed = statuses.filter { $0 != pass.rawValue }
        let blocking = [baselineUntrusted, regression, qualityRegression].map(\.rawValue)
        return blocking.first(where: failed.contains) ?? lasting(of: failed)
    }

    /// Of statuses that weigh the same, one that no repetition mends, and of those the largest; nil of none.
    static func lasting<Status: BinaryInteger>(of statuses: some Sequence<Status>) -> Status? {
        let retried = [unavailable, machineBusy].map { Status($0.rawValue) }
        return statuses.filter { !retried.contains($0) }.max() ?? statuses.max()
    }
}
