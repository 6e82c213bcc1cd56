import GateMarkdown

/// What the report stage gets of the analysis stage: its findings and recommendations as lists, taken from the Markdown
/// tree; where the model wrote neither, its text without headings as findings.
struct AnalysisExtract: Equatable {
    /// Empty where there are none.
    let findings: String
    let recommendations: String

    init(_ analysis: String) {
        let outline = ReportOutline(analysis)
        recommendations = AnalysisExtract.list(outline.recommendations)
        findings =
            outline.findings.isEmpty && outline.recommendations.isEmpty
            ? AnalysisExtract.plain(analysis) : AnalysisExtract.list(outline.findings)
    }

    private static func list(_ items: [String]) -> String {
        var seen: Set<String> = []
        return items.filter { seen.insert($0).inserted }.map { "- \($0)" }.joined(separator: "\n")
    }

    /// Headings would end the section that the text is put into, and what a model repeats says nothing new.
    private static func plain(_ text: String) -> String {
        var seen: Set<Substring> = []
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") && seen.insert($0).inserted }
            .joined(separator: "\n")
    }
}
