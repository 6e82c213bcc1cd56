import GateCore
import GateVocabulary

/// The row called Sum, Total or Average of a table: right where it follows from the rows above it.
struct ColumnTotals {
    let claims: ReportClaims

    func judge(_ claim: NumberClaim, _ phrase: Phrase) -> Judged? {
        guard case .cell(let table, let row, let column) = phrase.kind, row >= 2, column > 0, let kind = kind(phrase)
        else { return nil }
        let above = claims.document.tables[table].rows[..<row].compactMap { row -> Double? in
            guard let first = claims.firstOfLine[row.line], column < row.cells.count else { return nil }
            let numbers = claims.phrases[first + column].tokens.compactMap(\.number)
            return numbers.count == 1 ? numbers[0].value : nil
        }
        guard above.count == row else { return nil }
        guard let value = kind.value(of: above), claim.number.prints(value) else { return nil }
        return .derivable("\(kind.name) of the \(above.count) rows above = \(shown(value))")
    }

    private func kind(_ phrase: Phrase) -> Statistic? {
        let words = claims.cell(of: phrase, column: 0).map { claims.phrases[$0].tokens.filter(\.isWord).map(\.text) }
        // `Average TTFT` is a metric.
        guard let words, !words.isEmpty, words.allSatisfy({ totals.contains($0) }) else { return nil }
        switch words.last {
        case "sum", "total", "overall": return .total
        case "average", "mean", "avg": return .mean
        default: return nil
        }
    }
}

private let totals: Set<String> = ["sum", "total", "overall", "average", "mean", "avg", "grand"]
