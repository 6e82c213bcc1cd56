/// What a rule is about, for people who have never seen the checker.
public struct RuleDescription: Sendable, Equatable {
    public let rule: RuleID
    /// The severities that it gives by itself, the usual one first.
    public let severities: [Severity]
    /// What it compares with what.
    public let definition: String
    /// Words of a report that it finds.
    public let example: String
    /// True where the rule needs the data that the report was written from.
    public let needsFacts: Bool

    /// What it finds, in a few words: `missing section`.
    public var title: String { rule.title }

    public init(rule: RuleID, severities: [Severity], definition: String, example: String, needsFacts: Bool) {
        self.rule = rule
        self.severities = severities
        self.definition = definition
        self.example = example
        self.needsFacts = needsFacts
    }
}
