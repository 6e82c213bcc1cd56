internal import GateCore
internal import GateVocabulary

/// What numbers of the report say of each other, whatever the data is.
extension Comparisons {
    /// `lark reached 301 tok/s against 299 tok/s for wren, so it is slower`: the two numbers say it.
    func printed(_ comparison: Lexicon.Comparison, _ index: Int) -> Statement.Finding? {
        // `would have to publish 340 more to catch up`
        guard !isOfQuality(index),
            !tokens[statement.clause(around: index)].contains(where: { Lexicon.modals.contains($0.text) }),
            let (first, second) = pair(index), first.unit?.dimension == second.unit?.dimension,
            let isMore = isMore(comparison, first, second)
        else { return nil }
        let (a, b) = (
            first.quantity.value * (first.unit?.factor ?? 1), second.quantity.value * (second.unit?.factor ?? 1)
        )
        guard a != b, (a > b) != isMore else { return nil }
        return Statement.Finding(
            tokens: index..<index + 1, rule: .I03,
            evidence: "\(shown(first.quantity.value)) against \(shown(second.quantity.value))",
            message: "The two numbers say the other way.", isOfNumbers: true)
    }

    /// `more frugal`, `less wasteful`: which way its numbers go only the word knows, and the data has no such thing.
    private func isOfQuality(_ index: Int) -> Bool {
        guard ["more", "less"].contains(tokens[index].text), let next = tokens.dropFirst(index + 1).first, next.isWord
        else { return false }
        return next.text != "than" && !Lexicon.stop.contains(next.text) && Lexicon.comparisons[next.text] == nil
            && MeasuredUnit(next.text) == nil && Lexicon.dimensionWords[next.text] == nil
            && Set([next.text] + Canon.terms(ofName: next.text)).isDisjoint(with: statement.relation.vocabulary)
    }

    /// The number of what a comparison is said of, and the one that it is compared with.
    private func pair(_ index: Int) -> (Figure, Figure)? {
        let isThan = tokens[(index + 1)...].first?.text == "than"
        return inOneBracket(index) ?? inTwoBrackets(index)
            ?? (isThan ? which(index) ?? bracketed(index) ?? than(index) : against(index))
    }

    /// `reaches 6,540 tps with 32 clients, which is 64 % less than the 18,041 tps of B`: of the last value in this unit.
    func which(_ index: Int) -> (Figure, Figure)? {
        guard let second = second(behind: index), second.unit != nil,
            let which = tokens[..<index].indices.suffix(6).last(where: { tokens[$0].text == "which" }), which > 0,
            tokens[which - 1].isMark(","), Lexicon.copulas.contains(tokens[which + 1].text),
            let first = statement.figures.last(where: {
                $0.token < which && !$0.isRelative && $0.unit?.dimension == second.unit?.dimension && isValue($0)
            }), first.hedge == .exact, which - first.token <= 8,
            // `the mean of 12 ms and the p99 of 30 ms`: which of them it is.
            !tokens[first.token..<which].contains(where: { $0.text == "and" })
        else { return nil }
        return (first, second)
    }

    /// `took 61.7 ms, longer than the slowest one of A (55.8 ms)`
    func bracketed(_ index: Int) -> (Figure, Figure)? {
        guard let first = statement.figures.last(where: { $0.token < index }), !first.isRelative, first.unit != nil,
            case let between = tokens[(first.token + 1)..<index], between.count <= 2,
            between.last?.isMark(",") ?? false,
            let open = tokens.indices.dropFirst(index + 2).prefix(10).first(where: { tokens[$0].isMark("(") }),
            !tokens[index..<open].contains(where: { $0.isMark(",;:") || $0.text == "and" || $0.number != nil }),
            let second = statement.figures.first(where: { $0.token == open + 1 }), !second.isRelative,
            second.unit?.dimension == first.unit?.dimension, isValue(first), isValue(second),
            tokens.dropFirst(second.token + 1).prefix(2).contains(where: { $0.isMark(")") }),
            first.hedge == .exact, second.hedge == .exact
        else { return nil }
        return (first, second)
    }

    /// `lower while linking (3.87 GHz) than while compiling (3.42 GHz)`, `A (12 ms) is slower than B (14 ms)`
    func inTwoBrackets(_ index: Int) -> (Figure, Figure)? {
        guard let than = tokens.indices.dropFirst(index + 1).prefix(10).first(where: { tokens[$0].text == "than" }),
            let first = bracket(in: (index + 1)..<than) ?? bracket(in: max(0, index - 6)..<index),
            let second = bracket(in: (than + 1)..<min(tokens.count, than + 10)),
            first.unit?.dimension == second.unit?.dimension || first.unit == nil
        else { return nil }
        return (first.unit == nil ? first.inUnit(of: second) : first, second)
    }

    /// The one value that stands alone in brackets there.
    private func bracket(in range: Range<Int>) -> Figure? {
        let figures = statement.figures.filter { range.contains($0.token) }
        guard figures.count == 1, let figure = figures.first, figure.token > 0, tokens[figure.token - 1].isMark("("),
            tokens.dropFirst(figure.token + 1).prefix(2).contains(where: { $0.isMark(")") }),
            !tokens[range].contains(where: { $0.isMark(";:") }), figure.hedge == .exact, !figure.isRelative,
            isValue(figure)
        else { return nil }
        return figure
    }

    /// The value behind `than the`.
    private func second(behind index: Int) -> Figure? {
        guard let second = statement.figures.first(where: { $0.token > index }), second.token - index <= 6,
            !second.isRelative, second.hedge == .exact, isValue(second),
            case let behind = tokens[(index + 2)..<max(index + 2, second.token)].filter({ !$0.isMark("*_`\"") }),
            let last = behind.last, last.text == "the" || last.text.hasSuffix("'s") || last.text.hasSuffix("’s"),
            !behind.contains(where: { $0.isMark(",;(") || Lexicon.copulas.contains($0.text) })
        else { return nil }
        return second
    }

    /// `a TTFT of 226 ms is lower than the 190 ms of B`, `226 ms, higher than B's 190`
    private func than(_ index: Int) -> (Figure, Figure)? {
        // `This is less than the 150 ms of A`: of the number before.
        let isOfLast = tokens.first.map { ["this", "that", "it"].contains($0.text) } ?? false && index <= 3
        if isOfLast, let first = statement.earlier.last, let second = statement.figures.first,
            !first.isRelative, !second.isRelative, first.unit != nil, first.unit?.dimension == second.unit?.dimension,
            second.token - index <= 4, second.token > index, first.hedge == .exact, second.hedge == .exact
        {
            return (first, second)
        }
        guard let first = statement.figures.last(where: { $0.token < index }), let second = second(behind: index),
            !first.isRelative, first.hedge == .exact, isValue(first),
            first.unit != nil, second.unit == nil || second.unit?.dimension == first.unit?.dimension,
            case let before = tokens[(first.token + 1)..<index].filter({ !$0.isMark("*_`") }), before.count <= 6,
            let copula = before.first(where: { Lexicon.copulas.contains($0.text) || $0.isMark(",") }),
            before.drop(while: { $0.bytes != copula.bytes }).dropFirst().allSatisfy({
                $0.isWord && Lexicon.stop.contains($0.text) && $0.text != "and"
            })
        else { return nil }
        return (first, second.unit == nil ? second.inUnit(of: first) : second)
    }

    /// `301 against 299, so it is slower`, `the higher score (0.56 against 0.50)`
    private func against(_ index: Int) -> (Figure, Figure)? {
        let values = statement.figures.filter { !$0.isRelative }
        let before = values.filter { $0.token < index }
        if before.count == 2, before[0].unit != nil, isSetAgainst(before[0], before[1]) {
            return (before[0], before[1])
        }
        return behind(index)
    }

    /// Two numbers behind it, the first ones of their kind.
    private func behind(_ index: Int) -> (Figure, Figure)? {
        let shares = statement.figures.filter { $0.quantity.isPercent && $0.token > index }
        let values = statement.figures.filter { !$0.isRelative && $0.token > index }
        let pair = values.isEmpty ? shares : values
        let before = statement.figures.filter { $0.token < index && $0.isRelative == values.isEmpty }
        guard before.isEmpty, pair.count == 2, pair[0].token < index + 12, isSetAgainst(pair[0], pair[1]) else {
            return nil
        }
        return (pair[0], pair[1])
    }

    /// `A is slower than B at 8 threads (168.4 versus 172.3)`
    func inOneBracket(_ index: Int) -> (Figure, Figure)? {
        let behind = tokens[(index + 1)...].prefix(12)
        guard let opening = behind.firstIndex(where: { $0.isMark("(") }),
            !tokens[index..<opening].contains(where: { $0.isMark(",;") || Lexicon.clauseWords.contains($0.text) }),
            let closing = tokens[opening...].firstIndex(where: { $0.isMark(")") }),
            case let figures = statement.figures.filter({ (opening..<closing).contains($0.token) }), figures.count == 2,
            isSetAgainst(figures[0], figures[1]), !figures[0].quantity.isFactor, !figures[1].quantity.isFactor
        else { return nil }
        return (figures[0], figures[1])
    }

    private func isSetAgainst(_ first: Figure, _ second: Figure) -> Bool {
        tokens[first.token..<second.token].contains {
            Lexicon.references.contains($0.text) || $0.text == "instead"
        }
    }

    /// Whether it says that the first number is more than the second; nil where that cannot be told.
    private func isMore(_ comparison: Lexicon.Comparison, _ first: Figure, _ second: Figure) -> Bool? {
        comparison.isMore(of: first.unit?.dimension)
            ?? ([.better, .worse].contains(comparison)
                ? preference(first, second).map { ($0 == .higher) == (comparison == .better) } : nil)
    }

    /// Which way the column is better that has both numbers.
    private func preference(_ first: Figure, _ second: Figure) -> Preference? {
        let preferences = common(first, second).map { Preference(ofScore: statement.relation.columns[$0]) }
        guard let one = preferences.first, preferences.allSatisfy({ $0 == one }) else { return nil }
        return one
    }

    /// Columns that have both numbers.
    private func common(_ first: Figure, _ second: Figure) -> Set<Int> {
        let search = Search(relation: statement.relation)
        let columns = [first, second].map { figure in
            Set(search.entries(figure, limit: 64).map { statement.relation.entries[$0].column })
        }
        return columns[0].intersection(columns[1])
    }

    /// `went from 41.8 to 57.0 (+36 %)`, `301 against 299, 0.9 % faster`: what the two numbers before it come to.
    func printedAmounts(_ outcome: inout Statement.Outcome) {
        for (place, figure) in statement.figures.enumerated()
        where figure.isRelative && outcome.verdicts[figure.token] == nil && place > 1 && figure.hedge == .exact {
            let (first, second) = (statement.figures[place - 2], statement.figures[place - 1])
            guard !first.isRelative, !second.isRelative, first.unit?.dimension == second.unit?.dimension,
                isLinked(first, second), figure.token - second.token <= 12, isValue(first), isValue(second),
                !isStep(first, second), !statement.isEndOfWay(figure.token), !isPart(figure),
                !tokens[second.token..<figure.token].contains(where: {
                    $0.isMark(";") || ["while", "where", "whereas"].contains($0.text)
                }),
                !isOfAnother(second.token + 1..<figure.token, first.token), !isOccurrence(figure),
                !statement.goesOn(behind: second.token, to: figure.token),
                !statement.isOfOther(figure.token, than: second),
                case let left = first.quantity.value * (first.unit?.factor ?? 1),
                case let right = second.quantity.value * (second.unit?.factor ?? 1), left > 0, right > 0
            else { continue }
            // The printed numbers are rounded themselves.
            let slack =
                1.01
                * (first.quantity.halfStep / first.quantity.value + second.quantity.halfStep / second.quantity.value)
            let (a, b) = (left / right, right / left)
            let values = figure.quantity.isFactor ? [a, b] : percentages(figure.token, first, a, b)
            let text = "\(tokens[first.token].text), \(tokens[second.token].text)"
            if values.contains(where: {
                figure.quantity.prints($0, slack: slack * (figure.quantity.isFactor ? $0 : 100 * max(a, b)))
            }) {
                outcome.verdicts[figure.token] = .derivable("follows from \(text)")
            } else {
                outcome.verdicts[figure.token] = .contradicted(
                    .I02, text, "From the two numbers follows \(shown((10 * values[0]).rounded() / 10)).")
            }
        }
    }

    /// Of a change the first number is the base; `more` is so of the smaller one, `less` of the larger one.
    private func percentages(_ token: Int, _ first: Figure, _ a: Double, _ b: Double) -> [Double] {
        let isFrom = tokens[..<first.token].suffix(2).contains { $0.text == "from" }
        let changes = isFrom ? [100 * abs(b - 1)] : [100 * abs(a - 1), 100 * abs(b - 1)]
        guard isChange(token) else { return changes + [100 * a, 100 * b] }
        switch tokens[(token + 1)...].prefix(2).lazy.compactMap({ Lexicon.comparisons[$0.text] }).first {
        case .more?: return [100 * (max(a, b) - 1)]
        case .less?: return [100 * (1 - min(a, b))]
        default: return changes
        }
    }

    /// `going from 4,096 to 4,352 takes 12 % off`: from one size to the next, neither is a value.
    private func isStep(_ first: Figure, _ second: Figure) -> Bool {
        let before = tokens[..<first.token].suffix(2).map(\.text)
        return before.count == 2 && before[1] == "from" && Lexicon.stepping.contains(before[0])
            && first.quantity.isWhole && second.quantity.isWhole && first.unit == nil
    }

    /// `and 71 % of the frames are late`: a share of what is counted, and no change of what the numbers before it measure.
    private func isPart(_ figure: Figure) -> Bool {
        let next = tokens.indices.dropFirst(figure.token + 1).filter { !tokens[$0].isMark("*_`%") }.prefix(3)
        guard figure.quantity.isPercent, next.count == 3, tokens[next[0]].text == "of",
            ["the", "all", "its", "their"].contains(tokens[next[1]].text), tokens[next[2]].isWord
        else { return false }
        return tokens[next[2]].text.hasSuffix("s") && Lexicon.dimensionWords[tokens[next[2]].text] == nil
            && !statement.reading.metrics.contains { $0.tokens.contains(next[2]) && $0.isWhole }
    }

    /// Something else is spoken of by then: `from 687 to 1,045 tokens, and the run is 1.3x as long`; `from 512 to 4096 the
    /// throughput grows 5.9 times`.
    private func isOfAnother(_ between: Range<Int>, _ first: Int) -> Bool {
        let words = tokens[between]
        if let and = words.firstIndex(where: { $0.text == "and" }),
            tokens[and..<between.upperBound].contains(where: { Lexicon.copulas.contains($0.text) })
        {
            return true
        }
        return words.contains { Lexicon.directions[$0.text] != nil }
            && !tokens[..<first].suffix(8).contains { Lexicon.directions[$0.text] != nil }
    }

    /// `writers stall 412 times`
    func isOccurrence(_ figure: Figure) -> Bool {
        guard figure.quantity.isFactor, figure.quantity.isWhole, figure.quantity.value > 3 else { return false }
        let next = tokens[(figure.token + 1)...].prefix(3).filter { $0.text != "times" && !$0.isMark("*_") }
        return !next.contains {
            ["as", "that", "the", "of", "what"].contains($0.text) || Lexicon.comparisons[$0.text] != nil
        }
    }

    /// `from 8 to 64 clients` are conditions rather than values.
    func isValue(_ figure: Figure) -> Bool {
        figure.quantity.decimals > 0 || figure.quantity.significant >= 3
            || figure.unit.map { $0.dimension != .count } ?? false
    }

    func isChange(_ token: Int) -> Bool {
        tokens[(token + 1)...].prefix(2).contains {
            Lexicon.comparisons[$0.text] != nil || Lexicon.directions[$0.text] != nil
        } || tokens[..<token].suffix(3).contains { Lexicon.outcomes.contains($0.text) || $0.text == "by" }
    }

    /// `from 12 to 15`, `12 against 15`
    private func isLinked(_ first: Figure, _ second: Figure) -> Bool {
        let between = tokens[(first.token + 1)..<second.token]
        let before = tokens[..<first.token].suffix(2)
        return between.count <= 8
            && (before.contains { $0.text == "from" } && between.contains { $0.text == "to" || $0.text == "→" }
                || between.contains { Lexicon.references.contains($0.text) || $0.text == "instead" })
    }

    /// `falls from 12 to 15`: the two numbers say the other way.
    func directions() -> [Statement.Finding] {
        var findings: [Statement.Finding] = []
        for first in statement.figures where first.token > 0 {
            guard tokens[first.token - 1].text == "from" || tokens[max(0, first.token - 2)].text == "from",
                let second = goal(of: first),
                let (place, direction) = direction(before: first.token, first.unit ?? second.unit)
            else { continue }
            let (unit, other) = (first.unit, second.unit)
            let (a, b) = (
                first.quantity.value * (unit?.factor ?? other?.factor ?? 1),
                second.quantity.value * (other?.factor ?? unit?.factor ?? 1)
            )
            guard a != b, (b > a) != (direction == .up) else { continue }
            findings.append(
                Statement.Finding(
                    tokens: place..<second.token + 1, rule: .I03,
                    evidence: "\(tokens[first.token].text) → \(tokens[second.token].text)",
                    message: "The two numbers go the other way.", isOfNumbers: true))
        }
        return findings
    }

    /// `fell from`, `went up from`; `on A it fell from 12 to 10, on B from` the same way.
    private func direction(before token: Int, _ unit: MeasuredUnit?) -> (place: Int, Lexicon.Direction)? {
        func direction(_ place: Int) -> Lexicon.Direction? {
            // `gets faster, from 12 ms to 10 ms`
            if place > 0, Lexicon.getting.contains(tokens[place - 1].text),
                let isMore = Lexicon.comparisons[tokens[place].text]?.isMore(of: unit?.dimension)
            {
                return isMore ? .up : .down
            }
            if place > 0, Lexicon.going.contains(tokens[place - 1].text) {
                return ["up": .up, "down": .down][tokens[place].text] ?? Lexicon.directions[tokens[place].text]
            }
            // `the gain was smaller, from 19.95 to 15.08`
            let isNoun =
                Lexicon.outcomes.contains(tokens[place].text) && place + 1 < tokens.count
                && Lexicon.copulas.contains(tokens[place + 1].text)
            return isNoun ? nil : Lexicon.directions[tokens[place].text]
        }
        let near = tokens[..<token].indices.suffix(8)
        if let place = near.last(where: { direction($0) != nil }),
            // `the main gain: it went from`
            !tokens[place..<token].contains(where: { $0.number != nil || $0.isMark(":") })
        {
            return direction(place).map { (place, $0) }
        }
        guard let comma = near.last(where: { tokens[$0].isMark(",") }), comma > 1, tokens[..<comma].last != nil,
            tokens[(comma + 1)..<token].count <= 6,
            !tokens[(comma + 1)..<token].contains(where: {
                $0.number != nil || Lexicon.clauseWords.contains($0.text) || Lexicon.copulas.contains($0.text)
                    || Lexicon.directions[$0.text] != nil
            }),
            tokens[(comma + 1)].isWord, Lexicon.places.contains(tokens[comma + 1].text),
            let place = tokens[..<comma].indices.suffix(12).last(where: { direction($0) != nil }),
            tokens[place..<comma].contains(where: { $0.text == "from" })
        else { return nil }
        return direction(place).map { (place, $0) }
    }

    /// `from 29.7 % at −5 dB to 8.1 %`: the number behind the next `to`.
    private func goal(of first: Figure) -> Figure? {
        let behind = tokens[(first.token + 1)...].prefix(10)
        guard let to = behind.firstIndex(where: { $0.text == "to" || $0.text == "→" }),
            !tokens[first.token..<to].contains(where: { $0.isMark(";,") || Lexicon.clauseWords.contains($0.text) })
        else { return nil }
        return statement.figures.first { $0.token > to && $0.token <= to + 2 }
    }
}

extension Lexicon.Comparison {
    /// Whether more of a dimension is what it says; nil where that cannot be told.
    func isMore(of dimension: Dimension?) -> Bool? {
        switch (self, dimension) {
        case (.more, _), (.quicker, .rate), (.better, .rate), (.slower, .time), (.worse, .time): true
        case (.less, _), (.slower, .rate), (.worse, .rate), (.quicker, .time), (.better, .time): false
        default: nil
        }
    }
}
