import GateCore
import GateVerdict

/// What `baseline approve` says of the reports.
struct QualityApprovalWords {
    let approval: QualityApproval

    init(_ approval: QualityApproval) { self.approval = approval }

    /// Why nothing is left to approve.
    var refusal: String {
        let runs = approval.excluded.prefix(3).map { "run \($0.run): \($0.reason)" }.joined(separator: "; ")
        return "the report of every run fails: \(runs)."
            + " Where that is meant to be, --adopt-quality takes the errors as they are"
    }

    func print() {
        for run in approval.excluded {
            Terminal.standardError.warning("run \(run.run) is left out of the baseline: \(run.reason)")
        }
        for report in approval.quality.reports {
            guard let doubt = report.doubt else { continue }
            Terminal.standardError.warning(
                "run \(report.run): \(doubt), as are most of this session's; its timings are those of such reports")
        }
        let rules = approval.quality.allowance.rules.map { "\($0.rule.rawValue) \($0.count)" }.joined(separator: ", ")
        let allowed = rules.isEmpty ? "no errors" : "at most these errors: \(rules)"
        Terminal.standardOutput.line("  from now on a report may have \(allowed)")
    }
}
