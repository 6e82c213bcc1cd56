import GateCore
import GateJSON
import Testing

@testable import GateLint

@Suite("Anything is a report")
struct HostileReportTests {
    private static let facts = ReportFacts(Examples.facts)

    @Test(
        "Texts of every kind are checked without an end",
        arguments: [
            "", "\n\n\n", "1", "1 of", "of 1", "-", "±", "5 ±", "- ", "|", "|\n|-|", "| 1 |\n|---|\n| 2 | 3 | 4 |",
            "5%", "% 5",
            "from 1 to", "**1**", "1 2 3 4", "Model A", "Model", "json_results[", "json_results[0].", "[0]", "a[", "]",
            "2025-", "2025-13-45", "October", "October 99", "October 26,", "٣ ملفات ٤٤", "文件总数: 101", "1e999", "1.2.3",
            "12:30", "http://", "https://a:80/1", "~~~json\n{\"a\": 1}", "```\n```json\n1\n", "<div>\n5 files\n</div>",
            "> > * 1. | 5 |", "the first", "first second third", "5 more than", "\u{FFFD}5 ms", "é5 ms µ 5µs 5 µs 5°C",
            "CSV:28", "28 CSV", "CSV", "CSV (", "(28) CSV", "44/101", "x 5x 5×", "a. 5. b", "5e", "5e+", ".5", "-.5",
        ])
    func fragments(_ text: String) {
        for text in [
            text, text + "\r\n", "## Data\n\n" + text + "\n\n" + text, "| a | b |\n|---|---|\n| \(text) | \(text) |",
        ] {
            let document = ReportDocument(text)
            for finding in Reports.assess(text, HostileReportTests.facts).findings {
                #expect(finding.place.columnStart < finding.place.columnEnd)
                #expect(document.lines.indices.contains(finding.place.line - 1))
            }
        }
    }

    @Test("Bytes that are no UTF-8 are read as far as they can be")
    func invalidBytes() {
        let findings = ReportAudit.assess(
            [0xFF, 0xFE, 0x0A] + Array("Total Files: 12\n".utf8) + [0xC3], known: HostileReportTests.facts,
            settings: QualitySettings(requiredSections: []), day: "2025-12-01"
        ).findings.filter { $0.rule == .G02 }
        #expect(findings.map(\.claim) == ["12"])
        #expect(findings.first?.place == ReportPlace(line: 2, columnStart: 14, columnEnd: 16))
    }

    @Test("One long line is cut into sentences of bounded length")
    func longLine() {
        let text = String(repeating: "7 ms and 12 files, ", count: 2_000)
        let assessment = Reports.assess(text, HostileReportTests.facts)
        #expect(assessment.claims.all <= ClaimAudit.maximumClaims)
        #expect(assessment.findings.count > 1_000)
    }

    @Test("Beyond as many cells as a report has, tables are read by their words alone")
    func enormousTable() {
        let table = { (rows: Int) in
            let row = "| " + (0..<60).map { String($0 % 9) }.joined(separator: " | ") + " |\n"
            return row + String(repeating: "|---", count: 60) + "|\n" + String(repeating: row, count: rows)
        }
        let ferries = """
            Aurora has a load_ms of 229.9 ms.

            | Boat | a | b |
            |---|---|---|
            | Aurora | 214.7 | 388.1 |
            | Borealis | 163.2 | 301.9 |
            | Calypso | 321.4 | 549.8 |
            """
        let found = { (rows: Int) in
            Sample.findings("\(table(rows))\n\n\(ferries)\n", Sample.ferries).filter { $0.contains("G04") }
        }
        #expect(found(2) == ["error G04 229.9 ms", "error G04 549.8"])
        #expect(found(70) == ["error G04 229.9 ms"])
    }

    @Test("A sentence goes on with what stands anywhere above it")
    func continued() {
        let above = [
            "Of all that was measured in the three long weeks of that cold winter, we show the load of calypso: 321.4 ms.",
            "Among aurora, borealis, calypso and all the others, in March as in April, the highest p95 latency is 512.6 ms.",
            "The load.", "Aurora, borealis and calypso have 214.7, 163.2 and 321.4 ms.",
        ]
        let below = [
            "Calypso has 97 % more than borealis.", "Twice as much as borealis.",
            "It is 97 % above borealis, 50 % above it.",
            "The highest is that of calypso, the lowest 163.2.", "From 163.2 to 321.4 it grows by 158.2.",
            "All of them are below 400 ms.", "Aurora and borealis differ by 51.5 ms, calypso and aurora by 106.7 ms.",
            "A third less.", "Borealis 163.2 (-49 %), aurora 214.7 (-33 %).", "In all 699.3, on average 233.1.",
        ]
        for (first, second) in above.flatMap({ first in below.map { (first, $0) } }) {
            for text in [
                "\(first) \(second)", "\(first)\n\n- \(second)\n- \(first)", "\(second) \(first)",
                "## \(first)\n\n- Load: 321.4 ms\n- \(second)", "\(first):\n\n- load_ms: 321.4\n- 5 ms, 321.4 ms",
            ] {
                let places = Sample.assess(text, Sample.ferries).findings.map(\.place)
                #expect(places.allSatisfy { $0.columnStart < $0.columnEnd })
            }
        }
        #expect(
            Sample.findings("\(above[0]) Calypso has 97 % more than borealis.", Sample.ferries) == [])
    }

    @Test("What stands in another language is not held to words that are not understood")
    func otherLanguages() {
        let text = "* 总文件数量: 101\n* 推理时间很短，共有 12 个实验\n"
        #expect(Reports.assess(text, HostileReportTests.facts).findings.isEmpty)
    }
}
