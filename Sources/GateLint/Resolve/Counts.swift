internal import GateCore
internal import GateVocabulary

/// How many of what the data has: `nine benchmarks`, `three providers`, `102 epochs`.
struct Counts: Sendable {
    private let values: ValueJudge
    private var relation: Relation { values.relation }
    private let names: CountedNames
    /// Of rows and names.
    private let tallies: Set<Int>

    init(_ values: ValueJudge) {
        self.values = values
        names = CountedNames(values)
        tallies = Counts.tallies(values.relation)
    }

    /// What a sweep has several of is its steps, which no column is called by: `four sizes`.
    private static let ofSweeps: Set<String> = ["size", "type", "kind", "level"]

    /// What is many times fewer or more is counted of something else.
    private static let reach = 5.0

    /// The data counts what the noun says, and never so many: what else has the number bears it out no more than any number
    /// does.
    func doubt(_ figure: Figure, _ phrase: Phrase) -> Verdict? {
        let isOver = figure.hedge == .bound && figure.token > 0 && phrase.tokens[figure.token - 1].text == "over"
        guard figure.quantity.isWhole, figure.quantity.value >= 2, figure.hedge == .exact || isOver,
            figure.unit == nil || figure.unit?.dimension == .count, !figure.quantity.isPercent, !figure.isAmount,
            !figure.isCell, figure.sign == nil, let next = phrase.tokens.dropFirst(figure.token + 1).first,
            !Lexicon.stop.contains(next.text), !figure.isDerived, !Counts.ofSweeps.contains(stem(next.text))
        else { return nil }
        if let thing = names.thing(figure, phrase) { return doubt(figure, thing, isOver: isOver, phrase) }
        guard !isOver else { return nil }
        return surplus(figure, phrase)
    }

    private func doubt(_ figure: Figure, _ thing: CountedNames.Thing, isOver: Bool, _ phrase: Phrase) -> Verdict? {
        let isMean = phrase.tokens.dropFirst(figure.token).prefix(5).contains { Lexicon.averaging.contains($0.text) }
        let all = names.values(thing, in: nil)
        // Things are counted from none on: what is below is no number of them.
        guard thing.isExact || !isMean, let least = all.first, let most = all.last, least >= 0,
            ((isOver ? most : least / Counts.reach)...most * Counts.reach).contains(figure.quantity.value)
        else { return nil }
        let selection = Selection(figure, relation)
        let isOwned = selection.isNamed && !selection.isDoubtful && !selection.used.contains(where: \.isKey)
        let own = isOwned ? names.values(thing, in: selection.rows) : []
        let isOfEach = phrase.tokens.first { $0.isWord }.map { ["every", "each"].contains($0.text) } ?? false
        // `no run with eight threads`; what the data counts as many of is that of another one at most.
        let isDenied =
            phrase.tokens[..<figure.token].suffix(5).contains { Lexicon.negations.contains($0.text) }
            || phrase.tokens.dropFirst(figure.token + 1).prefix(4).contains { $0.text == "without" }
        guard !isDenied, !isInitial(figure, phrase), values.mention(of: figure) == nil, !isSteps(figure, thing) else {
            return nil
        }
        if names.isBorneOut(figure, thing, isOfEach: isOfEach) {
            guard own.count == 1, let one = own.first, one != figure.quantity.value, !isOfOwn(figure, selection) else {
                return nil
            }
            return Verdict.contradicted(
                .G04, names.describe(thing), "The data says \(shown(one)), not \(shown(figure.quantity.value))."
            ).resting(on: .words)
        }
        let one = own.count == 1 ? own.first : all.count == 1 ? all.first : nil
        // Of more there may be some: `12 prompts were refused`.
        if thing.isExact, let one, one < figure.quantity.value {
            return .contradicted(
                .G04, names.describe(thing), "The data says \(shown(one)), not \(shown(figure.quantity.value)).")
        }
        return .unsupported(
            .G01, names.describe(thing), "The data counts these, and has no \(shown(figure.quantity.value)) of them.")
    }

    /// `it executed 29,678 requests`: so many its owner has of another count.
    private func isOfOwn(_ figure: Figure, _ selection: Selection) -> Bool {
        guard figure.metric?.certainty == .own, let columns = figure.metric?.mention.columns else { return false }
        return relation.entries(in: selection.rows, columns: columns, limit: ValueJudge.mostCandidates) { _ in true }
            .contains { values.prints(figure, $0) }
    }

    /// `four request rates`, of which the last is `inf`.
    private func isSteps(_ figure: Figure, _ thing: CountedNames.Thing) -> Bool {
        Set(thing.keys.map { relation.labels[$0].name }).contains { name in
            relation.labels.count { $0.name == name } == figure.quantity.int
        }
    }

    /// `30 virtual users` are the 30 of `vus`.
    private func isInitial(_ figure: Figure, _ phrase: Phrase) -> Bool {
        let words = phrase.tokens.dropFirst(figure.token + 1).prefix { $0.isWord && !Lexicon.stop.contains($0.text) }
        guard words.count > 1 else { return false }
        let initials = String(words.prefix(2).compactMap(\.text.first))
        return values.search.entries(figure, limit: ValueJudge.mostCandidates).contains { hit in
            let column = relation.columns[relation.entries[hit].column]
            return NameWords.words(of: column.name).contains { $0 == initials || $0 == initials + "s" }
        }
    }

    /// `Eleven tables`, where the data names eight: more than it has of what its rows are named by, or one by one.
    private func surplus(_ figure: Figure, _ phrase: Phrase) -> Verdict? {
        // `in all six rows` is said of a table of the report.
        guard let value = figure.quantity.int, let noun = noun(figure, phrase, nil), !["row", "column"].contains(noun),
            !relation.fileCounts.contains(value),
            !names.isBorneOut(figure, CountedNames.Thing(words: [noun]))
        else { return nil }
        let named = counts(of: noun, isHead: true)
        guard let most = named.map(\.count).max() ?? (Lexicon.cases.contains(noun) ? tallies.max() : nil), most > 1,
            value <= 2 * most + 10
        else { return nil }
        let isOne =
            named.isEmpty
            ? tallies.contains(value)
            : named.contains(where: { $0.count == value }) || value < most && !isOfAll(figure, phrase)
        guard !isOne else { return nil }
        let evidence = named.first.map { "\($0.count) different \($0.name)" } ?? "no such number of rows or names"
        if value > most, isNamedThroughout(noun), !tallies.contains(value), values.mention(of: figure) == nil {
            return .contradicted(.G04, evidence, "The data has \(most) of them, the report says \(value).")
        }
        return .unsupported(.G01, evidence, "Nothing in the data is there \(value) times.")
    }

    /// What only some of the files call so others may have besides.
    private func isNamedThroughout(_ noun: String) -> Bool {
        let names = relation.labelNames.indices.filter {
            NameWords.words(of: relation.labelNames[$0]).map(stem) == [noun]
        }
        let files = relation.labels.filter { names.contains($0.name) }.flatMap(\.rows).map { relation.rows[$0].file }
        return 2 * Set(files).count >= relation.files.count
    }

    /// How many rows and names there are in all, by file and by name.
    private static func tallies(_ relation: Relation) -> Set<Int> {
        var tallies: Set<Int> = [relation.rows.count, relation.files.count]
        var names: [Int: Int] = [:]
        var namesOfFiles: [[Int]: Int] = [:]
        for label in relation.labels {
            let files = Set(label.rows.map { relation.rows[$0].file })
            names[label.name, default: 0] += 1
            for file in files { namesOfFiles[[file, label.name], default: 0] += 1 }
            tallies.formUnion([label.rows.count, files.count])
        }
        let rows = Dictionary(relation.rows.map { ($0.file, 1) }, uniquingKeysWith: +)
        // Rows without a number are rows of a table, too.
        var last: [Int: Int] = [:]
        for entry in relation.entries {
            guard let line = entry.source.line else { continue }
            last[relation.rows[entry.row].file, default: 0] = max(last[relation.rows[entry.row].file] ?? 0, line)
        }
        tallies.formUnion(last.values.map { $0 - 1 })
        tallies.formUnion(lists(relation))
        return tallies.union(names.values).union(namesOfFiles.values).union(rows.values)
    }

    /// How long the outermost lists of documents are: `/benchmarks/8/name` is of the ninth.
    private static func lists(_ relation: Relation) -> [Int] {
        var lengths: [String: Int] = [:]
        for row in relation.rows {
            guard let first = row.entries.first, let pointer = relation.entries[first].source.pointer else { continue }
            let steps = pointer.split(separator: "/", maxSplits: 3)
            guard let place = steps.prefix(3).firstIndex(where: { Int($0) != nil }), let index = Int(steps[place])
            else { continue }
            let list = "\(row.file)/\(steps[..<place].joined(separator: "/"))"
            lengths[list] = max(lengths[list] ?? 0, index + 1)
        }
        return Array(lengths.values)
    }

    /// Nil where the number counts nothing that the rows are named by.
    /// - Parameter header: what stands above a number in a table.
    func judge(_ figure: Figure, _ phrase: Phrase, header: Phrase?) -> Verdict? {
        guard figure.quantity.isWhole, figure.unit == nil || figure.unit?.dimension == .count,
            figure.quantity.value >= 2,
            let value = figure.quantity.int, let noun = noun(figure, phrase, header)
        else { return nil }
        let counts = counts(of: noun) + rows(figure)
        if let hit = counts.first(where: { $0.count == value }) {
            return .derivable("\(hit.count) different \(hit.name)")
        }
        guard figure.hedge == .exact, !isOfSome(figure, noun, phrase) else { return nil }
        // The rows that are meant have a label of just this name, and all of them are meant.
        let own = labels(of: noun, figure)
        guard isOfAll(figure, phrase) || own.allSatisfy({ $0.count < value }) && isToTheLetter(noun) else { return nil }
        guard let first = own.first, own.allSatisfy({ $0.count > 1 }) else { return nil }
        // Far more of them are of something else, and `19 queries only` are some.
        let around = phrase.tokens[max(0, figure.token - 2)..<min(phrase.tokens.count, figure.token + 4)]
        guard value <= 2 * first.count + 10, !around.contains(where: { ["only", "just", "merely"].contains($0.text) }),
            // What one file calls benchmarks another one may have without a name for it.
            !Lexicon.cases.contains(noun) || !tallies.contains(value)
        else { return nil }
        return .contradicted(
            .G04, own.map { "\($0.count) different \($0.name)" }.joined(separator: "; "),
            "The data has \(first.count) of them, the report says \(value).")
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
        relation.nameTerms[name].contains {
            $0 == noun || $0.utf8.count >= 3 && Aliases.abbreviates($0, noun)
        }
    }

    /// The noun behind the number, in a table that of the column, in its canonical form.
    /// `19 failed runs`: those of which a word before the noun is true that no name of the data has.
    private func isOfSome(_ figure: Figure, _ noun: String, _ phrase: Phrase) -> Bool {
        let between = phrase.tokens.dropFirst(figure.token + 1).prefix(4).prefix { stem($0.text) != noun }
        return between.contains {
            $0.isWord && !Lexicon.stop.contains($0.text) && !Lexicon.generic.contains($0.text)
                && ($0.text.hasSuffix("ed") || !relation.vocabulary.contains(stem($0.text)))
        }
    }

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
        // `8 codec/level pairs`
        let end = phrase.tokens.dropFirst(figure.token + 1).prefix(5).first { !$0.isWord && !$0.isMark("*_`-") }
        guard !(end?.isMark("/") ?? false) else { return nil }
        guard let noun = after.last(where: { $0.text.hasSuffix("s") && !Lexicon.stop.contains($0.text) }) ?? after.first
        else { return nil }
        return stem(noun.text)
    }

    /// What the data counts by a name: different labels in all and file by file, rows below a key, values of a key.
    /// - Parameter isHead: other names that end with it are not meant.
    func counts(of noun: String, isHead: Bool = false) -> [(name: String, count: Int)] {
        var result: [(String, Int)] = []
        for (name, text) in relation.labelNames.enumerated()
        where isHead ? relation.nameTerms[name].last == noun : isName(name, of: noun) {
            let labels = relation.labels.filter { $0.name == name }
            result.append((text, labels.count))
            if let largest = labels.compactMap(\.number).max(), let last = Int(exactly: largest) {
                result.append(("\(text), the last one", last))
            }
            for (file, count) in byFile(labels) { result.append(("\(text) of \(relation.files[file])", count)) }
        }
        for label in relation.labels where label.kind == .path {
            guard isHead ? label.terms.last == noun : label.terms.contains(noun) else { continue }
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
