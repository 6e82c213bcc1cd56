internal import GateCore
internal import GateVocabulary

/// By how much the first of all is ahead of the second, and the last behind the one before: `On HellaSwag, A leads by 4.18
/// points`.
struct Leads {
    let statement: Statement
    private var relation: Relation { statement.relation }
    private var tokens: [Token] { statement.tokens }

    private enum Place { case first, last }
    /// Behind them stands whom it leads over.
    private let others: Set<String> = ["over", "than", "of", "to"]

    init(_ statement: Statement) { self.statement = statement }

    func judge() -> Statement.Outcome {
        var outcome = Statement.Outcome()
        for figure in statement.figures where figure.hedge != .bound && !figure.quantity.isFactor {
            guard let place = place(figure.token), let metric = statement.metric(near: figure.token), metric.isWhole,
                let subject = statement.reading.entities.last(where: {
                    !$0.isKey && $0.tokens.upperBound <= figure.token && !$0.tokens.overlaps(metric.tokens)
                })
            else { continue }
            let margins = metric.columns.flatMap { self.margins(of: subject, $0, place) }
            guard let first = margins.first else { continue }
            if let hit = margins.first(where: { says(figure, $0) }) {
                outcome.verdicts[figure.token] = .derivable(hit.text)
            } else if margins.count == 1 {
                outcome.verdicts[figure.token] = .contradicted(
                    .I02, first.text, "By the two values it is \(shown((1000 * abs(first.margin)).rounded() / 1000)).")
            }
        }
        return outcome
    }

    /// Behind `leads by`, with nobody named that it leads over.
    private func place(_ token: Int) -> Place? {
        let before = tokens[..<token].suffix(3).map(\.text)
        guard before.last == "by", let verb = before.dropLast().last,
            !tokens[(token + 1)...].prefix(4).contains(where: { others.contains($0.text) })
        else { return nil }
        if ["leads", "lead", "led", "leading", "wins", "won", "ahead"].contains(verb) { return .first }
        return ["trails", "trailed", "behind"].contains(verb) ? .last : nil
    }

    private struct Margin {
        let margin: Double
        let share: Double
        let isFraction: Bool
        let text: String
    }

    private func margins(of subject: Reading.Entity, _ column: Int, _ place: Place) -> [Margin] {
        guard let preference = Preference(relation.columns[column]) ?? preferenceOfScores(column) else { return [] }
        let conditions = statement.conditions(statement.condition(besides: [subject.group]), on: column)
        return statement.siblings(of: subject.labels, column, under: conditions).compactMap { group in
            let own = group.filter { subject.labels.contains($0.label) }.map(\.values)
            let rivals = group.filter { !subject.labels.contains($0.label) }.map(\.values)
            guard let mine = own.first, own.count == 1, mine.isOne, !rivals.isEmpty, rivals.allSatisfy(\.isOne),
                rivals.contains(where: { $0.least != mine.least })
            else { return nil }
            let wantsMost = (preference == .higher) == (place == .first)
            guard
                let next = wantsMost ? rivals.max(by: { $0.least < $1.least }) : rivals.min(by: { $0.least < $1.least })
            else { return nil }
            // Who is neither first nor last is ahead of some and behind others.
            guard wantsMost ? mine.least >= next.least : mine.least <= next.least else { return nil }
            return Margin(
                margin: mine.least - next.least, share: next.least == 0 ? 0 : mine.least / next.least - 1,
                isFraction: relation.columns[column].isFraction,
                text: "\(relation.describe(mine.leastEntry)); \(relation.describe(next.leastEntry))")
        }
    }

    /// Of two scores the larger one leads.
    private func preferenceOfScores(_ column: Int) -> Preference? {
        relation.columns[column].unit.map { $0.name == "%" } ?? true ? .higher : nil
    }

    private func says(_ figure: Figure, _ margin: Margin) -> Bool {
        let values = [margin.margin, margin.isFraction ? 100 * margin.margin : margin.margin, 100 * margin.share]
        return values.contains { figure.quantity.prints(abs($0), slack: figure.slack) }
    }
}
