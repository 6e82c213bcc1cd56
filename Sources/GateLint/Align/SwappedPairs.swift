internal import GateCore
internal import GateVocabulary

/// Two numbers of a sentence that stand with each other's names.
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
        /// The value of another one that the number says.
        let stranger: Int
    }

    private static let mostFigures = 12
    private static let mostRows = 1024
    /// Of both numbers together; fewer digits stand anywhere.
    private static let fewestDigits = 4
    /// Of each of two numbers, where one of them has what the other number is of something else.
    private static let fewestOfEach = 3

    func find(_ figures: [Figure]) -> [Found] {
        let figures = figures.filter { $0.mayBeValue && !$0.quantity.isFactor }
        guard (2...SwappedPairs.mostFigures) ~= figures.count else { return [] }
        var result: [Found] = []
        for (place, second) in figures.enumerated() {
            for first in figures[..<place]
            where
                (first.quantity.significant + second.quantity.significant >= SwappedPairs.fewestDigits
                || isNamed(first) && isNamed(second)) && first.quantity.value != second.quantity.value
                && first.unit?.dimension == second.unit?.dimension
            {
                result += owners(first, second) ?? names(first, second) ?? []
            }
        }
        return result
    }

    /// `4 on A and 11 on B`: fewer digits will do where the metric is said as a whole and has one value for each.
    private func isNamed(_ figure: Figure) -> Bool {
        guard let metric = figure.metric, metric.certainty == .own, metric.mention.isWhole else { return false }
        let selection = Selection(figure, relation)
        guard selection.isNamed, !selection.isDoubtful, let rows = selection.rows else { return false }
        return relation.entries(in: rows, columns: metric.mention.columns, limit: 2) { _ in true }.count == 1
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
            let statistics = Set(crossed.map(statistic)).intersection(first.namedStatistics)
            let straight = [(own, first), (others, second)].map { entries, figure in
                Set(
                    entries.filter { entry in
                        (isInUnit(figure, entry) || !isMeasured)
                            && (statistics.isEmpty || statistics.contains(statistic(entry)))
                    }.map { relation.entries[$0].column })
            }
            // What both say of one column they may mean, and with few digits what either says.
            let isDistinct = min(first.quantity.significant, second.quantity.significant) >= SwappedPairs.fewestOfEach
            guard isDistinct ? straight[0].isDisjoint(with: straight[1]) : straight.allSatisfy(\.isEmpty) else {
                return nil
            }
            let kinds = relation.kinds(of: one).union(relation.kinds(of: other))
            for hit in crossed where isInUnit(first, hit) || !isMeasured {
                let column = relation.entries[hit].column
                let wanted =
                    straight.allSatisfy(\.isEmpty)
                    ? prints(second, left).first { relation.entries[$0].column == column }
                    : relation.counterparts(of: hit, in: left, besides: kinds).first { values.prints(second, $0) }
                if let wanted {
                    return [
                        Found(figure: first, entry: wanted, stranger: hit),
                        Found(figure: second, entry: hit, stranger: wanted),
                    ]
                }
            }
        }
        return nil
    }

    private func statistic(_ entry: Int) -> Statistic { relation.columns[relation.entries[entry].column].statistic }

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
                found =
                    found ?? [
                        Found(figure: first, entry: left, stranger: right),
                        Found(figure: second, entry: right, stranger: left),
                    ]
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
}
