internal import GateCore
internal import GateVocabulary

/// The rows that a figure's subjects leave, and how surely they are meant.
struct Selection {
    /// Sorted; nil where nothing was named: all rows.
    var rows: [Int]?
    /// Every subject stands with just this number, and together they leave rows.
    var isNamed = false
    /// Two subjects exclude each other, or one is only a part of a name.
    var isDoubtful = false
    var used: [Reading.Entity] = []

    /// What stands above and does not hold for the sentence for sure: it leaves no doubt where the sentence says enough.
    var isVague = false
    /// An owner is that of the number before.
    var isInherited = false

    init(_ figure: Figure, _ relation: Relation) {
        isDoubtful = figure.hasUnknownKey
        // What stands with the number first; then what selects most.
        let bound = figure.entities.sorted {
            ($0.certainty, $0.mention.rows.count, $0.mention.tokens.lowerBound) < (
                $1.certainty, $1.mention.rows.count, $1.mention.tokens.lowerBound
            )
        }
        var groups: Set<Int> = []
        for entity in bound {
            let isFirm = entity.certainty <= .inherited
            guard entity.certainty < .loose else {
                if entity.certainty == .faint { isVague = true }
                if entity.certainty == .loose, !groups.contains(entity.mention.group) { isDoubtful = true }
                continue
            }
            groups.insert(entity.mention.group)
            let both = rows.map { intersection($0, entity.mention.rows) } ?? entity.mention.rows
            if both.isEmpty {
                if isFirm { isDoubtful = true }
                continue
            }
            rows = both
            if entity.certainty == .inherited { isInherited = true }
            used.append(entity.mention)
            if isFirm || entity.certainty == .context { isNamed = true }
            if isFirm, !entity.mention.isWhole { isDoubtful = true }
        }
    }
}

extension Relation {
    /// The entries of rows in columns; the shorter side leads.
    func entries(in rows: [Int]?, columns: [Int]?, limit: Int, where fits: (Column) -> Bool) -> [Int] {
        var result: [Int] = []
        if let rows, columns == nil || rows.count <= 64 {
            let wanted = columns.map(Set.init)
            for row in rows {
                for entry in self.rows[row].entries {
                    let column = entries[entry].column
                    if wanted?.contains(column) ?? true, fits(self.columns[column]) { result.append(entry) }
                }
                if result.count > limit { break }
            }
            return result
        }
        guard let columns else { return [] }
        for column in columns where fits(self.columns[column]) {
            if let rows {
                result += self.columns[column].entries.filter { contains(rows, entries[$0].row) }
            } else {
                result += self.columns[column].entries.prefix(limit + 1 - min(result.count, limit))
            }
            if result.count > limit { break }
        }
        return result
    }

    /// A row that sums the others up.
    func isTotal(_ row: Int) -> Bool {
        rows[row].labels.contains { labels[$0].isTotal }
    }

    static let totals: Set<String> = [
        "total", "totals", "sum", "aggregated", "aggregate", "all", "overall", "average", "mean", "avg",
    ]
}
