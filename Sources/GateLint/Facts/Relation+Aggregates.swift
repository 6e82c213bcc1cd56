internal import GateCore
internal import GateVocabulary

/// What single values come to by the names of their rows: the total of a branch over all weeks, the mean of a device over its
/// runs.
///
/// Reports say these more often than the single values. They are kept apart from the data itself: so many numbers there
/// are that any one is among them by accident, and only what stands with a number can tell that it is meant.
extension Relation {
    /// So many numbers are computed at most, columns of fewer rows first.
    private static let mostAggregates = 40_000
    private static let mostRows = 4096
    private static let mostAxes = 5

    /// The relation with rows for all groups of rows that share one name, two, or all but one.
    func withAggregates() -> Relation {
        var result = self
        var count = 0
        var rowOfGroup: [Group: Int] = [:]
        let settings = DeterminedColumns(self).levels
        for series in series() {
            for group in groups(series.entries, settings[series.file] ?? []) where count < Relation.mostAggregates {
                let key = Group(file: series.file, labels: group.labels)
                let row = rowOfGroup[key] ?? result.addComputedRow(file: series.file, labels: group.labels)
                rowOfGroup[key] = row
                let files = Set(group.entries.map { rows[entries[$0].row].file }).count
                // Of values that stand in files of their own only their sum and their mean are said.
                for (statistic, name, value) in statistics(series.column, group.entries)
                where files == 1 || statistic == .total || statistic == .mean {
                    result.addComputed(
                        value, statistic, of: series.column, row: row,
                        text: "\(name) of \(group.entries.count) values of \(columns[series.column].name)"
                            + (files > 1 ? " in \(files) files" : ""))
                    count += 1
                }
            }
        }
        if count > 0 { result.sortValues() }
        return result
    }

    private struct Group: Hashable {
        let file: Int
        let labels: [Int]
    }

    /// The values of one column in one file, below the same keys, without rows that sum others up.
    private func series() -> [(file: Int, column: Int, entries: [Int])] {
        struct Key: Hashable {
            let file: Int
            let column: Int
            let path: [Int]
        }
        var series: [Key: [Int]] = [:]
        for column in columns.indices where columns[column].entries.count > 1 {
            guard columns[column].entries.count <= Relation.mostRows else { continue }
            for entry in columns[column].entries where !isTotal(entries[entry].row) {
                let row = rows[entries[entry].row]
                let path = row.labels.filter { labels[$0].kind == .path }
                series[Key(file: row.file, column: column, path: path), default: []].append(entry)
            }
        }
        let ofFiles = series.filter { $0.value.count > 1 }.map { ($0.key.file, $0.key.column, $0.value) }
        return (ofFiles + acrossFiles(series.filter { $0.value.count == 1 }.map { ($0.key.column, $0.value[0]) }))
            .sorted {
                ($0.entries.count, $0.file, $0.column, $0.entries[0]) < (
                    $1.entries.count, $1.file, $1.column, $1.entries[0]
                )
            }
    }

    /// Columns of which more files have one value each: runs with a file of their own.
    private func acrossFiles(_ single: [(column: Int, entry: Int)]) -> [(file: Int, column: Int, entries: [Int])] {
        Dictionary(grouping: single, by: \.column).compactMap { column, members in
            let entries = members.map(\.entry).sorted()
            let files = Set(entries.map { rows[self.entries[$0].row].file })
            guard files.count > 1, files.count == entries.count, let first = files.min() else { return nil }
            return (first, column, entries)
        }
    }

    /// All of them; those that share a name, two, all but one. Only names that leave more than one, and not all.
    private func groups(_ entries: [Int], _ settings: [[Int: Int]]) -> [(labels: [Int], entries: [Int])] {
        var names: [Int: Set<Int>] = [:]
        for entry in entries {
            for label in rows[self.entries[entry].row].labels where labels[label].kind != .path {
                names[labels[label].name, default: []].insert(label)
            }
        }
        let axes = names.filter { $0.value.count > 1 && $0.value.count < entries.count }.keys.sorted().prefix(
            Relation.mostAxes)
        var result = [(common(entries), entries)]
        var seen = Set([entries])
        func add(_ wanted: [Int]) {
            var members: [[Int]: [Int]] = [:]
            for entry in entries {
                let own = rows[self.entries[entry].row].labels.filter { wanted.contains(labels[$0].name) }
                if own.count == wanted.count { members[own, default: []].append(entry) }
            }
            for (_, members) in members.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
            where members.count > 1 && seen.insert(members).inserted {
                result.append((common(members), members))
            }
        }
        for axis in axes { add([axis]) }
        for levels in settings {
            let members = Dictionary(grouping: entries) { levels[self.entries[$0].row] ?? -1 }
            for (_, members) in members.sorted(by: { $0.key < $1.key })
            where members.count > 1 && members.count < entries.count && seen.insert(members).inserted {
                result.append((common(members), members))
            }
        }
        for (place, first) in axes.enumerated() {
            for second in axes.dropFirst(place + 1) { add([first, second]) }
        }
        // The runs of one point of a sweep: all names but one are the same.
        if axes.count > 3 { for axis in axes { add(axes.filter { $0 != axis }) } }
        return result
    }

    /// The names that all rows of values have.
    private func common(_ members: [Int]) -> [Int] {
        guard let first = members.first else { return [] }
        var common = rows[entries[first].row].labels
        for entry in members.dropFirst() { common = intersection(common, rows[entries[entry].row].labels) }
        return common
    }

    private func statistics(_ column: Int, _ members: [Int]) -> [(Statistic, String, Double)] {
        let values = members.map { entries[$0].value }.sorted()
        let sum = values.reduce(0, +)
        let middle = values.count / 2
        let median = values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
        let model = columns[column]
        var result: [(Statistic, String, Double)] = [
            (.mean, "mean", sum / Double(values.count)), (.min, "minimum", values[0]),
            (.max, "maximum", values[values.count - 1]),
        ]
        guard [.raw, .count, .total].contains(model.statistic) else { return result }
        result.append((.median, "median", median))
        let isSummable = !model.isFraction && ![.ratio, .rate, .temperature, .frequency].contains(model.dimension)
        if isSummable { result.append((.total, "total", sum)) }
        return result
    }
}
