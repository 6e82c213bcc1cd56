internal import GateCore
internal import GateVocabulary

/// What the words of a phrase name in the data, by token.
struct Reading {
    /// Rows by their labels. Mentions of one group exclude each other: two models, two files.
    struct Entity {
        let tokens: Range<Int>
        let labels: [Int]
        let rows: [Int]
        var group: Int
        let isWhole: Bool
        /// Rows whose names share its words.
        var wide: [Int] = []
        /// A number that selects rows: `step 200`.
        var isKey = false
        /// Names of labels that its words were found under.
        var kinds: Set<Int> = []

        /// All rows that share its words.
        var widened: Entity {
            Entity(
                tokens: tokens, labels: labels, rows: Array(Set(rows + wide)).sorted(), group: group, isWhole: isWhole,
                isKey: isKey, kinds: kinds)
        }

        /// The same as another phrase says it, which has none of its words.
        var elsewhere: Entity {
            Entity(
                tokens: 0..<0, labels: labels, rows: rows, group: group, isWhole: isWhole, wide: wide, isKey: isKey,
                kinds: kinds)
        }
    }

    struct Metric: Equatable {
        let tokens: Range<Int>
        let columns: [Int]
        let isWhole: Bool
        /// Columns whose names have no more than words like `count` besides.
        var wide: [Int] = []

        func names(_ column: Int) -> Bool { columns.contains(column) || wide.contains(column) }

        /// The same as another phrase says it, which has none of its words.
        var elsewhere: Metric { Metric(tokens: 0..<0, columns: columns, isWhole: isWhole, wide: wide) }
    }

    enum Said: Equatable {
        case statistic(Statistic)
        case extreme(Lexicon.Extreme)
    }

    var entities: [Entity] = []
    var metrics: [Metric] = []
    var statistics: [(token: Int, said: Said)] = []
    var kinds: [(token: Int, kind: String)] = []
    /// Numbers that name rows, or that are no claims for another reason.
    var keyTokens: Set<Int> = []
    /// A key that the data does not have: nothing can be said of its row.
    var hasUnknownKey = false
    /// Words with a dimension: `takes`, `throughput`.
    var dimensions: [(token: Int, dimension: Dimension)] = []
}

/// Reads phrases against the relation.
struct Reader: Sendable {
    let relation: Relation
    private let aliases: Aliases
    let labelsByInitial: [String: [Int]]
    private let hasBeforeAndAfter: Bool

    init(_ relation: Relation) {
        self.relation = relation
        labelsByInitial = Reader.labelsByInitial(relation)
        aliases = Aliases(relation)
        hasBeforeAndAfter = relation.hasBeforeAndAfter
    }

    func read(_ phrase: Phrase) -> Reading {
        var reading = Reading()
        for (index, token) in phrase.tokens.enumerated() {
            if let said = said(index, phrase) { reading.statistics.append((index, said)) }
            if let kind = Lexicon.kind(at: index, phrase.tokens), token.isWord || token.isIdentifier {
                reading.kinds.append((index, kind))
            }
            if token.isWord, let dimension = Lexicon.dimensionWords[token.text] {
                reading.dimensions.append((index, dimension))
            }
        }
        guard !relation.isEmpty else { return reading }
        let terms = aliases.resolved(phrase.terms)
        metrics(phrase, terms, &reading)
        keys(phrase, terms, &reading)
        initials(phrase, &reading)
        // `at step 500` selects a row and is no word on a column.
        let selecting = reading.entities.filter(\.isKey).map(\.tokens) + reading.keyTokens.map { $0 - 1..<$0 + 1 }
        reading.metrics.removeAll { metric in selecting.contains { $0.overlaps(metric.tokens) } }
        entities(phrase, terms, &reading)
        reading.statistics.removeAll { said in
            guard case .statistic(let statistic) = said.said else { return false }
            let word = phrase.tokens[said.token].text
            // `Total Blocking Time` is no total of times.
            return reading.metrics.contains { metric in
                metric.tokens.lowerBound - 1 <= said.token && said.token < metric.tokens.upperBound
                    && metric.columns.contains {
                        relation.columns[$0].statistic != statistic
                            && NameWords.words(of: relation.columns[$0].name).contains(word)
                    }
            }
        }
        // `peak memory` of a `peak_mem_gb` is that and no superlative.
        for (index, said) in reading.statistics.enumerated() {
            guard case .extreme = said.said else { continue }
            let word = phrase.tokens[said.token].text
            let columns = reading.metrics.filter {
                $0.tokens.lowerBound - 2 <= said.token && said.token < $0.tokens.upperBound
            }
            .flatMap(\.columns)
            guard let own = columns.first(where: { NameWords.words(of: relation.columns[$0].name).contains(word) }),
                [.min, .max].contains(relation.columns[own].statistic)
            else { continue }
            reading.statistics[index].said = .statistic(relation.columns[own].statistic)
        }
        // `error rate` is no rate.
        reading.dimensions.removeAll { said in reading.metrics.contains { $0.tokens.contains(said.token) } }
        // `Foo Max` is a name and `[min]` a unit; the query `Q21` is no quantile.
        let names = reading.entities.filter { $0.isWhole && !$0.isKey }.map(\.tokens)
        reading.statistics.removeAll { said in
            names.contains { $0.contains(said.token) && ($0.count > 1 || phrase.tokens[said.token].isIdentifier) }
        }
        return reading
    }

    // MARK: - Metrics

    private func metrics(_ phrase: Phrase, _ terms: [Term], _ reading: inout Reading) {
        for mention in relation.metricIndex.mentions(
            in: terms, isWeak: { Lexicon.generic.contains($0) || Lexicon.kinds[$0] != nil || Lexicon.stop.contains($0) }
        ) {
            let tokens =
                terms[mention.terms.lowerBound].tokens
                .lowerBound..<terms[mention.terms.upperBound - 1].tokens.upperBound
            let isOfKeys = mention.names.allSatisfy { relation.columns[$0].isKey }
            if isOfKeys || isRatherName(mention) || isRatherNumber(tokens, phrase) || isPer(tokens, phrase, reading) {
                continue
            }
            let said = Set(terms[mention.terms].map(\.text))
            let wide = mention.others.filter {
                relation.columns[$0].terms.allSatisfy { said.contains($0) || Lexicon.generic.contains($0) }
            }
            reading.metrics.append(
                rate(tokens, phrase)
                    ?? Reading.Metric(tokens: tokens, columns: mention.names, isWhole: mention.isWhole, wide: wide))
        }
        reading.metrics += rates(phrase, besides: reading.metrics)
        reading.metrics.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
    }

    /// `the time per block` is no number of blocks.
    private func isPer(_ tokens: Range<Int>, _ phrase: Phrase, _ reading: Reading) -> Bool {
        tokens.count == 1 && tokens.lowerBound > 1 && phrase.tokens[tokens.lowerBound - 1].text == "per"
            && reading.metrics.contains { $0.tokens.upperBound == tokens.lowerBound - 1 }
    }

    /// A status code that the data counts is no metric wherever its number stands, but in `status 503`.
    private func isRatherNumber(_ tokens: Range<Int>, _ phrase: Phrase) -> Bool {
        guard !phrase.isCell, tokens.count == 1, let number = phrase.tokens[tokens.lowerBound].number,
            !number.isOrdinal
        else { return false }
        let before = phrase.tokens[..<tokens.lowerBound].last
        return before.map { !$0.isWord || Lexicon.stop.contains($0.text) } ?? true
    }

    /// A word that a few figures are called by and many rows as well names the rows.
    private func isRatherName(_ mention: NameIndex.Mention) -> Bool {
        guard mention.terms.count == 1, case let entries = mention.names.flatMap({ relation.columns[$0].entries }),
            entries.count <= 2, mention.names.allSatisfy({ relation.columns[$0].terms.count == 1 }),
            let term = mention.names.first.flatMap({ relation.columns[$0].terms.first })
        else { return false }
        let rows = relation.labelIndex.names(with: term).prefix(16).map {
            relation.labels[relation.labelOfName[$0]].rows.count
        }
        return (rows.max() ?? 0) > entries.count
    }

    // MARK: - Rows

    private func entities(_ phrase: Phrase, _ terms: [Term], _ reading: inout Reading) {
        // In a table, `Before` names something; `0002` does everywhere.
        let isCell = phrase.isCell
        let isWeak = {
            [kindTerms = relation.kindTerms, isOfEvent = hasBeforeAndAfter && phrase.isOfEvent]
            (
                term: String
            ) in
            if (isCell || isOfEvent) && (term == "before" || term == "after")
                || term.hasPrefix("0") && term.utf8.count > 2 && !term.contains(".")
            {
                return false
            }
            return Lexicon.generic.contains(term) || Lexicon.stop.contains(term) || Lexicon.kinds[term] != nil
                || Double(term) != nil || kindTerms.contains(term)
        }
        // `2.1.0 with 100 users` names the release and the load, not the file `web_2.1.0_100`.
        let terms = terms.map { term in
            term.tokens.contains(where: reading.keyTokens.contains)
                ? Term(text: ",", tokens: term.tokens, isBreak: true) : term
        }
        for mention in relation.labelIndex.mentions(in: terms, isWeak: isWeak) {
            let range =
                terms[mention.terms.lowerBound].tokens
                .lowerBound..<terms[mention.terms.upperBound - 1].tokens.upperBound
            guard !range.contains(where: reading.keyTokens.contains), !isEnd(mention.terms.lowerBound, terms) else {
                continue
            }
            let labels = mention.names.map { relation.labelOfName[$0] }
            // `over the four stages` are all of them, not the one whose name has just this word besides.
            if range.count == 1, range.lowerBound > 0, phrase.tokens[range.lowerBound - 1].number != nil,
                phrase.tokens[range.lowerBound].text.hasSuffix("s"),
                labels.allSatisfy({ relation.labels[$0].terms.count > 1 })
            {
                continue
            }
            // A word that several files share names none of them, and a key on the way to a number is said as a whole.
            let kinds = Set(labels.map { relation.labels[$0].kind })
            if !mention.isWhole, kinds == [.path] || labels.count > 1 && !kinds.contains(.text) { continue }
            if kinds == [.path], reading.metrics.contains(where: { $0.tokens.overlaps(range) }) { continue }
            // `Size (GB)` is no `Q32 ran out of memory (32 GB)`.
            if !mention.isWhole, range.count == 1, range.lowerBound > 0,
                phrase.tokens[range.lowerBound - 1].isMark("(["),
                MeasuredUnit(phrase.tokens[range.lowerBound].text) != nil
            {
                continue
            }
            // What is a metric's name and shares but a word with a row names the metric.
            let isMetric = reading.metrics.contains { $0.tokens.overlaps(range) && $0.isWhole }
            if isMetric, !mention.isWhole || mention.terms.count == 1 && relation.labels[labels[0]].kind != .text {
                continue
            }
            // In a table, words that one name alone has are that name.
            // In a sentence its first word, written as a name, is that name.
            let isName =
                isCell
                || phrase.tokens[range.lowerBound].isCapitalised && mention.terms.lowerBound > 0
                    && isHead(terms[mention.terms.lowerBound].text, labels)
            let alike = Set(relation.namesakes.with(labels))
            let others = mention.others.map { relation.labelOfName[$0] }.filter { !alike.contains($0) }
            let isDistinct = isName && others.isEmpty && isOneText(labels)
            let narrowest = relation.namesakes.with(narrowest(labels, Set(terms[mention.terms].map(\.text))))
            add(range, narrowest, isWhole: mention.isWhole || isDistinct, isKey: false, &reading)
            if reading.entities.last?.tokens == range {
                reading.entities[reading.entities.count - 1].kinds = Set(
                    (labels + narrowest).map { relation.labels[$0].name })
            }
            if !others.isEmpty, reading.entities.last?.tokens == range {
                reading.entities[reading.entities.count - 1].wide = relation.rows(withAny: others)
            }
        }
        if phrase.isRow, phrase.tokens.contains(where: { Relation.totals.contains($0.text) }), reading.entities.isEmpty
        {
            let labels = relation.labels.indices.filter {
                relation.labels[$0].isTotal
            }
            if !labels.isEmpty { add(0..<phrase.tokens.count, labels, isWhole: true, isKey: false, &reading) }
        }
        days(phrase, &reading)
        versions(phrase, &reading)
        letters(phrase, &reading)
        reading.entities.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
        join(&reading.entities)
    }

    /// `DB` of `MongoDB` is no name of another one.
    private func isEnd(_ index: Int, _ terms: [Term]) -> Bool {
        terms[index].whole != nil && index > 0 && terms[index - 1].tokens == terms[index].tokens
    }

    /// Names of one kind exclude each other, whichever of several columns each was found in first.
    private func join(_ entities: inout [Reading.Entity]) {
        for place in entities.indices where !entities[place].isKey && !entities[place].kinds.isEmpty {
            for other in entities.indices
            where other != place && !entities[other].isKey && entities[other].group != entities[place].group
                && !entities[other].kinds.isDisjoint(with: entities[place].kinds)
                && intersection(entities[other].rows, entities[place].rows).isEmpty
            {
                let group = min(entities[place].group, entities[other].group)
                (entities[place].group, entities[other].group) = (group, group)
            }
        }
    }

    /// `1,749 with A`: rows that one capital letter names.
    private func letters(_ phrase: Phrase, _ reading: inout Reading) {
        for (index, token) in phrase.tokens.enumerated().dropFirst()
        where token.isWord && token.isCapitalised && token.bytes.count == 1 && token.text != "i" {
            guard !reading.entities.contains(where: { $0.tokens.contains(index) }),
                !phrase.tokens[index - 1].isMark(".")
            else { continue }
            let names = relation.labelIndex.names(with: token.text).filter {
                relation.labels[relation.labelOfName[$0]].text.lowercased() == token.text
            }
            guard !names.isEmpty else { continue }
            add(index..<index + 1, names.map { relation.labelOfName[$0] }, isWhole: true, isKey: false, &reading)
        }
    }

    /// `with 17.2`, `Count 17.2` in a header: a version that stands without what it is one of.
    private func versions(_ phrase: Phrase, _ reading: inout Reading) {
        guard !phrase.isRow else { return }
        for (index, token) in phrase.tokens.enumerated() {
            guard let number = token.number, number.decimals > 0, number.unit == nil, number.scale == 1,
                !reading.entities.contains(where: { $0.tokens.contains(index) }),
                phrase.isCell || phrase.kind == .heading || isSubject(index, phrase)
                    || index > 0 && Lexicon.means.contains(phrase.tokens[index - 1].text)
            else { continue }
            let names = relation.labelIndex.names(with: token.text).filter { name in
                relation.labelIndex.telling(name) == [token.text]
                    && [.file, .text].contains(relation.labels[relation.labelOfName[name]].kind)
            }
            guard !names.isEmpty, names.count <= 4 else { continue }
            add(index..<index + 1, names.map { relation.labelOfName[$0] }, isWhole: true, isKey: false, &reading)
        }
    }

    /// `17.5 processed 12 requests`: a verb follows, and no unit.
    private func isSubject(_ index: Int, _ phrase: Phrase) -> Bool {
        guard index + 1 < phrase.tokens.count, phrase.tokens[index + 1].isWord else { return false }
        let isFirst = index == 0 || phrase.tokens[index - 1].isMark(",;") || phrase.tokens[index - 1].text == "and"
        let next = phrase.tokens[index + 1].text
        return isFirst && (next.hasSuffix("ed") || Lexicon.told.contains(next))
    }

    /// `in October`, `on 6 October`, `October 2025`: rows that are named by days and months.
    private func days(_ phrase: Phrase, _ reading: inout Reading) {
        guard !relation.dateLabels.isEmpty else { return }
        for (index, token) in phrase.tokens.enumerated() {
            let month = token.isWord ? Tokenizer.month(token.text) : token.date?.month
            guard let month, !reading.entities.contains(where: { $0.tokens.contains(index) }) else { continue }
            let labels = relation.dateLabels.filter { named in
                guard named.date.month == month else { return false }
                guard let date = token.date else { return named.date.day == nil }
                return named.date.day == date.day
                    && (!date.hasYear || !named.date.hasYear || named.date.year == date.year)
            }.map(\.label)
            if !labels.isEmpty { add(index..<index + 1, labels, isWhole: true, isKey: false, &reading) }
        }
    }

    func add(_ tokens: Range<Int>, _ labels: [Int], isWhole: Bool, isKey: Bool, _ reading: inout Reading) {
        let rows = relation.rows(withAny: labels)
        guard !rows.isEmpty, rows.count < relation.rows.count || isWhole else { return }
        reading.entities.append(
            Reading.Entity(
                tokens: tokens, labels: labels, rows: rows, group: relation.labels[labels[0]].name, isWhole: isWhole,
                isKey: isKey))
    }
}
