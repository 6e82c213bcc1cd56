internal import GateCore
internal import GateVocabulary

/// Which way a metric goes, said without a number: `from 1 to 64 clients the TTFT falls`, `throughput drops from 1.4 to 1.5`,
/// `the latency of A falls with the batch size`.
///
/// It is wrong where every pair of values that it may be said of goes the other way.
struct Trends {
    let statement: Statement
    private var relation: Relation { statement.relation }
    private var tokens: [Token] { statement.tokens }

    /// Words between the direction and what it goes with.
    private static let reach = 8
    private static let mostPairs = 256
    private static let mostKeys = 64

    /// More of a key goes with it.
    private static let growing: Set<String> = ["more", "higher", "larger", "longer", "growing", "increasing", "rising"]
    /// It is said of a part of the way.
    private static let partly: Set<String> = [
        "first", "then", "until", "again", "beyond", "initially", "mostly", "often",
    ]

    func judge() -> [Statement.Finding] {
        tokens.indices.compactMap { index in
            guard let course = Course(tokens[index].text), tokens[index].isWord,
                case let clause = statement.clause(around: index), isPlain(clause),
                let metric = statement.metric(near: index), metric.isWhole, clause.overlaps(metric.tokens)
            else { return nil }
            let columns = statement.columns(near: index, dimensions: []).filter { metric.columns.contains($0) }
            let pairs = ends(in: clause).map { between($0, $1, columns, clause) } ?? along(index, columns, clause)
            guard let first = pairs.first, pairs.count <= Trends.mostPairs,
                pairs.allSatisfy({ isOpposite($0, to: course) })
            else { return nil }
            return Statement.Finding(
                tokens: index..<index + 1, rule: .I03,
                evidence: "\(relation.describe(first.left)) → \(relation.describe(first.right))",
                message: "By the data it goes the other way.")
        }
    }

    /// No number but those of keys, nothing denied, nothing said of a part of the way.
    private func isPlain(_ clause: Range<Int>) -> Bool {
        !statement.figures.contains { clause.contains($0.token) }
            && !clause.contains { place in
                let word = tokens[place].text
                return Lexicon.negations.contains(word) || Lexicon.modals.contains(word)
                    || Lexicon.wishes.contains(word)
                    || Trends.partly.contains(word) && !statement.reading.metrics.contains { $0.tokens.contains(place) }
            }
            && tokens[clause].count { Course($0.text) != nil } == 1
            && !tokens[clause].contains { Lexicon.comparisons[$0.text] != nil && !Trends.growing.contains($0.text) }
            && !statement.phrase.leavesSomeOut
    }

    private func isOpposite(_ pair: (left: Int, right: Int), to course: Course) -> Bool {
        let (from, to) = (relation.entries[pair.left].value, relation.entries[pair.right].value)
        switch course {
        case .way(let direction): return from != to && (to > from) != (direction == .up)
        case .better(let isBetter):
            guard let preference = Preference(relation.columns[relation.entries[pair.left].column]) else {
                return false
            }
            return from != to && ((to > from) == (preference == .higher)) != isBetter
        }
    }

    private enum Course {
        case way(Lexicon.Direction)
        case better(Bool)

        init?(_ word: String) {
            if let direction = Lexicon.directions[word] {
                self = .way(direction)
            } else if let isBetter = Lexicon.bettering[word] {
                self = .better(isBetter)
            } else {
                return nil
            }
        }
    }

    // MARK: - From one to the other

    /// Two of one kind behind `from` or `between`.
    private func ends(in clause: Range<Int>) -> (Reading.Entity, Reading.Entity)? {
        let entities = statement.reading.entities.filter { clause.overlaps($0.tokens) }
        let pairs = zip(entities, entities.dropFirst()).filter { first, second in
            guard first.group == second.group, first.rows != second.rows, first.isKey || first.isWhole else {
                return false
            }
            let before = tokens[..<first.tokens.lowerBound].suffix(2).map(\.text)
            let between = tokens[first.tokens.upperBound..<max(first.tokens.upperBound, second.tokens.lowerBound)]
                .map(\.text)
            return between.count <= 3
                && (before.contains("from") && between.contains("to")
                    || first.isKey && before.contains("between") && between.contains("and"))
        }
        return pairs.count == 1 ? pairs[0] : nil
    }

    private func between(
        _ first: Reading.Entity, _ second: Reading.Entity, _ columns: [Int], _ clause: Range<Int>
    ) -> [(left: Int, right: Int)] {
        let conditions = statement.condition(besides: [first.group], within: clause)
        let names = Set((first.labels + second.labels).map { relation.labels[$0].name })
        return columns.flatMap { column -> [(left: Int, right: Int)] in
            let held = statement.conditions(conditions, on: column)
            let sides = [first, second].map { side in
                relation.entries(
                    in: statement.rows(side.rows, under: held), columns: [column], limit: ValueJudge.mostCandidates
                ) { _ in true }
            }
            return statement.aligned(sides[0], sides[1], apart: names)
        }
    }

    // MARK: - Along a key

    /// `with the batch size`, `with more users`: all neighbours of a series that only the key tells apart.
    private func along(_ index: Int, _ columns: [Int], _ clause: Range<Int>) -> [(left: Int, right: Int)] {
        guard let name = key(behind: index, clause) else { return [] }
        let conditions = statement.condition(besides: [name], within: clause)
        return columns.flatMap { column -> [(left: Int, right: Int)] in
            let held = statement.conditions(conditions, on: column)
            let entries = relation.columns[column].entries.prefix(ValueJudge.mostCandidates).filter { entry in
                let row = relation.entries[entry].row
                return !relation.isTotal(row) && held.allSatisfy { contains($0.rows, row) }
            }
            let series = Dictionary(grouping: entries) { entry in
                relation.rows[relation.entries[entry].row].labels.filter {
                    relation.labels[$0].name != name && relation.labels[$0].kind != .file
                }
            }
            return series.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { _, members in
                ordered(members, by: name)
            }
        }
    }

    private func ordered(_ members: [Int], by name: Int) -> [(left: Int, right: Int)] {
        let places = members.compactMap { entry -> (key: Double, entry: Int)? in
            relation.rows[relation.entries[entry].row].labels.lazy.filter { relation.labels[$0].name == name }
                .compactMap { relation.labels[$0].number }.first.map { ($0, entry) }
        }.sorted { ($0.key, $0.entry) < ($1.key, $1.entry) }
        guard places.count <= Trends.mostKeys, Set(places.map(\.key)).count == places.count else { return [] }
        return zip(places, places.dropFirst()).map { ($0.entry, $1.entry) }
    }

    /// The key that stands behind `with`, as more of it.
    private func key(behind index: Int, _ clause: Range<Int>) -> Int? {
        let behind = (index + 1..<clause.upperBound).prefix(Trends.reach)
        guard let with = behind.first(where: { tokens[$0].text == "with" }),
            !tokens[index..<with].contains(where: { $0.isMark(",;:(") })
        else { return nil }
        let words = tokens[(with + 1)..<clause.upperBound].prefix { !$0.isMark(",;:(.") && $0.text != "and" }.prefix(4)
        let named = words.filter { $0.isWord && !Lexicon.stop.contains($0.text) && !Trends.growing.contains($0.text) }
        let said = Set(Canon.terms(named.map(\.text)).map(\.term)).subtracting(Lexicon.counting)
        guard !said.isEmpty, words.allSatisfy({ $0.isWord || $0.isMark("*_`") }) else { return nil }
        let names = relation.keyNames.filter {
            !relation.nameTerms[$0].isEmpty
                && Set(relation.nameTerms[$0]).subtracting(Lexicon.counting) == said
        }
        return names.count == 1 ? names[0] : nil
    }
}
