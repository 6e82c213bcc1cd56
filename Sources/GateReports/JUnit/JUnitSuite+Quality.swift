import GateCore
import GateVerdict

extension JUnitCase {
    /// A case for each family of rules and each metric of the reports.
    static func cases(of quality: QualityJudgement) -> [JUnitCase] {
        quality.families.map { JUnitCase(family: $0, quality) } + quality.metrics.map(JUnitCase.init(metric:))
    }

    private init(family: FamilyVerdict, _ quality: QualityJudgement) {
        let line = QualityLine(family)
        self.init(
            stage: .quality, name: JUnitText.id(line.name), result: .passed,
            properties: [
                ("verdict", line.outcome.rawValue), ("errors", "\(family.errors)"), ("warnings", "\(family.warnings)"),
                ("n", "\(quality.reports.count)"),
            ])
        let findings = quality.worst.filter { $0.finding.rule.family == family.family }
            .map {
                "\(quality.place(of: $0)): \($0.finding.rule.rawValue) \($0.finding.message) ['\($0.finding.claim)']"
            }
        result = JUnitCase.result(of: line, more: findings)
        place = quality.worst.first { $0.finding.rule.family == family.family }
            .map { ($0.file, $0.finding.place.line) }
    }

    private init(metric: QualityVerdict) {
        let line = QualityLine(metric)
        self.init(
            stage: .quality, name: JUnitText.id(line.name), result: .passed,
            properties: [
                ("verdict", line.outcome.rawValue), ("unit", DisplayFormat.unit(metric.unit)),
                ("direction", metric.direction.rawValue), ("baseline", line.baseline), ("observed", line.observed),
                ("tolerance", line.allowed), ("n_base", "\(metric.baseline?.count ?? 0)"),
                ("n", "\(metric.observed?.count ?? 0)"),
                ("p", metric.p.map(JUnitText.probability) ?? ""),
            ])
        result = JUnitCase.result(of: line, more: [])
    }

    private static func result(of line: QualityLine, more: [String]) -> Result {
        let text = ([line.explanation, line.remedy] + more).filter { !$0.isEmpty }.joined(separator: "\n")
        if line.outcome.isRegression {
            return .failed(type: "QualityRegression", message: line.explanation, text: text)
        }
        guard line.outcome == .inconclusive else { return .passed }
        return .skipped(message: "not decided: \(line.explanation)", text: "not decided: \(text)")
    }
}
