internal import GateCore
internal import GateVocabulary

/// Two subjects and one metric: which is more, by how much, how many times.
struct Comparisons {
    let statement: Statement
    var relation: Relation { statement.relation }
    var tokens: [Token] { statement.tokens }

    init(_ statement: Statement) { self.statement = statement }

    struct Sides {
        let left: Reading.Entity
        let right: Reading.Entity
        /// How often two values were set against each other.
        var span: Range<Int> {
            min(left.tokens.lowerBound, right.tokens.lowerBound)..<max(left.tokens.upperBound, right.tokens.upperBound)
        }
    }

    /// One subject's values against the other's in a column.
    struct Pair {
        let column: Int
        let left: Statement.Values
        let right: Statement.Values
        /// What is more, of the values that only the two names tell apart; nil where they do not agree.
        let isMore: Bool?

        var isEqual: Bool { left.isOne && right.isOne && left.least == right.least }
    }

    func judge() -> Statement.Outcome {
        var outcome = Statement.Outcome()
        var isCompared = false
        var before: Sides?
        for (index, token) in tokens.enumerated() {
            guard let comparison = Lexicon.comparisons[token.text] ?? standing(index), token.isWord, !isNegated(index),
                !isThreshold(index), !isOfSo(index),
                !isAttribute(index)
            else { continue }
            let isOfTwo = which(index) != nil || bracketed(index) != nil || inTwoBrackets(index) != nil
            guard !isOfTwo, let sides = sides(index, after: before) ?? goesOn(index, before) else {
                if let wrong = printed(comparison, index) { outcome.findings.append(wrong) }
                continue
            }
            isCompared = true
            before = sides
            let found = outcome.findings.count
            judge(comparison, index, sides, &outcome)
            // `A is faster than B (4.42 s against 4.33 s)`, whatever the data says of A and B.
            if outcome.findings.count == found, inOneBracket(index) != nil, let wrong = printed(comparison, index) {
                outcome.findings.append(wrong)
            }
        }
        if !isCompared { ratios(&outcome) }
        gaps(&outcome)
        multiples(&outcome)
        printedAmounts(&outcome)
        return outcome
    }

    private func judge(
        _ comparison: Lexicon.Comparison, _ index: Int, _ sides: Sides, _ outcome: inout Statement.Outcome
    ) {
        let amount = amount(index)
        guard !isOfUnread(index) else { return }
        var told = pairs(sides, index, comparison)
        if let amount, isAnchoredElsewhere(amount, told) { told = [] }
        // What was named before `its shorter prompts make A 12 % cheaper than B` is no price.
        if Comparisons.ofCost.contains(tokens[index].text) { told = told.filter { isOfCost($0.column) } }
        let byValue = told.contains { $0.left.isOne && $0.right.isOne } ? nil : amount.flatMap { anchored($0, sides) }
        guard
            byValue != nil
                || !told.isEmpty
                    && (isOfAll(comparison) && inUnit(ofAmount: index) == nil
                        ? isToldOfAll(comparison, told, index) : !statement.isImplied(near: index))
        else { return }
        let pairs = byValue.map { [$0] } ?? told
        if pairs.allSatisfy({ holds(comparison, $0) == false }) {
            let clause =
                min(sides.span.lowerBound, index)..<max(sides.span.upperBound, index + 1)
            outcome.findings.append(
                Statement.Finding(
                    tokens: clause, rule: .I03, evidence: pairs.prefix(2).map(text).joined(separator: "; "),
                    message: "By the data it is the other way round."))
            if let amount { outcome.verdicts[amount] = .unverifiable("The order that it belongs to is wrong.") }
            return
        }
        guard let amount else { return }
        outcome.verdicts[amount] = check(amount, pairs, sides)
    }

    private static let ofCost: Set<String> = ["cheaper", "costlier", "dearer", "expensive"]

    private func isOfCost(_ column: Int) -> Bool {
        let column = statement.relation.columns[column]
        return column.unit?.dimension == .money
            || !Set(column.terms).isDisjoint(with: ["cost", "price", "spend", "bill", "fee"].map(stem))
    }

    /// `a higher idle share than B`: more of what the data does not know.
    private func isOfUnread(_ index: Int) -> Bool {
        let words = tokens.indices.dropFirst(index + 1).prefix(4).prefix {
            (tokens[$0].isWord || tokens[$0].isIdentifier) && !Lexicon.stop.contains(tokens[$0].text)
        }
        return words.contains { !statement.isRead($0) }
            && !statement.reading.metrics.contains { metric in words.contains { metric.tokens.contains($0) } }
    }

    /// `A is ahead of B`, `A lags behind B`
    private func standing(_ index: Int) -> Lexicon.Comparison? {
        let next = tokens[(index + 1)...].first?.text
        if tokens[index].text == "ahead", next == "of" { return .better }
        let before = tokens[..<index].last?.text ?? ""
        let isBehind =
            tokens[index].text == "behind" && (Lexicon.copulas.contains(before) || Lexicon.trailing.contains(before))
        return isBehind ? .worse : nil
    }

    /// `A is faster than B`: in all that tells, where no metric is named.
    private func isOfAll(_ comparison: Lexicon.Comparison?) -> Bool {
        // `at every concurrency` is no metric.
        let isOther = statement.reading.metrics.allSatisfy { metric in
            tokens[..<metric.tokens.lowerBound].last.map { ["every", "each"].contains($0.text) } ?? false
        }
        guard isOther else { return false }
        switch comparison {
        case .better, .worse, .quicker, .slower: return true
        case .more, .less, nil: return false
        }
    }

    /// What is better or worse must be so in more than one column, and `in five of six regions` is not in all.
    private func isToldOfAll(_ comparison: Lexicon.Comparison, _ pairs: [Pair], _ index: Int) -> Bool {
        guard comparison == .better || comparison == .worse else { return true }
        let clause = statement.clause(around: index)
        return Set(pairs.map(\.column)).count > 1 && !statement.figures.contains { clause.contains($0.token) }
    }

    /// `is higher for two of the four engines`: for others it is not.
    private func isOfSo(_ index: Int) -> Bool {
        let clause = statement.clause(around: index)
        return statement.figures.contains { figure in
            clause.contains(figure.token) && figure.quantity.isWhole && figure.quantity.digits <= 3
                && (figure.whole.map { $0 >= figure.quantity.value } ?? false)
        }
    }

    func isNegated(_ index: Int) -> Bool {
        tokens[..<index].suffix(3).contains { Lexicon.negations.contains($0.text) }
    }

    /// `89.7 µs for the larger tile`: it tells which one, and not that it is larger.
    private func isAttribute(_ index: Int) -> Bool {
        guard index > 0, index + 1 < tokens.count, Lexicon.determiners.contains(tokens[index - 1].text) else {
            return false
        }
        let isBehindLink = index == 1 || Lexicon.means.contains(tokens[index - 2].text)
        return isBehindLink && tokens[index + 1].isWord && !Lexicon.stop.contains(tokens[index + 1].text)
    }

    /// `above 110 ms`, `more than 5 %`: a bound, and no comparison of two.
    private func isThreshold(_ index: Int) -> Bool {
        let after = tokens[(index + 1)...].prefix(3).filter { !$0.isMark("*_`") }
        // `a higher 95th percentile than B` is none.
        guard let first = after.first, first.number?.isOrdinal != true else { return false }
        return first.number != nil || first.text == "than" && after.dropFirst().first?.number != nil
    }

    // MARK: - Sides

    /// What is compared with what: the reference stands behind `than`, `compared with` or the word itself.
    func sides(_ index: Int, after before: Sides? = nil) -> Sides? {
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
            return isReference(left, before: index) ? nil : Sides(left: left, right: right)
        }
        return implied(index, entities, clause)
    }

    /// `A is smaller than B and still faster`: than B.
    private func goesOn(_ index: Int, _ before: Sides?) -> Sides? {
        guard let before, before.right.tokens.upperBound < index, index - before.right.tokens.upperBound <= 5,
            case let between = tokens[before.right.tokens.upperBound..<index].filter({ !$0.isMark("*_`,") }),
            let link = between.first, ["and", "but", "yet"].contains(link.text),
            between.dropFirst().allSatisfy({ Lexicon.asides.contains($0.text) || $0.text == "also" }),
            tokens.dropFirst(index + 1).prefix(2).allSatisfy({ !$0.isWord || Lexicon.clauseWords.contains($0.text) })
        else { return nil }
        return before
    }

    private func isKey(_ group: Int, _ entities: [Reading.Entity]) -> Bool {
        entities.first { $0.group == group }?.isKey ?? false
    }

    private func reference(_ members: [Reading.Entity], _ index: Int, _ clause: Range<Int>) -> Reading.Entity? {
        let isRelation = Lexicon.relations.contains(tokens[index].text) || standing(index) != nil
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
        // `under strict matching, B`
        if isRelation, between.contains(where: { tokens[$0].isMark(",;:") }) { return nil }
        let isClear = between.allSatisfy { place in
            let token = tokens[place]
            return !token.isWord && !token.isIdentifier && token.number == nil || Lexicon.stop.contains(token.text)
                || metric.contains(place) || Lexicon.things.contains(stem(token.text))
                || Lexicon.statistics[token.text] != nil || Lexicon.references.contains(token.text)
                || statement.reading.statistics.contains { $0.token == place }
        }
        return isClear ? right : nil
    }

    // MARK: - Values

    func pairs(_ sides: Sides, _ index: Int, _ comparison: Lexicon.Comparison?) -> [Pair] {
        let conditions = statement.condition(besides: [sides.left.group])
        let dimensions: [Dimension]
        switch comparison {
        case .quicker, .slower: dimensions = [.time, .rate]
        default: dimensions = statement.reading.dimensions.map(\.dimension)
        }
        let units = statement.figures.filter { !$0.isRelative && $0.token < index }.compactMap(\.unit).filter {
            $0.dimension != .count
        }
        let measure = [.more, .less].contains(comparison) ? statement.measure(behind: index) : nil
        let columns =
            inUnit(ofAmount: index)
            ?? (isOfAll(comparison)
                ? relation.columns.indices.filter { column in
                    statement.isMagnitude(column)
                        && (dimensions.isEmpty
                            ? Preference(relation.columns[column]) != nil
                            : dimensions.contains(relation.columns[column].dimension))
                } : statement.columns(near: index, dimensions: dimensions))
        return relation.withoutSamples(columns).filter { column in
            guard measure == nil || [.unknown, measure].contains(relation.columns[column].dimension) else {
                return false
            }
            // A comparison of what is printed in another unit is about another column.
            guard let unit = relation.columns[column].unit else { return units.isEmpty }
            return units.isEmpty || units.contains { $0.isComparable(with: unit) }
        }.compactMap { column in
            let conditions = statement.conditions(conditions, on: column)
            guard let left = statement.values(statement.rows(sides.left.rows, under: conditions), column),
                let right = statement.values(statement.rows(sides.right.rows, under: conditions), column)
            else { return nil }
            // What is the same throughout was set, and compares nothing; nothing is more than itself.
            guard left.entries != right.entries,
                !left.isOne || !right.isOne || left.least != right.least || !isConstant(column)
            else { return nil }
            return Pair(
                column: column, left: left, right: right, isMore: isMore(left, right, sides))
        }
    }

    private func isMore(_ left: Statement.Values, _ right: Statement.Values, _ sides: Sides) -> Bool? {
        if left.least > right.most { return true }
        if left.most < right.least { return false }
        // `A on one machine is slower than B on another`
        guard
            ![sides.left, sides.right].allSatisfy({ side in
                tokens[side.tokens.upperBound...].first { !$0.isMark("*_`\"") }.map { Lexicon.places.contains($0.text) }
                    ?? false
            })
        else { return nil }
        let names = Set((sides.left.labels + sides.right.labels).map { relation.labels[$0].name })
        let signs = Set(
            statement.aligned(left.entries, right.entries, apart: names).map { one, other in
                let (mine, theirs) = (relation.entries[one].value, relation.entries[other].value)
                return mine == theirs ? 0 : mine > theirs ? 1 : -1
            })
        return signs.count == 1 ? signs.first.flatMap { $0 == 0 ? nil : $0 > 0 } : nil
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
        case .better: return Preference(ofScore: column).map { ($0 == .higher) == isMore }
        case .worse: return Preference(ofScore: column).map { ($0 == .lower) == isMore }
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

    /// `A lags behind B by 409 tok/s`: no metric is named, and one column is in the unit.
    private func inUnit(ofAmount index: Int) -> [Int]? {
        guard statement.reading.metrics.isEmpty, let amount = amount(index),
            let unit = statement.figures.first(where: { $0.token == amount && !$0.isRelative })?.unit,
            ![.count, .ratio, .unknown].contains(unit.dimension)
        else { return nil }
        let columns = relation.columns.indices.filter {
            statement.isMagnitude($0) && relation.columns[$0].unit?.isComparable(with: unit) ?? false
        }
        return columns.count == 1 ? columns : nil
    }

    private func isUnit(_ place: Int) -> Bool {
        tokens[place].isMark("*_`(") || MeasuredUnit(tokens[place].text) != nil
    }

    private func isConstant(_ column: Int) -> Bool {
        let entries = relation.columns[column].entries
        return entries.allSatisfy { relation.entries[$0].value == relation.entries[entries[0]].value }
    }

    func text(of pair: Pair) -> String {
        "\(relation.describe(pair.left.mostEntry)), \(relation.describe(pair.right.mostEntry))"
    }

    private func check(_ token: Int, _ pairs: [Pair], _ sides: Sides) -> Verdict {
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
                return .derivable("follows from \(text(of: pair))")
            }
        }
        guard let pair = single.first, single.count == pairs.count,
            let first = amounts(pair.left.least, pair.right.least, figure, relation.columns[pair.column], token).first
        else { return ofSeveral(figure, slack, pairs, sides) }
        if let other = otherSource(figure, slack, pairs, sides) {
            return .unverifiable("It follows from values that the sentence may mean as well.", text(of: other))
        }
        return .contradicted(
            .I02, text(of: pair),
            "From the two values follows \(shown((1000 * first).rounded() / 1000))\(figure.quantity.unit.map { " \($0.name)" } ?? "")."
        )
    }
}
