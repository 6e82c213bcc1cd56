import GateCore
import GateVocabulary

/// `results[1]`, `models[0]`: elements of arrays of the data, as a report names them.
extension NumberBinder {
    /// Binds a number to the facts of the element that is named for it, of the metric that it is about.
    func bindElement(_ claim: inout NumberClaim, _ phrase: Phrase) {
        guard claim.keys.isEmpty, claim.cells.isEmpty, !claim.isOfOthers, let family = claim.family,
            let (name, indices) = element(for: claim, phrase)
        else { return }
        let facts = indices.map { claims.store.facts[$0] }
        let meant = zip(indices, facts).filter {
            $1.family == family && claim.allows($1.dimension) && isMeant($1, claim)
        }
        guard !meant.isEmpty else { return }
        claim.keys = meant.map(\.0)
        claim.keyName = name
    }

    private func isMeant(_ fact: StoredFact, _ claim: NumberClaim) -> Bool {
        switch claim.moment {
        case .before where fact.metric.holds("after"): return false
        case .after where fact.metric.holds("before"): return false
        default: return claim.statistic == nil || claim.statistic == fact.statistic
        }
    }

    private func element(for claim: NumberClaim, _ phrase: Phrase) -> (String, [Int])? {
        if case .cell = phrase.kind {
            guard let row = claims.cell(of: phrase, column: 0), claims.mentions[row].elements.count == 1,
                let element = claims.mentions[row].elements.first
            else { return nil }
            return (claims.phrases[row].tokens[element.index].text, element.value)
        }
        let all = claims.mentions[claim.phrase].elements
        if let own = all.first(where: { owner(of: $0.index, phrase) == claim.index }) {
            return (phrase.tokens[own.index].text, own.value)
        }
        let elements = all.filter { owner(of: $0.index, phrase) == nil }
        let list = listed(claim.index, phrase)
        let before = elements.filter { $0.index < list.lowerBound }
        let numbers = list.filter { phrase.tokens[$0].number != nil }
        func named(_ mention: Mentions.Mention<[Int]>) -> (String, [Int]) {
            (phrase.tokens[mention.index].text, mention.value)
        }
        if numbers.count > 1 {
            guard before.count == numbers.count, let place = numbers.firstIndex(of: claim.index) else { return nil }
            return named(before[place])
        }
        let next = claim.index + 1 < phrase.tokens.count ? phrase.tokens[claim.index + 1].text : ""
        if ["for", "of", "in", "by"].contains(next) {
            return elements.first { $0.index > claim.index && $0.index - claim.index <= 4 }.map(named)
        }
        // `between the first and the third model`: of which of them is not said.
        if before.count > 1,
            !phrase.tokens[before[before.count - 2].index..<before[before.count - 1].index].contains(where: {
                $0.number != nil
            })
        {
            return nil
        }
        guard let last = before.last, isFirst(claim.index, after: last.index, phrase),
            !phrase.tokens[last.index..<claim.index].contains(where: { turningWords.contains($0.text) })
        else { return nil }
        return named(last)
    }
}

/// What follows them is not said of the element before.
private let turningWords: Set<String> = ["than", "while", "whereas", "but", "versus", "vs", "compared", "and"]
