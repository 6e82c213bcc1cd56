import GateCore
import GateVerdict

/// The part of `summary.md` that tells of the reports. What the model wrote stands in code spans only, where it can do
/// nothing.
struct QualityMarkdown {
    let quality: QualityJudgement
    /// Where the session is, as given to the user; nil where that is not known.
    var folder: String?
    /// Of the lines that findings are about and are proved by; nil where none is known.
    var links: SourceLinks?
    /// How many findings have links: those that stand first.
    var linked = Int.max

    /// The lines of the section without its heading; empty where there is nothing to tell.
    var lines: [String] {
        guard !quality.reports.isEmpty else { return [] }
        let blocking = quality.blocking.map { MarkdownText.item("**\($0.outcome.words)**", $0.explanation, $0.remedy) }
        let undecided = quality.lines.filter { $0.outcome == .inconclusive }
        var lines = blocking
        if !undecided.isEmpty {
            let names = undecided.map { MarkdownText.code($0.name) }.joined(separator: ", ")
            let remedy = undecided.first.map { MarkdownText.prose($0.remedy) } ?? ""
            lines += ["", "**Not decided: \(names).** \(remedy)"]
        }
        lines += marked + worst
        return lines.drop { $0.isEmpty } + (lines.isEmpty ? [] : [""]) + table
    }

    private var table: [String] {
        let rows = quality.lines.map { line in
            let word =
                line.outcome == .pass || line.outcome == .informational
                ? line.outcome.words : "**\(line.outcome.words)**"
            return [MarkdownText.code(line.name), line.baseline, line.observed, line.allowed, word]
        }
        let count = DisplayFormat.count(rows.count, "check")
        return MarkdownText.folded(
            "\(count) of the reports",
            MarkdownText.table(
                ["reports", "baseline median", "observed", "allowed", "verdict"], rightAligned: [1, 2, 3], rows))
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
        var lines = new.isEmpty ? [] : ["", "Worst findings:", ""] + table(of: new, linked: linked)
        if !allowed.isEmpty {
            let count = DisplayFormat.count(allowed.count, "finding")
            let rows = table(of: allowed, linked: linked - new.count)
            lines += [""] + MarkdownText.folded("\(count) that block nothing", rows)
        }
        return lines + more
    }

    private func table(of findings: [ReportFinding], linked: Int) -> [String] {
        let rows = findings.enumerated().map { index, found in
            let links = index < linked ? links : nil
            let place = quality.place(of: found)
            return [
                links?.markdown(place, at: found.place) ?? MarkdownText.code(place), found.finding.severity.rawValue,
                found.finding.rule.rawValue,
                MarkdownText.code(found.finding.claim, limit: 80), MarkdownText.prose(found.finding.message),
                evidence(of: found.finding, links),
            ]
        }
        return MarkdownText.table(["place", "severity", "rule", "claim", "what is wrong", "evidence"], rows)
    }

    private func evidence(of finding: Finding, _ links: SourceLinks?) -> String {
        let line = VisibleText.line(finding.evidence)
        var (text, start) = ("", line.startIndex)
        for (found, place) in Finding.dataPlaces(in: line) {
            guard let link = links?.markdown(String(found), at: place) else { continue }
            text += MarkdownText.prose(String(line[start..<found.startIndex]), keepsEnds: true) + link
            start = found.endIndex
        }
        return text + MarkdownText.prose(String(line[start...]), keepsEnds: !text.isEmpty)
    }

    /// For a shell: the reports of all runs.
    private var reportFiles: String {
        (folder.map { $0 == "." ? "" : "\($0)/" } ?? "") + "runs/*/report.md"
    }
}
