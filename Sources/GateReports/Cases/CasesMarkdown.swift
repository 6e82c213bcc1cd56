import GateCore
import GateVerdict

/// `summary.md` of cases: how many came to what, then those that block and those that were not decided, then the figures.
public struct CasesMarkdown: Sendable {
    private let limit: Int

    /// - Parameter limit: bytes that the summary may have. What is too much is cut, the failures last, and that is said.
    public init(limit: Int = SummaryMarkdown.commentLimit) { self.limit = limit }

    public func render(_ cases: JudgedCases) -> String {
        let kept = cases.kept
        let groups = Dictionary(grouping: kept) { $0.verdict.overall }
        let failed = [OverallVerdict.regression, .infrastructureError].flatMap { groups[$0] ?? [] }
        let undecided = groups[.inconclusive] ?? []
        let passed = kept.filter { $0.verdict.overall.passes }
        let sections = [
            (opening(cases), 0), (MarkdownText.section("What failed", items(of: failed)), 1),
            (MarkdownText.section("Not decided", items(of: undecided)), 2),
            (MarkdownText.section("Figures", table(failed + undecided)), 3),
            (folded(passed, of: cases.counts.filter { $0.key.passes }.values.reduce(0, +)), 4),
        ]
        let fitted = FittedMarkdown(
            sections: sections.filter { !$0.0.isEmpty }.map { FittedMarkdown.Section($0.0, rank: $0.1) },
            rest: "All of it is in what `judge` prints.")
        return fitted.text(within: limit)
    }

    private func opening(_ cases: JudgedCases) -> [String] {
        let word = cases.overall.caseWord.replacing("_", with: " ")
        var lines = ["# chimera-gate: \(word)", "", "**\(cases.headline)**", ""]
        if let stop = cases.stop {
            let text = [stop.message, stop.remedy].filter { !$0.isEmpty }.joined(separator: ". ")
            lines += ["Ended before the last case: \(MarkdownText.prose(text, limit: 2_000))", ""]
        }
        return lines + ["Cases of \(MarkdownText.code(cases.source)); exit code \(cases.exitCode)."]
    }

    /// One for each metric that made the verdict.
    private func items(of cases: [JudgedCases.Judged]) -> [String] {
        shown(cases.flatMap(\.remarks).map(item), SummaryMarkdown.longestList)
    }

    /// The first of them, and how many there are besides.
    private func shown(_ lines: [String], _ most: Int) -> [String] {
        lines.prefix(most) + MarkdownText.more(lines.count, than: most, in: "what `judge` prints")
    }

    private func item(_ remark: JudgedCases.Remark) -> String {
        "- **\(remark.outcome)**: case \(MarkdownText.code(remark.id))"
            + (remark.metric.map { ", \(MarkdownText.code($0))" } ?? "")
            + ": \(MarkdownText.prose(remark.words, limit: 600))"
    }

    private func folded(_ passed: [JudgedCases.Judged], of count: Int) -> [String] {
        MarkdownText.folded("\(DisplayFormat.count(count, "case")) that passed", table(passed))
    }

    private func table(_ cases: [JudgedCases.Judged]) -> [String] {
        let percent = { (ratio: Double?) in ratio.map(DisplayFormat.change) ?? "–" }
        let rows = cases.flatMap { judged in
            judged.verdict.metrics.map { name, finding in
                [
                    MarkdownText.code(judged.id), MarkdownText.code(name),
                    finding.outcome.rawValue.replacing("_", with: " "), percent(finding.estimate),
                    finding.lower == nil || finding.upper == nil
                        ? "–" : "\(percent(finding.lower)) to \(percent(finding.upper))",
                    finding.p.map(JUnitText.probability) ?? "–",
                ]
            }
        }
        guard !rows.isEmpty else { return [] }
        let lines = MarkdownText.table(
            ["case", "metric", "verdict", "worse by", "bounds (95 % each)", "p"], rightAligned: [3, 4, 5], rows)
        return shown(lines, SummaryMarkdown.longestList * 5)
    }
}

extension OverallVerdict {
    fileprivate var passes: Bool { self == .pass || self == .improvement }
}
