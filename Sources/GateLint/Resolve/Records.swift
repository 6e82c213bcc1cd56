internal import GateCore
internal import GateVocabulary

/// Superlatives with their number: `the slowest query, 3.19 s`, `A is fastest with 86.6 s on average`.
///
/// The number says which values it is one of, so that neither its metric nor those that it is the first of need be named. It
/// is wrong where the number is the last of them instead, or the first and another one's.
struct Records {
    let extremes: Extremes
    /// The data with what its values come to.
    let aggregates: Relation
    private let search: Search
    private var statement: Statement { extremes.statement }
    private var tokens: [Token] { statement.tokens }

    private static let mostHits = 12
    private static let fewestDigits = 3
    /// Words between a superlative and its number, behind it and before it.
    private static let reach = 12
    private static let reachBack = 6

    init(_ extremes: Extremes, aggregates: Relation) {
        self.extremes = extremes
        self.aggregates = aggregates
        search = Search(relation: aggregates)
    }

    func judge() -> Statement.Outcome {
        var outcome = Statement.Outcome()
        for (index, said) in statement.reading.statistics {
            guard case .extreme(let extreme) = said, !extremes.isBound(index), !extremes.isPartOfName(index),
                !extremes.isOfSize(index), !extremes.isOfChange(index),
                !extremes.isDenied(index), !extremes.isOfQuality(index), extremes.rank(index) == 1,
                let figure = figure(of: index)
            else { continue }
            switch judge(index, extreme, figure) {
            case .wrong(let finding):
                outcome.findings.append(finding)
                outcome.verdicts[figure.token] = .unverifiable("The order that it belongs to is wrong.")
            case .holds(let evidence):
                outcome.verdicts[figure.token] = .derivable(evidence)
            case nil: break
            }
        }
        return outcome
    }

    // MARK: - Its number

    private func figure(of index: Int) -> Figure? {
        // `the fastest drive: 1.04 million IOPS`
        let isEnd = { (place: Int) in
            tokens[place].isMark(";")
                || tokens[place].isMark(":") && tokens.dropFirst(place + 1).first?.number == nil
                || ["and", "than", "but", "or"].contains(tokens[place].text)
                || Lexicon.clauseWords.contains(tokens[place].text) || Lexicon.extremes[tokens[place].text] != nil
        }
        // Marks around a name take no room.
        let last = tokens.indices.dropFirst(index + 1).filter { !tokens[$0].isMark("*_`\"") }.prefix(Records.reach - 1)
            .last
        let end = (index + 1..<(last ?? index) + 1).first(where: isEnd) ?? (last ?? index) + 1
        // `the slowest of both, with 5.71 s on A and 6.20 s on B`: of each its own.
        guard !tokens[index..<min(end, tokens.count)].contains(where: { ["both", "each"].contains($0.text) }) else {
            return nil
        }
        // `the highest of the six kernels, 88.3 %`
        let behind = statement.figures.first {
            $0.token > index && $0.token < end && $0.quantity.significant >= Records.fewestDigits
        }
        let before = statement.figures.last { $0.token < index }.flatMap { figure -> Figure? in
            let between = tokens[(figure.token + 1)..<index]
            let isOfIt =
                between.suffix(3).contains { Lexicon.copulas.contains($0.text) || $0.isMark(",") }
                && between.count <= Records.reachBack && !between.contains { $0.isMark(";:()") || $0.text == "and" }
            return isOfIt && tokens[index - 1].text == "the" ? figure : nil
        }
        guard let figure = isApposition(index) ? before : behind ?? before, figure.hedge != .bound,
            !figure.quantity.isFactor,
            figure.quantity.significant >= Records.fewestDigits, !isChange(figure)
        else { return nil }
        return figure
    }

    /// `reaches 59.0 %, its weakest group, in B 77.8 %`: the number before it is its own.
    private func isApposition(_ index: Int) -> Bool {
        index > 1 && tokens[index - 2].isMark(",") && ["its", "the", "their"].contains(tokens[index - 1].text)
            && tokens.dropFirst(index + 1).prefix(4).contains { $0.isMark(",") }
            && statement.figures.contains { $0.token < index && index - $0.token <= Records.reachBack }
    }

    /// `the largest drop, 12.4 %`, `leads by 3.51`
    private func isChange(_ figure: Figure) -> Bool {
        let near = tokens[max(0, figure.token - 3)..<min(tokens.count, figure.token + 4)]
        return figure.isAmount || statement.phrase.has(Lexicon.outcomes)
            || near.contains {
                Lexicon.comparisons[$0.text] != nil || Lexicon.directions[$0.text] != nil || $0.text == "by"
                    || Lexicon.points.contains($0.text) || $0.text == "of" && figure.quantity.isPercent
            }
    }

    // MARK: - Its place

    /// A value that the number says and that has the place among others that the superlative tells.
    private struct Holder {
        let entry: Int
        var members: Set<Int> = []
        /// Among those that are meant where nothing else is said.
        var isPlain = false
    }

    private enum Judgement {
        case wrong(Statement.Finding)
        case holds(String)
    }

    private func judge(_ index: Int, _ extreme: Lexicon.Extreme, _ figure: Figure) -> Judgement? {
        let hits = hits(figure)
        let subjects = subjects(index, figure)
        let population = Population(
            relation: aggregates, computed: statement.relation.entries.count,
            entities: statement.reading.entities.filter { entity in
                entity.isWhole && !subjects.contains { $0.group == entity.group }
            })
        let isMeasured = hits.contains { isInUnit(figure, $0) }
        var (last, holders): (Int?, [Holder]) = (nil, [])
        for hit in hits {
            guard let wantsMost = wantsMost(extreme, figure, aggregates.entries[hit].column) else { return nil }
            // The largest of all maxima is one of these.
            let statistic = aggregates.columns[aggregates.entries[hit].column].statistic
            if statistic == (wantsMost ? .max : .min) { return nil }
            let (plain, all) = population.standings(of: hit)
            let right = all.filter { $0.place == (wantsMost ? .most : .least) }
            if !right.isEmpty {
                holders.append(
                    Holder(
                        entry: hit, members: Set(right.flatMap(\.members)),
                        isPlain: plain.contains { $0.place == (wantsMost ? .most : .least) }))
            } else if isInUnit(figure, hit) || !isMeasured,
                let wrong = plain.first(where: { $0.place == (wantsMost ? .least : .most) })
            {
                last = last ?? (wantsMost ? wrong.most : wrong.least)
            }
        }
        guard holders.isEmpty else {
            let other =
                extremes.isOfSome(index)
                ? nil : subjects.lazy.compactMap { ofAnother(index, $0, hits, holders) }.first
            return other.map(Judgement.wrong)
                ?? holders.first(where: \.isPlain).map { .holds(aggregates.describe($0.entry)) }
        }
        return last.map { other in
            .wrong(
                Statement.Finding(
                    tokens: min(index, figure.token)..<max(index, figure.token) + 1, rule: .I03,
                    evidence: aggregates.describe(other),
                    message: "By the data it is the other way round: another one is \(tokens[index].text)."))
        }
    }

    /// Of what it is said, and where: `A is fastest with 12 ms`, `peaks at 5.2 in epoch 3`, `the longest one, 12 s (A)`.
    private func subjects(_ index: Int, _ figure: Figure) -> [Reading.Entity] {
        let named = compound(extremes.withKeys(extremes.subjects(index, inPart: true)))
        guard named.count < 2, figure.token > index,
            let next = statement.reading.entities.first(where: { $0.tokens.lowerBound > figure.token }),
            next.isWhole, !named.contains(where: { $0.tokens == next.tokens }),
            case let between = tokens[(figure.token + 1)..<next.tokens.lowerBound], between.count <= 4,
            let last = between.last(where: { $0.isWord || $0.isMark("(") && !$0.isMark("*_`") }),
            last.isMark("(") || Lexicon.places.contains(last.text) || Lexicon.scopes.contains(last.text),
            between.allSatisfy({
                $0.isMark("(*_`") || Lexicon.stop.contains($0.text) || MeasuredUnit($0.text) != nil
                    || $0.bytes.upperBound <= (figure.quantity.unitBytes?.upperBound ?? 0)
            })
        else { return named }
        return named + [next]
    }

    /// `the A100 Llama-8B at 128 requests`: with the names right before it, and the keys right behind.
    private func compound(_ named: [Reading.Entity]) -> [Reading.Entity] {
        guard let first = named.first else { return named }
        let before = statement.reading.entities.filter { other in
            other.isWhole && !other.isKey && other.group != first.group
                && other.tokens.upperBound <= first.tokens.lowerBound
                && tokens[other.tokens.upperBound..<first.tokens.lowerBound].allSatisfy { $0.isMark("*_`\"") }
        }
        return before.suffix(1) + named
    }

    /// Values that the number says, of the metric that the sentence names, where it is one of that.
    private func hits(_ figure: Figure) -> [Int] {
        let hits = search.entries(figure, limit: 8 * Records.mostHits).filter { hit in
            let column = aggregates.columns[aggregates.entries[hit].column]
            return figure.unit.map { unit in
                column.unit.map { $0.dimension == unit.dimension } ?? (unit.name != "%" || column.isFraction)
            } ?? true
        }
        let single = hits.filter { $0 < statement.relation.entries.count }
        let own = single.isEmpty ? hits : single
        let metrics = Set(
            statement.reading.metrics.filter(\.isWhole).flatMap(\.columns).map { statement.relation.columns[$0].terms })
        let named = own.filter { metrics.contains(aggregates.columns[aggregates.entries[$0].column].terms) }
        let result = named.isEmpty ? own : named
        return result.count <= Records.mostHits ? result : []
    }

    /// Whether a value is of a column in the number's unit; any other one may have its digits by accident.
    private func isInUnit(_ figure: Figure, _ hit: Int) -> Bool {
        Matching.isInUnitOrDimension(figure, aggregates.columns[aggregates.entries[hit].column])
    }

    private func wantsMost(_ extreme: Lexicon.Extreme, _ figure: Figure, _ column: Int) -> Bool? {
        let model = aggregates.columns[column]
        switch extreme {
        case .most: return true
        case .least: return false
        case .best, .worst:
            // `mAP50-95` is a `map50`.
            let isScore = model.terms.contains { term in
                Lexicon.higherIsBetter.contains { $0.utf8.count >= 3 && term.hasPrefix($0) }
            }
            let preference = Preference(model) ?? (figure.quantity.isPercent || isScore ? .higher : nil)
            return preference.map { ($0 == .higher) == (extreme == .best) }
        case .quickest, .slowest:
            let dimension = model.unit?.dimension ?? figure.unit?.dimension ?? model.dimension
            return [.time, .rate].contains(dimension) ? (dimension == .rate) == (extreme == .quickest) : nil
        }
    }

    /// The number is the first of all, and that of another one than is named.
    private func ofAnother(
        _ index: Int, _ subject: Reading.Entity, _ hits: [Int], _ holders: [Holder]
    ) -> Statement.Finding? {
        func isOwn(_ entry: Int) -> Bool {
            let row = aggregates.entries[entry].row
            return contains(subject.rows, row) || aggregates.rows[row].labels.contains(where: subject.labels.contains)
        }
        let values = Set(holders.map { aggregates.entries[$0.entry].value })
        guard !hits.contains(where: { isOwn($0) && values.contains(aggregates.entries[$0].value) }),
            let holder = holders.first(where: { $0.isPlain && $0.members.contains(where: isOwn) }),
            !hits.contains(where: isOwn) || subject.isKey
        else { return nil }
        return Statement.Finding(
            tokens: min(subject.tokens.lowerBound, index)..<max(subject.tokens.upperBound, index + 1), rule: .I03,
            evidence: aggregates.describe(holder.entry), message: "By the data that is another one's value.")
    }
}
