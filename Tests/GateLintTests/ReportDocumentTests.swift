import GateCore
import Testing

@testable import GateLint

@Suite("A report as lines of a Markdown tree")
struct ReportDocumentTests {
    @Test("Lines know their section, their table and the item that they stand below")
    func kinds() throws {
        let document = ReportDocument(
            """
            # Report

            **1. Data Ingestion Summary**

            * Files
              * CSV: 28

            | Metric | Mean |
            |---|---|
            | TTFT | 1.5 ms | more |
            """)
        #expect(document.sections.map(\.title) == ["Report", "Data Ingestion Summary"])
        #expect(document.sections[1].path == [0, 1])
        #expect(document.lines[4].section == 1)
        #expect(document.lines[5].kind == .listItem(item: 1))
        #expect(document.items[1].parent == 0)
        #expect(document.lines[7].kind == .tableHeader(table: 0))
        #expect(document.lines[9].kind == .tableRow(table: 0, row: 0))
        let table = try #require(document.tables.first)
        #expect(table.header.cells.map(document.text) == ["Metric", "Mean"])
        #expect(table.rows.first?.cells.map(document.text) == ["TTFT", "1.5 ms", "more"])
    }

    @Test("Columns count code points, not bytes")
    func columns() throws {
        let document = ReportDocument("a\r\n– über 12 Dateien\r\n")
        #expect(document.lines.count == 2)
        let range = document.lines[1].bytes
        let number = try #require(document.bytes[range].firstIndex(of: UInt8(ascii: "1")))
        #expect(document.place(number..<number + 2, line: 2) == ReportPlace(line: 2, columnStart: 8, columnEnd: 10))
    }

    @Test(
        "Every text is a report",
        arguments: ["", "\n", "\r", "|", "|\n|-", "```", "> > * 1. # |a|\n> |-|", "\u{0}", "a\r\rb", "\u{200F}٣"])
    func anything(_ text: String) {
        let document = ReportDocument(text)
        #expect(document.lines.last?.bytes.upperBound ?? 0 <= document.bytes.count)
        _ = ClaimAudit(document, .none, explains: true).bindings
    }
}
