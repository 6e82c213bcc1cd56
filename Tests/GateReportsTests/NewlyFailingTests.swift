import GateCore
import GateVerdict
import TestSupport
import Testing

@testable import GateReports

@Suite("Calls that fail and did not before") struct NewlyFailingTests {
    private func input(failing: Int, policy: Policy = Policy()) -> ReportInput {
        let refused = ExchangeOutcome.invalid(InvalidCall(.httpStatus, "HTTP 503: overloaded"))
        let session = Fixtures.session(
            runs: (1...5).map { index in
                let report = index <= failing ? refused : .completed(.stop)
                return Fixtures.run(
                    index,
                    calls: [
                        Fixtures.call(.analysis, run: index), Fixtures.call(.report, run: index, outcome: report),
                    ])
            })
        let baseline = Fixtures.baseline()
        return ReportInput(
            session: session,
            judgement: Judge.judge(session: session, against: .baseline(baseline), policy: policy),
            baseline: baseline)
    }

    private let figures = "run/error_share 1 of 10 calls failed (HTTP 503: overloaded), 0 of 30 in the baseline"

    @Test("are plain in the console, the summary and a JUnit case, though chance may have dealt them")
    func undecided() throws {
        let input = input(failing: 1)
        #expect(input.judgement.exitCode == 0)
        let console = try ConsoleTable().render(input)
        #expect(console.contains("More calls fail than before.") && console.contains("warning: more calls fail"))
        let summary = try SummaryMarkdown().render(input)
        #expect(summary.contains("More calls fail than before.**") && summary.contains("`HTTP 503: overloaded`"))
        let junit = try JUnitReport().render(input)
        #expect(junit.contains("[[PROPERTY|newly_failing=\(figures)"), "\(junit)")
        #expect(junit.contains("warning: more calls fail than before: \(figures)"))
    }

    @Test("have their case also where error_share only informs")
    func informing() throws {
        let policy = Policy(metrics: [MetricPolicy(metric: "error_share", role: .info)])
        let junit = try JUnitReport().render(input(failing: 1, policy: policy))
        #expect(junit.contains("[[PROPERTY|newly_failing=\(figures)"), "\(junit)")
        #expect(try !JUnitReport().render(input(failing: 0, policy: policy)).contains("newly_failing"))
    }
}
