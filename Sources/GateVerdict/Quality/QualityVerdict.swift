public import GateCore

/// The answer for one family of rules: whether any report has more errors than are allowed.
public struct FamilyVerdict: Codable, Sendable, Equatable {
    public let family: RuleFamily
    /// `pass`, `regression`, or `info` where nothing says how many errors are allowed.
    public let outcome: Outcome
    /// Errors in all reports.
    public let errors: Int
    /// Warnings in all reports.
    public let warnings: Int
    /// One sentence with the figures.
    public let explanation: String
    /// What to do.
    public let remedy: String
}

/// The answer for one metric of the reports.
public struct QualityVerdict: Codable, Sendable, Equatable {
    public let metric: MetricID
    public let unit: MetricUnit
    public let direction: Direction
    public let outcome: Outcome
    public let baseline: SampleSummary?
    public let observed: SampleSummary?
    public let tolerance: Tolerance?
    public let budget: Budget?
    /// The probability of such reports if they were no worse than is allowed, of an improvement if they were no better by
    /// as much; nil where that was not tested. 0 to 1.
    public let p: Double?
    /// One sentence with the figures.
    public let explanation: String
    /// What to do; empty where nothing needs to be done.
    public let remedy: String
}

/// A finding in the report of a run.
public struct ReportFinding: Codable, Sendable, Equatable {
    /// The run's number.
    public let run: Int
    /// Relative to the session directory.
    public let file: String
    public let finding: Finding
}

/// Everything that was judged of a session's reports.
public struct QualityJudgement: Codable, Sendable, Equatable {
    /// In the order of the taxonomy.
    public let families: [FamilyVerdict]
    /// In the order of the catalogue.
    public let metrics: [QualityVerdict]
    /// In the order of the runs.
    public let reports: [ReportQuality]
    /// The worst findings, at most 20, first of rules of which there are more than are allowed, then the severest; the
    /// reports themselves have more where ``findings`` says so.
    public let worst: [ReportFinding]
    /// Rules of which a report has more errors than are allowed; nil where nothing says how many are, and in verdicts of before
    /// it was kept.
    public let exceeded: [RuleID]?
    /// Findings in all reports.
    public let findings: Int
    /// Errors that a report may have; nil where neither baseline nor configuration says.
    public let allowance: QualityAllowance?
    /// What makes the runs' timings doubtful.
    public let warnings: [Warning]
    /// Warnings of the report with the most of them, beyond those of any approved report; nil where none is approved, and in
    /// verdicts of before it was kept. At least 0.
    public let newWarnings: Int?

    /// True where the reports block the merge.
    public var isRegression: Bool {
        families.contains { $0.outcome.isRegression } || metrics.contains { $0.outcome.isRegression }
    }
}
