import GateCore
import GateVerdict
import TestSupport
import Testing

@testable import GateReports

@Suite struct ConsoleTableTests {
    @Test("an approval that would be refused at once is not advised")
    func noVainAdvice() throws {
        let session = ReportCases.session(
            Fixtures.call(.analysis, ttft: 4), Fixtures.call(.report, outcome: ReportCases.invalid))
        let text = try ConsoleTable().render(ReportCases.input(session))
        #expect(text.contains("regression") && !text.contains("baseline approve"), "\(text)")
        #expect(text.split(separator: "\n").count { $0.contains("Look at the invalid calls below") } == 1, "\(text)")
    }

    @Test("tables, whole: plain, in colour, and on a narrow terminal")
    func golden() throws {
        try Golden.expect(ConsoleTable().render(ReportCases.regressed), is: "console-regression.txt")
        let coloured = try ConsoleTable(width: 120, isColoured: true).render(ReportCases.inconclusive)
        try Golden.expect(coloured.replacing("\u{1B}", with: "<ESC>"), is: "console-inconclusive-coloured.txt")
        try Golden.expect(ConsoleTable(width: 40).render(ReportCases.regressed), is: "console-narrow.txt")
    }

    @Test("without colour there is no escape sequence, with colour the text is the same")
    func colours() throws {
        for input in ReportCases.all {
            let plain = try ConsoleTable().render(input)
            #expect(!plain.contains("\u{1B}"))
            let coloured = try ConsoleTable(isColoured: true).render(input)
            #expect(coloured.replacing(#/\x{1B}\[[0-9]+m/#, with: "") == plain)
        }
    }

    @Test("no line is wider than the terminal", arguments: [20, 40, 79, 120])
    func width(columns: Int) throws {
        for input in ReportCases.all {
            let lines = try ConsoleTable(width: columns).render(input).split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= columns })
        }
    }

    @Test("a log runner finds no command in what others chose", arguments: [nil, 30, 100])
    func hostile(columns: Int?) throws {
        let text = try ConsoleTable(width: columns).render(ReportCases.hostile)
        #expect(!text.contains("##"))
        for line in text.split(separator: "\n") {
            let trimmed = line.drop { $0 == " " || $0 == "-" }
            #expect(!trimmed.hasPrefix("::"))
            #expect(!line.hasPrefix("---"))
        }
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) })
    }

    @Test("the end says why and what to do, for every way that a check can end")
    func conclusion() throws {
        let missing = try ConsoleTable().render(ReportCases.withoutBaseline)
        #expect(missing.contains("Not judged: there is no approved baseline to compare with.\n- There is no approved"))
        #expect(missing.contains("What to do:\n- If this session is good, approve it: chimera-gate baseline approve"))
        let nothing = try ConsoleTable().render(ReportCases.nothingMeasured)
        #expect(nothing.contains("the stream ended before its end marker"))
        #expect(
            try ConsoleTable().render(ReportCases.passed).hasSuffix(
                "are within what is allowed.\nCompared with 5 approved sessions: of unchanged sessions at most 1% are called"
                    + " a regression, over all checks together.\n"))
    }

    @Test("without a baseline the figures that would be judged are shown, in the summary, too")
    func figures() throws {
        let text = try ConsoleTable().render(ReportCases.withoutBaseline)
        #expect(text.contains("analysis  ttft.p50                    –    250.00 ms       –     +25%  new"), "\(text)")
        #expect(!text.contains("itl.p99"))
        let summary = try SummaryMarkdown().render(ReportCases.withoutBaseline)
        #expect(summary.contains("| `analysis` | `ttft.p50` | – | 250.00 ms | – |"), "\(summary)")
        #expect(ReportCases.withoutBaseline.judgement.overall == .baselineMissing)
    }

    @Test("a judgement that calls did not end says what did")
    func withoutCalls() throws {
        let before = ReportCases.session(Fixtures.call(.analysis, ttft: 0.00025))
        let other = try ConsoleTable().render(
            ReportCases.input(ReportCases.session(), baseline: Fixtures.baseline(before)))
        #expect(other.contains("Not judged: what was measured cannot be compared, so that 1 of 6 judged checks has no"))
        let failure = JudgementFailure(.couldNotRun, message: "no server answers", remedy: "Start it.")
        let ended = Judgement.ended(
            by: failure, exitCode: 69, sessionId: "", workload: .analysis, machineClass: "ci-small")
        let text = Explanation(judgement: ended, session: nil, baseline: nil).text
        #expect(text.hasPrefix("Not judged: the call ended before there was anything to judge."), "\(text)")
    }

    @Test("an approval that is advised says from when on it counts on a branch")
    func approvalOnBranch() throws {
        let text = try ConsoleTable().render(ReportCases.regressed)
        #expect(text.contains("baseline approve --reason \"…\". On a branch it counts from the merge on"), "\(text)")
    }

    @Test("long lists end with how many are left out")
    func longLists() throws {
        let warnings = (1...30).map { Warning("number \($0)", remedy: "Look.") }
        let text = try ConsoleTable().render(ReportCases.input(ReportCases.session(warnings: warnings)))
        #expect(text.contains("number 20") && !text.contains("number 21"))
        #expect(text.contains("- and 10 more in verdict.json"))
    }

    @Test("lines are broken between words, and words that are too long inside")
    func wrapping() {
        #expect(ConsoleText.wrapped("aa bb", columns: nil, prefix: "- ") == ["- aa bb"])
        #expect(
            ConsoleText.wrapped("aaaa bbbb cccc dddd eeee", columns: 20, prefix: "- ")
                == ["- aaaa bbbb cccc", "  dddd eeee"])
        #expect(
            ConsoleText.wrapped(String(repeating: "x", count: 30), columns: 20)
                == [String(repeating: "x", count: 20), "  " + String(repeating: "x", count: 10)])
        #expect(ConsoleText.wrapped("", columns: 20) == [""])
    }
}
