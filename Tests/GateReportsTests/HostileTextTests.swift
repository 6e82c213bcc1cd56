import Foundation
import GateCore
import GateFiles
import GateVerdict
import TestSupport
import Testing

@testable import GateReports

/// What a model, a server, a file's name or an error may say, in everything that we write.
@Suite("Hostile text") struct HostileTextTests {
    /// Everything that is written, and what reads it.
    enum Output: String, CaseIterable {
        case terminal, logLine, summary, linkedSummary, couldNotRun, junitJenkins, junitSurefire, junitAnt, junitRich,
            page, verdict
        case lintLog, lintTerminal, lintMarkdown, lintJSON, sarif, lintAnnotations, githubAnnotations, azureCommands,
            openMetrics
        case buildkiteAnnotation, explanation
        case jointTerminal, jointHeadline, jointSummary, jointPage, jointVerdict, jointGithub, jointAzure, jointMetrics
        case junitJoint, junitCases, casesSummary, casesGithub, casesAzure, casesMetrics
    }

    enum Attack: String, CaseIterable {
        case escapes, errorCommand, azureCommand, attachment, script, image, override, zero, underscores, mention, fence

        var text: String {
            switch self {
            case .escapes: "\u{1B}[31mred\u{1B}]0;title\u{7}\u{9B}2J\u{1B}[2K\rgone"
            case .errorCommand: "x\n::error file=a::owned\r\n  ::add-mask::e\n::set-output name=verdict::pass"
            case .azureCommand:
                "x ##vso[task.complete result=Succeeded]ok ##[section]y\n##vso[task.setvariable variable=a]b"
            case .attachment: "[[ATTACHMENT|/home/ci/.ssh/id_ed25519]] [[[ATTACHMENT|/etc/passwd]]]"
            case .script: "</script><script>alert(1)</script></style><img src=x onerror=alert(1)>"
            case .image: "![x](http://tracker.invalid/t.png) [y](javascript:alert(1)) <https://e.invalid>"
            case .override: "\u{202E}gnp.exe\u{2066}\u{200F}\u{2028}---"
            case .zero: "a\u{0}b\u{FFFE}\u{1}"
            case .underscores: String(repeating: "_", count: 1 << 20)
            case .mention: "@team/all #1 GH-2 | a | b |\n# heading\n- item\n```\n"
            case .fence: "```\n````\n`````` `` \n</details>\n---"
            }
        }
    }

    /// Everything that others can choose says the same.
    private static func input(_ whole: String) -> ReportInput {
        let text = short(whole)
        let call = Fixtures.call(.report, outcome: .invalid(InvalidCall(.serverError, whole)))
        let session = ReportCases.session(
            Fixtures.call(.analysis), call, warnings: [Warning(whole, remedy: text)], model: text)
        let verdicts = Outcome.allCases.map { outcome in
            Verdict(
                check: CheckID(
                    stage: StageName(rawValue: text), metric: MetricID(rawValue: outcome.rawValue + text)),
                demand: .tolerance, outcome: outcome, unit: .seconds, direction: .lowerIsBetter,
                baseline: SampleSummary([1]), observed: SampleSummary([2]), change: 1,
                tolerance: .relative(percent: 10), budget: nil,
                explanation: outcome == .regression ? whole : text, remedy: text)
        }
        let parts = Judgement.Parts(
            verdicts: verdicts, failures: [JudgementFailure(.nothingMeasured, message: whole, remedy: text)],
            warnings: session.warnings,
            baseline: BaselineReference(
                id: text, file: text,
                approval: Approval(reason: text, approvedAt: Fixtures.start, approvedBy: text, commit: text)))
        return ReportInput(
            session: session,
            judgement: Judgement(parts, sessionId: text, workload: .analysis, machineClass: text),
            baseline: Fixtures.baseline(ReportCases.session(cpuModel: text)), summaryFile: "\(text)/summary.md")
    }

    /// One that was judged and one that was not, with what no configuration may call them.
    private static func joint(_ whole: String) -> JointInput {
        let (judged, text) = (input(whole), short(whole))
        let parts: [(Judgement, JointInput.Report.Content)] = [
            (judged.judgement, .judged(judged)), (attempt(whole).judgement, .notMeasured(attempt(whole))),
            (ReportCases.passed.judgement, .judged(ReportCases.passed)),
        ]
        let reports = parts.enumerated().map { index, part in
            JointInput.Report(
                part: JointJudgement.Part(
                    name: "\(index)\(text)", folder: "workloads/\(index)", judgement: part.0), content: part.1)
        }
        return JointInput(
            judgement: JointJudgement(
                reports.map(\.part), declared: reports.map(\.part.name) + [text],
                warnings: [Warning(whole, remedy: text)], toolVersion: text), reports: reports)
    }

    /// Ids and metrics are the user's, and an error may quote what stands on a line.
    private static func cases(_ whole: String) -> JudgedCases {
        let text = short(whole)
        var cases = JudgedCases(
            source: text, toolVersion: "0.1.0", startedAt: Fixtures.start, inconclusive: .warn)
        for (index, outcome) in Outcome.allCases.enumerated() {
            let finding = MetricFinding(outcome, reason: whole, remedy: text)
            let overall: OverallVerdict = index % 2 == 0 ? .regression : .pass
            cases.add(
                id: text,
                CaseVerdict(
                    overall: overall, evidence: .pairs, runsUsed: 1, pairsUsed: 1, metrics: [(text, finding)]))
        }
        cases.end(seconds: 1, exitCode: 65, message: whole, remedy: text)
        return cases
    }

    private static func attempt(_ text: String) -> FailedAttempt {
        FailedAttempt(
            workload: .analysis, name: text, machineClass: text, toolVersion: "0.1.0", startedAt: Fixtures.start,
            seconds: 1, hostname: text, exitCode: 69, message: text, remedy: text)
    }

    /// What is long stands in one place of each kind: all together would take long to render, and show no more.
    private static func short(_ whole: String) -> String {
        whole.utf8.count > 10_000 ? String(whole.prefix(1_000)) : whole
    }

    private static func report(_ whole: String) -> LintedReport {
        let text = short(whole)
        let findings = Severity.allCases.map { severity in
            Finding(
                rule: .G01, severity: severity, place: ReportPlace(line: 1, columnStart: 1, columnEnd: 5), claim: text,
                evidence: text, message: severity == .error ? whole : text)
        }
        return LintedReport(
            path: text, text: whole,
            assessment: ReportAssessment(findings: findings, claims: ClaimCounts(), measures: ReportMeasures()),
            notes: [text])
    }

    private static func log(_ report: PipelineReport, _ platform: PipelineJob.Platform, _ text: String) throws -> String
    {
        try report.deliveries(to: platform, summaryFile: "/\(text)/summary.md").map { delivery in
            if case .log(let lines) = delivery { lines.joined(separator: "\n") } else { "" }
        }.joined()
    }

    private static func render(_ output: Output, _ text: String) throws -> String {
        let report = PipelineReport(input(text))
        return switch output {
        case .terminal: try ConsoleTable(width: 80).render(input(text))
        case .logLine:
            "chimera-gate: error: " + ConsoleText.harmless(text) + "\nchimera-gate: "
                + ConsoleText.oneLine(ConsoleText.harmless(text))
        case .summary: try SummaryMarkdown().render(input(text))
        case .linkedSummary:
            try SummaryMarkdown().render(
                SourceLinksTests.input(
                    evidence: ["\(short(text)):3, x = 1", "a.csv:3, \(text)"], report: short(text),
                    paths: [short(text): text, "a.csv": text]))
        case .couldNotRun: SummaryMarkdown.couldNotRun(attempt(text))
        case .junitJenkins: try JUnitReport(flavour: .jenkins).render(input(text))
        case .junitSurefire: try JUnitReport(flavour: .surefire).render(input(text))
        case .junitAnt: try JUnitReport(flavour: .ant).couldNotRun(attempt(text))
        case .junitRich: try JUnitReport(flavour: .rich).render(input(text))
        case .page:
            IndexPage(
                PageInput(
                    judged: input(text),
                    reports: [.init(run: 1, file: text, text: text, findings: Self.report(text).assessment.findings)])
            ).render()
        case .verdict:
            VisibleJSON.escaped(String(decoding: try CanonicalJSON.encode(input(text).judgement), as: UTF8.self))
        case .lintLog: LintText().render([Self.report(text)])
        case .lintTerminal: LintText(showsSource: true).render([Self.report(text)])
        case .lintMarkdown: LintMarkdown().render([Self.report(text)])
        case .lintJSON:
            VisibleJSON.escaped(String(decoding: try CanonicalJSON.encode(Self.report(text).linted), as: UTF8.self))
        case .sarif: LintSARIF(rules: [], folder: "/build", version: "0.1.0").render([Self.report(text)])
        case .lintAnnotations: LintAnnotations().render([Self.report(text)])
        case .githubAnnotations:
            try log(report, .github, text) + "\n" + log(PipelineReport(attempt(text)), .github, text)
        case .azureCommands: try log(report, .azure, text)
        case .openMetrics: OpenMetrics(input(text)).text + OpenMetrics(attempt(text)).text
        case .explanation:
            Explanation(judgement: input(text).judgement, session: input(text).session, baseline: nil).text
        case .buildkiteAnnotation: try report.summary(within: 1 << 20)
        case .junitCases: try JUnitReport(flavour: .rich).render(cases(text))
        case .casesSummary: CasesMarkdown().render(cases(text))
        case .casesGithub: try log(PipelineReport(cases(text)), .github, text)
        case .casesAzure: try log(PipelineReport(cases(text)), .azure, text)
        case .casesMetrics: OpenMetrics(cases(text)).text
        case .jointTerminal, .jointHeadline, .jointSummary, .jointPage, .jointVerdict, .jointGithub, .jointAzure,
            .jointMetrics, .junitJoint:
            try renderJoint(output, text)
        }
    }

    private static func renderJoint(_ output: Output, _ text: String) throws -> String {
        let input = joint(text)
        return switch output {
        case .jointHeadline: ConsoleText.harmless(JointTable.headline(of: input))
        case .jointSummary: try JointMarkdown().render(input)
        case .jointPage: JointPage(input).render()
        case .jointVerdict:
            VisibleJSON.escaped(String(decoding: try CanonicalJSON.encode(input.judgement), as: UTF8.self))
        case .jointGithub: try log(PipelineReport(input), .github, text)
        case .jointAzure: try log(PipelineReport(input), .azure, text)
        case .jointMetrics: OpenMetrics(input).text
        case .junitJoint: try JUnitReport(flavour: .jenkins).render(input)
        default: try JointTable(width: 80).render(input)
        }
    }

    @Test("is shown harmless", arguments: Output.allCases, Attack.allCases)
    func harmless(_ output: Output, _ attack: Attack) throws {
        let text = try Self.render(output, attack.text)
        let bad = text.unicodeScalars.first(where: Self.isActive)
        #expect(bad == nil, "U+\(String(bad?.value ?? 0, radix: 16))")
        if Self.isForLogs(output) {
            for line in text.split(separator: "\n") where !Self.isOwnCommand(line, of: output) {
                let trimmed = line.drop { $0 == " " || $0 == "\t" }
                #expect(!trimmed.hasPrefix("::"), "\(line.prefix(200))")
                #expect(!line.contains("##vso[") && !line.contains("##["), "\(line.prefix(200))")
            }
        }
        if Self.isXML(output) { Self.expectNoMarkup(in: text, of: output) }
        if Self.isMarkdown(output) { Self.expectPlain(text) }
        if let most = Self.mostBytes(output) { #expect(text.utf8.count <= most, "\(text.utf8.count)") }
    }

    /// A terminal or a viewer would do something with it, or hide it.
    private static func isActive(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x09: false
        case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    /// Begun by us: all that follows on the line is text.
    private static func isOwnCommand(_ line: Substring, of output: Output) -> Bool {
        switch output {
        case .githubAnnotations, .lintAnnotations, .jointGithub, .casesGithub:
            return line.wholeMatch(of: /::(error|warning|notice) [^:]*::.*/) != nil && !line.contains("##")
        case .azureCommands, .jointAzure, .casesAzure:
            let rest = line.hasPrefix("##vso[") ? line.dropFirst(6) : line
            return line.hasPrefix("##vso[task.logissue type=") || line.hasPrefix("##vso[task.uploadsummary]")
                ? !rest.contains("##") : false
        default: return false
        }
    }

    private static func isMarkdown(_ output: Output) -> Bool {
        [.summary, .linkedSummary, .couldNotRun, .lintMarkdown, .buildkiteAnnotation, .jointSummary, .casesSummary]
            .contains(output)
    }

    /// What a runner may read; pages and terminals it does not, and headings of Markdown have two signs.
    private static func isForLogs(_ output: Output) -> Bool {
        !isPage(output) && output != .lintTerminal && !isMarkdown(output)
    }

    private static func isPage(_ output: Output) -> Bool { output == .page || output == .jointPage }

    private static func isXML(_ output: Output) -> Bool { isPage(output) || output.rawValue.hasPrefix("junit") }

    private static func expectNoMarkup(in text: String, of output: Output) {
        for markup in ["<script", "</script", "<img", "]]>"] { #expect(!text.contains(markup), "\(markup)") }
        guard !isPage(output) else { return }
        // Only our own lines may begin with two brackets.
        #expect(text.components("[[").allSatisfy { $0.hasPrefix("PROPERTY|") })
    }

    /// Outside of code spans nothing is left of markup, addresses and mentions.
    private static func expectPlain(_ text: String) {
        let prose = text.replacing(#/(`+)(?!`).*?[^`]\1(?!`)/#, with: "")
            .replacing(
                #/\[\]\(https:\/\/github\.com\/team\/agent\/blob\/[0-9a-f]{40}\/[A-Za-z0-9%._\/-]*#L[1-3]\)/#, with: ""
            )
            .replacing(#/\\./#, with: "")
        for markup in ["<script", "<img", "](", "@team", "#1", "://", "GH-2", "```", "[["] {
            let place = prose.range(of: markup).map { prose[$0.lowerBound...].prefix(80) }
            #expect(place == nil, "\(markup)")
        }
        let lines = text.split(separator: "\n")
        #expect(!lines.contains { $0.hasPrefix("---") || $0.hasPrefix("# heading") })
        #expect(lines.count { $0 == "</details>" } == lines.count { $0.hasPrefix("<details>") })
    }

    /// Where the platform or the reader has a limit.
    private static func mostBytes(_ output: Output) -> Int? {
        switch output {
        case .summary, .linkedSummary, .couldNotRun, .githubAnnotations, .azureCommands, .lintAnnotations,
            .jointSummary,
            .jointGithub, .jointAzure, .casesSummary, .casesGithub, .casesAzure, .casesMetrics:
            65_000
        case .junitJenkins, .junitSurefire, .junitAnt, .junitRich, .junitJoint, .junitCases: 5 << 20
        case .buildkiteAnnotation: 1 << 20
        case .openMetrics, .jointMetrics, .lintLog, .lintTerminal, .lintMarkdown, .terminal, .jointTerminal: 1 << 20
        case .logLine, .page, .verdict, .lintJSON, .sarif, .explanation, .jointHeadline, .jointPage, .jointVerdict: nil
        }
    }
}

extension String {
    /// What stands behind each of the separators.
    fileprivate func components(_ separator: String) -> [Substring] {
        Array(split(separator: separator, omittingEmptySubsequences: false).dropFirst())
    }
}
