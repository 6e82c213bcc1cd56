internal import GateCore

/// G05: The digits of the data in another unit.
enum WrongUnit: LintRule {
    static let description = rule(
        .G05, [.error],
        "The number is right and its unit is not.",
        example: "102.16 ms, where it is tok/s", needsFacts: true)

    static func findings(_ audit: Audit) -> [Finding] {
        audit.claims.findings(of: .G05)
    }
}
