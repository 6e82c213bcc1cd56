import GateCore
import GateVocabulary

/// Units that do not stand right behind their number.
extension NumberBinder {
    /// `2630 tokens in total (mean 526.0 per prompt)`: what is averaged has the unit of what is summed.
    func unitBeforeStatistic(_ index: Int, _ phrase: Phrase) -> PrintedUnit? {
        // `425 headings in total, about 15 per file`
        if phrase.tokens.dropFirst(index + 1).first?.text == "per" {
            return phrase.tokens[..<index].suffix(8).last { $0.number?.unit?.dimension == .count }?.number?.unit
        }
        // `286.5 tokens per second, more than B with 102.0`
        let isLast = index + 1 >= phrase.tokens.count || phrase.tokens[index + 1].isMark(".,;)")
        if isLast, let measured = phrase.tokens[..<index].lastIndex(where: { $0.number != nil }),
            let unit = phrase.tokens[measured].number?.unit, unit.dimension == .rate || unit.dimension == .time,
            phrase.tokens[measured..<index].contains(where: { comparingWords.contains($0.text) })
        {
            return unit
        }
        guard index >= 3, statisticWords[phrase.tokens[index - 1].text] != nil, phrase.tokens[index - 2].isMark("(")
        else { return nil }
        return phrase.tokens[..<(index - 2)].suffix(4).last { $0.number?.unit != nil }?.number?.unit
    }

    /// `by a factor of 38`
    func factor(_ index: Int, _ phrase: Phrase) -> PrintedUnit? {
        let before = phrase.tokens[..<index].suffix(4).filter {
            !["about", "roughly", "approximately", "~"].contains($0.text)
        }
        return before.suffix(2).elementsEqual(["factor", "of"]) { $0.text == $1 } ? UnitTable.unit("x") : nil
    }

    /// `the sum (218) is 7 tokens below the total (225)`: numbers in parentheses, of what the sentence counts.
    func countedUnit(_ index: Int, _ phrase: Phrase) -> PrintedUnit? {
        let tokens = phrase.tokens
        // `the JSON files hold 225 tokens, the CSV files 124`
        if let measured = tokens[..<index].lastIndex(where: { $0.number != nil }),
            let unit = tokens[measured].number?.unit, unit.dimension == .count, !unit.isFiles,
            tokens[measured..<index].contains(where: { $0.isMark(",;") || $0.text == "and" }),
            tokens[measured..<index].contains(where: { typeWords[$0.text] != nil }),
            index + 1 == tokens.count || tokens[index + 1].isMark(".,;")
        {
            return unit
        }
        guard index > 0, index + 1 < tokens.count, tokens[index - 1].isMark("("), tokens[index + 1].isMark(")"),
            tokens[index].number?.decimals == 0
        else { return nil }
        let units = tokens.compactMap { $0.number?.unit }
        guard let first = units.first, first.dimension == .count, units.allSatisfy({ $0.name == first.name }) else {
            return nil
        }
        return first.name == "tokens" ? first : nil
    }

    /// `A with 65.1 and B with 46.4 tokens/s`: the unit of the next figure, which stands behind the same word.
    static func parallelUnit(_ index: Int, _ tokens: ArraySlice<Token>) -> PrintedUnit? {
        guard index > tokens.startIndex, tokens[index].number?.unit == nil, tokens[index - 1].isWord,
            let next = tokens[(index + 1)...].prefix(9).firstIndex(where: { $0.number != nil }),
            tokens[next - 1].text == tokens[index - 1].text, let unit = tokens[next].number?.unit,
            unit.dimension == .rate || unit.dimension == .time,
            tokens[index..<next].contains(where: { ["and", ",", "versus", "vs", "but"].contains($0.text) })
        else { return nil }
        return unit
    }

    /// `36 gemma3 configurations`, `Prompts: 5`, a cell below `Prompts`: a number of rows.
    func rowUnit(_ claim: NumberClaim, _ phrase: Phrase) -> PrintedUnit? {
        guard claim.number.decimals == 0 else { return nil }
        if case .cell = phrase.kind {
            let words = claims.header(of: phrase).map { claims.phrases[$0].tokens.filter(\.isWord) } ?? []
            return words.count == 1 ? rowUnit(words[0]) : nil
        }
        let before = phrase.tokens[..<claim.index].filter { !$0.isMark("*_`-+") }
        if before.last?.isMark(":") == true, before.count == 2 { return rowUnit(before[0]) }
        // `36 configurations of A were tested, 34 of B and 36 of C`
        if ["of", "for"].contains(phrase.tokens.dropFirst(claim.index + 1).first?.text ?? ""),
            let unit = before.last(where: { $0.number != nil })?.number?.unit ?? earlierRowUnit(before),
            unit.name == "runs"
        {
            return unit
        }
        let after = phrase.tokens.dropFirst(claim.index + 1).prefix(3).prefix { $0.isIdentifier || rowUnit($0) != nil }
        return after.first?.isIdentifier == true ? after.lazy.compactMap { rowUnit($0) }.first : nil
    }

    private func earlierRowUnit(_ before: [Token]) -> PrintedUnit? {
        before.lazy.compactMap { $0.number?.unit }.first { $0.name == "runs" }
    }

    private func rowUnit(_ token: Token) -> PrintedUnit? {
        UnitTable.unit(token.text).flatMap { $0.dimension == .count && $0.name == "runs" ? $0 : nil }
    }
}

private let comparingWords: Set<String> = ["than", "versus", "vs", "against", "compared"]
