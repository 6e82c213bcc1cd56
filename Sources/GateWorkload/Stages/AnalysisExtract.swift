import GateMarkdown

/// What the report stage gets of the analysis stage: its summary, findings and recommendations, taken from the Markdown
/// tree; where the model wrote no such sections, the text as it is.
struct AnalysisExtract: Equatable {
    let text: String

    init(_ analysis: String) {
        let outline = ReportOutline(analysis)
        var parts: [String] = []
        if !outline.summary.isEmpty { parts.append("Summary: \(outline.summary)") }
        if !outline.findings.isEmpty { parts.append("Key findings:\n" + AnalysisExtract.list(outline.findings)) }
        if !outline.recommendations.isEmpty {
            parts.append("Recommendations:\n" + AnalysisExtract.list(outline.recommendations))
        }
        text = parts.isEmpty ? analysis : parts.joined(separator: "\n")
    }

    private static func list(_ items: [String]) -> String { items.map { "- \($0)" }.joined(separator: "\n") }
}
