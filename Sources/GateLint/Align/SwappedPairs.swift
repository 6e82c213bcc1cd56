internal import GateCore
internal import GateVocabulary

/// Two numbers of a sentence that stand with each other's names, and numbers that are all of another one than is named.
///
/// `1,830 with A, 1,749 with B`, where A has 1,749 and B 1,830 of the same: two that are wrong in just this way are no accident.
struct SwappedPairs {
    let relation: Relation
    private let values: ValueJudge

    init(_ relation: Relation) {
        self.relation = relation
        values = ValueJudge(relation)
    }

    struct Found {
        let figure: Figure
        /// The value that stands with the name.
        let entry: Int
    }

    private static let mostFigures = 12
    private static let mostRows = 256
    /// Of both numbers together; fewer digits stand anywhere.
    private static let fewestDigits = 4

    func find(_ figures: [Figure]) -> [Found] {
        let figures = figures.filter { $0.hedge == .exact && !$0.isDerived && !$0.quantity.isFactor }
        guard (2...SwappedPairs.mostFigures) ~= figures.count else { return [] }
        var result: [Found] = []
        for (place, second) in figures.enumerated() {
            for first in figures[..<place]
            where first.quantity.significant + second.quantity.significant >= SwappedPairs.fewestDigits
                && first.quantity.value != second.quantity.value && first.unit?.dimension == second.unit?.dimension
            {
                result += owners(first, second) ?? names(first, second) ?? []
            }
        }
        return result + strangers(figures)
    }

    // MARK: - Two owners

    private func owners(_ first: Figure, _ second: Figure) -> [Found]? {
        for one in own(first) {
            let rivals = own(second).filter { intersection(one.rows, $0.rows).isEmpty }
            guard
                let other = rivals.first(where: { $0.group == one.group })
                    ?? rivals.first(where: { !$0.isKey && !one.isKey })
            else { continue }
            let (left, right) = (rows(of: one, first), rows(of: other, second))
            let (own, others) = (prints(first, left), prints(second, right))
            let crossed = prints(first, right)
            let isMeasured = crossed.contains { isInUnit(first, $0) }
            guard
                isMeasured
                    ? !own.contains(where: { isInUnit(first, $0) }) && !others.contains(where: { isInUnit(second, $0) })
                    : own.isEmpty && others.isEmpty
            else { return nil }
            for hit in crossed where isInUnit(first, hit) || !isMeasured {
                let column = relation.entries[hit].column
                if let wanted = prints(second, left).first(where: { relation.entries[$0].column == column }) {
                    return [Found(figure: first, entry: wanted), Found(figure: second, entry: hit)]
                }
            }
        }
        return nil
    }

    /// A part of a name will do: that both numbers stand with the other's is borne out by the numbers themselves.
    private func own(_ figure: Figure) -> [Reading.Entity] {
        figure.entities.filter { $0.certainty == .own }.map(\.mention.widened)
    }

    /// Under what else the number's own names say.
    private func rows(of entity: Reading.Entity, _ figure: Figure) -> [Int] {
        figure.entities.filter { $0.certainty <= .context && $0.mention.group != entity.group }.reduce(entity.rows) {
            let both = intersection($0, $1.mention.rows)
            return both.isEmpty ? $0 : both
        }
    }

    /// Values of rows that the number says, in columns that it may be of.
    private func prints(_ figure: Figure, _ rows: [Int]) -> [Int] {
        guard rows.count <= SwappedPairs.mostRows else { return [] }
        return rows.flatMap { relation.rows[$0].entries }.filter {
            Matching.fits(figure.unit, relation.columns[relation.entries[$0].column]) && values.prints(figure, $0)
        }
    }

    /// Whether a value is of a column in the number's unit; any other one may have its digits by accident.
    private func isInUnit(_ figure: Figure, _ entry: Int) -> Bool {
        Matching.isInUnit(figure, relation.columns[relation.entries[entry].column])
    }

    // MARK: - Two metrics or statistics of one owner

    private func names(_ first: Figure, _ second: Figure) -> [Found]? {
        guard let rows = Selection(first, relation).rows, rows == Selection(second, relation).rows,
            rows.count <= SwappedPairs.mostRows, let one = columns(first), let other = columns(second),
            one.isDisjoint(with: other)
        else { return nil }
        var found: [Found]?
        for row in rows {
            let entries = relation.rows[row].entries
            func hit(_ figure: Figure, _ columns: Set<Int>) -> Int? {
                entries.first { columns.contains(relation.entries[$0].column) && values.prints(figure, $0) }
            }
            if hit(first, one) != nil || hit(second, other) != nil { return nil }
            if let left = hit(second, one), let right = hit(first, other) {
                found = found ?? [Found(figure: first, entry: left), Found(figure: second, entry: right)]
            }
        }
        return found
    }

    /// The columns that a number is said to be of: those of its metric, or of its statistic.
    private func columns(_ figure: Figure) -> Set<Int>? {
        let metric = figure.metric.flatMap { $0.certainty == .own && $0.mention.isWhole ? $0.mention.columns : nil }
        let statistics = figure.namedStatistics
        guard metric != nil || statistics.count == 1 else { return nil }
        let columns = (metric ?? Array(relation.columns.indices)).filter { column in
            (statistics.isEmpty || statistics.contains(relation.columns[column].statistic))
                && Matching.fits(figure.unit, relation.columns[column])
        }
        return columns.isEmpty ? nil : Set(columns)
    }

    // MARK: - All of another owner

    /// `A dropped from 6.9 to 6.1 ms`, where B did so, and A has neither.
    private func strangers(_ figures: [Figure]) -> [Found] {
        let figures = figures.filter { !$0.isRelative && $0.quantity.digits > 1 }
        guard figures.count > 1,
            let entity = own(figures[0]).first(where: {
                !$0.isKey && $0.isWhole && relation.labels[$0.labels[0]].kind == .text
            }),
            figures.allSatisfy({ own($0).contains { $0.rows == entity.rows } }), entity.labels.count < 8,
            figures.reduce(0, { $0 + $1.quantity.significant }) >= SwappedPairs.fewestDigits,
            figures.allSatisfy({ $0.unit?.dimension == figures[0].unit?.dimension })
        else { return [] }
        let rows = rows(of: entity, figures[0])
        guard figures.allSatisfy({ prints($0, rows).isEmpty }) else { return [] }
        // Who else has all of them in one column?
        let texts = Set(entity.labels.map { relation.labels[$0].text })
        let names = Set(entity.labels.map { relation.labels[$0].name })
        var others: Set<String> = []
        for label in relation.labels.indices
        where names.contains(relation.labels[label].name) && !texts.contains(relation.labels[label].text) {
            let rows = self.rows(
                of: Reading.Entity(
                    tokens: entity.tokens, labels: [label], rows: relation.labels[label].rows, group: entity.group,
                    isWhole: true), figures[0])
            let columns = figures.map { Set(prints($0, rows).map { relation.entries[$0].column }) }
            let common = columns.dropFirst().reduce(columns[0]) { $0.intersection($1) }
            guard let column = common.min() else { continue }
            // The named one has the metric, too.
            if self.rows(of: entity, figures[0]).contains(where: { row in
                relation.rows[row].entries.contains { relation.entries[$0].column == column }
            }) {
                others.insert(relation.labels[label].text)
            }
        }
        guard others.count == 1,
            let wanted = rows.flatMap({ relation.rows[$0].entries }).first(where: {
                Matching.fits(figures[0].unit, relation.columns[relation.entries[$0].column])
            })
        else { return [] }
        return figures.map { Found(figure: $0, entry: wanted) }
    }
}
