internal import GateCore
internal import GateVocabulary

/// What a phrase goes on with: the headings above it, and the sentences before it.
extension Binder {
    /// What the phrase does not name stands above it.
    func context(_ figure: inout Figure, _ phrase: Phrase) {
        var groups = Set(figure.entities.map(\.mention.group))
        // A sentence of its own may have changed the subject without naming one that is known.
        let goesOn =
            phrase.kind != .sentence || phrase.isItem
            || phrase.tokens.prefix(4).contains { Lexicon.pronouns.contains($0.text) }
            || hasSubject(phrase)
        let isOfAll = !phrase.isCell && phrase.has(Lexicon.wholes)
        for above in phrase.before + phrase.headings {
            // What the nearest heading names holds for all below it.
            let goesOn = goesOn || above == phrase.headings.first
            let entities = readings[above].entities
            for group in Set(entities.map(\.group)).subtracting(groups).sorted() {
                let members = entities.filter { $0.group == group }
                let isOne = members.allSatisfy { $0.rows == members[0].rows } && !(members[0].isKey && hasClaim(above))
                let two = both(members, phrase)
                figure.entities.append(
                    .init(
                        mention: two ?? members[members.count - 1].elsewhere,
                        certainty: (isOne || two != nil) && goesOn && !isOfAll && members[members.count - 1].isWhole
                            ? .context : .faint
                    ))
                groups.insert(group)
            }
        }
        guard figure.metric == nil, !phrase.isCell || figure.dimension == nil else { return }
        for above in phrase.before.prefix(2) + phrase.headings.prefix(1) {
            let metrics = readings[above].metrics.filter {
                fits($0, figure) && (!phrase.isCell || isMeasured?($0, figure.unit) ?? true)
            }
            guard let metric = metrics.last else { continue }
            let isSure = metrics.count == 1 && (goesOn || phrases[above].kind == .heading)
            // Items and cells are about what their heading names.
            let isOf = phrase.isItem || phrase.isCell
            figure.metric = .init(mention: metric.elsewhere, certainty: isSure ? isOf ? .inherited : .context : .loose)
            // `### p99 latency` is so of all below it.
            if isSure, isLead(above), figure.statistics.isEmpty, readings[above].statistics.count == 1,
                case .statistic = readings[above].statistics[0].said
            {
                figure.statistics = [readings[above].statistics[0].said]
            }
            return
        }
    }

    /// Where something was is not where something else is: a sentence with a number of its own, and no lead.
    private func hasClaim(_ phrase: Int) -> Bool {
        let tokens = phrases[phrase].tokens
        let keys = readings[phrase].entities.filter(\.isKey).map(\.tokens)
        return phrases[phrase].kind == .sentence && !isLead(phrase)
            && tokens.indices.contains { index in
                tokens[index].number != nil && !keys.contains { $0.contains(index) }
                    && !readings[phrase].keyTokens.contains(index)
            }
    }

    /// A heading, or what ends with a colon.
    private func isLead(_ phrase: Int) -> Bool {
        phrases[phrase].kind == .heading
            || phrases[phrase].tokens.last { !$0.isMark("*_`") }.map { $0.isMark(":") } ?? false
    }

    /// `A and B were close together. Both have less than 63 ms.`
    private func both(_ members: [Reading.Entity], _ phrase: Phrase) -> Reading.Entity? {
        guard phrase.tokens.first?.text == "both", members.count == 2, !members[0].isKey,
            intersection(members[0].rows, members[1].rows).isEmpty
        else { return nil }
        return Reading.Entity(
            tokens: 0..<0, labels: members.flatMap(\.labels).sorted(), rows: members.flatMap(\.rows).sorted(),
            group: members[0].group, isWhole: members.allSatisfy(\.isWhole), isKey: false)
    }

    /// `With 32 clients, it reaches`, `There, A has`, `The same engine shows`: it goes on with what was named.
    private func hasSubject(_ phrase: Phrase) -> Bool {
        let words = phrase.tokens.prefix(12)
        if words.first?.text == "there" || words.prefix(2).map(\.text) == ["the", "same"] { return true }
        guard let comma = words.firstIndex(where: { $0.isMark(",") }), comma + 1 < phrase.tokens.count,
            let first = words.first, Lexicon.places.contains(first.text) || Lexicon.means.contains(first.text)
        else { return false }
        return ["it", "they"].contains(phrase.tokens[comma + 1].text)
    }
}
