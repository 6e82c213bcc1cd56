import GateCore
import GateLint

/// The rules and metrics of reports: `lint --list-rules --format json`.
struct RulesDocument: Encodable {
    /// A rule.
    struct Rule: Encodable {
        let id: RuleID
        /// Its name.
        let title: String
        /// As configured; nil where the rule is off.
        let severity: Severity?
        /// Errors that a report may have by configuration; nil where it says nothing.
        let allowance: Int?
        /// Whether it needs the facts of the report.
        let needsFacts: Bool
        /// What it compares with what.
        let definition: String
        /// Words of a report that it finds.
        let example: String

        init(_ rule: RuleDescription, _ setting: QualitySettings.RuleSetting) {
            id = rule.rule
            title = rule.rule.title
            severity = setting.isOn ? setting.severity ?? rule.severities.first : nil
            allowance = setting.allowance
            needsFacts = rule.needsFacts
            definition = rule.definition
            example = rule.example
        }
    }

    /// A metric of a session's reports.
    struct Metric: Encodable {
        let id: MetricID
        let unit: MetricUnit
        let direction: Direction
        /// What is measured.
        let definition: String
        /// Nil for one that only informs.
        let defaultTolerance: Tolerance?
    }

    let schema = "rules"
    let version = 1
    /// In the order of the taxonomy.
    let rules: [Rule]
    /// Of a session's reports.
    let metrics: [Metric]

    init(_ settings: QualitySettings) {
        rules = RuleRegistry.all.map { Rule($0, settings.setting(of: $0.rule)) }
        metrics = MetricCatalogue.quality.map {
            Metric(
                id: $0.id, unit: $0.unit, direction: $0.direction, definition: $0.definition,
                defaultTolerance: $0.defaultTolerance)
        }
    }
}
