internal import GateCore
internal import GateVocabulary

/// What the data has of things by their names, as values: `num_warps`, requests that `failed`, what stands below `n-shot`, the
/// numbers of a key `threads`. Only these, and what they come to, say how many of a thing there are.
struct CountedNames: Sendable {
    /// What bears a name that says what is counted.
    struct Thing: Sendable {
        /// Words of it, as the report says it.
        var words: [String] = []
        var entries: [Int] = []
        /// Labels of a key.
        var keys: [Int] = []
        /// What texts of the data have it set to.
        var set: [Double] = []
        /// The name says no more than the report does.
        var isExact = true
    }

    private let values: ValueJudge
    private var relation: Relation { values.relation }
    private var exact: [[String]: Thing] = [:]
    /// By the last word of longer names.
    private var heads: [String: Thing] = [:]
    private var known: Set<String> = []

    private static let mostWords = 3
    private static let mostEntries = 4096

    init(_ values: ValueJudge) {
        self.values = values
        for column in relation.columns where isCount(column) {
            add(column.name, column.unit?.counted) { $0.entries += column.entries }
        }
        for column in values.mentions.relation.columns where !column.name.isEmpty && isCount(column) {
            let set = column.entries.map { values.mentions.relation.entries[$0].value }
            add(column.name, nil) { $0.set += set }
        }
        for (index, label) in relation.labels.enumerated() {
            if label.number != nil {
                add(relation.labelNames[label.name], nil) { $0.keys.append(index) }
            } else if label.kind == .path, NameWords.words(of: label.text).contains(where: Lexicon.counting.contains) {
                let entries = label.rows.flatMap { relation.rows[$0].entries }
                guard entries.count <= CountedNames.mostEntries else { continue }
                add(label.text, nil) { $0.entries += entries }
            }
        }
        known = Set(exact.keys.joined()).union(heads.keys)
    }

    private func isCount(_ column: Relation.Column) -> Bool {
        column.entries.count <= CountedNames.mostEntries
            && (column.unit.map { $0.dimension == .count } ?? [.unknown, .count].contains(column.dimension))
    }

    /// Without the words that say that it is counted; also with what is counted, and as one word: `multi_processor`.
    private mutating func add(_ text: String, _ counted: String?, _ change: (inout Thing) -> Void) {
        let words = NameWords.words(of: text).filter { !Lexicon.counting.contains($0) && !Relation.totals.contains($0) }
        let terms = Canon.terms(words).map(\.term)
        guard let last = terms.last else { return }
        change(&exact[terms.sorted(), default: Thing()])
        if let counted = counted.map(stem), !terms.contains(counted) {
            change(&exact[(terms + [counted]).sorted(), default: Thing()])
        }
        if terms.count > 1 {
            change(&exact[[terms.joined()], default: Thing()])
            change(&heads[last, default: Thing(isExact: false)])
        }
    }

    /// What stands behind a number, with all words that the data knows: `eight requests failed` are none of the requests.
    func thing(_ figure: Figure, _ phrase: Phrase) -> Thing? {
        var (words, next): ([String], Int) = ([], figure.token)
        for term in phrase.terms where term.tokens.lowerBound > figure.token {
            guard !term.isBreak, !term.isStop, words.count < CountedNames.mostWords, term.tokens.lowerBound <= next + 1,
                case let token = phrase.tokens[term.tokens.lowerBound], token.isWord || token.isIdentifier
            else { break }
            guard known.contains(term.text) else {
                // `pgbench clients`
                guard words.isEmpty, relation.vocabulary.contains(term.text) else { break }
                next = term.tokens.upperBound - 1
                continue
            }
            words.append(term.text)
            next = term.tokens.upperBound - 1
        }
        guard !words.isEmpty else { return nil }
        var thing = exact[words.sorted()] ?? (words.count == 1 ? heads[words[0]] : nil)
        thing?.words = words
        return thing
    }

    /// Whether a value of the data is the number that shares a word with the thing: by its name, its unit or its row.
    /// - Parameter isOfEach: what several values come to is not meant.
    func isBorneOut(_ figure: Figure, _ thing: Thing, isOfEach: Bool = false) -> Bool {
        let words = Set(thing.words)
        func shares(_ terms: [String]) -> Bool { !words.isDisjoint(with: terms) }
        // 6.29 is no number of nodes.
        func isHit(_ entry: Int, in relation: Relation) -> Bool {
            let entry = relation.entries[entry]
            guard figure.quantity.value >= 1e4 || entry.value == figure.quantity.value else { return false }
            let column = relation.columns[entry.column]
            return shares(column.terms) || shares(column.nameTerms)
                || column.unit?.counted.map { words.contains(stem($0)) } ?? false
                || relation.rows[entry.row].labels.contains {
                    shares(relation.labels[$0].terms) || shares(relation.nameTerms[relation.labels[$0].name])
                }
        }
        let isLoad = !words.isDisjoint(with: Lexicon.loads)
        let search = isOfEach ? values.search : values.aggregates
        return search.entries(figure, limit: ValueJudge.mostCandidates).contains { isHit($0, in: search.relation) }
            || relation.labels.contains { label in
                label.number.map { figure.quantity.prints($0) } ?? false
                    && (isLoad || shares(relation.nameTerms[label.name]))
            }
            || values.mentions.entries(figure, limit: ValueJudge.mostCandidates).contains {
                isHit($0, in: values.mentions.relation) || isUnnamed($0)
            }
    }

    /// A number of a text that neither a name nor a unit stands with, nor the same one in its line.
    private func isUnnamed(_ entry: Int) -> Bool {
        let (texts, own) = (values.mentions.relation, values.mentions.relation.entries[entry])
        guard texts.columns[own.column].name.isEmpty, texts.columns[own.column].unit == nil else { return false }
        return !texts.columns.contains { column in
            !column.name.isEmpty
                && column.entries.contains {
                    texts.entries[$0].source == own.source && texts.entries[$0].value == own.value
                }
        }
    }

    /// The values, or those of them that rows have.
    func values(_ thing: Thing, in rows: [Int]?) -> [Double] {
        let own = thing.entries.filter { entry in rows.map { contains($0, relation.entries[entry].row) } ?? true }
        let keys = thing.keys.filter { key in rows.map { !intersection($0, relation.labels[key].rows).isEmpty } ?? true
        }
        let set = rows == nil ? thing.set : []
        return Set(own.map { relation.entries[$0].value } + keys.compactMap { relation.labels[$0].number } + set)
            .sorted()
    }

    /// What the data has of it, for a reader.
    func describe(_ thing: Thing) -> String {
        let shown = values(thing, in: nil).prefix(4).map { GateLint.shown($0) }.joined(separator: ", ")
        return thing.entries.first.map { "\(relation.columns[relation.entries[$0].column].name): \(shown)" } ?? shown
    }
}
