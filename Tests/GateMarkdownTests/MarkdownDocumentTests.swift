import Testing

@testable import GateMarkdown

@Suite("Markdown as a tree") struct MarkdownDocumentTests {
    @Test("blocks of every kind are read with their lines") func kinds() throws {
        let blocks = MarkdownDocument(
            """
            # Title *of* `all`

            Two
            lines.

            ```json extra
            {"a": 1}
            ```

            > quoted

            ---
            <div>raw</div>
            """
        ).blocks
        #expect(blocks.map(\.lines) == [1...1, 3...4, 6...8, 10...10, 12...12, 13...13])
        #expect(blocks[0].kind == .heading(level: 1, text("Title of all")))
        #expect(blocks[1].kind == .paragraph(text("Two", "lines.")))
        #expect(blocks[2].kind == .code(language: "json", text: "{\"a\": 1}\n"))
        guard case .quote(let quoted) = blocks[3].kind else { throw Unexpected() }
        #expect(quoted.map(\.kind) == [.paragraph(text("quoted"))])
        #expect(blocks[4].kind == .thematicBreak)
        #expect(blocks[5].kind == .other("<div>raw</div>"))
    }

    @Test("a table has a header, and rows with their lines") func tables() throws {
        let document = MarkdownDocument(
            """
            text

            | **Model** | tok/s<br>mean |
            |---|--:|
            | `gemma3` | 102.3 |
            | a \\| b | |
            """)
        guard case .table(let table) = try #require(document.blocks.last).kind else { throw Unexpected() }
        #expect(table.header == ["Model", "tok/s mean"])
        #expect(table.rows.map(\.cells) == [["gemma3", "102.3"], ["a | b", ""]])
        #expect(table.rows.map(\.line) == [5, 6])
    }

    @Test("items keep their own text apart from what is nested") func lists() throws {
        let document = MarkdownDocument("1. **One:** first\n   * inner\n\n   more\n2. second\n")
        guard case .list(let list) = try #require(document.blocks.first).kind else { throw Unexpected() }
        #expect(list.isOrdered)
        #expect(list.items.map(\.text) == ["One: first more", "second"])
        #expect(list.items[1].lines.lowerBound == 5)
        guard case .list(let inner) = try #require(list.items[0].children.first).kind else { throw Unexpected() }
        #expect(inner.items.map(\.text) == ["inner"])
    }

    @Test("hostile texts end in a tree") func hostile() {
        for text in [
            String(repeating: ">", count: 50_000), String(repeating: "* ", count: 20_000),
            String(repeating: "*a_ ", count: 20_000), String(repeating: "**", count: 50_000), "\0\u{FFFE}", "",
            "|\n|-|\n" + String(repeating: "|", count: 10_000), String(repeating: "a\n", count: 100_000),
        ] {
            _ = ReportOutline(text)
            #expect(MarkdownDocument(text).sections.count <= 1)
        }
    }

    @Test("several documents may be read at once") func concurrent() async {
        let text = "# A\n\n| x |\n|---|\n| 1 |\n"
        let expected = MarkdownDocument(text)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 { group.addTask { MarkdownDocument(text) == expected } }
            for await isSame in group { #expect(isSame) }
        }
    }
}

struct Unexpected: Error {}

private func text(_ lines: String...) -> MarkdownText {
    MarkdownText(lines: lines.map { .init(text: $0, isBold: false) })
}
