internal import GateCore

/// E02: Names that the data does not know.
enum InventedName: LintRule {
    static let description = rule(
        .E02, [.warning],
        "A name like those of the data that the data does not have.",
        example: "Model A", needsFacts: true)

    static func findings(_ audit: Audit) -> [Finding] {
        audit.claims.findings(of: .E02)
    }
}
