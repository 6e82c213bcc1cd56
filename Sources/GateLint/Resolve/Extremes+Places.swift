internal import GateCore
internal import GateVocabulary

/// Which place a name has among its like.
extension Extremes {
    /// Evidence where it has another place among its like; nil within where it has this one; nil where it cannot be told.
    func place(
        _ entity: Reading.Entity, _ column: Int, _ conditions: [Reading.Entity], wantsMost: Bool, rank: Int,
        ofMean: Bool = false
    ) -> (evidence: String?, Void)? {
        var verdicts: [(evidence: String?, Void)] = []
        for group in statement.siblings(of: entity.labels, column, under: conditions) {
            let own = group.filter { entity.labels.contains($0.label) }.map(\.values)
            let rivals = group.filter { !entity.labels.contains($0.label) }.map(\.values)
            guard let mine = own.first, own.count == 1, rivals.count >= rank else { continue }
            if ofMean, mine.entries.count > 1 {
                verdicts.append(place(mine, rivals, wantsMost, rank))
                continue
            }
            // Each is meant by its best; who is beaten must be beaten by all that the other one has.
            let better = rivals.filter { wantsMost ? $0.most > mine.most : $0.least < mine.least }
            let surely = rivals.filter { wantsMost ? $0.least > mine.most : $0.most < mine.least }
            let perhaps = rivals.filter { wantsMost ? $0.most >= mine.least : $0.least <= mine.most }
            if better.count == rank - 1 {
                verdicts.append((nil, ()))
            } else if let rival = surely.first, surely.count >= rank {
                verdicts.append(
                    (
                        "\(relation.describe(wantsMost ? rival.mostEntry : rival.leastEntry)), \(relation.describe(wantsMost ? mine.mostEntry : mine.leastEntry))",
                        ()
                    ))
            } else if perhaps.count < rank - 1 {
                // `second`, where it is the first.
                verdicts.append((relation.describe(wantsMost ? mine.mostEntry : mine.leastEntry), ()))
            }
        }
        // One file in which it is right is enough.
        guard let first = verdicts.first else { return nil }
        return verdicts.allSatisfy { $0.evidence != nil } ? first : (nil, ())
    }

    /// The same by the means of what each has.
    private func place(
        _ mine: Statement.Values, _ rivals: [Statement.Values], _ wantsMost: Bool, _ rank: Int
    ) -> (evidence: String?, Void) {
        func mean(_ values: Statement.Values) -> Double {
            values.entries.reduce(0) { $0 + relation.entries[$1].value } / Double(values.entries.count)
        }
        let own = mean(mine)
        let better = rivals.filter { wantsMost ? mean($0) > own : mean($0) < own }
        guard better.count >= rank, let rival = better.first else { return (nil, ()) }
        return ("the means are \(shown(mean(rival))) and \(shown(own)); \(relation.describe(rival.mostEntry))", ())
    }

    /// `The best hit rate belongs to A (88.8 %)`, where the words were taken for a time of hits: the share that is printed is
    /// none of it.
    func isOfOtherUnit(_ index: Int, _ columns: [Int]) -> Bool {
        guard
            let printed = statement.figures.first(where: {
                index < $0.token && $0.token < index + Extremes.reach && tokens[$0.token - 1].isMark("(")
            }), printed.quantity.isPercent, let bracket = tokens[index...].firstIndex(where: { $0.isMark("(") }),
            bracket == printed.token - 1
        else { return false }
        return columns.allSatisfy { column in
            let column = relation.columns[column]
            return !column.isFraction
                && column.unit.map { ![.ratio, .unknown, .count].contains($0.dimension) }
                    ?? ![.ratio, .unknown].contains(column.dimension)
        }
    }

    /// `The weakest run was A (40.5 %)`, below a sentence on something else: the number is none of what that was about.
    func isOfUnnamed(_ index: Int, _ columns: [Int], _ subject: Reading.Entity) -> Bool {
        guard reading.metrics.isEmpty,
            let printed = statement.figures.first(where: {
                $0.token > max(index, subject.tokens.upperBound - 1) && !$0.isRelativeChange
            }),
            printed.token - subject.tokens.upperBound <= 3, tokens[printed.token - 1].isMark("(")
        else { return false }
        return !columns.contains { column in
            relation.columns[column].entries.prefix(ValueJudge.mostCandidates).contains { entry in
                contains(subject.rows, relation.entries[entry].row)
                    && Matching.prints(printed, relation.entries[entry].value, relation.columns[column])
            }
        }
    }

    /// `F16 is the fastest (746 tokens/s)`: the number tells which of the subject's values is meant, and that one is ahead of
    /// all that its rivals have in its place.
    func isBorneOut(_ index: Int, _ subject: Reading.Entity, _ columns: [Int], _ extreme: Lexicon.Extreme) -> Bool {
        let next =
            reading.statistics.first { said in
                if case .extreme = said.said { said.token > index } else { false }
            }?.token ?? tokens.count
        let printed = statement.figures.first {
            index < $0.token && $0.token < min(next, index + Extremes.reach) && !$0.isRelative
                && $0.quantity.significant >= Extremes.fewestDigits
        }
        guard let printed else { return false }
        let kinds = relation.kinds(of: subject)
        return columns.contains { column in
            guard let most = wantsMost(extreme, column),
                relation.columns[column].entries.count <= ValueJudge.mostCandidates
            else { return false }
            let (own, others) = (
                relation.columns[column].entries.filter { contains(subject.rows, relation.entries[$0].row) },
                relation.columns[column].entries.map { relation.entries[$0].row }.filter { !contains(subject.rows, $0) }
            )
            let model = relation.columns[column]
            return own.filter { Matching.prints(printed, relation.entries[$0].value, model) }.contains { entry in
                let value = relation.entries[entry].value
                let rivals = relation.counterparts(of: entry, in: others.sorted(), besides: kinds)
                return !rivals.isEmpty
                    && rivals.allSatisfy {
                        most ? relation.entries[$0].value <= value : relation.entries[$0].value >= value
                    }
            }
        }
    }

    /// In tokens.
    private static let reach = 10
    private static let fewestDigits = 3
}
