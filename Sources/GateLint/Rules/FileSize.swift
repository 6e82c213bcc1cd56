internal import GateCore

/// G03: Sizes of files against the ingest.
enum FileSize: LintRule {
    static let description = rule(
        .G03, [.error, .warning],
        "A size of files is not that of the data; a warning where the data has no size of just that.",
        example: "44 files of 1.23 MB on average, out of 441,517 bytes", needsFacts: true)

    static func findings(_ audit: Audit) -> [Finding] {
        audit.claims.findings(of: .G03)
    }
}
