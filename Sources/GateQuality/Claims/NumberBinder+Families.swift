import GateCore
import GateVocabulary

/// The metric that a number of a sentence is about.
extension NumberBinder {
    func family(near index: Int, _ mentions: Mentions, _ unit: PrintedUnit?, _ phrase: Phrase) -> MetricFamily? {
        let before = mentions.families.last { $0.index < index && fits($0.value, unit) }
        let after = mentions.families.first { mention in
            mention.index > index && mention.index - index < 6 && fits(mention.value, unit)
                && !phrase.tokens[index..<mention.index].contains { $0.isMark(")") }
        }
        if let part = part(of: index, mentions, unit, phrase) { return part }
        if isAnswerTime(index, unit, phrase) { return .eval }
        return (before ?? after)?.value
    }

    /// `2.07 s of the 2.32 s TTFT on loading`, `of which 0.9 s were spent loading`, `6.89 s are prompt evaluation`: what
    /// stands behind the number names it, whatever stands before.
    private func part(
        of index: Int, _ mentions: Mentions, _ unit: PrintedUnit?, _ phrase: Phrase
    ) -> MetricFamily? {
        let after = phrase.tokens.dropFirst(index + 1).prefix(12)
        let behind = mentions.families.filter { $0.index > index && fits($0.value, unit) }
        if after.first?.text == "of", ["the", "this", "that", "its"].contains(after.dropFirst().first?.text ?? ""),
            let whole = after.prefix(4).firstIndex(where: { $0.number != nil })
        {
            return behind.last { $0.index > whole + 1 && $0.index - whole < 9 }?.value
        }
        let isPart = phrase.tokens[..<index].suffix(2).elementsEqual(["of", "which"]) { $0.text == $1 }
        if isPart { return behind.first { $0.index - index < 6 }?.value }
        guard unit?.dimension == .time, let verb = after.first?.text else { return nil }
        let distance = ["are", "were", "is", "was", "for", "of", "on"].contains(verb) ? 2 : 1
        return behind.first { $0.index - index <= distance && phrase.tokens[$0.index].isWord }?.value
    }

    /// `805 tokens in 7.97 s`: how long the answer took.
    private func isAnswerTime(_ index: Int, _ unit: PrintedUnit?, _ phrase: Phrase) -> Bool {
        guard unit?.dimension == .time, claims.store.byFamily[.eval] != nil, index > 1,
            ["in", "within"].contains(phrase.tokens[index - 1].text)
        else { return false }
        return phrase.tokens[..<(index - 1)].suffix(3).contains { $0.number?.unit?.name == "tokens" }
    }
}
