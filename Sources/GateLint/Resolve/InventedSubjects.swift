internal import GateCore
internal import GateVocabulary

/// What a sentence says a number of, in words that the data does not know.
struct InventedSubjects {
    let binder: Binder
    let relation: Relation

    /// The subject of `The buffer cache hit ratio was 99.2 %` or `Umbra needed 12.40 s`.
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
        let isLinked = Self.linking.contains(phrase.tokens[verb].text)
        let digits = isLinked ? metric(subject, index, figure.unit) : nil
        guard let least = digits ?? (isOwner(subject, index) ? Self.digitsOfChance : nil), !isBorneOut(figure, least)
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

    // MARK: - Metrics

    /// A name of several words, or one without an article, whose last word the data does not know: `hit` of `buffer cache hit
    /// ratio`. `The volume` is something that was spoken of before.
    ///
    /// - Returns: how many digits a number must have for the data to bear it out; nil where it is no such name.
    private func metric(_ subject: Range<Int>, _ index: Int, _ unit: MeasuredUnit?) -> Int? {
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
        guard let head = own.last, !knows(head), !(Lexicon.quantities.contains(head.text) && isMeasured(unit)),
            !reading.metrics.contains(where: { $0.isWhole && $0.tokens.overlaps(subject) }),
            !reading.entities.contains(where: { entity in
                entity.tokens.contains { phrase.tokens[$0].bytes == head.bytes }
            })
        else { return nil }
        if !isDefinite || name.count > 1 && isMeasure(name[name.count - 1].text) { return Self.digitsOfChance }
        // `The desktop card` may stand for a name of the data.
        let isNamed =
            head.isCapitals && head.text.utf8.count > 2
            || own.count > 1 && !own.contains(where: knows) && !isAdjective(own[0].text)
        return isNamed ? 1 : nil
    }

    private func isMeasured(_ unit: MeasuredUnit?) -> Bool {
        unit.map { unit in relation.columns.contains { $0.unit?.isComparable(with: unit) ?? false } } ?? true
    }

    private func isGeneric(_ word: String) -> Bool {
        Lexicon.generic.contains(word) || Lexicon.generic.contains(stem(word)) || Lexicon.statistics[word] != nil
            || Lexicon.extremes[word] != nil
    }

    /// `older`, `quantised`: which of several.
    private func isAdjective(_ word: String) -> Bool { word.hasSuffix("er") || word.hasSuffix("ed") }

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

    // MARK: - Owners

    /// One unknown name, written as no word is, or where the sentences and items around begin with names of the data.
    private func isOwner(_ subject: Range<Int>, _ index: Int) -> Bool {
        let phrase = binder.phrases[index]
        let words = phrase.tokens[subject].filter { !$0.isMark("*_`") }
        guard words.count == 1, let name = words.first, name.isWord, name.isCapitalised, name.text.utf8.count >= 4,
            !Lexicon.stop.contains(name.text), !isGeneric(name.text), !isNoun(name.text), !knows(name),
            !binder.readings[index].entities.contains(where: { $0.tokens.overlaps(subject) })
        else { return false }
        let others = binder.phrases.indices.filter {
            $0 != index && abs($0 - index) <= Self.reach && binder.phrases[$0].section == phrase.section
        }
        return (name.written != nil || others.contains(where: beginsWithName))
            && !binder.phrases.contains { $0.tokens.contains { $0.text == name.text && !$0.isCapitalised } }
    }

    private func beginsWithName(_ index: Int) -> Bool {
        let phrase = binder.phrases[index]
        guard phrase.kind == .sentence, let first = phrase.tokens.firstIndex(where: { !$0.isMark("*_`") }) else {
            return false
        }
        return binder.readings[index].entities.contains {
            !$0.isKey && $0.isWhole && $0.tokens.lowerBound == first && phrase.tokens[first].isCapitalised
        }
    }

    /// `Responses`, `Loading`, `Compilation`: what many things are, or what is done.
    private func isNoun(_ word: String) -> Bool {
        ["s", "ing", "ion", "ment", "ness", "ity", "age", "ance", "ence"].contains { word.hasSuffix($0) }
    }

    /// A number of so many digits is hardly in the data by accident.
    private static let digitsOfChance = 3
    private static let measures: Set<String> = ["rate", "ratio", "time", "score"]
    /// Phrases in which names of a list stand.
    private static let reach = 6
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
