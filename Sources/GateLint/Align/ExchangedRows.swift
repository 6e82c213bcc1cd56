internal import GateCore

/// Two rows of a table that have each other's numbers: all those of the one are of what the other one is called.
struct ExchangedRows {
    private let binder: Binder
    private let relation: Relation
    private let values: ValueJudge
    /// By the phrase that names the row.
    private var rows: [Int: [Figure]] = [:]

    private static let mostHits = 24
    private static let fewestDigits = 3

    init(_ binder: Binder, _ figures: [[Figure]], _ relation: Relation) {
        (self.binder, self.relation, values) = (binder, relation, ValueJudge(relation))
        for (index, phrase) in binder.phrases.enumerated() where phrase.isCell && !figures[index].isEmpty {
            guard let row = binder.row(of: phrase).first else { continue }
            rows[row, default: []] += figures[index].filter {
                $0.quantity.significant >= ExchangedRows.fewestDigits
            }
        }
    }

    /// - Parameters:
    ///   - row: the phrase that names it.
    ///   - found: its numbers with whose they are.
    func isExchanged(_ row: Int, _ found: [SwappedPairs.Found]) -> Bool {
        let own = names(row)
        return rows.contains { other, figures in
            other != row && figures.count >= found.count
                && found.allSatisfy { one in isOf(names(other), one.stranger) }
                && figures.allSatisfy { figure in
                    values.search.measured(figure, limit: ExchangedRows.mostHits).contains { isOf(own, $0) }
                }
        }
    }

    private func names(_ row: Int) -> [Reading.Entity] {
        binder.readings[row].entities.filter { $0.isWhole && !$0.isKey }
    }

    private func isOf(_ names: [Reading.Entity], _ entry: Int) -> Bool {
        names.contains { contains($0.rows, relation.entries[entry].row) }
    }
}
