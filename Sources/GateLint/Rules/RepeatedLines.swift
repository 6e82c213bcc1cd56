internal import GateCore

/// S11: the same line again and again; and, as an error, a text that runs away.
enum RepeatedLines {
    static func findings(_ lines: ReportLines, _ degeneration: Degeneration) -> [Finding] {
        var places: [Substring: [Int]] = [:]
        for line in lines.lines where isContent(line.kind) {
            places[line.text.trimmed, default: []].append(line.number)
        }
        let content = places.values.reduce(0) { $0 + $1.count }
        var findings = places.values.filter { numbers in
            isRepeated(lines.lines[numbers[0] - 1], count: numbers.count, of: content, lines)
                || isInARow(numbers, lines)
        }.map { finding(at: $0, lines) }.sorted { $0.place < $1.place }
        if let alarm = runaway(lines, degeneration) {
            findings.insert(alarm, at: 0)
        } else {
            findings += lines.lines.compactMap { sentences(of: $0, lines) }
            let found = Set(findings.map(\.place.line))
            findings += paragraphs(lines).filter { !found.contains($0.place.line) }
        }
        return findings
    }

    private static func isContent(_ kind: ReportLines.Kind) -> Bool {
        switch kind {
        case .prose, .listItem, .tableRow, .quote, .heading(level: 7): true
        default: false
        }
    }

    /// A short line, a label say, may stand in every entry of a list.
    private static func isRepeated(_ line: ReportLines.Line, count: Int, of content: Int, _ lines: ReportLines) -> Bool
    {
        guard count >= 3 else { return false }
        let words = lines.words(of: line)
        let letters = words.reduce(0) { $0 + $1.text.count }
        let isLabel = words.count <= 7 && line.text.trimmed.last.map { ":*".contains($0) } ?? false
        if words.count >= 4, letters >= 20, !isLabel { return true }
        return words.count >= 1 && count >= 8 && count * 5 >= content
    }

    /// The fewest that are no accident.
    private static let fewest = 3

    /// A paragraph or an item that was there before: nobody writes so much twice in the same words.
    private static func paragraphs(_ lines: ReportLines) -> [Finding] {
        var places: [[Substring]: [Int]] = [:]
        var start = 0
        while start < lines.lines.count {
            let first = lines.lines[start]
            var end = start + 1
            if first.kind == .prose {
                while end < lines.lines.count, lines.lines[end].kind == .prose { end += 1 }
            }
            let paragraph = lines.lines[start..<end]
            let isText =
                switch first.kind {
                case .prose, .listItem: true
                default: false
                }
            if isText, paragraph.reduce(0, { $0 + $1.words.count }) >= wordsOfParagraph {
                places[paragraph.map(\.text.trimmed), default: []].append(first.number)
            }
            start = end
        }
        return places.values.filter { $0.count > 1 }.map { finding(at: $0, lines, of: "paragraph") }.sorted {
            $0.place < $1.place
        }
    }

    private static let wordsOfParagraph = 15
    private static let wordsOfSentence = 8

    /// What stands right behind itself is repeated, however short it is.
    private static func isInARow(_ numbers: [Int], _ lines: ReportLines) -> Bool {
        let line = lines.lines[numbers[0] - 1]
        guard line.kind != .tableRow, line.words.count >= fewest else { return false }
        var run = 1
        for (number, next) in zip(numbers, numbers.dropFirst()) {
            run = lines.lines[number..<next - 1].allSatisfy { $0.kind == .blank } ? run + 1 : 1
            if run >= fewest { return true }
        }
        return false
    }

    /// The same sentence again and again in one line.
    private static func sentences(of line: ReportLines.Line, _ lines: ReportLines) -> Finding? {
        guard isContent(line.kind), line.kind != .tableRow else { return nil }
        let sentences = line.text.split(separator: ". ").map { $0.trimmed.drop { $0 == "." } }
        var run = 1
        for (sentence, next) in zip(sentences, sentences.dropFirst()) {
            // The last one has its full stop.
            let next = next.last == "." ? next.dropLast() : next
            let words = sentence.split(separator: " ").count
            run = next == sentence && words >= fewest ? run + 1 : 1
            guard run >= fewest || run > 1 && words >= wordsOfSentence else { continue }
            let place = lines.place(of: line)
            return Finding(
                rule: .S11, severity: .warning, place: place, claim: lines.text(at: place),
                evidence: String(sentence), message: "The same sentence stands in the line \(run) times in a row.")
        }
        return nil
    }

    /// At the first repetition.
    private static func finding(at numbers: [Int], _ lines: ReportLines, of what: String = "line") -> Finding {
        let place = lines.place(of: lines.lines[numbers[1] - 1])
        let shown = numbers.prefix(8).map(String.init).joined(separator: ", ")
        return Finding(
            rule: .S11, severity: .warning, place: place, claim: lines.text(at: place),
            evidence: "lines \(shown)" + (numbers.count > 8 ? " and \(numbers.count - 8) more" : ""),
            message: "The same \(what) stands in the report \(numbers.count) times.")
    }

    private static func runaway(_ lines: ReportLines, _ degeneration: Degeneration) -> Finding? {
        guard let reason = degeneration.alarm else { return nil }
        let line = lines.lines.last { $0.kind != .blank && $0.kind != .rule }
        let place = line.map { lines.place(of: $0) } ?? ReportPlace(line: 1, columnStart: 1, columnEnd: 2)
        return Finding(
            rule: .S11, severity: .error, place: place, claim: lines.text(at: place), evidence: reason,
            message: "The text goes round in circles: the model did not come to an end.")
    }
}

extension RepeatedLines: LintRule {
    static let description = rule(
        .S11, [.warning, .error],
        "The same line three times or more, or a paragraph twice; an error where the whole text goes round in circles.",
        example: "End of Document (107 times)")

    static func findings(_ audit: Audit) -> [Finding] { findings(audit.lines, audit.degeneration) }
}
