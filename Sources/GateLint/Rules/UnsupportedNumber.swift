internal import GateCore

/// G01: A number that is bound to nothing and stands nowhere in the data.
enum UnsupportedNumber: LintRule {
    static let description = rule(
        .G01, [.warning],
        "Nothing in the data gives the number, at any scale and in any unit.",
        example: "Accuracy: 85.2 %", needsFacts: true)

    static func findings(_ audit: Audit) -> [Finding] {
        audit.claims.findings(of: .G01)
    }
}
