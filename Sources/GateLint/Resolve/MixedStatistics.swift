internal import GateCore
internal import GateVocabulary

/// A number that is said to be one statistic or metric and is another one of the same row: `a median of 58 ms`, where 58 ms
/// is the p95, and the median another value.
///
/// It is the data that tells: wherever the number stands, what the words name stands beside it with another value.
struct MixedStatistics {
    let statement: Statement
    let aggregates: Relation
    private let search: Search
    private let computed: Search
    private var relation: Relation { statement.relation }

    private static let mostHits = 6
    private static let fewestDigits = 3
    /// Of a number that no name stands with.
    private static let fewestDigitsAlone = 4
    private static let mostHitsAlone = 2
    /// Tokens between a metric's name and its number.
    private static let reach = 8
    /// Fewer values have no one that stands out.
    private static let fewestValues = 3

    init(_ statement: Statement, aggregates: Relation) {
        self.statement = statement
        self.aggregates = aggregates
        search = Search(relation: statement.relation)
        computed = Search(relation: aggregates)
    }

    func judge() -> [Int: Verdict] {
        var verdicts: [Int: Verdict] = [:]
        // `between the 20th and the 80th percentile`
        guard !statement.tokens.contains(where: { $0.text == "between" }) else { return verdicts }
        for figure in statement.figures {
            verdicts[figure.token] = statistic(figure) ?? (mayBeMixed(figure) ? metric(figure) : nil)
        }
        return verdicts
    }

    private func mayBeMixed(_ figure: Figure) -> Bool {
        figure.hedge == .exact && !figure.quantity.isFactor && !figure.isAmount
            && figure.quantity.significant >= MixedStatistics.fewestDigits
            && (figure.unit != nil || figure.metric != nil
                || figure.quantity.significant >= MixedStatistics.fewestDigitsAlone && figure.quantity.decimals > 0)
    }

    /// Where the number stands: in columns with a unit, where there are such.
    private func hits(_ figure: Figure) -> [Int] {
        let hits = search.entries(figure, limit: 8 * MixedStatistics.mostHits)
        let own = hits.filter { Matching.isInUnit(figure, relation.columns[relation.entries[$0].column]) }
        return own.isEmpty ? hits : own
    }

    private func column(_ entry: Int) -> Relation.Column { relation.columns[relation.entries[entry].column] }

    private func prints(_ figure: Figure, _ entry: Int) -> Bool {
        Matching.prints(figure, relation.entries[entry].value, column(entry))
    }

    // MARK: - Statistics

    /// It is said to be another statistic than the one whose value it is.
    func statistic(_ figure: Figure) -> Verdict? {
        guard mayBeMixed(figure), !statement.phrase.isBehindValue(figure.token), !statement.phrase.computes else {
            return nil
        }
        let all = hits(figure)
        if all.isEmpty { return ofComputed(figure) }
        guard let said = said(figure, all), !isComputed(figure, said), !all.contains(where: { isOne($0, said) }) else {
            return nil
        }
        let (hits, isBound) = narrowed(all, figure)
        guard !hits.isEmpty, hits.count <= MixedStatistics.mostHits,
            isBound || figure.quantity.significant >= MixedStatistics.fewestDigitsAlone
                || hits.count <= MixedStatistics.mostHitsAlone
        else { return nil }
        guard !isNamedInOrder(hits) else { return nil }
        let meant = hits.compactMap { beside($0, said) }
        if let first = meant.first, meant.count == hits.count {
            return .contradicted(
                .G04, "\(relation.describe(hits[0])); \(relation.describe(first))",
                "It is another statistic of these values: that one is \(shown(relation.entries[first].value)).")
        }
        guard isBound, hits.allSatisfy({ isCalledOther($0, said) || stands(out: $0, of: figure, said) }) else {
            return nil
        }
        return .contradicted(.G04, relation.describe(hits[0]), "It is another statistic than the one it is called.")
    }

    /// `The p80 is close to the median: 394.93 µs against 379.92 µs`: as many statistics before as many numbers, of which it
    /// is one.
    private func isNamedInOrder(_ hits: [Int]) -> Bool {
        let named = statement.reading.statistics.filter { if case .statistic = $0.said { true } else { false } }
        let values = statement.figures.filter { !$0.isRelative }
        guard named.count > 1, named.count == values.count, let last = named.last?.token, let first = values.first,
            last < first.token
        else { return false }
        return hits.contains { statement.namedStatistics.contains(column($0).statistic) }
    }

    /// The one statistic that the words name; a superlative is one where the data has just this word for a column.
    private func said(_ figure: Figure, _ hits: [Int]) -> Statistic? {
        let named = figure.namedStatistics
        guard let extreme = figure.extreme else { return named.count == 1 ? named[0] : nil }
        guard named.isEmpty else { return nil }
        if let end = otherEnd(of: figure, extreme, hits) { return end }
        let words = statement.reading.statistics.compactMap { said -> String? in
            if case .extreme = said.said { statement.tokens[said.token].text } else { nil }
        }
        let statistics = Set(
            hits.flatMap { hit in
                relation.rows[relation.entries[hit].row].entries.map { column($0) }.filter { other in
                    other.terms == column(hit).terms && other.statistic != column(hit).statistic
                        && [.min, .max].contains(other.statistic)
                        && !words.allSatisfy { !NameWords.words(of: other.name).contains($0) }
                }.map(\.statistic)
            })
        return statistics.count == 1 ? statistics.first : nil
    }

    /// `the fastest 873 ms, the slowest 892 ms`: where the one is the maximum of a row, the other is its minimum.
    private func otherEnd(of figure: Figure, _ extreme: Lexicon.Extreme, _ all: [Int]) -> Statistic? {
        let rows = Set(all.map { relation.entries[$0].row })
        for other in statement.figures where other.extreme.map({ $0 != extreme }) ?? false {
            let ends = hits(other).filter {
                [.min, .max].contains(column($0).statistic) && rows.contains(relation.entries[$0].row)
            }
            if let end = ends.first { return isOne(end, .max) ? .min : .max }
        }
        return nil
    }

    /// By its own name, or by that of the key above it: `"mean": {"point_estimate": 215.3}`.
    private func isOne(_ entry: Int, _ said: Statistic) -> Bool {
        column(entry).statistic == said
            || relation.rows[relation.entries[entry].row].labels.contains { label in
                relation.labels[label].kind == .path && NameReading(relation.labels[label].text).statistic == said
            }
            || relation.entries[entry].source.pointer.map { pointer in
                pointer.split(separator: "/").dropLast().last.map { NameReading(String($0)).statistic == said } ?? false
            } ?? false
    }

    /// The statistic over single values of the data; the mean of means is one.
    private func isComputed(_ figure: Figure, _ said: Statistic) -> Bool {
        computed.entries(figure, limit: 256).contains { hit in
            let column = aggregates.columns[aggregates.entries[hit].column]
            return hit >= relation.entries.count && column.statistic == said
                && [.raw, .count, .total, .rate, said].contains(NameReading(column.name).statistic)
        }
    }

    /// `the maximum over the five models is 41.7`, which is their mean.
    private func ofComputed(_ figure: Figure) -> Verdict? {
        guard figure.unit != nil, !statement.phrase.has(Lexicon.gathering), let said = said(figure, []) else {
            return nil
        }
        let owners = figure.entities.filter { $0.certainty <= .inherited }.map(\.mention)
        let all = computed.entries(figure, limit: 256).filter { hit in
            let labels = aggregates.rows[aggregates.entries[hit].row].labels
            return hit >= relation.entries.count
                && Matching.isInUnit(figure, aggregates.columns[aggregates.entries[hit].column])
                && owners.allSatisfy { owner in labels.contains { owner.labels.contains($0) } }
        }
        guard !owners.isEmpty, (1...MixedStatistics.mostHitsAlone).contains(all.count),
            !computed.entries(figure, limit: 256).contains(where: {
                aggregates.columns[aggregates.entries[$0].column].statistic == said
            })
        else { return nil }
        let meant = all.compactMap { hit in
            aggregates.rows[aggregates.entries[hit].row].entries.first { entry in
                let (own, other) = (
                    aggregates.columns[aggregates.entries[hit].column],
                    aggregates.columns[aggregates.entries[entry].column]
                )
                return other.statistic == said && other.name == own.name
            }
        }
        guard let first = meant.first, meant.count == all.count else { return nil }
        return .contradicted(
            .G04, "\(aggregates.describe(all[0])); \(aggregates.describe(first))",
            "It is another statistic of these values: that one is \(shown(aggregates.entries[first].value)).")
    }

    /// The values that the names and the metric of the number leave.
    private func narrowed(_ hits: [Int], _ figure: Figure) -> (hits: [Int], isBound: Bool) {
        var (result, isBound) = (hits, false)
        for entity in figure.entities where entity.certainty <= .context {
            let own = ofOwner(entity.mention, result)
            if entity.certainty <= .inherited { (result, isBound) = (own, true) } else if !own.isEmpty { result = own }
        }
        if let metric = figure.metric, metric.certainty <= .inherited, metric.mention.isWhole,
            !isOfOtherUnit(metric.mention, figure, hits)
        {
            let terms = Set(metric.mention.columns.map { relation.columns[$0].terms })
            result = result.filter { hit in
                terms.contains(column(hit).terms) || terms.contains { isCalled(relation.entries[hit].row, $0) }
            }
            isBound = true
        }
        return (result, isBound)
    }

    private func ofOwner(_ owner: Reading.Entity, _ hits: [Int]) -> [Int] {
        let rows = owner.widened.rows
        let own = hits.filter { contains(rows, relation.entries[$0].row) }
        guard own.isEmpty else { return own }
        // What a file says once, of its settings, it says of all of its rows.
        let files = Set(rows.map { relation.rows[$0].file })
        let names = Set(owner.labels.map { relation.labels[$0].name })
        return hits.filter { hit in
            let row = relation.rows[relation.entries[hit].row]
            return files.contains(row.file) && !row.labels.contains { names.contains(relation.labels[$0].name) }
        }
    }

    /// The number stands in columns of its unit, of which the metric is none: that was said of something else.
    private func isOfOtherUnit(_ metric: Reading.Metric, _ figure: Figure, _ hits: [Int]) -> Bool {
        guard let unit = figure.unit, unit.dimension != .count else { return false }
        return hits.contains { Matching.isInUnit(figure, column($0)) }
            && !metric.columns.contains { Matching.isInUnitOrDimension(figure, relation.columns[$0]) }
    }

    /// Whether a row is called by a metric: statistics below its name, or beside it.
    private func isCalled(_ row: Int, _ terms: [String]) -> Bool {
        relation.rows[row].labels.contains { label in
            [.path, .text].contains(relation.labels[label].kind)
                && Set(terms).isSubset(of: relation.labels[label].terms)
        }
    }

    /// The statistic that is said, beside a value that is another one.
    private func beside(_ hit: Int, _ said: Statistic) -> Int? {
        let own = column(hit)
        let isSpread = said == .standardDeviation || said == .spread
        guard isSpread || !isSingle(own.statistic) else { return nil }
        return relation.rows[relation.entries[hit].row].entries.first {
            isOne($0, said) && column($0).terms == own.terms
        }
    }

    private func isSingle(_ statistic: Statistic) -> Bool {
        [.raw, .count, .rate, .unknown, .total].contains(statistic)
    }

    /// The data calls it a mean, say, and has no such median at all.
    private func isCalledOther(_ hit: Int, _ said: Statistic) -> Bool {
        let own = column(hit)
        func isCentre(_ statistic: Statistic) -> Bool {
            if case .quantile = statistic { return true }
            return statistic == .mean || statistic == .median
        }
        return isCentre(own.statistic) && isCentre(said)
            && !relation.columns.contains { $0.statistic == said && $0.terms == own.terms }
    }

    /// The largest or the smallest of several single values, which is said to be what they are in the middle.
    private func stands(out hit: Int, of figure: Figure, _ said: Statistic) -> Bool {
        guard said == .mean || said == .median, [.raw, .rate].contains(column(hit).statistic),
            !figure.entities.contains(where: { $0.mention.isKey && $0.certainty <= .inherited })
        else { return false }
        let entry = relation.entries[hit]
        let owners = figure.entities.filter { $0.certainty <= .inherited }.map(\.mention.rows)
        let values = relation.columns[entry.column].entries.filter { other in
            relation.rows[relation.entries[other].row].file == relation.rows[entry.row].file
                && owners.allSatisfy { contains($0, relation.entries[other].row) }
        }.map { relation.entries[$0].value }
        guard Set(values).count >= MixedStatistics.fewestValues else { return false }
        return entry.value == values.min() || entry.value == values.max()
    }

    // MARK: - Metrics

    /// `a recall of 0.956`, where that is the NDCG, and the recall of the very row is another value.
    private func metric(_ figure: Figure) -> Verdict? {
        guard let metric = figure.metric, metric.certainty == .own, metric.mention.isWhole, !figure.isDerived,
            isNear(metric.mention, figure), isOfKind(metric.mention, figure)
        else { return nil }
        let columns = Set(metric.mention.columns + metric.mention.wide)
        let all = hits(figure)
        guard !all.isEmpty, !columns.contains(where: { relation.columns[$0].entries.contains { prints(figure, $0) } })
        else { return nil }
        let terms = Set(metric.mention.columns.map { relation.columns[$0].terms })
        let isOfSeveral = computed.entries(figure, limit: 256).contains { hit in
            hit >= relation.entries.count && terms.contains(aggregates.columns[aggregates.entries[hit].column].terms)
        }
        guard !isOfSeveral else { return nil }
        var hits = all
        for entity in figure.entities where entity.certainty <= .inherited { hits = ofOwner(entity.mention, hits) }
        guard (1...MixedStatistics.mostHits).contains(hits.count), hits.allSatisfy({ isUnsaid($0, besides: terms) })
        else { return nil }
        let meant = hits.compactMap { hit in
            relation.rows[relation.entries[hit].row].entries.first { columns.contains(relation.entries[$0].column) }
        }
        guard let first = meant.first, meant.count == hits.count else { return nil }
        return .contradicted(
            .G04, "\(relation.describe(hits[0])); \(relation.describe(first))",
            "It is \(column(hits[0]).name) of this row: its \(column(first).name) is \(shown(relation.entries[first].value))."
        ).resting(on: .words).against(first)
    }

    /// Nothing but small words, names and courses between the metric and its number; or it stands directly behind that.
    private func isNear(_ metric: Reading.Metric, _ figure: Figure) -> Bool {
        guard metric.tokens.upperBound <= figure.token else {
            return metric.tokens.lowerBound == figure.token + 1
                && figure.unit.map { $0.dimension == .count } ?? true
        }
        let between = metric.tokens.upperBound..<figure.token
        // `step 300`: it has its number.
        if metric.tokens.upperBound < figure.token, statement.tokens[metric.tokens.upperBound].number != nil {
            return false
        }
        return between.count <= MixedStatistics.reach
            && between.allSatisfy { place in
                let token = statement.tokens[place]
                return !token.isWord && !token.isIdentifier && !token.isMark(";")
                    || Lexicon.stop.contains(token.text) || Lexicon.copulas.contains(token.text)
                    || Lexicon.directions[token.text] != nil || Lexicon.extremes[token.text] != nil
                    || MeasuredUnit(token.text) != nil
                    || statement.reading.entities.contains { $0.tokens.contains(place) }
            }
    }

    /// In the metric's unit; without one a fraction, of a metric without one.
    private func isOfKind(_ metric: Reading.Metric, _ figure: Figure) -> Bool {
        metric.columns.allSatisfy { index in
            let column = relation.columns[index]
            guard let unit = figure.unit else {
                return column.unit == nil
                    && (figure.quantity.decimals > 1
                        || figure.quantity.significant >= MixedStatistics.fewestDigitsAlone)
            }
            return column.unit?.isComparable(with: unit) ?? (unit.name == "%" && column.isFraction)
        }
    }

    /// What tells its column from the named one is a word that stands nowhere near.
    private func isUnsaid(_ hit: Int, besides terms: Set<[String]>) -> Bool {
        let own = column(hit).terms.filter { term in !terms.contains { $0.contains(term) } }
        let said = Set(statement.phrase.terms.map(\.text))
        // What both are called says neither.
        let isTold = terms.allSatisfy { $0.contains { said.contains($0) && !column(hit).terms.contains($0) } }
        return isTold && !own.isEmpty && own.allSatisfy { !said.contains($0) }
    }
}
