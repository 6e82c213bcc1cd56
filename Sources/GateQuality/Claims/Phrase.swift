import GateCore

/// A sentence, a cell or a member of a data fence: the stretch within which words and numbers belong together.
struct Phrase {
    enum Kind {
        case sentence
        case heading
        case cell(table: Int, row: Int, column: Int)
        /// In a fence that holds data.
        case data
    }

    let kind: Kind
    let tokens: [Token]
    /// Counted from 1.
    let line: Int
    /// Into the section list; nil before the first heading.
    let section: Int?
    /// Phrases of which this one goes on, nearest first: the sentence before, the bullet above, the heading.
    var context: [Int] = []
    /// How many of the context are of the same paragraph or item.
    var near = 0
    /// Proposals and plans: numbers here are no claims about the data.
    var isProposal = false
    /// Declared to be an example.
    var isIllustrative = false
    /// Written by the program that ran the model, about the run: no claim of the model.
    var isOfRun = false
}

/// All phrases of a report in order.
struct PhraseList {
    private(set) var phrases: [Phrase] = []
    private let document: ReportDocument
    /// By section.
    private let proposals: [Bool]
    private let runs: [Bool]
    private var headings: [Int] = []
    private var itemPhrases: [Int: Int] = [:]
    private var previousLineKind = ReportLine.Kind.blank
    private var lastOfParagraph: [Int] = []
    private var fenceIsData = false
    private var illustrativeSince = 0
    /// The sentence that ends in a colon above a list or a table.
    private var leadIn: Int?

    init(_ document: ReportDocument) {
        self.document = document
        let isOwnProposal = document.sections.map { section in
            let words = nameWords(section.title)
            return words.contains { proposalWords.contains($0) } && !words.contains("insights")
        }
        proposals = document.sections.map { section in section.path.contains { isOwnProposal[$0] } }
        let titles = document.sections.map { $0.title.lowercased() }
        let summary = titles.firstIndex(of: "workflow summary") ?? titles.count
        let calls = titles.firstIndex(of: "llm call metrics") ?? titles.count
        runs = titles.indices.map { index in
            runTitles.contains(titles[index]) || (titles[index] == "metrics" && index > summary)
                || (titles[index] == "statistical summary" && index > calls)
        }
        for index in document.lines.indices { add(line: index) }
    }

    private mutating func add(line index: Int) {
        let line = document.lines[index]
        defer { previousLineKind = line.kind }
        switch line.kind {
        case .blank:
            lastOfParagraph = []
        case .tableDelimiter, .thematicBreak, .html: break
        case .heading:
            lastOfParagraph = []
            leadIn = nil
            let tokens = Tokenizer.tokens(in: document.bytes, line.bytes)
            headings = (line.section.map { [$0] } ?? []).map { _ in phrases.count }
            phrases.append(
                Phrase(kind: .heading, tokens: tokens, line: index + 1, section: line.section))
            phrases[phrases.count - 1].isProposal = isProposal(line.section)
            phrases[phrases.count - 1].isOfRun = isOfRun(line.section)
            noteIllustrative(tokens, line: index)
        case .paragraph, .listItem:
            addText(index, line)
        case .tableHeader(let table):
            addRow(document.tables[table].header, table: table, row: -1, line)
        case .tableRow(let table, let row):
            addRow(document.tables[table].rows[row], table: table, row: row, line)
        case .code(let language):
            addCode(index, line, language)
        }
    }

    private mutating func noteIllustrative(_ tokens: [Token], line: Int) {
        if tokens.contains(where: { illustrativeWords.contains($0.text) }) { illustrativeSince = line + 1 }
    }

    private mutating func addText(_ index: Int, _ line: ReportLine) {
        let tokens = Tokenizer.tokens(in: document.bytes, line.bytes)
        guard !tokens.isEmpty else { return }
        noteIllustrative(tokens, line: index)
        var above: [Int] = []
        if case .listItem(let item) = line.kind {
            if document.items[item].lines.lowerBound == index + 1 { lastOfParagraph = [] }
            var parent = document.items[item].parent
            while let next = parent {
                if let phrase = itemPhrases[next] { above.append(phrase) }
                parent = document.items[next].parent
            }
            if let leadIn, above.isEmpty { above.append(leadIn) }
        } else {
            leadIn = nil
        }
        for sentence in Sentences.split(tokens) {
            var phrase = Phrase(
                kind: .sentence, tokens: Array(sentence), line: index + 1, section: line.section)
            phrase.context = lastOfParagraph.reversed() + above + headings
            phrase.near = lastOfParagraph.count
            phrase.isProposal = isProposal(line.section)
            phrase.isOfRun = isOfRun(line.section)
            if case .listItem(let item) = line.kind, itemPhrases[item] == nil { itemPhrases[item] = phrases.count }
            lastOfParagraph.append(phrases.count)
            if lastOfParagraph.count > 4 { lastOfParagraph.removeFirst() }
            phrases.append(phrase)
        }
        if case .paragraph = line.kind, tokens.last(where: { !$0.isMark("*_") })?.isMark(":") == true {
            leadIn = phrases.count - 1
        }
    }

    private mutating func addRow(_ row: ReportTable.Row, table: Int, row number: Int, _ line: ReportLine) {
        lastOfParagraph = []
        for (column, range) in row.cells.enumerated() {
            var phrase = Phrase(
                kind: .cell(table: table, row: number, column: column),
                tokens: Tokenizer.tokens(in: document.bytes, range), line: row.line, section: line.section)
            phrase.context = headings
            phrase.isProposal = isProposal(line.section)
            phrase.isOfRun = isOfRun(line.section)
            phrases.append(phrase)
        }
    }

    /// Fences of JSON and YAML hold data; what other languages hold is no claim.
    private mutating func addCode(_ index: Int, _ line: ReportLine, _ language: String?) {
        lastOfParagraph = []
        if case .code = previousLineKind {
        } else {
            fenceIsData = ["json", "yaml", "yml"].contains(language?.lowercased() ?? "")
        }
        guard fenceIsData else { return }
        let tokens = Tokenizer.tokens(in: document.bytes, line.bytes)
        guard tokens.contains(where: { $0.number != nil || $0.date != nil || $0.isFile }) else { return }
        var phrase = Phrase(kind: .data, tokens: tokens, line: index + 1, section: line.section)
        phrase.context = headings
        phrase.isProposal = isProposal(line.section)
        phrase.isIllustrative = true
        phrases.append(phrase)
    }

    /// The sections that stand around the model's text in the files of runs.
    private func isOfRun(_ section: Int?) -> Bool { section.map { runs[$0] } ?? false }

    private func isProposal(_ section: Int?) -> Bool { section.map { proposals[$0] } ?? false }
}

private let runTitles: Set<String> = ["workflow summary", "llm call metrics", "aggregate metrics"]
private let proposalWords: Set<String> = [
    "recommendation", "recommendations", "next", "future", "action", "actions", "actionable", "plan", "roadmap",
    "mitigation", "suggestions",
]
let illustrativeWords: Set<String> = [
    "illustrative", "example", "examples", "sample", "hypothetical", "snippet", "illustration", "template",
]

/// Splits tokens at the ends of sentences.
enum Sentences {
    /// No sentence is longer; hostile texts have no ends of sentences.
    static let maximumTokens = 160

    static func split(_ tokens: [Token]) -> [ArraySlice<Token>] {
        var sentences: [ArraySlice<Token>] = []
        var start = 0
        for (index, token) in tokens.enumerated() where token.isMark(".!?") || index - start >= maximumTokens {
            if index - start >= maximumTokens {
                sentences.append(tokens[start...index])
                start = index + 1
                continue
            }
            let next = index + 1 < tokens.count ? tokens[index + 1] : nil
            let isSpaced = next.map { $0.bytes.lowerBound > token.bytes.upperBound || $0.isMark("*_\"`)") } ?? true
            let before = index > start ? tokens[index - 1] : nil
            let isListNumber = index == start + 1 && before?.number != nil
            let isShort = abbreviations.contains(before?.text ?? "")
            guard isSpaced, !isListNumber, !isShort else { continue }
            sentences.append(tokens[start...index])
            start = index + 1
        }
        if start < tokens.count { sentences.append(tokens[start...]) }
        return sentences
    }
}

private let abbreviations: Set<String> = ["e", "g", "i", "i.e", "e.g", "vs", "approx", "etc", "no"]
