internal import GateCore

/// What a file says of the quality of reports.
struct QualityDraft: Sendable, Equatable {
    var requiredSections: Located<[String]>?
    var rules: [RuleID: RuleDraft] = [:]
    var allowed: Located<[QualitySettings.AllowedFinding]>?
    var entities: Located<[String]>?
    var vocabulary: Located<[String]>?

    static let section: ConfigurationSection<QualityDraft> =
        ConfigurationSection(
            QualityDraft(),
            [
                .value(
                    "required_sections", \.requiredSections,
                    ValueReader<String>.text(words: "the name of a section, as in 'Key Findings'").list()),
                .section("rules", \.rules, RuleDraft.table),
                .value("allow", \.allowed, ValueReader<QualitySettings.AllowedFinding>.allowedFinding.list()),
                .value("entities", \.entities, ValueReader<String>.word(words: "a name, as in 'Model A'").list()),
                .value("vocabulary", \.vocabulary, ValueReader<String>.word(words: "a word").list()),
            ])

    var settings: QualitySettings {
        QualitySettings(
            rules: rules.map { $1.setting(of: $0) }, requiredSections: requiredSections?.value,
            allowed: allowed?.value ?? [], entities: entities?.value ?? [], vocabulary: vocabulary?.value ?? [])
    }
}

/// `off`, or a severity.
enum RuleLevel: String, CaseIterable, Sendable {
    case off, info, warning, error
}

/// What is configured of one rule.
struct RuleDraft: Sendable, Equatable {
    var level: Located<RuleLevel>?
    var allowance: Located<Int>?

    /// A rule has its level by itself, or as one key of a mapping.
    static var table: ConfigurationSection<[RuleID: RuleDraft]> {
        ConfigurationSection(
            [:],
            RuleID.allCases.map { rule in
                ConfigurationSection<[RuleID: RuleDraft]>.Field(
                    key: ValueShape.Key(name: rule.rawValue, shape: shape, isRequired: false),
                    read: { node, key, draft, problems in
                        if let value = read(node, key, &problems) { draft[rule] = value }
                    },
                    overlay: { draft, other in if let value = other[rule] { draft[rule] = value } })
            })
    }

    private static var level: ValueReader<RuleLevel> { .choice() }

    private static let section: ConfigurationSection<RuleDraft> =
        ConfigurationSection(
            RuleDraft(), allowsEmpty: false,
            [.value("severity", \.level, level), .value("allowance", \.allowance, .integer(0...1_000_000))])

    private static var shape: ValueShape { .either([level.shape, section.shape]) }

    private static func read(
        _ node: ConfigurationNode, _ key: String, _ problems: inout [ConfigurationProblem]
    ) -> RuleDraft? {
        if case .mapping = node.content { return section.read(node, key, &problems) }
        return level.read(node, key, &problems).map { RuleDraft(level: Located(value: $0, origin: node.origin)) }
    }

    func setting(of rule: RuleID) -> QualitySettings.RuleSetting {
        QualitySettings.RuleSetting(
            rule: rule, isOn: level?.value != .off, severity: (level?.value.rawValue).flatMap(Severity.init(rawValue:)),
            allowance: allowance?.value)
    }
}

/// `{rule: G06, claim: "October 26, 2023", reason: "…", expires: 2026-12-31}`
private struct AllowedFindingDraft: Sendable, Equatable {
    var rule: Located<RuleID>?
    var claim: Located<String>?
    var reason: Located<String>?
    var expires: Located<String>?

    static let section: ConfigurationSection<AllowedFindingDraft> =
        ConfigurationSection(
            AllowedFindingDraft(),
            [
                .value("rule", \.rule, .choice(), isRequired: true),
                .value("claim", \.claim, .word(words: "the claim as written; * stands for anything"), isRequired: true),
                .value("reason", \.reason, .text(words: "why it may stay"), isRequired: true),
                .value("expires", \.expires, .day, isRequired: true),
            ])
}

extension ValueReader where Value == QualitySettings.AllowedFinding {
    static var allowedFinding: ValueReader {
        let section = AllowedFindingDraft.section
        return ValueReader(section.shape) { node, key, problems in
            guard let draft = section.read(node, key, &problems), let rule = draft.rule, let claim = draft.claim,
                let reason = draft.reason, let expires = draft.expires
            else { return nil }
            return QualitySettings.AllowedFinding(
                rule: rule.value, claim: claim.value, reason: reason.value, expires: expires.value)
        }
    }
}

extension ValueReader where Value == String {
    static var day: ValueReader {
        .text(
            pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
            words: "the last day on which it holds, as in '2026-12-31'")
    }
}
