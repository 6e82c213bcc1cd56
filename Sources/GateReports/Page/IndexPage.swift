import GateCore
import GateVerdict

/// `index.html`: one page with pictures that needs nothing but itself, no script and no network.
public struct IndexPage {
    private let input: PageInput
    private let conclusion: Conclusion

    /// Jenkins serves pages of builds under no wider policy.
    static let contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

    public init(_ input: PageInput) {
        self.input = input
        conclusion = Conclusion(input.judged.judgement)
    }

    private var judgement: Judgement { input.judged.judgement }
    private var session: Session { input.judged.session }

    public func render() -> String {
        let chapters = self.chapters.filter { !$0.nodes.isEmpty }
        return HTMLNode.page(
            title: "chimera-gate: \(judgement.overall.words), \(session.workloadName)",
            body: [opening] + [contents(chapters)] + [.tag("main", [:], chapters.map(\.node))])
    }

    // MARK: - Top

    private var opening: HTMLNode {
        .tag(
            "header", class: "verdict \(judgement.overall.tone)", [:],
            [
                .tag("h1", conclusion.headline),
                .tag(
                    "p",
                    "Workload \(session.workloadName) on \(session.machineClass),"
                        + session.subjects.map { " \($0.what) \($0.name)," }.joined()
                        + " \(DisplayFormat.count(session.measuredRuns.count, "measured run")); exit code"
                        + " \(judgement.exitCode)."),
            ]
                + [conclusion.basis, conclusion.unseen, conclusion.armDifferences].compactMap(\.self).map {
                    .tag("p", $0)
                })
    }

    private func contents(_ chapters: [Chapter]) -> HTMLNode {
        .tag(
            "nav", ["aria-label": "Contents"],
            [
                .tag(
                    "ul", [:],
                    chapters.map { .tag("li", [:], [.tag("a", ["href": "#\($0.id)"], [.text($0.title)])]) })
            ])
    }

    // MARK: - Chapters

    private struct Chapter {
        let id: String
        let title: String
        let nodes: [HTMLNode]

        var node: HTMLNode { .tag("section", ["id": id], [.tag("h2", title)] + nodes) }
    }

    private var chapters: [Chapter] {
        [
            Chapter(id: "next", title: "What to do", nodes: nextSteps),
            Chapter(id: "checks", title: "Checks", nodes: checks(judgement.verdicts.filter { $0.outcome.isJudged })),
            Chapter(
                id: "time", title: "Where the time went",
                nodes: list((judgement.causes ?? []).map { "\($0.stage): \($0.words)" })
                    + RunBars(session: session).nodes),
            Chapter(id: "tokens", title: "Calls, token by token", nodes: TokenTimeline(calls: input.calls).nodes),
            Chapter(id: "reports", title: "Reports", nodes: reports),
            Chapter(id: "history", title: "What was approved before", nodes: history),
            Chapter(id: "figures", title: "More figures, for information only", nodes: informational),
            Chapter(
                id: "warnings", title: "Warnings", nodes: list(judgement.warnings.map { "\($0.message). \($0.remedy)" })
            ),
            Chapter(id: "session", title: "Session", nodes: facts),
        ]
    }

    private var nextSteps: [HTMLNode] {
        list(judgement.failures.map(\.message) + conclusion.nextSteps)
    }

    private func list(_ sentences: [String]) -> [HTMLNode] {
        guard !sentences.isEmpty else { return [] }
        let shown = sentences.prefix(SummaryMarkdown.longestList)
        return [.list(shown)]
            + (sentences.count > shown.count
                ? [.tag("p", "\(sentences.count - shown.count) more are in verdict.json.")] : [])
    }

    /// The worst first, as in every other report.
    private func checks(_ verdicts: [Verdict]) -> [HTMLNode] {
        let first = conclusion.reasons
        let rest = verdicts.filter { verdict in !first.contains(verdict) }
        return (first.filter(\.outcome.isJudged) + rest).map { plot($0).node }
    }

    private func plot(_ verdict: Verdict) -> SamplePlot {
        let values = samples(of: verdict.check)
        return SamplePlot(
            verdict: verdict, before: values.before, now: values.now,
            beforeName: judgement.evidence == .pairs ? "base" : "baseline")
    }

    private func samples(of check: CheckID) -> (before: [Double], now: [Double]) {
        let head = session.headAlone.samples()[check]?.values ?? []
        let before =
            judgement.evidence == .pairs
            ? session.baseAlone?.samples()[check]?.values : input.judged.baseline?.values(of: check)
        return (before ?? [], head)
    }

    private var reports: [HTMLNode] {
        let quality = judgement.quality
        let words = [quality?.overview].compactMap(\.self).map { HTMLNode.tag("p", $0) }
        let blocking = list((quality?.blocking ?? []).map { "\($0.name): \($0.explanation)" })
        let shown = input.reports.prefix(IndexPage.mostReports)
        let rest = input.reports.count - shown.count
        return words + blocking + shown.map { MarkedReport(report: $0).node }
            + (rest > 0
                ? [.tag("p", "The reports of \(DisplayFormat.count(rest, "more run")) are beside this page.")] : [])
    }

    private static let mostReports = 10
    /// Calls and reports of so many runs are enough for the page.
    public static let mostRuns = 24

    private var history: [HTMLNode] {
        guard let baseline = input.judged.baseline else { return [] }
        let now = session.headAlone.samples()
        return judgement.verdicts.filter { $0.outcome.isJudged && $0.demand == .tolerance }.compactMap { verdict in
            HistoryPlot(
                check: verdict.check, unit: verdict.unit, baseline: baseline, now: now[verdict.check]?.values ?? []
            ).node
        }
    }

    private var informational: [HTMLNode] {
        let rows = judgement.verdicts.filter { !$0.outcome.isJudged }.map { verdict in
            HTMLNode.row(
                "\(verdict.check.stage) \(verdict.name)",
                [
                    verdict.median(verdict.baseline), verdict.median(verdict.observed),
                    verdict.change.map(DisplayFormat.change) ?? "–",
                ])
        }
        guard !rows.isEmpty else { return [] }
        return [.table("More figures", header: ["figure", "baseline median", "median", "change"], rows)]
    }

    private var facts: [HTMLNode] {
        let rows = SummaryMarkdown.facts(of: session).map { name, value in
            HTMLNode.row(name, [VisibleText.line(value)])
        }
        return [.table("The session", rows)]
    }
}
