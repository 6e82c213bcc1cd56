import GateCore
import Testing

@testable import GateLint

struct MarkupAndRepetitionTests {
    private func claims(_ rule: RuleID, _ text: String) -> [String] {
        structure(text).filter { $0.rule == rule }.map { "\($0.place.line):\($0.place.columnStart) \($0.claim)" }
    }

    @Test(
        "emphasis without its end, headings without their space and rows without a rule are broken",
        arguments: [
            ("* Key Findings**\n", "1:15 **"), ("** Note: text.\n", "1:1 **"), ("Text **bold and\n\nmore.\n", "1:6 **"),
            ("Use `tokens_s to read the rate.\n", "1:5 `"), ("##Heading\n", "1:1 ##"),
            ("| a | b |\n| 1 | 2 |\n", "1:1 |"),
        ])
    func broken(text: String, expected: String) { #expect(claims(.S08, text) == [expected]) }

    @Test(
        "sound emphasis, arithmetic, globs and code are not",
        arguments: [
            "**Bold** and **two\nlines** of it.\n", "2 ** 3 and 2**3 and gemma3_*\n", "`**kwargs` and \\**\n",
            "***both*** and **a *b* c**\n", "| a | b |\n|---|---|\n| **1** | 2 |\n", "#1 and #tag\n",
            "A `span\nover lines` and a 5` mark.\n", "Use ``a`b`` and \\`x.\n",
            "* **Item:** text\n* **Other:** text\n", "**“quoted”**\n", "```\n** x\n##y\n```\n",
        ])
    func sound(text: String) { #expect(claims(.S08, text) == []) }

    @Test("a line that stands there three times is repeated; labels and short entries are not")
    func repeatedLines() {
        let line = "- Model A has a latency of 26.76 ms before each action.\n"
        #expect(claims(.S11, line + line) == [])
        #expect(
            claims(.S11, "Intro.\n\n\(line)\(line)\n\(line)") == [
                "4:3 Model A has a latency of 26.76 ms before each action"
            ])
        let sentence = "The data has results of many kinds, and these are the key observations:\n\n"
        #expect(claims(.S11, sentence + sentence + sentence).count == 1)
        let entry = { (name: String) in "## \(name)\n\n- Impact: high\n- The result of every one of them:\n" }
        #expect(claims(.S11, ["A", "B", "C", "D"].map(entry).joined(separator: "\n")) == [])
    }

    @Test("what stands right behind itself is repeated, however short: lines and sentences")
    func inARow() {
        let line = "Run the tests again.\n"
        #expect(claims(.S11, line + line) == [])
        #expect(claims(.S11, "Intro.\n\n" + line + line + line) == ["4:1 Run the tests again"])
        #expect(claims(.S11, line + "Then wait.\n" + line + "Then go.\n" + line) == [])
        let sentence = "Take the first one. "
        #expect(claims(.S11, sentence + sentence + "Then the others.\n") == [])
        #expect(claims(.S11, sentence + sentence + sentence + "Then the others.\n").count == 1)
    }

    @Test("a paragraph, an item and a long sentence that stand there twice are repeated; short ones may be")
    func repeatedParagraphs() {
        let text = "The receiver lost 225 of 90,000 segments in ten seconds, 108 of them in the seventh second.\n"
        #expect(claims(.S11, "\(text)\nOther.\n\n\(text)").map { $0.prefix(4) } == ["5:1 "])
        #expect(claims(.S11, "- \(text)- Other.\n- \(text)").map { $0.prefix(4) } == ["3:3 "])
        let wrapped = "The receiver lost 225 of 90,000 segments\nin ten seconds, 108 of them in the\nseventh second.\n"
        #expect(claims(.S11, "\(wrapped)\n\(wrapped)").map { $0.prefix(4) } == ["5:1 "])
        let short = "The receiver lost 225 of 90,000 segments.\n"
        #expect(claims(.S11, "\(short)\nOther.\n\n\(short)") == [])
        let sentence = "The receiver lost 225 of 90,000 segments in ten seconds."
        #expect(claims(.S11, "\(sentence) \(sentence)\n").count == 1)
        #expect(claims(.S11, "\(sentence) The sender waited. \(sentence)\n") == [])
    }

    @Test("a text that goes round in circles is an error, a varied one and a short one are not")
    func runaway() {
        let words = (0..<400).map { "word\($0)" }.joined(separator: " ") + ".\n"
        #expect(structure(words).filter { $0.rule == .S11 } == [])
        let circle = String(repeating: "the model is fast and the model is slow. ", count: 60) + "\n"
        let findings = structure(circle).filter { $0.rule == .S11 }
        #expect(findings.map(\.severity) == [.error])
        #expect(findings.first?.evidence.hasPrefix("98 %") == true)
    }

    @Test("the measures of repetition are what their definitions say")
    func measures() {
        let text = Degeneration(ReportLines("a b c d a b c d\n"))
        #expect(text.words == 8)
        #expect(text.distinct2 == 4.0 / 7)
        #expect(text.repeated4 == 1.0 / 5)
        #expect(text.nonLatinShare == 0)
        #expect(Degeneration(ReportLines("да x\n")).nonLatinShare == 2.0 / 3)
        #expect(Degeneration(ReportLines("x\n\nx\nx\ny\n")).longestLineRun == 2)
        let once = (0..<64).map { "\($0 * 7919 % 1009) " }.joined()
        let twice = Degeneration(ReportLines(once + "\n" + once + "\n"))
        #expect(Degeneration(ReportLines(once + "\n")).novelty > 0.95)
        #expect(twice.novelty > 0.45 && twice.novelty < 0.6)
    }
}
