import GateCore
import GateVerdict
import TestSupport
import Testing

@testable import GateReports

@Suite("Links to lines") struct SourceLinksTests {
    private static let repository = PublishedRepository(host: .github, address: "https://github.com/team/agent")
    private static let revision = "9a1c44e09a1c44e09a1c44e09a1c44e09a1c44e0"

    /// Reports whose findings block, each proved by a line of data.
    static func input(
        evidence: [String], report: String = "runs/0001/report.md", paths: [String: String]
    ) throws -> ReportInput {
        let findings = evidence.enumerated().map { index, evidence in
            Finding(
                rule: .G02, severity: .error, place: ReportPlace(line: index + 1, columnStart: 3, columnEnd: 9),
                claim: "claim \(index)", evidence: evidence, message: "It is another one.")
        }
        let assessment = ReportAssessment(findings: findings, claims: ClaimCounts(), measures: ReportMeasures())
        let judged = JudgedReport(
            quality: ReportQuality(run: 1, file: report, digest: "d", assessment: assessment), findings: findings)
        var parts = Judgement.Parts()
        parts.quality = QualityJudge.judge(
            reports: [judged], baseline: [], settings: QualitySettings(rules: [.init(rule: .G02, allowance: 0)]),
            policy: Policy())
        return ReportInput(
            session: ReportCases.session(),
            judgement: Judgement(parts, sessionId: "s", workload: .analysis, machineClass: "ci"),
            summaryFile: ".chimera-gate/summary.md",
            links: SourceLinks(try #require(repository), revision: revision, paths: paths))
    }

    @Test("lead to the data that proves a finding, where the revision has the file; all else is code or text")
    func evidence() throws {
        let text = try SummaryMarkdown().render(
            Self.input(
                evidence: [
                    "csv_data/a b.csv:3, ttft = 1 s",
                    "csv_data/a.csv:3, ttft_s = 0.5 s, csv_data/new.csv:4, x = 1; _y_",
                ], paths: ["csv_data/a.csv": "app/csv_data/a.csv"]))
        let address = "https://github.com/team/agent/blob/\(Self.revision)/app/csv_data/a.csv#L3"
        #expect(
            text.contains(
                "| [`csv_data/a.csv:3`](\(address)), ttft\\_s = 0.5 s, csv\\_data/new.csv:4, x = 1; \\_y\\_ |"),
            "\(text)")
        #expect(text.contains("| `runs/0001/report.md:1:3` | error |"))
        #expect(text.contains("| csv\\_data/a b.csv:3, ttft = 1 s |"))
    }

    @Test("lead to the report itself where it is in the repository, as text and not as a page")
    func report() throws {
        let text = try SummaryMarkdown().render(
            Self.input(evidence: [""], paths: ["runs/0001/report.md": "kept/runs/0001/report.md"]))
        #expect(
            text.contains(
                "[`runs/0001/report.md:1:3`](https://github.com/team/agent/blob/\(Self.revision)/kept/runs/0001/report.md?plain=1#L1)"
            ), "\(text)")
    }

    @Test(
        "are left out before anything else is cut, those of the worst findings last, and one that is too long is none")
    func sizes() throws {
        let deep = "csv_data/" + String(repeating: "d/", count: 300) + "a.csv"
        let evidence = (1...19).map { "a.csv:\($0), x = 1" } + ["b.csv:1, x = 1"]
        let input = try Self.input(evidence: evidence, paths: ["a.csv": deep, "b.csv": deep + deep])
        let unlinked = try SummaryMarkdown().render(Self.input(evidence: evidence, paths: [:])).utf8.count
        func links(within limit: Int) throws -> (count: Int, first: Bool, isCut: Bool) {
            let text = try SummaryMarkdown(limit: limit).render(input)
            #expect(text.utf8.count <= limit)
            return (text.matches(of: /#L[0-9]+\)/).count, text.contains("#L1)"), text.contains("Cut for its size"))
        }
        #expect(try links(within: 65_000) == (19, true, false))
        #expect(try links(within: 15_000) == (8, true, false))
        #expect(try links(within: 9_000) == (2, true, false))
        #expect(try links(within: unlinked + 100) == (0, false, false))
    }
}
