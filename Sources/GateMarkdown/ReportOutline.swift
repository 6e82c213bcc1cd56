/// What a reader wants from a report at a glance, taken from its sections by their headings.
///
/// Findings and recommendations are items of lists, never headings, never chatter around the report.
public struct ReportOutline: Sendable, Equatable {
    /// Findings and recommendations, at most, each.
    public static let maximumItems = 10

    public let findings: [String]
    public let recommendations: [String]

    public init(_ text: String) {
        let document = MarkdownDocument(text)
        var sections = document.sections
        if sections.isEmpty, let fenced = document.fencedMarkdown { sections = MarkdownDocument(fenced).sections }
        let tree = SectionTree(sections)
        findings = tree.items(findingsRank)
        let nested = tree.items(recommendationsRank)
        // Under "Insights and Recommendations" each insight may carry its recommendation as a nested item.
        let labelled = nested == findings ? tree.labelledItems("recommendation:", recommendationsRank) : []
        recommendations = labelled.isEmpty ? nested : labelled
    }
}

/// How well a lower-case title names the findings, 0 best; nil where it does not.
private func findingsRank(_ title: String) -> Int? {
    guard let word = title.firstRange(of: "finding") ?? title.firstRange(of: "insight") else { return nil }
    guard let other = title.firstRange(of: "recommendation") else { return title.contains("finding") ? 0 : 1 }
    // "Findings and Recommendations", but not "Recommendations from these Insights".
    return word.lowerBound < other.lowerBound ? 2 : nil
}

private func recommendationsRank(_ title: String) -> Int? {
    guard title.contains("recommendation") else { return nil }
    return findingsRank(title) == nil ? 0 : 1
}

extension MarkdownDocument {
    /// The content of the first code block that calls itself Markdown: some models put the whole report into one.
    fileprivate var fencedMarkdown: String? {
        for block in blocks {
            if case .code(let language?, let text) = block.kind, ["markdown", "md"].contains(language.lowercased()) {
                return text
            }
        }
        return nil
    }
}

/// Sections with their subsections.
private struct SectionTree {
    let sections: [MarkdownSection]
    let titles: [String]

    init(_ sections: [MarkdownSection]) {
        self.sections = sections
        titles = sections.map { $0.title.lowercased() }
    }

    private func subtree(_ index: Int) -> Range<Int> {
        let end = sections[(index + 1)...].firstIndex { $0.depth <= sections[index].depth }
        return index..<(end ?? sections.count)
    }

    private func isSummary(_ index: Int) -> Bool { titles[index].contains("executive summary") }

    /// The items of the best section that has some: the least rank first, then the order of the document.
    /// - Parameter rank: of a lower-case title; nil for a section that does not count.
    func items(_ rank: (String) -> Int?) -> [String] {
        items(rank) { list in list.items.compactMap(\.statement) }
    }

    /// The items of that section, nested ones among them, that begin with a label, without it.
    func labelledItems(_ label: String, _ rank: (String) -> Int?) -> [String] {
        items(rank) { list in
            list.items.flatMap(\.allStatements).filter { $0.lowercased().hasPrefix(label) }
                .map { collapsed(String($0.dropFirst(label.count))) }
        }
    }

    private func items(_ rank: (String) -> Int?, _ statements: (MarkdownList) -> [String]) -> [String] {
        let ranked = sections.indices.compactMap { index in rank(titles[index]).map { (index, $0) } }
            // A title such as "Chimera Insight Report" stands above the whole report and names no section.
            .filter { candidate in !subtree(candidate.0).contains(where: isSummary) }
            .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        for (index, _) in ranked {
            let items = items(of: index, rank, statements)
            if !items.isEmpty { return items }
        }
        return []
    }

    private func items(
        of index: Int, _ rank: (String) -> Int?, _ statements: (MarkdownList) -> [String]
    ) -> [String] {
        var items: [String] = []
        var skippedDepth: Int?
        for part in subtree(index) {
            if let depth = skippedDepth, sections[part].depth > depth { continue }
            skippedDepth = nil
            if part != index, namesAnotherPart(titles[part], rank) {
                skippedDepth = sections[part].depth
                continue
            }
            for block in sections[part].ownBlocks {
                guard case .list(let list) = block.kind else { continue }
                for text in statements(list) where !items.contains(text) { items.append(text) }
            }
        }
        return Array(items.prefix(ReportOutline.maximumItems))
    }

    /// A subsection that is a part of the report of its own, and not the one that is looked for.
    private func namesAnotherPart(_ title: String, _ rank: (String) -> Int?) -> Bool {
        let parts = ["finding", "recommendation", "appendix", "conclusion", "next steps", "metrics analysis"]
        return rank(title) == nil && parts.contains { title.contains($0) }
    }
}

extension MarkdownSection {
    /// The blocks up to a rule or to words that address the reader; both end what belongs to the heading.
    fileprivate var ownBlocks: ArraySlice<MarkdownBlock> {
        // A rule right below the heading is an underline.
        let start = blocks.first?.kind == .thematicBreak ? 1 : 0
        let end = blocks[start...].firstIndex { block in
            switch block.kind {
            case .thematicBreak: true
            case .paragraph(let text): isChatter(text.plain)
            default: false
            }
        }
        return blocks[start..<(end ?? blocks.count)]
    }

    private func isChatter(_ text: String) -> Bool {
        let text = text.lowercased()
        return ["would you like", "do you want me", "could you", "let me know", "to help me"]
            .contains { text.contains($0) }
    }
}

extension MarkdownList.Item {
    /// The item as one line. A label such as `Next steps:` is nothing by itself and takes its nested items with it.
    fileprivate var statement: String? {
        guard text.isEmpty || text.last == ":" || text.last == "：" else { return text }
        let nested = nestedItems.compactMap(\.statement)
        guard !nested.isEmpty else { return nil }
        let joined = nested.joined(separator: "; ")
        return text.isEmpty ? joined : "\(text) \(joined)"
    }

    /// Its own text and that of all items below it.
    fileprivate var allStatements: [String] { [text] + nestedItems.flatMap(\.allStatements) }

    private var nestedItems: [MarkdownList.Item] {
        children.flatMap { block -> [MarkdownList.Item] in
            if case .list(let list) = block.kind { list.items } else { [] }
        }
    }
}
