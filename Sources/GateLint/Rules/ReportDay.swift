internal import GateCore

/// G06: The day that a report gives itself.
enum ReportDay: LintRule {
    static let description = rule(
        .G06, [.error, .warning],
        "The report's date is not that of the run; one day off is a warning.",
        example: "Date: October 26, 2023", needsFacts: true)

    static func findings(_ audit: Audit) -> [Finding] {
        audit.claims.findings(of: .G06)
    }
}
