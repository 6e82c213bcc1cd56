import GateCore
import GateVerdict
import TestSupport
import Testing

@testable import GateReports

@Suite("What a platform is told") struct PipelineReportTests {
    private static let attempt = FailedAttempt(
        workload: .analysis, machineClass: "ci-small", toolVersion: "0.1.0", startedAt: Fixtures.start, seconds: 0.412,
        hostname: "runner-7", exitCode: 69, message: "No server answers at http://127.0.0.1:11434: 50% lost\nof it",
        remedy: "Start Ollama.")

    private func deliveries(
        _ report: PipelineReport, _ platform: PipelineJob.Platform
    ) throws -> [PipelineReport.Delivery] {
        try report.deliveries(to: platform, summaryFile: "/build/.chimera-gate/summary.md")
    }

    private func log(_ report: PipelineReport, _ platform: PipelineJob.Platform) throws -> [String] {
        try deliveries(report, platform).flatMap { delivery -> [String] in
            if case .log(let lines) = delivery { lines } else { [] }
        }
    }

    @Test("on GitHub is the step's summary, verdict and status as output, and what failed as annotations")
    func github() throws {
        let report = PipelineReport(ReportCases.regressed)
        let found = try deliveries(report, .github)
        #expect(found.first == .summary(variable: "GITHUB_STEP_SUMMARY", limit: 1_048_576))
        #expect(found[1] == .append(text: "verdict=regression\nstatus=1\n", variable: "GITHUB_OUTPUT"))
        let lines = try log(report, .github)
        #expect(lines.count { $0.hasPrefix("::error title=chimera-gate%3A regression::") } == 1)
        #expect(lines.count { $0.hasPrefix("::error title=chimera-gate%3A budget exceeded::") } == 1)
        #expect(lines.count { $0.hasPrefix("::error title=chimera-gate%3A missing::") } == 1)
        #expect(lines.allSatisfy { !$0.contains("\n") })
        #expect(try log(PipelineReport(ReportCases.passed), .github) == [])
        #expect(
            try log(PipelineReport(ReportCases.inconclusive), .github).first?.hasPrefix(
                "::warning title=chimera-gate%3A inconclusive::") == true)
    }

    @Test("of a call that could not run is its reason, on one line, with percent signs as they are")
    func couldNotRun() throws {
        let report = PipelineReport(Self.attempt)
        #expect(
            try deliveries(report, .github).contains(
                .append(text: "verdict=infrastructure_error\nstatus=69\n", variable: "GITHUB_OUTPUT")))
        #expect(
            try log(report, .github) == [
                "::error title=chimera-gate%3A could not run::"
                    + "No server answers at http://127.0.0.1:11434: 50%25 lost of it. Start Ollama."
            ])
        #expect(
            try log(report, .azure) == [
                "##vso[task.logissue type=error]chimera-gate: could not run: "
                    + "No server answers at http://127.0.0.1:11434: 50%AZP25 lost of it. Start Ollama.",
                "##vso[task.uploadsummary]/build/.chimera-gate/summary.md",
            ])
        #expect(
            try deliveries(report, .gitlab) == [
                .file(
                    .metrics,
                    text: """
                        # TYPE chimera_gate_exit_status gauge
                        # HELP chimera_gate_exit_status The status that the check ended with.
                        chimera_gate_exit_status{workload="analysis",machine_class="ci-small"} 69.0
                        # EOF

                        """)
            ])
        #expect(
            try deliveries(report, .buildkite) == [.file(.annotation, text: SummaryMarkdown.couldNotRun(Self.attempt))])
    }

    @Test(
        "is nothing where the platform takes junit.xml and no more",
        arguments: [PipelineJob.Platform.jenkins, .circleci])
    func nothing(_ platform: PipelineJob.Platform) throws {
        #expect(try deliveries(PipelineReport(ReportCases.regressed), platform) == [])
    }

    @Test("of several workloads is one verdict, and each annotation names its workload")
    func joint() throws {
        let report = PipelineReport(ReportCases.joint)
        let found = try deliveries(report, .github)
        #expect(found.first == .summary(variable: "GITHUB_STEP_SUMMARY", limit: 1_048_576))
        #expect(found[1] == .append(text: "verdict=regression\nstatus=1\n", variable: "GITHUB_OUTPUT"))
        let lines = try log(report, .github)
        #expect(lines.count { $0.hasPrefix("::error title=nightly%3A chimera-gate%3A regression::") } == 1)
        #expect(lines.count { $0.hasPrefix("::error title=nightly%3A chimera-gate%3A budget exceeded::") } == 1)
        #expect(lines.count { $0.hasPrefix("::error title=down%3A chimera-gate%3A could not run::") } == 1)
        #expect(lines.last == "::warning title=chimera-gate%3A warning::the change removes 'x'. Review it.")
        #expect(!lines.contains { $0.contains("quick") })
        let azure = try log(report, .azure)
        #expect(azure.contains { $0.hasPrefix("##vso[task.logissue type=error]nightly: chimera-gate: regression: ") })
        #expect(azure.last == "##vso[task.uploadsummary]/build/.chimera-gate/summary.md")
        #expect(
            try deliveries(report, .buildkite)
                == [.file(.annotation, text: try JointMarkdown(limit: 1 << 20).render(ReportCases.joint))])
    }

    @Test("of several workloads keeps the platform's number over all of them, and every one has its turn")
    func turns() throws {
        let lines = try log(PipelineReport(ReportCases.many(8)), .github)
        #expect(lines.count == Annotation.mostPerLevel)
        for index in 0..<8 { #expect(lines[index].hasPrefix("::error title=w\(index)%3A chimera-gate%3A ")) }
        #expect(lines.last == "::error title=chimera-gate%3A more::15 more are in summary.md")
    }

    @Test("no more of a level is annotated than is shown; the last one says how many there are")
    func capped() {
        let all =
            (1...25).map { Annotation(.error, "regression", "number \($0)", "") } + [Annotation(.warning, "w", "m", "")]
        let shown = Annotation.capped(all, rest: "are elsewhere")
        #expect(shown.map(\.level) == Array(repeating: .error, count: 10) + [.warning])
        #expect(shown[8].message == "number 9" && shown[9].message == "16 more are elsewhere")
        #expect(Annotation.capped(Array(all.prefix(10)), rest: "").map(\.message).last == "number 10")
    }

    @Test("a regression is annotated with what made it, of its own stage")
    func causes() {
        let regressed = ReportCases.regressed
        var parts = Judgement.Parts(verdicts: regressed.judgement.verdicts)
        parts.causes = [
            TimeCause(stage: .analysis, words: "the prompt grew by 223 tokens"), TimeCause(stage: .load, words: "no"),
        ]
        let judgement = Judgement(parts, sessionId: "s", workload: .analysis, machineClass: "ci-small")
        let messages = Annotation.all(of: ReportInput(session: regressed.session, judgement: judgement)).map(\.message)
        #expect(messages.contains { $0.contains("; the prompt grew by 223 tokens. ") })
        #expect(!messages.contains { $0.contains("; no") })
    }

    @Test("a finding stands at its place, relative to where the check was called")
    func finding() {
        let finding = Finding(
            rule: .G02, severity: .error, place: ReportPlace(line: 2, columnStart: 8, columnEnd: 10), claim: "44",
            evidence: "ingest.total_files = 12", message: "The data has 12 files, not 44.")
        let annotation = Annotation(finding, file: "a, b:c/report.md")
        #expect(
            LogCommands.github(annotation)
                == "::error file=a%2C b%3Ac/report.md,line=2,endLine=2,col=8,endColumn=10,title=G02 wrong file count or share"
                + "::The data has 12 files, not 44. [ingest.total_files = 12]")
        #expect(
            LogCommands.azure(annotation)
                == "##vso[task.logissue type=error;sourcepath=a, b:c/report.md;linenumber=2;columnnumber=8]"
                + "G02 wrong file count or share: The data has 12 files, not 44. [ingest.total_files = 12]")
    }

    @Test("metrics of several workloads have the name of each at every figure")
    func jointMetrics() throws {
        let lines = OpenMetrics(ReportCases.joint).text.split(separator: "\n").map(String.init)
        expectFamilies(lines)
        for (name, status) in [("down", "69.0"), ("nightly", "1.0"), ("quick", "0.0")] {
            let labels = #"{workload="\#(name)",machine_class="ci-small"}"#
            #expect(lines.contains("chimera_gate_exit_status\(labels) \(status)"))
        }
        for (name, ttft) in [("nightly", "0.522375"), ("quick", "0.25")] {
            let labels = #"{workload="\#(name)",machine_class="ci-small",stage="analysis",figure="ttft"}"#
            #expect(lines.contains("chimera_gate_ttft_seconds\(labels) \(ttft)"))
        }
    }

    @Test("metrics are samples of families that stand together, in base units, and end with the line that says so")
    func metrics() throws {
        let text = OpenMetrics(ReportCases.regressed).text
        let lines = text.split(separator: "\n").map(String.init)
        #expect(text.hasSuffix("\n# EOF\n"))
        #expect(lines.contains("# UNIT chimera_gate_ttft_seconds seconds"))
        let labels = #"{workload="analysis",machine_class="ci-small",stage="analysis",figure="ttft"}"#
        #expect(lines.contains("chimera_gate_ttft_seconds\(labels) 0.522375"))
        expectFamilies(lines)
    }

    /// Each stands in one place, is declared once, and has no sample twice.
    private func expectFamilies(_ lines: [String]) {
        var finished: Set<Substring> = []
        var current: Substring = ""
        for line in lines where !line.hasPrefix("# EOF") {
            let name = line.hasPrefix("#") ? line.split(separator: " ")[2] : line.prefix { $0 != "{" }
            if name != current { #expect(finished.insert(name).inserted, "\(name) stands in two places") }
            current = name
            if !line.hasPrefix("#") {
                #expect(line.wholeMatch(of: /[a-z0-9_]+\{([a-z_]+="[a-z0-9._-]*",?)+\} [0-9.e+-]+/) != nil, "\(line)")
            }
        }
        #expect(Set(lines).count == lines.count)
    }
}

@Suite("A summary that has to fit") struct FittedMarkdownTests {
    private func summary(_ input: ReportInput, _ limit: Int) throws -> String {
        try SummaryMarkdown(limit: limit).render(input)
    }

    @Test("is as it is where it fits")
    func fits() throws {
        let whole = try summary(ReportCases.regressed, 1 << 20)
        #expect(try summary(ReportCases.regressed, whole.utf8.count) == whole)
        #expect(!whole.contains("Cut for its size"))
    }

    @Test(
        "keeps the verdict and what failed, closes what it folds, and says what was cut",
        arguments: [1_500, 2_500, 3_500])
    func cut(_ limit: Int) throws {
        let text = try summary(ReportCases.regressed, limit)
        #expect(text.utf8.count <= limit)
        #expect(text.hasPrefix("# chimera-gate: regression\n\n**Regression: 3 of 8"))
        #expect(text.contains("## What failed"))
        #expect(text.contains("**Cut for its size:** ") && text.contains("index.html"))
        let folded = text.split(separator: "\n")
        #expect(
            folded.count { $0.hasPrefix("<details") } == folded.count { $0 == "</details>" }, "\(text)")
    }

    @Test(
        "of several workloads leaves each that blocks its share, folds what passed, and has no more than there is room",
        arguments: [1_100, 4_000, 9_000, 12_000])
    func joint(_ limit: Int) throws {
        let input = ReportCases.many(3)
        let text = try JointMarkdown(limit: limit).render(input)
        #expect(text.utf8.count <= limit, "\(text.utf8.count)")
        #expect(text.hasPrefix("# chimera-gate: regression\n\n**Regression: w0, w1, w2"))
        #expect(text.contains("**Cut for its size:** ") && text.contains("each workload's session directory"))
        let lines = text.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("<details") } == lines.count { $0 == "</details>" }, "\(text)")
        guard limit > 8_000 else { return }
        for name in ["w0", "w1", "w2"] { #expect(text.contains("## \(name): regression"), "\(text)") }
        #expect(lines.count { $0 == "### What failed" } == 3)
    }

    @Test("of very many workloads names those that have room, and no more", arguments: [1_100, 65_000])
    func names(_ limit: Int) throws {
        let text = try JointMarkdown(limit: limit).render(ReportCases.many(200))
        #expect(text.utf8.count <= limit && text.contains(/Cut for its size.* and \d+ more\./), "\(text.suffix(600))")
    }

    @Test("is never longer than a comment may be, whatever others wrote")
    func comment() throws {
        let warnings = (1...200).map { Warning("\($0)" + String(repeating: "<", count: 400), remedy: "") }
        let text = try summary(ReportCases.input(ReportCases.session(warnings: warnings)), SummaryMarkdown.commentLimit)
        #expect(text.utf8.count <= SummaryMarkdown.commentLimit)
        #expect(text.contains("**Cut for its size:** ") && text.contains(/lines of .*Warnings/))
    }
}
