internal import GateCore
internal import GateVocabulary

/// What a sentence says a number of, in words that the data does not know.
struct InventedSubjects {
    let binder: Binder
    let relation: Relation

    /// The subject of `The buffer cache hit ratio was 99.2 %`.
    ///
    /// - Parameter isBorneOut: whether the data has just this number for another reason, one of at least so many digits.
    func subject(_ index: Int, _ figures: [Figure], isBorneOut: (Figure, Int) -> Bool) -> Range<Int>? {
        let phrase = binder.phrases[index]
        guard phrase.kind == .sentence, !phrase.isProposal, !relation.isEmpty,
            let start = phrase.tokens.firstIndex(where: { !$0.isMark("*_`-") }),
            let verb = phrase.tokens.firstIndex(where: { Self.verbs.contains($0.text) }), verb > start,
            let figure = figures.first, isNext(figure.token, to: verb, phrase),
            !figure.isRelativeChange, !NotClaims.isWished(figure.token, phrase)
        else { return nil }
        let subject = start..<verb
        // `Compared are 12 files`
        guard subject.count > 1 || !phrase.tokens[start].text.hasSuffix("ed"),
            !phrase.tokens[subject].contains(where: { Lexicon.negations.contains($0.text) || $0.text == "there" })
        else { return nil }
        guard Self.linking.contains(phrase.tokens[verb].text), let least = metric(subject, index),
            !isBorneOut(figure, least)
        else { return nil }
        return phrase.tokens[start].bytes.lowerBound..<phrase.tokens[verb - 1].bytes.upperBound
    }

    /// Nothing but words of measure stands between the verb and the number.
    private func isNext(_ number: Int, to verb: Int, _ phrase: Phrase) -> Bool {
        number > verb && number - verb <= 4
            && phrase.tokens[(verb + 1)..<number].allSatisfy {
                Self.fillers.contains($0.text) || Lexicon.about.contains($0.text)
            }
    }

    /// A name of several words, or one without an article, whose last word the data does not know: `hit` of `buffer cache hit
    /// ratio`. `The volume` is something that was spoken of before.
    ///
    /// - Returns: how many digits a number must have for the data to bear it out; nil where it is no such name.
    private func metric(_ subject: Range<Int>, _ index: Int) -> Int? {
        let (phrase, reading) = (binder.phrases[index], binder.readings[index])
        let tokens = phrase.tokens[subject]
        let words = tokens.indices.filter { !tokens[$0].isMark("*_`-'") && tokens[$0].text != "s" }
        guard tokens.allSatisfy({ $0.isWord || $0.isIdentifier || $0.isMark("*_`-'") }), words.count <= 6,
            let first = words.first, case let isDefinite = tokens[first].text == "the",
            isDefinite || !Lexicon.stop.contains(tokens[first].text)
        else { return nil }
        let name = words.prefix { !Self.links.contains(tokens[$0].text) }.map { tokens[$0] }.filter {
            !Lexicon.stop.contains($0.text)
        }
        let own = name.filter { $0.text.utf8.count > 1 && !isGeneric($0.text) }
        guard let head = own.last, !knows(head),
            !reading.metrics.contains(where: { $0.isWhole && $0.tokens.overlaps(subject) }),
            !reading.entities.contains(where: { entity in
                entity.tokens.contains { phrase.tokens[$0].bytes == head.bytes }
            })
        else { return nil }
        if !isDefinite || name.count > 1 && isMeasure(name[name.count - 1].text) { return Self.digitsOfChance }
        // `The desktop card` may stand for a name of the data.
        return head.isCapitals && head.text.utf8.count > 2 ? 1 : nil
    }

    private func isGeneric(_ word: String) -> Bool {
        Lexicon.generic.contains(word) || Lexicon.generic.contains(stem(word)) || Lexicon.statistics[word] != nil
            || Lexicon.extremes[word] != nil
    }

    /// `rate`, `ratio`, `utilisation`
    private func isMeasure(_ word: String) -> Bool {
        Self.measures.contains(word) || Lexicon.dimensionWords[word].map { $0 != .bytes } ?? false
    }

    /// A word of the data, in one form or another, or one of those that claims are made with.
    private func knows(_ token: Token) -> Bool {
        let word = token.text
        let terms = Canon.terms(ofName: token.written ?? word).filter { $0.utf8.count > 1 }
        return terms.contains { relation.vocabulary.contains($0) || Lexicon.ofReports.contains($0) }
            || Lexicon.isOfClaims(word)
            || relation.vocabulary.contains {
                $0.utf8.count >= 3 && $0.first == word.first
                    && (Aliases.abbreviates($0, word) || word.utf8.count >= 3 && Aliases.abbreviates(word, $0)
                        || word.utf8.count >= 6 && $0.hasPrefix(word.prefix(5)))
            }
    }

    /// A number of so many digits is hardly in the data by accident.
    private static let digitsOfChance = 3
    private static let measures: Set<String> = ["rate", "ratio", "time", "score"]
    private static let linking: Set<String> = [
        "is", "was", "are", "were", "averaged", "averages", "reached", "reaches", "stood", "stands", "peaked", "peaks",
        "amounted", "amounts", "stays", "stayed", "remained", "remains",
    ]
    private static let verbs = Lexicon.told.union(linking).union([
        "lasted", "cost", "wrote", "read", "used", "delivered",
    ])
    private static let links: Set<String> = [
        "of", "with", "for", "in", "on", "at", "by", "from", "between", "under", "per", "during", "over", "to",
        "within",
    ]
    private static let fillers: Set<String> = [
        "at", "to", "on", "average", "only", "just", "still", "exactly", "up", "as", "high", "low", "a", "mere",
    ]
}
