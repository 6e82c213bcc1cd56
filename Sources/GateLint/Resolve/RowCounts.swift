internal import GateCore
internal import GateVocabulary

/// How many rows a table of the data is said to have: `ablation.csv has 16 rows`, `the CSV holds 56 rows`.
struct RowCounts {
    let relation: Relation

    private static let nouns: Set<String> = ["row", "record", "line", "entry"]
    /// Words between the number and its noun.
    private static let reach = 2

    /// Nil where no number of rows is said of one table whose rows are all known.
    func judge(_ figure: Figure, _ phrase: Phrase) -> Verdict? {
        guard figure.hedge == .exact, let value = figure.quantity.int, value > 1, isOfRows(figure, phrase) else {
            return nil
        }
        let isOfAll = phrase.tokens[..<figure.token].last.map { Lexicon.having.contains($0.text) } ?? false
        guard isOfAll, let file = file(phrase) ?? file(figure), let count = count(file) else {
            return fileOfRows(value).map { .derivable("\(value) rows of \(relation.files[$0])") }
        }
        let evidence = "\(count) rows of \(relation.files[file])"
        // The one that names the columns may be counted, too.
        return [count, count + 1].contains(value)
            ? .derivable(evidence)
            : .contradicted(.G04, evidence, "The table has \(count) of them, the report says \(value).")
    }

    private func isOfRows(_ figure: Figure, _ phrase: Phrase) -> Bool {
        // `hold 158 and 142 rows`
        let next = phrase.tokens.dropFirst(figure.token + 1).drop {
            $0.number != nil || $0.text == "and" || $0.isMark(",")
        }.prefix(RowCounts.reach + 1)
        guard let noun = next.firstIndex(where: { RowCounts.nouns.contains(stem($0.text)) }) else { return false }
        return next[..<noun].allSatisfy { ["data", "result"].contains(stem($0.text)) }
    }

    /// The one file that the phrase names; of one table alone it is enough to say `the CSV`.
    private func file(_ phrase: Phrase) -> Int? {
        let named = Set(phrase.tokens.filter(\.isFile).map { baseName($0.text.lowercased()) })
        guard named.isEmpty else {
            let files = relation.files.indices.filter { named.contains(baseName(relation.files[$0].lowercased())) }
            return named.count == 1 && files.count == 1 ? files[0] : nil
        }
        let tables = relation.files.indices.filter { relation.files[$0].lowercased().hasSuffix(".csv") }
        return phrase.tokens.contains { $0.text == "csv" } && tables.count == 1 ? tables[0] : nil
    }

    /// `The leaderboard has seven rows`, of a `leaderboard.csv`.
    private func file(_ figure: Figure) -> Int? {
        let named = figure.entities.map(\.mention).filter { entity in
            entity.isWhole && entity.tokens.upperBound <= figure.token
                && entity.labels.allSatisfy { relation.labels[$0].kind == .file }
        }
        let files = Set(named.flatMap(\.rows).map { relation.rows[$0].file })
        return files.count == 1 ? files.first : nil
    }

    /// The first file of so many rows: of those that are known, or of all up to the last one.
    private func fileOfRows(_ value: Int) -> Int? {
        var known = Array(repeating: 0, count: relation.files.count)
        var last = known
        for row in relation.rows {
            known[row.file] += 1
            for entry in row.entries { last[row.file] = max(last[row.file], relation.entries[entry].source.line ?? 0) }
        }
        return relation.files.indices.first {
            known[$0] == value || last[$0] == value + 1 || last[$0] == 0 && records($0) == value
        }
    }

    /// Elements of a file that is one list, or of JSON Lines.
    private func records(_ file: Int) -> Int? {
        var elements: Set<Int> = []
        for row in relation.rows where row.file == file {
            for entry in row.entries {
                guard let pointer = relation.entries[entry].source.pointer,
                    let element = Int(pointer.dropFirst().prefix { $0 != "/" })
                else { return nil }
                elements.insert(element)
            }
        }
        return elements.count > 1 && elements.min() == 0 && elements.max() == elements.count - 1 ? elements.count : nil
    }

    /// Nil where rows may be missing: of no table, or with gaps between its lines.
    private func count(_ file: Int) -> Int? {
        let lines = Set(
            relation.rows.lazy.filter { $0.file == file }.flatMap(\.entries).compactMap {
                relation.entries[$0].source.line
            })
        if let records = records(file) { return records }
        guard relation.files[file].lowercased().hasSuffix(".csv"), let first = lines.min(), let last = lines.max(),
            first == 2, last - first + 1 == lines.count
        else { return nil }
        return lines.count
    }
}
