public import GateCore

/// A report that is judged: its figures and everything that was found in it.
public struct JudgedReport: Sendable, Equatable {
    public let quality: ReportQuality
    public let findings: [Finding]

    public init(quality: ReportQuality, findings: [Finding]) {
        self.quality = quality
        self.findings = findings
    }
}

/// The judgement of a session's reports: absolute rules first, because a handful of reports can tell a contradiction but
/// not a distribution; then the metrics against a window of approved sessions.
public enum QualityJudge {
    /// Approved sessions that are compared with, the latest ones.
    public static let window = 10
    /// Findings that a judgement keeps.
    static let mostWorst = 20

    /// - Parameters:
    ///   - reports: of the measured runs.
    ///   - baseline: of the approved sessions, oldest first; empty where none keeps anything of its reports.
    ///   - settings: rules and allowances.
    ///   - policy: tolerances and budgets of the metrics.
    public static func judge(
        reports: [JudgedReport], baseline: [ApprovedQuality], settings: QualitySettings, policy: Policy
    ) -> QualityJudgement {
        let approved = baseline.last?.allowance
        let allowance = effectiveAllowance(approved, settings)
        let findings = reports.flatMap { report in
            report.findings.map { ReportFinding(run: report.quality.run, file: report.quality.file, finding: $0) }
        }
        let exceeded = allowance.map { allowance in
            let rules = Set(reports.flatMap { allowance.exceeded(by: $0.quality) })
            return RuleID.allCases.filter(rules.contains)
        }
        let comparison = QualityComparison(
            reports: reports.map(\.quality), sessions: Array(baseline.suffix(window)).map(\.reports), policy: policy)
        return QualityJudgement(
            families: RuleFamily.allCases.map { family($0, reports, approved: approved, settings) },
            metrics: comparison.verdicts(), reports: reports.map(\.quality),
            worst: worst(of: findings, new: Set(exceeded ?? [])), exceeded: exceeded, findings: findings.count,
            allowance: allowance, warnings: doubts(reports),
            newWarnings: newWarnings(reports.map(\.quality), baseline.suffix(window).flatMap(\.reports)))
    }

    private static func newWarnings(_ reports: [ReportQuality], _ approved: [ReportQuality]) -> Int? {
        approved.map(\.warnings).max().map { most in max(0, (reports.map(\.warnings).max() ?? 0) - most) }
    }

    private static func effectiveAllowance(
        _ approved: QualityAllowance?, _ settings: QualitySettings
    ) -> QualityAllowance? {
        let isConfigured = settings.rules.contains { $0.allowance != nil }
        guard approved != nil || isConfigured else { return nil }
        return (approved ?? QualityAllowance([])).configured(by: settings)
    }

    /// What is new first, then the severest, each claim once: reports of one model have their defects in common.
    private static func worst(of findings: [ReportFinding], new: Set<RuleID>) -> [ReportFinding] {
        struct Defect: Hashable {
            let rule: RuleID
            let claim: String
        }
        var seen: Set<Defect> = []
        func isNew(_ found: ReportFinding) -> Bool {
            found.finding.severity == .error && new.contains(found.finding.rule)
        }
        let different = findings.sorted { left, right in
            isNew(left) != isNew(right) ? isNew(left) : isWorse(left, right)
        }
        .filter { seen.insert(Defect(rule: $0.finding.rule, claim: $0.finding.claim)).inserted }
        return Array(different.prefix(mostWorst))
    }

    private static func isWorse(_ left: ReportFinding, _ right: ReportFinding) -> Bool {
        if left.finding.severity != right.finding.severity { return left.finding.severity > right.finding.severity }
        return (left.run, left.finding.place) < (right.run, right.finding.place)
    }

    /// The timings of a report that was cut off are not those of a report. One warning for all runs of the same reason.
    private static func doubts(_ reports: [JudgedReport]) -> [Warning] {
        let reasons = reports.compactMap { report in report.quality.doubt.map { (run: report.quality.run, reason: $0) }
        }
        var seen: Set<String> = []
        return reasons.filter { seen.insert($0.reason).inserted }.map { first in
            let runs = reasons.filter { $0.reason == first.reason }.map { "\($0.run)" }
            let each = runs.count == 1 ? "run \(runs[0])" : "runs \(runs.joined(separator: ", ")), each"
            return Warning(
                "\(each): \(first.reason), so that its timings are not those of a whole report",
                remedy: "Give the answer more room (agent.max_tokens, agent.num_ctx) or look why it does not end.")
        }
    }

    // MARK: - Families

    private static func family(
        _ family: RuleFamily, _ reports: [JudgedReport], approved: QualityAllowance?, _ settings: QualitySettings
    ) -> FamilyVerdict {
        let findings = reports.flatMap(\.findings).filter { $0.rule.family == family }
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count { $0.severity == .warning }
        let rules = RuleID.allCases.filter { $0.family == family }
        let exceeded = rules.compactMap { rule in
            allowed(rule, approved, settings).flatMap { excess(of: rule, allowed: $0, reports) }
        }
        let isJudged = rules.contains { allowed($0, approved, settings) != nil }
        let counts =
            "\(errors) error\(errors == 1 ? "" : "s") and \(warnings) warning\(warnings == 1 ? "" : "s")"
            + " in \(reports.count) report\(reports.count == 1 ? "" : "s")"
        let (outcome, explanation, remedy): (Outcome, String, String) =
            if !exceeded.isEmpty {
                (
                    .regression, "\(family.rawValue): \(exceeded.joined(separator: "; "))",
                    "Look at the findings with their lines below; mend the prompt, the data or the model."
                )
            } else if isJudged {
                (.pass, "\(family.rawValue): \(counts), no more than are allowed", "")
            } else {
                (
                    .informational, "\(family.rawValue): \(counts); the baseline does not say how many are allowed",
                    "Approve a session: what its reports have becomes the allowance."
                )
            }
        return FamilyVerdict(
            family: family, outcome: outcome, errors: errors, warnings: warnings, explanation: explanation,
            remedy: remedy)
    }

    /// Nil where nothing says it.
    private static func allowed(_ rule: RuleID, _ approved: QualityAllowance?, _ settings: QualitySettings) -> Int? {
        settings.setting(of: rule).allowance ?? approved.map { $0[rule] }
    }

    /// `G02 wrong file count or share: 3 errors in run 2, 1 allowed`
    private static func excess(of rule: RuleID, allowed: Int, _ reports: [JudgedReport]) -> String? {
        let worst = reports.max { $0.quality.errors(of: rule) < $1.quality.errors(of: rule) }
        guard let worst, worst.quality.errors(of: rule) > allowed else { return nil }
        let count = worst.quality.errors(of: rule)
        let others = reports.count { $0.quality.errors(of: rule) > allowed } - 1
        return "\(rule.rawValue) \(rule.title): \(count) error\(count == 1 ? "" : "s") in run \(worst.quality.run)"
            + (others > 0 ? " (and too many in \(others) more)" : "") + ", \(allowed) allowed"
    }
}
