import GateCore

/// What is said of kinds of files against each other: majorities, ranks, equal shares, order of changes.
struct FileComparisons {
    let claims: ReportClaims

    func findings(_ index: Int, _ phrase: Phrase) -> [Finding] {
        guard let ingest = claims.store.ingest, ingest.totalFiles > 0 else { return [] }
        let types = claims.mentions[index].types
        let isFiles = !types.isEmpty || phrase.tokens.contains { fileWords.contains($0.text) }
        guard isFiles, ingest.byType.count > 1 else { return [] }
        return [
            majority(index, phrase, ingest), rank(index, phrase, ingest), equal(index, phrase, ingest),
            order(index, phrase, ingest), largest(index, phrase, ingest), fraction(index, phrase, ingest),
            outnumbering(index, phrase, ingest),
        ].compactMap { $0 }
    }

    private func finding(_ phrase: Phrase, _ token: Token, _ evidence: String, _ message: String) -> Finding {
        Finding(
            rule: .I03, severity: .error, place: claims.document.place(token.bytes, line: phrase.line),
            claim: claims.document.text(token.bytes), evidence: evidence, message: message)
    }

    /// `JSON files make up the majority`: more than half.
    private func majority(_ index: Int, _ phrase: Phrase, _ ingest: IngestFacts) -> Finding? {
        guard let position = phrase.tokens.firstIndex(where: { $0.text == "majority" }) else { return nil }
        let unique = Array(Set(claims.mentions[index].types.map(\.value))).sorted()
        guard unique.count == 1, let type = unique.first, let count = ingest.byType[type],
            2 * count <= ingest.totalFiles
        else { return nil }
        let near = claims.mentions[index].types.contains { abs($0.index - position) <= 6 }
        guard near else { return nil }
        return finding(
            phrase, phrase.tokens[position], "\(type) \(count) of \(ingest.totalFiles)",
            "Less than half of the files are \(type).")
    }

    /// `CSV files dominate`, `JSON is the least common`.
    private func rank(_ index: Int, _ phrase: Phrase, _ ingest: IngestFacts) -> Finding? {
        let words = phrase.tokens.map(\.text)
        guard
            let position = words.indices.first(where: {
                dominance.contains(words[$0])
                    || (["most", "least"].contains(words[$0]) && $0 + 1 < words.count
                        && ["common", "frequent", "numerous", "prevalent", "abundant"].contains(words[$0 + 1]))
            })
        else { return nil }
        guard let last = claims.mentions[index].types.last(where: { $0.index < position && position - $0.index <= 6 })
        else { return nil }
        let named = claims.mentions[index].types.filter { $0.index < position && position - $0.index <= 9 }.map(\.value)
        guard Set(named).count == 1, let count = ingest.byType[last.value], !words[..<position].contains("not") else {
            return nil
        }
        let isLeast = words[position] == "least"
        let rivals = ingest.byType.filter { $0.key != last.value }
        let beaten = rivals.first { isLeast ? $0.value <= count : $0.value >= count }
        guard let beaten else { return nil }
        return finding(
            phrase, phrase.tokens[position], ingest.summary,
            "There are \(count) \(last.value) files and \(beaten.value) \(beaten.key) files.")
    }

    /// `Markdown makes up the largest group of files`
    private func largest(_ index: Int, _ phrase: Phrase, _ ingest: IngestFacts) -> Finding? {
        let words = phrase.tokens.map(\.text)
        guard
            let position = words.firstIndex(where: { ["largest", "biggest", "smallest"].contains($0) }),
            words[position...].dropFirst().prefix(2).contains(where: { groupNouns.contains($0) }),
            case let named = claims.mentions[index].types, Set(named.map(\.value)).count == 1, let type = named.first,
            let count = ingest.byType[type.value]
        else { return nil }
        let rivals = ingest.byType.filter { $0.key != type.value }
        let beaten = rivals.first { words[position] == "smallest" ? $0.value < count : $0.value > count }
        guard let beaten else { return nil }
        return finding(
            phrase, phrase.tokens[position], ingest.summary,
            "There are \(count) \(type.value) files and \(beaten.value) \(beaten.key) files.")
    }

    /// `Markdown files outnumber CSV files`
    private func outnumbering(_ index: Int, _ phrase: Phrase, _ ingest: IngestFacts) -> Finding? {
        let types = claims.mentions[index].types
        let tokens = phrase.tokens
        let position = tokens.indices.first { index in
            tokens[index].text.hasPrefix("outnumber")
                || tokens[index].text == "more"
                    && tokens.dropFirst(index + 1).prefix(2).map(\.text) == ["numerous", "than"]
        }
        guard let position, !tokens[..<position].contains(where: { $0.text == "not" }), types.count == 2,
            types[0].index < position, types[1].index > position, let more = ingest.byType[types[0].value],
            let fewer = ingest.byType[types[1].value], more <= fewer
        else { return nil }
        return finding(
            phrase, phrase.tokens[position], ingest.summary,
            "There are \(more) \(types[0].value) files and \(fewer) \(types[1].value) files.")
    }

    /// `Half of all files are Markdown`, within ten points; `more than half of the data` means what it says.
    private func fraction(_ index: Int, _ phrase: Phrase, _ ingest: IngestFacts) -> Finding? {
        let words = phrase.tokens.map(\.text)
        guard
            let position = words.indices.first(where: { index in
                let after = words[index...].dropFirst().prefix(4)
                return fractions[words[index]] != nil && after.first == "of" && after.contains { wholes.contains($0) }
            }),
            let wanted = fractions[words[position]], case let named = claims.mentions[index].types,
            Set(named.map(\.value)).count == 1, let type = named.first, let count = ingest.byType[type.value],
            !words[..<position].suffix(1).contains(where: { ["three", "two", "first", "second"].contains($0) })
        else { return nil }
        let share = 100 * Double(count) / Double(ingest.totalFiles)
        let before = Set(words[..<position].suffix(3))
        let isTrue =
            if !before.isDisjoint(with: ["more", "over", "above"]) {
                share > wanted - 0.5
            } else if !before.isDisjoint(
                with: ["less", "under", "below", "fewer"])
            { share < wanted + 0.5 } else { abs(share - wanted) <= 10 }
        guard !isTrue else { return nil }
        return finding(
            phrase, phrase.tokens[position], "\(type.value) \(count) of \(ingest.totalFiles)",
            "\(shown((share * 10).rounded() / 10)) % of the files are \(type.value).")
    }

    /// `an equal number of CSV, JSON and Markdown files`.
    private func equal(_ index: Int, _ phrase: Phrase, _ ingest: IngestFacts) -> Finding? {
        let words = phrase.tokens.map(\.text)
        guard
            let position = words.indices.first(where: {
                ["equal", "equally", "evenly", "even", "balanced"].contains(words[$0])
            }),
            words.contains(where: {
                ["number", "distributed", "distribution", "split", "proportion", "share", "divided", "mix"].contains($0)
            }),
            !words.contains("not")
        else { return nil }
        let named = Set(claims.mentions[index].types.map(\.value))
        let counts = ingest.byType.filter { named.isEmpty || named.contains($0.key) }.map(\.value)
        guard counts.count > 1, let low = counts.min(), let high = counts.max(), Double(high) > Double(low) * 1.1 else {
            return nil
        }
        return finding(
            phrase, phrase.tokens[position], ingest.summary, "The kinds have between \(low) and \(high) files.")
    }

    /// `CSV being updated nearly a month after the other two`.
    private func order(_ index: Int, _ phrase: Phrase, _ ingest: IngestFacts) -> Finding? {
        let words = phrase.tokens.map(\.text)
        guard
            let position = words.indices.first(where: { ["after", "later", "before", "earlier"].contains(words[$0]) }),
            words[position...].contains("other") || words[position...].contains("others"),
            words.contains(where: {
                ["updated", "modified", "update", "modification", "modifications", "changed"].contains($0)
            }),
            let type = claims.mentions[index].types.last(where: { $0.index < position })?.value,
            let own = ingest.latest[type]
        else { return nil }
        let isAfter = ["after", "later"].contains(words[position])
        guard
            let rival = ingest.latest.first(where: {
                $0.key != type && (isAfter ? $0.value.days >= own.days : $0.value.days <= own.days)
            })
        else { return nil }
        return finding(
            phrase, phrase.tokens[position], "\(type) \(own.text), \(rival.key) \(rival.value.text)",
            "The newest \(rival.key) file is of \(rival.value.text), the newest \(type) file of \(own.text).")
    }
}

private let groupNouns: Set<String> = ["group", "share", "portion", "category", "part", "proportion", "number", "set"]
private let wholes: Set<String> = [
    "files", "documents", "data", "dataset", "corpus", "total", "artefacts", "artifacts",
]
private let fractions: [String: Double] = ["half": 50, "third": 100.0 / 3, "quarter": 25]
private let dominance: Set<String> = ["dominate", "dominates", "dominant", "dominated", "predominant", "predominates"]
