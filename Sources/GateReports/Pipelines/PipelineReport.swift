public import GateCore
import GateVerdict

/// What a check tells the platform that runs it, besides the files that every platform finds in the session directory.
/// Pure: handing it over is somebody else's job.
public struct PipelineReport: Sendable {
    /// One thing to hand over.
    public enum Delivery: Sendable, Equatable {
        /// Goes to the end of the file that the variable names.
        case append(text: String, variable: String)
        /// Markdown of at most so many bytes, which goes to the end of the file that the variable names: what is there
        /// already counts for the limit.
        case summary(variable: String, limit: Int)
        /// The text of a file of the session directory.
        case file(File, text: String)
        /// Lines that the platform's runner looks for in the log.
        case log([String])
    }

    /// Which file of the session directory.
    public enum File: Sendable, Equatable {
        /// OpenMetrics, for GitLab.
        case metrics
        /// Markdown, for Buildkite's agent.
        case annotation
    }

    private let verdict: String
    private let exitCode: Int
    private let annotations: [Annotation]
    private let metrics: OpenMetrics
    private let render: @Sendable (_ limit: Int) throws -> String

    public init(_ input: ReportInput) {
        verdict = input.judgement.overall.rawValue
        exitCode = input.judgement.exitCode
        annotations = Annotation.all(of: input)
        metrics = OpenMetrics(input)
        render = { try SummaryMarkdown(limit: $0).render(input) }
    }

    /// Of several workloads: one verdict, one summary within the platform's limit, and no more annotations than of one.
    public init(_ joint: JointInput) {
        verdict = joint.judgement.overall.rawValue
        exitCode = joint.judgement.exitCode
        annotations = Annotation.all(of: joint)
        metrics = OpenMetrics(joint)
        render = { try JointMarkdown(limit: $0).render(joint) }
    }

    /// Of a call that ended without a judgement.
    public init(_ attempt: FailedAttempt) {
        verdict = attempt.judgement.overall.rawValue
        exitCode = attempt.exitCode
        annotations = [Annotation(attempt)]
        metrics = OpenMetrics(attempt)
        render = { _ in SummaryMarkdown.couldNotRun(attempt) }
    }

    /// Of cases of any tool.
    public init(_ cases: JudgedCases) {
        verdict = cases.overall.caseWord
        exitCode = cases.exitCode
        annotations = Annotation.all(of: cases)
        metrics = OpenMetrics(cases)
        render = { CasesMarkdown(limit: $0).render(cases) }
    }

    /// - Parameter limit: bytes.
    public func summary(within limit: Int) throws -> String { try render(limit) }

    /// - Parameter summaryFile: where the summary is, absolute.
    public func deliveries(to platform: PipelineJob.Platform, summaryFile: String) throws -> [Delivery] {
        switch platform {
        case .github:
            [
                .summary(variable: "GITHUB_STEP_SUMMARY", limit: PipelineReport.largestSummary),
                // Whoever reads these puts them into scripts: nothing that others chose stands in them.
                .append(text: "verdict=\(verdict)\nstatus=\(exitCode)\n", variable: "GITHUB_OUTPUT"),
                .log(shown.map(LogCommands.github)),
            ]
        case .gitlab: [.file(.metrics, text: metrics.text)]
        case .buildkite: [.file(.annotation, text: try summary(within: PipelineReport.largestSummary))]
        case .azure: [.log(shown.map(LogCommands.azure) + [LogCommands.azureSummary(summaryFile)])]
        // They take junit.xml as it is, and nothing else.
        case .jenkins, .circleci: []
        }
    }

    /// GitHub takes 1 MiB of a step, Buildkite of an annotation.
    static let largestSummary = 1 << 20

    private var shown: [Annotation] { Annotation.capped(annotations, rest: "are in summary.md") }
}
