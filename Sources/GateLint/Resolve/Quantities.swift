internal import GateCore
internal import GateVocabulary

/// What is said of all rows of a kind.
struct Quantities {
    let statement: Statement
    private var relation: Relation { statement.relation }
    private var tokens: [Token] { statement.tokens }
    private var reading: Reading { statement.reading }

    init(_ statement: Statement) { self.statement = statement }

    /// The subjects of one kind with their values in one column.
    private struct Population {
        let name: Int
        let column: Int
        let values: [Statement.Values]
    }

    func judge() -> Statement.Outcome {
        var outcome = Statement.Outcome()
        quantifiers(&outcome)
        return outcome
    }

    // MARK: - Whom it is said of

    /// Kinds of subjects that the sentence names in general (`the indexes`), or any that have the metric.
    private func populations(near index: Int) -> [Population] {
        let columns = statement.columns(near: index, dimensions: [])
        guard statement.metric(near: index) != nil else { return [] }
        var result: [Population] = []
        for column in columns {
            let rows = relation.columns[column].entries.prefix(ValueJudge.mostCandidates).map {
                relation.entries[$0].row
            }
            let names = Set(
                rows.flatMap {
                    relation.rows[$0].labels.filter { relation.labels[$0].kind == .text }.map {
                        relation.labels[$0].name
                    }
                }
            ).sorted()
            let said = names.filter { isSaid($0) }
            // What the sentence names one of is a condition of it.
            let conditions = statement.conditions(
                statement.condition(besides: Set(said)), on: column)
            let free = names.filter { name in !conditions.contains { $0.group == name } }
            for name in said.isEmpty ? free : said {
                guard let label = relation.labels.indices.first(where: { relation.labels[$0].name == name }) else {
                    continue
                }
                for group in statement.siblings(of: [label], column, under: conditions) where group.count > 1 {
                    result.append(Population(name: name, column: column, values: group.map(\.values)))
                }
            }
        }
        return result
    }

    private func isSaid(_ name: Int) -> Bool {
        let terms = relation.nameTerms[name]
        guard !terms.isEmpty else { return false }
        return phraseTerms.isSuperset(of: terms)
    }
    private var phraseTerms: Set<String> { Set(statement.phrase.terms.map(\.text)) }

    // MARK: - All, none, so many

    private enum Quantifier { case all, none }

    private func quantifiers(_ outcome: inout Statement.Outcome) {
        guard let threshold = statement.figures.last(where: { isMore($0.token) != nil }),
            let isMore = isMore(threshold.token),
            let (quantifier, place) = quantifier(before: threshold.token)
        else { return }
        let populations = populations(near: threshold.token)
        guard !populations.isEmpty, reading.entities.allSatisfy({ $0.isKey || !isOwner($0, populations) }) else {
            return
        }
        var wrong: [String] = []
        for population in populations {
            guard population.values.allSatisfy(\.isOne),
                let bound = bound(threshold, relation.columns[population.column]),
                isOfSize(bound, population)
            else { return }
            // `each is over 564 chunks`: that is how many there are.
            guard !population.values.allSatisfy({ $0.least == bound }) else { return }
            let count = population.values.count { isMore ? $0.least > bound : $0.least < bound }
            let isRight: Bool
            switch quantifier {
            case .all: isRight = count == population.values.count
            case .none: isRight = count == 0
            }
            guard !isRight else {
                settle(threshold, place, .derivable("so it is with \(count) of \(population.values.count)"), &outcome)
                return
            }
            wrong.append(
                "\(count) of \(population.values.count) of \(relation.columns[population.column].name), for example \(relation.describe(population.values[0].leastEntry))"
            )
        }
        settle(threshold, place, .unverifiable("It is a bound, not a value."), &outcome)
        outcome.findings.append(
            Statement.Finding(
                tokens: place..<threshold.token + 1, rule: .I03, evidence: wrong[0],
                message: "By the data it holds for \(wrong[0].prefix { $0 != "," })."))
    }

    /// A bound far from all values is one of something else.
    private func isOfSize(_ bound: Double, _ population: Population) -> Bool {
        let sizes = population.values.map { abs($0.least) }
        guard let least = sizes.min(), let most = sizes.max(), most > 0 else { return true }
        return abs(bound) >= least / 5 && abs(bound) <= most * 5
    }

    private func settle(_ threshold: Figure, _ place: Int, _ verdict: Verdict, _ outcome: inout Statement.Outcome) {
        for figure in statement.figures where figure.token >= place && figure.token <= threshold.token {
            outcome.verdicts[figure.token] = verdict
        }
    }

    private func isOwner(_ entity: Reading.Entity, _ populations: [Population]) -> Bool {
        populations.contains { $0.name == entity.group }
    }

    /// Whether the number behind `above`, `more than` bounds from below; nil where it is no bound.
    private func isMore(_ token: Int) -> Bool? {
        let before = tokens[..<token].suffix(3).filter { !$0.isMark("*_`") }.map(\.text)
        guard let last = before.last else { return nil }
        if last == "than", let word = before.dropLast().last { return Lexicon.comparisons[word].flatMap(isUp) }
        guard Lexicon.relations.contains(last) || [">", "<", "over"].contains(last) else { return nil }
        return [">", "over"].contains(last) ? true : last == "<" ? false : Lexicon.comparisons[last].flatMap(isUp)
    }

    private func isUp(_ comparison: Lexicon.Comparison) -> Bool? {
        switch comparison {
        case .more: true
        case .less: false
        case .better, .worse, .quicker, .slower: nil
        }
    }

    private func quantifier(before end: Int) -> (Quantifier, Int)? {
        for index in tokens[..<end].indices {
            let token = tokens[index]
            if Lexicon.alls.contains(token.text) { return (.all, index) }
            if Lexicon.nones.contains(token.text) { return (.none, index) }
        }
        return nil
    }

    /// A threshold in the column's own unit; nil where that cannot be told.
    private func bound(_ figure: Figure, _ column: Relation.Column) -> Double? {
        guard let unit = figure.unit, unit.dimension != .count else {
            return column.unit == nil || column.unit?.dimension == .count ? figure.quantity.value : nil
        }
        guard let other = column.unit else {
            return unit.name == "%" && column.isFraction ? figure.quantity.value / 100 : nil
        }
        return unit.isComparable(with: other) ? figure.quantity.value * unit.factor / other.factor : nil
    }
}
