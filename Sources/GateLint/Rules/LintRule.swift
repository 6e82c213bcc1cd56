public import GateCore

/// One rule: what it finds, how much that weighs, and how it finds it. A rule is a file; the registry names it.
protocol LintRule: Sendable {
    static var description: RuleDescription { get }
    static func findings(_ audit: Audit) -> [Finding]
}

extension LintRule {
    /// - Parameters:
    ///   - severities: the usual one first.
    ///   - definition: what it compares with what, a sentence.
    ///   - example: words of a report that it finds.
    static func rule(
        _ rule: RuleID, _ severities: [Severity], _ definition: String, example: String, needsFacts: Bool = false
    ) -> RuleDescription {
        RuleDescription(
            rule: rule, severities: severities, definition: definition, example: example, needsFacts: needsFacts)
    }
}

/// Every rule, in the order of the taxonomy. The list of rules, the documentation and the schemas are derived from it.
public enum RuleRegistry {
    static let rules: [any LintRule.Type] = [
        RequiredSections.self, EmptySections.self, Placeholders.self, RepeatedSections.self, Truncation.self,
        Chatter.self,
        BrokenMarkup.self, ScriptDrift.self, RepeatedLines.self, UnsupportedNumber.self, FileCount.self, FileSize.self,
        WrongValue.self, WrongUnit.self, ReportDay.self, DataDay.self, InventedStatistic.self, TwoValues.self,
        WrongArithmetic.self,
        WrongComparison.self, InventedFile.self, InventedName.self, DeclaredFiction.self, DeniedData.self,
    ]

    public static let all: [RuleDescription] = rules.map { $0.description }

    public static func description(of rule: RuleID) -> RuleDescription? { all.first { $0.rule == rule } }
}

/// What the rules look at: the report as lines and as claims, and what was asked for.
struct Audit {
    let lines: ReportLines
    let headings: [ReportHeading]
    let degeneration: Degeneration
    /// Names of the sections that the report must have.
    let required: [String]
    /// Names of the data and allowed words, which are no drift of script.
    let names: [String]
    let claims: ClaimAudit
}
