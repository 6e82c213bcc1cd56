internal import GateCore
internal import GateVocabulary

/// Words that say which statistic a number is.
extension Reader {
    func said(_ index: Int, _ phrase: Phrase) -> Reading.Said? {
        let token = phrase.tokens[index]
        if let share = oneIn(index, phrase) { return .statistic(Statistic(quantile: share)) }
        if let number = token.number {
            guard number.isOrdinal || number.isPercent, (1...100).contains(number.value) else { return nil }
            let after = phrase.tokens.dropFirst(index + 1).prefix(3)
            let isNamed =
                after.contains { $0.text.hasPrefix("percentile") } || after.first?.text == "ile"
                || number.isOrdinal && phrase.tokens.contains { $0.text.hasPrefix("percentile") }
            return isNamed ? .statistic(Statistic(quantile: number.value / 100)) : nil
        }
        if token.isIdentifier {
            let statistic = NameReading(token.written ?? token.text).statistic
            guard ![.raw, .unknown, .count, .rate].contains(statistic),
                !isName(token.written ?? token.text, of: statistic)
            else {
                return nil
            }
            return .statistic(statistic)
        }
        if isBracketed(index, phrase), MeasuredUnit(token.text) != nil { return nil }
        guard token.isWord || token.isIdentifier else { return nil }
        if let statistic = Lexicon.statistics[token.text] {
            return isName(compound(index, phrase), of: statistic) ? nil : .statistic(statistic)
        }
        if let extreme = Lexicon.extremes[token.text] { return .extreme(extreme) }
        return nil
    }

    /// The word with what is joined to it by a hyphen.
    private func compound(_ index: Int, _ phrase: Phrase) -> String {
        let next = phrase.tokens.dropFirst(index + 1).prefix(2)
        guard let mark = next.first, let word = next.last, mark.isMark("-"), word.isWord,
            word.bytes.lowerBound == mark.bytes.upperBound,
            mark.bytes.lowerBound == phrase.tokens[index].bytes.upperBound
        else { return phrase.tokens[index].text }
        return "\(phrase.tokens[index].text)-\(word.text)"
    }

    /// `the maximum-rate workload`, which the data calls `max-rate`: a name of rows, and no maximum.
    private func isName(_ word: String, of statistic: Statistic) -> Bool {
        let reading = NameReading(word)
        let subject = Set(Canon.terms(reading.subject).map(\.term))
        guard !subject.isEmpty else { return false }
        return relation.labels.contains { label in
            label.kind == .text && label.number == nil && subject.isSubset(of: label.terms)
                && NameReading(label.text).statistic == statistic
        }
    }
}

/// `one request in a hundred waits longer than`: what it waits for is the 99th percentile.
private func oneIn(_ index: Int, _ phrase: Phrase) -> Double? {
    guard phrase.tokens[index].text == "one" else { return nil }
    let next = phrase.tokens.dropFirst(index + 1).prefix(4).map(\.text)
    guard let place = next.firstIndex(of: "in"), place <= 1 else { return nil }
    let number = next.dropFirst(place + 1).first { $0 != "a" && $0 != "every" }
    return number.flatMap { ["ten": 0.9, "twenty": 0.95, "hundred": 0.99, "thousand": 0.999][$0] }
}

/// Between brackets of its own.
private func isBracketed(_ index: Int, _ phrase: Phrase) -> Bool {
    index > 0 && index + 1 < phrase.tokens.count && phrase.tokens[index - 1].isMark("([")
        && phrase.tokens[index + 1].isMark(")]")
}
