internal import GateCore

/// G08: A spread that the data neither has nor gives.
enum InventedStatistic: LintRule {
    static let description = rule(
        .G08, [.warning],
        "A standard deviation or range that the data does not have.",
        example: "Standard Deviation: 3.2", needsFacts: true)

    static func findings(_ audit: Audit) -> [Finding] {
        audit.claims.findings(of: .G08)
    }
}
