internal import GateCore
internal import GateVocabulary

/// Of what a sentence with several numbers is, by the numbers themselves.
///
/// `average 59.3 ms, median 8.75 ms, p90 110 ms, maximum 1,082 ms`: three of them are values of one row of the data, so
/// that the fourth, whose statistic or metric the sentence names, is one of that row, too.
struct SentenceAlignment {
    let coordinates: Coordinates
    let values: ValueJudge
    private var relation: Relation { coordinates.relation }

    init(_ coordinates: Coordinates) {
        self.coordinates = coordinates
        values = ValueJudge(coordinates.relation)
    }

    /// Numbers of a sentence that are looked at.
    private static let mostFigures = 24
    private static let mostCandidates = 32
    /// The data itself may be rounded by so much.
    private static let precision = 0.005
    /// So many other cells tell whose a row is.
    private static let fewestOfRow = 3

    /// - Parameter isRow: they are the cells of a table's row, which all are of one owner where most of them are.
    func align(_ figures: [Figure], isRow: Bool = false) -> [GridAlignment.Expected] {
        guard (2...SentenceAlignment.mostFigures) ~= figures.count else { return [] }
        let candidates = figures.map { figure in
            figure.isRelative || figure.quantity.digits < 2
                ? [] : values.search.entries(figure, limit: SentenceAlignment.mostCandidates)
        }
        return figures.indices.compactMap { place in
            let others = figures.indices.filter { $0 != place && !candidates[$0].isEmpty }
            return expected(figures[place], others.map { (figures[$0], candidates[$0]) }, isRow: isRow)
        }
    }

    private func expected(
        _ figure: Figure, _ others: [(figure: Figure, candidates: [Int])], isRow: Bool
    ) -> GridAlignment.Expected? {
        guard figure.hedge == .exact, !figure.isDerived, !figure.isRelative, figure.extreme == nil,
            let owner = owner(others)
        else { return nil }
        // A row that is told by its other numbers is that, whatever its words were taken for.
        let isFixed = isRow && owner.witnesses >= SentenceAlignment.fewestOfRow && 2 * owner.witnesses > others.count
        guard !isRow || isFixed else { return nil }
        let own = isFixed ? [] : figure.entities.filter { $0.certainty == .own }
        guard own.allSatisfy({ entity in owner.rows.contains { contains(entity.mention.rows, $0) } }) else {
            return nil
        }
        let metric = figure.metric.flatMap { $0.certainty <= .inherited ? $0.mention : nil }
        let statistics = figure.namedStatistics
        let isMetricNamed = metric?.isWhole == true && figure.metric?.certainty == .own
        guard !statistics.isEmpty && owner.witnesses > 1 || isMetricNamed else { return nil }
        let columns = metric.map { Set($0.columns) }
        let entries = owner.rows.flatMap { relation.rows[$0].entries }.filter { entry in
            let index = relation.entries[entry].column
            let column = relation.columns[index]
            return Matching.fits(figure.unit, column)
                && (columns?.contains(index) ?? owner.metrics.contains(column.terms))
                && (statistics.isEmpty || statistics.contains(column.statistic))
        }
        guard !entries.isEmpty else { return nil }
        let printed = entries.first { values.prints(figure, $0) }
        guard printed != nil || Set(entries.map { relation.entries[$0].value }).count == 1 else { return nil }
        if printed == nil {
            if owner.witnesses < 2 || statistics.isEmpty && !isFixed, values.search.plain(figure) != nil { return nil }
            guard entries.allSatisfy({ isNear(figure, $0) }) else { return nil }
            // It may be that of another owner, whom the sentence has a name for that is not known.
            let columns = Set(entries.map { relation.entries[$0].column })
            guard isFixed ? !isOfOtherMetric(figure, owner, columns) : !columns.contains(where: { prints(figure, $0) })
            else { return nil }
        }
        return GridAlignment.Expected(figure: figure, entries: entries, printed: printed)
    }

    /// A wrong number is about as large as the right one, or has its digits; any other one measures something else, or says
    /// where: a size, a step.
    private func isNear(_ figure: Figure, _ entry: Int) -> Bool {
        let entry = relation.entries[entry]
        let unit = relation.columns[entry.column].unit
        guard !figure.quantity.isSpelled, unit == nil || figure.unit != nil || figure.quantity.decimals > 0,
            !relation.labels.contains(where: { $0.number == figure.quantity.value })
        else { return false }
        let (value, said) = (abs(entry.value), abs(figure.quantity.value))
        guard value > 0, said > 0 else { return value == said }
        let powers = [1, -1, 2, -2, 3, -3, 6, -6]
        // Without a unit of its own the column may be in the number's.
        let factor = figure.unit.map { $0.factor / (unit?.factor ?? 1) } ?? 1
        let shares = (unit == nil ? [1, factor] : [factor]).map { said * $0 / value }
        // What another file gives more precisely is no other value.
        if shares.contains(where: { abs($0 - 1) < SentenceAlignment.precision }) { return false }
        return shares.contains { (0.05...20).contains($0) }
            || powers.contains { figure.quantity.prints(entry.value * powerOfTen($0)) }
    }

    /// The owner has the number of something else, which the header may call so.
    private func isOfOtherMetric(_ figure: Figure, _ owner: Owner, _ columns: Set<Int>) -> Bool {
        let terms = Set(columns.map { relation.columns[$0].terms })
        return owner.rows.flatMap { relation.rows[$0].entries }.contains {
            !terms.contains(relation.columns[relation.entries[$0].column].terms) && values.prints(figure, $0)
        }
    }

    private func prints(_ figure: Figure, _ column: Int) -> Bool {
        relation.columns[column].entries.prefix(ValueJudge.mostCandidates).contains { values.prints(figure, $0) }
    }

    private struct Owner {
        var rows: [Int]
        var witnesses: Int
        /// The metrics that the witnesses are of.
        var metrics: Set<[String]>
    }

    /// The one owner of most of the numbers.
    private func owner(_ others: [(figure: Figure, candidates: [Int])]) -> Owner? {
        var support: [Int: Set<Int>] = [:]
        for (place, other) in others.enumerated() {
            for entry in other.candidates {
                support[coordinates.owner(ofRow: relation.entries[entry].row), default: []].insert(place)
            }
        }
        guard let most = support.values.map(\.count).max() else { return nil }
        let owners = support.filter { $0.value.count == most }
        let supporters = owners.values.reduce(into: Set<Int>()) { $0.formUnion($1) }
        let isDistinct = supporters.contains { others[$0].figure.quantity.significant >= 3 }
        guard isDistinct,
            most > 1 || owners.count == 1 && others.contains(where: { $0.figure.quantity.significant > 3 })
        else { return nil }
        // Several may have the same numbers, as one under two names has.
        guard owners.count <= 4, owners.values.allSatisfy({ $0 == supporters }) else { return nil }
        let rows = owners.keys.sorted().flatMap(coordinates.rows(ofOwner:))
        let metrics = supporters.flatMap { place in
            others[place].candidates.filter { rows.contains(relation.entries[$0].row) }.map {
                relation.columns[relation.entries[$0].column].terms
            }
        }
        return rows.count <= 64 ? Owner(rows: rows, witnesses: most, metrics: Set(metrics)) : nil
    }
}
