internal import GateCore
internal import GateVocabulary

/// Numbers that the data has once, with a name that has others: `last comes B (0.756)`, `the lowest p99, 25.1 ms, belongs to
/// B`, where the one row with the number is A's, B has other values in its column, and nobody speaks of A.
///
/// What the words around the number call it need not have been understood: the number itself tells which column it is of, and
/// the column tells whose it is. Hence it is a warning, and only where a bracket or a superlative ties the two together.
struct Misattributions {
    let binder: Binder
    let values: ValueJudge
    private var relation: Relation { values.relation }

    /// Fewer digits are those of other values by accident.
    private static let fewestDigits = 3
    /// What stands in more places tells no owner.
    private static let mostPlaces = 3

    func review(_ judged: inout [JudgedClaim]) {
        for index in judged.indices where judged[index].verdict.kind == .unverifiable {
            guard let figure = judged[index].figure, let verdict = judge(figure, judged[index].phrase) else { continue }
            judged[index].verdict = verdict
        }
    }

    private func judge(_ figure: Figure, _ index: Int) -> Verdict? {
        guard figure.mayBeValue, !figure.isOfSeveral, !figure.quantity.isFactor, figure.sign == nil,
            figure.quantity.significant >= Misattributions.fewestDigits, !figure.isCell,
            isOwn(figure, binder.phrases[index])
        else { return nil }
        let hits = places(of: figure)
        guard (1...Misattributions.mostPlaces).contains(hits.count), hits.allSatisfy({ isStatistic(of: figure, $0) })
        else { return nil }
        let phrase = binder.phrases[index]
        let names = figure.entities.filter { $0.certainty == .own }.map(\.mention).filter {
            isProper($0, phrase) && (figure.extreme != nil || isCalled(figure.token, by: $0.tokens, phrase))
        }
        for name in names {
            let others = figure.entities.filter { $0.certainty <= .context && $0.mention.group != name.group }
            guard let first = hits.first, hits.allSatisfy({ isOfOther($0, than: name) }),
                hits.allSatisfy({ hit in others.allSatisfy { !isOfOther(hit, than: $0.mention) } }),
                !hits.contains(where: { isSpokenOf($0, besides: name, phrase, index) }),
                !isAnyOf(name, figure), let own = own(of: name, as: hits, figure)
            else { continue }
            let row = relation.entries[first].row
            return .misattributed(
                .G04, relation.describe(own) + "; \(values.shownNumber(figure)) is that of \(relation.describe(first))",
                "The value is not that of \(relation.name(ofRow: relation.entries[own].row)) but of \(relation.name(ofRow: row)).",
                .warning)
        }
        return nil
    }

    /// `A (0.9603)`, `321.8 texts per second (A)`: nothing but a bracket and a unit stands between them.
    private func isCalled(_ token: Int, by name: Range<Int>, _ phrase: Phrase) -> Bool {
        let between = name.upperBound <= token ? name.upperBound..<token : token + 1..<max(token + 1, name.lowerBound)
        let words = phrase.tokens[between]
        return words.contains { $0.isMark("(") } && !words.contains { $0.isMark(",;:)") || $0.number != nil }
            && words.count <= Misattributions.reach
            && (name.lowerBound > token || words.allSatisfy { !$0.isWord })
    }

    private static let reach = 6

    /// `sinks from 75.4 % to 72.9 % with A`, `a tenth of the 41.4 ms`: what it was before; `128` in a column of a load's levels.
    /// But `from 321.8 texts per second (A) to 512.4 (B)`.
    private func isOwn(_ figure: Figure, _ phrase: Phrase) -> Bool {
        let before = phrase.tokens[..<figure.token].suffix(2).map(\.text)
        let behind = phrase.tokens.dropFirst(figure.token + 1).first { !$0.isWord && !$0.isMark("/") }
        return behind?.isMark("(") ?? false
            || before.last != "from" && !(before.first == "of" && ["the", "these", "those"].contains(before.last))
                && !(figure.quantity.isWhole && relation.labels.contains { $0.number == figure.quantity.value })
    }

    /// A value of the name prints the number, whatever its column measures.
    private func isAnyOf(_ name: Reading.Entity, _ figure: Figure) -> Bool {
        var bare = figure
        (bare.unit, bare.dimension) = (nil, nil)
        return values.search.entries(bare, limit: ValueJudge.mostCandidates).contains {
            contains(name.rows, relation.entries[$0].row)
        }
    }

    /// A mean or a sum over values is none of them; what is highest is one.
    private func isStatistic(of figure: Figure, _ hit: Int) -> Bool {
        let named = figure.namedStatistics
        return named.isEmpty || named.contains(relation.columns[relation.entries[hit].column].statistic)
    }

    /// Words of English may name the rows that they call, or something else.
    private func isProper(_ name: Reading.Entity, _ phrase: Phrase) -> Bool {
        name.isWhole && !name.isKey && !phrase.isReferred(name.tokens)
            && phrase.tokens[name.tokens].contains {
                !Lexicon.isEnglish($0.text) && !relation.metricIndex.knows(stem($0.text))
            }
    }

    /// Where the number stands as it is printed, or in its unit; in columns of the metric that is named, if in any of these.
    private func places(of figure: Figure) -> [Int] {
        var all = values.search.entries(figure, limit: ValueJudge.mostOfOwner)
        if figure.unit == nil { all.removeAll { !figure.quantity.prints(relation.entries[$0].value) } }
        guard let metric = figure.metric, metric.certainty == .own, metric.mention.isWhole else { return all }
        let named = all.filter { metric.mention.columns.contains(relation.entries[$0].column) }
        return named.isEmpty ? all : named
    }

    /// The row has another name of the kind that this one is of, and sums none up.
    private func isOfOther(_ hit: Int, than name: Reading.Entity) -> Bool {
        let row = relation.entries[hit].row
        guard !relation.isTotal(row) else { return false }
        let kinds = Set(name.labels.map { relation.labels[$0].name })
        return !contains(name.rows, row)
            && relation.rows[row].labels.contains { kinds.contains(relation.labels[$0].name) }
    }

    /// The sentence, or what it goes on with, names whose the number is.
    private func isSpokenOf(_ hit: Int, besides name: Reading.Entity, _ phrase: Phrase, _ index: Int) -> Bool {
        let row = relation.entries[hit].row
        return ([index] + phrase.before + phrase.headings).contains { place in
            binder.readings[place].entities.contains { entity in
                !entity.isKey && entity.group == name.group
                    && (contains(entity.rows, row) || contains(entity.wide, row))
            }
        }
    }

    /// A value that the name has in the column of the number.
    ///
    /// - Returns: nil where it has none, or where its values come to the number.
    private func own(of name: Reading.Entity, as hits: [Int], _ figure: Figure) -> Int? {
        let columns = Set(hits.map { relation.entries[$0].column })
        let entries = relation.entries(
            in: name.rows, columns: columns.sorted(), limit: ValueJudge.mostCandidates, where: { _ in true })
        guard let first = entries.first, entries.count <= ValueJudge.mostCandidates else { return nil }
        for (column, group) in values.groups(entries) where group.count > 1 {
            let sorted = group.map { relation.entries[$0].value }.sorted()
            let all = values.aggregates(sorted, [.mean, .median, .total], figure)
            if all.contains(where: { Matching.prints(figure, $0.1, relation.columns[column]) }) { return nil }
        }
        return first
    }
}
