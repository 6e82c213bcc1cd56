internal import GateVocabulary

/// Which way a bound holds, and of whom.
extension Binder {
    /// `stays under 200 ms`, `never above 2,544`, `none of the runs exceeds 19 GiB`
    func bound(_ figure: inout Figure, _ phrase: Phrase) {
        let clause = phrase.tokens[clauseStart(before: figure.token, phrase)..<figure.token]
        if let limit = limit(before: figure.token, figure.phrase) { return set(limit, clause, &figure) }
        // `more than 5`, `above the 200`
        let near = clause.suffix(3).filter { !["than", "the", "a"].contains($0.text) }
        if let word = near.last { set(word, clause, &figure) }
    }

    /// `exceeds a TTFT of 281 ms`: the word before the metric is that of the bound.
    func limit(before token: Int, _ index: Int) -> Token? {
        let (phrase, reading) = (phrases[index], readings[index])
        guard token > 2, phrase.tokens[token - 1].text == "of", !phrase.isCell else { return nil }
        let start = phrase.tokens[..<(token - 1)].lastIndex { Lexicon.limits.contains($0.text) || $0.text == "than" }
        guard let start, start + 1 < token - 1,
            let metric = reading.metrics.last(where: { $0.tokens.upperBound == token - 1 }),
            start < metric.tokens.lowerBound,
            phrase.tokens[(start + 1)..<metric.tokens.lowerBound].allSatisfy({
                ["a", "an", "the", "its"].contains($0.text) || Lexicon.statistics[$0.text] != nil || $0.isIdentifier
            })
        else { return nil }
        return phrase.tokens[start].text == "than" ? phrase.tokens[max(0, start - 1)] : phrase.tokens[start]
    }

    private func set(_ word: Token, _ clause: ArraySlice<Token>, _ figure: inout Figure) {
        let isUpper = Lexicon.upperBounds.contains(word.text)
        guard isUpper || Lexicon.lowerBounds.contains(word.text) else { return }
        let denials = clause.count { Lexicon.negations.contains($0.text) && $0.text != "without" }
        guard denials <= 1 else { return }
        figure.side = isUpper == (denials == 0) ? .atMost : .atLeast
        // What some of several are above is a bound of none in particular.
        let isOfSome = clause.contains { ["only", "some", "most", "half", "few", "many", "often"].contains($0.text) }
        let isOfSo = zip(clause, clause.dropFirst()).contains {
            ($0.number != nil || $0.text == "one") && $1.text == "of"
        }
        figure.isOfSome = isOfSome || isOfSo || isChoice(clause)
        if figure.isOfSome { figure.side = nil }
        figure.isOfEach =
            clause.contains { ["all", "every", "each", "both", "always", "throughout"].contains($0.text) }
            || denials == 1 && clause.contains { ["none", "no", "never"].contains($0.text) }
    }

    /// `the engines with a p95 below 7.2 ms`, `those whose p95 stays under 7.2 ms`: it says which are meant.
    private func isChoice(_ clause: ArraySlice<Token>) -> Bool {
        let near = clause.suffix(8)
        return near.contains { $0.text == "whose" }
            || zip(near, near.dropFirst()).contains { $0.text == "with" && ["a", "an"].contains($1.text) }
                && clause.contains { $0.text == "of" && $0.isCapitalised || ["among", "those"].contains($0.text) }
    }

    private func clauseStart(before token: Int, _ phrase: Phrase) -> Int {
        phrase.tokens[..<token].lastIndex { $0.isMark(";:") || Lexicon.clauseWords.contains($0.text) }.map { $0 + 1 }
            ?? 0
    }
}
