/// A block of a Markdown text with its place.
public struct MarkdownBlock: Sendable, Equatable {
    public indirect enum Kind: Sendable, Equatable {
        /// Level 1…6.
        case heading(level: Int, MarkdownText)
        case paragraph(MarkdownText)
        case list(MarkdownList)
        case table(MarkdownTable)
        case code(language: String?, text: String)
        case quote([MarkdownBlock])
        case thematicBreak
        /// Raw HTML, or blocks nested deeper than ``MarkdownDocument/maximumDepth``, as text.
        case other(String)
    }

    public let kind: Kind
    /// Lines of the text, counted from 1.
    public let lines: ClosedRange<Int>
}

/// Inline content without its markup.
public struct MarkdownText: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public let text: String
        /// Everything in it is bold (punctuation after it aside).
        public let isBold: Bool
    }

    public let lines: [Line]

    /// The lines joined by spaces.
    public var plain: String { lines.map(\.text).joined(separator: " ") }
}

public struct MarkdownList: Sendable, Equatable {
    public struct Item: Sendable, Equatable {
        /// The item's own paragraphs without markup, joined by spaces.
        public let text: String
        /// Nested lists and all other blocks that are no paragraphs.
        public let children: [MarkdownBlock]
        public let lines: ClosedRange<Int>
    }

    public let isOrdered: Bool
    public let items: [Item]
}

public struct MarkdownTable: Sendable, Equatable {
    public struct Row: Sendable, Equatable {
        public let cells: [String]
        /// Counted from 1.
        public let line: Int
    }

    public let header: [String]
    public let rows: [Row]
}
