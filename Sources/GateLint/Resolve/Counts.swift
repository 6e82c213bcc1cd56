internal import GateCore
internal import GateVocabulary

/// How many of what the data has: `nine benchmarks`, `three providers`, `102 epochs`.
struct Counts {
    let relation: Relation

    /// Nil where the number counts nothing that the rows are named by.
    /// - Parameters:
    ///   - header: what stands above a number in a table.
    ///   - isMentioned: a text of the data has the number.
    func judge(_ figure: Figure, _ phrase: Phrase, header: Phrase?, isMentioned: Bool) -> Verdict? {
        guard figure.quantity.isWhole, figure.unit == nil || figure.unit?.dimension == .count,
            figure.quantity.value >= 2,
            let value = figure.quantity.int, let noun = noun(figure, phrase, header)
        else { return nil }
        let counts = counts(of: noun) + rows(figure)
        if let hit = counts.first(where: { $0.count == value }) {
            return .derivable("\(hit.count) different \(hit.name)")
        }
        guard figure.hedge == .exact else { return nil }
        // The rows that are meant have a label of just this name, and all of them are meant.
        let own = labels(of: noun, figure)
        if own.isEmpty, !isMentioned { return setting(figure, value, noun) }
        guard isOfAll(figure, phrase) || own.allSatisfy({ $0.count < value }) && isToTheLetter(noun) else { return nil }
        guard let first = own.first, own.allSatisfy({ $0.count > 1 }) else { return nil }
        // Far more of them are of something else, and `19 queries only` are some.
        let around = phrase.tokens[max(0, figure.token - 2)..<min(phrase.tokens.count, figure.token + 4)]
        guard value <= 2 * first.count + 10, !around.contains(where: { ["only", "just", "merely"].contains($0.text) })
        else { return nil }
        return .contradicted(
            .G04, own.map { "\($0.count) different \($0.name)" }.joined(separator: "; "),
            "The data has \(first.count) of them, the report says \(value).")
    }

    /// `2,000 prompts`, where `num_prompts` is 1,000 everywhere.
    private func setting(_ figure: Figure, _ value: Int, _ noun: String) -> Verdict? {
        guard !figure.isDerived, (figure.counted ?? figure.unit?.counted).map({ stem($0) == noun }) ?? false else {
            return nil
        }
        let owners = figure.entities.filter { $0.certainty <= .context && !$0.mention.isKey }.map(\.mention.rows)
        let columns = relation.columns.filter { column in
            let words = NameWords.words(of: column.name)
            return words.count > 1 && Lexicon.counting.contains(words[0]) && words.dropFirst().map(stem) == [noun]
        }
        let entries = columns.flatMap { $0.entries.prefix(ValueJudge.mostCandidates) }
        guard let first = entries.first,
            entries.allSatisfy({ relation.entries[$0].value == relation.entries[first].value }),
            owners.allSatisfy({ rows in entries.contains { contains(rows, relation.entries[$0].row) } }),
            relation.entries[first].value != Double(value)
        else { return nil }
        return .contradicted(
            .G04, relation.describe(first), "The data says \(shown(relation.entries[first].value)), not \(value).")
    }

    /// How many labels of the noun's name the named rows have, file by file.
    private func labels(of noun: String, _ figure: Figure) -> [(name: String, count: Int)] {
        let selection = Selection(figure, relation)
        guard selection.isNamed, !selection.isDoubtful, let rows = selection.rows else { return [] }
        let isOfNamesakes = selection.used.contains { Set($0.labels.map { relation.labels[$0].name }).count > 1 }
        var result: [(String, Int)] = []
        for (file, rows) in Dictionary(grouping: rows, by: { relation.rows[$0].file }).sorted(by: { $0.key < $1.key }) {
            let names = relation.labelNames.indices.filter { isName($0, of: noun) }
            // What a file does not name it may have all the same, where its owner is one by another name.
            guard
                !isOfNamesakes
                    || rows.contains(where: {
                        relation.rows[$0].labels.contains { names.contains(relation.labels[$0].name) }
                    })
            else { return [] }
            for name in names {
                let labels = Set(
                    rows.flatMap {
                        relation.rows[$0].labels.filter {
                            relation.labels[$0].name == name && relation.labels[$0].kind != .key
                        }
                    })
                if !labels.isEmpty {
                    result.append(("\(relation.labelNames[name]) of \(relation.files[file])", labels.count))
                }
            }
        }
        return result
    }

    /// The data calls by just this noun what it has: no more of them can be meant than there are.
    private func isToTheLetter(_ noun: String) -> Bool {
        relation.labelNames.contains { name in
            let words = NameWords.words(of: name)
            return words.count == 1 && stem(words[0]) == noun && !words[0].hasSuffix("ed")
        }
    }

    /// `the seven brokers`, `all seven brokers`, `the set has seven brokers`: without such a word it may be of some of them.
    private func isOfAll(_ figure: Figure, _ phrase: Phrase) -> Bool {
        let before = phrase.tokens[..<figure.token].suffix(2).map(\.text)
        return phrase.isCell || before.last.map { ["the", "all"].contains($0) || Lexicon.alls.contains($0) } ?? false
            || before == ["all", "of"] || before.last.map(Lexicon.having.contains) ?? false
            || phrase.tokens.dropFirst(figure.token + 1).prefix(2).contains { $0.text == "different" }
    }

    private func isName(_ name: Int, of noun: String) -> Bool {
        Canon.terms(ofName: relation.labelNames[name]).contains {
            $0 == noun || $0.utf8.count >= 3 && Aliases.abbreviates($0, noun)
        }
    }

    /// The noun behind the number, in a table that of the column, in its canonical form.
    private func noun(_ figure: Figure, _ phrase: Phrase, _ header: Phrase?) -> String? {
        if let header {
            let words = header.tokens.filter(\.isWord)
            return words.count == 1 && header.tokens.count == 1 && words[0].text.hasSuffix("s")
                ? stem(words[0].text) : nil
        }
        let after = phrase.tokens.dropFirst(figure.token + 1).prefix(5).prefix { $0.isWord || $0.isMark("*_`-") }
            .filter(
                \.isWord
            ).prefix(3)
        guard let noun = after.last(where: { $0.text.hasSuffix("s") && !Lexicon.stop.contains($0.text) }) ?? after.first
        else { return nil }
        return stem(noun.text)
    }

    /// What the data counts by a name: different labels in all and file by file, rows below a key, values of a key.
    func counts(of noun: String) -> [(name: String, count: Int)] {
        var result: [(String, Int)] = []
        for (name, text) in relation.labelNames.enumerated() where isName(name, of: noun) {
            let labels = relation.labels.filter { $0.name == name }
            result.append((text, labels.count))
            if let largest = labels.compactMap(\.number).max(), let last = Int(exactly: largest) {
                result.append(("\(text), the last one", last))
            }
            for (file, count) in byFile(labels) { result.append(("\(text) of \(relation.files[file])", count)) }
        }
        for label in relation.labels where label.kind == .path && Canon.terms(ofName: label.text).contains(noun) {
            let rows = label.rows
            result.append((label.text, rows.count))
            for (file, rows) in Dictionary(grouping: rows, by: { relation.rows[$0].file }).sorted(by: {
                $0.key < $1.key
            }) {
                let names = Set(rows.map { relation.rows[$0].labels.filter { relation.labels[$0].kind == .text } })
                result += [
                    ("\(label.text) of \(relation.files[file])", rows.count),
                    ("\(label.text) of \(relation.files[file])", names.count),
                ]
            }
        }
        return result
    }

    /// How many rows the files have that are named.
    private func rows(_ figure: Figure) -> [(name: String, count: Int)] {
        guard let rows = Selection(figure, relation).rows else { return [] }
        return Dictionary(grouping: rows) { relation.rows[$0].file }.sorted { $0.key < $1.key }.map {
            ("rows of \(relation.files[$0.key])", $0.value.count)
        }
    }

    private func byFile(_ labels: [Relation.Label]) -> [(Int, Int)] {
        var counts: [Int: Int] = [:]
        for label in labels {
            for file in Set(label.rows.map { relation.rows[$0].file }) { counts[file, default: 0] += 1 }
        }
        return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
