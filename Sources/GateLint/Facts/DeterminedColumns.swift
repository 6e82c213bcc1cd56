internal import GateCore
internal import GateVocabulary

/// Columns of a table that say under which setting rows were measured, although they have a unit as measurements do: a limit of
/// 250 W on two days, of 300 W on the next one, and none before.
///
/// Another name of the rows determines them (the day, here), each of its values in several rows, all with one setting: nothing
/// that is measured comes out so. Rows without a value are those without the setting.
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
            let found = Self.columns(of: rows, relation)
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
