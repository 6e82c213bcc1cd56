internal import GateCore
internal import GateVocabulary

/// A sentence with all that it names, for claims about more than one value: orders, extremes, quantities of rows.
/// Shared by the forms that judge it, hence no value that each of them copies.
final class Statement {
    let relation: Relation
    let phrase: Phrase
    let reading: Reading
    let figures: [Figure]
    let above: Above
    /// Numbers of the sentence before.
    let earlier: [Figure]

    init(
        relation: Relation, phrase: Phrase, reading: Reading, figures: [Figure], above: Above, earlier: [Figure] = []
    ) {
        (self.relation, self.phrase, self.reading) = (relation, phrase, reading)
        (self.figures, self.above, self.earlier) = (figures, above, earlier)
    }

    /// What the phrases above name, for what this one leaves unsaid.
    struct Above {
        let metric: Reading.Metric?
        let entities: [Reading.Entity]
    }

    /// What is wrong, in which words of the phrase.
    struct Finding {
        let tokens: Range<Int>
        let rule: RuleID
        let evidence: String
        let message: String
        /// It rests on the report's own numbers.
        var isOfNumbers = false
    }

    /// What the forms have to say of a sentence.
    struct Outcome {
        var findings: [Finding] = []
        /// How numbers of the sentence came out, by their tokens.
        var verdicts: [Int: Verdict] = [:]
    }

    var tokens: [Token] { phrase.tokens }

    /// The words about one that belong to one clause.
    func clause(around index: Int) -> Range<Int> {
        let tokens = tokens
        let isEnd = { (place: Int) in
            tokens[place].isMark(";") || Lexicon.clauseWords.contains(tokens[place].text)
                // `, so B is faster than C`
                || place > 0 && tokens[place - 1].isMark(",") && Lexicon.conclusions.contains(tokens[place].text)
        }
        let start = (0..<index).last(where: isEnd).map { $0 + 1 } ?? 0
        let end = (index..<tokens.count).first(where: isEnd) ?? tokens.count
        return start..<max(end, index + 1)
    }

    /// `(156 against 312 TFLOPS), so A at 48 % of its peak`: what a number was remarked of ends before the other one, of which
    /// another name is said.
    func goesOn(behind first: Int, to second: Int) -> Bool {
        let (tokens, between) = (tokens, first..<second)
        return between.dropLast().contains { tokens[$0].isMark(")") && tokens[$0 + 1].isMark(",;") }
            && reading.entities.contains { entity in
                !entity.isKey && between.overlaps(entity.tokens)
                    && !reading.entities.contains { $0.labels == entity.labels && $0.tokens.upperBound <= first }
            }
    }

    // MARK: - Columns

    /// The metric that stands nearest in the clause, or that of what the sentence goes on.
    func metric(near index: Int) -> Reading.Metric? {
        let clause = clause(around: index)
        let near = reading.metrics.filter { clause.overlaps($0.tokens) }
        return (near.isEmpty ? reading.metrics : near).min { distance($0.tokens, index) < distance($1.tokens, index) }
            ?? above.metric
    }

    /// The metric is that of a sentence above, which this one need not be about.
    func isImplied(near index: Int) -> Bool {
        reading.metrics.isEmpty && !phrase.isItem && metric(near: index) != nil
    }

    private func distance(_ range: Range<Int>, _ index: Int) -> Int {
        range.contains(index) ? 0 : min(abs(range.lowerBound - index), abs(range.upperBound - 1 - index))
    }

    var namedStatistics: [Statistic] { namedStatistics(in: tokens.indices) }

    /// Those of the clause around a word, where it has any; `the highest average, but the maximum is that of B`.
    func namedStatistics(near index: Int) -> [Statistic] {
        let own = namedStatistics(in: clause(around: index))
        return own.isEmpty ? namedStatistics : own
    }

    private func namedStatistics(in range: Range<Int>) -> [Statistic] {
        reading.statistics.filter { range.contains($0.token) }.compactMap {
            if case .statistic(let statistic) = $0.said { statistic } else { nil }
        }
    }

    /// Columns that a claim near a word may be about, with what tells that they are meant.
    func columns(near index: Int, dimensions: [Dimension]) -> [Int] {
        let metric = metric(near: index)
        let columns =
            metric?.columns
            ?? relation.columns.indices.filter {
                dimensions.contains(relation.columns[$0].dimension) && isMagnitude($0)
            }
        return ofStatistics(columns.filter { isMeasured($0, near: index) }, near: index)
    }

    /// `A delivers 1,756 tokens/s, 6 % less than B`: the value beside it says in which unit the two are compared.
    private func isMeasured(_ column: Int, near index: Int) -> Bool {
        let clause = clause(around: index)
        let printed = figures.last { $0.token < index && clause.contains($0.token) && !$0.isRelative }
        guard let unit = printed?.unit, ![.count, .ratio, .unknown].contains(unit.dimension) else { return true }
        let own = relation.columns[column]
        return own.unit.map { $0.isComparable(with: unit) } ?? [.unknown, unit.dimension].contains(own.dimension)
    }

    private func ofStatistics(_ columns: [Int], near index: Int) -> [Int] {
        let named = namedStatistics(near: index)
        guard !named.isEmpty else { return columns }
        let exact = columns.filter { named.contains(relation.columns[$0].statistic) }
        // A mean of single values is one over the rows.
        return exact.isEmpty ? columns.filter { relation.columns[$0].statistic == .raw } : exact
    }

    func isMagnitude(_ column: Int) -> Bool {
        ![.standardDeviation, .spread, .count, .unknown].contains(relation.columns[column].statistic)
    }

    /// Behind `at`, `in`, `on`, perhaps with an article: where something holds rather than what it is said of.
    func isLocated(_ entity: Reading.Entity, behind words: Set<String>) -> Bool {
        let before = tokens[..<entity.tokens.lowerBound].suffix(3).reversed().filter { !$0.isMark("*_`\"") }
        guard let first = before.first else { return false }
        if words.contains(first.text) { return true }
        return ["the", "a"].contains(first.text) && before.dropFirst().first.map { words.contains($0.text) } ?? false
    }

    func isRead(_ place: Int) -> Bool {
        !tokens.indices.contains(place) || reading.understands(place, of: phrase, relation)
    }

    /// `195 s instead of 126 s and 46 % more energy`, `4,096 times the work`: the noun behind a comparison says of what it
    /// is, and that is nothing that the numbers before it are of.
    func isOfOther(_ token: Int, than figure: Figure) -> Bool {
        let next = tokens[(token + 1)...].prefix(4).filter { !$0.isMark("*_`") }.prefix(3)
        let marks = next.prefix { !$0.isWord || $0.text == "times" || $0.text == "x" }.count
        let words = next.dropFirst(marks)
        guard let first = words.first, ["more", "less", "fewer", "the"].contains(first.text),
            let noun = words.dropFirst().first, noun.isWord, !Lexicon.stop.contains(noun.text), noun.text != "than"
        else { return false }
        let place = tokens.firstIndex { $0.bytes == noun.bytes } ?? token
        let columns = reading.metrics.filter { $0.tokens.contains(place) }.flatMap(\.columns)
        guard columns.isEmpty else { return !columns.contains { Matching.fits(figure.unit, relation.columns[$0]) } }
        return Lexicon.dimensionWords[noun.text].map { $0 != figure.unit?.dimension } ?? true
            && figure.unit?.counted != stem(noun.text) && !Lexicon.generic.contains(stem(noun.text))
    }

    /// `needs 26 % less training time`: a time, and no rate; but `a lower cache hit rate` is a share, as its column says.
    func measure(behind token: Int) -> Dimension? {
        let behind = tokens.indices.dropFirst(token + 1).prefix(4).prefix {
            !tokens[$0].isMark(",.;:()") && tokens[$0].text != "than"
        }
        return behind.lazy.filter { place in
            !self.reading.metrics.contains { $0.isWhole && $0.tokens.contains(place) }
        }.compactMap { Lexicon.dimensionWords[self.tokens[$0].text] }.first {
            $0 == .time || $0 == .rate || $0 == .bytes
        }
    }

    /// `and the share rises to 93 %`, `falls from 1.00 %`: a value itself, and not by how much it changed.
    func isEndOfWay(_ token: Int) -> Bool {
        let before = tokens[..<token].last { !$0.isMark("*_`") }
        return before.map { ["from", "to", "→"].contains($0.text) } ?? false
    }

    // MARK: - Rows

    /// The rows that the sentence leaves besides what it compares: its other subjects, then those above it.
    func condition(besides groups: Set<Int>, within range: Range<Int>? = nil) -> [Reading.Entity] {
        var seen = groups
        var result: [Reading.Entity] = []
        for group in Set(reading.entities.map(\.group)).subtracting(groups).sorted() {
            let all = reading.entities.filter { $0.group == group }
            let members = range.map { range in all.filter { range.overlaps($0.tokens) } } ?? all
            guard let first = members.first ?? (all.count == 1 ? all.first : nil),
                members.allSatisfy({ $0.rows == first.rows })
            else { continue }
            result.append(first)
            seen.insert(group)
        }
        return result + above.entities.filter { !seen.contains($0.group) }
    }

    /// Rows of an entity under conditions; those that would leave nothing are none.
    func rows(_ rows: [Int], under conditions: [Reading.Entity]) -> [Int] {
        conditions.reduce(rows) { rows, condition in
            let both = intersection(rows, condition.rows)
            return both.isEmpty ? rows : both
        }
    }

    /// The values of a column in the rows that the sentence itself names, one or the other of each kind, without those that
    /// sum others up; all of them where it names none.
    func named(_ column: Int) -> [Int] {
        let groups = Dictionary(grouping: reading.entities, by: \.group).values
        return relation.columns[column].entries.prefix(ValueJudge.mostCandidates).filter { entry in
            let row = relation.entries[entry].row
            return !relation.isTotal(row) && groups.allSatisfy { $0.contains { contains($0.rows, row) } }
        }
    }

    /// The values of rows in a column, least and most.
    func values(_ rows: [Int], _ column: Int) -> Values? {
        let entries = relation.entries(in: rows, columns: [column], limit: ValueJudge.mostCandidates) { _ in true }
        guard !entries.isEmpty, entries.count <= ValueJudge.mostCandidates else { return nil }
        return Values(relation, entries)
    }

    struct Values {
        let least: Double
        let most: Double
        /// The entry of the largest and that of the smallest.
        let leastEntry: Int
        let mostEntry: Int
        let entries: [Int]

        init(_ relation: Relation, _ entries: [Int]) {
            var (low, high) = (entries[0], entries[0])
            for entry in entries.dropFirst() {
                if relation.entries[entry].value < relation.entries[low].value { low = entry }
                if relation.entries[entry].value > relation.entries[high].value { high = entry }
            }
            (leastEntry, mostEntry, self.entries) = (low, high, entries)
            (least, most) = (relation.entries[low].value, relation.entries[high].value)
        }

        var isOne: Bool { least == most }
    }

    /// The subjects of the same kind as labels that have values in a column: by file, since other files are other data.
    func siblings(of labels: [Int], _ column: Int, under conditions: [Reading.Entity]) -> [[(
        label: Int, values: Values
    )]] {
        let names = Set(labels.map { relation.labels[$0].name })
        let isOfFile = labels.contains { relation.labels[$0].kind == .file }
        var groups: [Int: [Int: [Int]]] = [:]
        for entry in relation.columns[column].entries.prefix(ValueJudge.mostCandidates) {
            let row = relation.entries[entry].row
            guard !relation.isTotal(row), conditions.allSatisfy({ contains($0.rows, row) }),
                let own = relation.rows[row].labels.first(where: { names.contains(relation.labels[$0].name) })
            else { continue }
            groups[isOfFile ? 0 : relation.rows[row].file, default: [:]][own, default: []].append(entry)
        }
        if groups.count > 1, groups.values.allSatisfy({ $0.count == 1 }),
            relation.areAlike(groups.values.flatMap { $0.values.flatMap { $0 } })
        {
            // A file for each run: together they are one data.
            groups = [0: groups.values.reduce(into: [:]) { $0.merge($1) { $0 + $1 } }]
        }
        return groups.sorted { $0.key < $1.key }.map { _, labels in
            labels.sorted { $0.key < $1.key }.map { ($0.key, Values(relation, $0.value.sorted())) }
        }
    }

    /// Conditions that leave some of the rows of a column; others are not about it.
    func conditions(_ entities: [Reading.Entity], on column: Int) -> [Reading.Entity] {
        let rows = Set(
            relation.columns[column].entries.prefix(ValueJudge.mostCandidates).map { relation.entries[$0].row })
        return entities.filter { entity in entity.rows.contains { rows.contains($0) } }
    }
}

extension Statement {
    /// Values of the same column in other rows, of those that differ in as few names as any.
    func contrasts(of entry: Int, where isMeant: (Int) -> Bool = { _ in true }) -> [Int] {
        let (column, own) = (relation.entries[entry].column, relation.rows[relation.entries[entry].row])
        let entries = relation.columns[column].entries
        guard entries.count <= ValueJudge.mostCandidates / 4 else { return [] }
        let others = entries.compactMap { other -> (entry: Int, names: Set<Int>)? in
            let place = relation.entries[other].row
            let row = relation.rows[place]
            guard other != entry, !relation.isTotal(place), isMeant(place) else { return nil }
            return (other, relation.names(apart: own, row))
        }
        let sets = Set(others.map(\.names))
        let least = sets.filter { set in !sets.contains { $0.isStrictSubset(of: set) } }
        return others.filter { least.contains($0.names) }.map(\.entry)
    }

    /// Values of two names in a column, all else alike but what goes with these names.
    func aligned(_ left: [Int], _ right: [Int], apart names: Set<Int>) -> [(left: Int, right: Int)] {
        func labels(_ entry: Int) -> [Int] {
            relation.rows[relation.entries[entry].row].labels.filter {
                relation.labels[$0].kind != .file && !names.contains(relation.labels[$0].name)
            }
        }
        let shared = Set(left.flatMap(labels)).intersection(right.flatMap(labels)).map { relation.labels[$0].name }
        let held = Set(shared)
        func key(_ entry: Int) -> [Int] { labels(entry).filter { held.contains(relation.labels[$0].name) }.sorted() }
        let others = Dictionary(grouping: right, by: key)
        return left.flatMap { one in (others[key(one)] ?? []).map { (one, $0) } }
    }
}

/// Which way a metric is better.
enum Preference {
    case higher, lower

    init?(_ column: Relation.Column) {
        if column.terms.contains(where: Lexicon.higherIsBetter.contains) || column.dimension == .rate {
            self = .higher
        } else if column.terms.contains(where: Lexicon.lowerIsBetter.contains) || column.dimension == .time {
            self = .lower
        } else {
            return nil
        }
    }

    /// Of a score that no word of its name says otherwise of, more is better.
    init?(ofScore column: Relation.Column) {
        if let known = Preference(column) {
            self = known
        } else if column.isFraction, column.entries.count > 1, column.unit == nil, column.dimension == .unknown {
            self = .higher
        } else {
            return nil
        }
    }
}
