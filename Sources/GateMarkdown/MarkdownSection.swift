/// A heading with what stands below it, up to the next heading of any kind.
public struct MarkdownSection: Sendable, Equatable {
    /// Without markup, numbering and a colon at its end: `Executive Summary` for `**1. Executive Summary:**`.
    public let title: String
    /// 1…6; nil for a bold paragraph that serves as a heading.
    public let level: Int?
    /// How many open headings this one stands below; the section's subsections follow it with a greater depth.
    public let depth: Int
    /// The line of the heading, counted from 1.
    public let line: Int
    public let blocks: [MarkdownBlock]
}

extension MarkdownDocument {
    /// The headings of the document in order, each with its content. Language models often write a bold line instead of
    /// a heading (`**1. Executive Summary**`): such a line, alone or as the first of a paragraph, counts as one.
    public var sections: [MarkdownSection] {
        var outline = SectionOutline()
        for block in blocks { outline.append(block) }
        return outline.finish()
    }
}

/// Builds the flat list of sections and their depths.
private struct SectionOutline {
    private var sections: [MarkdownSection] = []
    private var open: [HeadingStyle] = []
    private var heading: (title: String, level: Int?, depth: Int, line: Int)?
    private var blocks: [MarkdownBlock] = []

    mutating func append(_ block: MarkdownBlock) {
        switch block.kind {
        case .heading(let level, let text):
            begin(text.plain, .level(level), line: block.lines.lowerBound)
        case .paragraph(let text):
            guard let first = text.lines.first, first.isBold, isTitle(first.text) else { fallthrough }
            begin(first.text, .bold(of: first.text), line: block.lines.lowerBound)
            let rest = Array(text.lines.dropFirst())
            guard !rest.isEmpty else { return }
            let start = min(block.lines.lowerBound + 1, block.lines.upperBound)
            blocks.append(
                MarkdownBlock(kind: .paragraph(MarkdownText(lines: rest)), lines: start...block.lines.upperBound))
        default: blocks.append(block)
        }
    }

    mutating func finish() -> [MarkdownSection] {
        endSection()
        return sections
    }

    private mutating func begin(_ text: String, _ style: HeadingStyle, line: Int) {
        endSection()
        // A real heading closes the outermost one that is not above it. A bold one closes the open one of its own
        // style and else stands below whatever is open.
        if let index = open.firstIndex(where: { $0.isClosed(by: style) }) { open.removeSubrange(index...) }
        var level: Int?
        if case .level(let number) = style { level = number }
        heading = (normalisedTitle(text), level, open.count, line)
        open.append(style)
    }

    private mutating func endSection() {
        if let heading {
            sections.append(
                MarkdownSection(
                    title: heading.title, level: heading.level, depth: heading.depth, line: heading.line,
                    blocks: blocks))
        }
        heading = nil
        blocks = []
    }

    /// A bold line is a title when it is short and no sentence.
    private func isTitle(_ text: String) -> Bool {
        guard text.count <= 100, let last = text.last else { return false }
        return !".?!;,".contains(last)
    }
}

private enum HeadingStyle {
    case level(Int)
    case bold(isNumbered: Bool, isLabel: Bool)

    static func bold(of text: String) -> HeadingStyle {
        .bold(isNumbered: text.first?.isNumber ?? false, isLabel: text.last == ":")
    }

    func isClosed(by next: HeadingStyle) -> Bool {
        switch (self, next) {
        case (.level(let level), .level(let next)): level >= next
        case (.bold(let numbered, let label), .bold(let nextNumbered, let nextLabel)):
            numbered == nextNumbered && label == nextLabel
        default: false
        }
    }
}

/// Drops `1.`, `2.3)`, `IV.`, `Section 4:` from the front and a colon from the end.
func normalisedTitle(_ text: String) -> String {
    var words = text.split(whereSeparator: \.isWhitespace)
    if words.count > 2, words[0].lowercased() == "section", isNumbering(words[1]) { words.removeFirst() }
    if words.count > 1, isNumbering(words[0]) { words.removeFirst() }
    var title = words.joined(separator: " ")
    while title.last == ":" { title.removeLast() }
    return title
}

private func isNumbering(_ word: Substring) -> Bool {
    guard let last = word.last else { return false }
    let isEnded = ".):".contains(last)
    let body = isEnded ? word.dropLast() : word
    guard !body.isEmpty else { return false }
    if body.allSatisfy({ $0.isNumber || $0 == "." }) { return isEnded || body.contains(".") || body.count <= 2 }
    return isEnded && body.allSatisfy { "IVX".contains($0) }
}
