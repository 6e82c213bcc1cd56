internal import GateCore
internal import GateVocabulary

/// The tables and the lists of parallel items of a report, as grids of numbers.
struct ReportGrids {
    let binder: Binder
    /// By phrase.
    let figures: [[Figure]]
    let relation: Relation

    var tables: [[GridAlignment.Row]] {
        binder.document.tables.indices.map { table in
            binder.rows(ofTable: table).map { cells in
                var row = GridAlignment.Row(cells: [])
                for cell in cells {
                    let own = figures[cell]
                    row.cells += own.isEmpty ? [nil] : own.map { GridAlignment.Cell(figure: $0) }
                    if own.isEmpty { name(&row, names(in: binder.readings[cell])) }
                }
                for key in binder.keys(ofRow: cells) { name(&row, [key]) }
                return row
            }
        }
    }

    /// Without what is a metric's name as well.
    private func names(in reading: Reading) -> [Reading.Entity] {
        reading.entities.filter { entity in
            !reading.metrics.contains { $0.isWhole && $0.tokens.overlaps(entity.tokens) }
        }
    }

    /// What two names exclude is of neither for certain.
    private func name(_ row: inout GridAlignment.Row, _ entities: [Reading.Entity]) {
        for entity in entities where entity.isWhole {
            let both = row.rows.map { intersection($0, entity.rows) } ?? entity.rows
            guard !both.isEmpty else { continue }
            row.rows = both
            row.axes.formUnion(entity.labels.map { Coordinates.axis(ofLabelName: relation.labels[$0].name) })
        }
    }
}
