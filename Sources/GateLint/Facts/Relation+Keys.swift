internal import GateCore
internal import GateVocabulary

/// Columns that tell rows apart which their names leave alike: `scale` and `clients` of a sweep.
extension Relation {
    private static let mostRows = 4096

    mutating func addKeys() {
        let files = Dictionary(grouping: rows.indices) { rows[$0].file }.sorted { $0.key < $1.key }
        for (_, members) in files where members.count > 3 && members.count <= Relation.mostRows {
            for (column, values) in keyColumns(of: members) {
                setKey(column)
                for (row, value) in values {
                    add(FactLabel(.key, name: columns[column].name, text: shown(value)), to: row)
                }
            }
        }
    }

    /// In the order of the file, as many as it takes; none where they do not suffice.
    private func keyColumns(of members: [Int]) -> [(column: Int, values: [(row: Int, value: Double)])] {
        var names = Dictionary(uniqueKeysWithValues: members.map { ($0, rows[$0].labels.map(String.init)) })
        var different = Set(names.values).count
        guard different < members.count, let first = members.first else { return [] }
        var result: [(column: Int, values: [(row: Int, value: Double)])] = []
        for column in rows[first].entries.map({ entries[$0].column }) where mayBeKey(columns[column]) {
            let values = members.compactMap { row in
                rows[row].entries.first { entries[$0].column == column }.map { (row: row, value: entries[$0].value) }
            }
            guard values.count == members.count, values.allSatisfy({ $0.value.rounded() == $0.value && $0.value >= 0 }),
                case let distinct = Set(values.map(\.value)).count, distinct > 1, 2 * distinct <= members.count
            else { continue }
            var longer = names
            for (row, value) in values { longer[row]?.append(shown(value)) }
            let count = Set(longer.values).count
            guard count > different else { continue }
            (names, different) = (longer, count)
            result.append((column, values))
            if different == members.count { return result }
        }
        return []
    }

    private func mayBeKey(_ column: Column) -> Bool {
        column.statistic == .raw && (column.unit == nil || column.unit?.dimension == .count)
            && [.unknown, .count, .bytes].contains(column.dimension)
    }
}
