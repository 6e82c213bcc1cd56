internal import GateCore
internal import GateVocabulary

/// Numbers that are another one's: what is named has a value in just the place where the number is that of one of its kind.
///
/// `A reaches 12.4`, where B has 12.4 of what A has 15.1 of, and A has 12.4 of nothing. The number itself says of which
/// column it is; that this column is meant is borne out by the metric that is named, or by the numbers beside it.
struct Strangers {
    let relation: Relation
    private let values: ValueJudge

    init(_ relation: Relation) {
        self.relation = relation
        values = ValueJudge(relation)
    }

    private static let mostHits = 24
    private static let fewestDigits = 3

    /// - Parameters:
    ///   - named: the rows that the phrase names, in a table those of its row and header.
    ///   - beside: numbers around it; in a table those of its row and of its column.
    func find(_ figure: Figure, in phrase: Phrase, named: [Reading.Entity], beside: [Figure]) -> SwappedPairs.Found? {
        guard figure.mayBeValue, figure.unit?.name != "x", !figure.quantity.isSpelled,
            figure.quantity.significant >= Strangers.fewestDigits
                || figure.quantity.decimals > 0 && figure.quantity.digits >= 2
        else { return nil }
        let hits = values.search.measured(figure, limit: Strangers.mostHits)
        guard !hits.isEmpty else { return nil }
        let bound = figure.entities.filter { $0.certainty == .own }.map(\.mention)
        for owner in bound where isOwner(owner) && !isOfOtherNumber(owner, figure, phrase) {
            let others = bound.filter { $0.group != owner.group && $0.tokens != owner.tokens }
            if let found = find(figure, hits, owner, others, named, beside) { return found }
        }
        return nil
    }

    /// `A reaches 79.7 and B 79.7`, where only A has it: a value that is said of two owners is that of one.
    func findRepeated(_ figure: Figure, beside: [Figure]) -> SwappedPairs.Found? {
        guard figure.mayBeValue, !figure.isCell, figure.quantity.significant >= Strangers.fewestDigits else {
            return nil
        }
        let twins = beside.filter {
            $0.phrase == figure.phrase && $0.quantity.value == figure.quantity.value
                && $0.quantity.decimals == figure.quantity.decimals && $0.unit == figure.unit
        }
        let hits = twins.isEmpty ? [] : values.search.measured(figure, limit: Strangers.mostHits)
        func has(_ owner: Reading.Entity) -> Bool { hits.contains { contains(owner.rows, relation.entries[$0].row) } }
        for owner in figure.entities
        where owner.certainty == .own && isOwner(owner.mention) && !has(owner.mention.widened) {
            let kinds = relation.kinds(of: owner.mention)
            let isOfTwin = twins.contains { twin in
                twin.entities.contains {
                    $0.certainty == .own && !kinds.isDisjoint(with: relation.kinds(of: $0.mention)) && has($0.mention)
                }
            }
            guard isOfTwin, let stranger = hits.first, let entry = counterparts(of: hits, owner.mention).first else {
                continue
            }
            return SwappedPairs.Found(figure: figure, entry: entry, stranger: stranger)
        }
        return nil
    }

    func verdict(_ found: SwappedPairs.Found) -> Verdict {
        let names = [found.entry, found.stranger].map { relation.name(ofRow: relation.entries[$0].row) }
        return .misattributed(
            .G04, "\(relation.describe(found.entry)); \(relation.describe(found.stranger))",
            names[0] == names[1]
                ? "The number is that of another row." : "The value is not that of \(names[0]) but of \(names[1])."
        ).resting(on: .misplaced)
    }

    /// A key stands with the number beside it: `at 8 clients 12 s, at most 15 s`.
    private func isOfOtherNumber(_ owner: Reading.Entity, _ figure: Figure, _ phrase: Phrase) -> Bool {
        guard owner.isKey, !figure.isCell, !owner.tokens.contains(figure.token) else { return false }
        let between = min(owner.tokens.upperBound, figure.token + 1)..<max(owner.tokens.lowerBound, figure.token)
        return phrase.tokens[between].contains { $0.number != nil || $0.isMark(";") }
    }

    private func isOneOfSeveral(_ hit: Int, of rows: [Int]) -> Bool {
        let column = relation.entries[hit].column
        return relation.columns[column].statistic == .raw
            && relation.entries(in: rows, columns: [column], limit: 2, where: { _ in true }).count > 1
    }

    private func isOwner(_ entity: Reading.Entity) -> Bool {
        entity.labels.contains { [.text, .file, .key].contains(relation.labels[$0].kind) }
    }

    private func find(
        _ figure: Figure, _ hits: [Int], _ owner: Reading.Entity, _ others: [Reading.Entity],
        _ named: [Reading.Entity], _ beside: [Figure]
    ) -> SwappedPairs.Found? {
        let own = owner.widened.rows
        guard !hits.contains(where: { contains(own, relation.entries[$0].row) }) else { return nil }
        var fitting = hits.filter { hit in others.allSatisfy { contains($0.rows, relation.entries[hit].row) } }
        let metric = figure.metric.flatMap { $0.certainty <= .inherited ? Set($0.mention.columns) : nil } ?? []
        let measured = fitting.filter { metric.contains(relation.entries[$0].column) }
        if !measured.isEmpty { fitting = measured }
        // A column of a table is called by its statistic.
        let statistics = figure.isCell && figure.extreme == nil ? figure.namedStatistics : []
        let said = fitting.filter { statistics.contains(relation.columns[relation.entries[$0].column].statistic) }
        if !said.isEmpty { fitting = said }
        // A mean of several rows is none of the single values of others.
        if said.isEmpty, !statistics.isEmpty { fitting.removeAll { isOneOfSeveral($0, of: own) } }
        let isNamed =
            !measured.isEmpty && (!owner.isKey || figure.metric?.mention.isWhole == true)
            || !said.isEmpty && figure.unit != nil && figure.quantity.significant >= Strangers.fewestDigits
        guard
            isNamed
                || !figure.isDerived
                    && isBorneOut(fitting, beside)
        else { return nil }
        // Whose number it is may stand in the phrase: then rather the names were told apart wrongly.
        let kinds = relation.kinds(of: owner)
        // A key may be called otherwise where what stands above has the number.
        let above = figure.entities.filter { $0.certainty > .inherited && !$0.mention.isKey && isOwner($0.mention) }
        if owner.isKey,
            above.contains(where: { other in fitting.contains { contains(other.mention.rows, relation.entries[$0].row) }
            })
        {
            return nil
        }
        if fitting.contains(where: { hit in
            relation.rows[relation.entries[hit].row].labels.contains { relation.isCompound($0, of: owner) }
        }) {
            return nil
        }
        guard
            !(named + figure.entities.map(\.mention)).contains(where: { other in
                other.rows != owner.rows && (!other.isKey || owner.isKey)
                    && !kinds.isDisjoint(with: relation.kinds(of: other))
                    && fitting.contains { contains(other.rows, relation.entries[$0].row) }
            })
        else { return nil }
        // What is of nobody in particular says the same once more, where enough digits are alike.
        let owned = fitting.filter { hit in
            relation.rows[relation.entries[hit].row].labels.contains { kinds.contains(relation.labels[$0].name) }
        }
        if figure.quantity.significant > Strangers.fewestDigits, !owned.isEmpty { fitting = owned }
        let wanted = counterparts(of: fitting, owner)
        guard let entry = wanted.first, let first = fitting.first else { return nil }
        return SwappedPairs.Found(figure: figure, entry: entry, stranger: first)
    }

    /// What the owner has in place of each value; none where it lacks one of them.
    private func counterparts(of hits: [Int], _ owner: Reading.Entity) -> [Int] {
        let kinds = relation.kinds(of: owner)
        let wanted = hits.compactMap { relation.counterparts(of: $0, in: owner.rows, besides: kinds).first }
        return wanted.count == hits.count ? wanted : []
    }

    /// A number beside it is one of a column that it may be of, and of whom that is said.
    private func isBorneOut(_ hits: [Int], _ beside: [Figure]) -> Bool {
        let columns = Set(hits.map { relation.entries[$0].column })
        return beside.contains { other in
            guard other.quantity.digits > 1, !other.isDerived else { return false }
            let owners = other.entities.filter { $0.certainty <= .inherited && isOwner($0.mention) }.map(\.mention)
            return !owners.isEmpty
                && values.search.entries(other, limit: Strangers.mostHits).contains { entry in
                    columns.contains(relation.entries[entry].column)
                        && owners.contains { contains($0.rows, relation.entries[entry].row) }
                }
        }
    }
}

extension Relation {
    /// The names of labels that an entity was found under.
    func kinds(of entity: Reading.Entity) -> Set<Int> { entity.kinds.union(entity.labels.map { labels[$0].name }) }

    /// `random writes` are `randwrite`, whatever else is called `write`.
    func isCompound(_ label: Int, of entity: Reading.Entity) -> Bool {
        let text = labels[label].text.lowercased()
        return labels[label].kind == .text
            && entity.labels.map { labels[$0].text.lowercased() }.contains { word in
                word.utf8.count < text.utf8.count && word.allSatisfy(\.isLetter) && text.holds(word)
            }
    }

    /// The same of another owner: in the column, and under the same names and keys but for those that tell the two apart.
    func counterparts(of entry: Int, in rows: [Int], besides kinds: Set<Int>) -> [Int] {
        let column = entries[entry].column
        // What no row of the other one has goes with the owner.
        let held = self.rows[entries[entry].row].labels.filter { label in
            [.key, .text, .path].contains(labels[label].kind) && !kinds.contains(labels[label].name)
                && !intersection(labels[label].rows, rows).isEmpty
        }
        return columns[column].entries.filter { other in
            let row = entries[other].row
            return contains(rows, row) && held.allSatisfy(self.rows[row].labels.contains)
        }
    }
}
