/// A line of a report and what it is in the Markdown tree.
public struct ReportLine: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        case blank
        case heading
        case paragraph
        /// Text of a list item; `item` points into ``ReportDocument/items``.
        case listItem(item: Int)
        /// `table` points into ``ReportDocument/tables``.
        case tableHeader(table: Int)
        case tableDelimiter(table: Int)
        case tableRow(table: Int, row: Int)
        /// Inside a fence or an indented block.
        case code(language: String?)
        case html
        case thematicBreak
    }

    /// Of the report's bytes, without the line's end.
    public let bytes: Range<Int>
    public internal(set) var kind: Kind
    /// Into ``ReportDocument/sections``; nil before the first heading.
    public internal(set) var section: Int?
    /// In quotes, as in the text.
    public internal(set) var isQuoted: Bool
}

/// An item of a list with the items that it stands below.
public struct ReportItem: Sendable, Equatable {
    public let lines: ClosedRange<Int>
    /// Into ``ReportDocument/items``; nil for an item of an outermost list.
    public let parent: Int?
    public let isOrdered: Bool
    /// Which list it belongs to: items with the same number are siblings.
    public let list: Int
}

/// A table with the stretches of its cells in the report's bytes; ragged rows keep the cells that they have.
public struct ReportTable: Sendable, Equatable {
    public struct Row: Sendable, Equatable {
        public let line: Int
        /// Without the white space around them.
        public let cells: [Range<Int>]
    }

    public let header: Row
    public let rows: [Row]
}

/// A heading and the lines below it, up to the next heading.
public struct ReportSection: Sendable, Equatable {
    /// Without markup, numbering and a colon at its end.
    public let title: String
    /// 1…6; nil for a bold paragraph that serves as a heading.
    public let level: Int?
    /// The headings that it stands below, outermost first, with itself last: indices of sections.
    public let path: [Int]
    /// The heading's line, counted from 1.
    public let line: Int
    /// Its heading and content without its subsections.
    public let lines: ClosedRange<Int>
}
