internal import GateCore
internal import GateVocabulary

/// What was measured before a change and after it, where the data has both under names that say so: `old.json` and
/// `new.json`, rows of `baseline` and `patched`, or one file of each of two days.
///
/// A sentence that gives both numbers says which was first. Where one column has the two values for one owner, and just the
/// other way round, the sentence tells the change backwards, whatever it calls the metric.
struct Arms: Sendable {
    /// One owner: what the names of a row say besides the arm.
    private struct Owner: Hashable {
        let labels: [Int]
        let folder: String
    }

    private struct Place {
        let owner: Owner
        /// The earlier arm has the smaller one.
        let order: Int
    }

    private let relation: Relation
    private let places: [Int: Place]
    private let values: ValueJudge

    private static let mostHits = 24
    private static let mostRows = 4096
    /// Of both numbers together; fewer digits stand anywhere.
    private static let fewestDigits = 4

    init(_ relation: Relation) {
        self.relation = relation
        values = ValueJudge(relation)
        let named = Arms.places(relation, Arms.order(ofName:)) { _ in "" }
        let dated = Arms.places(relation, Arms.order(ofDay:), folder: Arms.undated)
        places = Arms.ofTwo(dated).merging(Arms.ofTwo(named)) { $1 }
    }

    /// The rows whose names or file say which arm they are of.
    /// - Parameter folder: what is left of a file's name without its arm.
    private static func places(
        _ relation: Relation, _ order: (String) -> Int?, folder: (String) -> String
    ) -> [Int: Place] {
        let orders = relation.labels.map { order($0.text) }
        let files = relation.files.map(order)
        var places: [Int: Place] = [:]
        for (index, row) in relation.rows.enumerated().prefix(Arms.mostRows) {
            let own = row.labels.filter { relation.labels[$0].kind != .file }
            let said = Set(own.compactMap { orders[$0] } + [files[row.file]].compactMap(\.self))
            guard said.count == 1, let order = said.first else { continue }
            let path = relation.files[row.file]
            let owner = Owner(
                labels: own.filter { orders[$0] == nil }.sorted(),
                folder: files[row.file] == nil ? path : folder(path))
            places[index] = Place(owner: owner, order: order)
        }
        return places
    }

    /// Those whose owner has just two arms.
    private static func ofTwo(_ places: [Int: Place]) -> [Int: Place] {
        var orders: [Owner: Set<Int>] = [:]
        for place in places.values { orders[place.owner, default: []].insert(place.order) }
        return places.filter { orders[$0.value.owner]?.count == 2 }
    }

    private static func order(ofName name: String) -> Int? {
        let words = Set(NameWords.words(of: name))
        let (isOld, isNew) = (!words.isDisjoint(with: Lexicon.oldArms), !words.isDisjoint(with: Lexicon.newArms))
        return isOld == isNew ? nil : isOld ? 0 : 1
    }

    private static func order(ofDay name: String) -> Int? {
        let date =
            ReportDate(iso: name) ?? name.split(separator: "/").lazy.compactMap { ReportDate(inName: String($0)) }.first
        return date.flatMap { $0.day == nil || !$0.hasYear ? nil : $0.days }
    }

    private static func undated(_ path: String) -> String {
        path.split(separator: "/").map { part in
            ReportDate(inName: String(part)) == nil ? String(part) : String(part.filter { !$0.isNumber })
        }.joined(separator: "/")
    }

    func judge(_ statement: Statement) -> Statement.Outcome {
        var outcome = Statement.Outcome()
        guard !places.isEmpty else { return outcome }
        for (first, second) in zip(statement.figures, statement.figures.dropFirst()) {
            guard let isOldFirst = isOldFirst(first, second, statement.tokens),
                let wrong = reversed(isOldFirst ? (first, second) : (second, first))
            else { continue }
            outcome.verdicts[first.token] = wrong
            outcome.verdicts[second.token] = wrong
        }
        for figure in statement.figures {
            if let wrong = change(figure, statement) { outcome.verdicts[figure.token] = wrong }
        }
        return outcome
    }

    // MARK: - Two numbers

    /// Whether the first of two numbers is said to be the older one; nil where the sentence does not say.
    private func isOldFirst(_ first: Figure, _ second: Figure, _ tokens: [Token]) -> Bool? {
        guard !first.isRelative, !second.isRelative, first.hedge != .bound, second.hedge != .bound,
            first.quantity.value != second.quantity.value, first.unit?.dimension == second.unit?.dimension,
            first.quantity.significant + second.quantity.significant >= Arms.fewestDigits
        else { return nil }
        let between = tokens[(first.token + 1)..<second.token].filter { !$0.isMark("*_`") }.map(\.text)
        guard between.count <= 8 else { return nil }
        let isFrom = tokens[..<first.token].suffix(2).contains { $0.text == "from" }
        if between.contains("→") || isFrom && between.contains("to") { return true }
        if !isFrom, between.count <= 4, between.contains(where: Lexicon.olden.contains) { return false }
        let behind = tokens[(second.token + 1)...].prefix(2).map(\.text)
        if between.prefix(2).contains("before"), behind.contains("after") { return true }
        return nil
    }

    private func reversed(_ said: (old: Figure, new: Figure)) -> Verdict? {
        let olds = hits(said.old)
        let news = hits(said.new)
        var wrong: (old: Int, new: Int)?
        for old in olds {
            for new in news {
                guard relation.entries[old].column == relation.entries[new].column,
                    let one = places[relation.entries[old].row], let other = places[relation.entries[new].row],
                    one.owner == other.owner, one.order != other.order
                else { continue }
                if one.order < other.order { return nil }
                wrong = wrong ?? (new, old)
            }
        }
        return wrong.map { old, new in
            .contradicted(
                .I03, "\(relation.describe(old)); \(relation.describe(new))",
                "It was the other way round: first \(shown(relation.entries[old].value)), then \(shown(relation.entries[new].value))."
            )
        }
    }

    private func hits(_ figure: Figure) -> [Int] {
        values.search.entries(figure, limit: Arms.mostHits).filter { places[relation.entries[$0].row] != nil }
    }

    // MARK: - A change

    /// `StringConcat is 16 % faster`, where it takes longer by so much.
    private func change(_ figure: Figure, _ statement: Statement) -> Verdict? {
        let tokens = statement.tokens
        let next = tokens[(figure.token + 1)...].prefix(2)
        guard figure.quantity.isPercent, figure.quantity.digits >= 2, !next.contains(where: { $0.text == "than" }),
            let word = next.first(where: { Lexicon.comparisons[$0.text] != nil }),
            let comparison = Lexicon.comparisons[word.text],
            !tokens[(figure.token + 1)...].prefix(3).contains(where: { $0.text == "than" }),
            case let owners = figure.entities.filter({ $0.certainty == .own && !$0.mention.isKey }),
            owners.count == 1, let owner = owners.first?.mention,
            owner.rows.count <= 64
        else { return nil }
        var wrong: (old: Int, new: Int)?
        for (old, new) in pairs(of: owner.rows) {
            let (before, after) = (relation.entries[old].value, relation.entries[new].value)
            guard before > 0, after > 0, before != after,
                let isUp = isUp(comparison, relation.columns[relation.entries[old].column])
            else { continue }
            let changes = [100 * abs(after - before) / before, 100 * abs(after - before) / after]
            guard changes.contains(where: { figure.quantity.prints($0, slack: figure.slack) }) else { continue }
            if (after > before) == isUp { return nil }
            if figure.quantity.prints(changes[0], slack: figure.slack) { wrong = wrong ?? (old, new) }
        }
        return wrong.map { old, new in
            .contradicted(
                .I03, "\(relation.describe(old)); \(relation.describe(new))",
                "The change is the other way: from \(shown(relation.entries[old].value)) to \(shown(relation.entries[new].value))."
            )
        }
    }

    /// Values of one column, before and after, of each owner among the rows.
    private func pairs(of rows: [Int]) -> [(old: Int, new: Int)] {
        let entries = rows.filter { places[$0] != nil }.flatMap { relation.rows[$0].entries }
        return entries.flatMap { old in
            entries.filter { new in
                guard let one = places[relation.entries[old].row], let other = places[relation.entries[new].row] else {
                    return false
                }
                return one.order < other.order && one.owner == other.owner
                    && relation.entries[new].column == relation.entries[old].column
            }.map { (old, $0) }
        }
    }

    private func isUp(_ comparison: Lexicon.Comparison, _ column: Relation.Column) -> Bool? {
        let dimension = column.unit?.dimension ?? column.dimension
        switch (comparison, dimension) {
        case (.more, _), (.quicker, .rate), (.slower, .time): return true
        case (.less, _), (.quicker, .time), (.slower, .rate): return false
        default: return nil
        }
    }
}
