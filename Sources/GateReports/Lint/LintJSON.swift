public import GateCore

/// One finding as programs read it (in `lint --format json`).
public struct LintedFinding: Encodable, Sendable, Equatable {
    /// The version of this format.
    public let version = 1
    /// The file's name without its extension.
    public let reportId: String
    /// Counted from 1.
    public let line: Int
    /// Code points from the start of the line, counted from 1; the end is exclusive.
    public let colStart: Int
    /// As above; the first column after the claim. At least 1.
    public let colEnd: Int
    /// The rule; lint --list-rules describes each.
    public let ruleId: RuleID
    /// An error fails, a warning is counted, an info is neither.
    public let severity: Severity
    /// As the report writes it.
    public let claim: String
    /// The fact with its file and place, or the computation; empty where the claim speaks for itself.
    public let evidence: String
    /// What is wrong, in one sentence.
    public let message: String
}

extension LintedReport {
    /// The findings in their order.
    public var linted: [LintedFinding] {
        assessment.findings.map { finding in
            LintedFinding(
                reportId: reportID, line: finding.place.line, colStart: finding.place.columnStart,
                colEnd: finding.place.columnEnd, ruleId: finding.rule, severity: finding.severity,
                claim: finding.claim, evidence: finding.evidence, message: finding.message)
        }
    }
}
