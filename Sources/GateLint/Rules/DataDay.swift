internal import GateCore

/// G07: Dates of the data.
enum DataDay: LintRule {
    static let description = rule(
        .G07, [.warning],
        "A date is not one of the data: of its files, their names and their contents.",
        example: "data from October 1 to November 30", needsFacts: true)

    static func findings(_ audit: Audit) -> [Finding] {
        audit.claims.findings(of: .G07)
    }
}
