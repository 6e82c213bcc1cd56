internal import GateCore

/// S04: a section that was there before, or a second document below the first.
enum RepeatedSections {
    static func findings(_ lines: ReportLines, headings: [ReportHeading], required: [String]) -> [Finding] {
        var findings: [Finding] = []
        var seen: [[String]: ReportHeading] = [:]
        var path: [(level: Int, title: [String])] = []
        for heading in headings where !heading.title.isEmpty {
            path.removeAll { $0.level >= heading.level }
            let isMain = isSection(heading, required)
            let key =
                isMain
                ? [heading.level == 7 ? "bold" : "\(min(heading.level, 3))"] + heading.title
                : path.flatMap(\.title) + ["/"] + heading.title
            path.append((heading.level, heading.title))
            // A label in bold may stand above every table.
            guard isMain || !heading.isBold else { continue }
            if let first = seen[key], !lines.contentLines(first.content).isEmpty {
                findings.append(
                    Finding(
                        rule: .S04, severity: .warning, place: heading.place, claim: lines.text(at: heading.place),
                        evidence: "line \(first.line.number) has the same heading",
                        message: "The section '\(lines.text(at: heading.place))' is in the report twice."))
            } else {
                seen[key] = heading
            }
        }
        return findings.isEmpty ? secondDocument(lines, headings) : findings
    }

    private static func isSection(_ heading: ReportHeading, _ required: [String]) -> Bool {
        guard heading.level <= 2 || heading.isBold else { return false }
        return required.contains { name in
            ReportLines(name).words.map(\.text) == heading.title
        }
    }

    /// A title of the highest level after three sections of a lower one.
    private static func secondDocument(_ lines: ReportLines, _ headings: [ReportHeading]) -> [Finding] {
        guard let top = headings.map(\.level).min(), top <= 2,
            let start = headings.firstIndex(where: { $0.level == top })
        else { return [] }
        let below = headings[start...].enumerated().first { position, heading in
            heading.level == top && position > 0
                && headings[start..<start + position].count { $0.level == top + 1 } >= 3
                && headings[start..<start + position].count { $0.level == top } <= 2
        }
        guard let (position, heading) = below, let first = headings[start...].first,
            !headings[start + position - 1].isSameTitle(as: heading),
            // Sections in another style, an appendix say, are no documents: a title has sections of its own.
            headings.count(where: { $0.line.number > heading.line.number && $0.level == top + 1 }) >= 2
        else { return [] }
        return [
            Finding(
                rule: .S04, severity: .warning, place: heading.place, claim: lines.text(at: heading.place),
                evidence: "line \(first.line.number) is the title of the first document",
                message: "A second document begins inside the report.")
        ]
    }
}

extension RepeatedSections: LintRule {
    static let description = rule(
        .S04, [.warning], "A section stands in the report twice, or a second document begins.",
        example: "## Key Findings … ## Key Findings")

    static func findings(_ audit: Audit) -> [Finding] {
        findings(audit.lines, headings: audit.headings, required: audit.required)
    }
}
