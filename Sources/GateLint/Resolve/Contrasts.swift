internal import GateCore
internal import GateVocabulary

/// A number that says how two values stand to each other, against all pairs of values that its sentence may mean: those
/// that it prints, those that the data has beside the printed ones, and those of the rows that it names.
///
/// Where none of them comes to the number in any way of computing, it is doubtful; where the sentence prints just two
/// values and goes on with what they come to, it is wrong.
struct Contrasts {
    let statement: Statement
    private let values: ValueJudge
    let comparisons: Comparisons
    var relation: Relation { statement.relation }
    var tokens: [Token] { statement.tokens }

    private static let mostHits = 8
    private static let mostPrinted = 8
    /// So many rows with one value.
    private static let fewestSet = 4
    private static let mostOfTwo = 8
    private static let reach = 6

    enum Kind { case change, ratio, points }

    private enum Referent { case known, unknown }

    /// A value in base units.
    struct Operand {
        let value: Double
        /// In its own unit.
        let printed: Double
        let dimension: Dimension
        /// What one of it is in points.
        let points: [Double]
        /// Of its last digit, as a share of it.
        var rounding = 0.0
        var entry: Int?
    }

    struct Pair {
        let left: Operand
        let right: Operand
        /// What the number says it says of the left one.
        var isOfLeft = false
        /// The sentence names both.
        var isOfTwo = false

        func isSame(as other: Pair) -> Bool {
            left.value == other.left.value && right.value == other.right.value
                || left.value == other.right.value && right.value == other.left.value
        }
    }

    init(_ statement: Statement) {
        self.statement = statement
        values = ValueJudge(statement.relation)
        comparisons = Comparisons(statement)
    }

    func judge(_ figure: Figure) -> Verdict? {
        guard figure.hedge != .bound, !figure.quantity.isSpelled, let kind = kind(of: figure), !isGiven(figure)
        else { return nil }
        let near = alike(statement.figures.filter { $0.token != figure.token }, kind)
        let all = (near + alike(statement.earlier, kind)).suffix(Contrasts.mostPrinted)
        let referent = referent(figure)
        let printed = Contrasts.pairs(all.map { operand($0) })
        let beside = all.flatMap { besides($0) }
        let anchor = referent == .unknown ? nil : anchor(near, figure)
        let named = named(figure, from: anchor)
        let referred = anchor.map { anchor in named.filter { has(anchor, $0.left) || has(anchor, $0.right) } } ?? []
        let isSure = referent != .unknown && !statement.reading.metrics.isEmpty && metric(of: figure) != nil
        let sure = isSure ? named : referred
        let conclusion = conclusion(near, figure, referent)
        let hits = (printed + sure + beside + named).filter { gives(figure, kind, $0) }
        if let hit = hits.first {
            if !printed.contains(where: { gives(figure, kind, $0) }), let wrong = reversed(figure, kind) {
                return wrong
            }
            if let conclusion, conclusion.isBetween, gives(figure, kind, conclusion.pair),
                isReversed(conclusion.pair, figure)
            {
                return wrong(.I03, conclusion.pair, "By the two values it is the other way round.")
            }
            let own = sure.filter { $0.isOfLeft && gives(figure, kind, $0) }
            if let first = own.first, own.allSatisfy({ isReversed($0, figure) }),
                hits.allSatisfy({ hit in own.contains { $0.isSame(as: hit) } })
            {
                return wrong(.I03, first, "By the two values it is the other way round.").resting(on: .words)
            }
            return .derivable("follows from \(text(of: hit))")
        }
        guard all.allSatisfy(values.isKnown) else { return nil }
        if let pair = conclusion?.pair {
            return wrong(.I02, pair, "The two numbers of the sentence do not come to it.")
        }
        let before = near.filter { $0.token < figure.token && isOneClause($0.token..<figure.token) }
        let told = referent == nil && before.allSatisfy(isMeasured) ? Contrasts.pairs(before.map { operand($0) }) : []
        guard figure.quantity.digits > 1, !isOfMore else { return nil }
        let two = isSure && figure.hedge == .exact ? sure.filter(\.isOfTwo) : []
        if let example = two.first, two.count <= Contrasts.mostOfTwo {
            return wrong(.I02, example, "The values of the two that it names do not come to it.", .warning)
        }
        guard let example = told.first else { return nil }
        return wrong(.I02, example, "No two values that the sentence speaks of come to it.", .warning)
    }

    /// Whether two numbers that the report prints come to it, whatever else of the data could be meant.
    func isPrinted(_ figure: Figure) -> Bool {
        guard let kind = kind(of: figure) else { return false }
        // A share may be so many times another one.
        let others = alike(
            statement.earlier
                + statement.figures.filter { $0.token != figure.token && !goesFrom($0, to: figure) },
            kind == .ratio ? .change : kind)
        return Contrasts.pairs(others.suffix(Contrasts.mostPrinted).map { operand($0) }).contains {
            gives(figure, kind, $0)
        }
    }

    /// `from 1,200 to 1,700 tokens/s, a gain of 42 %`: of which of both it is a share is said.
    private func goesFrom(_ other: Figure, to figure: Figure) -> Bool {
        guard let place = statement.figures.firstIndex(where: { $0.token == figure.token }), place > 1,
            case let (base, goal) = (statement.figures[place - 2], statement.figures[place - 1]),
            other.token == base.token || other.token == goal.token
        else { return false }
        return tokens[..<base.token].suffix(2).contains { $0.text == "from" }
            && tokens[base.token..<goal.token].contains { $0.text == "to" } && figure.quantity.isPercent
    }

    func wrong(_ rule: RuleID, _ pair: Pair, _ message: String, _ severity: Severity = .error) -> Verdict {
        .contradicted(rule, text(of: pair), message, severity)
    }

    private func text(of pair: Pair) -> String {
        [pair.left, pair.right].map { $0.entry.map(relation.describe) ?? shown($0.printed) }.joined(separator: ", ")
    }

    /// What stands behind `than`: something that the data names, or something else.
    private func referent(_ figure: Figure) -> Referent? {
        let behind = tokens[(figure.token + 1)...].prefix(Contrasts.reach)
        guard let marker = behind.firstIndex(where: { ["than", "of", "as"].contains($0.text) }) else { return nil }
        let words = marker..<marker + Contrasts.reach
        return statement.reading.entities.contains { words.contains($0.tokens.lowerBound) } ? .known : .unknown
    }

    /// The value that the number goes on from: `64.7 %; B is 10.3 points behind`.
    private func anchor(_ near: [Figure], _ figure: Figure) -> Figure? {
        let isLed = tokens[(figure.token + 1)...].prefix(3).contains { Lexicon.leading.contains($0.text) }
        return near.last { $0.token < figure.token && (isLed || isOneClause($0.token..<figure.token)) }
    }

    /// More is said to be less; of the left one.
    private func isReversed(_ pair: Pair, _ figure: Figure) -> Bool {
        let next = tokens[(figure.token + 1)...].prefix(3).map(\.text)
        guard pair.isOfLeft, pair.left.value != pair.right.value,
            let comparison = next.lazy.compactMap({ Lexicon.comparisons[$0] }).first
        else { return false }
        return comparison.isMore(of: pair.left.dimension).map { $0 != (pair.left.value > pair.right.value) } ?? false
    }

    private func isOneClause(_ range: Range<Int>) -> Bool {
        !tokens[range].contains { $0.isMark(";") || Lexicon.clauseWords.contains($0.text) }
    }

    // MARK: - What the number says

    private func kind(of figure: Figure) -> Kind? {
        let next = tokens[(figure.token + 1)...].filter { !$0.isMark("*_`)(") }.prefix { !$0.isMark(",;:") }.prefix(4)
            .map(\.text)
        let before = tokens[..<figure.token].filter { !$0.isMark("*_`") }.suffix(3).map(\.text)
        guard !before.contains("which") else { return nil }
        if figure.quantity.isFactor || next.first == "times" {
            return comparisons.isOccurrence(figure) || next.contains("per") ? nil : .ratio
        }
        if before.last == "of", before.dropLast().last.map({ Lexicon.ratios.contains($0) || $0 == "up" }) ?? false {
            return .ratio
        }
        guard
            comparisons.isChange(figure.token)
                || next.prefix(3).contains(where: { Lexicon.leading.contains($0) || Lexicon.points.contains($0) })
        else {
            return nil
        }
        if next.prefix(2).contains(where: Lexicon.points.contains) { return .points }
        return figure.quantity.isPercent && next.first != "of" ? .change : nil
    }

    /// The data has it as such: a column of speedups or of differences.
    private func isGiven(_ figure: Figure) -> Bool {
        values.search.entries(figure, limit: 64).contains { entry in
            NameWords.words(of: relation.columns[relation.entries[entry].column].name).contains {
                Lexicon.outcomes.contains($0) || Lexicon.ratios.contains($0) || Lexicon.gathering.contains($0)
            }
        }
    }

    /// It is said of more than two values, of means, of sums.
    private var isOfMore: Bool {
        statement.reading.statistics.contains { [.statistic(.mean), .statistic(.total)].contains($0.said) }
            || statement.phrase.has(Lexicon.wholes) || statement.phrase.has(Lexicon.gathering)
    }

    func gives(_ figure: Figure, _ kind: Kind, _ pair: Pair) -> Bool {
        let (a, b) = (pair.left.value, pair.right.value)
        let rounding = 1.01 * (pair.left.rounding + pair.right.rounding)
        func prints(_ value: Double, _ slack: Double) -> Bool {
            value.isFinite && figure.quantity.prints(value, slack: figure.slack + slack)
        }
        switch kind {
        case .ratio:
            guard a > 0, b > 0 else { return false }
            let isAdded = tokens[(figure.token + 1)...].prefix(3).contains { Lexicon.comparisons[$0.text] != nil }
            return [a / b, b / a].contains { prints($0, rounding * $0) || isAdded && prints($0 - 1, rounding * $0) }
        case .change:
            guard a > 0, b > 0 else { return false }
            return [a / b, b / a].contains { prints(100 * abs($0 - 1), 100 * rounding * $0) }
        case .points:
            return pair.left.points.contains { prints(abs(a - b) * $0, rounding * max(abs(a), abs(b)) * $0) }
        }
    }

    // MARK: - Printed pairs

    /// Numbers of one kind that two of may be compared: for points shares, for all else what is no factor.
    private func alike(_ figures: [Figure], _ kind: Kind) -> [Figure] {
        figures.filter {
            !$0.quantity.isFactor && !$0.quantity.isSpelled && !$0.isAmount && $0.hedge != .bound
                && (kind == .points
                    ? $0.quantity.isPercent || $0.unit == nil : kind == .change || !$0.quantity.isPercent)
                && comparisons.isValue($0)
        }
    }

    private func isMeasured(_ figure: Figure) -> Bool { figure.unit.map { $0.dimension != .count } ?? false }

    private func operand(_ figure: Figure) -> Operand {
        Operand(
            value: figure.quantity.value * (figure.unit?.factor ?? 1), printed: figure.quantity.value,
            dimension: figure.unit?.dimension ?? .unknown,
            points: figure.quantity.isPercent ? [100, 1] : figure.quantity.value <= 1 ? [100] : [1],
            rounding: figure.quantity.value == 0 ? 0 : figure.quantity.halfStep / abs(figure.quantity.value),
        )
    }

    private static func pairs(_ operands: [Operand]) -> [Pair] {
        operands.indices.flatMap { first in
            operands[..<first].map { Pair(left: $0, right: operands[first]) }
        }
    }

    /// The two numbers of the sentence that it goes on from, or that it stands between: `7.89, while that of B is 36 % higher at
    /// 10.74`; nil where it may go on from something else.
    private func conclusion(
        _ near: [Figure], _ figure: Figure, _ referent: Referent?
    ) -> (pair: Pair, isBetween: Bool)? {
        let measured = near.filter(isMeasured)
        let near = measured.count == 2 ? measured : near
        guard near.count == 2,
            near[0].unit?.dimension == near[1].unit?.dimension
                || near.contains(where: { $0.unit == nil })
                    && tokens[near[0].token..<near[1].token].contains(where: {
                        Lexicon.becoming.contains($0.text) || Lexicon.references.contains($0.text) || $0.isMark("(")
                    }),
            near.allSatisfy({ $0.quantity.significant >= 2 && !$0.isRelative }), !near.allSatisfy(isSetting),
            near[0].token < figure.token,
            let nearest = near.min(by: { abs($0.token - figure.token) < abs($1.token - figure.token) }),
            abs(nearest.token - figure.token) <= Contrasts.reach,
            statement.reading.metrics.allSatisfy({
                $0.tokens.upperBound <= near[0].token + 3
                    || isRatio(figure) && (0...4).contains($0.tokens.lowerBound - figure.token)
            })
        else { return nil }
        let between = tokens[(figure.token + 1)..<max(near[1].token, figure.token + 1)]
        let isTimes = isRatio(figure) && between.count <= 6 && between.contains { $0.text == "the" }
        let isBetween =
            isTimes
            || between.count <= 4 && between.last.map { $0.text == "at" || $0.text == "with" } ?? false
                && (isMeasured(near[1]) || near[1].quantity.decimals > 0)
            || between.last?.isMark("(") ?? false
        guard isBetween || near[1].token < figure.token && isOneClause(near[1].token..<figure.token),
            !tokens[min(nearest.token, figure.token)..<figure.token].contains(where: { $0.text == "and" }),
            isBetween || referent == nil, !statement.isOfOther(figure.token, than: near[1])
        else { return nil }
        // `2,681 tok/s, 80 % more than B (1,493)` is said of the first of them.
        let isOfFirst = between.contains { $0.text == "than" || Lexicon.references.contains($0.text) }
        let (left, right) = isOfFirst ? (near[0], near[1]) : (near[1], near[0])
        return (Pair(left: operand(left), right: operand(right), isOfLeft: isBetween && !isTimes), isBetween)
    }

    /// `the cap of 2.6 GHz`: what many rows have alike was set, and is nothing that another setting changes.
    private func isSetting(_ figure: Figure) -> Bool {
        let hits = values.search.measured(figure, limit: ValueJudge.mostOfOwner)
        return !hits.isEmpty
            && Dictionary(grouping: hits) { relation.entries[$0].column }.values.allSatisfy {
                $0.count >= Contrasts.fewestSet
            }
    }

    private func isRatio(_ figure: Figure) -> Bool { kind(of: figure) == .ratio }

    // MARK: - Pairs of the data

    /// What stands in the data beside a printed value, all else alike.
    private func besides(_ figure: Figure) -> [Pair] {
        guard figure.quantity.significant >= 3 || isMeasured(figure) else { return [] }
        return values.search.entries(figure, limit: Contrasts.mostHits).flatMap { entry in
            statement.contrasts(of: entry).map { Pair(left: operand(entry), right: operand($0)) }
        }
    }

    func operand(_ entry: Int) -> Operand {
        let column = relation.columns[relation.entries[entry].column]
        return Operand(
            value: relation.entries[entry].value * (column.unit?.factor ?? 1), printed: relation.entries[entry].value,
            dimension: column.unit?.dimension ?? .unknown,
            points: column.unit?.name == "%" ? [100, 1] : column.isFraction ? [100] : [1],
            entry: entry)
    }

    /// The figure prints the value.
    private func has(_ figure: Figure, _ operand: Operand) -> Bool {
        operand.entry.map { entry in
            Matching.prints(
                figure, relation.entries[entry].value, relation.columns[relation.entries[entry].column])
        } ?? false
    }

    func metric(of figure: Figure) -> Reading.Metric? {
        statement.metric(near: figure.token).flatMap {
            $0.isWhole && !statement.phrase.isReferred($0.tokens) ? $0 : nil
        }
    }

    /// Values of the rows that the clause names: of those that differ in one of their names, or else of each and its like.
    private func named(_ figure: Figure, from anchor: Figure?) -> [Pair] {
        let clause = statement.clause(around: figure.token)
        let all = statement.reading.entities.filter { clause.overlaps($0.tokens) }
        func others(_ one: Reading.Entity) -> [Reading.Entity] {
            all.filter { $0.group == one.group && $0.rows != one.rows }
        }
        let (sides, owners) = (all.filter { !others($0).isEmpty }, all.filter { !$0.isKey })
        let said = (anchor?.token ?? 0)..<figure.token
        let measure = statement.measure(behind: figure.token)
        return (!sides.isEmpty ? sides : owners.isEmpty ? all : owners).flatMap { one in
            let rivals = others(one)
            let isLeft =
                rivals.isEmpty
                || anchor != nil && said.overlaps(one.tokens) && !rivals.contains { said.overlaps($0.tokens) }
            let isOfLeft = isLeft && !one.isKey && !statement.phrase.isReferred(one.tokens)
            // What it is compared with is no condition of it.
            let conditions = statement.condition(besides: [one.group], within: clause).filter {
                !statement.phrase.isReferred($0.tokens)
            }
            let rows = statement.rows(one.rows, under: conditions)
            let columns = metric(of: figure)?.columns
            let exact = columns?.filter { statement.namedStatistics.contains(relation.columns[$0].statistic) } ?? []
            return relation.entries(
                in: rows, columns: exact.isEmpty ? columns : exact, limit: ValueJudge.mostOfOwner
            ) {
                ![.standardDeviation, .spread, .unknown].contains($0.statistic)
                    && (measure == nil || [.unknown, measure].contains($0.dimension))
            }.flatMap { entry in
                statement.contrasts(of: entry) { row in rivals.isEmpty || rivals.contains { contains($0.rows, row) } }
                    .map {
                        Pair(
                            left: operand(entry), right: operand($0), isOfLeft: isOfLeft, isOfTwo: !rivals.isEmpty)
                    }
            }
        }
    }
}
