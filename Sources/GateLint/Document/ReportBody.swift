/// The report without what `run` writes below it: workflow summary, metrics, findings, recommendations, persona.
public enum ReportBody {
    /// The headings of that part, in their order.
    private static let headings = [
        "## Workflow Summary", "## Metrics", "## Key Findings", "## Recommendations", "## Persona Prompt",
    ]

    /// The text up to the rule above that part; all of it where the part is not there.
    public static func modelsPart(of text: String) -> String {
        var rest = text[...]
        // From the end: the model may have written one of the headings itself.
        for heading in headings.reversed() {
            guard let range = lastLine(heading, in: rest) else { return text }
            rest = rest[..<range.lowerBound]
        }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        guard rest.hasSuffix("---") else { return text }
        return String(rest.dropLast(3))
    }

    /// What the model wrote, without the head above it (title, date, model, configuration, a rule).
    public static func modelsText(of text: String) -> String {
        let part = modelsPart(of: text)
        guard part.hasPrefix("# "), let rule = part.firstRange(of: "\n---\n"),
            part[..<rule.lowerBound].utf8.count < 2000
        else { return part }
        return String(part[rule.upperBound...])
    }

    private static func lastLine(_ heading: String, in text: Substring) -> Range<Substring.Index>? {
        let bytes = Array(("\n" + heading).utf8)
        let utf8 = text.utf8
        var end = utf8.endIndex
        while let start = utf8[..<end].lastIndex(of: 0x0A) {
            let line = utf8[start...].prefix(bytes.count)
            let next = utf8[start...].dropFirst(bytes.count).first
            if line.elementsEqual(bytes), next == nil || next == 0x0A || next == 0x0D { return start..<line.endIndex }
            end = start
        }
        return nil
    }
}
