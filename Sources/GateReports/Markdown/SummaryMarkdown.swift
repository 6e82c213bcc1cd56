import GateCore
import GateVerdict

/// `summary.md`: what was found, why, and what to do, for people who read it in a merge request or a job. What a
/// model wrote stands in code spans only.
public struct SummaryMarkdown: Reporter {
    /// Longer lists are cut, and that is said.
    static let longestList = 100
    /// What a comment on a pull request may have, in bytes: GitHub takes 65,536, a part of which is left to whoever posts it.
    public static let commentLimit = 65_000

    private let limit: Int
    /// What stands before the verdict in the first heading.
    let title: String
    /// `#` of the first heading.
    let level: String

    /// - Parameter limit: bytes that the summary may have. What is too much is cut, the failures last, and that is said.
    public init(limit: Int = commentLimit) { self.init(limit: limit, title: "chimera-gate", level: 1) }

    init(limit: Int = commentLimit, title: String, level: Int) {
        self.limit = limit
        self.title = title
        self.level = String(repeating: "#", count: level)
    }

    public func render(_ input: ReportInput) throws -> String {
        // Links are left out before anything else is, those of the worst findings last.
        let counts = input.links == nil ? [] : [Int.max, 8, 2]
        let linked = counts.first { fitted(input, linked: $0).fits(into: limit) } ?? 0
        return fitted(input, linked: linked).text(within: limit)
    }

    private func fitted(_ input: ReportInput, linked: Int) -> FittedMarkdown {
        let conclusion = Conclusion(input.judgement)
        let sections = [
            FittedMarkdown.Section(opening(input, conclusion), rank: 0),
            .init(failures(input.judgement, conclusion), rank: 1), .init(undecided(conclusion), rank: 3),
            .init(times(input.judgement), rank: 4), .init(quality(input, linked: linked), rank: 2),
            .init(failedRuns(input.session), rank: 4), .init(invalidCalls(input.session), rank: 6),
            .init(lengths(conclusion), rank: 6), .init(nextSteps(conclusion), rank: 2),
            .init(warnings(input.judgement), rank: 7), checks(input.judgement),
            informational(input),
            folded("Base and head", arms(input), rank: 8), folded("Baseline", baseline(input), rank: 8),
            folded("Session", session(input.session), rank: 8),
        ]
        return FittedMarkdown(
            sections: sections.filter { !$0.lines.isEmpty },
            rest: "All of it is in `index.html`, `verdict.json` and `session.json` of the session directory.")
    }

    private func opening(_ input: ReportInput, _ conclusion: Conclusion) -> [String] {
        let session = input.session
        let runs = session.measuredRuns.count
        let subjects = session.subjects.map { " \($0.what) \(MarkdownText.code($0.name))," }.joined()
        let sentences = [
            "**\(conclusion.headline)**", conclusion.basis, conclusion.unseen.map { MarkdownText.prose($0) },
            conclusion.asked.map { MarkdownText.prose($0) },
            "Workload \(MarkdownText.code(session.workloadName.rawValue)) on \(MarkdownText.code(session.machineClass)),"
                + "\(subjects) \(runs) measured run\(runs == 1 ? "" : "s"); exit code \(input.judgement.exitCode).",
        ]
        return ["\(level) \(title): \(input.judgement.overall.words)"]
            + sentences.compactMap(\.self).flatMap { ["", $0] }
    }

    /// What blocks: no judgement at all, regressions, budgets, invalid calls.
    private func failures(_ judgement: Judgement, _ conclusion: Conclusion) -> [String] {
        let blocking = conclusion.reasons.filter { $0.outcome != .inconclusive }
        let items =
            judgement.failures.map { MarkdownText.item("**\($0.kind.words)**", $0.message, $0.remedy) }
            + blocking.map { verdict in
                let between =
                    verdict.changeBounds.map { "; the change is between \(bounds($0, "and")) (95 % each)" } ?? ""
                return MarkdownText.item("**\(verdict.outcome.words)**", verdict.explanation + between, verdict.remedy)
            }
        return section("What failed", cut(items))
    }

    /// What made a stage slower or faster: the prompt, the answer, or the server.
    private func times(_ judgement: Judgement) -> [String] {
        section(
            "Where the time went",
            cut(
                (judgement.causes ?? []).map {
                    "- \(MarkdownText.code($0.stage.rawValue)): \(MarkdownText.prose($0.words))"
                }))
    }

    private func undecided(_ conclusion: Conclusion) -> [String] {
        let verdicts = conclusion.reasons.filter { $0.outcome == .inconclusive }
        guard !verdicts.isEmpty else { return [] }
        let isOne = verdicts.count == 1
        let sentence =
            (isOne
                ? "1 check was not decided: nothing is known about it,"
                : "\(verdicts.count) checks were not decided:"
                    + " nothing is known about them,") + " neither good nor bad."
        let items = verdicts.map { MarkdownText.item("**not decided**", $0.explanation, $0.remedy) }
        return section(
            "Not decided",
            ["**\(sentence)**", ""] + cut(items))
    }

    private func lengths(_ conclusion: Conclusion) -> [String] {
        section(
            "Worse or longer, and allowed",
            cut(conclusion.notices.map { MarkdownText.item(nil, $0.explanation, $0.remedy) }))
    }

    private func checks(_ judgement: Judgement) -> FittedMarkdown.Section {
        let judged = judgement.verdicts.filter { $0.outcome.isJudged }
        let rows = judged.map { verdict in
            let word = verdict.outcome == .pass ? verdict.outcome.words : "**\(verdict.outcome.words)**"
            return cells(verdict) + [
                verdict.changeBounds.map { bounds($0, "to") } ?? "–", verdict.demanded, verdict.unseen ?? "–", word,
            ]
        }
        return folded(
            DisplayFormat.count(rows.count, "check"),
            table(["bounds (95 % each)", "allowed", "may be unseen", "verdict"], rows), rank: 5)
    }

    private func informational(_ input: ReportInput) -> FittedMarkdown.Section {
        let alone = input.measured.map(cells)
        let rows = alone + input.judgement.verdicts.filter { !$0.outcome.isJudged }.map(cells)
        let title =
            alone.isEmpty
            ? "\(DisplayFormat.count(rows.count, "more figure")), for information only"
            : "\(DisplayFormat.count(rows.count, "figure")), with nothing to compare them with"
        return folded(title, table([], rows), rank: 9)
    }

    private func quality(_ input: ReportInput, linked: Int) -> [String] {
        section(
            "Report quality",
            input.judgement.quality.map { quality in
                QualityMarkdown(quality: quality, folder: input.folder, links: input.links, linked: linked).lines
            } ?? [])
    }

    private func failedRuns(_ session: Session) -> [String] {
        let rows = session.failedRuns.map { run, failure in
            [
                "\(run.index)", run.arm?.rawValue ?? "head", failure.kind.rawValue.replacing("_", with: " "),
                MarkdownText.code(failure.words),
            ]
        }
        return listed(
            "Failed runs", "Kept and reported, never averaged.", ["run", "side", "reason", "what happened"], rows)
    }

    private func invalidCalls(_ session: Session) -> [String] {
        let rows = session.invalidExchanges.map { run, exchange, reason in
            [
                "\(run)", MarkdownText.code(exchange.stage.rawValue), "\(exchange.attempt)",
                reason.kind.rawValue.replacing("_", with: " "), MarkdownText.code(reason.detail),
            ]
        }
        guard !rows.isEmpty else { return invalidRequests(session) }
        return listed(
            "Invalid calls", "Kept and reported, never averaged.",
            ["run", "stage", "attempt", "reason", "what was said"], rows)
    }

    private func invalidRequests(_ session: Session) -> [String] {
        let rows = session.runs.flatMap { run in
            (run.load?.errors ?? []).map { errors in
                [
                    "\(run.index)", "\(errors.count)", errors.kind.rawValue.replacing("_", with: " "),
                    MarkdownText.code(errors.firstDetail),
                ]
            }
        }
        return listed(
            "Invalid requests", "Counted, never averaged.", ["run", "requests", "reason", "what was said first"], rows)
    }

    private func warnings(_ judgement: Judgement) -> [String] {
        section("Warnings", cut(judgement.warnings.map { MarkdownText.item(nil, $0.message, $0.remedy) }))
    }

    private func nextSteps(_ conclusion: Conclusion) -> [String] {
        section("What to do next", cut(conclusion.nextSteps.map { "- " + MarkdownText.prose($0) }))
    }

    private func baseline(_ input: ReportInput) -> [String] {
        guard let reference = input.judgement.baseline else { return [] }
        let approval = reference.approval
        var lines = [
            "\(MarkdownText.code(reference.file)), approved \(approval.approvedAt.spaced)"
                + (approval.approvedBy.map { " by \(MarkdownText.code($0))" } ?? "")
                + (approval.commit.map { ", measured on commit \(MarkdownText.code(String($0.prefix(12))))" } ?? "")
                + ". Reason: \(MarkdownText.prose(approval.reason))",
            "", "Id: \(MarkdownText.code(reference.id))",
        ]
        if let baseline = input.baseline {
            lines += [""]
            lines += BaselineMarkdown(judgement: input.judgement, baseline: baseline, session: input.session).lines
            lines += differences(
                Differences.list(from: baseline, to: input.session), ["differs", "baseline", "this session"],
                none: input.session.workload == .imported
                    ? "Machine and tool are those of the baseline."
                    : "Machine, server, model, prompts, options and corpus are those of the baseline.")
        }
        return lines
    }

    /// What a change may be about: how base and head differ besides their figures.
    private func arms(_ input: ReportInput) -> [String] {
        guard input.judgement.evidence == .pairs, let found = input.judgement.differences else { return [] }
        return differences(
            found, ["differs", "base", "head"], none: "Server, model, prompts, options and corpus of both are the same."
        )
    }

    private func differences(_ found: [Difference], _ header: [String], none: String) -> [String] {
        let rows = found.map { [$0.what, MarkdownText.code($0.before), MarkdownText.code($0.now)] }
        return rows.isEmpty ? [none] : MarkdownText.table(header, rows)
    }

    private func session(_ session: Session) -> [String] {
        let cells = SummaryMarkdown.facts(of: session).map { name, value in [name, MarkdownText.code(value)] }
        return MarkdownText.table(["what", "value"], cells)
    }

    /// What a session was measured with and on, by name.
    static func facts(of session: Session) -> [(name: String, value: String)] {
        let environment = session.environment
        let isImported = session.workload == .imported
        let commit = environment.commit.map {
            String($0.prefix(12)) + (environment.isDirty == true ? ", with changes that are not committed" : "")
        }
        let rows: [(String, String?)] = [
            ("session", session.id), ("commit", commit), ("ref", environment.ref),
            ("pipeline", environment.pipeline?.words),
            (isImported ? "imported" : "started", session.startedAt.spaced),
            session.origin.words,
            ("machine", "\(environment.cpuModel), \(environment.cpuCount) CPUs, \(environment.operatingSystem)"),
            (
                "load when it began",
                isImported ? nil : environment.loadAverage.map { DisplayFormat.fixed($0, decimals: 2) }
            ),
            ("corpus", isImported ? nil : session.corpus?.words),
            ("base", session.base.map { "\($0.revision.name.map { $0 + ", " } ?? "")\($0.revision.id.prefix(19))" }),
            ("base's server", session.base.map { "\($0.server.product) at \($0.server.url)" }),
            ("base's corpus", session.base?.corpus.words),
            ("seed of the pairs", session.base?.seed),
            ("chimera-gate", session.toolVersion),
        ]
        return rows.compactMap { name, value in value.map { (name: name, value: $0) } }
    }

    // MARK: - Parts

    private var longest: Int { SummaryMarkdown.longestList }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        MarkdownText.section(title, level: level + "#", lines)
    }

    private func listed(_ title: String, _ note: String, _ header: [String], _ rows: [[String]]) -> [String] {
        guard !rows.isEmpty else { return [] }
        let table = MarkdownText.table(header, Array(rows.prefix(longest)))
        return section(title, [note, ""] + table + leftOut(rows.count))
    }

    private func bounds(_ bounds: ClosedRange<Double>, _ word: String) -> String {
        "\(DisplayFormat.change(bounds.lowerBound)) \(word) \(DisplayFormat.change(bounds.upperBound))"
    }

    private func folded(_ title: String, _ lines: [String], rank: Int) -> FittedMarkdown.Section {
        .init(MarkdownText.folded(title, lines), rank: rank, name: title)
    }

    private func cut(_ items: [String]) -> [String] { Array(items.prefix(longest)) + leftOut(items.count) }

    private func leftOut(_ count: Int) -> [String] {
        MarkdownText.more(count, than: longest, in: "session.json and verdict.json")
    }

    private func cells(_ verdict: Verdict) -> [String] {
        [
            MarkdownText.code(verdict.check.stage.rawValue), MarkdownText.code(verdict.name),
            verdict.median(verdict.baseline), verdict.median(verdict.observed),
            verdict.judgedChangeWords ?? "–",
        ]
    }

    private func table(_ more: [String], _ rows: [[String]]) -> [String] {
        guard !rows.isEmpty else { return [] }
        return MarkdownText.table(
            ["stage", "metric", "baseline median", "observed median", "change"] + more, rightAligned: [2, 3, 4, 5, 6],
            Array(rows.prefix(longest * 10)))
    }
}

extension JudgementFailure.Kind {
    var words: String { rawValue.replacing("_", with: " ") }
}
