internal import GateCore

/// S03: a place that somebody was to fill in: `[Your Name]`, `{{date}}`, `XX.X ms`, `TBD`.
enum Placeholders {
    static func findings(_ lines: ReportLines) -> [Finding] {
        lines.lines.flatMap { line -> [Finding] in
            guard line.kind != .code, line.kind != .blank, line.kind != .fence, line.kind != .rule else { return [] }
            return places(in: line, lines).map { place in
                Finding(
                    rule: .S03, severity: .warning, place: place, claim: lines.text(at: place),
                    evidence: "a template's words, not the data's",
                    message: "A place that was to be filled in was left as it is.")
            }
        }
    }

    private static func places(in line: ReportLines.Line, _ lines: ReportLines) -> [ReportPlace] {
        func place(_ start: Int, _ end: Int) -> ReportPlace {
            ReportPlace(line: line.number, columnStart: start + 1, columnEnd: end + 1)
        }
        var places: [ReportPlace] = []
        if line.text.utf8.contains(where: { $0 == 0x5B || $0 == 0x7B || $0 == 0x3C || $0 == 0x5F }) {
            let scalars = Array(line.text.unicodeScalars)
            places += enclosed(scalars).map { place($0.lowerBound, $0.upperBound) }
        }
        let words = lines.words(of: line)
        for (index, word) in zip(words.indices, words)
        where places.count < mostOfLine && isStandIn(word, at: index, words, line) {
            let place = ReportPlace(line: line.number, columnStart: word.start, columnEnd: word.end)
            if !places.contains(where: { $0.columnStart <= word.start && word.end <= $0.columnEnd }) {
                places.append(place)
            }
        }
        return places
    }

    /// More in one line tell nothing new.
    private static let mostOfLine = 32

    // MARK: - Enclosed

    /// Ranges in brackets, double braces or angles, outside inline code.
    private static func enclosed(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while index < scalars.count, ranges.count < mostOfLine {
            switch scalars[index] {
            case "`":
                index = InlineCode.end(in: scalars, from: index)
                continue
            case "[":
                if let end = closing("]", scalars, from: index), isPlaceholder(scalars, index, end) {
                    ranges.append(index..<end + 1)
                    index = end
                }
            case "{" where index + 1 < scalars.count && scalars[index + 1] == "{":
                if let end = closing("}", scalars, from: index), end + 1 < scalars.count, scalars[end + 1] == "}" {
                    ranges.append(index..<end + 2)
                    index = end + 1
                }
            case "<":
                if let end = closing(">", scalars, from: index), isInstruction(words(scalars[index + 1..<end])) {
                    ranges.append(index..<end + 1)
                    index = end
                }
            case "_":
                let length = scalars[index...].prefix { $0 == "_" }.count
                let isAlone = (index == 0 || scalars[index - 1] == " ")
                if length >= 4, isAlone, index + length == scalars.count || scalars[index + length] == " ", index > 0 {
                    ranges.append(index..<index + length)
                }
                index += length - 1
            default: break
            }
            index += 1
        }
        return ranges
    }

    private static let longest = 200

    private static func closing(_ mark: Unicode.Scalar, _ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        let end = min(scalars.count, start + longest)
        for index in start + 1..<max(end, start + 1) {
            if scalars[index] == mark { return index }
            if scalars[index] == "[" || (mark == "}" && index > start + 1 && scalars[index] == "{") { return nil }
        }
        return nil
    }

    private static func isPlaceholder(_ scalars: [Unicode.Scalar], _ start: Int, _ end: Int) -> Bool {
        // `gpu[0]`, `results[i]`: an index.
        if start > 0,
            scalars[start - 1].properties.isAlphabetic || "_)]0123456789".unicodeScalars.contains(scalars[start - 1])
        {
            return false
        }
        // `[text](address)`, `[text][reference]`, `[reference]: address`: a link.
        if end + 1 < scalars.count, "([:".unicodeScalars.contains(scalars[end + 1]) { return false }
        let content = scalars[start + 1..<end]
        guard let first = content.first(where: { $0 != " " && $0 != "*" }),
            content.contains(where: { $0.properties.isAlphabetic })
        else { return false }
        if first == "^" || first == "@" || first == "\"" || first == "'" || first == "!" { return false }
        let words = words(content)
        // `[XX]`, `[xxx]`
        if words.count == 1, content.count > 1, content.allSatisfy({ $0 == "X" }) || content.allSatisfy({ $0 == "x" }) {
            return true
        }
        if isInstruction(words) { return true }
        // A capitalised phrase that is all there is after a label, or all of the line or cell.
        guard first.properties.isUppercase, words.count <= 12, !isData(content, words) else { return false }
        return isWholeValue(scalars, start, end)
    }

    /// A list of values, a name of a file or of a metric, a number with its unit.
    private static func isData(_ content: ArraySlice<Unicode.Scalar>, _ words: [String]) -> Bool {
        // `[Recipient Name/Team]`
        if words.count >= 3, words.allSatisfy({ $0.first?.isUppercase == true && $0 != $0.uppercased() }),
            content.allSatisfy({ $0.properties.isAlphabetic || $0 == " " || $0 == "/" })
        {
            return false
        }
        if content.contains(where: { $0.properties.numericType != nil || "_.=/\\|:".unicodeScalars.contains($0) }) {
            return true
        }
        let isList = content.contains { $0 == "," }
        return isList || words.allSatisfy { $0 == $0.uppercased() && $0.count <= 5 }
    }

    private static func isWholeValue(_ scalars: [Unicode.Scalar], _ start: Int, _ end: Int) -> Bool {
        let before = scalars[..<start].last { $0 != " " && $0 != "*" && $0 != "\t" }
        let after = scalars[(end + 1)...].first { !" *.,\t".unicodeScalars.contains($0) }
        let begins =
            before == nil || ":|-–".unicodeScalars.contains(before ?? " ") || isPrepositionBefore(scalars, start)
        return begins && (after == nil || after == "|" || after == "(")
    }

    /// "Performance Analysis of [System Name]".
    private static func isPrepositionBefore(_ scalars: [Unicode.Scalar], _ start: Int) -> Bool {
        let last = words(scalars[..<start].suffix(12)).last?.lowercased() ?? ""
        return ["of", "for", "by", "to", "from", "at", "on", "in", "with", "contact"].contains(last)
    }

    private static let verbs: Set<String> = [
        "insert", "specify", "list", "add", "describe", "enter", "provide", "include", "fill", "your", "today’s",
        "today's", "todays", "replace", "placeholder", "tbd", "todo", "tba", "etc", "company", "sample", "example",
        "current", "name", "date", "author", "state", "mention", "attach", "calculate", "compute", "determine",
        "update", "please", "details", "recipient", "pending",
    ]
    private static let alwaysVerbs: Set<String> = [
        "insert", "specify", "your", "today’s", "today's", "todays", "placeholder", "tbd", "todo", "tba", "etc", "fill",
    ]

    /// `[link to dashboard]`, `[name of the reviewer]`
    private static let nouns: Set<String> = [
        "link", "name", "url", "number", "value", "reference", "path", "screenshot", "chart", "graph", "image",
        "address",
    ]

    private static func isInstruction(_ words: [String]) -> Bool {
        guard let first = words.first?.lowercased() else { return false }
        if words.count == 1 { return ["placeholder", "tbd", "todo", "tba", "name", "date", "author"].contains(first) }
        if words.count >= 3, nouns.contains(first), ["to", "of", "for"].contains(words[1].lowercased()) { return true }
        if alwaysVerbs.contains(first) || words.last?.lowercased() == "etc" { return true }
        return verbs.contains(first) && words.count >= 2 && words[0].first?.isUppercase == true
    }

    private static func words(_ scalars: ArraySlice<Unicode.Scalar>) -> [String] {
        String(String.UnicodeScalarView(scalars)).split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }
            .map(String.init)
    }

    // MARK: - Stand-ins

    /// `TBD`, `TODO`, `XX ms`, `lorem ipsum`.
    private static func isStandIn(
        _ word: ReportLines.Word, at index: Int, _ words: ArraySlice<ReportLines.Word>, _ line: ReportLines.Line
    ) -> Bool {
        switch word.text {
        case "tbd", "tba", "todo", "fixme": return isWritten(word, line) { $0 == $0.uppercased() }
        case "x", "y", "z": return isCountToFillIn(word, line)
        case "lorem": return index + 1 < words.endIndex && words[index + 1].text == "ipsum"
        case "xx", "xxx", "xxxx", "xyz":
            // `$X,XXX`
            let before = line.text.unicodeScalars.prefix(word.start - 1).suffix(2)
            if before.first == "X", before.last == ",", isWritten(word, line, { $0 == $0.uppercased() }) { return true }
            // Roman numerals and names aside: a figure has a unit, a point or a per cent sign beside it.
            let next = line.text.unicodeScalars.dropFirst(word.end - 1).prefix(2)
            let following = index + 1 < words.endIndex ? words[index + 1].text : ""
            let units: Set<String> = ["ms", "s", "tokens", "tok", "mb", "gb", "kb", "x", "xx", "files", "seconds"]
            return isWritten(word, line) { $0 == $0.uppercased() }
                && (next.first == "%" || next.first == "." && next.count == 2 && next.last == "X"
                    || units.contains(following))
        default: return false
        }
    }

    /// `(X files)`, `by Y%`: a letter where a figure should be.
    private static func isCountToFillIn(_ word: ReportLines.Word, _ line: ReportLines.Line) -> Bool {
        guard isWritten(word, line, { $0 == $0.uppercased() }) else { return false }
        let before = line.text.unicodeScalars.prefix(word.start - 1)
        let after = Substring(line.text.unicodeScalars.dropFirst(word.end - 1))
        let last = words(Array(before)[...].suffix(16)).last?.lowercased() ?? ""
        let isValue =
            before.last.map { "(~".unicodeScalars.contains($0) } ?? false
            || before.suffix(2).elementsEqual(": ".unicodeScalars)
            || ["of", "by", "approximately", "about", "is", "was", "are"].contains(last) && before.last == " "
        let unit = after.drop { $0 == " " }.prefix { $0.isLetter || $0 == "%" }
        return isValue
            && ["%", "ms", "seconds", "files", "tokens", "mb", "gb", "kb", "runs"].contains(unit.lowercased())
    }

    private static func isWritten(_ word: ReportLines.Word, _ line: ReportLines.Line, _ test: (String) -> Bool) -> Bool
    {
        let scalars = line.text.unicodeScalars.dropFirst(word.start - 1).prefix(word.end - word.start)
        return test(String(String.UnicodeScalarView(scalars)))
    }
}

extension Placeholders: LintRule {
    static let description = rule(
        .S03, [.warning], "A place that was to be filled in was left.", example: "Prepared by: [Your Name]")

    static func findings(_ audit: Audit) -> [Finding] { findings(audit.lines) }
}
