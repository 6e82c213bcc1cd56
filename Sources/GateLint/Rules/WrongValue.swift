internal import GateCore

/// G04: A number that is bound to one meaning, of which the data says something else.
enum WrongValue: LintRule {
    static let description = rule(
        .G04, [.error, .warning],
        "What a row and a column of the data say is another value; or the value is that of another row, column or statistic.",
        example: "gemma3 reached 283.56 tok/s, which is gemma3_270m's", needsFacts: true)

    static func findings(_ audit: Audit) -> [Finding] {
        audit.claims.findings(of: .G04)
    }
}
