public import GateCore
public import GateVerdict

/// A call that ended without a judgement: no server answered, the configuration cannot be read, a signal ended it.
public struct FailedAttempt: Sendable {
    public var workload: WorkloadKind
    /// The workload's own name, as far as it is known; nil for that of what is run.
    public var name: String?
    public var machineClass: String
    public var toolVersion: String
    public var startedAt: UTCTime
    /// From the start to the failure.
    public var seconds: Double
    public var hostname: String?
    /// What the call has left all the same; nil where there is no session.
    public var sessionId: String?
    public var isInterrupted: Bool
    public var exitCode: Int
    /// What happened, in one sentence.
    public var message: String
    /// What to do about it.
    public var remedy: String

    public init(
        workload: WorkloadKind, name: String? = nil, machineClass: String, toolVersion: String, startedAt: UTCTime,
        seconds: Double,
        hostname: String?, sessionId: String? = nil, isInterrupted: Bool = false, exitCode: Int, message: String,
        remedy: String
    ) {
        self.workload = workload
        self.name = name
        self.machineClass = machineClass
        self.toolVersion = toolVersion
        self.startedAt = startedAt
        self.seconds = seconds
        self.hostname = hostname
        self.sessionId = sessionId
        self.isInterrupted = isInterrupted
        self.exitCode = exitCode
        self.message = message
        self.remedy = remedy
    }

    /// Under which reports of later calls stand, too.
    var workloadName: String { name ?? workload.rawValue }

    /// The outcome as a verdict: nothing was judged.
    public var judgement: Judgement {
        .ended(
            by: JudgementFailure(isInterrupted ? .interrupted : .couldNotRun, message: message, remedy: remedy),
            exitCode: exitCode, sessionId: sessionId ?? "", workload: workload, name: workloadName,
            machineClass: machineClass)
    }
}

extension JUnitSuite {
    /// A suite with one case, in error.
    init(_ attempt: FailedAttempt) {
        let verdict = OverallVerdict.infrastructureError.rawValue
        self.init(
            workload: attempt.workloadName, machineClass: attempt.machineClass,
            startedAt: attempt.startedAt, hostname: attempt.hostname, file: nil,
            properties: [
                ("chimera.schema", "1"), ("chimera.version", attempt.toolVersion),
                ("chimera.workload", attempt.workloadName), ("chimera.machine-class", attempt.machineClass),
                ("chimera.verdict", verdict), ("chimera.exit-code", "\(attempt.exitCode)"),
                ("chimera.started-at", attempt.startedAt.description),
            ],
            cases: [
                JUnitCase(
                    stage: .run, name: "completed",
                    result: .errored(
                        type: "InfrastructureError", message: attempt.message,
                        text: "\(attempt.message)\n\(attempt.remedy)\nNothing was judged."),
                    properties: [
                        ("unit", "s"), ("observed", DisplayFormat.fixed(attempt.seconds, decimals: 3)), ("n", "0"),
                    ], seconds: attempt.seconds)
            ],
            output: ["verdict: \(verdict) (exit code \(attempt.exitCode))"])
    }
}

extension SummaryMarkdown {
    /// The summary of a call that ended without a judgement.
    public static func couldNotRun(_ attempt: FailedAttempt) -> String { SummaryMarkdown().couldNotRun(attempt) }

    func couldNotRun(_ attempt: FailedAttempt) -> String {
        let heading = attempt.isInterrupted ? "interrupted" : "could not run"
        let paragraphs = [
            "\(level) \(title): \(heading)", "**\(MarkdownText.prose(attempt.message, limit: 2_000))**",
            MarkdownText.prose(attempt.remedy, limit: 2_000),
            "Nothing was judged. Workload \(MarkdownText.code(attempt.workloadName)) on"
                + " \(MarkdownText.code(attempt.machineClass)); exit code \(attempt.exitCode).",
        ]
        return paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }
}
