internal import GateCore
internal import GateVocabulary

extension Reading {
    /// Whether a word is understood: it names something of the data, or is one that reports are made of.
    func understands(_ place: Int, of phrase: Phrase, _ relation: Relation) -> Bool {
        let token = phrase.tokens[place]
        guard token.isWord || token.isIdentifier else { return true }
        let (word, stem) = (token.text, stem(token.text))
        return Lexicon.stop.contains(word) || Lexicon.generic.contains(stem) || relation.kindTerms.contains(stem)
            || Lexicon.dimensionWords[word] != nil || MeasuredUnit(word) != nil || Lexicon.loads.contains(stem)
            || Lexicon.copulas.contains(word) || Lexicon.measured.contains(word) || Lexicon.having.contains(word)
            || Lexicon.extremes[word] != nil || Lexicon.comparisons[word] != nil || Lexicon.directions[word] != nil
            || Lexicon.statistics[word] != nil || Lexicon.points.contains(word) || Lexicon.leading.contains(word)
            || Lexicon.told.contains(word) || Lexicon.concluding.contains(word) || Lexicon.spans.contains(word)
            || Lexicon.wholes.contains(word) || Lexicon.averaging.contains(word)
            || Lexicon.ends[word] != nil || Tokenizer.month(word) != nil
            || statistics.contains { $0.token == place } || metrics.contains { $0.tokens.contains(place) }
            || entities.contains { $0.isWhole && $0.tokens.contains(place) } || isVerb(place, phrase)
    }

    /// `A serves 3,245 requests/s`: between a name and its value with a unit it says that the one has the other, whatever it is.
    private func isVerb(_ place: Int, _ phrase: Phrase) -> Bool {
        let word = phrase.tokens[place].text
        guard word.hasSuffix("s") || word.hasSuffix("ed"), place + 1 < phrase.tokens.count,
            phrase.tokens[place + 1].number?.unit.map({ $0.dimension != .count }) ?? false
        else { return false }
        return entities.contains { $0.isWhole && !$0.isKey && $0.tokens.upperBound == place }
    }
}
