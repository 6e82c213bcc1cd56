public import GateCore

/// The answer for one family of rules: whether any report has more errors than are allowed.
public struct FamilyVerdict: Codable, Sendable, Equatable {
    public let family: RuleFamily
    /// `pass`, `regression`, or `info` where nothing says how many errors are allowed.
    public let outcome: Outcome
    /// Errors in all reports.
    public let errors: Int
    public let warnings: Int
    public let explanation: String
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
    /// as much; nil where that was not tested.
    public let p: Double?
    public let explanation: String
    public let remedy: String
}

/// A finding in the report of a run.
public struct ReportFinding: Codable, Sendable, Equatable {
    public let run: Int
    /// Relative to the session directory.
    public let file: String
    public let finding: Finding

    public init(run: Int, file: String, finding: Finding) {
        self.run = run
        self.file = file
        self.finding = finding
    }
}

/// Everything that was judged of a session's reports.
public struct QualityJudgement: Codable, Sendable, Equatable {
    /// In the order of the taxonomy.
    public let families: [FamilyVerdict]
    /// In the order of the catalogue.
    public let metrics: [QualityVerdict]
    public let reports: [ReportQuality]
    /// The worst findings, first of rules of which there are more than are allowed, then the severest; the reports themselves have more where ``findings`` says so.
    public let worst: [ReportFinding]
    /// Rules of which a report has more errors than are allowed; nil where nothing says how many are, and in verdicts of before
    /// it was kept.
    public let exceeded: [RuleID]?
    /// Findings in all reports.
    public let findings: Int
    /// Errors that a report may have; nil where neither baseline nor configuration says.
    public let allowance: QualityAllowance?
    public let warnings: [Warning]

    /// True where the reports block the merge.
    public var isRegression: Bool {
        families.contains { $0.outcome.isRegression } || metrics.contains { $0.outcome.isRegression }
    }
}
