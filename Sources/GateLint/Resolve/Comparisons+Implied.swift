internal import GateCore
internal import GateVocabulary

/// Comparisons that name one of two, and those of several values of each.
extension Comparisons {
    /// Words between the name and what is said of it.
    private static let reach = 4

    /// `A is the slower node at every load`, `the TTFT of A is higher`: where the data has two of a kind, it is compared with the other one.
    func implied(_ index: Int, _ entities: [Reading.Entity], _ clause: Range<Int>) -> Sides? {
        guard !clause.contains(where: { tokens[$0].text == "than" || Lexicon.references.contains(tokens[$0].text) }),
            let entity = entities.last(where: { $0.tokens.upperBound <= index }), entity.isWhole, !entity.isKey,
            entities.allSatisfy({ $0.group != entity.group || $0.tokens == entity.tokens }),
            case let between = tokens[entity.tokens.upperBound..<index].filter({ !$0.isMark("*_`") }),
            between.count <= Comparisons.reach, let verb = between.first, Lexicon.copulas.contains(verb.text),
            between.dropFirst().allSatisfy({ $0.isWord && Lexicon.stop.contains($0.text) }),
            !statement.isLocated(entity, behind: Lexicon.places.union(["for", "from", "among"])),
            let other = other(than: entity)
        else { return nil }
        return Sides(left: entity, right: other)
    }

    /// Of several values of the metric that is named, none comes to the amount: not one by one, not in the mean, not at the ends.
    func ofSeveral(_ figure: Figure, _ slack: Double, _ pairs: [Pair], _ sides: Sides) -> Verdict {
        let open = Verdict.unverifiable("Several values are compared.")
        guard let metric = statement.metric(near: figure.token), metric.isWhole,
            !statement.isImplied(near: figure.token),
            figure.hedge == .exact, figure.quantity.significant > 1,
            let first = pairs.first(where: { metric.columns.contains($0.column) })
        else { return open }
        let names = Set((sides.left.labels + sides.right.labels).map { relation.labels[$0].name })
        let comes = pairs.contains { pair in
            let sets = statement.aligned(pair.left.entries, pair.right.entries, apart: names).map {
                (relation.entries[$0.left].value, relation.entries[$0.right].value)
            }
            let ends = [(pair.left.least, pair.right.least), (pair.left.most, pair.right.most)]
            let crossed = [(pair.left.least, pair.right.most), (pair.left.most, pair.right.least)]
            return (sets + ends + crossed + [(mean(pair.left), mean(pair.right))]).contains { left, right in
                amounts(left, right, figure, relation.columns[pair.column], figure.token).contains {
                    figure.quantity.prints($0, slack: slack)
                }
            }
        }
        return comes
            ? open : .contradicted(.I02, text(of: first), "No two values of what it names come to it.", .warning)
    }

    /// `A generates 2,877 tokens/s, 8 % more than B`: the value that stands before it tells of which of A's rows it is said,
    /// and so of which of B's, although no word does.
    func anchored(_ amount: Int, _ sides: Sides) -> Pair? {
        guard let value = anchor(of: amount) else { return nil }
        let names = Set((sides.left.labels + sides.right.labels).map { relation.labels[$0].name })
        let hits = Search(relation: relation).measured(value, limit: Comparisons.mostHits).filter {
            contains(sides.left.rows, relation.entries[$0].row)
        }
        let pairs = hits.flatMap { hit -> [Pair] in
            let column = relation.entries[hit].column
            let others = relation.columns[column].entries.prefix(ValueJudge.mostCandidates).filter {
                contains(sides.right.rows, relation.entries[$0].row)
            }
            return statement.aligned([hit], Array(others), apart: names).map { left, right in
                let values = [left, right].map { relation.entries[$0].value }
                return Pair(
                    column: column, left: Statement.Values(relation, [left]),
                    right: Statement.Values(relation, [right]),
                    isMore: values[0] == values[1] ? nil : values[0] > values[1])
            }
        }
        guard Set(pairs.map { $0.right.least }).count == 1, let pair = pairs.first else { return nil }
        // The metric that is named is another one: by chance that has the value.
        if let metric = statement.metric(near: value.token), metric.isWhole, !metric.tokens.isEmpty,
            !metric.names(pair.column)
        {
            return nil
        }
        return pair
    }

    private func anchor(of amount: Int) -> Figure? {
        guard let value = statement.figures.last(where: { $0.token < amount && !$0.isRelative }),
            value.hedge == .exact, !value.isDerived, value.quantity.significant >= 3,
            amount - value.token <= Comparisons.anchorReach,
            !tokens[value.token..<amount].contains(where: { $0.isMark(";") })
        else { return nil }
        return value
    }

    /// The measured value that stands before it is of other rows than those that the words tell.
    func isAnchoredElsewhere(_ amount: Int, _ pairs: [Pair]) -> Bool {
        guard let value = anchor(of: amount), let unit = value.unit, unit.dimension != .count else { return false }
        return !pairs.contains { pair in
            [pair.left, pair.right].contains {
                $0.isOne && Matching.prints(value, $0.least, relation.columns[pair.column])
            }
        }
    }

    /// Words between a value and what it is more by.
    private static let anchorReach = 10
    private static let mostHits = 24

    /// Other values of the two in the same unit, which give the amount: those of another tool, say.
    func otherSource(_ figure: Figure, _ slack: Double, _ pairs: [Pair], _ sides: Sides) -> Pair? {
        let units = pairs.compactMap { relation.columns[$0.column].unit }
        let others = relation.columns.indices.filter { column in
            guard !pairs.contains(where: { $0.column == column }), let unit = relation.columns[column].unit else {
                return false
            }
            return units.contains { $0.isComparable(with: unit) }
        }
        let names = Set((sides.left.labels + sides.right.labels).map { relation.labels[$0].name })
        return others.lazy.flatMap { column -> [Pair] in
            let entries = relation.columns[column].entries.prefix(ValueJudge.mostCandidates)
            let own = [sides.left, sides.right].map { side in
                entries.filter { contains(side.rows, relation.entries[$0].row) }
            }
            return statement.aligned(own[0], own[1], apart: names).map { left, right in
                Pair(
                    column: column, left: Statement.Values(relation, [left]),
                    right: Statement.Values(relation, [right]), isMore: nil)
            }
        }.first { pair in
            amounts(pair.left.least, pair.right.least, figure, relation.columns[pair.column], figure.token).contains {
                figure.quantity.prints($0, slack: slack)
            }
        }
    }

    private func mean(_ values: Statement.Values) -> Double {
        values.entries.reduce(0) { $0 + relation.entries[$1].value } / Double(values.entries.count)
    }

    /// The one that every kind of name of an entity has besides it.
    private func other(than entity: Reading.Entity) -> Reading.Entity? {
        var labels: [Int] = []
        let texts = entity.labels.filter { relation.labels[$0].kind == .text }
        for (name, own) in Dictionary(grouping: texts, by: { relation.labels[$0].name }) {
            let all = relation.labels.indices.filter {
                relation.labels[$0].name == name && !relation.labels[$0].isTotal
            }
            guard own.count == 1, all.count == 2 else { return nil }
            labels += all.filter { $0 != own[0] }
        }
        guard !labels.isEmpty else { return nil }
        return Reading.Entity(
            tokens: entity.tokens, labels: labels.sorted(), rows: relation.rows(withAny: labels), group: entity.group,
            isWhole: true, isKey: false)
    }
}
