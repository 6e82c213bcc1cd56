import Testing

@testable import GateWorkload

@Suite("What the report gets of the analysis")
struct AnalysisExtractTests {
    @Test("findings and recommendations become lists, in their order")
    func lists() {
        let extract = AnalysisExtract(
            "## Key Findings\n\n1. First.\n2. Second.\n\n## Recommendations\n\n- Do this.\n\n## Outlook\n\n- Not that.\n"
        )
        #expect(extract.findings == "- First.\n- Second.")
        #expect(extract.recommendations == "- Do this.")
    }

    @Test("an analysis with recommendations alone has no findings")
    func recommendationsAlone() {
        let extract = AnalysisExtract("Words.\n\n## Recommendations\n\n- Do this.\n")
        #expect(extract.findings == "")
        #expect(extract.recommendations == "- Do this.")
    }

    @Test("of an analysis without either the lines count, each once and without headings")
    func plain() {
        let extract = AnalysisExtract("# Title\nOne.\nTwo.\nOne.\n\n## More\nThree.\n")
        #expect(extract.findings == "One.\nTwo.\nThree.")
        #expect(extract.recommendations == "")
    }

    @Test("nothing gives nothing")
    func nothing() {
        #expect(AnalysisExtract("").findings == "")
        #expect(AnalysisExtract("\n\n").recommendations == "")
    }
}
