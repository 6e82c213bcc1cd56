internal import GateCore

/// G02: Counts and shares of files against the ingest.
enum FileCount: LintRule {
    static let description = rule(
        .G02, [.error, .warning],
        "A count or share of files is not that of the data; a warning where the data does not count such files.",
        example: "CSV Files (82), where there are 28", needsFacts: true)

    static func findings(_ audit: Audit) -> [Finding] {
        audit.claims.findings(of: .G02)
    }
}
