internal import GateCore
internal import GateVocabulary

/// Numbers that select rows.
extension Reader {
    /// `step 200`, `epoch 71`, `a batch size of 16`, `200 steps`, `the fifth epoch`
    func keys(_ phrase: Phrase, _ terms: [Term], _ reading: inout Reading) {
        guard !relation.keyNames.isEmpty else { return }
        named(phrase, terms, isGuess: false, &reading)
        for load in relation.keyIndex.terms where Lexicon.loads.contains(load) {
            named(phrase, called(load, terms), isGuess: true, &reading)
        }
        shortened(phrase, terms, &reading)
        initials(phrase, terms, &reading)
        positions(phrase, terms, &reading)
        given(phrase, &reading)
        ways(phrase, &reading)
        ends(phrase, &reading)
    }

    /// - Parameter isGuess: the words are not those of the data: only a number that it has is a key of them.
    private func named(_ phrase: Phrase, _ terms: [Term], isGuess: Bool, _ reading: inout Reading) {
        for mention in relation.keyIndex.mentions(in: terms, isWeak: { _ in false }) where mention.isWhole {
            let tokens =
                terms[mention.terms.lowerBound].tokens
                .lowerBound..<terms[mention.terms.upperBound - 1].tokens.upperBound
            let names = mention.names.map { relation.keyNames[$0] }
            let before = tokens.lowerBound > 0 ? countedKey(tokens, names, phrase) : nil
            let after = number(after: tokens.upperBound, phrase)
            if isGuess {
                let values = [before?.value, after.flatMap { phrase.tokens[$0].number?.value }].compactMap(\.self)
                guard values.contains(where: { has($0, names) }),
                    !reading.entities.contains(where: { $0.tokens.overlaps(tokens) })
                else { continue }
            }
            if let before, has(before.value, names) || after == nil {
                let range = tokens.lowerBound - 1..<tokens.upperBound
                key(
                    range, before.value, names, isCount: !before.isOrdinal, isBound: isBound(range.lowerBound, phrase),
                    &reading)
                // `with 50 users`, where the data has rows of 50 users
                if before.isOrdinal || reading.entities.last?.tokens == range {
                    reading.keyTokens.insert(tokens.lowerBound - 1)
                }
            } else if let number = after, let value = phrase.tokens[number].number,
                before == nil && value.isWhole && !saysHowMany(tokens.upperBound, number, phrase)
                    || has(value.value, names)
            {
                reading.keyTokens.insert(number)
                key(tokens.lowerBound..<number + 1, value.value, names, &reading)
                list(after: number, names, phrase, &reading)
            }
        }
    }

    /// `at rate 8` of a `request_rate`, `tile 128`: one of a key's words right before a number that the key has.
    private func shortened(_ phrase: Phrase, _ terms: [Term], _ reading: inout Reading) {
        for term in terms where relation.keyIndex.knows(term.text) && !Lexicon.counting.contains(term.text) {
            let end = term.tokens.upperBound
            // `quadrupling the rate to 8`
            let isTo = end < phrase.tokens.count && phrase.tokens[end].text == "to"
            guard let number = number(after: isTo ? end + 1 : end, phrase),
                let value = phrase.tokens[number].number?.value, !reading.keyTokens.contains(number)
            else { continue }
            let names = relation.keyIndex.names(with: term.text).map { relation.keyNames[$0] }.filter {
                has(value, [$0])
            }
            guard !names.isEmpty else { continue }
            reading.keyTokens.insert(number)
            key(term.tokens.lowerBound..<number + 1, value, names, &reading)
            list(after: number, names, phrase, &reading)
        }
    }

    /// `64 clients` of `c64`, `240 users` of `240vu`: a noun beside a number that a key of one or two letters has.
    private func initials(_ phrase: Phrase, _ terms: [Term], _ reading: inout Reading) {
        let short = relation.keyNames.filter { relation.labelNames[$0].count <= 2 }
        guard !short.isEmpty else { return }
        for term in terms {
            let (start, end) = (term.tokens.lowerBound, term.tokens.upperBound)
            let noun = phrase.tokens[start]
            guard noun.isWord, !Lexicon.stop.contains(noun.text),
                !reading.entities.contains(where: { $0.tokens.overlaps(term.tokens) })
            else { continue }
            let names = short.filter {
                relation.labelNames[$0].count == 1
                    ? noun.text.hasPrefix(relation.labelNames[$0].lowercased()) : Lexicon.loads.contains(term.text)
            }
            let places = [start - 1, number(after: end, phrase)].compactMap(\.self).filter(
                phrase.tokens.indices.contains)
            for place in places where !reading.keyTokens.contains(place) {
                guard let number = phrase.tokens[place].number, number.isWhole,
                    number.unit.map({ $0.dimension == .count }) ?? true, !number.isPercent,
                    case let own = names.filter({ has(number.value, [$0]) }), !own.isEmpty
                else { continue }
                reading.keyTokens.insert(place)
                key(min(place, start)..<max(place + 1, end), number.value, own, &reading)
                break
            }
        }
    }

    /// `32 users` of a report may be the data's concurrency of 32.
    private func called(_ load: String, _ terms: [Term]) -> [Term] {
        terms.map { term in
            Lexicon.loads.contains(term.text) && !relation.keyIndex.knows(term.text)
                ? Term(text: load, tokens: term.tokens) : term
        }
    }

    /// `between 8 and 128 requests`: both are values of one key, whatever the text calls that.
    private func ends(_ phrase: Phrase, _ reading: inout Reading) {
        let tokens = phrase.tokens
        for index in tokens.indices.dropFirst().dropLast(3)
        where ["from", "between"].contains(tokens[index - 1].text) && ["to", "and"].contains(tokens[index + 1].text) {
            guard let first = tokens[index].number, let second = tokens[index + 2].number, first.isWhole,
                second.isWhole,
                first.unit == nil, second.unit.map({ $0.dimension == .count }) ?? true, !second.isPercent,
                tokens[index + 3].isWord, !Lexicon.stop.contains(tokens[index + 3].text),
                reading.keyTokens.isDisjoint(with: [index, index + 2])
            else { continue }
            let names = relation.keyNames.filter { has(first.value, [$0]) && has(second.value, [$0]) }
            // `M`, `N` and `K` of square matrices are one.
            guard !names.isEmpty, Set(names.map { rows(of: first.value, $0) }).count == 1 else { continue }
            for (place, number) in [(index, first), (index + 2, second)] {
                key(place..<place + 1, number.value, names, &reading)
                reading.keyTokens.insert(place)
            }
        }
    }

    /// `from 1 to 16 clients`, `between 1 and 16 req/s`: the first of two goes with the second.
    private func ways(_ phrase: Phrase, _ reading: inout Reading) {
        for entity in reading.entities where entity.isKey {
            let start = entity.tokens.lowerBound
            guard start >= 3, ["to", "and"].contains(phrase.tokens[start - 1].text),
                ["from", "between"].contains(phrase.tokens[start - 3].text),
                !reading.keyTokens.contains(start - 2), let number = phrase.tokens[start - 2].number,
                number.unit == nil, case let names = Array(Set(entity.labels.map { relation.labels[$0].name })),
                has(number.value, names)
            else { continue }
            key(start - 2..<start - 1, number.value, names, &reading)
            reading.keyTokens.insert(start - 2)
        }
    }

    /// `12 ms at 8 req/s`, where a request rate of 8 was given; `and 15 ms at 16` goes on with it.
    private func given(_ phrase: Phrase, _ reading: inout Reading) {
        var names: [Int] = []
        for (index, token) in phrase.tokens.enumerated().dropFirst() where !reading.keyTokens.contains(index) {
            guard let number = token.number, !number.isOrdinal else { continue }
            if goesOn(index, phrase, reading), let key = reading.entities.last(where: { isBefore($0, index) }),
                case let own = Array(Set(key.labels.map { relation.labels[$0].name })), has(number.value, own)
            {
                self.key(index..<index + 1, number.value, own, &reading)
                reading.keyTokens.insert(index)
                continue
            }
            guard !number.isSpelled else { continue }
            if let own = keys(ofCounted: index, phrase) {
                self.key(index..<index + 1, number.value, own, &reading)
                reading.keyTokens.insert(index)
                continue
            }
            if goesOn(index, phrase, reading), number.digits > 1, isPlace(index, phrase) {
                let own = relation.keyNames.filter { has(number.value, [$0]) }
                guard (1...Reader.mostKeys).contains(own.count) else { continue }
                self.key(index..<index + 1, number.value, own, &reading)
                reading.keyTokens.insert(index)
                continue
            }
            let before = phrase.tokens[index - 1].text
            if let own = keys(ofFraction: number, behind: before) ?? keys(ofSize: number, behind: before) {
                self.key(index..<index + 1, number.value, own, &reading)
                reading.keyTokens.insert(index)
                list(after: index, own, phrase, &reading)
                continue
            }
            if let unit = number.unit, unit.dimension == .rate, let counted = unit.counted {
                let found = relation.keyNames.filter { relation.nameTerms[$0].contains(stem(counted)) }
                guard has(number.value, found) else { continue }
                names = found
            } else {
                // `from 1 to 16 req/s`
                let isNext = Lexicon.places.contains(before) && !names.isEmpty
                guard isNext, number.unit == nil, has(number.value, names) else { continue }
            }
            key(index..<index + 1, number.value, names, &reading)
            reading.keyTokens.insert(index)
        }
    }

    /// `at 8,192 tokens`, `with 256 columns`: what the data calls `n_ctx` and `N`. Fewer digits count anything.
    private func keys(ofCounted index: Int, _ phrase: Phrase) -> [Int]? {
        guard let number = phrase.tokens[index].number, number.isWhole, number.digits >= 3, !number.isPercent,
            number.unit.map({ $0.dimension == .count }) ?? true,
            Lexicon.places.union(["over", "for", "and", "once", "when", "after", "until"]).contains(
                phrase.tokens[index - 1].text),
            index + 1 < phrase.tokens.count, case let noun = phrase.tokens[index + 1], noun.isWord,
            noun.text.hasSuffix("s"), !Lexicon.stop.contains(noun.text)
        else { return nil }
        let next = phrase.tokens.dropFirst(index + 2).first
        guard
            next.map({ !$0.isWord || Lexicon.stop.contains($0.text) || Lexicon.dimensionWords[$0.text] != nil }) ?? true
        else { return nil }
        let own = relation.keyNames.filter { has(number.value, [$0]) }
        return (1...Reader.mostKeys).contains(own.count) ? own : nil
    }

    /// `on 17.5`, `with 0.75`: versions and settings with a fraction.
    private func keys(ofFraction number: Quantity, behind word: String) -> [Int]? {
        guard number.decimals > 0, number.unit == nil, number.scale == 1,
            Lexicon.places.contains(word) || ["for", "to", "version", "release"].contains(word)
        else { return nil }
        let own = relation.keyNames.filter { has(number.value, [$0]) }
        return (1...Reader.mostKeys).contains(own.count) ? own : nil
    }

    /// `at size 2,048`, `sizes 1,024 and 2,048`: what the data calls `M` or `N_CTX`.
    private func keys(ofSize number: Quantity, behind word: String) -> [Int]? {
        guard Lexicon.sizes.contains(stem(word)), number.isWhole, number.digits >= 2, number.unit == nil,
            number.scale == 1
        else { return nil }
        let own = relation.keyNames.filter { has(number.value, [$0]) }
        return (1...Reader.mostKeys).contains(own.count) ? own : nil
    }

    /// So many and more are said of what a row is named by: `59,986,052 rows`.
    private static let mostCases = 100.0

    /// A bare number that more keys have is none of them.
    private static let mostKeys = 8

    /// `lifted the GEMM at 4096`, and not `stays at 4096`
    private func isPlace(_ index: Int, _ phrase: Phrase) -> Bool {
        guard
            phrase.tokens[index - 1].text == "at"
                || phrase.tokens[index - 1].text == "for" && (phrase.tokens[index].number?.digits ?? 0) >= 3
        else { return false }
        guard index > 1, case let before = phrase.tokens[index - 2], before.isWord else { return true }
        return !Lexicon.copulas.contains(before.text) && Lexicon.directions[before.text] == nil
            && Lexicon.extremes[before.text] == nil
            && !["stands", "starts", "ends", "begins", "levels", "arrives", "settles"].contains(before.text)
    }

    private func isBefore(_ entity: Reading.Entity, _ index: Int) -> Bool {
        entity.isKey && entity.tokens.upperBound <= index
    }

    /// `1.85 ms with thirty-two`, `12 ms at 16`: a bare number behind a word of place, and no unit or noun behind it.
    private func goesOn(_ index: Int, _ phrase: Phrase, _ reading: Reading) -> Bool {
        guard let number = phrase.tokens[index].number, number.isWhole, number.unit == nil, !number.isPercent,
            number.scale == 1,
            Lexicon.places.contains(phrase.tokens[index - 1].text)
                || phrase.tokens[index - 1].text == "for"
        else { return false }
        guard let next = phrase.tokens.dropFirst(index + 1).first else { return true }
        return next.isMark(",.;:)(") || next.number != nil || Lexicon.stop.contains(next.text)
    }

    /// `steps 100, 200 and 300`
    private func list(after number: Int, _ names: [Int], _ phrase: Phrase, _ reading: inout Reading) {
        var next = number
        while next + 2 < phrase.tokens.count, [",", "and", "or", "to"].contains(phrase.tokens[next + 1].text),
            let other = phrase.tokens[next + 2].number, other.unit == nil, other.isWhole,
            phrase.tokens.count <= next + 3 || phrase.tokens[next + 3].isMark(",.;()")
                || ["and", "or", "to"].contains(phrase.tokens[next + 3].text)
        {
            next += 2
            reading.keyTokens.insert(next)
            key(next..<next + 1, other.value, names, &reading)
        }
    }

    /// `200 steps`, `the fifth epoch`
    private func countedKey(_ tokens: Range<Int>, _ names: [Int], _ phrase: Phrase) -> Quantity? {
        // `six epochs before its rival`: how far, not where.
        if let next = phrase.tokens.dropFirst(tokens.upperBound).first,
            ["before", "after", "later", "earlier", "ahead", "behind", "apart"].contains(next.text)
        {
            return nil
        }
        // `over its three runs`, `a single run`: how many, and not the third or the first one; `16 jobs` of 2, 4, 8 and 16
        // are a setting.
        let isOfCases =
            Lexicon.cases.contains(stem(phrase.tokens[tokens.upperBound - 1].text)) && isCountedThrough(names)
        let count = phrase.tokens[tokens.lowerBound - 1].number
        if isOfCases, count.map({ !$0.isOrdinal && $0.value < Reader.mostCases }) ?? true { return nil }
        if ["one", "single"].contains(phrase.tokens[tokens.lowerBound - 1].text) {
            return Quantity(value: 1, decimals: 0, digits: 1, halfStep: 0.5)
        }
        guard let number = phrase.tokens[tokens.lowerBound - 1].number, number.isWhole,
            number.isOrdinal || number.unit == nil || number.unit?.dimension == .count
        else { return nil }
        return number
    }

    /// Rows are numbered by it one after the other.
    private func isCountedThrough(_ names: [Int]) -> Bool {
        let values = Set(relation.labels.filter { names.contains($0.name) }.compactMap(\.number)).sorted()
        return values.first.map { $0 <= 1 } ?? true && zip(values, values.dropFirst()).allSatisfy { $1 == $0 + 1 }
    }

    /// `above 32 clients`: what holds there is said of no row.
    private func isBound(_ index: Int, _ phrase: Phrase) -> Bool {
        index > 0
            && ["above", "below", "beyond", "over", "under", "past", "than"].contains(phrase.tokens[index - 1].text)
    }

    private func rows(of value: Double, _ name: Int) -> [Int] {
        relation.rows(
            withAny: relation.labels.indices.filter {
                relation.labels[$0].number == value && relation.labels[$0].name == name
            })
    }

    private func has(_ value: Double, _ names: [Int]) -> Bool {
        relation.labels.contains { $0.number == value && names.contains($0.name) }
    }

    /// `epochs: 102`
    private func saysHowMany(_ index: Int, _ number: Int, _ phrase: Phrase) -> Bool {
        phrase.tokens[index..<number].contains { $0.isMark(":=") } && phrase.tokens[index - 1].text.hasSuffix("s")
    }

    private func key(
        _ tokens: Range<Int>, _ value: Double, _ names: [Int], isCount: Bool = false, isBound: Bool = false,
        _ reading: inout Reading
    ) {
        let labels = relation.labels.indices.filter {
            relation.labels[$0].number == value && names.contains(relation.labels[$0].name)
        }
        if isBound { reading.hasUnknownKey = true }
        guard !isBound else { return }
        if labels.isEmpty {
            if !isCount { reading.hasUnknownKey = true }
        } else {
            add(tokens, labels, isWhole: true, isKey: true, &reading)
        }
    }

    private func number(after index: Int, _ phrase: Phrase) -> Int? {
        var next = index
        while next < phrase.tokens.count, next < index + 3,
            phrase.tokens[next].isMark("*_`=:#") || phrase.tokens[next].text == "of"
        { next += 1 }
        guard next < phrase.tokens.count, let number = phrase.tokens[next].number, !number.isOrdinal, !number.isPercent,
            number.unit == nil || number.unit?.dimension == .count || number.unit?.dimension == .bytes
        else { return nil }
        return next
    }
}
