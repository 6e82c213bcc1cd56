internal import GateCore

/// S09: tokens of the model's own vocabulary (`<unused2045>`, `<|im_end|>`) in the text, and words in a script that is not
/// the report's (`ensureสังคม`). A report in another language has that language's script and is not flagged.
enum ScriptDrift {
    /// - Parameter names: names of the data and allowed words: what is written in one of them is no drift.
    static func findings(_ lines: ReportLines, names: [String]) -> [Finding] {
        let own = ownScripts(lines)
        let foreignNames = names.filter { $0.utf8.contains { $0 >= 0x80 } }
        var findings: [Finding] = []
        for line in lines.lines where line.kind != .code && line.kind != .blank && line.kind != .fence {
            let isPlain = line.text.utf8.allSatisfy { $0 < 0x80 }
            if let place = isPlain ? nil : drift(in: line, own: own, names: foreignNames) {
                findings.append(
                    finding(
                        place, lines, "the report is written in another script", "The text drifts into another script.")
                )
            } else if let place = leakedToken(in: line) {
                findings.append(
                    finding(
                        place, lines, "a control token of the model, not text",
                        "A token that is meant for the model itself stands in the report."))
            } else if let place = strayWord(in: line, lines) {
                findings.append(
                    finding(
                        place, lines, "the word occurs nowhere else in the report",
                        "A fragment without any connection to the text stands alone."))
            }
        }
        return findings
    }

    private static func finding(_ place: ReportPlace, _ lines: ReportLines, _ evidence: String, _ message: String)
        -> Finding
    {
        Finding(
            rule: .S09, severity: .error, place: place, claim: lines.text(at: place), evidence: evidence,
            message: message)
    }

    // MARK: - Scripts

    /// Scripts that the report is written in: those with at least a fifth of its letters, and what belongs to them.
    private static func ownScripts(_ lines: ReportLines) -> Set<Script> {
        var letters: [Script: Int] = [:]
        for line in lines.lines where line.kind != .code {
            for scalar in line.text.unicodeScalars {
                if let script = Script(scalar) { letters[script, default: 0] += script.weight }
            }
        }
        let total = letters.values.reduce(0, +)
        // Names and terms are written in Latin letters in a report of any language.
        var own: Set<Script> = [.latin]
        for (script, count) in letters where count * 5 >= total { own.insert(script) }
        let han = letters[.han] ?? 0
        if let kana = letters[.kana], kana * 3 >= han, own.contains(.kana) || own.contains(.han) {
            own.formUnion([.kana, .han])
        }
        if own.contains(.hangul) { own.insert(.han) }
        return own
    }

    /// Symbols of formulas.
    private static let loneLetters: Set<Script> = [.greek, .hebrew]

    private static func drift(in line: ReportLines.Line, own: Set<Script>, names: [String]) -> ReportPlace? {
        let scalars = Array(line.text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            guard let script = Script(scalars[index]), !own.contains(script) else {
                if scalars[index] == "\u{FFFD}" {
                    return ReportPlace(line: line.number, columnStart: index + 1, columnEnd: index + 2)
                }
                index += 1
                continue
            }
            var end = index + 1
            while end < scalars.count, isForeign(scalars[end], own) { end += 1 }
            let isSymbol = loneLetters.contains(script) && end - index == 1
            let run = String(String.UnicodeScalarView(scalars[index..<end]))
            if !isSymbol, !names.contains(where: { $0.contains(run) }) {
                return ReportPlace(line: line.number, columnStart: index + 1, columnEnd: end + 1)
            }
            index = end
        }
        return nil
    }

    /// Letters of foreign scripts and the marks that belong to them.
    private static func isForeign(_ scalar: Unicode.Scalar, _ own: Set<Script>) -> Bool {
        if let script = Script(scalar) { return !own.contains(script) }
        return scalar.properties.generalCategory == .nonspacingMark
    }

    // MARK: - Tokens

    /// `<unused99>`, `<|eot_id|>`, `<start_of_turn>`, `<0x0A>`, `[INST]`, `</s>`, `▁word`, `<think>`; not in inline code.
    private static func leakedToken(in line: ReportLines.Line) -> ReportPlace? {
        guard line.text.utf8.contains(where: { $0 == 0x3C || $0 == 0x5B || $0 == 0xE2 || $0 == 0xC4 }) else {
            return nil
        }
        let scalars = Array(line.text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            var length = 0
            switch scalars[index] {
            case "`":
                index = InlineCode.end(in: scalars, from: index)
                continue
            case "<": length = enclosedToken(scalars, from: index, to: ">")
            case "[": length = enclosedToken(scalars, from: index, to: "]")
            // How SentencePiece and byte-pair vocabularies write a space.
            case "\u{2581}", "\u{120}": length = index + 1 < scalars.count && isLetter(scalars[index + 1]) ? 1 : 0
            default: break
            }
            if length > 0 {
                return ReportPlace(line: line.number, columnStart: index + 1, columnEnd: index + length + 1)
            }
            index += 1
        }
        return nil
    }

    private static let turnTokens: Set<String> = [
        "s", "bos", "eos", "pad", "unk", "think", "start_of_turn", "end_of_turn", "INST",
    ]

    /// The length of a token that begins there; 0 where none does.
    private static func enclosedToken(_ scalars: [Unicode.Scalar], from start: Int, to mark: Unicode.Scalar) -> Int {
        let end = scalars[start...].prefix(44).firstIndex(of: mark)
        guard let end, end > start + 1 else { return 0 }
        let length = end - start + 1
        var name = String(String.UnicodeScalarView(scalars[start + 1..<end]))
        if name.count > 2, name.hasPrefix("|"), name.hasSuffix("|") {
            return name.dropFirst().dropLast().allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? length : 0
        }
        if name.hasPrefix("/") { name.removeFirst() }
        if turnTokens.contains(name) { return mark == "]" && name != "INST" ? 0 : length }
        guard mark == ">" else { return 0 }
        if name.hasPrefix("unused") { return name.dropFirst(6).allSatisfy(\.isNumber) ? length : 0 }
        return name.hasPrefix("0x") && name.count == 4 && name.dropFirst(2).allSatisfy(\.isHexDigit) ? length : 0
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        (0x61...0x7A).contains(scalar.value) || (0x41...0x5A).contains(scalar.value)
    }

    // MARK: - Stray words

    /// `** Korea**`: a word in emphasis that is broken, alone on its line, known to no other line.
    private static func strayWord(in line: ReportLines.Line, _ lines: ReportLines) -> ReportPlace? {
        let words = lines.words(of: line)
        guard line.kind == .prose, words.count == 1, let word = words.first,
            line.text.trimmed.hasPrefix("** ") || line.text.trimmed.hasSuffix(" **")
        else { return nil }
        let others = lines.words.enumerated().contains { index, other in
            !line.words.contains(index) && other.text == word.text
        }
        return others ? nil : lines.place(of: words, in: line)
    }
}

extension ScriptDrift: LintRule {
    static let description = rule(
        .S09, [.error],
        "A control token of the model, or words in a script that is not the report's.",
        example: "ensureสังคม, <unused99>")

    static func findings(_ audit: Audit) -> [Finding] { findings(audit.lines, names: audit.names) }
}
