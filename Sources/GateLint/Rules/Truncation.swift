internal import GateCore

/// S05: the report ends in the middle of a sentence, of a table row or of a fence.
enum Truncation {
    static func findings(_ lines: ReportLines) -> [Finding] {
        if let number = lines.unclosedFence {
            let line = lines.lines[number - 1]
            return [
                finding(
                    ReportPlace(line: number, columnStart: 1, columnEnd: line.text.unicodeScalars.count + 1), lines,
                    "no line closes it",
                    "A code block is opened and never closed: the report was cut off, or what"
                        + " follows is shown as code.")
            ]
        }
        guard let index = lines.lines.lastIndex(where: { $0.kind != .blank && $0.kind != .rule }) else { return [] }
        let line = lines.lines[index]
        switch line.kind {
        case .tableRow: return cutRow(line, above: index > 0 ? lines.lines[index - 1] : nil, lines)
        case .prose, .listItem, .quote: return cutSentence(line, at: index, lines)
        default: return []
        }
    }

    private static func finding(_ place: ReportPlace, _ lines: ReportLines, _ evidence: String, _ message: String)
        -> Finding
    {
        Finding(
            rule: .S05, severity: .error, place: place, claim: lines.text(at: place), evidence: evidence,
            message: message)
    }

    private static func cutRow(_ line: ReportLines.Line, above: ReportLines.Line?, _ lines: ReportLines) -> [Finding] {
        guard let above, above.kind == .tableRow || above.kind == .tableDelimiter,
            above.text.trimmed.utf8.last == 0x7C, line.text.trimmed.utf8.last != 0x7C
        else { return [] }
        return [
            finding(
                lines.place(of: lines.words(of: line).suffix(1), in: line), lines,
                "the rows above it end with '|'", "The report ends inside a table row: it was cut off.")
        ]
    }

    private static func cutSentence(_ line: ReportLines.Line, at index: Int, _ lines: ReportLines) -> [Finding] {
        let words = lines.words(of: line)
        guard let last = words.last else { return [] }
        let tail = line.text.unicodeScalars.dropFirst(last.end - 1).filter { !$0.properties.isWhitespace }
        guard
            let reason = reason(
                line, words, last: last, tail: Array(tail), before: paragraph(before: index, lines),
                all: lines.lines)
        else { return [] }
        return [
            finding(
                ReportPlace(line: line.number, columnStart: last.start, columnEnd: last.end), lines, reason,
                "The report ends in the middle of a sentence: it was cut off.")
        ]
    }

    /// Why the line counts as cut; nil where it may be whole.
    private static func reason(
        _ line: ReportLines.Line, _ words: ArraySlice<ReportLines.Word>, last: ReportLines.Word,
        tail: [Unicode.Scalar], before: [ReportLines.Line], all: [ReportLines.Line]
    ) -> String? {
        // Emphasis that is opened by the last word, or closed after it, tells nothing.
        let marks = tail.filter { !"*_`".unicodeScalars.contains($0) }
        if marks.last == "," || marks.last == "(" || marks.last == "–" {
            return "it ends with '\(Character(marks[marks.count - 1]))'"
        }
        guard marks.isEmpty else { return nil }
        guard words.count >= 4 else { return nil }
        if opensLink.contains(last.text), words.count >= 5 { return "it ends with '\(last.text)'" }
        if parentheses(line.text) > 0 { return "a parenthesis is opened and never closed" }
        guard isScriptWithStops(last.text) else { return nil }
        if let reason = outlier(line, words, tail, before: before, all: all) { return reason }
        if isItem(line) {
            guard words.count >= 8 else { return nil }
            let siblings = before.filter(isItem)
            guard siblings.count >= 2, siblings.allSatisfy(endsWithStop) else { return nil }
            return "it has no stop at its end, and all \(siblings.count) items above it have one"
        }
        // `ttft_s: 2.319; tokens: 124` is a list of figures, not a sentence.
        let isListOfFigures =
            last.text.unicodeScalars.allSatisfy {
                $0.properties.numericType != nil || ".,%".unicodeScalars.contains($0)
            }
            && line.text.utf8.count { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") } > 1
        guard !isListOfFigures else { return nil }
        let lastSentence = words.count - sentenceStart(line, words)
        let isSentenceAfterSentence = lastSentence < words.count && lastSentence >= 4
        let isLongSentence = words.count >= 12
        guard isSentenceAfterSentence || isLongSentence else { return nil }
        return "the last sentence has \(lastSentence) words and no stop at its end"
    }

    /// The last item or paragraph has no stop where nearly all of the report have one.
    private static func outlier(
        _ line: ReportLines.Line, _ words: ArraySlice<ReportLines.Word>, _ tail: [Unicode.Scalar],
        before: [ReportLines.Line], all: [ReportLines.Line]
    ) -> String? {
        guard words.count >= 4, !isValue(line), isItem(line) || isUnsigned(line, words, tail, all) else { return nil }
        let others = sentences(all).filter { $0.number < line.number }
        let stopped = others.count(where: endsWithStop)
        let siblings = others.filter { isItem($0) == isItem(line) }
        let near = before.filter { isItem($0) && isSentence($0) }
        guard others.count >= 6, stopped * 10 >= others.count * 9,
            siblings.count(where: endsWithStop) * 10 >= siblings.count * 9,
            isItem(line) ? !near.isEmpty && near.allSatisfy(endsWithStop) : siblings.count > 1
        else { return nil }
        return "it has no stop at its end, and \(stopped) of the report's \(others.count) other items and paragraphs"
            + " have one"
    }

    /// `- **alpha**: 48.7 min` is a value and ends as it should.
    private static func isValue(_ line: ReportLines.Line) -> Bool {
        let value = line.text.split(separator: ":").last.map { $0.split(separator: " ") } ?? []
        return line.text.contains(":") && value.count <= 3 && value.first?.contains(where: \.isNumber) == true
    }

    /// A paragraph that neither says who wrote the report, below a rule or behind a label, nor is an emphasised remark.
    private static func isUnsigned(
        _ line: ReportLines.Line, _ words: ArraySlice<ReportLines.Word>, _ tail: [Unicode.Scalar],
        _ all: [ReportLines.Line]
    ) -> Bool {
        guard let last = words.last, words.count >= 5, tail.isEmpty else { return false }
        let above = all[..<(line.number - 1)].last { $0.kind != .blank }
        let label = line.text.prefix { $0 != ":" }
        let isLabelled = label.endIndex < line.text.endIndex && label.utf8.count { $0 == 0x20 } <= 3
        // Names and dates end what is signed.
        let scalars = line.text.unicodeScalars
        let initial = scalars[scalars.index(scalars.startIndex, offsetBy: last.start - 1)]
        return above?.kind != .rule && !isLabelled && initial.properties.isLowercase
    }

    private static func isItem(_ line: ReportLines.Line) -> Bool {
        if case .listItem = line.kind { true } else { false }
    }

    private static func isSentence(_ line: ReportLines.Line) -> Bool {
        line.text.utf8.count { $0 == 0x20 } >= 5
    }

    /// The last lines of the items and paragraphs that are sentences.
    private static func sentences(_ lines: [ReportLines.Line]) -> [ReportLines.Line] {
        lines.indices.filter { index in
            (lines[index].kind == .prose || isItem(lines[index])) && isSentence(lines[index])
                && (index + 1 == lines.count || lines[index + 1].kind != .prose)
        }.map { lines[$0] }
    }

    /// Words that a sentence goes on after.
    private static let opensLink: Set<String> = [
        "the", "a", "an", "and", "or", "of", "to", "in", "for", "with", "by", "from", "at", "on", "that", "which",
        "is", "are", "was", "were", "as", "but", "because", "than", "into", "between", "this", "these", "its", "their",
        "such",
        "approximately", "including", "would", "could", "should", "will", "may", "might", "has", "have", "had", "be",
        "been",
        "using", "during", "across", "within", "without", "against", "via", "towards", "while", "where", "if", "our",
        "der", "die", "das", "und", "oder", "von", "zu", "mit", "für", "le", "la", "les", "et", "ou", "de", "des",
        "du", "el", "los", "las", "y", "del", "para", "con", "il", "e", "di", "и", "в", "на", "с", "по",
    ]

    /// The lines of the same block above, the nearest last.
    private static func paragraph(before index: Int, _ lines: ReportLines) -> [ReportLines.Line] {
        var first = index
        while first > 0, index - first < 40 {
            switch lines.lines[first - 1].kind {
            case .listItem, .prose, .blank: first -= 1
            default: return Array(lines.lines[first..<index])
            }
        }
        return Array(lines.lines[first..<index])
    }

    private static let stops = ".!?:;…。！？：；।؟۔".unicodeScalars

    private static func endsWithStop(_ line: ReportLines.Line) -> Bool {
        let last = line.text.unicodeScalars.last {
            !$0.properties.isWhitespace && !"*_`)\"”’»".unicodeScalars.contains($0)
        }
        return last.map { stops.contains($0) } ?? false
    }

    /// How many words of the line stand before its last sentence.
    private static func sentenceStart(_ line: ReportLines.Line, _ words: ArraySlice<ReportLines.Word>) -> Int {
        let scalars = Array(line.text.unicodeScalars)
        var count = 0
        for (position, word) in words.enumerated().dropFirst() {
            let end = word.start - 1
            guard end >= 2, end <= scalars.count else { continue }
            let before = scalars[max(0, end - 4)..<end].filter { !"*_\"“)".unicodeScalars.contains($0) }
            let isStop =
                before.last == " " && before.dropLast().last.map { ".!?。！？".unicodeScalars.contains($0) } == true
            if isStop, position > 2 { count = position }
        }
        return count
    }

    private static func parentheses(_ text: Substring) -> Int {
        var depth = 0
        for byte in text.utf8 {
            if byte == 0x28 { depth += 1 }
            if byte == 0x29 { depth = max(0, depth - 1) }
        }
        return depth
    }

    /// False for Thai, Lao, Khmer, Burmese: their sentences end without a mark.
    private static func isScriptWithStops(_ word: String) -> Bool {
        !word.unicodeScalars.contains {
            (0x0E00...0x0EFF).contains($0.value) || (0x1000...0x109F).contains($0.value)
                || (0x1780...0x17FF).contains($0.value)
        }
    }
}

extension Truncation: LintRule {
    static let description = rule(
        .S05, [.error], "The report ends inside a sentence, a table row or a code block.",
        example: "…to ensure optimal performance and")

    static func findings(_ audit: Audit) -> [Finding] { findings(audit.lines) }
}
