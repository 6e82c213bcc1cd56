import Foundation
import GateJSON
import TestSupport
import Testing

@Suite("lint", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct LintCommandTests {
    private static let defective = "# Report\n\nOkay, here's a report.\n\n## Findings\n\n- Owner: [Your Name]\n"

    @Test("prints findings as compilers do, and exits with 3 where there are errors") func text() async throws {
        let workspace = try GateWorkspace("quality: {required_sections: [Findings, Outlook]}\n")
        try workspace.folder.write(Self.defective, to: "a b.md")
        let lint = try await workspace.gate("lint", "a b.md")
        #expect(lint.status == 3)
        #expect(
            lint.output == """
                a b.md:1:1: error: S01 The report has no section 'Outlook', which it must have. \
                ['missing section: Outlook'; its headings: Report; Findings]
                a b.md:3:1: warning: S06 The model speaks to whoever asked it instead of writing the report. \
                ['Okay, here's'; stands before the report's first section]
                a b.md:7:10: warning: S03 A place that was to be filled in was left as it is. \
                ['[Your Name]'; a template's words, not the data's]
                1 report: 1 error, 2 warnings

                """)
        #expect(lint.errors.contains("no facts are known"))
    }

    @Test("JSON has every report's findings in the order of the arguments") func json() async throws {
        let workspace = try GateWorkspace(nil)
        for name in ["b", "a"] { try workspace.folder.write("Owner: [Your Name]\n", to: "\(name).md") }
        for name in ["b", "a"] {
            try workspace.folder.write("{\"generated_date\": \"2026-11-25\"}", to: "facts/\(name).json")
        }
        let lint = try await workspace.gate("lint", "b.md", "a.md", "--facts", "facts", "--format", "json")
        #expect(lint.status == 0, "\(lint)")
        #expect(lint.errors == "")
        let findings = try #require(try JSONValue.parse(lint.output).array)
        #expect(findings.map { $0["report_id"]?.string } == ["b", "a"])
        #expect(findings.first?["rule_id"]?.string == "S03")
        #expect(findings.first?["line"]?.int == 1)
        #expect(findings.first?["col_start"]?.int == 8)
        #expect(findings.first?["col_end"]?.int == 19)
        #expect(findings.first?["claim"]?.string == "[Your Name]")
        #expect(findings.first?["severity"]?.string == "warning")
    }

    @Test("SARIF and annotations say what the text says, at the same places") func otherFormats() async throws {
        let workspace = try GateWorkspace("quality: {required_sections: [Findings, Outlook]}\n")
        try workspace.folder.write(Self.defective, to: "out/a b.md")
        let sarif = try await workspace.gate("lint", "./out/a b.md", "--format", "sarif")
        #expect(sarif.status == 3, "\(sarif)")
        let run = try #require(try JSONValue.parse(sarif.output)["runs"]?[0])
        let results = try #require(run["results"]?.array)
        #expect(results.map { $0["ruleId"]?.string } == ["S01", "S06", "S03"])
        #expect(results.map { $0["level"]?.string } == ["error", "warning", "warning"])
        let place = results.last?["locations"]?[0]?["physicalLocation"]
        #expect(place?["artifactLocation"]?["uri"]?.string == "out/a%20b.md")
        #expect(place?["region"]?["startLine"]?.int == 7 && place?["region"]?["startColumn"]?.int == 10)
        // Every rule, so that a reader can explain what is not found any more.
        let rules = try #require(run["tool"]?["driver"]?["rules"]?.array)
        #expect(rules.count == 24 && rules.allSatisfy { ($0["help"]?["text"]?.string ?? "").contains("Example: ") })
        let annotations = try await workspace.gate("lint", "out/a b.md", "--format", "github")
        #expect(annotations.status == 3)
        let lines = annotations.output.split(separator: "\n")
        #expect(lines.first?.hasPrefix("::error file=out/a b.md,line=1,endLine=1,col=1,") == true, "\(annotations)")
        #expect(lines.count { $0.hasPrefix("::warning ") } == 2 && lines.last == "1 report: 1 error, 2 warnings")
    }

    @Test("a report's facts say which sections it must have; facts beside it are found") func beside() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write("## Outlook\n\nText.\n", to: "run/report.md")
        try workspace.folder.write("{\"required_sections\": [\"Outlook\"]}", to: "run/facts.json")
        let lint = try await workspace.gate("lint", "run/report.md")
        #expect(lint.status == 0, "\(lint)")
        #expect(lint.output == "1 report: 0 errors, 0 warnings\n")
        #expect(lint.errors == "")
    }

    @Test("rules are off, severer or allowed as configured; what has expired has no effect and says so")
    func configured() async throws {
        let configuration = """
            quality:
              required_sections: [Findings]
              rules: {S06: "off", S03: error}
              allow:
                - {rule: S03, claim: "[your*", reason: a template, expires: "REPLACED"}

            """
        let workspace = try GateWorkspace(configuration.replacing("REPLACED", with: "2999-01-01"))
        try workspace.folder.write(Self.defective, to: "report.md")
        let allowed = try await workspace.gate("lint", "report.md")
        #expect(allowed.status == 0, "\(allowed)")
        try workspace.folder.write(configuration.replacing("REPLACED", with: "2020-01-01"), to: "chimera-gate.yml")
        let expired = try await workspace.gate("lint", "report.md")
        #expect(expired.status == 3)
        #expect(expired.output.contains("report.md:7:10: error: S03"))
        #expect(!expired.output.contains("S06"))
        #expect(expired.errors.contains("expired on 2020-01-01 and has no effect (reason: a template)"))
        let budget = configuration.replacing("S03: error", with: "S03: {severity: error, allowance: 1}")
        try workspace.folder.write(budget.replacing("REPLACED", with: "2020-01-01"), to: "chimera-gate.yml")
        #expect(try await workspace.gate("lint", "report.md").status == 0)
    }

    @Test("what cannot be read is said with its status, and the others are still judged")
    func unreadable() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write(Self.defective, to: "report.md")
        try workspace.folder.write("[1]", to: "list.json")
        try workspace.folder.write("{\"a\": 1,}", to: "broken.json")
        let missing = try await workspace.gate("lint", "none.md", "report.md")
        #expect(missing.status == 65)
        #expect(missing.output.contains("report.md:7:10"))
        #expect(missing.errors.contains("cannot read 'none.md'"))
        for (facts, words) in [
            ("none.json", "cannot read"), ("list.json", "not an object"), ("broken.json", "not JSON"),
        ] {
            let lint = try await workspace.gate("lint", "report.md", "--facts", facts)
            #expect(lint.status == 65)
            #expect(lint.errors.contains(words), "\(lint)")
        }
        #expect(try await workspace.gate("lint").status == 64)
        #expect(try await workspace.gate("lint", "report.md", "--facts", "a", "--corpus", ".").status == 64)
        #expect(try await workspace.gate("lint", "report.md", "--explain-binding", "--format", "sarif").status == 64)
    }

    @Test(
        "a report may be anything",
        arguments: zip(
            ["empty", "nul", "invalid", "line", "fence", "table", "html"], [3, 0, 3, 3, 3, 0, 3] as [Int32]))
    func robust(kind: String, status: Int32) async throws {
        let workspace = try GateWorkspace(nil)
        let bytes: [UInt8] =
            switch kind {
            case "empty": []
            case "nul": [0, 10, 13, 0, 0x1B, 0x5B, 0x33, 0x31, 0x6D]
            case "invalid": [0x41, 0xFF, 0xFE, 0xC3, 0x0A, 0xE2, 0x80]
            case "line": Array(String(repeating: "12.5 ms of [x] **a** `b` ", count: 40_000).utf8)
            case "fence": Array(String(repeating: "> - ```\n", count: 5_000).utf8)
            case "table": Array(("|a|\n|-|-|\n" + String(repeating: "|", count: 20_000) + "\n").utf8)
            default: Array(String(repeating: "<div><!-- \u{202E}x -->\n", count: 2_000).utf8)
            }
        try Data(bytes).write(to: workspace.file("report.md"))
        let lint = try await workspace.gate("lint", "report.md")
        #expect(
            lint.status == status
                && (lint.output.hasSuffix("warnings\n") || lint.output.hasSuffix("warning\n")), "\(lint)")
        #expect(!lint.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" })
    }

    @Test("every rule is listed with an example, and the configuration that is listed is valid") func rules()
        async throws
    {
        let workspace = try GateWorkspace(nil)
        let listing = try await workspace.gate("lint", "--list-rules")
        #expect(listing.status == 0)
        for id in ["S01 ", "S11 ", "G01*", "I03 ", "E04*"] { #expect(listing.output.contains("\n\(id)")) }
        let example = try #require(listing.output.components(separatedBy: "chimera-gate.yml:\n\n").last)
        try workspace.folder.write(example, to: "listed.yml")
        let again = try await workspace.gate("lint", "--list-rules", "--config", "listed.yml")
        #expect(again.status == 0, "\(again)")
        #expect(again.output.contains("unsupported number (error, 3 allowed)"))
        #expect(again.output.contains("invented entity (off)"))
    }
}

@Suite("What raw measurements come to", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct SummedUpTests {
    @Test("medians over one name are not held for those over two, though neighbours fit those as well")
    func medians() async throws {
        let workspace = try GateWorkspace()
        let report = """
            # Threads

            | threads | calls | median throughput tok/s | median TTFT ms |
            | --- | --- | --- | --- |
            | 1 | 60 | 65.42 | 1438.24 |
            | 2 | 60 | 84.00 | 1648.32 |

            """
        try workspace.folder.write(report, to: "report.md")
        let right = try await workspace.gate("lint", "report.md", "--corpus", GateWorkspace.corpus)
        #expect(!right.output.contains("G04"), "\(right)")
        try workspace.folder.write(report.replacing("1438.24", with: "1348.24"), to: "report.md")
        let wrong = try await workspace.gate("lint", "report.md", "--corpus", GateWorkspace.corpus)
        #expect(wrong.output.contains("report.md:5:20: "), "\(wrong)")
    }
}
