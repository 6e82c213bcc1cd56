internal import GateCore
internal import GateVocabulary

/// A number that is said to be one statistic and is another one of the same values: `a median of 58 ms`, where 58 ms is the
/// p95, and the median another value.
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

    init(_ statement: Statement, aggregates: Relation) {
        self.statement = statement
        self.aggregates = aggregates
        search = Search(relation: statement.relation)
        computed = Search(relation: aggregates)
    }

    func judge() -> [Int: Verdict] {
        var verdicts: [Int: Verdict] = [:]
        for figure in statement.figures { verdicts[figure.token] = judge(figure) }
        return verdicts
    }

    private func judge(_ figure: Figure) -> Verdict? {
        let named = figure.namedStatistics
        // `between the 20th and the 80th percentile`
        guard named.count == 1, let said = named.first, !statement.tokens.contains(where: { $0.text == "between" }),
            figure.extreme == nil, figure.hedge == .exact,
            !figure.quantity.isFactor, !figure.isAmount, figure.unit != nil || figure.metric != nil,
            figure.quantity.significant >= MixedStatistics.fewestDigits, !isComputed(figure, said)
        else { return nil }
        let all = inUnit(search.entries(figure, limit: 8 * MixedStatistics.mostHits), figure)
        guard !all.contains(where: { relation.columns[relation.entries[$0].column].statistic == said }) else {
            return nil
        }
        let (hits, isBound) = narrowed(all, figure)
        guard !hits.isEmpty, hits.count <= MixedStatistics.mostHits,
            isBound || figure.quantity.significant >= MixedStatistics.fewestDigitsAlone
                || hits.count <= MixedStatistics.mostHitsAlone
        else { return nil }
        let pairs = hits.compactMap { hit in meant(hit, said).map { (hit: hit, meant: $0) } }
        guard let pair = pairs.first, pairs.count == hits.count else { return nil }
        return .contradicted(
            .G04, "\(relation.describe(pair.hit)); \(relation.describe(pair.meant))",
            "It is another statistic of these values: that one is \(shown(relation.entries[pair.meant].value)).")
    }

    /// Those of columns with a unit, where there are such.
    private func inUnit(_ hits: [Int], _ figure: Figure) -> [Int] {
        let own = hits.filter { Matching.isInUnit(figure, relation.columns[relation.entries[$0].column]) }
        return own.isEmpty ? hits : own
    }

    /// The statistic over single values of the data.
    private func isComputed(_ figure: Figure, _ said: Statistic) -> Bool {
        computed.entries(figure, limit: 256).contains { hit in
            let column = aggregates.columns[aggregates.entries[hit].column]
            return hit >= relation.entries.count && column.statistic == said
                && [.raw, .count, .total, .rate].contains(NameReading(column.name).statistic)
        }
    }

    /// The values that the names and the metric of the number leave.
    private func narrowed(_ hits: [Int], _ figure: Figure) -> (hits: [Int], isBound: Bool) {
        var (result, isBound) = (hits, false)
        for entity in figure.entities where entity.certainty <= .context {
            let rows = entity.mention.widened.rows
            let own = result.filter { contains(rows, relation.entries[$0].row) }
            if entity.certainty <= .inherited { (result, isBound) = (own, true) } else if !own.isEmpty { result = own }
        }
        if let metric = figure.metric, metric.certainty <= .inherited, metric.mention.isWhole {
            let terms = Set(metric.mention.columns.map { relation.columns[$0].terms })
            result = result.filter { hit in
                terms.contains(relation.columns[relation.entries[hit].column].terms)
                    || terms.contains { isCalled(relation.entries[hit].row, $0) }
            }
            isBound = true
        }
        return (result, isBound)
    }

    /// Whether a row is called by a metric: statistics below its name, or beside it.
    private func isCalled(_ row: Int, _ terms: [String]) -> Bool {
        relation.rows[row].labels.contains { label in
            [.path, .text].contains(relation.labels[label].kind)
                && Set(terms).isSubset(of: Canon.terms(ofName: relation.labels[label].text))
        }
    }

    /// The statistic that is said, beside a value that is another one.
    private func meant(_ hit: Int, _ said: Statistic) -> Int? {
        let own = relation.entries[hit]
        let column = relation.columns[own.column]
        let isSpread = said == .standardDeviation || said == .spread
        guard isSpread || ![.raw, .count, .rate, .unknown, .total].contains(column.statistic) else { return nil }
        return relation.rows[own.row].entries.first {
            let other = relation.columns[relation.entries[$0].column]
            return other.statistic == said && other.terms == column.terms
        }
    }
}
