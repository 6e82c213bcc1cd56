internal import GateCore

/// E01: Files that do not exist.
enum InventedFile: LintRule {
    static let description = rule(
        .E01, [.error],
        "A file that the data does not have.",
        example: "json_001.json", needsFacts: true)

    static func findings(_ audit: Audit) -> [Finding] {
        audit.claims.findings(of: .E01)
    }
}
