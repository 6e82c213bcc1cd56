internal import GateCore

/// S08: Markdown that does not become what it was meant to be: emphasis that opens and never closes, a heading without its
/// space, a table that is none.
enum BrokenMarkup {
    static func findings(_ lines: ReportLines) -> [Finding] {
        (emphasis(lines) + codeSpans(lines) + headings(lines) + tables(lines)).sorted { $0.place < $1.place }
    }

    private static func finding(_ place: ReportPlace, _ lines: ReportLines, _ evidence: String, _ message: String)
        -> Finding
    {
        Finding(
            rule: .S08, severity: .warning, place: place, claim: lines.text(at: place), evidence: evidence,
            message: message)
    }

    // MARK: - Emphasis

    private struct Run {
        let line: Int
        let column: Int
        let canOpen: Bool
        let canClose: Bool
    }

    /// Follows CommonMark 0.31 (6.2, delimiter runs) for `**`, block by block.
    private static func emphasis(_ lines: ReportLines) -> [Finding] {
        var findings: [Finding] = []
        var open: [Run] = []
        var stray: Run?
        func endBlock() {
            if let run = stray ?? open.first {
                let line = lines.lines[run.line - 1]
                let place = ReportPlace(line: run.line, columnStart: run.column, columnEnd: run.column + 2)
                findings.append(
                    finding(
                        place, lines,
                        "in: " + String(line.text.trimmed.prefix(80)),
                        "A '**' has no partner, so that it is shown as it is and nothing becomes bold."))
            }
            open = []
            stray = nil
        }
        for line in lines.lines {
            switch line.kind {
            case .prose: break
            // Each of these is a block of its own.
            case .listItem, .heading, .tableRow, .quote: endBlock()
            default:
                endBlock()
                continue
            }
            guard line.text.utf8.contains(0x2A) else { continue }
            for run in runs(in: line) {
                if run.canClose, !open.isEmpty {
                    open.removeLast()
                } else if run.canOpen {
                    open.append(run)
                } else if stray == nil {
                    stray = run
                }
            }
            if case .tableRow = line.kind { endBlock() }
        }
        endBlock()
        return findings
    }

    private static func runs(in line: ReportLines.Line) -> [Run] {
        let scalars = Array(line.text.unicodeScalars)
        var runs: [Run] = []
        var index = 0
        while index < scalars.count {
            switch scalars[index] {
            case "\\": index += 2
            case "`": index = InlineCode.end(in: scalars, from: index)
            case "*":
                let length = scalars[index...].prefix { $0 == "*" }.count
                defer { index += length }
                guard length == 2 || length == 3 else { continue }
                let before = index > 0 ? scalars[index - 1] : " "
                let after = index + length < scalars.count ? scalars[index + length] : " "
                if let run = run(line.number, index + 1, before, after) { runs.append(run) }
            default: index += 1
            }
        }
        return runs
    }

    private static func run(_ line: Int, _ column: Int, _ before: Unicode.Scalar, _ after: Unicode.Scalar) -> Run? {
        let isSpaceBefore = before.properties.isWhitespace
        let isSpaceAfter = after.properties.isWhitespace
        // `2 ** 3`, and `2**3`: arithmetic.
        if isSpaceBefore, isSpaceAfter, column > 1 { return nil }
        if before.properties.numericType != nil, after.properties.numericType != nil { return nil }
        let isLeft = !isSpaceAfter && (!isPunctuation(after) || isSpaceBefore || isPunctuation(before))
        let isRight = !isSpaceBefore && (!isPunctuation(before) || isSpaceAfter || isPunctuation(after))
        return Run(line: line, column: column, canOpen: isLeft, canClose: isRight)
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            true
        default: false
        }
    }

    // MARK: - Code spans

    /// A backtick that opens a word and is never closed, in a block of one line.
    private static func codeSpans(_ lines: ReportLines) -> [Finding] {
        lines.lines.indices.compactMap { index in
            let line = lines.lines[index]
            guard line.text.utf8.count <= longestLine, line.text.utf8.contains(0x60), isBlock(index, lines),
                let column = strayBacktick(line)
            else {
                return nil
            }
            return finding(
                ReportPlace(line: line.number, columnStart: column, columnEnd: column + 1), lines,
                "in: " + String(line.text.trimmed.prefix(80)),
                "A '`' has no partner, so that it is shown as it is and nothing becomes code.")
        }
    }

    /// In a longer line, of bytes, nobody would look for a backtick.
    private static let longestLine = 4_000

    private static func isBlock(_ index: Int, _ lines: ReportLines) -> Bool {
        func isProse(_ other: Int) -> Bool { lines.lines.indices.contains(other) && lines.lines[other].kind == .prose }
        switch lines.lines[index].kind {
        case .prose: return !isProse(index - 1) && !isProse(index + 1)
        case .listItem: return !isProse(index + 1)
        case .heading, .tableRow: return true
        default: return false
        }
    }

    /// Counted from 1.
    private static func strayBacktick(_ line: ReportLines.Line) -> Int? {
        let scalars = Array(line.text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            guard scalars[index] == "`" else {
                index += scalars[index] == "\\" ? 2 : 1
                continue
            }
            let end = InlineCode.end(in: scalars, from: index)
            let opensWord = index + 1 < scalars.count && scalars[index + 1].properties.isAlphabetic
            let startsWord = index == 0 || scalars[index - 1] == " "
            if end == index + 1, opensWord, startsWord { return index + 1 }
            index = end
        }
        return nil
    }

    // MARK: - Headings and tables

    /// `##Heading`, but not `#1` or `#hashtag`.
    private static func headings(_ lines: ReportLines) -> [Finding] {
        lines.lines.compactMap { line in
            guard line.kind == .prose else { return nil }
            let marks = line.text.unicodeScalars.prefix { $0 == "#" }.count
            guard (2...6).contains(marks) else { return nil }
            let place = ReportPlace(line: line.number, columnStart: 1, columnEnd: marks + 1)
            return finding(
                place, lines, "in: " + String(line.text.prefix(80)),
                "A heading needs a space after its '#', else it is text.")
        }
    }

    /// Rows without the line of dashes that makes a table of them.
    private static func tables(_ lines: ReportLines) -> [Finding] {
        var findings: [Finding] = []
        var start: Int?
        var hasDelimiter = false
        func end(before index: Int) {
            defer {
                start = nil
                hasDelimiter = false
            }
            guard let first = start, !hasDelimiter, index - first >= 2 else { return }
            let line = lines.lines[first]
            findings.append(
                finding(
                    ReportPlace(line: line.number, columnStart: 1, columnEnd: 2), lines,
                    "\(index - first) rows, and no line such as |---|---| below the first",
                    "These rows are no table and are shown as text."))
        }
        for (index, line) in lines.lines.enumerated() {
            switch line.kind {
            case .tableRow: start = start ?? index
            case .tableDelimiter:
                start = start ?? index
                hasDelimiter = true
            default: end(before: index)
            }
        }
        end(before: lines.lines.count)
        return findings
    }
}

extension BrokenMarkup: LintRule {
    static let description = rule(
        .S08, [.warning],
        "Emphasis without its end, a heading without its space, rows that are no table.",
        example: "** Note: ** #Heading")

    static func findings(_ audit: Audit) -> [Finding] { findings(audit.lines) }
}
