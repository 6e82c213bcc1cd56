internal import GateVocabulary

/// Rates by what they are of.
extension Reader {
    private static let ofRates: Set<String> = ["rate", "rates", "throughput"]

    /// `more transactions per second` are no `transactions` where the data has a rate of them, whatever it calls that; nor is
    /// the `request rate` a number of requests.
    func rate(_ tokens: Range<Int>, _ phrase: Phrase) -> Reading.Metric? {
        let next = tokens.upperBound
        guard next < phrase.tokens.count else { return nil }
        if Reader.ofRates.contains(phrase.tokens[next].text) { return rate(at: next, phrase) }
        guard next + 1 < phrase.tokens.count, ["per", "/"].contains(phrase.tokens[next].text) else { return nil }
        return rate(
            of: "\(phrase.tokens[next - 1].text)/\(phrase.tokens[next + 1].text)", tokens.lowerBound..<next + 2)
    }

    /// `transaction rate`, where the data says no more than `tps`.
    func rates(_ phrase: Phrase, besides known: [Reading.Metric]) -> [Reading.Metric] {
        phrase.tokens.indices.filter { Reader.ofRates.contains(phrase.tokens[$0].text) }.compactMap { place in
            rate(at: place, phrase)
        }.filter { rate in !known.contains { $0.tokens.overlaps(rate.tokens) } }
    }

    private func rate(at place: Int, _ phrase: Phrase) -> Reading.Metric? {
        guard place > 0, case let noun = phrase.tokens[place - 1], noun.isWord, !Lexicon.stop.contains(noun.text) else {
            return nil
        }
        return rate(of: noun.text.hasSuffix("s") ? "\(noun.text)/s" : "\(noun.text)s/s", place - 1..<place + 1)
    }

    private func rate(of name: String, _ tokens: Range<Int>) -> Reading.Metric? {
        guard let unit = MeasuredUnit(name), unit.dimension == .rate, let counted = unit.counted else { return nil }
        let columns = relation.columns.indices.filter { index in
            guard let own = relation.columns[index].unit, own.isComparable(with: unit) else { return false }
            // `tps` does not tell of what.
            return own.counted == counted || own.counted == nil && own.name == "\(counted.prefix(1))ps"
        }
        return columns.isEmpty ? nil : Reading.Metric(tokens: tokens, columns: columns, isWhole: true, wide: [])
    }
}
