internal import GateCore

/// E03: Data that the report itself declares invented.
enum DeclaredFiction: LintRule {
    static let description = rule(
        .E03, [.warning],
        "The report says itself that its numbers are made up.",
        example: "The numbers are fictional", needsFacts: true)

    static func findings(_ audit: Audit) -> [Finding] {
        audit.claims.declarations.fictions().map { found in
            audit.claims.finding(
                .E03, .warning, found.phrase, found.bytes,
                evidence: audit.claims.document.text(ofLine: audit.claims.binder.phrases[found.phrase].line).prefixed(
                    160),
                message: "The report says itself that its figures are not real.")
        }
    }
}
