internal import GateCore

/// A heading with what stands below it, up to the next heading.
struct ReportHeading: Sendable {
    let line: ReportLines.Line
    /// 1…6; 7 for a line of bold text.
    let level: Int
    /// In lower case, without numbering.
    let title: [String]
    /// The numbering as written, `3` and `1` of `3.1`; empty where there is none.
    let numbers: [String]
    /// Place of the title in its line.
    let place: ReportPlace
    /// Index of the heading's line, and of the line after the last that stands below it.
    let content: Range<Int>

    var isBold: Bool { level == 7 }

    /// True when both begin with the same two words.
    func isSameTitle(as other: ReportHeading) -> Bool {
        title.count >= 2 && title.prefix(2).elementsEqual(other.title.prefix(2))
    }
}

extension ReportLines {
    /// Every heading in order.
    func headings() -> [ReportHeading] {
        let indices = lines.indices.filter { if case .heading = lines[$0].kind { true } else { false } }
        return indices.enumerated().compactMap { position, index in
            let line = lines[index]
            guard case .heading(let level) = line.kind else { return nil }
            let (numbers, title) = ReportLines.title(words(of: line))
            let end = position + 1 < indices.count ? indices[position + 1] : lines.count
            return ReportHeading(
                line: line, level: level, title: title, numbers: numbers, place: place(of: line),
                content: index + 1..<end)
        }
    }

    /// Lines of content among those: neither blank nor an underline or a rule.
    func contentLines(_ range: Range<Int>) -> [Line] {
        lines[range].filter { $0.kind != .blank && $0.kind != .rule }
    }

    /// From the first word of a line to the end of its last; the first column where it has no words.
    func place(of line: Line) -> ReportPlace { place(of: words(of: line), in: line) }

    func place(of words: ArraySlice<Word>, in line: Line) -> ReportPlace {
        guard let first = words.first, let last = words.last else {
            return ReportPlace(line: line.number, columnStart: 1, columnEnd: 2)
        }
        return ReportPlace(line: line.number, columnStart: first.start, columnEnd: last.end)
    }

    /// What stands in that place, as written.
    func text(at place: ReportPlace) -> String {
        guard lines.indices.contains(place.line - 1) else { return "" }
        let scalars = lines[place.line - 1].text.unicodeScalars
        let wanted = scalars.dropFirst(place.columnStart - 1).prefix(max(0, place.columnEnd - place.columnStart))
        return String(String.UnicodeScalarView(wanted))
    }

    /// Drops `1.`, `2.3)`, `IV.`, `Section 4:` from the front of a title.
    static func title(_ words: ArraySlice<Word>) -> (numbers: [String], title: [String]) {
        var rest = words
        if rest.count > 2, ["section", "part", "chapter"].contains(rest.first?.text),
            isNumber(rest[rest.startIndex + 1].text)
        {
            rest = rest.dropFirst()
        }
        var numbers: [String] = []
        while rest.count > 1, let first = rest.first, isNumber(first.text) {
            numbers.append(first.text)
            rest = rest.dropFirst()
        }
        return (numbers, rest.map(\.text))
    }

    private static func isNumber(_ word: String) -> Bool {
        (word.utf8.count <= 2 && word.utf8.allSatisfy { (0x30...0x39).contains($0) })
            || ["ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"].contains(word) || word == "i"
    }
}
