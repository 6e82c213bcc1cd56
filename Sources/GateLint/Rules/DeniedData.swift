internal import GateCore

/// E04: Denials of data that is there.
enum DeniedData: LintRule {
    static let description = rule(
        .E04, [.warning],
        "The report denies data that it was given.",
        example: "the absence of performance metrics, where there are 60", needsFacts: true)

    static func findings(_ audit: Audit) -> [Finding] {
        let relation = audit.claims.known.relation
        return audit.claims.declarations.denials().map { found in
            audit.claims.finding(
                .E04, .warning, found.phrase, found.bytes,
                evidence: "\(relation.entries.count) figures were given, for example \(relation.describe(0))",
                message: "The report denies data that its author was given.")
        }
    }
}
