import GateCore
import GateVerdict
import TestSupport
import Testing

@testable import GateReports

@Suite("Reports of cases") struct JudgedCasesTests {
    private static func verdict(_ outcome: Outcome, _ overall: OverallVerdict, metrics: [String] = ["ttft"])
        -> CaseVerdict
    {
        let findings = metrics.map { ($0, MetricFinding(outcome, reason: "20% worse", remedy: "Look at it")) }
        return CaseVerdict(overall: overall, evidence: .pairs, runsUsed: 5, pairsUsed: 8, metrics: findings)
    }

    private static func cases(
        _ verdicts: [(String, CaseVerdict)], inconclusive: InconclusivePolicy = .warn
    ) -> JudgedCases {
        var cases = JudgedCases(
            source: "cases.jsonl", toolVersion: "0.1.0", startedAt: Fixtures.start, inconclusive: inconclusive)
        for (id, verdict) in verdicts { cases.add(id: id, verdict) }
        cases.end(seconds: 0.25)
        return cases
    }

    /// One for every way that a metric can end.
    static var every: JudgedCases {
        cases(Outcome.allCases.map { ($0.rawValue, verdict($0, .inconclusive)) })
    }

    @Test("what blocks is a failure, what is not decided is skipped, what only informs is no test case")
    func junit() throws {
        let text = try JUnitReport().render(
            Self.cases([
                ("a", Self.verdict(.regression, .regression)), ("b", Self.verdict(.inconclusive, .inconclusive)),
                ("c", Self.verdict(.invalid, .infrastructureError)), ("d", Self.verdict(.pass, .pass)),
                ("e", Self.verdict(.informational, .inconclusive)), ("f", Self.verdict(.budgetExceeded, .regression)),
            ]))
        #expect(text.contains(#"tests="7" failures="2" errors="1" skipped="2" time="0.250""#), "\(text)")
        #expect(text.contains(#"<failure message="20% worse" type="PerfRegression">20% worse"#), "\(text)")
        #expect(text.contains(#"<testcase classname="chimera.judge.cases.jsonl.e" name="verdict""#), "\(text)")
    }

    @Test("ids and metrics that are alike in clean letters stay apart")
    func unique() throws {
        let one = Self.verdict(.pass, .pass, metrics: ["a b", "a_b"])
        let text = try JUnitReport().render(
            Self.cases([
                ("x y", one), ("x_y", one), ("x_y", one), ("run", Self.verdict(.pass, .pass, metrics: ["completed"])),
            ]))
        for name in ["a_b", "a_b-2", "a_b-6"] {
            #expect(text.contains(#"classname="chimera.judge.cases.jsonl.x_y" name="\#(name)""#), "\(text)")
        }
        #expect(text.contains(#"classname="chimera.judge.cases.jsonl.run" name="completed-2""#), "\(text)")
    }

    @Test("of very many the worst are kept and all are counted; both reports stay within their limits")
    func many() throws {
        let passes = (0..<7_000).map { ("p\($0)", Self.verdict(.pass, .pass)) }
        let cases = Self.cases(passes + [("bad", Self.verdict(.regression, .regression))])
        let junit = try JUnitReport().render(cases)
        #expect(junit.contains(#"tests="5000" failures="1""#) && junit.contains("jsonl.bad"))
        #expect(junit.contains("of 2000 cases only the count is kept"))
        let summary = CasesMarkdown().render(cases)
        #expect(
            summary.utf8.count <= SummaryMarkdown.commentLimit
                && summary.contains("4502 more are in what `judge` prints."))
        #expect(summary.contains("<summary>7000 cases that passed</summary>"))
        #expect(summary.contains("**7001 cases: regression 1, pass 7000.**"), "\(summary.prefix(200))")
        #expect(cases.exitCode == 1)
    }

    @Test("a platform is told what blocks, what was not decided, and how many came to what")
    func platform() throws {
        let report = PipelineReport(
            Self.cases([
                ("a", Self.verdict(.regression, .regression)), ("b", Self.verdict(.inconclusive, .inconclusive)),
                ("c", Self.verdict(.pass, .pass)),
            ]))
        let told = try report.deliveries(to: .github, summaryFile: "/judged/summary.md")
        #expect(told[1] == .append(text: "verdict=regression\nstatus=1\n", variable: "GITHUB_OUTPUT"))
        #expect(
            told.last
                == .log([
                    "::error title=chimera-gate%3A regression::case a, ttft: 20%25 worse. Look at it",
                    "::warning title=chimera-gate%3A inconclusive::case b, ttft: 20%25 worse. Look at it",
                ]))
        guard case .file(.metrics, let metrics) = try report.deliveries(to: .gitlab, summaryFile: "").first else {
            Issue.record("no metrics")
            return
        }
        let labels = #"workload="judge",machine_class="cases.jsonl""#
        #expect(metrics.contains("chimera_gate_exit_status{\(labels)} 1.0\n"), "\(metrics)")
        #expect(metrics.contains(#"chimera_gate_cases{\#(labels),verdict="regression"} 1.0"#), "\(metrics)")
        #expect(metrics.contains(#"chimera_gate_cases{\#(labels),verdict="invalid"} 0.0"#), "\(metrics)")
    }

    @Test("a call that ended early is no pass, whatever was judged before")
    func stopped() throws {
        var cases = Self.cases([("a", Self.verdict(.pass, .pass))])
        cases.end(seconds: 1, exitCode: 65, message: "line 2 is no case", remedy: "Mend it")
        #expect(cases.overall == .infrastructureError && cases.exitCode == 65)
        #expect(
            try JUnitReport().render(cases).contains(#"<error message="line 2 is no case" type="InfrastructureError">"#)
        )
        let summary = CasesMarkdown().render(cases)
        #expect(summary.contains("Ended before the last case: line 2 is no case. Mend it"), "\(summary)")
    }
}
