import GateCore
import GateVocabulary

/// Makes tables of facts with owners: one table per file, one row per owner.
struct OwnedTables {
    private var tables: [Draft] = []
    private var byFile: [String: Int] = [:]

    fileprivate struct Draft {
        let file: String
        var rows: [String] = []
        var rowOfOwner: [[String]: Int] = [:]
        var columns: [FactColumn] = []
        var columnOfMetric: [String: Int] = [:]
        var facts: [StoredFact] = []
    }

    /// Only numbers have a place in a table.
    mutating func add(_ fact: Fact) {
        guard case .number(let number) = fact.value else { return }
        let index = byFile[fact.source.file] ?? newTable(fact.source.file)
        let metric = fact.metric.lowercased()
        let column = tables[index].columnOfMetric[metric] ?? tables[index].newColumn(fact, metric)
        var owner = fact.entity
        var row = tables[index].rowOfOwner[owner]
        // A second number of the same owner and metric is another row of the file.
        while let known = row, tables[index].columns[column].values(known) != nil {
            owner.append("\(fact.source.line ?? known)")
            row = tables[index].rowOfOwner[owner]
            if owner.count > fact.entity.count + 8 { break }
        }
        let place = row ?? tables[index].newRow(owner, name: fact.entity.last ?? "")
        tables[index].columns[column].set(number, row: place)
        let model = tables[index].columns[column]
        tables[index].facts.append(
            StoredFact(
                base: number * model.scale, value: number, dimension: model.dimension, scale: model.scale,
                unit: model.unit, family: model.family, statistic: fact.statistic, metric: metric,
                cell: StoredFact.Cell(table: index, row: place), source: fact.source.text))
    }

    func finish(into store: inout FactStore) {
        let offset = store.tables.count
        for draft in tables {
            let stem = baseName(draft.file.lowercased()).split(separator: ".").dropLast().joined(separator: ".")
            var table = FactTable(
                name: stem.isEmpty ? draft.file.lowercased() : stem, file: draft.file,
                words: Set(nameWords(draft.file)))
            table.rows = draft.rows
            table.columns = draft.columns.map { $0.padded(to: draft.rows.count) }
            store.tables.append(table)
            for var fact in draft.facts {
                fact.cell = fact.cell.map { StoredFact.Cell(table: $0.table + offset, row: $0.row) }
                store.facts.append(fact)
            }
        }
    }

    private mutating func newTable(_ file: String) -> Int {
        tables.append(Draft(file: file))
        byFile[file] = tables.count - 1
        return tables.count - 1
    }
}

extension OwnedTables.Draft {
    fileprivate mutating func newColumn(_ fact: Fact, _ metric: String) -> Int {
        let words = nameWords(metric)
        let byName = StoredFact(key: metric, words: words, number: 0, unit: fact.unit, cell: nil, source: "")
        columns.append(
            FactColumn(
                metric: metric, family: byName.family, statistic: fact.statistic,
                dimension: byName.dimension == .unknown ? fact.dimension : byName.dimension, scale: byName.scale,
                unit: byName.unit ?? fact.unit, values: []))
        columnOfMetric[metric] = columns.count - 1
        return columns.count - 1
    }

    fileprivate mutating func newRow(_ owner: [String], name: String) -> Int {
        rows.append(name.lowercased())
        rowOfOwner[owner] = rows.count - 1
        return rows.count - 1
    }
}

extension FactColumn {
    fileprivate func values(_ row: Int) -> Double? { row < values.count ? values[row] : nil }

    fileprivate mutating func set(_ value: Double, row: Int) {
        while values.count <= row { values.append(nil) }
        values[row] = value
    }

    fileprivate func padded(to rows: Int) -> FactColumn {
        var column = self
        while column.values.count < rows { column.values.append(nil) }
        return column
    }
}

extension FactSource {
    /// `reports/a.csv:3, ttft_s`, `reports/b.json /results/0/ttft_s`
    var text: String {
        if let pointer { return "\(file) \(pointer)" }
        return file + (line.map { ":\($0)" } ?? "") + (column.map { ", \($0)" } ?? "")
    }
}
