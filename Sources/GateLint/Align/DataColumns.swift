internal import GateCore
internal import GateVocabulary

/// A column of a report's table that is computed from two columns of the data: a rate of two counts, a difference.
///
/// Which two they are, is told by the cells: where one pair gives all of them but a single one, that one is wrong.
struct DataColumns {
    let relation: Relation

    struct Cell {
        let figure: Figure
        let isRight: Bool
        /// What the two values of its row give.
        let value: Double
        let text: String
    }

    private enum Operation: CaseIterable {
        case ratio, percent, difference, sum

        func value(_ a: Double, _ b: Double) -> Double? {
            switch self {
            case .ratio: b == 0 ? nil : a / b
            case .percent: b == 0 ? nil : 100 * a / b
            case .difference: a - b
            case .sum: a + b
            }
        }

        var text: String {
            switch self {
            case .ratio, .percent: " / "
            case .difference: " − "
            case .sum: " + "
            }
        }
    }

    private struct Key: Hashable, Comparable {
        let first: Int
        let second: Int
        let operation: Operation

        static func < (left: Key, right: Key) -> Bool {
            (left.first, left.second, left.operation.text) < (right.first, right.second, right.operation.text)
        }
    }

    private static let mostCells = 64
    private static let mostRows = 8
    private static let mostEntries = 24
    private static let fewestCells = 3
    /// How likely it may be that a computation fits by accident.
    private static let chance = 0.02

    /// - Parameter figures: of one column, each with the names of its row.
    func cells(_ figures: [Figure]) -> [Cell] {
        guard (DataColumns.fewestCells...DataColumns.mostCells) ~= figures.count else { return [] }
        var hits: [Key: [Int: Double]] = [:]
        var trials = 1
        for (place, figure) in figures.enumerated() {
            guard let rows = Selection(figure, relation).rows, rows.count <= DataColumns.mostRows else { return [] }
            var tried = 0
            for (key, value) in computations(of: rows) {
                tried += 1
                if figure.signed.prints(value) { hits[key, default: [:]][place] = value }
            }
            trials = max(trials, tried)
        }
        guard let most = hits.values.map(\.count).max(), most >= DataColumns.fewestCells, most + 1 >= figures.count
        else { return [] }
        let best = hits.filter { $0.value.count == most }.sorted { $0.key < $1.key }
        guard let (key, values) = best.first, isUnlikely(values, figures, trials) else { return [] }
        let text = relation.columns[key.first].name + key.operation.text + relation.columns[key.second].name
        return figures.enumerated().compactMap { place, figure in
            if let value = values[place] { return Cell(figure: figure, isRight: true, value: value, text: text) }
            // Which value it should have must be sure.
            let others = Set(
                (Selection(figure, relation).rows.map { computations(of: $0) } ?? []).filter { $0.0 == key }.map(\.1))
            guard best.count == 1, others.count == 1, let value = others.first else { return nil }
            return Cell(figure: figure, isRight: false, value: value, text: text)
        }
    }

    private func isUnlikely(_ values: [Int: Double], _ figures: [Figure], _ trials: Int) -> Bool {
        let accident = values.reduce(Double(trials)) { chance, value in
            chance * min(1, 2 * figures[value.key].quantity.halfStep / max(abs(value.value), .leastNormalMagnitude))
        }
        return accident <= DataColumns.chance
    }

    /// What two values of one row come to.
    private func computations(of rows: [Int]) -> [(Key, Double)] {
        var result: [(Key, Double)] = []
        for row in rows where relation.rows[row].entries.count <= DataColumns.mostEntries {
            let entries = relation.rows[row].entries.map { relation.entries[$0] }
            for a in entries {
                for b in entries where a.column != b.column {
                    for operation in Operation.allCases where operation != .sum || a.column < b.column {
                        guard let value = operation.value(a.value, b.value) else { continue }
                        result.append((Key(first: a.column, second: b.column, operation: operation), value))
                    }
                }
            }
        }
        return result
    }

    /// Whether two values of the rows come to a number: it is not made up, whatever it is said to be.
    func give(_ figure: Figure, _ rows: [Int]) -> String? {
        guard rows.count <= DataColumns.mostRows, figure.quantity.significant >= 2 else { return nil }
        let hit = computations(of: rows).filter { key, _ in
            let (a, b) = (relation.columns[key.first], relation.columns[key.second])
            switch key.operation {
            // Of one unit, or of the number's own for each of something.
            case .ratio: return !figure.isRelative && (figure.unit == nil || isOfUnit(figure, a))
            case .percent: return figure.quantity.isPercent && a.dimension == b.dimension
            case .difference, .sum: return !figure.isRelative && a.dimension == b.dimension && isOfUnit(figure, a)
            }
        }.first { key, value in
            let factor =
                key.operation == .percent
                ? 1 : (relation.columns[key.first].unit?.factor ?? 1) / (figure.unit?.factor ?? 1)
            return figure.quantity.prints(abs(value) * (figure.unit == nil ? 1 : factor), slack: figure.slack)
        }
        return hit.map {
            relation.columns[$0.0.first].name + $0.0.operation.text + relation.columns[$0.0.second].name
        }
    }

    private func isOfUnit(_ figure: Figure, _ column: Relation.Column) -> Bool {
        guard let unit = figure.unit, unit.dimension != .count else { return column.unit?.dimension != .time }
        return column.unit.map { $0.isComparable(with: unit) } ?? false
    }
}
