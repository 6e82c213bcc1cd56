internal import GateVocabulary

/// Rates by what they are of.
extension Reader {
    /// `more transactions per second` are no `transactions` where the data has a rate of them, whatever it calls that.
    func rate(_ tokens: Range<Int>, _ phrase: Phrase) -> Reading.Metric? {
        let next = tokens.upperBound
        guard next + 1 < phrase.tokens.count, ["per", "/"].contains(phrase.tokens[next].text),
            let unit = MeasuredUnit("\(phrase.tokens[next - 1].text)/\(phrase.tokens[next + 1].text)"),
            unit.dimension == .rate, let counted = unit.counted
        else { return nil }
        let columns = relation.columns.indices.filter { index in
            guard let own = relation.columns[index].unit, own.isComparable(with: unit) else { return false }
            // `tps` does not tell of what.
            return own.counted == counted || own.counted == nil && own.name == "\(counted.prefix(1))ps"
        }
        return columns.isEmpty
            ? nil : Reading.Metric(tokens: tokens.lowerBound..<next + 2, columns: columns, isWhole: true, wide: [])
    }
}
