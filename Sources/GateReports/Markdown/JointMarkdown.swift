import GateCore
import GateVerdict

/// `summary.md` of several workloads: the one verdict, a line for each, then each by itself. Those that block stand open, the
/// others are folded.
public struct JointMarkdown: Sendable {
    /// Bytes in which one that blocks says at least what failed.
    private static let leastShare = 1_500

    private let limit: Int

    /// - Parameter limit: bytes that all of it may have. What is too much is cut, what blocks last, and that is said.
    public init(limit: Int = SummaryMarkdown.commentLimit) { self.limit = limit }

    public func render(_ joint: JointInput) throws -> String {
        let head = [(opening(joint), 0), (warnings(joint), 1)].filter { !$0.0.isEmpty }
            .map { FittedMarkdown.Section($0.0, rank: $0.1) }
        let all = FittedMarkdown(sections: head + (try sections(joint, share: limit)), rest: JointMarkdown.rest)
        guard !all.fits(into: limit) else { return all.text(within: limit) }
        // Not all of the room is the first one's.
        let blocking = joint.reports.count { $0.part.judgement.exitCode != 0 }
        let room = limit - head.reduce(0) { $0 + FittedMarkdown.size(of: $1.lines) }
        let share = max(room / max(blocking, 1), JointMarkdown.leastShare)
        return FittedMarkdown(sections: head + (try sections(joint, share: share)), rest: JointMarkdown.rest)
            .text(within: limit)
    }

    private static let rest =
        "All of it is in `summary.md` and `index.html` of each workload's session directory, and in `verdict.json`."

    private func opening(_ joint: JointInput) -> [String] {
        let conclusion = JointConclusion(joint.judgement)
        var lines = [
            "# chimera-gate: \(joint.judgement.overall.words)", "",
            "**\(MarkdownText.prose(conclusion.headline, limit: 2_000))**", "",
        ]
        lines += [conclusion.basis, conclusion.leftOut].compactMap(\.self).flatMap { [MarkdownText.prose($0), ""] }
        return lines + ["Exit code \(joint.judgement.exitCode).", ""] + table(joint)
    }

    private func warnings(_ joint: JointInput) -> [String] {
        let shown = joint.judgement.warnings.prefix(SummaryMarkdown.longestList)
        return MarkdownText.section("Warnings", shown.map { MarkdownText.item(nil, $0.message, $0.remedy) })
    }

    /// What blocks first.
    ///
    /// - Parameter share: bytes that each may have.
    private func sections(_ joint: JointInput, share: Int) throws -> [FittedMarkdown.Section] {
        try joint.reports.sorted { $0.rank < $1.rank }.map { report in
            FittedMarkdown.Section(
                try section(report, limit: share).split(separator: "\n", omittingEmptySubsequences: false)
                    .map(String.init), rank: report.rank + 2, name: MarkdownText.prose(report.part.name))
        }
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

    private func section(_ report: JointInput.Report, limit: Int) throws -> String {
        let markdown = SummaryMarkdown(limit: limit, title: MarkdownText.prose(report.part.name), level: 2)
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
        return MarkdownText.folded(summary, [body]).joined(separator: "\n")
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
    var rank: Int {
        (OverallVerdict.allCases.firstIndex(of: part.judgement.overall) ?? 0) + (part.judgement.exitCode == 0 ? 100 : 0)
    }
}
