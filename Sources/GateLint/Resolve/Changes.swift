internal import GateCore
internal import GateVocabulary

/// By how much a value that stands there is more or less than that of another name: `compared with A, throughput rose by 5 % to
/// 551.8 requests/s`, `186 ms, 75 % more than in A`.
///
/// The value tells of which row and column it is, whatever the words were taken for; the other name tells the other row.
struct Changes {
    let statement: Statement
    let comparisons: Comparisons
    private var relation: Relation { statement.relation }
    private var tokens: [Token] { statement.tokens }

    /// Words between a value and the amount.
    private static let reach = 8
    private static let mostHits = 24

    func judge() -> Statement.Outcome {
        var outcome = Statement.Outcome()
        for figure in statement.figures where isAmount(figure) {
            let direction = direction(figure)
            guard let place = direction?.place ?? multiple(figure), let value = value(of: figure),
                let pair = pair(of: value, near: figure.token, behind: place)
            else {
                continue
            }
            let (now, then) = (relation.entries[pair.value].value, relation.entries[pair.other].value)
            let column = relation.columns[relation.entries[pair.value].column]
            let text = "\(relation.describe(pair.value)), \(relation.describe(pair.other))"
            let amounts = comparisons.amounts(now, then, figure, column, figure.token)
            guard let first = amounts.first else { continue }
            outcome.verdicts[value.token] = .grounded(relation.describe(pair.value))
            guard amounts.contains(where: { figure.quantity.prints($0, slack: figure.slack) }) else {
                // The metric that is named is another one: by chance that has the value.
                guard isNamed(value, relation.entries[pair.value].column) else { continue }
                outcome.verdicts[figure.token] = .contradicted(
                    .I02, text,
                    "From the two values follows \(shown((1000 * first).rounded() / 1000)) \(unit(of: figure)).")
                continue
            }
            outcome.verdicts[figure.token] = .derivable("follows from \(text)")
            guard let direction, now != then, (now > then) != (direction.way == .up) else { continue }
            outcome.findings.append(
                Statement.Finding(
                    tokens: min(direction.place, figure.token)..<max(direction.place, figure.token) + 1, rule: .I03,
                    evidence: text, message: "By the data it is the other way round."))
        }
        return outcome
    }

    private func isNamed(_ value: Figure, _ column: Int) -> Bool {
        guard let metric = value.metric, metric.mention.isWhole, metric.certainty <= .inherited else { return true }
        return metric.mention.names(column)
    }

    private func unit(of figure: Figure) -> String {
        figure.quantity.isPercent ? "%" : figure.unit?.name ?? "times"
    }

    private func isAmount(_ figure: Figure) -> Bool {
        figure.hedge != .bound && !figure.isCell && (figure.isRelative || figure.unit != nil) && !isListed(figure)
    }

    /// `by 5 %, 8 % and 11 %`: each is of its own.
    private func isListed(_ figure: Figure) -> Bool {
        statement.figures.contains { other in
            other.token != figure.token && other.isRelative == figure.isRelative
                && other.quantity.isPercent == figure.quantity.isPercent && other.unit?.name == figure.unit?.name
                && abs(other.token - figure.token) <= 3
        }
    }

    /// `rose by 5 %`, `5 % more`: which way, and where that stands.
    private func direction(_ figure: Figure) -> (way: Lexicon.Direction, place: Int)? {
        let before = tokens[..<figure.token].indices.suffix(2).last {
            !["by", "about", "some"].contains(tokens[$0].text)
        }
        if let before, tokens[figure.token - 1].text == "by", let way = Lexicon.directions[tokens[before].text] {
            return (way, before)
        }
        let behind = tokens[(figure.token + 1)...].indices.prefix(3).first {
            tokens[$0].isWord && !Lexicon.ofAmounts.contains(tokens[$0].text)
        }
        guard let behind, !tokens[figure.token..<behind].contains(where: { $0.isMark(",;:)") }) else { return nil }
        switch Lexicon.comparisons[tokens[behind].text] {
        case .more: return (.up, behind)
        case .less: return (.down, behind)
        default: return nil
        }
    }

    /// `7.7 times the rate at 1`, `1.9x that of A`: where it says of what.
    private func multiple(_ figure: Figure) -> Int? {
        guard figure.quantity.isFactor || comparisons.isTimes(figure.token) else { return nil }
        let behind = tokens[(figure.token + 1)...].indices.prefix(3).first {
            tokens[$0].text != "times" && tokens[$0].text != "x" && !tokens[$0].isMark("*_`")
        }
        return behind.flatMap { ["the", "that", "what", "as"].contains(tokens[$0].text) ? $0 : nil }
    }

    /// The measured value before the amount, or the one to which it went: `by 5 % to 551.8`.
    private func value(of amount: Figure) -> Figure? {
        let clause = statement.clause(around: amount.token)
        func isValue(_ figure: Figure) -> Bool {
            figure.token != amount.token && !figure.isRelative && figure.hedge == .exact && !figure.isDerived
                && clause.contains(figure.token) && figure.quantity.significant >= 3
                && (figure.quantity.decimals > 0 || figure.unit.map { $0.dimension != .count } ?? false)
        }
        let goal = statement.figures.first { $0.token > amount.token }
        if let goal, isValue(goal), tokens[goal.token - 1].text == "to", goal.token - amount.token <= Changes.reach {
            return goal
        }
        guard let last = statement.figures.last(where: { $0.token < amount.token }), isValue(last),
            amount.token - last.token <= Changes.reach, last.token == 0 || tokens[last.token - 1].text != "from",
            !tokens[last.token..<amount.token].contains(where: { $0.isMark("(;") || $0.text == "and" })
        else { return nil }
        return last
    }

    /// The value in the data, and that of the one other name of its kind in the sentence.
    ///
    /// - Parameter direction: behind `more` the name stands, if anywhere: `30 % more than last year` is of nothing that is known.
    private func pair(of value: Figure, near amount: Int, behind direction: Int) -> (value: Int, other: Int)? {
        let hits = Search(relation: relation).measured(value, limit: Changes.mostHits)
        guard !hits.isEmpty, hits.count < Changes.mostHits else { return nil }
        var pairs: [(value: Int, other: Int)] = []
        let clause = statement.clause(around: amount)
        for reference in statement.reading.entities
        where reference.isWhole
            && (clause.overlaps(reference.tokens) && (direction < amount || reference.tokens.lowerBound > direction)
                || isReferred(reference))
        {
            let names = Set(reference.labels.map { relation.labels[$0].name })
            let own = hits.filter { hit in
                let row = relation.rows[relation.entries[hit].row]
                return !contains(reference.rows, relation.entries[hit].row)
                    && row.labels.contains { names.contains(relation.labels[$0].name) }
            }
            guard !own.isEmpty else { continue }
            let columns = Set(own.map { relation.entries[$0].column })
            for column in columns.sorted() {
                let left = under(own.filter { relation.entries[$0].column == column }, besides: reference)
                let right = relation.columns[column].entries.prefix(ValueJudge.mostCandidates).filter {
                    contains(reference.rows, relation.entries[$0].row)
                }
                pairs += statement.aligned(left, Array(right), apart: names).map { ($0.left, $0.right) }
            }
        }
        let others = Set(pairs.map { relation.entries[$0.other].value })
        return others.count == 1 ? pairs.first : nil
    }

    /// `compared with A`, `against A`
    private func isReferred(_ entity: Reading.Entity) -> Bool {
        tokens[..<entity.tokens.lowerBound].suffix(3).contains { Lexicon.references.contains($0.text) }
    }

    /// Those of the rows that the sentence names besides, where that leaves any.
    private func under(_ hits: [Int], besides reference: Reading.Entity) -> [Int] {
        statement.reading.entities.reduce(hits) { hits, entity in
            guard entity.tokens != reference.tokens else { return hits }
            let both = hits.filter { contains(entity.rows, relation.entries[$0].row) }
            guard both.isEmpty else { return both }
            // It is the value of another one than the sentence names.
            let names = Set(entity.labels.map { relation.labels[$0].name })
            return hits.filter { hit in
                !relation.rows[relation.entries[hit].row].labels.contains { names.contains(relation.labels[$0].name) }
            }
        }
    }
}
