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
            || Lexicon.wholes.contains(word) || Lexicon.averaging.contains(word) || Lexicon.sharing.contains(word)
            || Lexicon.ends[word] != nil || Tokenizer.month(word) != nil
            || statistics.contains { $0.token == place } || metrics.contains { $0.tokens.contains(place) }
            || entities.contains { $0.isWhole && $0.tokens.contains(place) } || Lexicon.asides.contains(word)
            || isVerb(place, phrase) || isThing(place, phrase) || isParticiple(place, phrase)
            || word == "tail" && !statistics.isEmpty
    }

    /// `A serves 3,245 requests/s`, `the TTFT of A stands at 12 ms`, `It is A that delivers 3,245 requests/s`: between a name
    /// and its value with a unit it says that the one has the other, whatever it is.
    private func isVerb(_ place: Int, _ phrase: Phrase) -> Bool {
        let (tokens, word) = (phrase.tokens, phrase.tokens[place].text)
        let behind = tokens[(place + 1)...].drop {
            Lexicon.reaching.contains($0.text) || Lexicon.about.contains($0.text) || $0.isMark("*_`~≈")
        }
        guard word.hasSuffix("s") || word.hasSuffix("ed"), behind.startIndex - place <= 4,
            behind.first?.number?.unit.map({ $0.dimension != .count }) ?? false
        else { return false }
        let before = tokens[..<place].lastIndex { !Lexicon.asides.contains($0.text) && !$0.isMark("*_`)") }
        guard let before else { return false }
        return ["that", "which", "it"].contains(tokens[before].text) || isEndOfName(before) || isThing(before, phrase)
    }

    private func isEndOfName(_ place: Int) -> Bool {
        entities.contains { $0.isWhole && $0.tokens.upperBound == place + 1 }
            || metrics.contains { $0.isWhole && $0.tokens.upperBound == place + 1 }
    }

    /// `the xz codec`, `release 2.3.1`: what a name is one of.
    private func isThing(_ place: Int, _ phrase: Phrase) -> Bool {
        guard Lexicon.things.contains(stem(phrase.tokens[place].text)) else { return false }
        return entities.contains {
            $0.isWhole && !$0.isKey && $0.tokens.upperBound == place
                || ($0.isWhole || $0.isKey) && $0.tokens.lowerBound == place + 1
        }
    }

    /// `20.6 GiB were taken by A`
    private func isParticiple(_ place: Int, _ phrase: Phrase) -> Bool {
        let (tokens, word) = (phrase.tokens, phrase.tokens[place].text)
        return place > 0 && place + 1 < tokens.count && tokens[place + 1].text == "by"
            && (word.hasSuffix("ed") || word.hasSuffix("en")) && Lexicon.copulas.contains(tokens[place - 1].text)
    }
}
