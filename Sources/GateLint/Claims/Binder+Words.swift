internal import GateCore
internal import GateVocabulary

/// What the words around a number say of how it is meant.
extension Binder {
    func sign(_ token: Int, _ phrase: Phrase) -> FloatingPointSign? {
        guard token > 0, phrase.tokens[token - 1].bytes.upperBound == phrase.tokens[token].bytes.lowerBound else {
            return nil
        }
        let before = phrase.tokens[token - 1]
        return before.isMark("-−–") ? .minus : before.isMark("+") ? .plus : nil
    }

    /// `3 ms more`, `58 s faster`, `rose by 5`, `8 s per epoch`
    func isDerived(_ token: Int, _ phrase: Phrase) -> Bool {
        if phrase.isCell {
            // A row that sums up those above it.
            return row(of: phrase).first.map { phrases[$0].tokens.contains { Relation.totals.contains($0.text) } }
                ?? false
        }
        if isMultiple(token, phrase) || isGathered(token, phrase) || phrase.leavesSomeOut || phrase.computes
            || phrase.tokens.first(where: \.isWord)?.text == "per"
        {
            return true
        }
        if phrase.tokens[(token + 1)...].prefix(1).contains(where: { Lexicon.points.contains($0.text) }) { return true }
        if isComputed(token, phrase) { return true }
        let before = phrase.tokens[..<token].suffix(4)
        let after = phrase.tokens[(token + 1)...].prefix(4)
        // `573 of the 603`: the whole is not what the part is of.
        if before.suffix(2).contains(where: { $0.text == "of" }), before.contains(where: { $0.number != nil }),
            before.last.map({ ["of", "the", "all", "its", "their"].contains($0.text) }) ?? false
        {
            return true
        }
        if before.suffix(2).contains(where: { ["to", "from", "at"].contains($0.text) }) { return false }
        // `costs the smaller file 6.2 % of its rate`
        if phrase.tokens[token].number?.isPercent ?? false, before.contains(where: { Lexicon.costing[$0.text] != nil })
        {
            return true
        }
        let isInAll = zip(after, after.dropFirst()).contains { $0.text == "in" && ["all", "total"].contains($1.text) }
        return isInAll || isOverSeveral(token, phrase) || isOverLimit(token, phrase) || isGap(token, phrase)
            || isBetween(token, phrase) || after.first?.text == "off" || isCost(token, phrase)
            || (before + after).contains {
                Lexicon.comparisons[$0.text] != nil && !Lexicon.relations.contains($0.text)
                    || Lexicon.derived.contains($0.text)
                        // `3 ms by default`
                        && ($0.text != "by" || $0.bytes.lowerBound < phrase.tokens[token].bytes.lowerBound)
            } || before.contains { Lexicon.directions[$0.text] != nil }
    }

    /// `1,756.6 output tokens/s`: a rate, of which a word says what it is one of.
    func unitBehindWord(_ token: Int, _ phrase: Phrase) -> MeasuredUnit? {
        let tokens = phrase.tokens
        if let unit = unitBehindKind(token, phrase) { return unit }
        guard token + 2 < tokens.count, tokens[token + 1].isWord, !Lexicon.stop.contains(tokens[token + 1].text),
            tokens[token + 2].isWord || tokens[token + 2].isIdentifier
        else { return nil }
        var end = token + 2
        while end + 1 < tokens.count, tokens[end].bytes.upperBound == tokens[end + 1].bytes.lowerBound,
            !tokens[end + 1].isMark(",.;:()")
        { end += 1 }
        let text = document.text(tokens[token + 2].bytes.lowerBound..<tokens[end].bytes.upperBound)
        guard text.contains("/"), let unit = MeasuredUnit(text), unit.dimension == .rate else { return nil }
        return unit
    }

    /// `1,140 TPC-B-like transactions per second`: a word tells which, and what is counted is behind it.
    private func unitBehindKind(_ token: Int, _ phrase: Phrase) -> MeasuredUnit? {
        let tokens = phrase.tokens
        guard let per = tokens.indices.dropFirst(token + 3).prefix(6).first(where: { tokens[$0].text == "per" }),
            per + 1 < tokens.count,
            tokens[(token + 1)..<per].allSatisfy({ $0.isWord || $0.isIdentifier || $0.isMark("-") })
        else { return nil }
        // What it is one of is told by the words, which the data need not use.
        return MeasuredUnit("/\(tokens[per + 1].text)").flatMap { $0.dimension == .rate ? $0 : nil }
    }

    /// `1,140 transactions per second, eight clients 6,965`: a bare number of a list goes on in the unit of the one before.
    func passUnits(_ figures: inout [Figure], _ phrase: Phrase, _ names: [Range<Int>]) {
        let attachment = Attachment(phrase: phrase, figures: [], names: names)
        for place in figures.indices.dropFirst() where figures[place].unit == nil && figures[place].counted == nil {
            let before = figures[place - 1]
            let link = phrase.tokens[figures[place].token - 1].text
            // `1,449 transactions or 28,970 queries per second; with 128 it was 1,802 and 36,039`: of two units each the other.
            let isOfTwo = place > 1 && figures[place - 2].unit != before.unit && figures[place - 2].unit != nil
            guard !isOfTwo, let unit = before.unit, unit.dimension != .count, !before.isRelative,
                !before.quantity.isSpelled,
                link == "and" || !Lexicon.means.contains(link),
                !figures[place].quantity.isSpelled, figures[place].quantity.digits > 1,
                attachment.goesOn(before.token + 1..<figures[place].token),
                phrase.tokens.dropFirst(figures[place].token + 1).first.map({
                    !$0.isWord && !$0.isIdentifier || Lexicon.stop.contains($0.text)
                }) ?? true
            else { continue }
            figures[place].unit = unit
        }
    }

    /// `437 of the 1,319 problems`
    func whole(_ token: Int, _ phrase: Phrase) -> Double? {
        guard let part = phrase.tokens[token].number, part.isWhole, !part.isPercent,
            phrase.tokens.dropFirst(token + 1).first?.text == "of",
            let whole = phrase.tokens.dropFirst(token + 2).prefix(2).lazy.compactMap(\.number).first, whole.isWhole,
            !whole.isPercent, whole.value > part.value
        else { return nil }
        return whole.value
    }

    /// `Of the 541 prompts A satisfied 93 and B 221`
    private func leadingWhole(_ phrase: Phrase) -> Double? {
        let words = phrase.tokens.drop { !$0.isWord }.prefix(3)
        guard words.map(\.text).prefix(2) == ["of", "the"], let whole = words.last?.number, whole.isWhole else {
            return nil
        }
        return whole.value
    }

    /// `1,045 of the 1,319 problems, Mistral 644`: what one number is a part of others are, too.
    func shareWholes(_ figures: inout [Figure], _ phrase: Phrase) {
        guard let whole = figures.lazy.compactMap(\.whole).first ?? leadingWhole(phrase) else { return }
        for place in figures.indices
        where figures[place].whole == nil && figures[place].unit == nil && figures[place].quantity.isWhole
            && figures[place].quantity.value < whole
        {
            figures[place].whole = whole
        }
    }

    /// `432 GB/s on the H100 and at 215 on the other card`: of another one than is named.
    func isOnTheOther(_ token: Int, _ phrase: Phrase) -> Bool {
        let after = phrase.tokens.dropFirst(token + 1).prefix(4).map(\.text)
        return after.indices.dropLast().contains { after[$0] == "the" && ["other", "latter"].contains(after[$0 + 1]) }
    }

    /// `217 ms over the 600 ms threshold`
    private func isOverLimit(_ token: Int, _ phrase: Phrase) -> Bool {
        let after = phrase.tokens[(token + 1)...].prefix(4)
        guard let place = after.firstIndex(where: { ["over", "above", "below", "under", "beyond"].contains($0.text) })
        else { return false }
        return phrase.tokens[(place + 1)...].prefix(2).contains { $0.number != nil }
            && phrase.tokens[(place + 1)...].prefix(1).contains { ["the", "its", "their"].contains($0.text) }
    }

    /// `243,814 tokens in its two runs`: what several come to.
    private func isOverSeveral(_ token: Int, _ phrase: Phrase) -> Bool {
        let after = phrase.tokens[(token + 1)...].prefix(6)
        guard let place = after.firstIndex(where: { ["in", "over", "across", "for"].contains($0.text) }) else {
            return false
        }
        let rest = phrase.tokens[(place + 1)...].prefix(3)
        // `32.8 s for 43 queries`
        let isOfMany =
            phrase.tokens[place].text == "for" && place + 1 < phrase.tokens.count && counted(place + 1, phrase) != nil
        // `396.9 s over all queries`
        let isOfAll =
            phrase.tokens[place].text == "over" && rest.first?.text == "all"
            && rest.dropFirst().first.map { $0.isWord && $0.text.hasSuffix("s") } ?? false
        return rest.contains { $0.text == "both" } || isOfMany || isOfAll
            || rest.contains {
                $0.number.map { $0.isSpelled && $0.value > 1 && $0.unit?.dimension ?? .count == .count } ?? false
            }
                && rest.first.map { ["its", "the", "all", "their"].contains($0.text) } ?? false
    }

    /// `243 MB more`, `5.87 points`, `by 164 MB`
    func isAmount(_ token: Int, _ phrase: Phrase) -> Bool {
        guard !phrase.isCell else { return false }
        let next = phrase.tokens[(token + 1)...].prefix(2)
        return next.contains { Lexicon.comparisons[$0.text] != nil && !Lexicon.relations.contains($0.text) }
            || next.first.map { Lexicon.points.contains($0.text) } ?? false || isGap(token, phrase)
            || phrase.tokens[..<token].last?.text == "by" || next.first?.text == "off" || isBetween(token, phrase)
            || isCost(token, phrase)
    }

    /// `sheds 60.3 MB/s of bandwidth`, `adds 29.7 µs to the median`: how much more or less it becomes.
    private func isCost(_ token: Int, _ phrase: Phrase) -> Bool {
        let next = phrase.tokens.dropFirst(token + 1).first?.text ?? ""
        return phrase.tokens[..<token].last.map { Lexicon.costing[$0.text] != nil } ?? false
            && ["of", "to", "from"].contains(next)
    }

    /// `Between median and p99 there are 344 ms`: how far they are apart.
    private func isBetween(_ token: Int, _ phrase: Phrase) -> Bool {
        guard phrase.tokens[token].number?.unit != nil, let first = phrase.tokens.first, first.text == "between",
            let and = phrase.tokens[..<token].firstIndex(where: { $0.text == "and" }), and <= 4
        else { return false }
        return phrase.tokens[and..<token].suffix(2).allSatisfy {
            ["there", "are", "is", "lie", "lies"].contains($0.text)
        }
    }

    /// `17.8 ms above the figure of A`: how far from another one.
    private func isGap(_ token: Int, _ phrase: Phrase) -> Bool {
        phrase.tokens[token].number?.unit != nil
            && phrase.tokens.dropFirst(token + 1).first.map {
                ["above", "below", "ahead", "behind", "short"].contains($0.text)
            } ?? false
    }

    /// `6.7 errors per 1,000 requests`, `one in 2,600`, `normalised to A = 1.00`, `Δ = −23 s`, `dividing A by B`,
    /// `the distance between p50 and p99`, `1,724 launches without a crash`
    func isComputed(_ token: Int, _ phrase: Phrase) -> Bool {
        guard !phrase.isCell else { return false }
        let (before, after) = (phrase.tokens[..<token], phrase.tokens.dropFirst(token + 1).prefix(5))
        let isPerSome = zip(after, after.dropFirst()).contains { $0.text == "per" && $1.number != nil }
        let isOneIn =
            before.last?.text == "in"
            && before.dropLast().last.map { $0.text == "one" || $0.number?.value == 1 } ?? false
        let isApart = zip(before, before.dropFirst()).contains { $0.text == "distance" && $1.text == "between" }
        return isPerSome || isOneIn || isApart || after.contains { $0.text == "without" }
            || phrase.has(Lexicon.normalising)
            || before.contains { Lexicon.computing.contains($0.text) }
    }

    /// `multiplies A's by 1.64 and B's by 1.77`, `by a factor of 2.08 with A but only 1.79 with B`
    func isMultiple(_ token: Int, _ phrase: Phrase) -> Bool {
        guard let number = phrase.tokens[token].number, number.unit == nil, number.decimals > 0,
            number.value < 100
        else { return false }
        guard let word = phrase.tokens[..<token].lastIndex(where: { Lexicon.multiplying.contains($0.text) }) else {
            return false
        }
        return !isCut(word..<token, phrase, besides: "but")
    }

    /// Another clause begins.
    private func isCut(_ range: Range<Int>, _ phrase: Phrase, besides word: String = "") -> Bool {
        phrase.tokens[range].contains { $0.isMark(";") || $0.text != word && Lexicon.clauseWords.contains($0.text) }
    }

    /// What several come to: a number behind such a word in its clause, unless that has one before it, or just before it.
    func isGathered(_ token: Int, _ phrase: Phrase) -> Bool {
        !phrase.isOfPair(token)
            && phrase.tokens.indices.contains { word in
                guard Lexicon.gathering.contains(phrase.tokens[word].text) else { return false }
                let between = word < token ? word..<token : token + 1..<word
                guard !isCut(between, phrase) else { return false }
                if token < word { return between.count <= 4 && !phrase.tokens[between].contains { $0.number != nil } }
                return !phrase.tokens[..<word].suffix(3).contains { $0.number != nil }
                    || !phrase.tokens[between].contains { $0.isMark(",") }
            }
    }

    /// `One watt-hour buys 1,421 tokens`, `Each wait takes 4.1 ms`
    func isOfOne(_ phrase: Phrase) -> Bool {
        phrase.tokens.first(where: \.isWord).map { ["one", "each"].contains($0.text) } ?? false
    }

    /// `One wait takes 4.1 ms`, `the cost per click increased from 0.385`
    func isPerNoun(_ token: Int, _ phrase: Phrase) -> Bool {
        if isOfOne(phrase) { return true }
        return phrase.tokens[..<token].indices.suffix(8).contains { place in
            phrase.tokens[place].text == "per" && place + 1 < token && phrase.tokens[place + 1].isWord
                && MeasuredUnit(phrase.tokens[place + 1].text) == nil
        }
    }

    /// `refused 337 times` counts, `3 times as much` compares.
    func isOccasion(_ token: Int, _ phrase: Phrase) -> Bool {
        guard let number = phrase.tokens[token].number, number.isFactor, number.isWhole,
            let range = number.unitBytes, document.text(range).lowercased() == "times"
        else { return false }
        let next = phrase.tokens.dropFirst(token + 1).first?.text ?? ""
        return !["as", "that", "the", "of", "its", "more", "this", "what", "how"].contains(next)
            && Lexicon.comparisons[next] == nil
    }

    /// `from 8.74 to 7.52 million items per second`: the unit behind the last one is that of all of them.
    func shareUnits(_ figures: inout [Figure], _ phrase: Phrase) {
        for place in figures.indices.dropFirst().reversed() {
            let (before, after) = (figures[place - 1], figures[place])
            guard before.unit == nil, before.quantity.scale == 1,
                !(after.quantity.isPercent && before.quantity.value <= 1 && after.quantity.value > 1),
                after.unit != nil || after.quantity.scale != 1,
                case let between = phrase.tokens[(before.token + 1)..<after.token].filter({ !$0.isMark("*_`(") }),
                between.count == 1,
                ["to", "and", "-", "→", "or", "/"].contains(between[0].text)
                    || Lexicon.opposing.contains(between[0].text)
                    || between[0].text == "of" && after.unit.map({ ![.count, .ratio].contains($0.dimension) }) ?? false
            else { continue }
            figures[place - 1].unit = after.unit
            figures[place - 1].quantity.scaled(by: after.quantity.scale)
        }
    }

    func hedge(_ token: Int, _ phrase: Phrase) -> Figure.Hedge {
        let before = phrase.tokens[..<token].suffix(2).map(\.text)
        if let last = before.last {
            if Lexicon.about.contains(last) { return .about }
            if Lexicon.bounds.contains(last) {
                return last == "than"
                    && before.first.map { ["more", "less", "fewer", "over", "under"].contains($0) } != true
                    ? .exact : .bound
            }
            if before == ["up", "to"] || before == ["at", "most"] || before == ["at", "least"] {
                return last == "to" ? .exact : .bound
            }
            if before.first.map({ Lexicon.about.contains($0) }) == true, ["a", "the"].contains(last) { return .about }
            // `stays below the 200 ms that were agreed`
            if before.first.map({ Lexicon.limits.contains($0) }) == true, ["a", "the"].contains(last) { return .bound }
        }
        let after = phrase.tokens.dropFirst(token + 1).prefix(2).map(\.text)
        return phrase.tokens[token].number?.isSpelled == true
            && phrase.tokens[token].number?.unit.map({ $0.dimension != .count }) == true || after.first == "+"
            ? .about : .exact
    }
}
