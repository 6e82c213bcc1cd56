internal import GateCore
internal import GateVocabulary

/// Which place a name has among its like.
extension Extremes {
    /// Evidence where it has another place among its like; nil within where it has this one; nil where it cannot be told.
    func place(
        _ entity: Reading.Entity, _ column: Int, _ conditions: [Reading.Entity], wantsMost: Bool, rank: Int
    ) -> (evidence: String?, Void)? {
        var verdicts: [(evidence: String?, Void)] = []
        for group in statement.siblings(of: entity.labels, column, under: conditions) {
            let own = group.filter { entity.labels.contains($0.label) }.map(\.values)
            let rivals = group.filter { !entity.labels.contains($0.label) }.map(\.values)
            guard let mine = own.first, own.count == 1, rivals.count >= rank else { continue }
            // Each is meant by its best; who is beaten must be beaten by all that the other one has.
            let better = rivals.filter { wantsMost ? $0.most > mine.most : $0.least < mine.least }
            let surely = rivals.filter { wantsMost ? $0.least > mine.most : $0.most < mine.least }
            if better.count == rank - 1 {
                verdicts.append((nil, ()))
            } else if let rival = surely.first, surely.count >= rank {
                verdicts.append(
                    (
                        "\(relation.describe(wantsMost ? rival.mostEntry : rival.leastEntry)), \(relation.describe(wantsMost ? mine.mostEntry : mine.leastEntry))",
                        ()
                    ))
            } else if rank == 1, let (one, rival) = beaten(mine, rivals, entity, wantsMost) {
                verdicts.append(("\(relation.describe(rival)), \(relation.describe(one))", ()))
            } else if better.count < rank - 1, rank > 1 {
                verdicts.append((relation.describe(wantsMost ? mine.mostEntry : mine.leastEntry), ()))
            }
        }
        // One file in which it is right is enough.
        guard let first = verdicts.first else { return nil }
        return verdicts.allSatisfy { $0.evidence != nil } ? first : (nil, ())
    }

    /// A value of it and a better one, where one rival has a better one beside each of its values, all else alike.
    private func beaten(
        _ mine: Statement.Values, _ rivals: [Statement.Values], _ entity: Reading.Entity, _ wantsMost: Bool
    ) -> (Int, Int)? {
        let names = Set(entity.labels.map { relation.labels[$0].name })
        return rivals.lazy.map { rival in
            statement.aligned(mine.entries, rival.entries, apart: names).filter {
                let (own, theirs) = (relation.entries[$0.left].value, relation.entries[$0.right].value)
                return wantsMost ? theirs > own : theirs < own
            }
        }.first { Set($0.map(\.left)).count == mine.entries.count }?.first
    }

    /// `No other index has a higher latency than A`
    func noOther(_ index: Int) -> Statement.Finding? {
        let clause = statement.clause(around: index)
        guard tokens[(index + 1)...].prefix(1).contains(where: { $0.text == "other" }),
            let word = clause.first(where: { $0 > index && Lexicon.comparisons[tokens[$0].text] != nil }),
            let than = clause.first(where: { $0 > word && tokens[$0].text == "than" }),
            let subject = reading.entities.first(where: { $0.tokens.lowerBound > than && !$0.isKey }),
            let comparison = Lexicon.comparisons[tokens[word].text]
        else { return nil }
        let extreme: Lexicon.Extreme
        switch comparison {
        case .more: extreme = .most
        case .less: extreme = .least
        case .better: extreme = .best
        case .worse: extreme = .worst
        case .quicker: extreme = .quickest
        case .slower: extreme = .slowest
        }
        let conditions = statement.condition(besides: [subject.group])
        let verdicts = statement.columns(near: word, dimensions: []).compactMap { column in
            wantsMost(extreme, column).flatMap {
                place(subject, column, statement.conditions(conditions, on: column), wantsMost: $0, rank: 1)
            }
        }
        guard let first = verdicts.first, verdicts.allSatisfy({ $0.evidence != nil }) else { return nil }
        return Statement.Finding(
            tokens: index..<subject.tokens.upperBound, rule: .I03, evidence: first.evidence ?? "",
            message: "By the data another one is \(tokens[word].text).")
    }
}
