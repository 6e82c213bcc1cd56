import Foundation
import GateCore
import GateVerdict
import TestSupport
import Testing

@testable import GateReports

@Suite struct SummaryMarkdownTests {
    private func lines(_ input: ReportInput) throws -> [String] {
        try SummaryMarkdown().render(input).split(separator: "\n").map(String.init)
    }

    @Test("summaries, whole")
    func golden() throws {
        try Golden.expect(SummaryMarkdown().render(ReportCases.regressed), is: "summary-regression.md")
        try Golden.expect(SummaryMarkdown().render(ReportCases.inconclusive), is: "summary-inconclusive.md")
        try Golden.expect(SummaryMarkdown().render(ReportCases.nothingMeasured), is: "summary-nothing-measured.md")
    }

    @Test("the verdict comes first, in one sentence, for every way that a check can end")
    func headline() throws {
        let headlines = try [
            ReportCases.passed, ReportCases.regressed, ReportCases.inconclusive, ReportCases.broken,
            ReportCases.nothingMeasured, ReportCases.withoutBaseline, ReportCases.nothingDemanded,
        ].map { try lines($0)[1] }
        #expect(
            headlines == [
                "**Passed: all of 6 judged checks are within what is allowed.**",
                "**Regression: 3 of 8 judged checks got worse than is allowed.**",
                "**Not decided: 2 of 6 judged checks could not be decided, none is known to be worse.**",
                "**Not judged: too many calls are invalid, so that 3 of 6 judged checks have no verdict.**",
                "**Not judged: nothing valid was measured.**",
                "**Not judged: there is no approved baseline to compare with.**",
                "**Not decided: nothing that was measured has a tolerance or a budget.**",
            ])
    }

    @Test("what was not decided is said loudly, with what would decide it")
    func undecided() throws {
        let text = try SummaryMarkdown().render(ReportCases.inconclusive)
        #expect(text.contains("## Not decided\n\n**2 checks were not decided: nothing is known about them"))
        #expect(text.contains("*Measure both with agent.prompt\\_cache 'defeat'"))
    }

    @Test("invalid calls stand with their reasons, and long lists are cut and said to be")
    func invalidCalls() throws {
        #expect(
            try lines(ReportCases.broken).contains(
                "| 3 | `report` | 1 | cut stream | `the stream ended before its end marker` |"))
        let runs = (1...150).map { Fixtures.run($0, calls: [Fixtures.call(.report, outcome: ReportCases.invalid)]) }
        let many = try SummaryMarkdown().render(ReportCases.input(Fixtures.session(runs: runs)))
        #expect(many.contains("50 more are in session.json and verdict.json."))
    }

    @Test("a working tree that was not committed is named beside its commit")
    func dirty() throws {
        let rows = { (isDirty: Bool) in try lines(ReportCases.input(Fixtures.session(isDirty: isDirty))) }
        #expect(try rows(true).contains("| commit | `9a1c44e09a1c, with changes that are not committed` |"))
        #expect(try rows(false).contains("| commit | `9a1c44e09a1c` |"))
    }

    @Test("where the machine differs from the baseline's, both are shown")
    func differences() throws {
        let input = ReportCases.input(ReportCases.session(cpuModel: "Intel Xeon"))
        #expect(try lines(input).contains("| CPU | `AMD EPYC 7763` | `Intel Xeon` |"))
        #expect(input.judgement.overall == .baselineIncomparable)
        #expect(
            try lines(ReportCases.passed).contains(
                "Machine, server, model, prompts, options and corpus are those of the baseline."))
    }

    @Test("text that others chose is text: no markup, no links, nobody called")
    func hostile() throws {
        let text = try SummaryMarkdown().render(ReportCases.hostile)
        #expect(text.utf8.count < 1 << 20)
        for control in ["\u{1B}", "\u{0}", "\u{9B}", "\u{202E}"] { #expect(!text.contains(control)) }
        // Outside code spans nothing is left of markup, addresses and mentions.
        let prose = text.replacing(#/(`+)(?!`).*?[^`]\1(?!`)/#, with: "").replacing(#/\\./#, with: "")
        for markup in ["<script", "<img", "](", "@team", "#1", "://", "www.e", "GH-1", "&lt;script>"] {
            let place = prose.range(of: markup).map { prose[$0.lowerBound...].prefix(80) }
            #expect(place == nil, "\(markup)")
        }
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("---") || $0.hasPrefix("# heading") })
        let columns = text.split(separator: "\n").filter { $0.hasPrefix("| CPU |") }
            .map { $0.replacing("\\|", with: "").count { $0 == "|" } }
        #expect(columns == [4])
    }

    @Test("running text is escaped; code spans outlast every fence inside")
    func escaping() {
        #expect(MarkdownText.prose("a*b_c`d[e](f)|<g>&\\") == "a\\*b\\_c\\`d\\[e\\](f)\\|&lt;g&gt;&amp;\\\\")
        #expect(MarkdownText.prose("- x") == "\\- x")
        #expect(MarkdownText.prose("12. x") == "12\\. x")
        #expect(MarkdownText.prose("# x") == "\\#\u{200B} x")
        #expect(MarkdownText.prose("522.38 ms (n=3), baseline -15%") == "522.38 ms (n=3), baseline -15%")
        #expect(MarkdownText.code("a|b") == "`a\\|b`")
        #expect(MarkdownText.code("``x") == "``` ``x ```")
        #expect(MarkdownText.code("\n\n") == "")
    }
}
