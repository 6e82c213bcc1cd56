internal import GateVocabulary

/// A sentence, a cell or a member of a data fence: the stretch within which words and numbers belong together.
struct Phrase {
    enum Kind: Equatable {
        case sentence
        case heading
        /// `row` is -1 for the header.
        case cell(table: Int, row: Int, column: Int)
        /// In a fence that holds data.
        case data
    }

    let kind: Kind
    let tokens: [Token]
    let terms: [Term]
    /// Of its first word, counted from 1.
    let line: Int
    let section: Int?
    /// What it goes on, nearest first: the sentences before it in its paragraph, the items and the lead above it.
    var before: [Int] = []
    /// The headings that it stands below, nearest first.
    var headings: [Int] = []
    var isItem = false
    /// Below a heading of proposals: numbers are no claims about the data.
    var isProposal = false
    /// Written by the program that ran the model.
    var isOfRun = false

    /// `faster than cuBLAS`, `less than on SIFT`: what something is compared with.
    func isReferred(_ words: Range<Int>) -> Bool {
        tokens[..<words.lowerBound].suffix(4).contains {
            Lexicon.references.contains($0.text) || ["than", "as"].contains($0.text)
        }
    }

    /// `without the first step`, `Without this query, …`, `once the warm-up is left out`, `leaving out the worst one`: what it
    /// says is not said of all that there is.
    var leavesSomeOut: Bool {
        exception != nil
            || tokens.first?.text == "without"
                && tokens.dropFirst().first.map { ["this", "that", "these", "those", "it", "them"].contains($0.text) }
                    ?? false
            || tokens.indices.contains { place in
                tokens[place].text == "leaving"
                    && tokens.dropFirst(place + 1).prefix(4).contains { ["out", "aside"].contains($0.text) }
            }
            || zip(tokens, tokens.dropFirst()).enumerated().contains { place, pair in
                pair.0.text == "left" && pair.1.text == "out"
                    || pair.0.text == "without" && pair.1.text == "the"
                        && tokens.dropFirst(place + 2).first.map {
                            $0.number?.isOrdinal ?? false || Lexicon.ends[$0.text] != nil
                        } ?? false
            }
    }

    /// `Averaging the two hot runs, A needs 6.95 s`: its numbers were computed as it says.
    var computes: Bool {
        tokens.indices.contains { place in
            Lexicon.folding.contains(tokens[place].text)
                && (place == 0 || tokens[place - 1].isMark(",") || tokens[place - 1].text == "and")
                && tokens[(place + 1)...].contains { $0.isMark(",") }
        }
    }

    /// What stands behind it is not meant: `except A`, `all but A`, `apart from A`.
    var exception: Int? {
        tokens.indices.first { place in
            let next = place + 1 < tokens.count ? tokens[place + 1].text : ""
            return Lexicon.exclusions.contains(tokens[place].text)
                || next == "from" && ["apart", "aside"].contains(tokens[place].text)
                || next == "of" && tokens[place].text == "exception"
                || next == "but" && Lexicon.alls.contains(tokens[place].text)
        }
    }

    /// `differ in memory (1,267 MiB vs 882 MiB)`: a number is one of the two that differ.
    func isOfPair(_ token: Int) -> Bool {
        let (before, after) = (tokens[..<token].suffix(2), tokens.dropFirst(token + 1).prefix(2))
        return after.first.map { Lexicon.opposing.contains($0.text) } ?? false && after.last?.number != nil
            || before.last.map { Lexicon.opposing.contains($0.text) } ?? false && before.first?.number != nil
    }

    /// `after the deployment`, `before and after`: by what happened, and not by how much time.
    var isOfEvent: Bool {
        tokens.indices.dropLast().contains { place in
            let next = tokens[place + 1]
            guard ["before", "after"].contains(tokens[place].text) else { return false }
            if next.text == "and" { return tokens.dropFirst(place + 2).first?.text == "after" }
            guard Lexicon.determiners.contains(next.text), let noun = tokens.dropFirst(place + 2).first else {
                return false
            }
            return noun.isWord && MeasuredUnit(noun.text) == nil && Lexicon.ends[noun.text] == nil
        }
    }

    /// `3.11 (6.51) ms`: a number in brackets right behind another one.
    func isBehindValue(_ token: Int) -> Bool {
        let before = tokens[..<token].suffix(2)
        return before.count == 2 && before.last?.isMark("(") ?? false && before.first?.number != nil
    }

    /// A cell below the header.
    var isRow: Bool { if case .cell(_, let row, _) = kind { row >= 0 } else { false } }
    var isCell: Bool { if case .cell = kind { true } else { false } }
    func has(_ words: Set<String>) -> Bool { tokens.contains { words.contains($0.text) } }
}

/// All phrases of a report in order.
struct PhraseList {
    private(set) var phrases: [Phrase] = []
    private let document: ReportDocument
    private var headingOfSection: [Int: Int] = [:]
    private var itemPhrases: [Int: Int] = [:]
    /// Tokens of the paragraph or item that is being read, with the line where it began.
    private var open: (tokens: [Token], line: Int, item: Int?)?
    private var lead: Int?
    /// The last sentence of the item that has just ended; nil behind anything else.
    private var lastItem: (item: Int, phrase: Int)?
    private var fenceIsData = false
    private var wasCode = false
    private let proposals: [Bool]
    private let runs: [Bool]

    static func phrases(of document: ReportDocument) -> [Phrase] {
        var list = PhraseList(document)
        for index in document.lines.indices { list.add(line: index) }
        list.close()
        return list.phrases
    }

    private init(_ document: ReportDocument) {
        self.document = document
        let titles = document.sections.map { NameWords.words(of: $0.title) }
        let isOwn = titles.map { title in
            title.contains { Lexicon.proposalTitles.contains($0) } && !title.contains("insights")
        }
        proposals = document.sections.map { $0.path.contains { isOwn[$0] } }
        runs = titles.map {
            ["workflow summary", "llm call metrics", "aggregate metrics"].contains($0.joined(separator: " "))
        }
    }

    private mutating func add(line index: Int) {
        let line = document.lines[index]
        var isCode = false
        switch line.kind {
        case .paragraph where isHeadOfRun(index): break
        case .paragraph: text(index, line, item: nil)
        case .listItem(let item): text(index, line, item: item)
        case .heading:
            close()
            lead = nil
            append(tokens(line.bytes), .heading, line: index + 1, before: [])
            if let section = line.section { headingOfSection[section] = phrases.count - 1 }
        case .tableHeader(let table): row(document.tables[table].header, table, -1)
        case .tableRow(let table, let row): self.row(document.tables[table].rows[row], table, row)
        case .code(let language):
            close()
            isCode = true
            if !wasCode { fenceIsData = ["json", "yaml", "yml"].contains(language?.lowercased() ?? "") }
            let tokens = fenceIsData ? tokens(line.bytes) : []
            if tokens.contains(where: \.isFile) { append(tokens, .data, line: index + 1, before: []) }
        case .blank, .tableDelimiter, .thematicBreak, .html: close()
        }
        wasCode = isCode
    }

    private func tokens(_ range: Range<Int>) -> [Token] {
        Tokenizer.tokens(in: document.bytes, range, notation: document.notation)
    }

    /// `**Configuration:** num_gpu=…`, and above it the names of agent and model: the program that ran the model wrote them.
    private func isHeadOfRun(_ index: Int) -> Bool {
        let text = document.text(document.lines[index].bytes)
        if text.hasPrefix("**Configuration:** num_gpu=") { return true }
        guard text.hasPrefix("**Agent Type:** ") || text.hasPrefix("**Model:** "), index + 1 < document.lines.count
        else {
            return false
        }
        return isHeadOfRun(index + 1)
    }

    private mutating func text(_ index: Int, _ line: ReportLine, item: Int?) {
        let begins = item.map { document.items[$0].lines.lowerBound == index + 1 } ?? false
        if open?.item != item || begins { close() }
        if open == nil { open = ([], index + 1, item) }
        let more = tokens(line.bytes)
        open?.tokens += more
        if (open?.tokens.count ?? 0) > Sentences.maximumTokens * 8 { close() }
    }

    /// Ends the paragraph or item that is being read.
    private mutating func close() {
        guard let (tokens, line, item) = open else { return }
        open = nil
        guard !tokens.isEmpty else { return }
        var above: [Int] = []
        if let item {
            var parent = document.items[item].parent
            while let next = parent, above.count < 8 {
                if let phrase = itemPhrases[next] { above.append(phrase) }
                parent = document.items[next].parent
            }
            if let lead, above.isEmpty { above.append(lead) }
            // `Its worst is …`: of what the item above is about.
            if let before = lastItem, document.items[before.item].parent == document.items[item].parent,
                tokens.first(where: { $0.isWord }).map({ Lexicon.pronouns.contains($0.text) }) ?? false
            {
                above = [before.phrase] + phrases[before.phrase].before.filter { !above.contains($0) }.prefix(4) + above
            }
        }
        var earlier: [Int] = []
        for sentence in Sentences.split(tokens) {
            append(
                Array(sentence), .sentence, line: document.line(of: sentence.first?.bytes.lowerBound ?? 0, near: line),
                before: Array(earlier.suffix(4).reversed()) + above)
            phrases[phrases.count - 1].isItem = item != nil
            if let item, itemPhrases[item] == nil { itemPhrases[item] = phrases.count - 1 }
            earlier.append(phrases.count - 1)
        }
        lastItem = item.map { ($0, phrases.count - 1) }
        if item == nil { lead = tokens.last { !$0.isMark("*_") }?.isMark(":") == true ? phrases.count - 1 : nil }
    }

    private mutating func row(_ row: ReportTable.Row, _ table: Int, _ number: Int) {
        close()
        for (column, range) in row.cells.enumerated() {
            append(
                tokens(range), .cell(table: table, row: number, column: column),
                line: row.line, before: lead.map { [$0] } ?? [])
        }
    }

    private mutating func append(_ tokens: [Token], _ kind: Phrase.Kind, line: Int, before: [Int]) {
        let section = document.lines[line - 1].section
        let isHeader = if case .cell(_, -1, _) = kind { true } else { false }
        var phrase = Phrase(
            kind: kind, tokens: tokens, terms: Terms.of(tokens, joinsBrackets: isHeader), line: line, section: section)
        phrase.before = before
        if let section {
            phrase.headings = document.sections[section].path.reversed().compactMap { headingOfSection[$0] }
            phrase.isProposal = proposals[section]
            phrase.isOfRun = runs[section]
        }
        phrases.append(phrase)
    }
}

/// The words of tokens as they are compared with names.
enum Terms {
    /// - Parameter joinsBrackets: `Images (train)` is one name.
    static func of(_ tokens: [Token], joinsBrackets: Bool = false) -> [Term] {
        var words: [(word: String, token: Int)] = []
        var wholes: [Int: String] = [:]
        var terms: [Term] = []
        var isInName = false
        func finish() {
            for (term, range) in Canon.terms(words.map(\.word)) {
                let tokens = words[range.lowerBound].token..<words[range.upperBound - 1].token + 1
                let isPart =
                    range.lowerBound > 0 && words[range.lowerBound - 1].token == tokens.lowerBound
                    || range.upperBound < words.count && words[range.upperBound].token == tokens.lowerBound
                terms.append(
                    Term(
                        text: term, tokens: tokens,
                        isStop: range.count == 1 && Lexicon.stop.contains(words[range.lowerBound].word),
                        whole: isPart ? wholes[tokens.lowerBound] : nil))
            }
            words = []
        }
        for (index, token) in tokens.enumerated() {
            switch token.kind {
            case .word, .identifier, .file:
                // Most words are one; only names have to be cut.
                let isPlain =
                    token.isWord && token.written == nil
                    && !token.text.utf8.contains { $0 == 0x2D || $0 == 0x2F || $0 == 0x2E }
                var parts = isPlain ? [token.text] : NameWords.words(of: token.written ?? token.text)
                // `nDCG` is one word.
                if token.isWord, parts.contains(where: { $0.utf8.count < 2 }) { parts = [token.text] }
                if token.isWord, parts.count > 1 { wholes[index] = stem(token.text) }
                words += parts.map { ($0, index) }
            case .number: words.append((token.text, index))
            case .date: words.append((token.text, index))
            case .mark:
                guard !token.isMark("*_`'\"-/#&·%$~@\\+=<>"), !(joinsBrackets && token.isMark("()[]")) else { continue }
                // `/v1/items/[id]`
                isInName =
                    token.isMark("[{")
                    ? index > 0 && tokens[index - 1].bytes.upperBound == token.bytes.lowerBound
                    : isInName && token.isMark("]}")
                if isInName { continue }
                finish()
                terms.append(Term(text: token.text, tokens: index..<index + 1, isBreak: true))
            }
        }
        finish()
        return terms
    }
}

/// Splits tokens at the ends of sentences.
enum Sentences {
    /// No sentence is longer; hostile texts have no ends of sentences.
    static let maximumTokens = 160

    static func split(_ tokens: [Token]) -> [ArraySlice<Token>] {
        var sentences: [ArraySlice<Token>] = []
        var start = 0
        for (index, token) in tokens.enumerated() {
            guard index - start < maximumTokens else {
                sentences.append(tokens[start...index])
                start = index + 1
                continue
            }
            guard token.isMark(".!?") else { continue }
            let next = index + 1 < tokens.count ? tokens[index + 1] : nil
            let isSpaced = next.map { $0.bytes.lowerBound > token.bytes.upperBound || $0.isMark("*_\"`)") } ?? true
            let before = index > start ? tokens[index - 1] : nil
            let isListNumber = index == start + 1 && before?.number != nil
            guard isSpaced, !isListNumber, !abbreviations.contains(before?.text ?? "") else { continue }
            sentences.append(tokens[start...index])
            start = index + 1
        }
        if start < tokens.count { sentences.append(tokens[start...]) }
        return sentences
    }

    private static let abbreviations: Set<String> = ["e", "g", "i", "i.e", "e.g", "vs", "approx", "etc", "no", "ca"]
}
