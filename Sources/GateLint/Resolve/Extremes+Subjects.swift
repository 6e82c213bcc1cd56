internal import GateCore
internal import GateVocabulary

/// Of what a superlative is said.
extension Extremes {
    /// What may be said to be the extreme one; where several may, all must be wrong.
    /// - Parameter inPart: parts of names are names, too.
    func subjects(_ index: Int, inPart: Bool = false) -> [Reading.Entity] {
        let clause = statement.clause(around: index)
        let candidates = reading.entities.filter {
            ($0.isWhole || inPart) && (clause.overlaps($0.tokens) || goesOn($0, index)) && !$0.tokens.contains(index)
        }
        let before = candidates.filter {
            $0.tokens.upperBound <= index && !$0.isKey && !isLocated($0)
                // `A's slowest`, but `A peaks`
                && (Lexicon.copulas.contains(tokens[index].text)
                    || tokens[$0.tokens.upperBound..<index].contains {
                        $0.isWord && !["s", "'s", "’s"].contains($0.text)
                    })
                && (isOneClause($0.tokens.upperBound..<index) || goesOn($0, index))
        }
        if let subject = before.last {
            return candidates.filter { $0.group == subject.group }.count == 1 || isNearest(subject, candidates, index)
                ? [subject] : []
        }
        let after = candidates.filter { $0.tokens.lowerBound > index }
        let next =
            reading.statistics.first { said in
                if case .extreme = said.said { said.token > index } else { false }
            }?.token ?? tokens.count
        let named = after.filter { !$0.isKey && $0.tokens.lowerBound < next && isNamed($0, index) }
        if let subject = named.first, named.filter({ $0.group == subject.group }).count == 1 { return [subject] }
        // `is highest at step 300`, `the lowest, 3.2, in epoch 31`
        let located = after.filter {
            isLocated($0) && isPredicate(index..<$0.tokens.lowerBound) && !isOfNext($0, index)
        }
        // `on A at rate 1`: the key says where.
        let owners = located.filter { !$0.isKey }
        return located.count == 1 ? located : owners.count == 1 ? owners : []
    }

    /// `A peaks at size 3, B at size 4`: behind a comma and another name.
    private func isOfNext(_ entity: Reading.Entity, _ index: Int) -> Bool {
        reading.entities.contains { other in
            !other.isKey && other.tokens.lowerBound > index && other.tokens.upperBound <= entity.tokens.lowerBound
                && tokens[index..<other.tokens.lowerBound].last?.isMark(",;") ?? false
        }
    }

    /// With the keys right behind one of which it is said: `belongs to A at rate 2`.
    func withKeys(_ named: [Reading.Entity]) -> [Reading.Entity] {
        guard named.count == 1, var last = named.first else { return [] }
        var result = named
        for key in reading.entities where key.isKey && key.tokens.lowerBound >= last.tokens.upperBound {
            let between = tokens[last.tokens.upperBound..<key.tokens.lowerBound].filter { !$0.isMark("*_`") }
            guard between.count <= 3,
                between.last.map({ Lexicon.places.contains($0.text) || Lexicon.sizes.contains(stem($0.text)) }) ?? false
            else { break }
            result.append(key)
            last = key
        }
        return result
    }

    /// `A comes last (63.7), but has the worst recall`: said of the one subject of the sentence.
    private func goesOn(_ subject: Reading.Entity, _ index: Int) -> Bool {
        let words = tokens[..<index].suffix(4).filter { !$0.isMark("*_`") && $0.text != "also" }.suffix(3).map(\.text)
        guard subject.tokens.upperBound <= index, words.count == 3, words[2] == "the",
            Lexicon.copulas.contains(words[1]) || Lexicon.having.contains(words[1]),
            ["but", "and", "yet", ","].contains(words[0])
        else { return false }
        return reading.entities.allSatisfy {
            $0.isKey || $0.rows == subject.rows || $0.group != subject.group
        }
    }

    private func isNearest(_ subject: Reading.Entity, _ candidates: [Reading.Entity], _ index: Int) -> Bool {
        candidates.filter { $0.group == subject.group }.allSatisfy {
            $0.tokens.upperBound <= index || $0.tokens.lowerBound > index + 3
                || tokens[index..<$0.tokens.lowerBound].contains { $0.isMark(",;") }
        }
    }

    private func isLocated(_ entity: Reading.Entity) -> Bool {
        statement.isLocated(entity, behind: Lexicon.places.union(Lexicon.scopes))
    }

    /// Nothing between two words but words: no number, no other clause.
    private func isOneClause(_ range: Range<Int>) -> Bool {
        // `A at 128 requests has the highest`: a key is a part of the name.
        !range.contains { place in
            let token = tokens[place]
            return token.isMark(";:,") || token.text == "than" || token.text == "and"
                || token.number != nil && token.number?.isOrdinal != true && !reading.keyTokens.contains(place)
        }
    }

    /// `… is 12 ms, measured for A`, `… by A`, `… belongs to A`
    private func isNamed(_ entity: Reading.Entity, _ index: Int) -> Bool {
        // `is that of the saturated A`
        let before = tokens[index..<entity.tokens.lowerBound].reversed().filter { !$0.isMark("*_`\"") }
            .drop { $0.isWord && !Lexicon.stop.contains($0.text) && Lexicon.copulas.contains($0.text) == false }
            .drop { ["the", "a", "that", "those", "of"].contains($0.text) }
        guard let last = before.first else { return false }
        // `the slowest query of A is Q34, that of B Q18`: whose it is, and not what is slowest.
        if tokens[index..<entity.tokens.lowerBound].last?.text == "of",
            tokens[..<entity.tokens.lowerBound].suffix(2).first?.text == "that"
        {
            return false
        }
        if ["by", "to", "is", "was", "are"].contains(last.text) || last.isMark(":(") { return true }
        // `was seen with A`
        if last.text == "with",
            tokens[index..<entity.tokens.lowerBound].contains(where: { Lexicon.copulas.contains($0.text) })
        {
            return true
        }
        return last.text == "for" && isPredicate(index..<entity.tokens.lowerBound)
    }

    /// A verb or a number stands in it, or before its first word.
    private func isPredicate(_ range: Range<Int>) -> Bool {
        let before = range.lowerBound > 0 ? tokens[range.lowerBound - 1].text : ""
        return Lexicon.copulas.contains(before)
            || tokens[range].contains { Lexicon.copulas.contains($0.text) || $0.number != nil }
    }
}
