internal import GateCore

/// Findings as Markdown, for a comment or a job's summary.
public struct LintMarkdown: Sendable {
    /// Findings of one report that are shown; the others are counted.
    public static let longestList = 100

    public init() {}

    public func render(_ reports: [LintedReport]) -> String {
        var lines = ["# Report quality", "", MarkdownText.prose(LintText.total(of: reports)) + ".", ""]
        for report in reports where !report.assessment.findings.isEmpty || !report.notes.isEmpty {
            lines += ["## \(MarkdownText.code(report.path))", ""]
            for note in report.notes { lines += [MarkdownText.prose(note), ""] }
            let findings = report.assessment.findings
            guard !findings.isEmpty else { continue }
            lines += LintMarkdown.table(Array(findings.prefix(LintMarkdown.longestList)))
            let rest = findings.count - LintMarkdown.longestList
            lines += rest > 0 ? ["", "\(rest) more findings are not shown.", ""] : [""]
        }
        return lines.joined(separator: "\n")
    }

    /// One row for each finding.
    static func table(_ findings: [Finding]) -> [String] {
        MarkdownText.table(
            ["line", "severity", "rule", "claim", "what is wrong", "evidence"],
            findings.map { finding in
                [
                    "\(finding.place.line):\(finding.place.columnStart)", finding.severity.rawValue,
                    finding.rule.rawValue, MarkdownText.code(finding.claim, limit: 80),
                    MarkdownText.prose(finding.message), MarkdownText.prose(finding.evidence),
                ]
            })
    }
}
