internal import GateCore

/// S02: a section that is empty, or says of itself that it has no content.
enum EmptySections {
    static func findings(_ lines: ReportLines, headings: [ReportHeading], required: [String]) -> [Finding] {
        var findings: [Finding] = []
        // Titles above the first content are no sections: "# Agent", "# Technical Report", "**Report 108**".
        guard let first = headings.firstIndex(where: { !lines.contentLines($0.content).isEmpty }) else { return [] }
        for index in headings.indices where index >= first {
            let heading = headings[index]
            let next = index + 1 < headings.count ? headings[index + 1] : nil
            let content = lines.contentLines(heading.content)
            if let place = declaredInTitle(heading, lines) {
                findings.append(declared(place, heading, lines))
            } else if content.isEmpty {
                guard isSection(heading, required), !hasSubsection(heading, next), !isWrapper(heading, next) else {
                    continue
                }
                findings.append(
                    Finding(
                        rule: .S02, severity: .warning, place: heading.place, claim: lines.text(at: heading.place),
                        evidence: next.map { "line \($0.line.number) is the next heading" }
                            ?? "the report ends below it",
                        message: "The section '\(lines.text(at: heading.place))' has no content."))
            } else if case let body = withoutNotes(content, lines), body.count <= 2,
                let place = declaredInBody(body, lines)
            {
                findings.append(declared(place, heading, lines))
            }
        }
        return findings
    }

    /// What a closing `**Note:** …` says is of the whole report.
    private static func withoutNotes(_ content: [ReportLines.Line], _ lines: ReportLines) -> [ReportLines.Line] {
        Array(content.prefix { !["note", "notes", "disclaimer"].contains(lines.words(of: $0).first?.text ?? "") })
    }

    private static func declared(_ place: ReportPlace, _ heading: ReportHeading, _ lines: ReportLines) -> Finding {
        Finding(
            rule: .S02, severity: .warning, place: place, claim: lines.text(at: place),
            evidence: "the section's own words; it has no other content",
            message: "The section '\(lines.text(at: heading.place))' says itself that it has no content.")
    }

    /// A bold line is a section where it is numbered or named as one that is required; else it may be a label.
    private static func isSection(_ heading: ReportHeading, _ required: [String]) -> Bool {
        !heading.isBold || !heading.numbers.isEmpty
            || heading.title.count <= 4 && required.contains { RequiredSections.names(heading.title, section: $0) }
    }

    /// `## Technical Report (generated)` above `# Technical Report: Analyst`: one title above the other.
    private static func isWrapper(_ heading: ReportHeading, _ next: ReportHeading?) -> Bool {
        next.map { $0.isSameTitle(as: heading) } ?? false
    }

    private static func hasSubsection(_ heading: ReportHeading, _ next: ReportHeading?) -> Bool {
        guard let next else { return false }
        if next.isBold, heading.isBold {
            return next.numbers.isEmpty || next.numbers.count > heading.numbers.count
        }
        return next.level > heading.level
    }

    // MARK: - Declared empty

    private static func declaredInTitle(_ heading: ReportHeading, _ lines: ReportLines) -> ReportPlace? {
        let words = lines.words(of: heading.line)
        guard let (start, end) = parenthesis(in: heading.line.text) else { return nil }
        let inside = words.filter { $0.start > start && $0.end <= end }
        guard !inside.isEmpty, declaresNothing(inside.map(\.text), isAside: true) else { return nil }
        return lines.place(of: inside[...], in: heading.line)
    }

    private static func declaredInBody(_ content: [ReportLines.Line], _ lines: ReportLines) -> ReportPlace? {
        let words = content.flatMap { lines.words(of: $0).map(\.text) }
        guard !words.isEmpty, words.count <= 40, let first = content.first else { return nil }
        let mark = first.text.trimmed.unicodeScalars.first { !"*_->+ ".unicodeScalars.contains($0) }
        let isAside = mark == "(" || mark == "["
        let speaksOfItself = ["this", "the", "see"].contains(words[0]) && words.prefix(3).contains { isOwnName($0) }
        guard declaresNothing(words, isAside: isAside || speaksOfItself) else { return nil }
        return lines.place(of: first)
    }

    private static func isOwnName(_ word: String) -> Bool { ["section", "appendix", "part", "chapter"].contains(word) }

    private static func parenthesis(in text: Substring) -> (Int, Int)? {
        let scalars = Array(text.unicodeScalars)
        guard let open = scalars.firstIndex(where: { $0 == "(" || $0 == "[" }) else { return nil }
        let close = scalars[open...].firstIndex { $0 == ")" || $0 == "]" } ?? scalars.count
        return (open + 1, close + 1)
    }

    private static let alone: Set<[String]> = [
        ["none"], ["n", "a"], ["na"], ["not", "applicable"], ["not", "available"], ["not", "included"], ["tbd"],
        ["to", "be", "determined"], ["to", "be", "added"], ["to", "be", "completed"], ["no", "content"], ["empty"],
        ["nothing", "to", "report"], ["not", "provided"], ["omitted"], ["entfällt"], ["keine"], ["néant"],
        ["sans", "objet"], ["ninguno"], ["no", "aplica"], ["нет"], ["无"], ["なし"], ["없음"],
    ]

    /// - Parameter isAside: the words speak of the section itself, so that one phrase among others is enough.
    private static func declaresNothing(_ words: [String], isAside: Bool) -> Bool {
        if alone.contains(words) { return true }
        guard isAside else { return false }
        let phrases = [
            "not included", "not provided", "not available", "not applicable", "not shown", "omitted", "left blank",
            "left empty", "intentionally blank", "to be added", "to be completed", "to be determined", "to be filled",
            "to be inserted", "will be added", "would be", "would contain", "would include", "can be added",
            "could be added", "should be added", "should include", "should contain", "is empty", "no content",
            "placeholder",
        ]
        let text = " " + words.joined(separator: " ") + " "
        return phrases.contains { text.contains(" \($0) ") }
    }
}
