internal import GateCore
internal import GateJSON

extension Settings {
    /// How reports are judged.
    static let quality: [Setting] =
        [
            Setting(
                "quality.required_sections", optional: \.reports.requiredSections,
                ValueReader<String>.text(words: "the name of a section, as in 'Key Findings'").list(),
                "Sections that a report must have, in place of those that its facts name.")
        ] + RuleID.allCases.map(rule) + [
            Setting(
                "quality.allow", ValueReader<QualitySettings.AllowedFinding>.allowedFinding.list(),
                "Findings that somebody has looked at and lets pass for a while.",
                value: { $0.reports.allowed.isEmpty ? nil : .array($0.reports.allowed.map(\.json)) },
                apply: { $0.reports.allowed = $1 }),
            list(
                "quality.entities", \.reports.entities, "a name, as in 'Model A'",
                "Names that a report may use although the data does not have them."),
            list(
                "quality.vocabulary", \.reports.vocabulary, "a word",
                "Words that are no drift into another language or script."),
        ]

    private static func list(
        _ key: String, _ path: any WritableKeyPath<Configuration, [String]> & Sendable, _ words: String,
        _ meaning: String
    ) -> Setting {
        Setting(
            key, ValueReader<String>.word(words: words).list(), meaning,
            value: { $0[keyPath: path].isEmpty ? nil : Setting.json($0[keyPath: path]) },
            apply: { $0[keyPath: path] = $1 })
    }

    private static func rule(_ rule: RuleID) -> Setting {
        Setting(
            "quality.rules.\(rule.rawValue)", RuleDraft.reader, "\(rule.title).",
            value: { $0.reports.rules.first { $0.rule == rule }?.json },
            apply: {
                $0.reports.rules.append($1.setting(of: rule))
                $0.reports.rules.sort { $0.rule < $1.rule }
            })
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

    private static var level: ValueReader<RuleLevel> { .choice() }

    private static let section: ConfigurationSection<RuleDraft> =
        ConfigurationSection(
            RuleDraft(), allowsEmpty: false,
            [
                .value(
                    "severity", \.level, level,
                    "In place of the severity that the rule gives by itself; off for a rule that finds nothing."),
                .value(
                    "allowance", \.allowance, .integer(0...1_000_000),
                    "How many errors of this rule a report may have, in place of the baseline's allowance."),
            ])

    /// A rule has its level by itself, or as one key of a mapping.
    static var reader: ValueReader<RuleDraft> {
        ValueReader(.either([level.shape, section.shape])) { node, key, problems in
            if case .mapping = node.content { return section.read(node, key, &problems) }
            return level.read(node, key, &problems).map { RuleDraft(level: Located(value: $0, origin: node.origin)) }
        }
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
                .value("rule", \.rule, .choice(), "The rule.", isRequired: true),
                .value(
                    "claim", \.claim, .word(words: "the claim as written; * stands for anything"),
                    "The claim as the report writes it, letter case aside; * stands for anything.", isRequired: true),
                .value("reason", \.reason, .text(words: "why it may stay"), "Why it may stay.", isRequired: true),
                .value(
                    "expires", \.expires, .day,
                    "The last day on which it holds; after that it has no effect and a warning says so.",
                    isRequired: true),
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

extension QualitySettings.RuleSetting {
    var json: JSONValue {
        let severity: JSONValue? = isOn ? (self.severity?.rawValue).map { JSONValue($0) } : "off"
        guard let allowance else { return severity ?? .null }
        return .object(
            (severity.map { [("severity", $0)] } ?? []) + [(key: "allowance", value: JSONValue(allowance))])
    }
}

extension QualitySettings.AllowedFinding {
    var json: JSONValue {
        [
            "rule": JSONValue(rule.rawValue), "claim": JSONValue(claim), "reason": JSONValue(reason),
            "expires": JSONValue(expires),
        ]
    }
}
