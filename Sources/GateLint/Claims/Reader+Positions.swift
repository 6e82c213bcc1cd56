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

    /// `rank 16`, `the rank-16 adapter`: what the data calls `lora-r16`, by the first letter of the word and the number.
    func initials(_ phrase: Phrase, _ reading: inout Reading) {
        guard !labelsByInitial.isEmpty else { return }
        for (index, token) in phrase.tokens.enumerated() {
            let parts = token.text.split(separator: "-")
            let isJoined = token.isIdentifier && parts.count == 2 && Int(parts[1]) != nil
            let (place, word, number) =
                isJoined
                ? (index, String(parts[0]), Int(parts[1]))
                : (index - 1, index > 0 ? phrase.tokens[index - 1].text : "", token.number.flatMap(bare))
            guard let number, place >= 0, isJoined || phrase.tokens[place].isWord, let letter = word.first,
                word.count > 2,
                !Lexicon.stop.contains(word), Lexicon.dimensionWords[word] == nil,
                let labels = labelsByInitial["\(letter)\(number)"],
                case let tokens = place..<index + 1, tokens.allSatisfy({ !reading.keyTokens.contains($0) }),
                !reading.entities.contains(where: { $0.tokens.overlaps(tokens) })
            else { continue }
            if !isJoined { reading.keyTokens.insert(index) }
            add(tokens, labels, isWhole: true, isKey: false, &reading)
        }
    }

    private func bare(_ number: Quantity) -> Int? {
        number.isWhole && number.unit == nil && !number.isOrdinal && number.scale == 1 ? number.int : nil
    }

    /// Labels by a part of them that is a letter and a number, where several are told apart by that number.
    static func labelsByInitial(_ relation: Relation) -> [String: [Int]] {
        var numbers: [String: [String: [Int]]] = [:]
        for (index, label) in relation.labels.enumerated() where label.kind == .text || label.kind == .file {
            for part in label.text.lowercased().split(whereSeparator: { !$0.isASCII || !$0.isLetter && !$0.isNumber }) {
                guard let letter = part.first, letter.isLetter, part.count < 7, let number = Int(part.dropFirst())
                else {
                    continue
                }
                numbers["\(label.name) \(letter)", default: [:]]["\(letter)\(number)", default: []].append(index)
            }
        }
        return numbers.values.filter { $0.count > 1 }.reduce(into: [:]) { all, own in
            all.merge(own) { Array(Set($0 + $1)).sorted() }
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
