internal import GateCore
internal import GateVocabulary

/// What is said of all rows of a kind: all, none, so many of them, their range, mean, sum, the share of one.
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
        aggregates(&outcome)
        shares(&outcome)
        parts(&outcome)
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
        let terms = Canon.terms(ofName: relation.labelNames[name])
        guard !terms.isEmpty else { return false }
        return phraseTerms.isSuperset(of: terms)
    }
    private var phraseTerms: Set<String> { Set(statement.phrase.terms.map(\.text)) }

    // MARK: - All, none, so many

    private enum Quantifier { case all, none, half, number(Int) }

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
            let count = population.values.count { isMore ? $0.least > bound : $0.least < bound }
            let isRight: Bool
            switch quantifier {
            case .all: isRight = count == population.values.count
            case .none: isRight = count == 0
            case .half: isRight = 2 * count == population.values.count
            case .number(let number): isRight = number == count
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
            let isOf = tokens[(index + 1)...].prefix(1).contains { $0.text == "of" }
            if token.text == "half",
                tokens[(index + 1)...].prefix(2).contains(where: { ["of", "the"].contains($0.text) })
            {
                return (.half, index)
            }
            if isOf, token.text == "one" { return (.number(1), index) }
            if isOf, let number = token.number, number.isWhole, !number.isPercent, let count = number.int {
                return (.number(count), index)
            }
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

    // MARK: - Range, mean, sum

    private func aggregates(_ outcome: inout Statement.Outcome) {
        for (place, figure) in statement.figures.enumerated() where outcome.verdicts[figure.token] == nil {
            guard !isCount(figure), let wanted = aggregate(place), figure.hedge != .bound else { continue }
            // What the data calls a mean is one already.
            let populations = populations(near: figure.token).filter {
                Matching.fits(figure.unit, relation.columns[$0.column])
                    && !statement.namedStatistics.contains(relation.columns[$0.column].statistic)
            }
            guard let first = populations.first, reading.entities.allSatisfy({ $0.isKey || !isOwner($0, populations) })
            else { continue }
            let results = populations.compactMap { population -> (Double, Population)? in
                wanted(population.values).map { ($0, population) }
            }
            if let hit = results.first(where: { Matching.prints(figure, $0.0, relation.columns[$0.1.column]) }) {
                outcome.verdicts[figure.token] = .derivable(
                    "over \(hit.1.values.count) values of \(relation.columns[hit.1.column].name) = \(shown(hit.0))")
            } else if results.count == 1, populations.count == 1, isNear(figure, results[0].0),
                isOfUnit(figure, relation.columns[first.column]),
                !isOfRowsSoNamed(figure, relation.columns[first.column])
            {
                let column = relation.columns[first.column]
                outcome.verdicts[figure.token] = .contradicted(
                    .G04,
                    "over \(first.values.count) values of \(column.name), for example \(relation.describe(first.values[0].leastEntry))",
                    "By the values of the data it is \(shown(results[0].0))\(column.unit.map { " \($0.name)" } ?? ""), not \(shown(figure.quantity.value))."
                ).resting(on: .words)
            }
        }
    }

    /// The number stands in rows that are called what the column is: the same was measured elsewhere, too.
    private func isOfRowsSoNamed(_ figure: Figure, _ column: Relation.Column) -> Bool {
        guard !column.terms.isEmpty else { return false }
        return Search(relation: relation).entries(figure, limit: ValueJudge.mostOfOwner).contains { entry in
            relation.rows[relation.entries[entry].row].labels.contains {
                Canon.terms(ofName: relation.labels[$0].text) == column.terms
            }
        }
    }

    /// What is far from a mean is one of something else.
    private func isNear(_ figure: Figure, _ value: Double) -> Bool {
        figure.unit != nil || value == 0 || (0.05...20).contains(abs(figure.quantity.value / value))
    }

    /// Whether the number may be one of the column and nothing else.
    private func isOfUnit(_ figure: Figure, _ column: Relation.Column) -> Bool {
        guard let unit = figure.unit, unit.dimension != .count else { return column.unit?.dimension != .time }
        return column.unit.map { unit.isComparable(with: $0) } ?? (unit.name == "%" && column.isFraction)
    }

    /// What the sentence says a number is of all: the one end of a range, a mean over them, their sum.
    private func aggregate(_ place: Int) -> (([Statement.Values]) -> Double?)? {
        let figure = statement.figures[place]
        if let end = rangeEnd(place) {
            return { values in
                end == .least ? values.map(\.least).min() : values.map(\.most).max()
            }
        }
        let words = tokens[..<figure.token]
        let isOverAll = words.contains { Lexicon.wholes.contains($0.text) }
        guard isOverAll, !figure.quantity.isPercent || isShare(figure) else { return nil }
        if words.contains(where: { Lexicon.averaging.contains($0.text) }) {
            return { values in
                values.allSatisfy(\.isOne) ? values.reduce(0) { $0 + $1.least } / Double(values.count) : nil
            }
        }
        if words.contains(where: { Lexicon.statistics[$0.text] == .total || $0.text == "together" }) {
            return { values in values.allSatisfy(\.isOne) ? values.reduce(0) { $0 + $1.least } : nil }
        }
        return nil
    }

    /// `the five indexes`
    private func isCount(_ figure: Figure) -> Bool {
        guard figure.quantity.isWhole, figure.unit == nil || figure.unit?.dimension == .count else { return false }
        return figure.quantity.isSpelled
            || tokens.dropFirst(figure.token + 1).first.map { $0.isWord && !Lexicon.stop.contains($0.text) } ?? false
    }

    private func isShare(_ figure: Figure) -> Bool {
        guard let metric = figure.metric else { return false }
        return metric.mention.columns.allSatisfy {
            relation.columns[$0].dimension == .ratio || relation.columns[$0].isFraction
        }
    }

    private enum End { case least, most }

    /// `ranges from 3 to 5`, `between 3 and 5`
    private func rangeEnd(_ place: Int) -> End? {
        let figures = statement.figures
        func opens(_ first: Figure, _ second: Figure) -> Bool {
            let before = tokens[..<first.token].suffix(2).filter { !$0.isMark("*_`(") }.map(\.text)
            let between = tokens[(first.token + 1)..<second.token].map(\.text)
            let isSpan =
                before.last == "between" && between.contains("and") || before.last == "from" && between.contains("to")
            // `the difference between 397 and 254` spans nothing.
            return isSpan && between.count <= 5 && first.quantity.value <= second.quantity.value
                && tokens[..<first.token].contains { Lexicon.spans.contains($0.text) }
                && !tokens[..<first.token].suffix(4).contains { Lexicon.gathering.contains($0.text) }
        }
        if place + 1 < figures.count, opens(figures[place], figures[place + 1]) { return .least }
        if place > 0, opens(figures[place - 1], figures[place]) { return .most }
        return nil
    }

    // MARK: - Parts of a number

    /// `of 2,210 requests 1,607 (72.7 %) failed`: the percentage behind a count is that of the whole before it.
    private func parts(_ outcome: inout Statement.Outcome) {
        for (place, figure) in statement.figures.enumerated()
        where place > 1 && figure.quantity.isPercent && outcome.verdicts[figure.token] == nil {
            let (whole, part) = (statement.figures[place - 2], statement.figures[place - 1])
            let isCount = { (figure: Figure) in
                figure.quantity.isWhole && (figure.unit == nil || figure.unit?.dimension == .count)
            }
            guard isCount(whole), isCount(part), whole.quantity.value > part.quantity.value, figure.hedge == .exact,
                tokens[(part.token + 1)..<figure.token].contains(where: { $0.isMark("(") }),
                tokens[(part.token + 1)..<figure.token].count <= 4,
                tokens[..<part.token].suffix(8).contains(where: { ["of", "out", "which", "/"].contains($0.text) })
            else { continue }
            let share = 100 * part.quantity.value / whole.quantity.value
            let text = "\(tokens[part.token].text) of \(tokens[whole.token].text)"
            outcome.verdicts[figure.token] =
                figure.quantity.prints(share)
                ? .derivable(text)
                : .contradicted(.I02, text, "That is \(shown((10 * share).rounded() / 10)) %.")
        }
    }

    // MARK: - Shares

    /// `A accounts for 27 % of the total cost`
    private func shares(_ outcome: inout Statement.Outcome) {
        // `A and B together 63 %`
        guard !tokens.contains(where: { Lexicon.gathering.contains($0.text) }) else { return }
        for figure in statement.figures where figure.quantity.isPercent && outcome.verdicts[figure.token] == nil {
            guard let entity = subject(of: figure), !tokens.contains(where: { Lexicon.comparisons[$0.text] != nil })
            else {
                continue
            }
            var expected: [Double] = []
            var text = ""
            for column in statement.columns(near: figure.token, dimensions: [])
            where !(relation.columns[column].isFraction || relation.columns[column].dimension == .ratio) {
                let conditions = statement.conditions(statement.condition(besides: [entity.group]), on: column)
                for group in statement.siblings(of: entity.labels, column, under: conditions) {
                    guard let own = group.first(where: { entity.labels.contains($0.label) })?.values, group.count > 1,
                        group.allSatisfy(\.values.isOne)
                    else { continue }
                    let total = group.reduce(0) { $0 + $1.values.least }
                    guard total > 0 else { continue }
                    expected.append(100 * own.least / total)
                    text = "\(relation.describe(own.leastEntry)) of \(shown(total))"
                }
            }
            guard !expected.isEmpty else { continue }
            if expected.contains(where: { figure.quantity.prints($0, slack: figure.slack) }) {
                outcome.verdicts[figure.token] = .derivable(text)
            } else if expected.count == 1, figure.hedge != .bound,
                tokens.contains(where: { Lexicon.sharing.contains($0.text) })
            {
                outcome.verdicts[figure.token] = .contradicted(
                    .I02, text, "By the data its share is \(shown((10 * expected[0]).rounded() / 10)) %.")
            }
        }
    }

    private func subject(of figure: Figure) -> Reading.Entity? {
        let owners = reading.entities.filter { !$0.isKey && $0.isWhole }
        let groups = Dictionary(grouping: owners, by: \.group)
        guard let metric = statement.metric(near: figure.token) else { return nil }
        let rows = metric.columns.flatMap { relation.columns[$0].entries.prefix(64).map { relation.entries[$0].row } }
        // The kind that the sentence says its noun of, else the only one.
        let fitting = groups.filter { _, members in
            members.count == 1 && relation.labels[members[0].labels[0]].kind == .text
                && members[0].rows.contains { rows.contains($0) }
        }
        if fitting.count == 1 { return fitting.first?.value.first }
        let located = fitting.values.flatMap(\.self).filter { !statement.isLocated($0, behind: Lexicon.places) }
        return located.count == 1 ? located[0] : nil
    }
}
