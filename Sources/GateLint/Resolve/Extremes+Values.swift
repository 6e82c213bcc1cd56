internal import GateCore
internal import GateVocabulary

/// The value that stands with a superlative.
extension Extremes {
    /// `the highest recall, 77.6 %`, `peaks at 0.83 in epoch 71`: a value of the data that is not the extreme one.
    func value(_ index: Int, _ extreme: Lexicon.Extreme) -> (Int, Verdict)? {
        let clause = statement.clause(around: index)
        // `the smallest recall difference is …, the largest …`
        guard !statement.phrase.has(Lexicon.outcomes), rank(index) == 1,
            // `its longest`: of one that is named before.
            !tokens[..<index].contains(where: { ["its", "their"].contains($0.text) }),
            let figure = statement.figures.first(where: {
                clause.contains($0.token) && $0.statistics.contains(.extreme(extreme)) && !$0.isRelativeChange
                    // `the largest value in all six logs`
                    && !($0.quantity.isSpelled && $0.unit == nil)
            }), figure.hedge == .exact,
            // `pays off most on A, where it goes from 18.9 % to 52.1 %`: most of what changed.
            !tokens[..<figure.token].suffix(1).contains(where: { $0.text == "from" }),
            // `A is fastest and B comes second with 26.4`
            figure.token < index
                || !tokens[index..<figure.token].contains(where: {
                    Lexicon.ordinals[$0.text] != nil || $0.number?.isOrdinal == true
                })
        else { return nil }
        // Of a subject that is named the superlative itself is judged; `Generation is quickest` is of one that was not read.
        let copula = tokens[..<index].indices.suffix(3).last { Lexicon.copulas.contains(tokens[$0].text) }
        guard subjects(index).allSatisfy(\.isKey), copula.map({ statement.isRead($0 - 1) }) ?? true else { return nil }
        let entities =
            figure.entities.filter { $0.certainty <= .inherited }.map(\.mention)
            + statement.condition(
                besides: Set(figure.entities.map(\.mention.group)))
        var wrong: String?
        // `over all runs`, `of the whole series`
        let isOfAll = statement.phrase.has(["all", "overall", "whole", "entire", "any"])
        guard isOfOneMetric(figure), isOfAll || !isFirstOfLike(figure, index, extreme) else { return nil }
        for column in columns(index, extreme) where Matching.fits(figure.unit, relation.columns[column]) {
            guard let wantsMost = wantsMost(extreme, column),
                ![.min, .max].contains(relation.columns[column].statistic)
            else { return nil }
            // `the five samples of A average 311; the fastest reached 312.8`: perhaps of A alone.
            let perhaps = figure.entities.contains { $0.certainty == .loose } ? figure.entities.map(\.mention) : []
            for entries in populations(column, entities) + (perhaps.isEmpty ? [] : populations(column, perhaps)) {
                let values = Statement.Values(relation, entries)
                let best = wantsMost ? values.most : values.least
                guard !Matching.prints(figure, best, relation.columns[column]) else { return nil }
                guard
                    entries.contains(where: {
                        Matching.prints(figure, relation.entries[$0].value, relation.columns[column])
                    })
                else { continue }
                wrong = relation.describe(wantsMost ? values.mostEntry : values.leastEntry)
            }
        }
        return wrong.map {
            (figure.token, .contradicted(.I03, $0, "By the data another value is \(tokens[index].text)."))
        }
    }

    /// Where no metric is named, the number alone says of which it is.
    private func isOfOneMetric(_ figure: Figure) -> Bool {
        guard !reading.metrics.contains(where: \.isWhole) else { return true }
        let hits = Search(relation: relation).entries(figure, limit: ValueJudge.mostOfOwner)
        return Set(hits.map { relation.columns[relation.entries[$0].column].terms }).count <= 1
    }

    /// Among those that share a name with it: of one test, where the sentence goes on with that test.
    private func isFirstOfLike(_ figure: Figure, _ index: Int, _ extreme: Lexicon.Extreme) -> Bool {
        columns(index, extreme).contains { column in
            guard let wantsMost = wantsMost(extreme, column) else { return false }
            let model = relation.columns[column]
            let entries = model.entries.prefix(ValueJudge.mostCandidates)
            return entries.contains { entry in
                guard Matching.prints(figure, relation.entries[entry].value, model) else { return false }
                return relation.rows[relation.entries[entry].row].labels.contains { label in
                    let like = entries.filter { contains(relation.labels[label].rows, relation.entries[$0].row) }
                    guard like.count >= 3, 8 * like.count >= entries.count, like.count < entries.count else {
                        return false
                    }
                    let values = Statement.Values(relation, Array(like))
                    return Matching.prints(figure, wantsMost ? values.most : values.least, model)
                }
            }
        }
    }

    /// By file, for all that the sentence may be about: all owners, all keys, all of both.
    private func populations(_ column: Int, _ entities: [Reading.Entity]) -> [[Int]] {
        var result: [[Int]] = []
        for (owners, keys) in [(false, true), (true, false), (false, false)] {
            let conditions = statement.conditions(entities.filter { $0.isKey ? keys : owners }, on: column)
            let entries = relation.columns[column].entries.prefix(ValueJudge.mostCandidates).filter { entry in
                let row = relation.entries[entry].row
                return !relation.isTotal(row) && conditions.allSatisfy { contains($0.rows, row) }
            }
            let files = Dictionary(grouping: entries) { relation.rows[relation.entries[$0].row].file }
            let isOneEach = files.count > 1 && files.values.allSatisfy { $0.count == 1 } && relation.areAlike(entries)
            result += isOneEach ? [entries] : files.sorted { $0.key < $1.key }.map(\.value).filter { $0.count > 1 }
        }
        return result
    }

    /// `at this size it is lowest for A (49.4 GiB)`: the number tells under which conditions, although no word does.
    func isSoAmongLike(_ subject: Reading.Entity, _ columns: [Int], _ wantsMost: Bool) -> Bool {
        guard let figure = statement.figures.first(where: { $0.token >= subject.tokens.upperBound }),
            figure.token - subject.tokens.upperBound <= 2, figure.quantity.significant >= 2
        else { return false }
        let names = Set(subject.labels.map { relation.labels[$0].name })
        return columns.contains { column in
            let model = relation.columns[column]
            let rivals = model.entries.prefix(ValueJudge.mostCandidates).filter {
                !contains(subject.rows, relation.entries[$0].row) && !relation.isTotal(relation.entries[$0].row)
            }
            return model.entries.prefix(ValueJudge.mostCandidates).contains { entry in
                let value = relation.entries[entry].value
                guard contains(subject.rows, relation.entries[entry].row), Matching.prints(figure, value, model) else {
                    return false
                }
                let others = statement.aligned([entry], Array(rivals), apart: names).map {
                    relation.entries[$0.right].value
                }
                return !others.isEmpty && others.allSatisfy { wantsMost ? $0 <= value : $0 >= value }
            }
        }
    }
}
