/// A report line by line, as its structure needs it: what kind of line each is, its words, and where it stands. The rules
/// of structure look at what the model wrote, also where that is no proper Markdown, so that they do not start from the
/// Markdown tree.
struct ReportLines: Sendable {
    struct Line: Sendable {
        /// Counted from 1.
        let number: Int
        /// Without its end.
        let text: Substring
        let kind: Kind
        /// Its words in ``ReportLines/words``.
        let words: Range<Int>
    }

    enum Kind: Sendable, Equatable {
        case blank
        /// Level 1…6; 7 for a line of bold text that serves as a heading.
        case heading(level: Int)
        /// The line of `=` or `-` below a heading, or a rule.
        case rule
        case listItem(indent: Int)
        case tableRow
        case tableDelimiter
        /// The line that opens or closes a fence.
        case fence
        case code
        case quote
        case prose
    }

    struct Word: Sendable {
        /// In lower case, curly apostrophes made straight.
        let text: String
        /// Code points from the start of the line, counted from 1; the end is exclusive.
        let start: Int
        let end: Int
    }

    let lines: [Line]
    let words: [Word]
    /// The line that opens a fence which nothing closes; nil where every fence is closed.
    let unclosedFence: Int?

    /// - Parameter text: lines end at LF, CR LF or CR.
    init(_ text: String) {
        var text = text
        text.makeContiguousUTF8()
        var reader = LineReader()
        for line in ReportLines.split(text) { reader.append(line) }
        lines = reader.lines
        words = reader.words
        unclosedFence = reader.fence?.line
    }

    /// Bytes of a line that the rules look at: what is longer is no line of a report, and rules look back and forth in it.
    static let longestLine = 8192

    static func cut(_ line: Substring) -> Substring {
        var end = line.utf8.index(line.startIndex, offsetBy: longestLine)
        while end > line.startIndex, line.utf8[end] & 0xC0 == 0x80 { end = line.utf8.index(before: end) }
        return line[..<end]
    }

    func words(of line: Line) -> ArraySlice<Word> { words[line.words] }

    /// The lines as they are, without their ends.
    private static func split(_ text: String) -> [Substring] {
        var lines: [Substring] = []
        let utf8 = text.utf8
        var start = utf8.startIndex
        var index = start
        while index < utf8.endIndex {
            let byte = utf8[index]
            let next = utf8.index(after: index)
            guard byte == 0x0A || byte == 0x0D else {
                index = next
                continue
            }
            lines.append(text[start..<index])
            index = next
            if byte == 0x0D, index < utf8.endIndex, utf8[index] == 0x0A { index = utf8.index(after: index) }
            start = index
        }
        if start < utf8.endIndex { lines.append(text[start...]) }
        return lines
    }
}

/// Reads one line after the other and remembers what fence is open.
private struct LineReader {
    var lines: [ReportLines.Line] = []
    var words: [ReportLines.Word] = []
    var fence: (mark: UInt8, length: Int, line: Int, isCode: Bool)?

    mutating func append(_ line: Substring) {
        let text = line.utf8.count > ReportLines.longestLine ? ReportLines.cut(line) : line
        let number = lines.count + 1
        let kind = kind(of: text, number: number)
        let first = words.count
        if kind != .blank, kind != .rule, kind != .tableDelimiter { appendWords(of: text) }
        lines.append(.init(number: number, text: text, kind: kind, words: first..<words.count))
        underline()
    }

    // MARK: - Kinds

    private mutating func kind(of text: Substring, number: Int) -> ReportLines.Kind {
        let indent = text.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
        let body = text.utf8.dropFirst(indent)
        guard let first = body.first else { return .blank }
        if first == 0x60 || first == 0x7E, let kind = fenceKind(body, mark: first, number: number) { return kind }
        if let fence, fence.isCode { return .code }
        switch first {
        case 0x23:
            let level = body.prefix { $0 == 0x23 }.count
            let next = body.dropFirst(level).first
            return level <= 6 && (next == nil || next == 0x20 || next == 0x09) ? .heading(level: level) : .prose
        case 0x3E: return .quote
        case 0x7C:
            let isDelimiter = body.allSatisfy { [0x7C, 0x2D, 0x3A, 0x20, 0x09].contains($0) } && body.contains(0x2D)
            return isDelimiter ? .tableDelimiter : .tableRow
        default: break
        }
        if isRule(body) { return .rule }
        if isListItem(body, first: first) { return .listItem(indent: indent) }
        return isBoldLine(text) ? .heading(level: 7) : .prose
    }

    /// A fence that calls itself Markdown holds the report, not code.
    private mutating func fenceKind(_ body: Substring.UTF8View.SubSequence, mark: UInt8, number: Int)
        -> ReportLines.Kind?
    {
        let length = body.prefix { $0 == mark }.count
        guard length >= 3 else { return nil }
        let rest = body.dropFirst(length)
        if let open = fence {
            let isBare = rest.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            guard mark == open.mark, length >= open.length, isBare else { return open.isCode ? .code : nil }
            fence = nil
            return .fence
        }
        // An info string of backticks holds none: that is a line of inline code.
        guard mark != 0x60 || !rest.contains(0x60) else { return nil }
        let info = String(decoding: rest, as: UTF8.self).lowercased().split(whereSeparator: \.isWhitespace).first
        let isCode = info != "markdown" && info != "md"
        fence = (mark, length, number, isCode)
        return .fence
    }

    private func isRule(_ body: Substring.UTF8View.SubSequence) -> Bool {
        guard let first = body.first, [0x2D, 0x2A, 0x5F, 0x3D].contains(first) else { return false }
        return body.count { $0 == first } >= 3 && body.allSatisfy { $0 == first || $0 == 0x20 || $0 == 0x09 }
    }

    private func isListItem(_ body: Substring.UTF8View.SubSequence, first: UInt8) -> Bool {
        func isSpace(_ byte: UInt8?) -> Bool { byte == nil || byte == 0x20 || byte == 0x09 }
        if first == 0x2D || first == 0x2A || first == 0x2B { return isSpace(body.dropFirst().first) }
        let digits = body.prefix { (0x30...0x39).contains($0) }.count
        guard (1...3).contains(digits), let mark = body.dropFirst(digits).first else { return false }
        return (mark == 0x2E || mark == 0x29) && isSpace(body.dropFirst(digits + 1).first)
    }

    /// `**1. Executive Summary**`, and not a sentence.
    private func isBoldLine(_ text: Substring) -> Bool {
        let body = text.trimmed
        let inner = body.utf8.last == 0x3A ? body.dropLast() : body
        guard inner.utf8.count > 4, inner.utf8.count <= 200, inner.hasPrefix("**"), inner.hasSuffix("**") else {
            return false
        }
        let content = inner.dropFirst(2).dropLast(2)
        guard let last = content.last, !last.isWhitespace, content.first?.isWhitespace == false else { return false }
        return !content.contains("**") && !".?!;,。！？".contains(last)
    }

    /// A line of `=` makes a heading of the line above it, and so does one of `-` below a line of bold or plain text.
    private mutating func underline() {
        guard lines.count >= 2, lines[lines.count - 1].kind == .rule,
            let mark = lines[lines.count - 1].text.utf8.first, mark == 0x3D || mark == 0x2D
        else { return }
        let above = lines[lines.count - 2]
        guard above.kind == .prose || above.kind == .heading(level: 7) else { return }
        // A paragraph of several lines above a rule of `-` is a paragraph to everyone but a parser.
        if lines.count >= 3, lines[lines.count - 3].kind == .prose { return }
        lines[lines.count - 2] = .init(
            number: above.number, text: above.text, kind: .heading(level: mark == 0x3D ? 1 : 2), words: above.words)
    }

    // MARK: - Words

    /// Letters, digits, and apostrophes between letters.
    private mutating func appendWords(of text: Substring) {
        var column = 1
        var start = 0
        var word = String.UnicodeScalarView()
        func isPart(_ scalar: Unicode.Scalar) -> Bool {
            if scalar.isASCII {
                return (0x30...0x39).contains(scalar.value) || (0x41...0x5A).contains(scalar.value)
                    || (0x61...0x7A).contains(scalar.value)
            }
            return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
        func end() {
            guard !word.isEmpty else { return }
            var length = word.count
            while word.last == "'" {
                word.removeLast()
                length -= 1
            }
            words.append(.init(text: String(word).lowercased(), start: start, end: start + length))
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            if isPart(scalar) {
                if word.isEmpty { start = column }
                word.append(scalar)
            } else if !word.isEmpty, scalar == "'" || scalar == "\u{2019}" {
                word.append("'")
            } else {
                end()
            }
            column += 1
        }
        end()
    }
}

extension Substring {
    /// Without white space at its ends.
    var trimmed: Substring {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return self[endIndex...] }
        return self[first...last]
    }
}
