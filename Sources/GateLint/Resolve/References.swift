internal import GateCore
internal import GateVocabulary

/// How a value that the sentence gives stands to the same of another owner: `A reaches 151.8 tokens/s, 2.6 times as many as
/// B`, `4,634 tokens/s, which is 2.1x the throughput of B`, `203 tokens/s, 34 % more than B`.
///
/// The value itself says of which column and row it is, so that no metric needs to be named.
struct References {
    let statement: Statement
    private let values: ValueJudge
    private var relation: Relation { statement.relation }
    private var tokens: [Token] { statement.tokens }

    /// Words between a value and what it is of another one, and from there to the other one's name.
    private static let reach = 14
    private static let reachOfName = 9
    private static let mostValues = 4
    /// Before the name of what a value is set beside.
    private static let before: Set<String> = ["as", "than", "of", "times", "x", "above", "below", "behind", "over"]

    init(_ statement: Statement) {
        self.statement = statement
        values = ValueJudge(statement.relation)
    }

    func judge() -> Statement.Outcome {
        var outcome = Statement.Outcome()
        for (place, figure) in statement.figures.enumerated()
        where (figure.isRelative || isMoreOrLess(figure) || isPoints(figure)) && figure.hedge != .bound {
            let isPoints = isPoints(figure)
            guard
                let value = statement.figures[..<place].last(where: {
                    isPoints ? $0.quantity.isPercent : !$0.isRelative && $0.unit != nil
                }),
                figure.token - value.token <= References.reach, value.quantity.significant >= 3,
                isPoints || figure.isRelative || figure.unit.map({ $0.dimension == value.unit?.dimension }) ?? true,
                !tokens[value.token..<figure.token].contains(where: {
                    $0.isMark(";") || Lexicon.clauseWords.contains($0.text)
                }),
                let other = other(behind: figure.token), let verdict = judge(figure, value, other)
            else { continue }
            outcome.verdicts[figure.token] = verdict
        }
        return outcome
    }

    /// `81.1 %, only 4.6 points above A`
    private func isPoints(_ figure: Figure) -> Bool {
        tokens.dropFirst(figure.token + 1).prefix(2).contains { Lexicon.points.contains($0.text) }
    }

    /// `455 more than`
    private func isMoreOrLess(_ figure: Figure) -> Bool {
        let word = tokens[(figure.token + 1)...].prefix(2).lazy.compactMap { Lexicon.comparisons[$0.text] }.first
        return figure.isAmount && (word == .more || word == .less)
    }

    /// The owner behind `as many as`, `that of`, `more than`.
    private func other(behind token: Int) -> Reading.Entity? {
        let entity = statement.reading.entities.first { !$0.isKey && $0.tokens.lowerBound > token }
        guard let entity, entity.tokens.lowerBound - token <= References.reachOfName else { return nil }
        let between = tokens[(token + 1)..<entity.tokens.lowerBound]
        guard between.contains(where: { References.before.contains($0.text) }),
            between.allSatisfy({ !$0.isMark(".;:") && $0.number == nil })
        else { return nil }
        return entity
    }

    private struct Pair {
        let value: Int
        let other: Int
    }

    private func judge(_ figure: Figure, _ value: Figure, _ other: Reading.Entity) -> Verdict? {
        let entries = values.search.entries(value, limit: 16).filter { entry in
            value.entities.allSatisfy {
                $0.certainty > .inherited || contains($0.mention.rows, relation.entries[entry].row)
            } && !contains(other.rows, relation.entries[entry].row)
        }
        let pairs = entries.flatMap { entry in
            relation.counterparts(of: entry, in: other.rows, besides: relation.kinds(of: other)).map {
                Pair(value: entry, other: $0)
            }
        }
        guard !pairs.isEmpty, pairs.count <= References.mostValues else { return nil }
        var wrongWay: Pair?
        for pair in pairs {
            switch says(figure, value, pair) {
            case true?: return .derivable(text(pair))
            case false?: wrongWay = wrongWay ?? pair
            case nil: break
            }
        }
        if let wrongWay {
            return .contradicted(.I03, text(wrongWay), "By the two values it is the other way round.")
        }
        let (mine, theirs) = (relation.entries[pairs[0].value].value, relation.entries[pairs[0].other].value)
        // What is said may be said of the mean of runs, of which this is one.
        let own = relation.entries[pairs[0].value]
        let isOneOfRuns = relation.columns[own.column].entries.prefix(ValueJudge.mostCandidates).contains {
            relation.entries[$0].row != own.row && relation.areRuns(own.row, relation.entries[$0].row)
        }
        // A table of a file may say the same once more; of nothing there is no part.
        guard !isOneOfRuns, !figure.isRelative || mine != 0 && theirs != 0,
            pairs.allSatisfy({ pair in
                abs(relation.entries[pair.value].value - mine) <= 1e-3 * abs(mine)
                    && abs(relation.entries[pair.other].value - theirs) <= 1e-3 * abs(theirs)
            })
        else { return nil }
        return .contradicted(
            .I02, text(pairs[0]),
            figure.isRelative && !isPoints(figure)
                ? "The ratio of the two values is \(shown((100 * mine / theirs).rounded() / 100))."
                : "The difference of the two values is \(shown((1000 * abs(mine - theirs)).rounded() / 1000)).")
    }

    /// Whether the values say so; false where they say it the other way round, nil where they do not say it.
    private func says(_ figure: Figure, _ value: Figure, _ pair: Pair) -> Bool? {
        let (mine, theirs) = (relation.entries[pair.value].value, relation.entries[pair.other].value)
        guard mine > 0, theirs > 0 else { return nil }
        func prints(_ value: Double) -> Bool { figure.quantity.prints(value, slack: figure.slack) }
        if figure.quantity.isFactor { return prints(mine / theirs) || prints(theirs / mine) ? true : nil }
        let word = tokens[(figure.token + 1)...].prefix(2).lazy.compactMap { Lexicon.comparisons[$0.text] }.first
        if isPoints(figure) {
            let scale = relation.columns[relation.entries[pair.value].column].isFraction ? 100.0 : 1
            guard prints(scale * abs(mine - theirs)) else { return nil }
            return word.flatMap { $0 == .more || $0 == .less ? (mine > theirs) == ($0 == .more) : nil } ?? true
        }
        guard figure.isRelative else {
            // In the unit of the value that it is set beside.
            let factor = figure.unit.map { (value.unit?.factor ?? 1) / $0.factor } ?? 1
            let gap = abs(1 - theirs / mine) * value.quantity.value * factor
            let slack = figure.slack + value.quantity.halfStep * factor
            guard figure.quantity.prints(gap, slack: slack) else { return nil }
            return (mine > theirs) == (word == .more)
        }
        let changes = [100 * abs(mine - theirs) / theirs, 100 * abs(mine - theirs) / mine]
        switch word {
        case .more?, .less?:
            guard prints(changes[0]) else { return changes.contains(where: prints) ? true : nil }
            return (mine > theirs) == (word == .more)
        default:
            return (changes + [100 * mine / theirs, 100 * theirs / mine]).contains(where: prints) ? true : nil
        }
    }

    private func text(_ pair: Pair) -> String {
        "\(relation.describe(pair.value)); \(relation.describe(pair.other))"
    }
}
