internal import GateCore

/// I02: What does not follow from its parts.
enum WrongArithmetic: LintRule {
    static let description = rule(
        .I02, [.error, .warning],
        "A percentage, factor, difference or sum does not follow from its parts; a warning for a table's last row.",
        example: "JSON (61 %), Markdown (61 %)")

    static func findings(_ audit: Audit) -> [Finding] {
        let sums = TableSums(binder: audit.claims.binder).findings()
        return audit.claims.findings(of: .I02)
            + sums.filter { !audit.claims.isBorneOut($0.bytes) }.map { wrong in
                audit.claims.finding(
                    .I02, .warning, wrong.phrase, wrong.bytes, evidence: wrong.evidence,
                    message: "The total is not the sum of the rows above it.")
            }
    }
}
