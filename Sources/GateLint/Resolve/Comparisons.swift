internal import GateCore
internal import GateVocabulary

/// Two subjects and one metric: which is more, by how much, how many times.
struct Comparisons {
    let statement: Statement
    private var relation: Relation { statement.relation }
    private var tokens: [Token] { statement.tokens }

    init(_ statement: Statement) { self.statement = statement }

    private struct Sides {
        let left: Reading.Entity
        let right: Reading.Entity
        /// How often two values were set against each other.
        var span: Range<Int> {
            min(left.tokens.lowerBound, right.tokens.lowerBound)..<max(left.tokens.upperBound, right.tokens.upperBound)
        }
    }

    /// One subject's values against the other's in a column.
    private struct Pair {
        let column: Int
        let left: Statement.Values
        let right: Statement.Values
        let text: String

        /// Nil where the values overlap.
        var isMore: Bool? { left.least > right.most ? true : left.most < right.least ? false : nil }
        var isEqual: Bool { left.isOne && right.isOne && left.least == right.least }
    }

    func judge() -> Statement.Outcome {
        var outcome = Statement.Outcome()
        var isCompared = false
        var before: Sides?
        for (index, token) in tokens.enumerated() {
            guard let comparison = Lexicon.comparisons[token.text], token.isWord, !isNegated(index), !isThreshold(index)
            else { continue }
            guard let sides = sides(index, after: before) else {
                if let wrong = printed(comparison, index) { outcome.findings.append(wrong) }
                continue
            }
            isCompared = true
            before = sides
            judge(comparison, index, sides, &outcome)
        }
        if !isCompared { ratios(&outcome) }
        printedAmounts(&outcome)
        return outcome
    }

    private func judge(
        _ comparison: Lexicon.Comparison, _ index: Int, _ sides: Sides, _ outcome: inout Statement.Outcome
    ) {
        let pairs = pairs(sides, index, comparison)
        let amount = amount(index)
        guard !pairs.isEmpty else { return }
        let verdicts = pairs.map { holds(comparison, $0) }
        if verdicts.allSatisfy({ $0 == false }) {
            let clause =
                min(sides.span.lowerBound, index)..<max(sides.span.upperBound, index + 1)
            outcome.findings.append(
                Statement.Finding(
                    tokens: clause, rule: .I03, evidence: pairs.prefix(2).map(\.text).joined(separator: "; "),
                    message: "By the data it is the other way round."))
            if let amount { outcome.verdicts[amount] = .unverifiable("The order that it belongs to is wrong.") }
            return
        }
        guard let amount else { return }
        outcome.verdicts[amount] = check(amount, pairs)
    }

    private func isNegated(_ index: Int) -> Bool {
        tokens[..<index].suffix(3).contains { Lexicon.negations.contains($0.text) }
    }

    /// `above 110 ms`, `more than 5 %`: a bound, and no comparison of two.
    private func isThreshold(_ index: Int) -> Bool {
        let after = tokens[(index + 1)...].prefix(3).filter { !$0.isMark("*_`") }
        guard let first = after.first else { return false }
        return first.number != nil || first.text == "than" && after.dropFirst().first?.number != nil
    }

    // MARK: - Sides

    /// What is compared with what: the reference stands behind `than`, `compared with` or the word itself.
    private func sides(_ index: Int, after before: Sides?) -> Sides? {
        let clause = statement.clause(around: index)
        let entities = statement.reading.entities.filter { clause.overlaps($0.tokens) }
        let groups = Set(entities.map(\.group)).sorted {
            isKey($0, entities) ? !isKey($1, entities) ? false : $0 < $1 : isKey($1, entities) || $0 < $1
        }
        for group in groups {
            let members = entities.filter { $0.group == group }
            guard members.count > 1, let right = reference(members, index, clause) else { continue }
            let others = members.filter { intersection($0.rows, right.rows).isEmpty }
            let between = others.filter {
                $0.tokens.lowerBound > index && $0.tokens.upperBound <= right.tokens.lowerBound
            }
            guard
                let left = between.last ?? others.last(where: { $0.tokens.upperBound <= index })
                    ?? others.first(where: { $0.tokens.lowerBound > index })
            else { continue }
            // `faster than B and 22x faster than C`: still of A.
            if let before, before.right.tokens == left.tokens, clause.overlaps(before.left.tokens) {
                return Sides(left: before.left, right: right)
            }
            return Sides(left: left, right: right)
        }
        return nil
    }

    private func isKey(_ group: Int, _ entities: [Reading.Entity]) -> Bool {
        entities.first { $0.group == group }?.isKey ?? false
    }

    private func reference(_ members: [Reading.Entity], _ index: Int, _ clause: Range<Int>) -> Reading.Entity? {
        let isRelation = Lexicon.relations.contains(tokens[index].text)
        let marker =
            isRelation
            ? index
            : clause.first { place in
                tokens[place].text == "than" && place > index && place - index <= 16
            }
                ?? clause.first { Lexicon.references.contains(tokens[$0].text) }
        guard let marker, let right = members.first(where: { $0.tokens.lowerBound > marker }),
            right.tokens.lowerBound - marker <= 9
        else { return nil }
        // `than that of A`: nothing else is named in between.
        let metric = statement.metric(near: index)?.tokens ?? 0..<0
        let between = (marker + 1)..<max(right.tokens.lowerBound, marker + 1)
        let isClear = between.allSatisfy { place in
            let token = tokens[place]
            return !token.isWord && !token.isIdentifier && token.number == nil || Lexicon.stop.contains(token.text)
                || metric.contains(place)
                || Lexicon.statistics[token.text] != nil || Lexicon.references.contains(token.text)
                || statement.reading.statistics.contains { $0.token == place }
        }
        return isClear ? right : nil
    }

    // MARK: - Values

    private func pairs(_ sides: Sides, _ index: Int, _ comparison: Lexicon.Comparison?) -> [Pair] {
        let conditions = statement.condition(besides: [sides.left.group])
        let dimensions: [Dimension]
        switch comparison {
        case .quicker, .slower: dimensions = [.time, .rate]
        default: dimensions = statement.reading.dimensions.map(\.dimension)
        }
        let units = statement.figures.filter { !$0.isRelative && $0.token < index }.compactMap(\.unit).filter {
            $0.dimension != .count
        }
        return statement.columns(near: index, dimensions: dimensions).filter { column in
            // A comparison of what is printed in another unit is about another column.
            guard let unit = relation.columns[column].unit else { return units.isEmpty }
            return units.isEmpty || units.contains { $0.isComparable(with: unit) }
        }.compactMap { column in
            let conditions = statement.conditions(conditions, on: column)
            guard let left = statement.values(statement.rows(sides.left.rows, under: conditions), column),
                let right = statement.values(statement.rows(sides.right.rows, under: conditions), column)
            else { return nil }
            return Pair(
                column: column, left: left, right: right,
                text: "\(relation.describe(left.mostEntry)), \(relation.describe(right.mostEntry))")
        }
    }

    /// Nil where the values overlap or the direction of the metric is not known.
    private func holds(_ comparison: Lexicon.Comparison, _ pair: Pair) -> Bool? {
        guard let isMore = pair.isMore else {
            return pair.isEqual && (comparison == .more || comparison == .less) ? false : nil
        }
        let column = relation.columns[pair.column]
        switch comparison {
        case .more: return isMore
        case .less: return !isMore
        case .better: return Preference(column).map { ($0 == .higher) == isMore }
        case .worse: return Preference(column).map { ($0 == .lower) == isMore }
        case .quicker, .slower:
            let isQuicker: Bool
            switch column.dimension {
            case .time: isQuicker = !isMore
            case .rate: isQuicker = isMore
            default:
                guard let preference = Preference(column) else { return nil }
                isQuicker = (preference == .higher) == isMore
            }
            return isQuicker == (comparison == .quicker)
        }
    }

    // MARK: - By how much

    /// The token of the amount of a comparison: `65 % higher`, `13.7x faster`, `3 ms less`, `lower by 12 %`.
    private func amount(_ index: Int) -> Int? {
        var place = index - 1
        while place >= 0, index - place <= 5 {
            if let number = tokens[place].number { return number.isOrdinal ? nil : place }
            guard Lexicon.ofAmounts.contains(tokens[place].text) || isUnit(place) else { break }
            place -= 1
        }
        let after = tokens[(index + 1)...].prefix(16)
        guard let by = after.firstIndex(where: { $0.text == "by" }) else { return nil }
        return tokens[(by + 1)...].prefix(3).firstIndex { $0.number != nil }
    }

    private func isUnit(_ place: Int) -> Bool {
        tokens[place].isMark("*_`(") || MeasuredUnit(tokens[place].text) != nil
    }

    private func check(_ token: Int, _ pairs: [Pair]) -> Verdict {
        guard let figure = statement.figures.first(where: { $0.token == token }) else {
            return .unverifiable("It is no claim.")
        }
        let before = tokens[..<token].last?.text ?? ""
        var slack = figure.slack
        if figure.hedge == .bound || Lexicon.bounds.contains(before) {
            return .unverifiable("It is a bound, not a value.")
        }
        if Lexicon.about.contains(before) { slack = max(figure.quantity.halfStep, abs(figure.quantity.value) * 0.05) }
        let single = pairs.filter { $0.left.isOne && $0.right.isOne }
        for pair in single {
            let values = amounts(pair.left.least, pair.right.least, figure, relation.columns[pair.column], token)
            if values.contains(where: { figure.quantity.prints($0, slack: slack) }) {
                return .derivable("follows from \(pair.text)")
            }
        }
        guard let pair = single.first, single.count == pairs.count,
            let first = amounts(pair.left.least, pair.right.least, figure, relation.columns[pair.column], token).first
        else { return .unverifiable("Several values are compared.") }
        return .contradicted(
            .I02, pair.text,
            "From the two values follows \(shown((1000 * first).rounded() / 1000))\(figure.quantity.unit.map { " \($0.name)" } ?? "")."
        )
    }

    /// What people say of two values: of the one in parts of the other, what is more or less of it, the difference.
    private func amounts(
        _ left: Double, _ right: Double, _ figure: Figure, _ column: Relation.Column, _ token: Int
    ) -> [Double] {
        let gap = abs(left - right)
        let isShare = column.isFraction || column.unit?.name == "%" || column.dimension == .ratio
        if figure.quantity.isPercent {
            let isPoints = tokens[(token + 1)...].prefix(2).contains { $0.text == "points" || $0.text == "pp" }
            let points = isShare ? [column.unit?.name == "%" || !column.isFraction ? gap : 100 * gap] : []
            guard left != 0, right != 0, !isPoints else { return points }
            let (a, b) = (abs(left / right), abs(right / left))
            return [100 * abs(a - 1), 100 * abs(b - 1), 100 * a, 100 * b] + points
        }
        if figure.quantity.isFactor || isTimes(token) {
            guard left != 0, right != 0 else { return [] }
            let (a, b) = (abs(left / right), abs(right / left))
            return [max(a, b), min(a, b), max(a, b) - 1]
        }
        guard let unit = figure.unit, unit.dimension != .count || column.unit != nil else {
            return [gap] + (isShare ? [100 * gap, gap / 100] : [])
        }
        if let other = column.unit {
            return unit.dimension == other.dimension || unit.dimension == .count
                ? [gap * other.factor / unit.factor] : []
        }
        return [gap, gap * 1e3, gap / 1e3, gap * 1e6, gap / 1e6, gap * 1e9, gap / 1e9]
    }

    private func isTimes(_ token: Int) -> Bool {
        tokens[(token + 1)...].prefix(2).contains { ["times", "fold", "x"].contains($0.text) }
    }

    // MARK: - Ratios

    /// `the cost of A is 13.5x that of B`, `A has 1.9 times the latency of B`
    private func ratios(_ outcome: inout Statement.Outcome) {
        for figure in statement.figures where figure.quantity.isFactor || isTimes(figure.token) {
            let clause = statement.clause(around: figure.token)
            let entities = statement.reading.entities.filter { clause.overlaps($0.tokens) }
            for group in Set(entities.map(\.group)).sorted() {
                let members = entities.filter { $0.group == group }
                guard members.count == 2, members[0].tokens.upperBound <= figure.token,
                    members[1].tokens.lowerBound > figure.token, statement.metric(near: figure.token) != nil
                else { continue }
                let pairs = pairs(Sides(left: members[0], right: members[1]), figure.token, nil).filter {
                    $0.left.isOne && $0.right.isOne && $0.right.least != 0
                }
                guard let pair = pairs.first else { continue }
                let ratios = pairs.map { $0.left.least / $0.right.least }
                if ratios.contains(where: { figure.quantity.prints($0, slack: figure.slack) }) {
                    outcome.verdicts[figure.token] = .derivable("follows from \(pair.text)")
                } else if pairs.count == 1, figure.hedge != .bound {
                    outcome.verdicts[figure.token] = .contradicted(
                        .I02, pair.text, "The ratio of the two values is \(shown((100 * ratios[0]).rounded() / 100)).")
                }
                return
            }
        }
    }

    // MARK: - Numbers alone

    /// `lark reached 301 tok/s against 299 tok/s for wren, so it is slower`: the two numbers say it.
    private func printed(_ comparison: Lexicon.Comparison, _ index: Int) -> Statement.Finding? {
        guard tokens[(index + 1)...].first?.text != "than" else { return nil }
        let values = statement.figures.filter { !$0.isRelative }
        let before = values.filter { $0.token < index }
        // `A has the higher score (0.56 against 0.50)`
        let behind = values.filter { $0.token > index }
        let isBehind = before.isEmpty && behind.count == 2 && index + 12 > (behind.first?.token ?? 0)
        let pair = isBehind ? behind : before
        guard pair.count == 2,
            tokens[pair[0].token..<pair[1].token].contains(where: { Lexicon.references.contains($0.text) }),
            pair[0].unit?.dimension == pair[1].unit?.dimension,
            isBehind || pair[0].unit != nil
        else { return nil }
        let dimension = pair[0].unit?.dimension
        let (a, b) = (
            pair[0].quantity.value * (pair[0].unit?.factor ?? 1), pair[1].quantity.value * (pair[1].unit?.factor ?? 1)
        )
        let isMore: Bool
        switch (comparison, dimension) {
        case (.more, _), (.quicker, .rate), (.better, .rate), (.slower, .time), (.worse, .time): isMore = true
        case (.less, _), (.slower, .rate), (.worse, .rate), (.quicker, .time), (.better, .time): isMore = false
        default: return nil
        }
        guard a != b, (a > b) != isMore else { return nil }
        return Statement.Finding(
            tokens: index..<index + 1, rule: .I03,
            evidence: "\(tokens[pair[0].token].text) against \(tokens[pair[1].token].text)",
            message: "The two numbers say the other way.", isOfNumbers: true)
    }

    /// `went from 41.8 to 57.0 (+36 %)`, `301 against 299, 0.9 % faster`: what the two numbers before it come to.
    private func printedAmounts(_ outcome: inout Statement.Outcome) {
        for (place, figure) in statement.figures.enumerated()
        where figure.isRelative && outcome.verdicts[figure.token] == nil && place > 1 && figure.hedge == .exact {
            let (first, second) = (statement.figures[place - 2], statement.figures[place - 1])
            guard !first.isRelative, !second.isRelative, first.unit?.dimension == second.unit?.dimension,
                isLinked(first, second), figure.token - second.token <= 24, isValue(first), isValue(second),
                !tokens[second.token..<figure.token].contains(where: { $0.isMark(";") || $0.text == "while" }),
                case let left = first.quantity.value * (first.unit?.factor ?? 1),
                case let right = second.quantity.value * (second.unit?.factor ?? 1), left > 0, right > 0
            else { continue }
            // The printed numbers are rounded themselves.
            let slack =
                1.01
                * (first.quantity.halfStep / first.quantity.value + second.quantity.halfStep / second.quantity.value)
            let (a, b) = (left / right, right / left)
            let values =
                figure.quantity.isFactor
                ? [a, b] : [100 * abs(a - 1), 100 * abs(b - 1)] + (isChange(figure.token) ? [] : [100 * a, 100 * b])
            let text = "\(tokens[first.token].text), \(tokens[second.token].text)"
            if values.contains(where: {
                figure.quantity.prints($0, slack: slack * (figure.quantity.isFactor ? $0 : 100 * max(a, b)))
            }) {
                outcome.verdicts[figure.token] = .derivable("follows from \(text)")
            } else {
                outcome.verdicts[figure.token] = .contradicted(
                    .I02, text, "From the two numbers follows \(shown((10 * values[0]).rounded() / 10)).")
            }
        }
    }

    /// `from 8 to 64 clients` are conditions rather than values.
    private func isValue(_ figure: Figure) -> Bool {
        figure.quantity.decimals > 0 || figure.quantity.significant >= 3
            || figure.unit.map { $0.dimension != .count } ?? false
    }

    private func isChange(_ token: Int) -> Bool {
        tokens[(token + 1)...].prefix(2).contains {
            Lexicon.comparisons[$0.text] != nil || Lexicon.directions[$0.text] != nil
        }
    }

    /// `from 12 to 15`, `12 against 15`
    private func isLinked(_ first: Figure, _ second: Figure) -> Bool {
        let between = tokens[(first.token + 1)..<second.token]
        let before = tokens[..<first.token].suffix(2)
        return between.count <= 8
            && (before.contains { $0.text == "from" } && between.contains { $0.text == "to" || $0.text == "→" }
                || between.contains { Lexicon.references.contains($0.text) })
    }

    /// `falls from 12 to 15`: the two numbers say the other way.
    func directions() -> [Statement.Finding] {
        var findings: [Statement.Finding] = []
        for (first, second) in zip(statement.figures, statement.figures.dropFirst()) {
            guard first.token > 0,
                tokens[first.token - 1].text == "from" || tokens[max(0, first.token - 2)].text == "from",
                case let between = tokens[(first.token + 1)..<second.token], between.count <= 4,
                between.contains(where: { $0.text == "to" || $0.text == "→" }),
                let place = tokens[..<first.token].indices.suffix(8).last(where: {
                    Lexicon.directions[tokens[$0].text] != nil
                }),
                let direction = Lexicon.directions[tokens[place].text],
                !tokens[place..<first.token].contains(where: { $0.number != nil })
            else { continue }
            let (unit, other) = (first.unit, second.unit)
            var (a, b) = (
                first.quantity.value * (unit?.factor ?? other?.factor ?? 1),
                second.quantity.value * (other?.factor ?? unit?.factor ?? 1)
            )
            // `from 0.72 to 26 %`
            if (unit?.name == "%") != (other?.name == "%") {
                if unit == nil, first.quantity.value <= 1 { a = first.quantity.value }
                if other == nil, second.quantity.value <= 1 { b = second.quantity.value }
            }
            guard a != b, (b > a) != (direction == .up) else { continue }
            findings.append(
                Statement.Finding(
                    tokens: place..<second.token + 1, rule: .I03,
                    evidence: "\(tokens[first.token].text) → \(tokens[second.token].text)",
                    message: "The two numbers go the other way.", isOfNumbers: true))
        }
        return findings
    }
}
