import GateCore
import GateVerdict
import TestSupport
import Testing

@testable import GateReports

@Suite("Reports of several workloads") struct JointReportTests {
    @Test("the summary and what is printed, whole") func golden() throws {
        try Golden.expect(JointMarkdown().render(ReportCases.joint), is: "summary-joint.md")
        try Golden.expect(JointTable().render(ReportCases.joint), is: "console-joint.txt")
    }

    @Test("the page links the page of each that was judged, and fetches nothing") func page() {
        let html = JointPage(ReportCases.joint).render()
        #expect(html.contains("<h1>Regression: nightly; infrastructure error: down; pass: quick.</h1>"), "\(html)")
        #expect(html.contains("href=\"workloads/nightly/index.html\""))
        #expect(!html.contains("workloads/down/index.html"))
        #expect(html.contains("Content-Security-Policy") && !html.contains("<script"))
    }

    @Test("what somebody else wrote can do nothing in any of them") func hostile() throws {
        let text = "<script>alert(1)</script> @team #1 [x](javascript:1) \u{1b}[31m ::error::x\n# heading"
        let joint = ReportCases.joint
        let attempt = FailedAttempt(
            workload: .analysis, name: "down", machineClass: "ci-small", toolVersion: "0.1.0",
            startedAt: Fixtures.start, seconds: 1, hostname: text, exitCode: 69, message: text, remedy: text)
        let input = JointInput(
            judgement: joint.judgement,
            reports: [JointInput.Report(part: joint.reports[0].part, content: .notMeasured(attempt))])
        let (summary, page, table) = (
            try JointMarkdown().render(input), JointPage(input).render(), try JointTable().render(input)
        )
        for output in [summary, page] { #expect(!output.contains("<script>"), "\(output)") }
        for output in [summary, page, table] { #expect(!output.contains("\u{1b}")) }
        #expect(
            !summary.contains("\n# heading") && !summary.contains(" @team") && !summary.contains("[x](javascript"),
            "\(summary)")
        #expect(!table.split(separator: "\n").contains { $0.hasPrefix("::") })
    }
}
