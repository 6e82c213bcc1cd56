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

    /// Items that follow each other below one lead, at least three with numbers.
    var lists: [[GridAlignment.Row]] {
        var runs: [[Int]] = []
        for (index, phrase) in binder.phrases.enumerated() where phrase.isItem && !figures[index].isEmpty {
            if let last = runs.last?.last, binder.phrases[last].before.last == phrase.before.last,
                binder.phrases[last].headings == phrase.headings, phrase.line - binder.phrases[last].line <= 2
            {
                runs[runs.count - 1].append(index)
            } else {
                runs.append([index])
            }
        }
        return runs.filter(areParallel).map { run in
            run.map { index in
                var row = GridAlignment.Row(cells: figures[index].map { GridAlignment.Cell(figure: $0) })
                name(&row, binder.readings[index].entities.filter { $0.tokens.upperBound <= figures[index][0].token })
                return row
            }
        }
    }

    /// Items that say the same of one thing each: as many numbers, in the same units and statistics.
    private func areParallel(_ items: [Int]) -> Bool {
        guard items.count > 2 else { return false }
        let first = figures[items[0]]
        return items.allSatisfy { item in
            figures[item].count == first.count
                && zip(figures[item], first).allSatisfy {
                    $0.unit?.dimension == $1.unit?.dimension && $0.statistics == $1.statistics
                        && $0.isRelative == $1.isRelative
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
