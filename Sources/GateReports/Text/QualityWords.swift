import GateCore
import GateVerdict

/// One judged thing about the reports as every format shows it: a family of rules or a metric.
struct QualityLine {
    /// `structure`, `groundedness`
    let name: String
    let baseline: String
    let observed: String
    let allowed: String
    let outcome: Outcome
    let explanation: String
    let remedy: String

    init(_ family: FamilyVerdict) {
        name = family.family.rawValue
        baseline = "–"
        observed = "\(family.errors) error\(family.errors == 1 ? "" : "s")"
        allowed = family.outcome == .informational ? "" : "the baseline's errors"
        outcome = family.outcome
        explanation = family.explanation
        remedy = family.remedy
    }

    init(_ verdict: QualityVerdict) {
        func median(_ summary: SampleSummary?) -> String {
            summary.map { DisplayFormat.value($0.median, unit: verdict.unit) } ?? "–"
        }
        name = verdict.metric.rawValue
        baseline = median(verdict.baseline)
        observed = median(verdict.observed)
        allowed =
            verdict.outcome == .budgetExceeded
            ? verdict.budget.map { DisplayFormat.limits($0, unit: verdict.unit) } ?? ""
            : verdict.tolerance.map {
                DisplayFormat.allowance($0, direction: verdict.direction, unit: verdict.unit)
            } ?? ""
        outcome = verdict.outcome
        explanation = verdict.explanation
        remedy = verdict.remedy
    }
}

extension QualityJudgement {
    /// Families first, then metrics.
    var lines: [QualityLine] { families.map { QualityLine($0) } + metrics.map { QualityLine($0) } }

    /// What blocks, the rules first.
    var blocking: [QualityLine] { lines.filter { $0.outcome.isRegression } }

    /// What somebody must look at: what blocks, then what could not be decided.
    var reasons: [QualityLine] { blocking + lines.filter { $0.outcome == .inconclusive } }

    /// `Reports: 5 judged, 2 errors, 7 warnings; groundedness 0.8200`
    var overview: String? {
        guard !reports.isEmpty else { return nil }
        let errors = families.reduce(0) { $0 + $1.errors }
        let warnings = families.reduce(0) { $0 + $1.warnings }
        let grounded = metrics.first { $0.metric == "groundedness" }?.observed
            .map { "; groundedness \(DisplayFormat.value($0.median, unit: .ratio))" }
        return
            "Reports: \(reports.count) judged, \(DisplayFormat.count(errors, "error")), \(DisplayFormat.count(warnings, "warning"))\(grounded ?? "")"
    }

    /// `runs/0001/report.md:24:3: error: G02 …`
    func place(of finding: ReportFinding) -> String {
        "\(finding.file):\(finding.finding.place.line):\(finding.finding.place.columnStart)"
    }
}
