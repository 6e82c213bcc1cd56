import GateCore
import Testing

@testable import GateLint

struct StructureRulesTests {
    private let sections = [
        "Executive Summary", "Data Ingestion Summary", "Performance Analysis", "Key Findings", "Recommendations",
        "Appendix",
    ]

    @Test("a sound report has no findings, with any kind of line end and without one at the end")
    func sound() {
        #expect(found(soundReport, required: sections) == [])
        #expect(found(soundReport.replacing("\n", with: "\r\n"), required: sections) == [])
        #expect(found(String(soundReport.dropLast(1)), required: sections) == [])
    }

    @Test(
        "a section is known by its heading, however it is written",
        arguments: [
            "## Key Findings", "### 4. Key Findings", "**4. Key Findings**", "**Key Findings:**", "Key Findings\n---",
            "**Key Findings**\n===", "# IV. KEY FINDINGS", "## Section 4: Key Findings", "4. Key Findings",
            "**Key Findings:** Throughput fell.", "## Main Findings", "## Summary of Key Findings and Insights",
        ])
    func present(heading: String) {
        #expect(found("# Report\n\n\(heading)\n\nThroughput fell.\n", required: ["Key Findings"]) == [])
    }

    @Test("a section that is asked for by its number is known by its name", arguments: ["2. Failures", "II. Failures"])
    func numbered(required: String) {
        for heading in ["## 2. Failures", "## Failures", "**Failures**"] {
            #expect(found("# Report\n\n\(heading)\n\nAll held for an hour.\n", required: [required]) == [])
        }
        #expect(structure("# Report\n\nAll held for an hour.\n", required: [required]).map(\.rule) == [.S01])
    }

    @Test(
        "what only mentions a section is none",
        arguments: ["The key findings are below.", "## Insights", "- Key point: findings.", "`## Key Findings`"])
    func absent(line: String) {
        let findings = structure("# Report\n\n\(line)\n\nThroughput fell.\n", required: ["Key Findings"])
        #expect(findings.map(\.rule) == [.S01])
        #expect(findings.first?.claim == "missing section: Key Findings")
        #expect(findings.first?.severity == .error)
    }

    @Test("an empty report lacks every section", arguments: ["", "\n", "   \n\t\n", "\u{FEFF}"])
    func empty(text: String) {
        #expect(structure(text, required: sections).map(\.rule) == sections.map { _ in .S01 } + [.S02])
    }

    @Test(
        "a report without content is an error, whatever titles it has and whoever it speaks to",
        arguments: [
            "", "  \n\t\n", "# Benchmark report\n", "# Benchmark report\n\n## Results\n\n---\n", "**Report**\n\n- \n",
            "# Report\n\n```\n```\n", "Sorry, I cannot write this report.\n",
            "# Report\n\nI'm sorry, but I can't write that.\n\nWould you like me to try again?\n",
        ])
    func noContent(text: String) {
        let errors = structure(text).filter { $0.severity == .error }
        #expect(errors.map(\.message) == ["The report has no content."])
        #expect(errors.map(\.rule) == [.S02])
    }

    @Test(
        "a report that says anything of its data is not empty",
        arguments: [
            "All is well.\n", "**Throughput: 12 tok/s**\n", "| a | 12 |\n", "- lark\n", "```\n{}a\n```\n", "> lark\n",
            "Okay, here is the report: lark is at 12 ms.\n", "Okay, here is the report.\n\n- lark is the fastest\n",
        ])
    func someContent(text: String) {
        #expect(structure(text).filter { $0.severity == .error } == [])
    }

    @Test(
        "a section without content, or that declares to have none, is empty",
        arguments: [
            ("## A\n\nText.\n\n## B\n\n## C\n\nText.\n", "S02 5 B"),
            ("# Benchmarks\n\n## Results\n\n## Key Findings\n\nAll is well.\n", "S02 3 Results"),
            ("# Benchmarks\n\n## Key Findings\n\nAll is well.\n\n## Results\n", "S02 7 Results"),
            ("# Benchmarks\n\n### Results\n\n## Key Findings\n\nAll is well.\n", "S02 3 Results"),
            (
                "## A\n\nText.\n\n**2. Appendix (Not Included - would hold tables)**\n",
                "S02 5 Not Included - would hold tables"
            ),
            ("## A\n\nText.\n\n## Appendix\n\nN/A\n", "S02 7 N/A"),
            (
                "## A\n\nText.\n\n## Appendix\n\n*(To be added once the data is there.)*\n",
                "S02 7 To be added once the data is there"
            ),
            (
                "## A\n\nText.\n\n## Appendix\n\n*(This section would include tables.)*\n\n---\n\n**Note:** This report"
                    + " rests on what was given; more would be needed to say more about any of it.\n",
                "S02 7 This section would include tables"
            ),
            (
                "## A\n\nText.\n\n## Appendix\n\nThis section is intentionally left blank.\n",
                "S02 7 This section is intentionally left blank"
            ),
            (
                "## A\n\nText.\n\n**6. Appendix**\n\n*(No tables or charts are included here, as they would repeat.)*\n",
                "S02 7 No tables or charts are included here, as they would repeat"
            ),
            (
                "## A\n\nText.\n\n## Appendix\n\nThere is no additional data available.\n",
                "S02 7 There is no additional data available"
            ),
            (
                "## A\n\nText.\n\n## Appendix\n\n(Sample excerpts to be included here - illustrative only)\n",
                "S02 7 Sample excerpts to be included here - illustrative only"
            ),
            (
                "## A\n\nText.\n\n## Sources\n\n(Not given: this section would normally name the dataset.)\n",
                "S02 7 Not given: this section would normally name the dataset"
            ),
        ])
    func emptySections(text: String, expected: String) { #expect(found(text) == [expected]) }

    @Test(
        "titles above each other, subsections and reports of nothing are no empty sections",
        arguments: [
            "# Agent\n\n# Technical Report\n\n## A\n\nText.\n", "## A\n\n### B\n\nText.\n",
            "# Agent\n\n## Technical Report\n\n## A\n\nText.\n", "# R\n\n## A\n\n### B\n\nText.\n\n### C\n\nText.\n",
            "## Benchmarks\n\n## A\n\nText.\n",
            "**3. Analysis**\n\n**3.1 Speed**\n\nText.\n", "## Gaps\n\nNo CSV files were available in the corpus.\n",
            "## Gaps\n\nNo information about the hardware is available.\n",
            "## Gaps\n\nNo data was lost.\n", "## Notes\n\n(The runs should be repeated in the morning.)\n",
            "## A\n\nText.\n\n**End of Report**\n",
        ])
    func noEmptySections(text: String) { #expect(found(text) == []) }

    @Test(
        "what a template left to be filled in is a placeholder",
        arguments: [
            ("See appendix [XX].\n", "[XX]"), ("The mean is [xxx] ms.\n", "[xxx]"),
            ("Prepared by: [Your Name]\n", "[Your Name]"), ("- **Source:** [Specify source]\n", "[Specify source]"),
            ("| Mean | [Insert value] |\n|---|---|\n", "[Insert value]"), ("Date: {{date}}\n", "{{date}}"),
            ("Throughput was XX.X tok/s.\n", "XX"), ("Owner: TBD\n", "TBD"), ("Site: <insert host>\n", "<insert host>"),
            ("See [link to dashboard].\n", "[link to dashboard]"), ("The cost is $X,XXX.\n", "XXX"),
            ("Report on [System Name]\n", "[System Name]"), ("For: [Reviewer Name/Team]\n", "[Reviewer Name/Team]"),
            ("Median: [Calculate the median – about 441 KB]\n", "[Calculate the median – about 441 KB]"),
            ("- Tuning: (X files)\n", "X"), ("It rose by Y%.\n", "Y"),
            ("Every [Daily, Hourly, etc.]\n", "[Daily, Hourly, etc.]"),
        ])
    func placeholders(text: String, claim: String) {
        #expect(structure(text).filter { $0.rule == .S03 }.map(\.claim) == [claim])
    }

    @Test(
        "indices, links, lists of values and code are no placeholders",
        arguments: [
            "gpu[0].fan_speed and results[i]\n", "see [Your Guide](guide.md) and [Name][1]\n", "[1]: https://a.b\n",
            "Data types: [CSV, JSON, MARKDOWN]\n", "Data types: []\n", "- [ ] open\n- [x] done\n",
            "Files named `[Test Category]_[Date].ext`\n", "a < b and c > d\n", "Values [12.5, 13.0] and [sic]\n",
            "```\n[Your Name] TBD\n```\n", "See note [2] and [^3].\n", "<br> <details>\n",
            "Formats: [JSON/CSV]\n", "Axis X runs in ms, axis Y: tokens.\n", "The share of x files is x%.\n",
        ])
    func noPlaceholders(text: String) { #expect(structure(text).filter { $0.rule == .S03 } == []) }

    @Test("each placeholder is placed to the code point")
    func places() {
        let finding = structure("Käufer 😀: [Your Name], siehe unten.\n").first { $0.rule == .S03 }
        #expect(finding?.place == ReportPlace(line: 1, columnStart: 11, columnEnd: 22))
    }

    @Test("a section that stands there twice, and a second document, are found; labels that repeat are not")
    func repeated() {
        let twice = "## Key Findings\n\nA.\n\n## Notes\n\nB.\n\n## Key Findings\n\nA.\n"
        #expect(found(twice, required: ["Key Findings"]) == ["S04 9 Key Findings"])
        let labels = "## A\n\n**Impact:**\n\nHigh.\n\n## B\n\n**Impact:**\n\nLow.\n\n### Detail\n\nC.\n"
        #expect(found(labels) == [])
        let one = (1...4).map { "## Part \($0)\n\nText \($0).\n\n" }.joined()
        let two = "# First\n\n\(one)# Second\n\n\(one.replacing("Part", with: "Piece").replacing("Text", with: "Word"))"
        #expect(found(two) == ["S04 19 Second"])
    }

    @Test(
        "a report that ends inside a sentence, a row or a fence was cut off",
        arguments: [
            "The report outlines findings and recommendations to ensure optimal performance and",
            "Throughput fell. The latency of the second model rose by a third while the",
            "- Throughput of the first model is stable over all of the runs.\n- TTFT rises after each of the loads.\n"
                + "- Throughput of the second model is not as",
            "| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4", "```json\n{\"a\": 1,\n",
            "It is slower (by 12 percent on average", "JSON files dominate the corpus, accounting for approximately",
            (1...6).map { "- Item \($0) has a sentence with its stop.\n" }.joined()
                + "- Monitor and log key activities",
            (1...6).map { "Paragraph \($0) has a sentence with its stop.\n\n" }.joined()
                + "Limit the gateway to two users: that keeps",
            (1...6).map { "Paragraph \($0) has a sentence with its stop.\n\n" }.joined()
                + "- Ask the harbour about the second pier.\n- Run it again once Q28",
            "Die Messung zeigt, dass der Durchsatz bei allen Läufen hoch war und",
        ])
    func truncated(text: String) {
        let findings = structure(text)
        #expect(findings.map(\.rule) == [.S05])
        #expect(findings.first?.severity == .error)
    }

    @Test(
        "a whole ending is not cut off, whatever it looks like",
        arguments: [
            "The report is complete.", "Prepared by: the analysis team of the lab", "**End of Report**",
            "- First item\n- Second item", "See the table:\n\n| A | B |\n|---|---|\n| 1 | 2 |\n", "Is it complete?",
            "It is complete (see above).", "报告到此结束。", "รายงานนี้สมบูรณ์แล้วและไม่มีอะไรเพิ่มเติม", "```\ncode\n```\n",
            "````md\n```\nnested\n```\n````\n", "Date: 2026-11-25", "*The end, with emphasis.*",
            "- Latency: 12 ms\n- Throughput of the first of the models: 102 tok/s",
            (1...6).map { "- Item \($0) has a phrase without its stop\n" }.joined()
                + "- Monitor and log key activities",
            (1...6).map { "Paragraph \($0) has a sentence with its stop.\n\n" }.joined()
                + "---\n\nwritten by the people of the harbour office",
            (1...6).map { "Paragraph \($0) has a sentence with its stop.\n\n" }.joined()
                + "Contact: the people of the harbour office",
            (1...6).map { "Paragraph \($0) has a sentence with its stop.\n\n" }.joined()
                + "- A first item without a stop\n- A second item without a stop",
        ])
    func whole(text: String) { #expect(structure(text).filter { $0.rule == .S05 } == []) }
}
