internal import GateCore
internal import GateVocabulary

/// Two numbers without names of their own, of two that were named before: `12.4 and 15.1`, `(12.4 against 15.1)`.
///
/// They stand in the order in which the two were named. Where the data has them for these two just the other way round, of
/// one column and under the same names besides, they were exchanged.
struct OrderedPairs {
    let binder: Binder
    let relation: Relation
    private let values: ValueJudge

    init(_ binder: Binder, _ relation: Relation) {
        (self.binder, self.relation) = (binder, relation)
        values = ValueJudge(relation)
    }

    private static let mostHits = 24
    /// Of both numbers together; fewer digits stand anywhere.
    private static let fewestDigits = 4
    /// Words between the two.
    private static let reach = 4
    /// Sentences before in which the two are looked for.
    private static let mostSentences = 3

    func find(in index: Int, _ figures: [Figure]) -> [SwappedPairs.Found] {
        zip(figures, figures.dropFirst()).flatMap { first, second -> [SwappedPairs.Found] in
            guard isPair(first, second, binder.phrases[index]) else { return [] }
            let hits = [first, second].map { values.search.measured($0, limit: OrderedPairs.mostHits) }
            let pairs = pairs(hits[0], hits[1])
            let orders = pairs.map { order($0, in: index, before: first.token) }
            // Where the numbers stand nearly nowhere else, those that were not named are not meant.
            let isDistinct = min(first.quantity.significant, second.quantity.significant) >= 3 && pairs.count <= 4
            guard let place = orders.firstIndex(of: .reversed),
                orders.allSatisfy({ $0 == .reversed || isDistinct && $0 == nil })
            else { return [] }
            return [
                .init(figure: first, entry: pairs[place].second, stranger: pairs[place].first),
                .init(figure: second, entry: pairs[place].first, stranger: pairs[place].second),
            ]
        }
    }

    private func isPair(_ first: Figure, _ second: Figure, _ phrase: Phrase) -> Bool {
        func owners(_ figure: Figure) -> Set<Int> {
            Set(figure.entities.filter { $0.certainty == .own }.map(\.mention.tokens.lowerBound))
        }
        let between = phrase.tokens[(first.token + 1)..<second.token]
        let reading = binder.readings[first.phrase]
        return [first, second].allSatisfy { $0.mayBeValue && $0.unit?.name != "x" }
            && first.quantity.value != second.quantity.value
            && first.unit?.dimension == second.unit?.dimension && owners(first) == owners(second)
            && first.quantity.significant + second.quantity.significant >= OrderedPairs.fewestDigits
            && between.count <= OrderedPairs.reach
            && between.contains { $0.text == "and" || Lexicon.references.contains($0.text) }
            && !reading.entities.contains { (first.token..<second.token).overlaps($0.tokens) }
    }

    private struct Pair {
        let first: Int
        let second: Int
        /// The names of labels that tell the two apart.
        let kinds: Set<Int>
    }

    /// Of one column, and of two that differ in nothing else than who they are.
    private func pairs(_ firsts: [Int], _ seconds: [Int]) -> [Pair] {
        firsts.flatMap { first in
            seconds.compactMap { second -> Pair? in
                let (one, other) = (relation.entries[first], relation.entries[second])
                guard one.column == other.column, one.row != other.row else { return nil }
                let kinds = [(one, other), (other, one)].map { mine, theirs in
                    Set(
                        relation.rows[mine.row].labels.filter { label in
                            [.text, .key, .file].contains(relation.labels[label].kind)
                                && !relation.rows[theirs.row].labels.contains(label)
                        }.map { relation.labels[$0].name })
                }
                return kinds[0] == kinds[1] ? Pair(first: first, second: second, kinds: kinds[0]) : nil
            }
        }
    }

    private enum Order { case straight, reversed }

    /// In which order the two were named nearest before the numbers; nil where they were not.
    private func order(_ pair: Pair, in index: Int, before token: Int) -> Order? {
        let rows = [pair.first, pair.second].map { relation.entries[$0].row }
        var known: [Int?] = [nil, nil]
        let phrase = binder.phrases[index]
        for (place, sentence) in ([index] + phrase.before.prefix(OrderedPairs.mostSentences)).enumerated() {
            let named = binder.readings[sentence].entities.filter { entity in
                !entity.isKey && !pair.kinds.isDisjoint(with: relation.kinds(of: entity))
                    && (place > 0 || entity.tokens.upperBound <= token)
                    && contains(entity.rows, rows[0]) != contains(entity.rows, rows[1])
            }
            let found = rows.map { row in named.first { contains($0.rows, row) }?.tokens.lowerBound }
            // What was named farther above was named before; a sentence that names both has an order of its own.
            let places =
                found.contains(nil) ? zip(found, known).map { $1 ?? $0.map { $0 - 1000 * place } } : found
            guard let one = places[0], let other = places[1] else {
                known = places
                continue
            }
            // `Compared with A, B has`: whose the first number is stands behind.
            let start = min(found[0] ?? .max, found[1] ?? .max)
            let lead = binder.phrases[sentence].tokens[..<start].suffix(2)
            let isTurned = lead.contains {
                Lexicon.references.contains($0.text) || Lexicon.relations.contains($0.text) || $0.text == "unlike"
            }
            return isTurned ? nil : one < other ? .straight : .reversed
        }
        return nil
    }
}
