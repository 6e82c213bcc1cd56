import GateCore

/// Tables and rows of the data that a sentence means without naming them in full.
extension NumberBinder {
    /// `The first prompt`, `the second`: a row of the table that is named.
    func ordinalRow(before index: Int, _ mentions: Mentions, _ phrase: Phrase) -> StoredFact.Cell? {
        let named = phrase.rowNumbers.map(\.index).filter { $0 < index }
        // `2.2 s more than the second; load time took 89 %` goes on about the first.
        let isMeant = { position in
            index - position < 4 || !phrase.tokens[..<position].suffix(2).contains { $0.text == "than" }
        }
        guard let position = named.last(where: isMeant) ?? named.last,
            let row = ordinalWords[phrase.tokens[position].text],
            let table = scopeTables(index, phrase, mentions).first,
            row < claims.store.tables[table].rows.count
        else { return nil }
        return StoredFact.Cell(table: table, row: row)
    }

    private func scopeTables(_ index: Int, _ phrase: Phrase, _ mentions: Mentions) -> [Int] {
        let own = tables(for: index, mentions, phrase)
        let all = own.isEmpty ? phrase.context.lazy.flatMap { claims.mentions[$0].tables.flatMap(\.value) } : own
        return narrowed(Array(all), phrase)
    }

    /// The tables that other words of the phrase speak of: `sweep` means the tuning's, `baseline` the baseline's.
    func narrowed(_ tables: [Int], _ phrase: Phrase) -> [Int] {
        guard tables.count > 1 else { return tables }
        var words = Set(phrase.tokens.map(\.text))
        for index in phrase.context.prefix(phrase.near) { words.formUnion(claims.phrases[index].tokens.map(\.text)) }
        let named = [
            ("sweep", "tuning"), ("tuning", "tuning"), ("configurations", "tuning"), ("baseline", "baseline"),
            ("cuda", "cuda"),
        ]
        for (word, mark) in named where words.contains(word) {
            let fitting = tables.filter { claims.store.tables[$0].words.contains(mark) }
            if !fitting.isEmpty { return fitting }
        }
        return tables
    }

    /// The tables of the name right behind the number, else of the last one before it; of all names where a comparison
    /// stands between.
    func tables(for index: Int, _ mentions: Mentions, _ phrase: Phrase) -> [Int] {
        let names = joined(mentions.tables)
        guard names.count > 1 else { return mentions.tables.flatMap(\.value) }
        let list = listed(index, phrase).filter { phrase.tokens[$0].number != nil }
        if list.count > 1, list.count == names.count, let place = list.firstIndex(of: index) {
            return names[place].value
        }
        let next = index + 1 < phrase.tokens.count ? phrase.tokens[index + 1].text : ""
        if ["for", "of", "by", "in", "on"].contains(next),
            let after = names.first(where: { $0.index > index && $0.index - index <= 4 })
        {
            return after.value
        }
        guard let last = names.last(where: { $0.index < index }),
            !phrase.tokens[..<index].contains(where: { comparingNames.contains($0.text) })
        else { return mentions.tables.flatMap(\.value) }
        // `The 270m variant is the fastest in the baseline`: both names together.
        let earlier = names.filter { $0.index < last.index }.reversed()
        let narrower = earlier.lazy.map { $0.value.filter(last.value.contains) }.first { !$0.isEmpty }
        return narrower ?? last.value
    }

    /// `gemma3_270m baseline` names one table by two words.
    private func joined(_ names: [Mentions.Mention<[Int]>]) -> [Mentions.Mention<[Int]>] {
        var joined: [Mentions.Mention<[Int]>] = []
        for name in names {
            if let last = joined.last, name.index - last.index <= 3,
                case let both = last.value.filter(name.value.contains),
                !both.isEmpty
            {
                joined[joined.count - 1] = Mentions.Mention(value: both, index: last.index)
            } else {
                joined.append(name)
            }
        }
        return joined
    }
}

private let comparingNames: Set<String> = [
    "than", "versus", "vs", "against", "compared", "respectively", "both", "unlike", "as",
]

extension Phrase {
    /// `the first`, `the second`: numbers of rows or elements, counted from 0, but not that of `first token`.
    var rowNumbers: [(index: Int, number: Int)] {
        tokens.indices.compactMap { index in
            guard let number = ordinalWords[tokens[index].text] else { return nil }
            let next = index + 1 < tokens.count ? tokens[index + 1].text : ""
            return ["token", "tokens", "byte", "time", "place", "-"].contains(next) ? nil : (index, number)
        }
    }
}
