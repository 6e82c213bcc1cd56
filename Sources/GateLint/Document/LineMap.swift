import GateMarkdown

/// Gives every line its part in the Markdown tree.
struct LineMap {
    var document: ReportDocument
    private var lists = 0

    init(document: ReportDocument) { self.document = document }

    mutating func add(_ blocks: [MarkdownBlock]) {
        for block in blocks { add(block, item: nil, isQuoted: false) }
    }

    /// The sections by their lines; content before the first heading has none.
    mutating func add(_ sections: [MarkdownSection]) {
        var path: [Int] = []
        for (index, section) in sections.enumerated() {
            path.removeLast(max(0, path.count - section.depth))
            path.append(index)
            let next = index + 1 < sections.count ? sections[index + 1].line - 1 : document.lines.count
            let lines = section.line...max(section.line, next)
            document.sections.append(
                ReportSection(
                    title: section.title, level: section.level, path: path, line: section.line, lines: lines))
            for line in lines where line <= document.lines.count { document.lines[line - 1].section = index }
            if document.lines.indices.contains(section.line - 1) {
                document.lines[section.line - 1].kind = .heading
            }
        }
    }

    private mutating func add(_ block: MarkdownBlock, item: Int?, isQuoted: Bool) {
        switch block.kind {
        case .heading: set(block.lines, .heading, isQuoted)
        case .paragraph: set(block.lines, item.map { .listItem(item: $0) } ?? .paragraph, isQuoted)
        case .code(let language, _): set(block.lines, .code(language: language), isQuoted)
        case .thematicBreak: set(block.lines, .thematicBreak, isQuoted)
        case .other: set(block.lines, .html, isQuoted)
        case .quote(let blocks):
            for block in blocks { add(block, item: item, isQuoted: true) }
        case .table(let table): add(table, lines: block.lines, isQuoted)
        case .list(let list):
            let number = lists
            lists += 1
            for element in list.items {
                let index = document.items.count
                document.items.append(
                    ReportItem(lines: element.lines, parent: item, isOrdered: list.isOrdered, list: number))
                set(element.lines, .listItem(item: index), isQuoted)
                for child in element.children { add(child, item: index, isQuoted: isQuoted) }
            }
        }
    }

    private mutating func add(_ table: MarkdownTable, lines: ClosedRange<Int>, _ isQuoted: Bool) {
        let index = document.tables.count
        let start = lines.lowerBound
        var rows: [ReportTable.Row] = []
        for row in table.rows where row.line <= document.lines.count {
            set(row.line...row.line, .tableRow(table: index, row: rows.count), isQuoted)
            rows.append(ReportTable.Row(line: row.line, cells: cells(ofLine: row.line)))
        }
        set(start...start, .tableHeader(table: index), isQuoted)
        set((start + 1)...(start + 1), .tableDelimiter(table: index), isQuoted)
        document.tables.append(
            ReportTable(header: ReportTable.Row(line: start, cells: cells(ofLine: start)), rows: rows))
    }

    /// Blank lines inside a block stay blank, except in code.
    private mutating func set(_ lines: ClosedRange<Int>, _ kind: ReportLine.Kind, _ isQuoted: Bool) {
        for line in lines where line <= document.lines.count {
            document.lines[line - 1].isQuoted = isQuoted
            if case .code = kind {
                document.lines[line - 1].kind = kind
            } else if document.bytes[document.lines[line - 1].bytes].contains(where: { $0 != 0x20 && $0 != 0x09 }) {
                document.lines[line - 1].kind = kind
            }
        }
    }

    /// Cells end at pipes without a backslash before them, as GitHub's tables say, also within code.
    private func cells(ofLine line: Int) -> [Range<Int>] {
        let range = document.lines[line - 1].bytes
        let bytes = document.bytes
        var pipes: [Int] = []
        for index in range where bytes[index] == 0x7C && (index == range.lowerBound || bytes[index - 1] != 0x5C) {
            pipes.append(index)
        }
        var cells: [Range<Int>] = []
        var start = range.lowerBound
        for end in pipes + [range.upperBound] {
            let cell = trimmed(start..<end)
            let isOutside = cell.isEmpty && (start == range.lowerBound || end == range.upperBound)
            if !isOutside { cells.append(cell) }
            start = end + 1
        }
        return cells
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = max(range.upperBound, start)
        while start < end, document.bytes[start] == 0x20 || document.bytes[start] == 0x09 { start += 1 }
        while end > start, document.bytes[end - 1] == 0x20 || document.bytes[end - 1] == 0x09 { end -= 1 }
        return start..<end
    }
}
