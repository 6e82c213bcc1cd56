internal import GateCore
internal import GateVocabulary

/// What part of a metric's total one name has: `A accounts for 22 % of the total energy`, `of the cost of all models B
/// contributes 61 %`, `the share of C in the tokens is 7.0 %`.
struct Shares {
    let statement: Statement
    private var relation: Relation { statement.relation }
    private var tokens: [Token] { statement.tokens }

    /// What the number may be: by file and by what else tells the rows apart, in percent.
    private struct Part {
        var percents: [Double] = []
        var evidence = ""
        /// Every name has as many values as any other.
        var isEven = true
    }

    func judge() -> [Int: Verdict] {
        var verdicts: [Int: Verdict] = [:]
        for figure in statement.figures
        where figure.quantity.isPercent && figure.hedge != .bound && !figure.isCell && isShare(figure.token) {
            if let verdict = judge(figure) { verdicts[figure.token] = verdict }
        }
        return verdicts
    }

    private func judge(_ figure: Figure) -> Verdict? {
        let clause = statement.clause(around: figure.token)
        guard let subject = subject(clause), let metric = statement.metric(near: figure.token), metric.isWhole,
            clause.overlaps(metric.tokens), !metric.tokens.overlaps(subject.tokens)
        else { return nil }
        let columns = relation.withoutSamples(metric.columns.filter(isAdditive))
        let parts = columns.compactMap { part(of: subject, $0) }
        guard let first = parts.first, parts.count == columns.count else { return nil }
        if let right = parts.first(where: { $0.percents.contains { figure.quantity.prints($0, slack: figure.slack) } })
        {
            return .derivable("follows from \(right.evidence)")
        }
        guard parts.allSatisfy({ $0.isEven && !$0.percents.isEmpty }), !isKnown(figure, of: subject, columns),
            !statement.phrase.leavesSomeOut,
            statement.phrase.tokens.filter({ $0.number?.isPercent ?? false }).count == 1
        else { return nil }
        return Verdict.contradicted(
            .I02, first.evidence, "By the data it is \(shown((10 * first.percents[0]).rounded() / 10)) %."
        ).resting(on: .words)
    }

    // MARK: - What is said

    /// `accounts for 5 %`, `the share of A`, `5 % of the total energy`, `of the energy of all models`
    private func isShare(_ token: Int) -> Bool {
        let words = Array(tokens[statement.clause(around: token)])
        return words.contains { Lexicon.sharing.contains($0.text) }
            || zip(words, words.dropFirst()).contains { $0.text == "the" && $1.text == "total" }
                && words.contains { Lexicon.falling.contains($0.text) }
    }

    /// The one name of the clause that is no place.
    private func subject(_ clause: Range<Int>) -> Reading.Entity? {
        let names = statement.reading.entities.filter {
            clause.overlaps($0.tokens) && !$0.isKey && $0.isWhole
                && !statement.isLocated($0, behind: ["on", "at", "under", "with", "for", "during", "within"])
        }
        let files = names.filter { $0.labels.contains { relation.labels[$0].kind != .file } }
        guard let subject = files.first, files.allSatisfy({ $0.rows == subject.rows }) else { return nil }
        return subject
    }

    private func isAdditive(_ column: Int) -> Bool {
        let model = relation.columns[column]
        return [.raw, .count, .total].contains(model.statistic) && model.unit?.dimension != .ratio
            && model.dimension != .ratio && !model.isFraction && !model.isKey
            && model.entries.count <= ValueJudge.mostCandidates
            && model.entries.allSatisfy { relation.entries[$0].value >= 0 }
    }

    // MARK: - What it is

    private func part(of subject: Reading.Entity, _ column: Int) -> Part? {
        let said = statement.condition(besides: [subject.group])
        let own = said.filter { $0.tokens.lowerBound < $0.tokens.upperBound }
        var result = Part()
        // What stands above need not hold; what the sentence names does.
        for conditions in [said, own] {
            let conditions = statement.conditions(conditions, on: column)
            for group in statement.siblings(of: subject.labels, column, under: conditions) {
                add(group.map { (subject.labels.contains($0.label), $0.values.entries) }, column, &result)
            }
        }
        return result.percents.isEmpty ? nil : result
    }

    /// The share of all values, and of those that go with each of the subject's.
    private func add(_ group: [(isOwn: Bool, entries: [Int])], _ column: Int, _ part: inout Part) {
        let own = group.filter(\.isOwn).flatMap(\.entries)
        let others = group.filter { !$0.isOwn }.flatMap(\.entries)
        guard !own.isEmpty, !others.isEmpty else { return }
        if Set(group.map(\.entries.count)).count > 1 { part.isEven = false }
        let names = Set(
            relation.rows[relation.entries[own[0]].row].labels.filter { label in
                others.allSatisfy { !relation.rows[relation.entries[$0].row].labels.contains(label) }
            }.map { relation.labels[$0].name })
        let pairs = own.map { one in [one] + statement.aligned([one], others, apart: names).map(\.right) }
        for (parts, all) in [(own, own + others)] + pairs.filter({ $0.count > 1 }).map({ ([$0[0]], $0) }) {
            let whole = sum(all)
            guard whole > 0 else { continue }
            part.percents.append(100 * sum(parts) / whole)
            if part.evidence.isEmpty {
                part.evidence =
                    "\(relation.describe(parts[0])); the \(all.count) values of \(relation.columns[column].name) come to \(shown(whole))"
            }
        }
    }

    /// The number is a value of the subject's, or two values of the subject's own are to each other so.
    private func isKnown(_ figure: Figure, of subject: Reading.Entity, _ columns: [Int]) -> Bool {
        let hits = Search(relation: relation).entries(figure, limit: ValueJudge.mostCandidates)
        if hits.contains(where: { contains(subject.rows, relation.entries[$0].row) }) { return true }
        return subject.rows.prefix(Shares.mostRows).contains { row in
            let entries = relation.rows[row].entries.prefix(Shares.mostRows)
            return entries.contains { part in
                columns.contains(relation.entries[part].column)
                    && entries.contains { whole in
                        whole != part && relation.entries[whole].value != 0
                            && [(part, whole), (whole, part)].contains {
                                figure.quantity.prints(
                                    100 * relation.entries[$0].value / relation.entries[$1].value)
                            }
                    }
            }
        }
    }

    private static let mostRows = 64

    private func sum(_ entries: [Int]) -> Double { entries.reduce(0) { $0 + relation.entries[$1].value } }
}
