import GateMarkdown
import Testing

@Suite("sections") struct MarkdownSectionTests {
    @Test(
        "a title loses its markup, its number and its colon",
        arguments: [
            ("## 1. Executive Summary", "Executive Summary"), ("**1. Executive Summary**", "Executive Summary"),
            ("**Executive Summary**\n====", "Executive Summary"), ("### 2.3 Results:", "Results"),
            ("## IV. Key *Findings*", "Key Findings"), ("# Section 4: Findings", "Findings"),
            ("# 2025 results", "2025 results"), ("# 1.", "1."), ("# Iteration", "Iteration"), ("## 5) Notes", "Notes"),
        ])
    func titles(_ text: String, _ title: String) {
        #expect(MarkdownDocument(text).sections.map(\.title) == [title])
    }

    @Test("a bold line above its text is a heading of its own") func boldLine() {
        let sections = MarkdownDocument("**Executive Summary**\nThe model is fast.\n\nAnd small.").sections
        #expect(sections.map(\.title) == ["Executive Summary"])
        #expect(sections.first?.level == nil)
        #expect(sections.first?.blocks.map(\.lines) == [2...2, 4...4])
    }

    @Test(
        "bold words that are no title are no heading",
        arguments: [
            "**Note:** this is text.", "**To provide more, I would require access to the files.**",
            "**Would you like more?**", "plain",
        ])
    func sentences(_ text: String) {
        #expect(MarkdownDocument(text).sections.isEmpty)
    }

    @Test("bold headings of one style stand beside each other, others below what is open") func depths() {
        let sections = MarkdownDocument(
            """
            ## Report

            **4. Key Findings**

            ### Detail

            **Short term:**

            **5. Recommendations**

            ## Annex
            """
        ).sections
        #expect(sections.map(\.depth) == [0, 1, 2, 3, 1, 0])
        #expect(sections.map(\.line) == [1, 3, 5, 7, 9, 11])
        #expect(sections.map(\.level) == [2, nil, 3, nil, nil, 2])
    }
}
