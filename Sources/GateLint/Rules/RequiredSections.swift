internal import GateCore

/// S01: a section that the report must have is not there. A section is known by its heading, in whatever way the model
/// writes headings and numbers them: `## 3. Performance Analysis`, `**Performance Analysis**`, a line with `===` below
/// it, a numbered item, a label in bold at the start of a paragraph.
enum RequiredSections {
    static func findings(_ lines: ReportLines, headings: [ReportHeading], required: [String]) -> [Finding] {
        let titles = headings.map { Set($0.title.map(stem)) }
        return required.filter { !isPresent($0, titles: titles, lines: lines) }.map { name in
            Finding(
                rule: .S01, severity: .error, place: ReportPlace(line: 1, columnStart: 1, columnEnd: 2),
                claim: "missing section: \(name)",
                evidence: headings.isEmpty
                    ? "the report has no headings"
                    : "its headings: " + headings.prefix(12).map { lines.text(at: $0.place) }.joined(separator: "; "),
                message: "The report has no section '\(name)', which it must have.")
        }
    }

    /// The share of the required sections that are there, 0…1; 1 where none is required.
    static func coverage(missing: Int, required: Int) -> Double {
        required == 0 ? 1 : Double(required - missing) / Double(required)
    }

    /// True when the title is that of the section; `2. Main Findings` names the section "Key Findings".
    static func names(_ title: [String], section: String) -> Bool {
        covers(Set(title.map(stem)), words(of: section).map(stem))
    }

    private static func isPresent(_ name: String, titles: [Set<String>], lines: ReportLines) -> Bool {
        let wanted = words(of: name)
        guard !wanted.isEmpty else { return true }
        let stems = wanted.map(stem)
        return titles.contains { covers($0, stems) } || lines.lines.contains { isLabel($0, wanted, lines) }
    }

    /// Nouns that name a kind of section and stand for each other.
    private static let kinds: Set<String> = [
        "summary", "analysi", "overview", "result", "metric", "evaluation", "detail", "review", "assessment",
    ]
    private static let emphasis: Set<String> = ["key", "main", "major", "core", "primary"]

    private static func covers(_ title: Set<String>, _ wanted: [String]) -> Bool {
        if wanted.allSatisfy(title.contains) { return true }
        let essential = wanted.filter { !emphasis.contains($0) }
        if !essential.isEmpty, essential.count < wanted.count { return essential.allSatisfy(title.contains) }
        guard wanted.count > 1, let last = wanted.last, kinds.contains(last) else { return false }
        return wanted.dropLast().allSatisfy(title.contains) && !title.isDisjoint(with: kinds)
    }

    /// A line that is the section's name and nothing else, or begins with it in bold and a colon.
    private static func isLabel(_ line: ReportLines.Line, _ wanted: [String], _ lines: ReportLines) -> Bool {
        switch line.kind {
        case .prose, .listItem(indent: 0): break
        default: return false
        }
        let words = lines.words(of: line)
        guard words.count >= wanted.count, line.text.trimmed.utf8.first != 0x60 else { return false }
        let (numbers, title) = ReportLines.title(words)
        guard title.starts(with: wanted) else { return false }
        if title.count == wanted.count { return true }
        let last = words[words.startIndex + words.count - title.count + wanted.count - 1]
        let rest = line.text.unicodeScalars.dropFirst(last.end - 1).prefix(3)
        let isBold = line.text.contains("**")
        return isBold && numbers.count <= 1
            && (rest.starts(with: ":**".unicodeScalars) || rest.starts(with: "**:".unicodeScalars))
    }

    private static func words(of name: String) -> [String] {
        let words = ReportLines(name).words[...]
        // `1. Domains` is known by its name, as a heading is.
        let (_, title) = ReportLines.title(words)
        return title.isEmpty ? words.map(\.text) : title
    }

    private static func stem(_ word: String) -> String {
        word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
    }
}

extension RequiredSections: LintRule {
    static let description = rule(
        .S01, [.error],
        "A section that the report must have has no heading, however headings are written and numbered.",
        example: "a report without \"## Appendix\"")

    static func findings(_ audit: Audit) -> [Finding] {
        findings(audit.lines, headings: audit.headings, required: audit.required)
    }
}
