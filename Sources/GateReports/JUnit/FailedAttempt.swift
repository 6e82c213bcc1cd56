public import GateCore

/// A check that ended before there was a session: no server answered, no model was there.
public struct FailedAttempt: Sendable {
    public var workload: WorkloadKind
    public var machineClass: String
    public var toolVersion: String
    public var startedAt: UTCTime
    /// From the start to the failure.
    public var seconds: Double
    public var hostname: String?
    public var exitCode: Int
    /// What happened, in one sentence.
    public var message: String
    /// What to do about it.
    public var remedy: String

    public init(
        workload: WorkloadKind, machineClass: String, toolVersion: String, startedAt: UTCTime, seconds: Double,
        hostname: String?, exitCode: Int, message: String, remedy: String
    ) {
        self.workload = workload
        self.machineClass = machineClass
        self.toolVersion = toolVersion
        self.startedAt = startedAt
        self.seconds = seconds
        self.hostname = hostname
        self.exitCode = exitCode
        self.message = message
        self.remedy = remedy
    }
}

extension JUnitSuite {
    /// A suite with one case, in error.
    init(_ attempt: FailedAttempt) {
        let verdict = OverallVerdict.infrastructureError.rawValue
        self.init(
            workload: attempt.workload.rawValue, machineClass: attempt.machineClass, seconds: attempt.seconds,
            startedAt: attempt.startedAt, hostname: attempt.hostname, file: nil,
            properties: [
                ("chimera.schema", "1"), ("chimera.version", attempt.toolVersion),
                ("chimera.workload", attempt.workload.rawValue), ("chimera.machine-class", attempt.machineClass),
                ("chimera.verdict", verdict), ("chimera.exit-code", "\(attempt.exitCode)"),
                ("chimera.started-at", attempt.startedAt.description),
            ],
            cases: [
                JUnitCase(
                    stage: .run, name: "completed",
                    result: .errored(
                        type: "InfrastructureError", message: attempt.message,
                        text: "\(attempt.message)\n\(attempt.remedy)\nNo metric was measured."),
                    properties: [
                        ("unit", "s"), ("observed", DisplayFormat.fixed(attempt.seconds, decimals: 3)), ("n", "0"),
                    ])
            ],
            output: ["verdict: \(verdict) (exit code \(attempt.exitCode))"])
    }
}
