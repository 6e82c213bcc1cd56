import GateCore
import GateVerdict

/// `summary.md` of several workloads: the one verdict, a line for each, then each by itself. Those that block stand open, the
/// others are folded.
public struct JointMarkdown: Sendable {
    public init() {}

    public func render(_ joint: JointInput) throws -> String {
        let conclusion = JointConclusion(joint.judgement)
        var lines = ["# chimera-gate: \(joint.judgement.overall.words)", "", "**\(conclusion.headline)**", ""]
        lines += [conclusion.basis, conclusion.leftOut].compactMap(\.self).flatMap { [MarkdownText.prose($0), ""] }
        lines += ["Exit code \(joint.judgement.exitCode).", ""]
        lines += table(joint)
        if !joint.judgement.warnings.isEmpty {
            lines += ["", "## Warnings", ""]
            lines += joint.judgement.warnings.prefix(SummaryMarkdown.longestList).map {
                "- \(MarkdownText.prose($0.message)). *\(MarkdownText.prose($0.remedy))*"
            }
        }
        let sections = try joint.reports.sorted { $0.rank < $1.rank }.map(section)
        return ([lines.joined(separator: "\n")] + sections).joined(separator: "\n\n") + "\n"
    }

    private func table(_ joint: JointInput) -> [String] {
        let rows = joint.reports.map { report in
            let judgement = report.part.judgement
            let word = judgement.overall.words
            return [
                MarkdownText.code(report.part.name), MarkdownText.code(judgement.machineClass),
                judgement.exitCode == 0 ? word : "**\(word)**", MarkdownText.prose(report.headline),
            ]
        }
        return MarkdownText.table(["workload", "machine class", "verdict", "why"], rows)
    }

    private func section(_ report: JointInput.Report) throws -> String {
        let markdown = SummaryMarkdown(title: report.part.name, level: 2)
        let text =
            switch report.content {
            case .judged(let input): try markdown.render(input)
            case .notMeasured(let attempt): markdown.couldNotRun(attempt)
            }
        let judgement = report.part.judgement
        // The last line break is the document's.
        let body = text.hasSuffix("\n") ? String(text.dropLast()) : text
        guard judgement.exitCode == 0 else { return body }
        let summary = "\(MarkdownText.prose(report.part.name)): \(judgement.overall.words)"
        return "<details><summary>\(summary)</summary>\n\n\(body)\n\n</details>"
    }
}

extension JointInput.Report {
    /// Why it ended so, in one sentence.
    var headline: String {
        switch content {
        case .judged(let input): Conclusion(input.judgement).headline
        case .notMeasured(let attempt): attempt.message
        }
    }

    /// What blocks comes first, then what outranks the rest.
    fileprivate var rank: Int {
        (OverallVerdict.allCases.firstIndex(of: part.judgement.overall) ?? 0) + (part.judgement.exitCode == 0 ? 100 : 0)
    }
}
