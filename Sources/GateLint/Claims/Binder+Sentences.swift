internal import GateCore
internal import GateVocabulary

/// What the numbers of a sentence are of, by the words around them.
extension Binder {
    func bindSentence(_ figures: inout [Figure], _ phrase: Phrase) {
        var reading = readings[figures[0].phrase]
        let excepted = excepted(phrase, reading)
        reading.entities.removeAll { entity in excepted.contains { $0.tokens == entity.tokens } }
        let rows = Array(Set(excepted.flatMap(\.rows))).sorted()
        for place in figures.indices { figures[place].excepted = rows }
        let tokens = figures.map(\.token)
        let attachment = Attachment(phrase: phrase, figures: tokens, names: reading.entities.map(\.tokens))
        let named = reading.metrics.filter { !isWhen($0, tokens, phrase) }
        let metrics = attachment.attach(named.map(\.tokens), isNear: true)
        for group in Set(reading.entities.map(\.group)).sorted() {
            let members = reading.entities.filter { $0.group == group }
            let owners = attachment.attach(members.map(\.tokens), isNear: members.allSatisfy(\.isKey))
            for place in figures.indices {
                for (member, certainty) in owners[place] {
                    // Of `from 11 to 3 in 5,000 steps` one holds there at most.
                    let isWay =
                        members[member].isKey && members.count == 1
                        && (isWay(place, figures, phrase)
                            || isOfAnother(place, members[member], figures, reading, metrics))
                    let isOther =
                        isReference(figures[place], behind: members[member].tokens, phrase)
                        || isBrought(figures[place].token, behind: members[member].tokens, phrase)
                        || !members[member].isKey
                            && isOfPronoun(figures[place].token, behind: members[member].tokens, phrase)
                    figures[place].entities.append(
                        .init(mention: members[member], certainty: isWay || isOther ? .loose : certainty))
                }
                let bound = Set(owners[place].filter { $0.certainty < .loose }.map(\.mention))
                figures[place].alternatives += members.indices.filter { !bound.contains($0) }.map { members[$0] }
            }
        }
        for place in figures.indices { figures[place].keepNearest(in: phrase) }
        let statistics = attachment.attach(reading.statistics.map { $0.token..<$0.token + 1 }, isNear: true)
        let dimensions = attachment.attach(reading.dimensions.map { $0.token..<$0.token + 1 }, isNear: true)
        let attached = Set(metrics.flatMap { $0.filter { $0.certainty == .own }.map(\.mention) })
        for place in figures.indices {
            figures[place].otherMetrics = named.indices.filter { !attached.contains($0) }.map { named[$0] }
            let own = metrics[place].map { Figure.Bound(mention: named[$0.mention], certainty: $0.certainty) }
            figures[place].metric = own.first { fits($0.mention, figures[place]) } ?? own.first
            figures[place].homonyms = reading.entities.filter { $0.tokens == figures[place].metric?.mention.tokens }
            figures[place].statistics = withSuperlatives(statistics[place], reading).filter {
                $0.certainty <= .inherited
                    && !isOfNumber(reading.statistics[$0.mention].token, figures[place].token, phrase)
                    && !isSpent(reading.statistics[$0.mention], place, figures, reading, phrase)
            }.map { reading.statistics[$0.mention].said }
            if isOnAverage(figures[place].token, phrase), !figures[place].namedStatistics.contains(.mean) {
                figures[place].statistics.append(.statistic(.mean))
            }
            figures[place].dimension = dimensions[place].first.map { reading.dimensions[$0.mention].dimension }
        }
        spreads(&figures, phrase)
        restate(&figures, phrase)
    }

    /// `5.54 min (332.1 s)`: the same once more in another unit.
    private func restate(_ figures: inout [Figure], _ phrase: Phrase) {
        for place in figures.indices.dropFirst() where phrase.isBehindValue(figures[place].token) {
            let (first, second) = (figures[place - 1], figures[place])
            guard let unit = first.unit, let other = second.unit, unit.isComparable(with: other),
                unit.name != other.name,
                abs(first.quantity.value * unit.factor - second.quantity.value * other.factor)
                    <= first.quantity.halfStep * unit.factor + second.quantity.halfStep * other.factor
            else { continue }
            (figures[place].entities, figures[place].metric) = (first.entities, first.metric)
            figures[place].statistics = first.statistics
        }
    }

    /// `with the exception of A and B`: what stands right behind the word.
    private func excepted(_ phrase: Phrase, _ reading: Reading) -> [Reading.Entity] {
        guard let start = phrase.exception else { return [] }
        var (excepted, end): ([Reading.Entity], Int) = ([], start + 1)
        for entity in reading.entities.sorted(by: { $0.tokens.lowerBound < $1.tokens.lowerBound })
        where entity.tokens.lowerBound >= end {
            let between = phrase.tokens[end..<entity.tokens.lowerBound]
            guard between.allSatisfy({ !$0.isWord || Lexicon.stop.contains($0.text) }),
                !between.contains(where: { $0.isMark(",;:") })
            else { break }
            excepted.append(entity)
            end = entity.tokens.upperBound
        }
        return excepted
    }

    /// `a p99 of 16.0 ms on average`
    private func isOnAverage(_ token: Int, _ phrase: Phrase) -> Bool {
        let behind = phrase.tokens[(token + 1)...].prefix(4).prefix { !$0.isMark(",;:(") }
        return zip(behind, behind.dropFirst()).contains { $0.text == "on" && $1.text == "average" }
    }

    /// `15.28 ± 2.29 s`: of what the number before it is the mean.
    private func spreads(_ figures: inout [Figure], _ phrase: Phrase) {
        for place in figures.indices.dropFirst()
        where phrase.tokens[figures[place].token - 1].isMark("±") && figures[place - 1].token < figures[place].token {
            (figures[place].entities, figures[place].metric) = (figures[place - 1].entities, figures[place - 1].metric)
            figures[place].statistics = [.statistic(.spread)]
        }
    }

    /// `the lowest median` is both.
    private func withSuperlatives(_ owners: [Attachment.Owner], _ reading: Reading) -> [Attachment.Owner] {
        guard let own = owners.first, own.certainty <= .inherited,
            case .statistic = reading.statistics[own.mention].said
        else { return owners }
        let before = reading.statistics.indices.filter { place in
            guard case .extreme = reading.statistics[place].said else { return false }
            return (1...2).contains(reading.statistics[own.mention].token - reading.statistics[place].token)
        }
        return owners
            + before.filter { place in !owners.contains { $0.mention == place && $0.certainty <= .inherited } }
            .map { ($0, own.certainty) }
    }

    /// `1.2204 after one epoch`: where a number was, when it is none itself.
    private func isWhen(_ metric: Reading.Metric, _ figures: [Int], _ phrase: Phrase) -> Bool {
        let count = metric.tokens.lowerBound - 1
        return count > 0 && !figures.contains(count)
            && (phrase.tokens[count].number != nil || phrase.tokens[count].text == "one")
            && (Lexicon.places.contains(phrase.tokens[count - 1].text)
                || ["after", "for", "over"].contains(phrase.tokens[count - 1].text))
    }

    /// `In the load test it needs 21 s`: of whom that is was said before.
    private func isOfPronoun(_ token: Int, behind mention: Range<Int>, _ phrase: Phrase) -> Bool {
        guard mention.upperBound < token, mention.lowerBound > 0,
            Lexicon.places.contains(phrase.tokens[mention.lowerBound - 1].text)
        else { return false }
        return phrase.tokens[mention.upperBound..<token].contains { ["it", "they"].contains($0.text) }
    }

    /// `A lifts the rate from 109 to 166`: the first number is that of what it was lifted from.
    private func isBrought(_ token: Int, behind mention: Range<Int>, _ phrase: Phrase) -> Bool {
        guard mention.upperBound < token, token > 0, phrase.tokens[token - 1].text == "from" else { return false }
        let between = phrase.tokens[mention.upperBound..<token - 1]
        return between.prefix(2).contains { Lexicon.causing.contains($0.text) } && between.count > 1
    }

    /// `A has more (0.56 against 0.50)`: the second number is another one's.
    private func isReference(_ figure: Figure, behind mention: Range<Int>, _ phrase: Phrase) -> Bool {
        let token = figure.token
        guard mention.upperBound <= token else {
            // `80 ms, 5 ms less than B`
            return token < mention.lowerBound
                && phrase.tokens[token..<mention.lowerBound].suffix(4).contains {
                    $0.text == "than" || Lexicon.references.contains($0.text) || Lexicon.relations.contains($0.text)
                }
        }
        let before = phrase.tokens[max(mention.upperBound, token - 2)..<token]
        if isFormer(token, behind: mention, phrase) { return true }
        return before.contains { Lexicon.references.contains($0.text) || $0.text == "than" && figure.hedge != .bound }
    }

    /// `reaches 0.555 after 0.476 and 0.424`: what it was before, or what others were.
    private func isFormer(_ token: Int, behind mention: Range<Int>, _ phrase: Phrase) -> Bool {
        guard let number = phrase.tokens[token].number,
            let after = phrase.tokens[mention.upperBound..<token].lastIndex(where: { $0.text == "after" }),
            let value = phrase.tokens[mention.upperBound..<after].last(where: { $0.number != nil })?.number,
            value.decimals == number.decimals, value.decimals > 0, value.unit == number.unit
        else { return false }
        return phrase.tokens[(after + 1)..<token].allSatisfy {
            $0.number != nil || $0.isMark(",*_`") || $0.text == "and"
        }
    }

    /// `starts at 0.78 and later sinks to 0.62 in epoch 31`: of one thing a key has one value, that of the number beside it.
    private func isOfAnother(
        _ place: Int, _ key: Reading.Entity, _ figures: [Figure], _ reading: Reading, _ metrics: [[Attachment.Owner]]
    ) -> Bool {
        let owners = Dictionary(grouping: reading.entities.filter { !$0.isKey }, by: \.group)
        let near = figures.lastIndex { $0.token < key.tokens.lowerBound } ?? 0
        let own = [place, near].map { metrics[$0].first { $0.certainty == .own }?.mention }
        guard own.contains(nil) || own[0] == own[1], reading.statistics.count <= 1,
            owners.values.allSatisfy({ $0.count == 1 })
        else { return false }
        return place != near && figures[place].unit?.dimension == figures[near].unit?.dimension
            && !figures[near].isRelative
    }

    /// `from 4.2 to 0.3`
    private func isWay(_ place: Int, _ figures: [Figure], _ phrase: Phrase) -> Bool {
        func leads(_ first: Figure, _ second: Figure) -> Bool {
            phrase.tokens[..<first.token].suffix(2).contains { $0.text == "from" }
                && second.token - first.token <= 6
                && phrase.tokens[first.token..<second.token].contains { $0.text == "to" || $0.text == "→" }
        }
        return place + 1 < figures.count && leads(figures[place], figures[place + 1])
            || place > 0 && leads(figures[place - 1], figures[place])
    }

    /// `The standard deviation of the 1,175 tok/s is 5.4`: the number is what the statistic is of.
    private func isOfNumber(_ said: Int, _ figure: Int, _ phrase: Phrase) -> Bool {
        figure == said + 3 && phrase.tokens[said + 1].text == "of" && phrase.tokens[said + 2].text == "the"
    }

    /// `A is best with 68.7 %; B manages 60.3 %`: the superlative was said of the number before.
    private func isSpent(
        _ said: (token: Int, said: Reading.Said), _ place: Int, _ figures: [Figure], _ reading: Reading,
        _ phrase: Phrase
    ) -> Bool {
        guard case .extreme = said.said,
            let other = figures[..<place].last(where: { $0.token > said.token })?.token
        else { return false }
        let between = other..<figures[place].token
        return phrase.tokens[between].contains { $0.isMark(";") }
            || reading.entities.contains { !$0.isKey && $0.isWhole && between.overlaps($0.tokens) }
    }
}
