internal import GateCore
internal import GateVocabulary

/// From where to where values go: `between 10,235 and 12,374 tok/s`.
///
/// Where one end is the first or the last of the values that it is one of, these are meant; the other end has to be one of
/// them.
struct Ranges {
    let statement: Statement
    /// The data with what its values come to.
    let aggregates: Relation
    private let search: Search
    private var relation: Relation { statement.relation }
    private var tokens: [Token] { statement.tokens }

    private static let mostHits = 24
    private static let fewestDigits = 3
    private static let reach = 5

    init(_ statement: Statement, aggregates: Relation) {
        self.statement = statement
        self.aggregates = aggregates
        search = Search(relation: aggregates)
    }

    func judge() -> [Int: Verdict] {
        var verdicts: [Int: Verdict] = [:]
        for (first, second) in zip(statement.figures, statement.figures.dropFirst()) where isRange(first, second) {
            if let (end, verdict) = named(first, second) {
                verdicts[end.token] = verdict
                continue
            }
            let (low, high) = (hits(first), hits(second))
            guard Set(low.map(terms)).isDisjoint(with: high.map(terms)) else { continue }
            let (least, most) = (end(low, .least), end(high, .most))
            if least == nil, let most {
                verdicts[first.token] = wrong(first, most, meant: most.least)
            } else if most == nil, let least {
                verdicts[second.token] = wrong(second, least, meant: least.most)
            }
        }
        return verdicts
    }

    /// `From minute 15 on, it remains between 22.1 and 22.5`: not of all values.
    private func isOfPart(_ first: Figure, _ second: Figure) -> Bool {
        tokens.indices.contains { index in
            Lexicon.openSpans.contains(tokens[index].text)
                && tokens.indices.dropFirst(index + 1).prefix(3).contains {
                    tokens[$0].number != nil && $0 != first.token && $0 != second.token
                }
        }
    }

    /// Of whom and of what the sentence names, one end is the first or the last value, and the other one is not.
    private func named(_ first: Figure, _ second: Figure) -> (Figure, Verdict)? {
        let clause = statement.clause(around: first.token)
        // `stays between 7.27 and 7.74 ms over the finite rates`, `begin between 1.59 and 1.68`: of some of them.
        guard let metric = statement.metric(near: first.token), metric.isWhole, clause.allSatisfy(statement.isRead),
            !tokens[clause].contains(where: { Lexicon.ends[$0.text] != nil }),
            !statement.phrase.leavesSomeOut, !statement.reading.hasUnknownKey, !isOfPart(first, second)
        else { return nil }
        let columns = statement.columns(near: first.token, dimensions: []).filter {
            metric.columns.contains($0) && Matching.fits(second.unit, relation.columns[$0])
        }
        guard columns.count == 1, let column = columns.first else { return nil }
        let groups = Dictionary(grouping: statement.reading.entities, by: \.group).values
        // Of whom it is was said before.
        guard groups.allSatisfy({ $0.count == 1 }), !groups.isEmpty || statement.above.entities.isEmpty else {
            return nil
        }
        let entries = statement.named(column)
        guard entries.count > 2 else { return nil }
        let values = Statement.Values(relation, entries)
        let model = relation.columns[column]
        let ends = [(first, values.leastEntry, values.least), (second, values.mostEntry, values.most)]
        let wrong = ends.filter { !Matching.prints($0.0, $0.2, model) }
        guard wrong.count == 1, let (figure, entry, value) = wrong.first else { return nil }
        return (
            figure,
            .contradicted(
                .G04, relation.describe(entry),
                "The \(figure.token == first.token ? "least" : "largest") of the \(entries.count) values is \(shown(value))."
            )
        )
    }

    // MARK: - Two ends

    private func isRange(_ first: Figure, _ second: Figure) -> Bool {
        let before = tokens[..<first.token].suffix(2).filter { !$0.isMark("*_`(") }.map(\.text)
        let between = tokens[(first.token + 1)..<second.token].map(\.text)
        let isSpan =
            before.last == "between" && between.contains("and")
            || (before.last == "from" && tokens[..<first.token].contains { Lexicon.spans.contains($0.text) }
                || before.last.map(Lexicon.spans.contains) ?? false) && between.contains("to")
        return isSpan && between.count <= Ranges.reach && first.quantity.value < second.quantity.value
            && [first, second].allSatisfy {
                $0.hedge == .exact && !$0.quantity.isFactor && $0.quantity.significant >= Ranges.fewestDigits
            }
            && first.unit?.dimension == second.unit?.dimension
            && !tokens[..<first.token].suffix(6).contains {
                Lexicon.gathering.contains($0.text) || Lexicon.outcomes.contains($0.text)
            }
    }

    private func terms(_ entry: Int) -> [String] { aggregates.columns[aggregates.entries[entry].column].terms }

    private func hits(_ figure: Figure) -> [Int] {
        let hits = search.entries(figure, limit: 4 * Ranges.mostHits)
        let inUnit = hits.filter { hit in
            Matching.isInUnitOrDimension(figure, aggregates.columns[aggregates.entries[hit].column])
        }
        return inUnit.isEmpty ? hits : inUnit
    }

    /// All of which one of the values is the first or the last; nil where none of them is.
    private func end(_ hits: [Int], _ place: Population.Place) -> Population.Standing? {
        guard hits.count <= Ranges.mostHits else { return nil }
        let population = Population(
            relation: aggregates, computed: relation.entries.count,
            entities: statement.reading.entities.filter(\.isWhole))
        return hits.lazy.filter { $0 < relation.entries.count }.compactMap { hit in
            population.standings(of: hit).plain.first { $0.place == place && $0.members.count > 2 }
        }.first
    }

    /// Nil where the number is that end, although not of these values alone.
    private func wrong(_ figure: Figure, _ range: Population.Standing, meant: Int) -> Verdict? {
        let entry = relation.entries[meant]
        guard !Matching.prints(figure, entry.value, relation.columns[entry.column]) else { return nil }
        return .contradicted(
            .G04, "\(relation.describe(range.least)) to \(relation.describe(range.most))",
            "By the other end of the range it is \(shown(relation.entries[meant].value)), not \(shown(figure.quantity.value))."
        )
    }
}
