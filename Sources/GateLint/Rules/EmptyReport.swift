internal import GateCore

/// S02 of a whole report: nothing stands in it but titles, or words to whoever asked for it.
enum EmptyReport {
    /// Nil for a report with content of its own.
    static func finding(_ audit: Audit) -> Finding? {
        let lines = audit.lines
        let content = lines.lines.filter { isContent($0, lines) }
        let isRefusal = !content.isEmpty && isAddress(content, audit)
        guard content.isEmpty || isRefusal else { return nil }
        let title = lines.lines.first { !lines.words(of: $0).isEmpty }
        return Finding(
            rule: .S02, severity: .error,
            place: title.map { lines.place(of: $0) } ?? ReportPlace(line: 1, columnStart: 1, columnEnd: 2),
            claim: "empty report",
            evidence: isRefusal
                ? "all that it says is said to whoever asked for it"
                : title == nil ? "not a word stands in it" : "nothing stands below its titles",
            message: "The report has no content.")
    }

    private static func isContent(_ line: ReportLines.Line, _ lines: ReportLines) -> Bool {
        let words = lines.words(of: line)
        switch line.kind {
        case .blank, .rule, .fence, .tableDelimiter: return false
        // A bold line may be the value itself: "**Throughput: 12 tok/s**".
        case .heading(level: 7): return ReportLines.title(words).title.contains(where: hasDigit)
        case .heading: return false
        case .listItem, .tableRow, .code, .quote, .prose: return !words.isEmpty
        }
    }

    /// "Sorry, I cannot write this report.": a few words without a number, each paragraph of them chatter.
    private static func isAddress(_ content: [ReportLines.Line], _ audit: Audit) -> Bool {
        let words = content.flatMap { audit.lines.words(of: $0).map(\.text) }
        guard words.count <= longestAddress, !words.contains(where: hasDigit), content.allSatisfy({ $0.kind == .prose })
        else { return false }
        let addressed = Set(Chatter.findings(audit).map(\.place.line))
        let paragraphs = content.reduce(into: [[Int]]()) { paragraphs, line in
            if let last = paragraphs.last?.last, last + 1 == line.number {
                paragraphs[paragraphs.count - 1].append(line.number)
            } else {
                paragraphs.append([line.number])
            }
        }
        return paragraphs.allSatisfy { !addressed.isDisjoint(with: $0) }
    }

    /// In words; what is longer may say something of the data between its courtesies.
    private static let longestAddress = 60

    private static func hasDigit(_ word: String) -> Bool {
        word.unicodeScalars.contains { $0.properties.numericType != nil }
    }
}
