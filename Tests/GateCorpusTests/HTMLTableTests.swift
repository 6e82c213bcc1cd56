import GateCore
import GateVocabulary
import TestSupport
import Testing

@testable import GateCorpus

@Suite("tables in HTML", .timeLimit(.minutes(20))) struct HTMLTableTests {
    struct Read {
        let facts: [Fact]
        let remarks: FileRemarks
        let headings: Int

        var measured: [Fact] { facts.filter { $0.value.kind == .number } }
    }

    func read(_ text: String) -> Read {
        var remarks = FileRemarks()
        let found = collected(from: text, "a.md", maximumFacts: 1_000_000) { bytes, file, collector in
            MarkdownFacts.read(bytes, file: file, into: &collector)
            remarks = collector.takeRemarks()
        }
        return Read(facts: found.facts, remarks: remarks, headings: found.markdownHeadings)
    }

    @Test("are read like tables of bars") func plain() {
        let bars = read(
            "# Looms\n\n| loom | pull (ms) | note |\n|-|-|-|\n| **jet** | 1.5 | best |\n| air | 2.50 ± 0.1 | |\n")
        let html = read(
            """
            # Looms
            <table border="0">
              <thead><tr><th>loom</th><th align='right'>pull (ms)</th><th>note</th></tr></thead>
              <tbody>
                <tr><td><b>jet</b></td><td>1.5</td><td>best</td></tr>
                <tr><td>air</td><td>2.50 &plusmn; 0.1</td><td></td></tr>
              </tbody>
            </table>
            """)
        #expect(html.measured.map(\.metric) == bars.measured.map(\.metric))
        #expect(html.measured.map(\.written) == ["1.5", "2.50 ± 0.1", "0.1"])
        #expect(html.measured.map(\.unit) == ["ms", "ms", "ms"])
        #expect(html.measured.map(\.owner) == [["Looms", "jet", "best"], ["Looms", "air"], ["Looms", "air"]])
        #expect(html.measured.map(\.source.line) == [5, 6, 6])
        #expect(html.remarks.isEmpty)
    }

    @Test("may leave the ends of cells, rows and groups out, in capitals, without th") func leftOut() {
        let facts = read("<TABLE><TR><TD>loom<TD>pull_s<TR><TD>jet<TD>1.5<TR><TD>air<TD>2.5</TABLE>").facts
        #expect(facts.map(\.owner) == [["jet"], ["air"]])
        #expect(facts.map(\.number) == [1.5, 2.5])
    }

    @Test("cells that span rows and columns stand in each of them") func spans() {
        let facts = read(
            """
            <table>
            <tr><th rowspan="2">yard</th><th rowspan=2>loom</th><th colspan="2">pull (ms)</th></tr>
            <tr><th>p50</th><th>p99</th></tr>
            <tr><td rowspan="2">north</td><td>jet</td><td>1.5</td><td>2.5</td></tr>
            <tr><td>air</td><td colspan="2">3.5</td></tr>
            <tr><td>south</td><td>jet</td><td>4.5</td><td>5.5</td></tr>
            </table>
            """
        ).measured
        #expect(
            facts.map(\.owner) == [
                ["north", "jet"], ["north", "jet"], ["north", "air"], ["north", "air"], ["south", "jet"],
                ["south", "jet"],
            ])
        #expect(facts.map(\.number) == [1.5, 2.5, 3.5, 3.5, 4.5, 5.5])
        #expect(facts.map(\.statistic) == [.median, .p99, .median, .p99, .median, .p99])
        #expect(facts.allSatisfy { $0.unit == "ms" && $0.metric.hasPrefix("pull (ms)") })
    }

    @Test("a caption and a row of one cell name what stands below them") func titles() {
        let facts = read(
            """
            <table><caption>Night shift</caption>
            <tr><th>loom</th><th>pull_s</th></tr>
            <tr><td colspan=2><i>North</i></td></tr><tr><td>jet</td><td>1.5</td></tr>
            <tr><td colspan=2>South</td></tr><tr><td>jet</td><td>2.5</td></tr>
            <tr><td colspan=2>measured at 20 &deg;C</td></tr>
            </table>
            """
        ).facts
        #expect(facts.map(\.owner) == [["Night shift", "North", "jet"], ["Night shift", "South", "jet"]])
    }

    @Test("rows of a name and a value need no header") func pairs() {
        let facts = read(
            "<table><tr><th>Mean pull time</th><td>12 ms</td></tr><tr><th>picks</th><td>7</td></tr></table>"
        ).facts
        #expect(facts.map(\.metric) == ["Mean pull time", "picks"])
        #expect(facts.map(\.number) == [12, 7])
        #expect(facts[0].unit == "ms")
        #expect(facts[0].statistic == .mean)
    }

    @Test(
        "what stands in a cell is read as it is shown",
        arguments: [
            ("<code>1.5</code>&nbsp;ms", 1.5), ("1&nbsp;234 ms", 1234), ("<del>9 ms</del> 3 ms", 3),
            ("12.5<sup>1</sup>", 12.5), ("<span title=\"9 > 8\">4</span> ms", 4), ("<!-- 8 -->6", 6),
            ("&#49;&#x32; ms", 12), ("7 ms<br>(cold)", 7), ("\n  8\n  ms\n", 8),
        ])
    func cells(_ cell: String, _ value: Double) {
        let facts = read("<table><tr><th>loom<th>pull<tr><td>x<td>\(cell)</table>").facts
        #expect(facts.map(\.number) == [value])
    }

    @Test(
        "what is no number stays none",
        arguments: ["10<sup>6</sup>", "< 5 ms", "&lt;5 ms", "<img src=\"9.png\" alt=\"9\">", "~15", "<s>12 ms</s>"])
    func noNumbers(_ cell: String) {
        #expect(read("<table><tr><th>loom<th>pull<tr><td>x<td>\(cell)</table>").facts.isEmpty)
    }

    @Test("tables in comments, in code and behind a backslash are none") func notThere() {
        let table = "<table><tr><th>loom<th>pull_s<tr><td>x<td>1.5</table>"
        for text in ["<!--\n\(table)\n-->", "```html\n\(table)\n```", "`\(table)`", "\\\(table)", "<!-- \(table)"] {
            #expect(read(text).facts.isEmpty)
            #expect(read(text).remarks.isEmpty)
        }
        #expect(read("`code` <!-- x --> \(table)\n<!-- \(table) -->").facts.count == 1)
    }

    @Test("a table of layout leaves the tables of bars and of HTML within it readable") func layout() {
        let found = read(
            """
            <table><tr><td>

            | loom | pull_s |
            |------|--------|
            | jet  | 1.5    |

            </td><td>
            <table><tr><th>loom<th>pull_s<tr><td>air<td>2.5</table>
            </td></tr></table>

            - picks: 7
            """)
        #expect(found.facts.map(\.number) == [1.5, 2.5, 7])
        #expect(found.remarks.isEmpty)
    }

    @Test(
        "a broken one is passed over with its reason, and what follows is read",
        arguments: [
            ("<table><tr><th>a<th>b<tr><td>x<td>1.5\n", "line 1: it is never closed"),
            ("<table><tr><th>a<th>b<tr><td>x<td>1<table></table>\n", "line 1: another table stands in it"),
            ("<table><tr><th>a<th>b<tr><td>x<td>1<td class=\"\n", "line 1: a tag or a comment in it is never closed"),
            (
                "<table><tr><th>a<th>b<tr><td>x<td>1<td>2</table>\n",
                "line 1: a row of it has more cells than there are names of columns"
            ),
            ("<table><tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table>\n", "line 1: no names stand above its columns"),
        ])
    func broken(_ text: String, _ reason: String) {
        let found = read(text + "\n- picks: 7 ms\n\n| loom | pull_s |\n|-|-|\n| jet | 2.5 |\n")
        #expect(found.facts.map(\.number) == [7, 2.5])
        #expect(found.facts.map(\.source.line) == [3, 7])
        #expect(found.remarks.tables == 1)
        #expect(
            found.remarks.firstTable
                == (reason.contains("never closed") && !reason.contains("tag")
                    ? "line 1: Markdown stands in it" : reason))
    }

    @Test("lines and headings are counted through a table") func lines() {
        let found = read("# a\n\n<table>\n<tr><th>l<th>v\n<tr>\n<td>x\n<td>1</td>\n# b\n</table>\n\n# c\n- picks: 7\n")
        #expect(found.headings == 3)
        #expect(found.facts.map(\.source.line) == [5, 12])
    }

    @Test(
        "hostile ones end soon",
        arguments: [
            ("<table>", ""), ("<table><tr><td>", ""), ("<table>\n", ""), ("<table><!--\n", "--><table>"),
            ("<table><td a=\"\n", "\">"), ("<tr><td colspan=1000 rowspan=60000>x", "</table>"),
            ("<tr><td rowspan=0>1", "</table>"), ("<td>1", "</table>"), ("`<table> ", ""), ("&", "</table>"),
            ("<!--\n", ""), ("<sup>", "</table>"), ("<td ", ">"), ("</", ""), ("<table>#\n#", "</table>"),
        ])
    func hostile(_ piece: String, _ end: String) {
        let text = "<table><tr><th>a<th>b" + String(repeating: piece, count: 20_000) + end + "\n- picks: 7\n"
        #expect(read(text).facts.count < 500_000)
    }
}
