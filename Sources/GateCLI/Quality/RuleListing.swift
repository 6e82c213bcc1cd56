import GateCore
import GateLint

/// What `lint --list-rules` prints: every rule with an example, then what can be configured, as it is now.
enum RuleListing {
    static func text(_ settings: QualitySettings) -> String {
        let rules = RuleRegistry.all.map { rule($0, settings) }.joined()
        let metrics = MetricCatalogue.quality.map(metric).joined()
        return """
            Rules (severity as configured; * needs the facts of the report)

            \(rules)
            Metrics of a session's reports, judged by 'check' (default tolerance)

            \(metrics)
            Configuration, in chimera-gate.yml:

            \(example)

            """
    }

    private static func rule(_ rule: RuleDescription, _ settings: QualitySettings) -> String {
        let setting = settings.setting(of: rule.rule)
        let usual = rule.severities.map(\.rawValue).joined(separator: "/")
        let severity = setting.isOn ? setting.severity?.rawValue ?? usual : "off"
        let allowance = setting.allowance.map { ", \($0) allowed" } ?? ""
        return """
            \(rule.rule.rawValue)\(rule.needsFacts ? "*" : " ") \(rule.title) (\(severity)\(allowance))
                 \(rule.definition)
                 example: \(rule.example)

            """
    }

    private static func metric(_ metric: Metric) -> String {
        let tolerance = metric.defaultTolerance.map {
            DisplayFormat.allowance($0, direction: metric.direction, unit: metric.unit)
        }
        return "quality/\(metric.id) (\(tolerance ?? "informs only"))\n     \(metric.definition)\n"
    }

    /// Every key once.
    static let example = """
        quality:
          required_sections: [Executive Summary, Key Findings]   # else those of the report's facts
          rules:
            S06: error             # info, warning, error, or off
            G01:
              severity: error
              allowance: 3         # errors of the rule that a report may have, in place of the baseline's
            E02: "off"
          allow:                   # findings that may stay for a while
            - rule: G06
              claim: "October 26, 2023"   # * stands for anything
              reason: the fixture's date
              expires: "2026-12-31"
          entities: [Model A]      # names that are right although the data does not have them
          vocabulary: [Größe]      # words that are no drift of script
        metrics:
          quality/groundedness: {tolerance: "0.1", min: 0.5}
        """
}
