internal import GateCore
internal import GateVocabulary

/// Columns of a table that say under which setting rows were measured, although they have a unit as measurements do: a limit of
/// 250 W on two days, of 300 W on the next one, and none before.
///
/// Another name of the rows determines them (the day, here), each of its values in several rows, all with one setting: nothing
/// that is measured comes out so. Rows without a value are those without the setting.
///
/// So do columns of which each combination of values has as many rows as any other: a sweep over learning rates, ranks and
/// dropouts, whose table has a name for each trial.
struct DeterminedColumns {
    /// For each file, by column: the place of each row's value among those of the column; -1 for none.
    private(set) var levels: [Int: [[Int: Int]]] = [:]

    private static let mostRows = 4096
    private static let fewestRows = 6
    private static let mostLevels = 8
    private static let mostColumns = 2

    init(_ relation: Relation) {
        let files = Dictionary(grouping: relation.rows.indices) { relation.rows[$0].file }
        for (file, rows) in files where (Self.fewestRows...Self.mostRows).contains(rows.count) {
            let tables = rows.filter { row in
                relation.rows[row].entries.first.map { relation.entries[$0].source.line != nil } ?? false
            }
            guard tables.count == rows.count else { continue }
            let found = Self.columns(of: rows, relation) + Self.crossed(rows, relation)
            if !found.isEmpty { levels[file] = found }
        }
    }

    private static func columns(of rows: [Int], _ relation: Relation) -> [[Int: Int]] {
        var values: [Int: [Int: Double]] = [:]
        for row in rows {
            for entry in relation.rows[row].entries {
                values[relation.entries[entry].column, default: [:]][row] = relation.entries[entry].value
            }
        }
        var result: [[Int: Int]] = []
        for (column, values) in values.sorted(by: { $0.key < $1.key }) where result.count < mostColumns {
            guard relation.columns[column].statistic == .raw else { continue }
            let distinct =
                Set(values.values.prefix(4 * mostLevels)).count > mostLevels ? [] : Set(values.values).sorted()
            let hasNone = values.count < rows.count
            guard (hasNone ? 1...mostLevels : 2...mostLevels).contains(distinct.count) else { continue }
            var levels: [Int: Int] = [:]
            for row in rows { levels[row] = values[row].flatMap(distinct.firstIndex) ?? -1 }
            if isDetermined(levels, rows, count: distinct.count + (hasNone ? 1 : 0), relation) { result.append(levels) }
        }
        return result
    }

    private static let mostCandidates = 10
    private static let mostCrossed = 4

    /// The largest set of columns whose combinations share the rows out evenly.
    private static func crossed(_ rows: [Int], _ relation: Relation) -> [[Int: Int]] {
        var values: [Int: [Int: Double]] = [:]
        for row in rows {
            for entry in relation.rows[row].entries
            where relation.columns[relation.entries[entry].column].statistic == .raw {
                values[relation.entries[entry].column, default: [:]][row] = relation.entries[entry].value
            }
        }
        var candidates: [(levels: [Int: Int], count: Int)] = []
        for (_, values) in values.sorted(by: { $0.key < $1.key })
        where values.count == rows.count && candidates.count < mostCandidates {
            guard Set(values.values.prefix(4 * mostLevels)).count <= mostLevels,
                case let distinct = Set(values.values).sorted(), (2...mostLevels).contains(distinct.count)
            else { continue }
            let levels = values.compactMapValues(distinct.firstIndex)
            // Two columns that say the same share out nothing.
            if !candidates.contains(where: { $0.levels == levels }) { candidates.append((levels, distinct.count)) }
        }
        for size in stride(from: min(mostCrossed, candidates.count), through: 2, by: -1) {
            for chosen in subsets(of: candidates.indices, size) {
                let product = chosen.reduce(1) { $0 * candidates[$1].count }
                guard product <= rows.count, rows.count.isMultiple(of: product) else { continue }
                let groups = Dictionary(grouping: rows) { row in chosen.map { candidates[$0].levels[row] ?? -1 } }
                if groups.count == product, groups.values.allSatisfy({ $0.count == rows.count / product }) {
                    return chosen.map { candidates[$0].levels }
                }
            }
        }
        return []
    }

    private static func subsets(of indices: Range<Int>, _ size: Int) -> [[Int]] {
        guard size > 0 else { return [[]] }
        return indices.flatMap { first in
            subsets(of: first + 1..<max(first + 1, indices.upperBound), size - 1).map { [first] + $0 }
        }
    }

    /// By a name that has more values than it, each in several rows.
    private static func isDetermined(_ levels: [Int: Int], _ rows: [Int], count: Int, _ relation: Relation) -> Bool {
        let sizes = Dictionary(grouping: rows) { levels[$0] ?? -1 }.values.map(\.count)
        guard sizes.allSatisfy({ $0 > 1 }) else { return false }
        var seen: [Int: [Int: (level: Int, rows: Int)]] = [:]
        var broken: Set<Int> = []
        for row in rows {
            for label in relation.rows[row].labels where relation.labels[label].kind != .file {
                let (name, level) = (relation.labels[label].name, levels[row] ?? -1)
                guard !broken.contains(name) else { continue }
                let before = seen[name]?[label]
                if let before, before.level != level { broken.insert(name) }
                seen[name, default: [:]][label] = (level, (before?.rows ?? 0) + 1)
            }
        }
        return seen.contains { name, labels in
            !broken.contains(name) && labels.count > count && labels.values.allSatisfy { $0.rows > 1 }
                && labels.values.reduce(0) { $0 + $1.rows } == rows.count
        }
    }
}
