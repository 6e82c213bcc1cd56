internal import GateCore

/// One finding as programs read it (in `lint --format json`).
public struct LintedFinding: Codable, Sendable, Equatable {
    /// Of this format.
    public var version = 1
    /// The file's name without its extension.
    public let reportId: String
    /// Counted from 1.
    public let line: Int
    /// Code points from the start of the line, counted from 1; the end is exclusive.
    public let colStart: Int
    public let colEnd: Int
    public let ruleId: String
    public let severity: String
    /// As the report writes it.
    public let claim: String
    public let evidence: String
    public let message: String
}

extension LintedReport {
    /// The findings in their order.
    public var linted: [LintedFinding] {
        assessment.findings.map { finding in
            LintedFinding(
                reportId: reportID, line: finding.place.line, colStart: finding.place.columnStart,
                colEnd: finding.place.columnEnd, ruleId: finding.rule.rawValue, severity: finding.severity.rawValue,
                claim: finding.claim, evidence: finding.evidence, message: finding.message)
        }
    }
}
