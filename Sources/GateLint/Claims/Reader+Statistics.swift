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
            return [.raw, .unknown, .count, .rate].contains(statistic) ? nil : .statistic(statistic)
        }
        if isBracketed(index, phrase), MeasuredUnit(token.text) != nil { return nil }
        guard token.isWord || token.isIdentifier else { return nil }
        if let statistic = Lexicon.statistics[token.text] { return .statistic(statistic) }
        if let extreme = Lexicon.extremes[token.text] { return .extreme(extreme) }
        return nil
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
