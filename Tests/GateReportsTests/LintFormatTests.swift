import GateCore
import GateJSON
import TestSupport
import Testing

@testable import GateReports

@Suite("Findings for code scanning and annotations") struct LintFormatTests {
    private static let rules = [
        RuleDescription(
            rule: .S01, severities: [.error, .warning], definition: "A required section is missing.", example: "none",
            needsFacts: false),
        RuleDescription(
            rule: .G02, severities: [.warning], definition: "A count of files is compared with the ingest.",
            example: "44 files", needsFacts: true),
    ]

    private static func finding(
        _ rule: RuleID = .G02, _ severity: Severity = .error, line: Int = 2, claim: String = "44"
    ) -> Finding {
        Finding(
            rule: rule, severity: severity, place: ReportPlace(line: line, columnStart: 8, columnEnd: 10), claim: claim,
            evidence: "ingest.total_files = 12", message: "The data has 12 files, not 44.")
    }

    private static func report(_ path: String, _ findings: [Finding]) -> LintedReport {
        LintedReport(
            path: path, text: "",
            assessment: ReportAssessment(findings: findings, claims: ClaimCounts(), measures: ReportMeasures()))
    }

    private func sarif(_ reports: [LintedReport]) throws -> JSONValue {
        try JSONValue.parse(
            Array(LintSARIF(rules: Self.rules, folder: "/build/team", version: "0.1.0").render(reports).utf8))
    }

    private func results(_ reports: [LintedReport]) throws -> [JSONValue] {
        try #require(try sarif(reports)["runs"]?[0]?["results"]?.array)
    }

    private func fingerprints(_ findings: [Finding], path: String = "a.md") throws -> [String?] {
        try results([Self.report(path, findings)]).map { $0["partialFingerprints"]?["chimeraGateFinding/v1"]?.string }
    }

    @Test("SARIF has what 2.1.0 requires: version, tool, rules with their help, results with place and level")
    func structure() throws {
        let log = try sarif([Self.report("out/a.md", [Self.finding(), Self.finding(.S01, .info, line: 9)])])
        #expect(log["version"]?.string == "2.1.0")
        let run = try #require(log["runs"]?[0])
        #expect(run["columnKind"]?.string == "unicodeCodePoints")
        let driver = try #require(run["tool"]?["driver"])
        #expect(driver["name"]?.string == "chimera-gate" && driver["semanticVersion"]?.string == "0.1.0")
        let rules = try #require(driver["rules"]?.array)
        #expect(rules.map { $0["id"]?.string } == ["S01", "G02"])
        #expect(rules.map { $0["name"]?.string } == ["MissingSection", "WrongFileCountOrShare"])
        #expect(rules.map { $0["defaultConfiguration"]?["level"]?.string } == ["error", "warning"])
        #expect(rules[0]["shortDescription"]?["text"]?.string == "missing section")
        #expect(
            rules[1]["help"]?["text"]?.string
                == "A count of files is compared with the ingest. Needs the data that the report was written from. Example: 44 files"
        )
        let results = try #require(run["results"]?.array)
        #expect(results.map { $0["ruleId"]?.string } == ["G02", "S01"])
        #expect(results.map { $0["ruleIndex"]?.int } == [1, 0])
        #expect(results.map { $0["level"]?.string } == ["error", "note"])
        #expect(results[0]["message"]?["text"]?.string == "The data has 12 files, not 44. [ingest.total_files = 12]")
        let place = try #require(results[0]["locations"]?[0]?["physicalLocation"])
        #expect(place["artifactLocation"]?["uri"]?.string == "out/a.md")
        #expect(
            ["startLine", "startColumn", "endLine", "endColumn"].map { place["region"]?[$0]?.int } == [2, 8, 2, 10])
    }

    @Test(
        "paths are relative URIs wherever they can be",
        arguments: zip(
            ["./out//a b.md", "/build/team/out/ä.md", "/other/a.md", "../a.md", "a:b#?%.md"],
            ["out/a%20b.md", "out/%C3%A4.md", "file:///other/a.md", "../a.md", "a%3Ab%23%3F%25.md"]))
    func uris(path: String, uri: String) throws {
        let found = try results([Self.report(path, [Self.finding()])])
        #expect(found[0]["locations"]?[0]?["physicalLocation"]?["artifactLocation"]?["uri"]?.string == uri)
    }

    @Test("a fingerprint outlasts lines that move, and tells findings apart")
    func fingerprint() throws {
        let one = try fingerprints([Self.finding()])
        #expect(one.allSatisfy { $0?.utf8.count == 64 })
        #expect(try fingerprints([Self.finding(line: 80)]) == one)
        #expect(try fingerprints([Self.finding()], path: "b.md") != one)
        #expect(try fingerprints([Self.finding(claim: "45")]) != one)
        #expect(try fingerprints([Self.finding(.S01)]) != one)
        let twice = try fingerprints([Self.finding(), Self.finding(line: 3)])
        #expect(twice[0] == one[0] && twice[1] != one[0])
    }

    @Test("annotations are capped for each level over all reports, with the total below them")
    func annotations() {
        let reports = ["a.md", "b.md"].map { name in
            Self.report(name, (1...8).map { Self.finding(line: $0) } + [Self.finding(.S01, .warning, line: 9)])
        }
        let lines = LintAnnotations().render(reports).split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("::error ") } == 10 && lines.count { $0.hasPrefix("::warning ") } == 2)
        #expect(lines.first?.hasPrefix("::error file=a.md,line=1,endLine=1,col=8,endColumn=10,title=G02 ") == true)
        #expect(lines.contains { $0.hasSuffix("::7 more are in 'chimera-gate lint' of the same reports") })
        #expect(lines.last == "2 reports: 16 errors, 2 warnings")
    }

    @Test("JSON for a log has the same values, and nothing that reorders text or that a runner obeys")
    func visible() throws {
        let value: JSONValue = ["##vso[a": ["\u{202E}x\u{85}\u{1B}", "###", "\u{2028}", "é\u{1F600}"]]
        let escaped = VisibleJSON.escaped(value.text)
        #expect(try JSONValue.parse(Array(escaped.utf8)) == value)
        #expect(!escaped.contains("##") && !escaped.unicodeScalars.contains("\u{202E}"))
        #expect(escaped.contains("é\u{1F600}"))
    }
}
