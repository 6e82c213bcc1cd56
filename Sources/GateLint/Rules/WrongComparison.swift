internal import GateCore

/// I03: Orders that the values refute.
enum WrongComparison: LintRule {
    static let description = rule(
        .I03, [.error],
        "A superlative, a majority, an order or a direction is not what the values say.",
        example: "the lowest latency, where another is lower")

    static func findings(_ audit: Audit) -> [Finding] {
        audit.claims.findings(of: .I03)
    }
}
