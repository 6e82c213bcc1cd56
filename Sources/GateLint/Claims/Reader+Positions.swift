internal import GateCore

/// Rows that are named by where they stand among the others.
extension Reader {
    /// `in the last epoch`, `at the largest batch size`: the rows with the first or the last key of their file.
    func positions(_ phrase: Phrase, _ terms: [Term], _ reading: inout Reading) {
        for mention in relation.keyIndex.mentions(in: terms, isWeak: { _ in false }) where mention.isWhole {
            let tokens =
                terms[mention.terms.lowerBound].tokens
                .lowerBound..<terms[mention.terms.upperBound - 1].tokens.upperBound
            guard tokens.lowerBound > 1, let end = Lexicon.ends[phrase.tokens[tokens.lowerBound - 1].text],
                case let before = phrase.tokens[..<(tokens.lowerBound - 1)].suffix(2).map(\.text),
                let last = before.last,
                Lexicon.places.contains(last)
                    || ["the", "its", "their"].contains(last)
                        && before.first.map({ Lexicon.places.contains($0) || Lexicon.scopes.contains($0) }) ?? false,
                !reading.entities.contains(where: { $0.tokens.overlaps(tokens) }),
                // `at the highest concurrency of 64` says itself which.
                !phrase.tokens[tokens.upperBound...].prefix(3).contains(where: {
                    $0.number.map({ $0.isWhole && $0.unit == nil }) ?? false
                })
            else { continue }
            let labels = mention.names.flatMap { self.end(end, ofKeys: relation.keyNames[$0]) }
            guard !labels.isEmpty else { continue }
            add(tokens.lowerBound - 1..<tokens.upperBound, labels, isWhole: true, isKey: true, &reading)
            reading.statistics.removeAll { $0.token == tokens.lowerBound - 1 }
        }
    }

    /// The labels of a key that no other one of the same file is beyond; none where files end differently.
    private func end(_ end: Lexicon.End, ofKeys name: Int) -> [Int] {
        var ends: [Int: (label: Int, number: Double)] = [:]
        for (index, label) in relation.labels.enumerated() where label.name == name {
            guard let number = label.number else { continue }
            for file in Set(label.rows.map { relation.rows[$0].file }) {
                guard let known = ends[file] else {
                    ends[file] = (index, number)
                    continue
                }
                if end == .last ? number > known.number : number < known.number { ends[file] = (index, number) }
            }
        }
        return Array(Set(ends.values.map(\.label))).sorted()
    }
}
