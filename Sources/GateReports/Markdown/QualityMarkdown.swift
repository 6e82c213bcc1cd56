import GateCore
import GateVerdict

/// The part of `summary.md` that tells of the reports. What the model wrote stands in code spans only, where it can do
/// nothing.
struct QualityMarkdown {
    let quality: QualityJudgement
    /// Where the session is, as given to the user; nil where that is not known.
    var folder: String?

    /// The lines of the section without its heading; empty where there is nothing to tell.
    var lines: [String] {
        guard !quality.reports.isEmpty else { return [] }
        let blocking = quality.blocking.map { item("**\($0.outcome.words)**", $0.explanation, $0.remedy) }
        let undecided = quality.lines.filter { $0.outcome == .inconclusive }
        var lines = blocking.isEmpty ? [] : blocking + [""]
        lines += table
        if !undecided.isEmpty {
            let names = undecided.map { MarkdownText.code($0.name) }.joined(separator: ", ")
            let remedy = undecided.first.map { MarkdownText.prose($0.remedy) } ?? ""
            lines += ["", "**Not decided: \(names).** \(remedy)"]
        }
        lines += marked + worst
        return lines
    }

    private var table: [String] {
        let rows = quality.lines.map { line in
            let word =
                line.outcome == .pass || line.outcome == .informational
                ? line.outcome.words : "**\(line.outcome.words)**"
            return [MarkdownText.code(line.name), line.baseline, line.observed, line.allowed, word]
        }
        return MarkdownText.table(
            ["reports", "baseline median", "observed", "allowed", "verdict"], rightAligned: [1, 2, 3], rows)
    }

    /// Runs whose timings are not those of whole reports.
    private var marked: [String] {
        let doubtful = quality.reports.compactMap { report in report.doubt.map { (report.run, $0) } }
        guard !doubtful.isEmpty else { return [] }
        let runs = doubtful.map { "run \($0): \($1)" }.joined(separator: "; ")
        return ["", "**Timings that are not those of whole reports:** \(MarkdownText.prose(runs))."]
    }

    /// What is new first; what the baseline or the configuration allows is folded.
    private var worst: [String] {
        guard !quality.worst.isEmpty else { return [] }
        let isNew = { (found: ReportFinding) in
            guard let exceeded = quality.exceeded else { return true }
            return found.finding.severity == .error && exceeded.contains(found.finding.rule)
        }
        let (new, allowed) = (quality.worst.filter(isNew), quality.worst.filter { !isNew($0) })
        let rest = quality.findings - quality.worst.count
        let more =
            rest > 0
            ? ["", "\(rest) more: \(MarkdownText.code("chimera-gate lint \(reportFiles)")) shows them all."] : []
        var lines = new.isEmpty ? [] : ["", "Worst findings:", ""] + table(of: new)
        if !allowed.isEmpty {
            let count = DisplayFormat.count(allowed.count, "finding")
            lines += ["", "<details><summary>\(count) that block nothing</summary>", ""] + table(of: allowed)
            lines += ["", "</details>"]
        }
        return lines + more
    }

    private func table(of findings: [ReportFinding]) -> [String] {
        let rows = findings.map { found in
            [
                MarkdownText.code(quality.place(of: found)), found.finding.severity.rawValue,
                found.finding.rule.rawValue,
                MarkdownText.code(found.finding.claim, limit: 80), MarkdownText.prose(found.finding.message),
                MarkdownText.prose(found.finding.evidence),
            ]
        }
        return MarkdownText.table(["place", "severity", "rule", "claim", "what is wrong", "evidence"], rows)
    }

    /// For a shell: the reports of all runs.
    private var reportFiles: String {
        (folder.map { $0 == "." ? "" : "\($0)/" } ?? "") + "runs/*/report.md"
    }

    private func item(_ head: String, _ message: String, _ remedy: String) -> String {
        "- \(head): \(MarkdownText.prose(message))" + (remedy.isEmpty ? "" : ". *\(MarkdownText.prose(remedy))*")
    }
}
