internal import GateCore

/// I01: One metric of one subject with two values.
enum TwoValues: LintRule {
    static let description = rule(
        .I01, [.error],
        "The report gives one metric two values.",
        example: "TTFT 12 ms … TTFT 15 ms")

    static func findings(_ audit: Audit) -> [Finding] {
        audit.claims.findings(of: .I01)
    }
}
