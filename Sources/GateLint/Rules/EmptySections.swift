internal import GateCore

/// S02: a section that is empty, or says of itself that it has no content; the whole report in ``EmptyReport``.
enum EmptySections {
    static func findings(_ lines: ReportLines, headings: [ReportHeading], required: [String]) -> [Finding] {
        var findings: [Finding] = []
        guard let first = headings.firstIndex(where: { !lines.contentLines($0.content).isEmpty }) else { return [] }
        for (index, heading) in headings.enumerated() where index >= first || !isTitle(heading, at: index) {
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

    /// Titles above the first content are no sections: "# Agent", "# Technical Report", "**Report 108**".
    private static func isTitle(_ heading: ReportHeading, at index: Int) -> Bool {
        index == 0 || heading.level == 1 || heading.title.contains("report")
            || heading.isBold && heading.numbers.isEmpty
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
        if saysNoContent(words, isAside: isAside) { return true }
        guard isAside else { return false }
        let text = " " + words.joined(separator: " ") + " "
        return phrases.contains { text.contains(" \($0) ") } || announcesContent(words)
    }

    private static let phrases = [
        "not included", "not provided", "not available", "not applicable", "not shown", "omitted", "left blank",
        "left empty", "intentionally blank", "to be added", "to be completed", "to be determined", "to be filled",
        "to be inserted", "will be added", "can be added", "could be added", "should be added", "is empty",
        "no content", "placeholder",
    ]

    /// `No additional data is available.`, `There are no tables or charts in this appendix.`: of content, and of none.
    private static func saysNoContent(_ words: [String], isAside: Bool) -> Bool {
        let start = words.starts(with: ["there", "is"]) || words.starts(with: ["there", "are"]) ? 2 : 0
        guard words.dropFirst(start).first == "no", words.count <= (isAside ? 40 : 14) else { return false }
        // `No information on the hardware is available.` tells the reader something.
        guard isAside || words.allSatisfy({ !["about", "on", "regarding", "concerning", "of"].contains($0) }) else {
            return false
        }
        let rest = words.dropFirst(start + 1)
        guard let noun = rest.prefix(4).firstIndex(where: { contentNouns.contains($0) }) else { return false }
        let verb = rest[noun...].dropFirst().prefix(isAside ? 16 : 9)
        return verb.contains { givenVerbs.contains($0) } || verb.isEmpty
    }

    private static let contentNouns: Set<String> = [
        "data", "information", "content", "details", "tables", "table", "charts", "chart", "figures", "graphs",
        "material", "materials", "appendices", "appendix", "attachments", "documents",
    ]
    private static let givenVerbs: Set<String> = [
        "available", "included", "provided", "given", "attached", "presented", "appended", "supplied", "appendix",
        "section", "required", "necessary", "needed",
    ]

    /// `to be included here`, `would normally detail`: what shall stand here some day.
    private static func announcesContent(_ words: [String]) -> Bool {
        words.indices.contains { index in
            let next = words[(index + 1)...].drop { ["normally", "typically", "usually", "ideally"].contains($0) }
            switch words[index] {
            case "to": return next.first == "be" && next.dropFirst().first.map { laterVerbs.contains($0) } == true
            case "would": return next.first.map { $0 == "be" || holdingVerbs.contains($0) } == true
            case "should", "could", "will", "can":
                if next.first == "be" { return next.dropFirst().first.map { laterVerbs.contains($0) } == true }
                return next.first.map { holdingVerbs.contains($0) } == true
            default: return false
            }
        }
    }

    private static let laterVerbs: Set<String> = [
        "included", "provided", "populated", "attached", "updated", "appended", "supplied", "written", "expanded",
        "placed", "finalized", "added",
    ]
    private static let holdingVerbs: Set<String> = [
        "contain", "include", "hold", "detail", "list", "describe", "name", "outline",
    ]
}

extension EmptySections: LintRule {
    static let description = rule(
        .S02, [.warning, .error],
        "A section has no content, or says of itself that it has none; an error where the whole report has none.",
        example: "**6. Appendix (Not Included)**")

    static func findings(_ audit: Audit) -> [Finding] {
        EmptyReport.finding(audit).map { [$0] }
            ?? findings(audit.lines, headings: audit.headings, required: audit.required)
    }
}
