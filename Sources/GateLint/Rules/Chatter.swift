internal import GateCore

/// S06: the model speaks to whoever asked ("Okay, here's a draft", "Would you like me to refine it?") where a report
/// should stand. Known by who speaks to whom: a writer who says "I" to a reader called "you", a question to the reader, an
/// answer's opening words before the first section.
enum Chatter {
    static func findings(_ lines: ReportLines, headings: [ReportHeading]) -> [Finding] {
        let preamble = headings.first { isSection($0, lines) }?.line.number ?? min(lines.lines.count, 12)
        let isPersonal = isPersonal(lines, headings)
        var findings: [Finding] = []
        var previous = 0
        for line in lines.lines {
            switch line.kind {
            case .prose, .listItem, .heading(level: 7): break
            default: continue
            }
            let isBefore = line.number < preamble
            guard let place = place(in: line, isBeforeReport: isBefore, isPersonal: isPersonal, lines) else { continue }
            // Lines that follow each other are one address.
            defer { previous = line.number }
            guard previous == 0 || line.number > previous + 1 else { continue }
            findings.append(
                Finding(
                    rule: .S06, severity: .warning, place: place, claim: lines.text(at: place),
                    evidence: isBefore ? "stands before the report's first section" : "addresses the reader of a chat",
                    message: "The model speaks to whoever asked it instead of writing the report."))
        }
        return findings
    }

    /// The first heading with something of its own below it besides a head of labels.
    private static func isSection(_ heading: ReportHeading, _ lines: ReportLines) -> Bool {
        !heading.numbers.isEmpty || (heading.title.contains("summary") && heading.level != 1)
            || ["overview", "introduction", "abstract"].contains(heading.title.first ?? "")
    }

    /// A report that one of a team wrote to the others says "I" among its figures. A model speaks before the report and
    /// behind it: what it says there stands out from a report that speaks of the data alone.
    private static func isPersonal(_ lines: ReportLines, _ headings: [ReportHeading]) -> Bool {
        guard headings.count > 1, let first = headings.first?.line.number, let last = headings.last?.line.number else {
            return false
        }
        return lines.lines.contains { line in
            guard line.number > first, line.number < last else { return false }
            switch line.kind {
            case .prose, .listItem: break
            default: return false
            }
            let words = lines.words(of: line)
            let hasFigure = words.contains { $0.text.utf8.first.map { (0x30...0x39).contains($0) } ?? false }
            return hasFigure
                && words.indices.contains {
                    isWriter(words[$0], after: $0 > words.startIndex ? words[$0 - 1] : nil, line)
                }
        }
    }

    // MARK: - Sentences

    private static func place(
        in line: ReportLines.Line, isBeforeReport: Bool, isPersonal: Bool, _ lines: ReportLines
    ) -> ReportPlace? {
        let words = lines.words(of: line)
        guard words.count >= 2 else { return nil }
        for (sentence, isQuestion) in sentences(of: words, in: line) {
            let trigger =
                (isBeforeReport ? opening(sentence.map(\.text)).map { sentence.prefix($0) } : nil)
                ?? (isPersonal ? nil : conversation(sentence, isQuestion: isQuestion, line)) ?? answer(sentence, line)
            if let trigger { return lines.place(of: trigger, in: line) }
        }
        return nil
    }

    private typealias Words = ArraySlice<ReportLines.Word>

    private static func sentences(of words: Words, in line: ReportLines.Line) -> [(Words, isQuestion: Bool)] {
        var marks: [(column: Int, isQuestion: Bool)] = []
        for (column, scalar) in line.text.unicodeScalars.enumerated() where ".!?。！？".unicodeScalars.contains(scalar) {
            marks.append((column + 1, scalar == "?" || scalar == "？"))
        }
        var sentences: [(Words, Bool)] = []
        var start = words.startIndex
        var end = start
        for mark in marks {
            while end < words.endIndex, words[end].start <= mark.column { end += 1 }
            // A point inside a number or a name ends no sentence.
            if end < words.endIndex, words[end].start == mark.column + 1 { continue }
            if end > start { sentences.append((words[start..<end], mark.isQuestion)) }
            start = end
        }
        if start < words.endIndex { sentences.append((words[start...], false)) }
        return sentences
    }

    /// What only the answer of a model says.
    private static func answer(_ words: Words, _ line: ReportLines.Line) -> Words? {
        let texts = words.map(\.text)
        if let count = presentation(texts) { return words.prefix(count) }
        for phrase in phrases {
            if let index = texts.firstRange(of: phrase) {
                return words[(words.startIndex + index.lowerBound)..<(words.startIndex + index.upperBound)]
            }
        }
        return isForeign(words, line) ? words.prefix(3) : nil
    }

    /// The words by which one speaks to another.
    private static func conversation(_ words: Words, isQuestion: Bool, _ line: ReportLines.Line) -> Words? {
        let reader = words.firstIndex { readers.contains($0.text) }
        let writer = words.indices.first {
            isWriter(words[$0], after: $0 > words.startIndex ? words[$0 - 1] : nil, line)
        }
        if let reader, let writer { return words[min(reader, writer)...max(reader, writer)] }
        if isQuestion, let reader, let verb = words.first?.text, asking.contains(verb) { return words[...reader] }
        if isQuestion,
            let asked = words.indices.dropFirst().first(where: {
                readers.contains(words[$0].text) && asking.contains(words[$0 - 1].text)
            })
        {
            return words[(asked - 1)...asked]
        }
        if let writer, let verb = words[(writer + 1)...].first,
            words[writer].text.hasPrefix("i'") || speaking.contains(verb.text)
        {
            return words[writer...min(writer + 1, words.endIndex - 1)]
        }
        return nil
    }

    private static let readers: Set<String> = [
        "you", "your", "you'd", "you're", "you've", "you'll",
    ]
    private static let writers: Set<String> = ["i", "i'm", "i've", "i'd", "i'll", "me", "my"]
    private static let asking: Set<String> = [
        "would", "do", "does", "could", "can", "shall", "should", "are", "is", "what", "which", "how", "may", "did",
        "have", "will",
    ]
    private static let speaking: Set<String> = [
        "have", "am", "will", "can", "cannot", "can't", "could", "would", "need", "hope", "aimed", "tried", "assumed",
        "don't", "do", "was", "created", "generated", "structured", "made", "included", "apologize", "understand",
        "used", "believe", "think", "recommend", "suggest", "noticed", "see", "also", "focused", "did", "didn't",
        "based", "couldn't", "wrote", "want", "wanted",
    ]
    /// "Phase I will begin".
    private static let numbered: Set<String> = [
        "phase", "table", "section", "part", "type", "stage", "volume", "class", "level", "tier", "appendix",
        "chapter", "model", "group", "figure", "annex",
    ]
    private static let phrases: [[String]] = [
        ["let", "me", "know"], ["feel", "free", "to"], ["don't", "hesitate"], ["do", "not", "hesitate"],
        ["happy", "to", "help"], ["glad", "to", "help"], ["as", "an", "ai"], ["as", "a", "language", "model"],
        ["as", "an", "assistant"], ["hope", "this", "helps"], ["is", "there", "anything", "else"],
        ["as", "requested"], ["as", "per", "your", "request"], ["your", "request"], ["please", "provide", "me"],
        ["you", "provided"], ["you've", "provided"], ["you", "requested"], ["you", "shared"],
        ["thank", "you", "for", "your"], ["looking", "forward", "to", "your"], ["best", "regards"],
        ["kind", "regards"],
        ["you'll", "need", "to", "fill"], ["you", "will", "need", "to", "fill"],
        ["for", "the", "sake", "of", "this", "exercise"],
    ]

    private static func isWriter(_ word: ReportLines.Word, after previous: ReportLines.Word?, _ line: ReportLines.Line)
        -> Bool
    {
        guard writers.contains(word.text) else { return false }
        guard word.text == "i" else { return true }
        guard previous.map({ !numbered.contains($0.text) }) ?? true else { return false }
        // Written "I", and followed by a space: not `i`, "I/O" or "I.".
        let scalars = line.text.unicodeScalars.dropFirst(word.start - 1).prefix(2)
        return scalars.first == "I" && scalars.dropFirst().first == " "
    }

    // MARK: - Openings

    private static let acknowledgements: Set<String> = [
        "okay", "ok", "sure", "certainly", "absolutely", "alright", "great", "understood", "gladly", "perfect",
        "gerne", "natürlich", "selbstverständlich", "voici", "bien", "claro", "certo", "ecco", "конечно", "вот",
        "好的", "当然", "以下是", "了解しました", "承知しました", "물론입니다",
    ]

    /// How many of the first words are an answer's opening; nil where they are not.
    private static func opening(_ words: [String]) -> Int? {
        guard let first = words.first else { return nil }
        if acknowledgements.contains(first) { return min(words.count, 2) }
        if acknowledgements.contains(where: { !$0.utf8.allSatisfy { $0 < 0x80 } && first.hasPrefix($0) }) { return 1 }
        if first == "of", words.dropFirst().first == "course" { return 2 }
        let presents =
            first == "here's" || (first == "here" && ["is", "are"].contains(words.dropFirst().first))
            || (first == "below" && words.dropFirst().first == "is")
        return presents && words.count >= 4 ? 2 : nil
    }

    /// `Here is the revised version of the report`: how many words; nil for anything else.
    private static func presentation(_ words: [String]) -> Int? {
        let rest =
            words.first == "here's" ? words.dropFirst() : words.starts(with: ["here", "is"]) ? words.dropFirst(2) : []
        guard ["a", "the", "your"].contains(rest.first), words.count <= 12 else { return nil }
        let made = [
            "revised", "updated", "rewritten", "improved", "corrected", "complete", "final", "full", "requested",
        ]
        guard let place = rest.prefix(3).firstIndex(where: { made.contains($0) }) else { return nil }
        let isDocument = rest[place...].prefix(4).contains { ["version", "report", "draft"].contains($0) }
        return isDocument ? place + 2 : nil
    }

    /// The same in other languages, by what cannot stand in a report of that language.
    private static func isForeign(_ words: Words, _ line: ReportLines.Line) -> Bool {
        guard
            words.contains(where: { $0.text == "ich" || $0.text == "mich" })
                || line.text.utf8.contains(where: { $0 >= 0x80 })
        else { return false }
        let text = line.text.lowercased()
        return foreignPhrases.contains { text.holds($0) }
    }

    private static let foreignPhrases = [
        "lassen sie mich wissen", "möchten sie, dass ich", "lass mich wissen", "ich hoffe, ", "n'hésitez pas",
        "n’hésitez pas", "souhaitez-vous que je", "voulez-vous que je", "faites-le-moi savoir", "¿te gustaría",
        "¿quieres que", "¿deseas que", "házmelo saber", "hazme saber", "gostaria que eu", "дайте мне знать",
        "хотите, чтобы я", "请告诉我", "需要我", "请随时", "希望这份", "您需要", "お知らせください", "しましょうか", "알려주세요",
    ]
}

extension Array where Element == String {
    /// The first place where those words stand in a row.
    fileprivate func firstRange(of phrase: [String]) -> Range<Int>? {
        guard count >= phrase.count else { return nil }
        for start in 0...(count - phrase.count) where self[start] == phrase[0] {
            if self[start..<start + phrase.count].elementsEqual(phrase) { return start..<start + phrase.count }
        }
        return nil
    }
}

extension Chatter: LintRule {
    static let description = rule(
        .S06, [.warning], "The model speaks to whoever asked instead of writing the report.",
        example: "Okay, here's a technical report. Would you like me to refine it?")

    static func findings(_ audit: Audit) -> [Finding] { findings(audit.lines, headings: audit.headings) }
}

extension String {
    /// Whether the bytes of a text stand in this one: `contains` goes by characters and takes fifty times as long.
    func holds(_ part: String) -> Bool {
        var (whole, part) = (self, part)
        return whole.withUTF8 { whole in
            part.withUTF8 { part in
                guard let first = part.first, whole.count >= part.count else { return part.isEmpty }
                return (0...(whole.count - part.count)).contains { start in
                    whole[start] == first
                        && UnsafeBufferPointer(rebasing: whole[start..<start + part.count]).elementsEqual(part)
                }
            }
        }
    }
}
