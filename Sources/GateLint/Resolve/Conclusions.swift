internal import GateCore
internal import GateVocabulary

/// What a sentence concludes from the numbers that it has given: `138 seconds where it took 266, which makes it 1.92 times as
/// fast`, `from 6.9 to 9.0 %, that is by 31 %`, `84.0 % and 66.8 %, a gap of 17.1 points`.
///
/// Some pair of the numbers before it has to give the number, whatever the data is.
struct Conclusions {
    let statement: Statement
    private var tokens: [Token] { statement.tokens }

    /// Numbers before a conclusion that it may be drawn from.
    private static let mostOperands = 4
    /// Words between the numbers and their conclusion.
    private static let reach = 14

    func judge() -> Statement.Outcome {
        var outcome = Statement.Outcome()
        for (place, figure) in statement.figures.enumerated() {
            if let verdict = over(place) { outcome.verdicts[figure.token] = verdict }
            guard figure.hedge != .bound else { continue }
            if let verdict = rate(place) ?? ahead(place) ?? fromTo(place) ?? timesThe(place) {
                outcome.verdicts[figure.token] = verdict
                continue
            }
            let operands = operands(of: place)
            guard operands.count > 1, let last = operands.last, figure.token - last.token <= Conclusions.reach,
                concludes(last.token + 1..<figure.token, figure.token)
                    || operands.count == 2 && isAside(last.token + 1..<figure.token, figure),
                !namesAnother(behind: figure.token), !isListed(place),
                !statement.goesOn(behind: last.token, to: figure.token),
                // `a lower median (14.2 ms) than B (16.0 ms), yet a mean that is 115 times as high`
                case let statistics = operands.flatMap(\.namedStatistics),
                figure.namedStatistics.allSatisfy(statistics.contains)
            else { continue }
            // `so a chat is 18 times as expensive`, `6.6 times faster than one`: a number may stand in the sentence before.
            let isFree =
                tokens[last.token..<figure.token].contains { Lexicon.conclusions.contains($0.text) }
                || tokens[(figure.token + 1)...].prefix(4).contains { $0.text == "than" }
            let values = pairs((isFree ? alike(statement.earlier, last) : []) + operands).flatMap {
                self.values($0, $1, figure)
            }
            guard !values.isEmpty else { continue }
            let text = operands.map { tokens[$0.token].text }.joined(separator: ", ")
            let isRight = values.contains { value, slack in
                figure.quantity.prints(value, slack: slack + figure.slack)
            }
            outcome.verdicts[figure.token] =
                isRight
                ? .derivable("follows from \(text)")
                : .contradicted(
                    .I02, text, "From the numbers before it follows \(shown((100 * values[0].value).rounded() / 100)).")
        }
        return outcome
    }

    /// `so the saving is 36 %, 53 % and 60 %`: each of its own pair.
    private func isListed(_ place: Int) -> Bool {
        let figure = statement.figures[place]
        return figure.isRelative
            && [place - 1, place + 1].contains { other in
                guard statement.figures.indices.contains(other), statement.figures[other].isRelative else {
                    return false
                }
                let between = [figure.token, statement.figures[other].token].sorted()
                return between[1] - between[0] <= 3
                    && tokens[between[0]..<between[1]].contains { $0.isMark(",") || $0.text == "and" }
            }
    }

    /// `The 102 epochs took 833 s, i.e. 8.2 s per epoch`: what one of so many takes.
    private func rate(_ place: Int) -> Verdict? {
        let figure = statement.figures[place]
        let next = tokens[(figure.token + 1)...].prefix(2)
        guard !figure.isRelative, let unit = figure.unit, next.count == 2,
            next.first.map({ ["per", "a", "each"].contains($0.text) }) ?? false, let noun = next.last, noun.isWord,
            let whole = statement.figures[..<place].last(where: { $0.unit?.dimension == unit.dimension }),
            figure.token - whole.token <= Conclusions.reach,
            concludes(whole.token + 1..<figure.token, figure.token)
        else { return nil }
        let counts = tokens[..<figure.token].indices.filter { index in
            tokens[index].number.map { $0.isWhole && $0.value > 1 && !$0.isOrdinal } ?? false
                && tokens[(index + 1)...].prefix(2).contains { stem($0.text) == stem(noun.text) }
        }
        guard counts.count == 1, let count = tokens[counts[0]].number else { return nil }
        let value = whole.quantity.value * (whole.unit?.factor ?? 1) / unit.factor / count.value
        let slack = whole.quantity.halfStep / whole.quantity.value * value
        let text = "\(tokens[whole.token].text) / \(tokens[counts[0]].text)"
        return figure.quantity.prints(value, slack: slack + figure.slack)
            ? .derivable("follows from \(text)")
            : .contradicted(
                .I02, text, "From the numbers before it follows \(shown((100 * value).rounded() / 100)).")
    }

    /// `3,291.5 tokens/s, 6.8x the 487.5 tokens/s of one`: the value before it is so many times the one behind it.
    private func timesThe(_ place: Int) -> Verdict? {
        let figure = statement.figures[place]
        guard figure.quantity.isFactor, place + 1 < statement.figures.count,
            case let base = statement.figures[place + 1], !base.isRelative, isBase(base, of: figure),
            let value = statement.figures[..<place].last(where: {
                !$0.isRelative && $0.quantity.significant > 1
                    && ($0.unit ?? base.unit)?.dimension == (base.unit ?? $0.unit)?.dimension
                    && ($0.unit != nil || base.unit == nil || $0.quantity.decimals > 0)
            }), figure.token - value.token <= Conclusions.reach
        else { return nil }
        let values = values(value, base, figure)
        guard let first = values.first else { return nil }
        let text = "\(tokens[value.token].text), \(tokens[base.token].text)"
        return values.contains { figure.quantity.prints($0.value, slack: $0.slack + figure.slack) }
            ? .derivable("follows from \(text)")
            : .contradicted(
                .I02, text, "From the two numbers follows \(shown((100 * first.value).rounded() / 100)).")
    }

    /// `6.8x the 487.5`, `2.25 times the best result of 107.5`
    private func isBase(_ base: Figure, of figure: Figure) -> Bool {
        let between = tokens[(figure.token + 1)..<base.token].filter {
            !$0.isMark("*_`") && $0.text != "times" && $0.text != "x"
        }
        guard let first = between.first, first.text == "the" else { return false }
        return between.count <= 2
            || between.count <= 8 && between.last?.text == "of" && between.allSatisfy { !$0.isMark(",;:.()") }
    }

    /// `improved by a factor of 1.67: 31 µs became 18.6 µs`: the numbers stand behind it.
    private func ahead(_ place: Int) -> Verdict? {
        let figure = statement.figures[place]
        let rest = statement.figures[(place + 1)...].prefix(3)
        guard let first = rest.first, let second = rest.dropFirst().first,
            tokens[(figure.token + 1)..<first.token].contains(where: { $0.isMark(":") })
                || tokens[first.token - 1].isMark("(")
                    && !tokens[figure.token..<first.token].contains(where: { $0.isMark(",") }),
            !tokens[figure.token..<first.token].contains(where: { Lexicon.clauseWords.contains($0.text) }),
            first.token - figure.token <= Conclusions.reach, second.token - first.token <= Conclusions.reach,
            !alike([first], second).isEmpty, !first.isRelative, !second.isRelative,
            tokens[(first.token + 1)..<second.token].contains(where: { Lexicon.becoming.contains($0.text) }),
            !tokens[first.token..<second.token].contains(where: { $0.isMark(";.:") })
        else { return nil }
        let text = "\(tokens[first.token].text), \(tokens[second.token].text)"
        let values = values(first, second, figure)
        guard !values.isEmpty, (first.unit ?? second.unit) != nil else { return nil }
        return values.contains { figure.quantity.prints($0.value, slack: $0.slack + figure.slack) }
            ? .derivable("follows from \(text)")
            : .contradicted(
                .I02, text, "From the numbers behind it follows \(shown((100 * values[0].value).rounded() / 100)).")
    }

    /// `rises by 12 % from 82.2 ms to 92.1 ms`, `a 12 % rise to 92.1 ms, from 82.2 ms`
    private func fromTo(_ place: Int) -> Verdict? {
        let figure = statement.figures[place]
        let rest = statement.figures[(place + 1)...].prefix(2)
        guard figure.isRelative, let first = rest.first, let second = rest.last, first.token < second.token,
            first.token - figure.token <= 5, second.token - first.token <= Conclusions.reach,
            let (base, goal) = ["from": (first, second), "to": (second, first)][tokens[first.token - 1].text],
            tokens[base.token - 1].text == "from", tokens[goal.token - 1].text == "to",
            [first, second].allSatisfy({ !$0.isRelative && $0.hedge == .exact && isMeasured($0) }),
            !alike([first], second).isEmpty,
            tokens[..<figure.token].suffix(2).contains(where: {
                $0.text == "by" || Lexicon.directions[$0.text] != nil || Lexicon.outcomes.contains($0.text)
            }) || tokens[figure.token..<first.token].contains(where: { Lexicon.outcomes.contains($0.text) }),
            !tokens[figure.token..<second.token].contains(where: { $0.isMark(";(") || $0.text == "and" })
        else { return nil }
        let left = base.quantity.value * (base.unit?.factor ?? goal.unit?.factor ?? 1)
        let right = goal.quantity.value * (goal.unit?.factor ?? base.unit?.factor ?? 1)
        guard left > 0, right > 0 else { return nil }
        let rounding =
            1.01 * (base.quantity.halfStep / base.quantity.value + goal.quantity.halfStep / goal.quantity.value)
        let (ratio, inverse) = (right / left, left / right)
        let values = figure.quantity.isFactor ? [max(ratio, inverse), min(ratio, inverse)] : [100 * abs(ratio - 1)]
        let text = "\(tokens[base.token].text) → \(tokens[goal.token].text)"
        let isRight = values.contains {
            figure.quantity.prints(
                $0, slack: figure.slack + rounding * (figure.quantity.isFactor ? $0 : 100 * max(ratio, inverse)))
        }
        return isRight
            ? .derivable("follows from \(text)")
            : .contradicted(.I02, text, "From the two numbers follows \(shown((100 * values[0]).rounded() / 100)).")
    }

    /// `scatter over 18.30 s, from 83.22 to 101.52 s`: how far the one is from the other.
    private func over(_ place: Int) -> Verdict? {
        let figure = statement.figures[place]
        let rest = statement.figures[(place + 1)...].prefix(2)
        guard !figure.isRelative, let unit = figure.unit, let first = rest.first, let second = rest.last,
            first.token < second.token, first.token - figure.token <= Conclusions.reach,
            tokens[first.token - 1].text == "from", second.token - first.token <= Conclusions.reach,
            tokens[second.token - 1].text == "to", second.unit?.dimension == unit.dimension,
            first.unit == nil || first.unit?.dimension == unit.dimension
        else { return nil }
        let factor = second.unit?.factor ?? 1
        let difference =
            abs(second.quantity.value * factor - first.quantity.value * (first.unit?.factor ?? factor)) / unit.factor
        let slack = (first.quantity.halfStep + second.quantity.halfStep) * factor / unit.factor
        return figure.quantity.prints(difference, slack: figure.slack + 1.01 * slack)
            ? .derivable("follows from \(tokens[first.token].text), \(tokens[second.token].text)") : nil
    }

    private func isMeasured(_ figure: Figure) -> Bool {
        figure.quantity.decimals > 0 || figure.unit.map { $0.dimension != .count } ?? false
    }

    // MARK: - From what

    /// `a factor of 5.0`
    private func isRatio(_ token: Int) -> Bool {
        let before = tokens[..<token].suffix(2)
        return before.last?.text == "of" && before.first.map { Lexicon.ratios.contains($0.text) } ?? false
    }

    /// The last numbers before one that measure the same; of a number that stands between them and it, where something
    /// holds, it is none: `sinks from 10,569 to 2,118 once 16,384 tokens are in it, a factor of 5.0`.
    private func operands(of place: Int) -> [Figure] {
        let last = lastOperands(of: place)
        guard last.count < 2, isRatio(statement.figures[place].token), place > 2,
            case let (first, second) = (statement.figures[place - 3], statement.figures[place - 2]),
            !alike([first], second).isEmpty, !first.isRelative,
            tokens[..<first.token].suffix(2).contains(where: { $0.text == "from" }),
            tokens[first.token..<second.token].contains(where: { $0.text == "to" }),
            !tokens[second.token..<statement.figures[place].token].contains(where: { $0.isMark(";") })
        else { return last }
        return [first, second]
    }

    private func lastOperands(of place: Int) -> [Figure] {
        let before = statement.figures[..<place].filter { !$0.quantity.isFactor && !$0.quantity.isSpelled }
        let plain = before.filter { !$0.quantity.isPercent }
        let candidates = plain.count > 1 ? plain : before.filter(\.quantity.isPercent)
        guard let last = candidates.last else { return [] }
        // Numbers without their unit belong to one that has it only in one stretch of the sentence.
        let same = candidates.reversed().prefix { other in
            !alike([other], last).isEmpty && !isOfOtherKind(other, last)
                && ((other.unit == nil) == (last.unit == nil)
                    || !tokens[other.token..<last.token].contains { $0.isMark(";") })
        }
        return same.prefix(Conclusions.mostOperands).reversed()
    }

    /// `raising the rate to 8 hardly matters: it becomes 18.3 ms`: a whole number without a unit is none of times.
    private func isOfOtherKind(_ figure: Figure, _ last: Figure) -> Bool {
        figure.token != last.token && figure.unit == nil && last.unit != nil && figure.quantity.isWhole
            && last.unit?.dimension != .count
            && !tokens[figure.token..<last.token].contains {
                Lexicon.references.contains($0.text) || ["to", "→"].contains($0.text)
            } && !(last.token - figure.token <= 2 && tokens[figure.token + 1].text == "and")
    }

    private func alike(_ figures: [Figure], _ other: Figure) -> [Figure] {
        figures.filter {
            ($0.unit ?? other.unit)?.dimension == (other.unit ?? $0.unit)?.dimension
                && $0.quantity.isPercent == other.quantity.isPercent && !$0.quantity.isFactor
                // `100 lists` are none of `354 QPS`.
                && !(($0.unit == nil) != (other.unit == nil) && ($0.unit == nil ? $0 : other).counted != nil)
        }
    }

    private func concludes(_ between: Range<Int>, _ token: Int) -> Bool {
        guard !between.isEmpty else { return false }
        var words = tokens[between].map(\.text)
        // `59.0 %, in B 77.8 %; that is a spread of`
        if let mark = words.lastIndex(of: ";"), ["that", "this", "which"].contains(words.dropFirst(mark + 1).first) {
            words.removeSubrange(...mark)
        }
        guard !words.contains(where: { $0 == ";" || Lexicon.clauseWords.contains($0) }),
            // `by a factor of 9.3, that of the other by one of 8.4`
            !zip(words, words.dropFirst()).contains(where: { ["that", "those"].contains($0) && $1 == "of" })
        else { return false }
        if words.contains(where: Lexicon.conclusions.contains) { return true }
        // `that is`, `which makes`
        if zip(words, words.dropFirst()).contains(where: { first, second in
            ["that", "which", "this"].contains(first) && Lexicon.concluding.contains(second)
        }) {
            return true
        }
        // `a gap of 17.1 points`
        let near = words.suffix(3)
        // `1.84 s → 1.61 s, saving 231 ms`
        if near.last == "saving" || isThanThat(token) { return true }
        return near.last == "of" && near.contains { Lexicon.outcomes.contains($0) || Lexicon.ratios.contains($0) }
    }

    /// `B, with 132.1, is 43 % faster than that`
    private func isThanThat(_ token: Int) -> Bool {
        let next = tokens[(token + 1)...].prefix(4).filter { !$0.isMark("%") }.map(\.text)
        guard let than = next.firstIndex(of: "than"), than + 1 < next.count, ["that", "this"].contains(next[than + 1])
        else { return false }
        return tokens.dropFirst(token + 1).prefix(6).last.map { $0.text != "of" } ?? true
    }

    /// `3.2 s, the other 4.9 s, 54 % later`: by how much the second of two is more.
    private func isAside(_ between: Range<Int>, _ figure: Figure) -> Bool {
        let next = tokens[(figure.token + 1)...].prefix(4)
        return figure.isRelative && !between.isEmpty
            && between.allSatisfy { index in
                tokens[index].isMark(",:()–—")
                    || tokens[index].isWord && Lexicon.stop.contains(tokens[index].text)
                        && tokens[index].text != "and"
                    || statement.reading.entities.contains { $0.tokens.contains(index) }
            }
            && (next.prefix(2).contains { Lexicon.comparisons[$0.text] != nil || $0.text == "apart" }
                // `2.8x as much`
                || figure.quantity.isFactor && next.first?.text == "as" && next.count(where: { $0.text == "as" }) == 1
                    // `nearly three times that of A; at 8 it is 28 ms, or 3.65 times as much`: of what it is was said before.
                    && !tokens[..<between.lowerBound].contains {
                        $0.text == "times" || Lexicon.multiples[$0.text] != nil
                    })
            && !next.contains { $0.text == "than" }
    }

    /// Something that the numbers before were not about.
    private func namesAnother(behind token: Int) -> Bool {
        let end =
            tokens[token...].firstIndex { $0.isMark(";") || Lexicon.clauseWords.contains($0.text) } ?? tokens.count
        let entities = statement.reading.entities.filter { $0.isWhole && (!$0.isKey || $0.tokens.lowerBound < end) }
        let before = entities.filter { $0.tokens.upperBound <= token }
        return entities.contains { entity in
            entity.tokens.lowerBound > token && !before.contains { $0.rows == entity.rows }
        }
    }

    // MARK: - What

    private func pairs(_ operands: [Figure]) -> [(Figure, Figure)] {
        operands.indices.flatMap { first in
            operands.indices.filter { $0 > first }.map { (operands[first], operands[$0]) }
        }
    }

    private func values(_ first: Figure, _ second: Figure, _ figure: Figure) -> [(value: Double, slack: Double)] {
        let left = first.quantity.value * (first.unit?.factor ?? second.unit?.factor ?? 1)
        let right = second.quantity.value * (second.unit?.factor ?? first.unit?.factor ?? 1)
        let next = tokens[(figure.token + 1)...].prefix(3)
        guard left > 0, right > 0 else { return [] }
        // The printed numbers are rounded themselves.
        let rounding = first.quantity.halfStep / first.quantity.value + second.quantity.halfStep / second.quantity.value
        let (less, more) = (min(left / right, right / left), max(left / right, right / left))
        if next.contains(where: { Lexicon.points.contains($0.text) }) {
            guard first.quantity.isPercent, second.quantity.isPercent else { return [] }
            return [
                (
                    abs(first.quantity.value - second.quantity.value),
                    1.01 * (first.quantity.halfStep + second.quantity.halfStep)
                )
            ]
        }
        if figure.quantity.isPercent {
            let isChange =
                next.first?.text != "of"
                && next.contains { Lexicon.comparisons[$0.text] != nil || Lexicon.directions[$0.text] != nil }
                || tokens[..<figure.token].suffix(3).contains { Lexicon.outcomes.contains($0.text) || $0.text == "by" }
            let changes =
                switch next.lazy.compactMap({ Lexicon.comparisons[$0.text] }).first {
                // More is so of the smaller one, less of the larger one.
                case .more?: [more - 1]
                case .less?: [1 - less]
                default: [1 - less, more - 1]
                }
            let shares = isChange ? [] : [less, more, left / (left + right), right / (left + right)]
            return (changes + shares).map { (100 * $0, 100 * rounding * more * 1.01) }
        }
        if figure.quantity.isFactor || isRatio(figure.token) || next.first?.text == "times" {
            // `1.8x more` may be so much on top.
            let added = next.contains { Lexicon.comparisons[$0.text] != nil } ? [more - 1] : []
            return ([more, less] + added).map { ($0, rounding * more * 1.01) }
        }
        guard isDifference(figure), let unit = figure.unit ?? second.unit, unit.dimension == second.unit?.dimension
        else { return [] }
        let slack =
            first.quantity.halfStep * (first.unit?.factor ?? 1) + second.quantity.halfStep * (second.unit?.factor ?? 1)
        return [(abs(left - right) / unit.factor, slack / unit.factor)]
    }

    /// `28.6 ns more`, `a gap of 3 ms`
    private func isDifference(_ figure: Figure) -> Bool {
        guard !figure.isRelative, figure.unit.map({ $0.dimension != .count }) ?? false else { return false }
        let next = tokens[(figure.token + 1)...].prefix(2)
        return next.contains { Lexicon.comparisons[$0.text] != nil }
            || tokens[..<figure.token].last?.text == "saving"
            || tokens[..<figure.token].suffix(2).first.map { Lexicon.outcomes.contains($0.text) } ?? false
    }
}
