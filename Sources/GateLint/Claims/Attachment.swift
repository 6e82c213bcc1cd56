internal import GateCore
internal import GateVocabulary

/// Which of several words of one kind belong to which of several numbers.
///
/// What stands between two numbers belongs to the one before it up to the first comma, `and` or the like, and to the one
/// after it from there on. Several words before or behind as many numbers belong to them one by one.
struct Attachment {
    let phrase: Phrase
    let figures: [Int]
    /// Words that name rows.
    var names: [Range<Int>] = []

    private static let reach = 12

    typealias Owner = (mention: Int, certainty: Figure.Certainty)

    /// - Parameter isNear: words of this kind stand with every number of their own, and are not passed on past another.
    func attach(_ mentions: [Range<Int>], isNear: Bool = false) -> [[Owner]] {
        var owners = Array(repeating: [Owner](), count: figures.count)
        guard !mentions.isEmpty else { return owners }
        if mentions.count == 1 {
            // Behind a number and before the next it belongs to one of them.
            let isAmong =
                isNear && (figures.first ?? 0) < mentions[0].lowerBound && mentions[0].upperBound <= (figures.last ?? 0)
            guard !isAmong else {
                let places = places(mentions[0])
                return figures.indices.map { figure in
                    let own = places.first { $0.0 == figure }?.1
                    let isEnd = places.contains { $0.0 == figure - 1 && $0.1 == .own } && isWay(before: figure)
                    return [(0, own ?? (isEnd ? .inherited : .loose))]
                }
            }
            return figures.map {
                let isOthers =
                    isCut(mentions[0], $0, isNear: isNear) || isOfAnother(mentions[0], $0)
                    || isNear && isSpent(mentions[0], before: $0)
                return [(0, isOthers ? .loose : .own)]
            }
        }
        if let block = block(mentions) { return block }
        for (index, mention) in mentions.enumerated() {
            for (figure, certainty) in places(mention) { owners[figure].append((index, certainty)) }
        }
        for place in figures.indices {
            // The nearest of several before a number is its own.
            if owners[place].count > 1 {
                let figure = figures[place]
                owners[place].sort { distance(mentions[$0.mention], figure) < distance(mentions[$1.mention], figure) }
                owners[place] = owners[place].enumerated().map { ($1.mention, $0 == 0 ? $1.certainty : .loose) }
            }
            if owners[place].isEmpty, let last = predecessor(of: place), let before = owners[last].first {
                let between = phrase.tokens[figures[last]..<figures[place]]
                let isListed =
                    !between.contains { $0.isMark(";") || Lexicon.clauseWords.contains($0.text) }
                    && (!isNear
                        || isList([figures[last]..<figures[last] + 1, figures[place]..<figures[place] + 1])
                        || goesOn(figures[last] + 1..<figures[place]))
                owners[place] = [(before.mention, isListed ? max(before.certainty, .inherited) : .loose)]
            }
        }
        for place in figures.indices.reversed() where owners[place].isEmpty {
            guard place + 1 < figures.count, let after = owners[place + 1].first else { continue }
            owners[place] = [(after.mention, .loose)]
        }
        return owners
    }

    /// `from 0.2 to 0.6 ms`: what the first number is, the second one is, too.
    private func isWay(before place: Int) -> Bool {
        let between = phrase.tokens[(figures[place - 1] + 1)..<figures[place]].filter { !$0.isMark("*_`") }
        return between.contains { $0.text == "to" || $0.text == "→" }
            && between.allSatisfy { $0.text == "to" || $0.text == "→" || MeasuredUnit($0.text) != nil }
    }

    /// The number that one may go on with: in `873 ms (σ = 14 ms), B 11.94 s` not the one in brackets.
    private func predecessor(of place: Int) -> Int? {
        var last = place - 1
        while last > 0, isBracketed(last, before: figures[place]) { last -= 1 }
        return last < 0 ? nil : last
    }

    /// In brackets that are closed before a token.
    private func isBracketed(_ place: Int, before token: Int) -> Bool {
        guard let open = phrase.tokens[..<figures[place]].lastIndex(where: { $0.isMark("()") }),
            phrase.tokens[open].isMark("("), place > 0, figures[place - 1] < open
        else { return false }
        return phrase.tokens[figures[place]..<token].contains { $0.isMark(")") }
    }

    /// `12.8 for A, 13.6 for B`: nothing but names, units and small words.
    func goesOn(_ between: Range<Int>) -> Bool {
        between.count <= Attachment.reach
            && between.allSatisfy { place in
                let token = phrase.tokens[place]
                return !token.isWord && !token.isIdentifier && token.number == nil
                    || Lexicon.stop.contains(token.text) || Lexicon.references.contains(token.text)
                    || MeasuredUnit(token.text) != nil || names.contains { $0.contains(place) }
            }
    }

    /// `4,839 against 4,297 for A`, `12 for the old one and 14 for B`: only the last number is of the name behind them.
    private func isOfAnother(_ mention: Range<Int>, _ figure: Int) -> Bool {
        guard figure < mention.lowerBound else { return false }
        guard let next = figures.first(where: { $0 > figure && $0 < mention.lowerBound }) else {
            // `of the base 87 minutes, of A 65 minutes`
            return figures.contains { $0 >= mention.upperBound && $0 - mention.upperBound <= 1 }
                && phrase.tokens[figure..<mention.lowerBound].contains { $0.isMark(",;") }
        }
        let between = phrase.tokens[(figure + 1)..<next]
        return between.contains { Lexicon.references.contains($0.text) || Lexicon.clauseWords.contains($0.text) }
            || between.dropFirst(between.first?.isWord == true ? 1 : 0).first.map { Lexicon.scopes.contains($0.text) }
                ?? false
            || between.first.map { Lexicon.scopes.contains($0.text) } ?? false
    }

    /// `a warm-up of 25 ms before each measurement of 100 ms`: the words have their number, and the text goes on to others.
    private func isSpent(_ mention: Range<Int>, before figure: Int) -> Bool {
        guard let first = figures.first(where: { $0 >= mention.upperBound }), first < figure,
            phrase.tokens[mention.upperBound..<first].allSatisfy({
                $0.isMark("*_`=:(-") || Lexicon.stop.contains($0.text)
            })
        else { return false }
        let between = phrase.tokens[(first + 1)..<figure]
        return !goesOn(first + 1..<figure) && !between.contains { Lexicon.directions[$0.text] != nil }
    }

    /// Another clause begins between them.
    private func isCut(_ mention: Range<Int>, _ figure: Int, isNear: Bool) -> Bool {
        guard mention.upperBound <= figure else {
            return figure < mention.lowerBound
                && phrase.tokens[figure..<mention.lowerBound].contains {
                    $0.isMark(";") || Lexicon.clauseWords.contains($0.text)
                }
        }
        guard !isNear, let mark = phrase.tokens[mention.upperBound..<figure].lastIndex(where: { $0.isMark(";") })
        else { return false }
        // `; its 95th percentile` goes on with it.
        return !phrase.tokens[(mark + 1)..<figure].prefix(2).contains { Lexicon.pronouns.contains($0.text) }
    }

    /// `lark and wren take 366 and 388 ms`, `366 and 388 ms for lark and wren`
    private func block(_ mentions: [Range<Int>]) -> [[Owner]]? {
        guard mentions.count > 1, mentions.count <= figures.count, isList(mentions),
            let end = mentions.last?.upperBound,
            let start = mentions.first?.lowerBound
        else { return nil }
        let behind = figures.indices.filter { figures[$0] >= end }
        let before = figures.indices.filter { figures[$0] < start }
        // `At 8 req/s, p50 and p99 are 49 and 119 ms`: the list is as long as the other one.
        guard let own = [behind, before].first(where: { $0.count == mentions.count }),
            own.count == figures.count
                || own == behind && before.count == figures.count - own.count,
            isList(own.map { figures[$0]..<figures[$0] + 1 })
        else { return nil }
        return figures.indices.map { place in own.firstIndex(of: place).map { [($0, .own)] } ?? [] }
    }

    /// `a, b and c`: nothing but commas, `and` and articles between them.
    private func isList(_ ranges: [Range<Int>]) -> Bool {
        zip(ranges, ranges.dropFirst()).allSatisfy { first, second in
            let between = phrase.tokens[min(first.upperBound, second.lowerBound)..<second.lowerBound]
            return between.count <= 4 && between.contains { $0.isMark(",/&") || $0.text == "and" || $0.text == "or" }
                && between.allSatisfy { !$0.isWord && !$0.isIdentifier || Lexicon.stop.contains($0.text) }
        }
    }

    private func distance(_ mention: Range<Int>, _ figure: Int) -> Int {
        mention.contains(figure)
            ? 0 : mention.upperBound <= figure ? figure - mention.upperBound : mention.lowerBound - figure
    }

    /// Indices of figures that a mention may belong to.
    private func places(_ mention: Range<Int>) -> [(Int, Figure.Certainty)] {
        if let inside = figures.firstIndex(where: mention.contains) { return [(inside, .own)] }
        let next = figures.firstIndex { $0 >= mention.upperBound } ?? figures.count
        if next == 0 { return [(0, .own)] }
        if next == figures.count { return [(next - 1, .own)] }
        let gap = figures[next - 1] + 1..<figures[next]
        // `10 µs (A), 13 µs (B)`; `20 s (median 20.2 s)`
        let opening = phrase.tokens[figures[next - 1] + 1..<mention.lowerBound].filter { !$0.isMark("*_`") }
        if opening.count == 1, opening[0].isMark("(") {
            let isClosed = phrase.tokens[mention.upperBound..<figures[next]].contains { $0.isMark(")") }
            return [(isClosed ? next - 1 : next, .own)]
        }
        if let separator = gap.first(where: {
            Lexicon.separators.contains(phrase.tokens[$0].text) && !mention.contains($0)
        }) {
            return [(mention.upperBound <= separator ? next - 1 : next, .own)]
        }
        if mention.lowerBound - figures[next - 1] <= 1 { return [(next - 1, .own)] }
        return [(next, .own), (next - 1, .loose)]
    }
}
