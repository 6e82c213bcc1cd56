import GateCore
import GateVocabulary

/// Numbers and names that stand in lists.
extension NumberBinder {
    /// A key's value is the first number behind it, and those that are listed with that one.
    func isFirst(_ index: Int, after key: Int, _ phrase: Phrase) -> Bool {
        let start = listed(index, phrase).lowerBound
        return !phrase.tokens[key..<start].contains { $0.isMark(";") || $0.number.map { !$0.isOrdinal } ?? false }
    }

    /// The indices from the first to the last number of the list that a number stands in: `3, 4.5 and 6 ms`.
    func listed(_ index: Int, _ phrase: Phrase) -> ClosedRange<Int> {
        let tokens = phrase.tokens
        func isNumber(_ other: Int) -> Bool { tokens.indices.contains(other) && tokens[other].number != nil }
        func step(_ from: Int, _ by: Int) -> Int? {
            var other = from + by
            var links = 0
            while tokens.indices.contains(other), links < 2, listLinks.contains(tokens[other].text) {
                other += by
                links += 1
            }
            return links > 0 && isNumber(other) ? other : nil
        }
        var (first, last) = (index, index)
        while let next = step(first, -1) { first = next }
        while let next = step(last, 1) { last = next }
        return first...last
    }

    /// `eager, jit and onnx took 3.8, 3.7 and 0.7 ms`: names and numbers in one order.
    func listed(
        _ index: Int, _ mentions: Mentions, _ phrase: Phrase
    ) -> Mentions.Mention<[StoredFact.Cell]>? {
        let list = listed(index, phrase)
        let rows = mentions.rows.filter { $0.index < list.lowerBound }
        let after = mentions.rows.filter { $0.index > list.upperBound }
        return inOrder(index, phrase, rows) ?? (rows.isEmpty ? inOrder(index, phrase, after) : nil)
    }

    /// `the p50, p95 and p99 are 15.50, 15.58 and 15.60 ms`: statistics and numbers in one order.
    func listedStatistic(_ index: Int, _ mentions: Mentions, _ phrase: Phrase) -> Statistic? {
        named(mentions.statistics, index, phrase)?.value
    }

    /// The key in parentheses behind the number, the one of its place in a list, or the last one before.
    func key(for index: Int, _ mentions: Mentions, _ phrase: Phrase) -> Mentions.Mention<[Int]>? {
        if let own = mentions.keys.first(where: { owner(of: $0.index, phrase) == index }) { return own }
        if let listed = listedKey(index, mentions, phrase) { return listed }
        return mentions.keys.last { $0.index < index && owner(of: $0.index, phrase) == nil }
            .flatMap { isFirst(index, after: $0.index, phrase) ? $0 : nil }
    }

    /// `187.18 tokens per second (csv_mean_tokens_s)`: the number that a name in parentheses explains.
    func owner(of mention: Int, _ phrase: Phrase) -> Int? {
        guard let mark = phrase.tokens[..<mention].lastIndex(where: { !$0.isMark("`*_") }), mark > 0,
            phrase.tokens[mark].isMark("(")
        else { return nil }
        let number = phrase.tokens[..<mark].lastIndex { !$0.isMark("`*_") }
        // `Model 2 (json_models[2].mean_tokens_s): 46.4 tok/s`
        return number.flatMap { phrase.tokens[$0].number != nil && !NotClaims.contains($0, phrase) ? $0 : nil }
    }

    /// `35 tokens is the smallest`
    func predicate(_ index: Int, _ phrase: Phrase) -> Statistic? {
        let after = phrase.tokens.dropFirst(index + 1).prefix(3).map(\.text)
        if after.starts(with: ["on", "average"]) { return .mean }
        // `181.97 (min), 184.24 (max)`
        if after.count == 3, after[0] == "(", after[2] == ")" { return statisticWords[after[1]] }
        guard let verb = after.first, ["is", "was", "being", "are"].contains(verb) else { return nil }
        return after.dropFirst().lazy.compactMap { statisticWords[$0] }.first
    }

    /// `results[0].ttft_s and results[1].ttft_s are 2.32 and 0.13 s`: keys and numbers in one order.
    func listedKey(_ index: Int, _ mentions: Mentions, _ phrase: Phrase) -> Mentions.Mention<[Int]>? {
        named(mentions.keys, index, phrase)
    }

    /// The mention that has the number's place, where as many stand before a list of numbers as there are in it.
    func named<Value>(
        _ mentions: [Mentions.Mention<Value>], _ index: Int, _ phrase: Phrase
    ) -> Mentions.Mention<Value>? {
        let numbers = listed(index, phrase).filter { phrase.tokens[$0].number != nil }
        guard numbers.count > 1, let first = numbers.first, let place = numbers.firstIndex(of: index) else {
            return nil
        }
        let start = phrase.tokens[..<first].lastIndex { $0.number.map { !$0.isOrdinal } ?? false } ?? 0
        let named = mentions.filter { $0.index >= start && $0.index < first }
        return named.count == numbers.count ? named[place] : nil
    }

    /// `rates of 13.3 to 14.2 tok/s`, `(13.3 to 14.2 tok/s)`
    func isAscending(_ index: Int, _ phrase: Phrase) -> Bool {
        let tokens = phrase.tokens
        guard index > 0, ["of", "("].contains(tokens[index - 1].text), tokens[index + 1].text == "to",
            let low = tokens[index].number, let high = tokens[index + 2].number,
            !tokens.contains(where: { ["before", "after", "first"].contains($0.text) })
        else { return false }
        return low.value < high.value && (low.unit == nil || low.unit == high.unit)
    }

    /// `after every action (from 26.76 ms or 100 ms to 1,024 ms)`: what it was before, and what it became.
    func fromTo(_ index: Int, _ phrase: Phrase) -> NumberClaim.Moment? {
        let list = listed(index, phrase)
        let rest = phrase.tokens.dropFirst(list.upperBound + 1).prefix(2)
        if rest.first?.text == "to", rest.last?.number != nil { return .before }
        let before = phrase.tokens[..<list.lowerBound].suffix(2)
        return before.last?.text == "to" && before.first?.number != nil ? .after : nil
    }

    /// The name that has the place among the names that the number has in its list; nil where there are not as many.
    func inOrder(
        _ index: Int, _ phrase: Phrase, _ rows: [Mentions.Mention<[StoredFact.Cell]>]
    ) -> Mentions.Mention<[StoredFact.Cell]>? {
        let numbers = listed(index, phrase).filter { phrase.tokens[$0].number != nil }
        guard numbers.count > 1, rows.count == numbers.count else { return nil }
        return numbers.firstIndex(of: index).map { rows[$0] }
    }
}

private let listLinks: Set<String> = [",", "and", "or", "/", "&", "versus", "vs", "against"]
