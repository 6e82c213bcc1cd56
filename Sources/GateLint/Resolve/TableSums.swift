internal import GateCore
internal import GateVocabulary

/// Total rows of a report's tables against the rows above them: of counts alone, since other totals are no sums.
struct TableSums {
    let binder: Binder

    struct Wrong {
        let phrase: Int
        let bytes: Range<Int>
        let evidence: String
    }

    func findings() -> [Wrong] { binder.document.tables.indices.flatMap(findings) }

    private func findings(ofTable table: Int) -> [Wrong] {
        let rows = binder.rows(ofTable: table)
        guard rows.count >= 3, let last = rows.last, let name = last.first.map({ binder.phrases[$0] }),
            name.tokens.contains(where: { ["total", "sum", "totals"].contains($0.text) })
        else { return [] }
        return last.indices.dropFirst().compactMap { column in
            guard let header = binder.cell(table, row: -1, column: column), binder.readings[header].statistics.isEmpty,
                binder.unit(ofHeader: header).map({ $0.dimension == .bytes }) ?? true, let total = plain(last[column]),
                total.isWhole
            else { return nil }
            let parts = rows.dropLast().map { column < $0.count ? plain($0[column]) : nil }
            guard parts.allSatisfy({ $0?.isWhole == true && $0?.unit == nil }) else { return nil }
            let sum = parts.reduce(0) { $0 + ($1?.value ?? 0) }
            guard sum != total.value, sum.isFinite, total.unit == nil else { return nil }
            let phrase = binder.phrases[last[column]]
            guard let token = phrase.tokens.first(where: { $0.number != nil }) else { return nil }
            return Wrong(
                phrase: last[column], bytes: token.bytes, evidence: "the rows above it sum up to \(shown(sum))")
        }
    }

    /// The number of a cell that holds nothing else.
    private func plain(_ cell: Int) -> Quantity? {
        let tokens = binder.phrases[cell].tokens.filter { !$0.isMark("*_`") }
        return tokens.count == 1 ? tokens[0].number : nil
    }
}
