internal import GateCore
internal import GateVocabulary

/// Judges a number as a value of what it is bound to. One meaning and another value is an error; a value that is nowhere is
/// a warning; all else cannot be decided.
struct ValueJudge: Sendable {
    let relation: Relation
    let search: Search
    /// Also in what values of the data come to.
    let aggregates: Search
    /// In the numbers of the data's sentences.
    let mentions: Search

    /// - Parameters:
    ///   - aggregates: the relation with what its values come to; by default they are not known.
    ///   - mentions: the numbers of the data's sentences; by default there are none.
    init(_ relation: Relation, aggregates: Relation? = nil, mentions: Relation = Relation()) {
        self.relation = relation
        search = Search(relation: relation)
        self.aggregates = aggregates.map(Search.init) ?? search
        self.mentions = Search(relation: mentions)
    }

    /// Of more candidates none is meant in particular.
    static let mostCandidates = 2048
    /// So many values of one owner are looked through for one that is meant.
    static let mostOfOwner = 48

    /// So many values are compared digit by digit.
    static let mostOfSlip = 8

    struct Candidates {
        var selection: Selection
        var entries: [Int] = []
        /// Of all statistics: what the data gives as single values can be summed up.
        var all: [Int] = []
        /// The statistic that the text names is among the columns.
        var hasStatistic = false
        /// The text names the metric as a whole, and just there.
        var isMetricNamed = false
        var statistics: [Statistic] = []
    }

    // MARK: - Candidates

    /// Of a word that names both a metric and rows, in a table, it is the one or the other: what leaves fewer values.
    func candidates(_ figure: Figure) -> Candidates {
        guard !figure.homonyms.isEmpty, figure.isCell || figure.unit != nil || figure.quantity.decimals > 0 else {
            return candidates(of: figure)
        }
        var (asMetric, asName) = (figure, figure)
        asMetric.entities.removeAll { entity in figure.homonyms.contains { $0.labels == entity.mention.labels } }
        asName.metric = nil
        let all = [figure, asMetric, asName].map { candidates(of: $0) }
        let sure = all.filter { !$0.entries.isEmpty && !$0.selection.isDoubtful }
        let hit = (sure.isEmpty ? all : sure).first { $0.entries.contains { prints(figure, $0) } }
        return hit ?? sure.min { $0.entries.count < $1.entries.count } ?? all[0]
    }

    private func candidates(of figure: Figure) -> Candidates {
        var result = Candidates(selection: Selection(figure, relation))
        let fits = { (column: Relation.Column) in
            Matching.fits(figure.unit, column)
                && (figure.unit != nil || figure.dimension == nil || column.dimension == .unknown
                    || column.dimension == figure.dimension)
        }
        let metric = metric(of: figure, in: result.selection.rows)
        result.entries = relation.entries(
            in: result.selection.rows, columns: metric?.mention.columns, limit: ValueJudge.mostCandidates, where: fits)
        if let metric, result.entries.isEmpty, figure.entities.contains(where: { $0.certainty == .context }) {
            // What stands above need not be about these rows.
            var own = figure
            own.entities.removeAll { $0.certainty == .context }
            let selection = Selection(own, relation)
            let entries = relation.entries(
                in: selection.rows, columns: metric.mention.columns, limit: ValueJudge.mostCandidates, where: fits)
            let isSure =
                selection.rows != nil
                || metric.mention.isWhole && metric.certainty == .own
                    && entries.allSatisfy { Matching.isInUnit(figure, relation.columns[relation.entries[$0].column]) }
            if !entries.isEmpty, isSure { (result.selection, result.entries) = (selection, entries) }
        }
        if let metric, result.entries.isEmpty, figure.entities.contains(where: { !$0.mention.wide.isEmpty }) {
            // The files of a server that a table names, too.
            let selection = Selection(figure.widened, relation)
            let entries = relation.entries(
                in: selection.rows, columns: metric.mention.columns, limit: ValueJudge.mostCandidates, where: fits)
            if !entries.isEmpty, selection.rows != nil { (result.selection, result.entries) = (selection, entries) }
        }
        // What names the owner does not name the metric as well.
        result.isMetricNamed =
            metric.map { metric in
                metric.mention.isWhole && metric.certainty <= .inherited
                    && (figure.isCell || !result.selection.used.contains { $0.tokens.overlaps(metric.mention.tokens) })
            } ?? false
        if let metric, result.entries.isEmpty, !metric.mention.wide.isEmpty {
            result.entries = relation.entries(
                in: result.selection.rows, columns: metric.mention.wide, limit: ValueJudge.mostCandidates, where: fits)
        }
        if metric != nil, result.entries.isEmpty {
            // The metric belongs to something else that is said, or not to these rows.
            result.isMetricNamed = false
            if result.selection.rows != nil {
                result.entries = relation.entries(
                    in: result.selection.rows, columns: nil, limit: ValueJudge.mostCandidates, where: fits)
            }
            result.selection.isDoubtful = true
        }
        result.all = result.entries
        result.statistics = statistics(figure)
        if !result.statistics.isEmpty {
            // A superlative may be one over the rows as well: `the lowest median`.
            let meant = figure.extreme == nil ? result.statistics : figure.namedStatistics
            let named = result.entries.filter {
                meant.contains(relation.columns[relation.entries[$0].column].statistic)
            }
            if !named.isEmpty {
                result.entries = named
                result.hasStatistic = true
            }
        }
        return result
    }

    /// The metric that is named, unless another number could have been meant by it, or the rows have just the figure's
    /// unit elsewhere: a number of watts is none of a column without a unit.
    private func metric(of figure: Figure, in rows: [Int]?) -> Figure.Bound<Reading.Metric>? {
        guard let metric = figure.metric, metric.certainty < .loose else { return nil }
        guard let unit = figure.unit, unit.dimension != .count, let rows, rows.count <= 64,
            metric.mention.columns.allSatisfy({
                relation.columns[$0].unit == nil && relation.columns[$0].dimension != unit.dimension
                    && !(unit.name == "%" && isShare(relation.columns[$0]))
            })
        else { return metric }
        let hasUnit = rows.contains { row in
            relation.rows[row].entries.contains {
                relation.columns[relation.entries[$0].column].unit?.isComparable(with: unit) ?? false
            }
        }
        return hasUnit ? nil : metric
    }

    /// The statistics of the data that the words for this number name.
    func statistics(_ figure: Figure) -> [Statistic] {
        var statistics = figure.namedStatistics
        switch figure.extreme {
        case nil: break
        case .most: statistics.append(.max)
        case .least: statistics.append(.min)
        case .best, .worst: statistics += [.min, .max]
        case .quickest: statistics.append(isRate(figure) ? .max : .min)
        case .slowest: statistics.append(isRate(figure) ? .min : .max)
        }
        return statistics
    }

    private func isRate(_ figure: Figure) -> Bool { (figure.unit?.dimension ?? figure.dimension) == .rate }

    // MARK: - Judging

    func judge(_ figure: Figure, local: () -> String?) -> Verdict {
        let candidates = candidates(figure)
        if figure.hedge == .bound, let verdict = bounded(figure, candidates) { return verdict }
        if let hit = candidates.entries.first(where: { prints(figure, $0) }) {
            return .grounded(relation.describe(hit))
        }
        if let aggregate = aggregate(figure, candidates) { return .derivable(aggregate) }
        if let part = part(figure) { return .derivable(part) }
        if let other = alternative(figure, candidates) {
            return .unverifiable("Something else that the sentence names has this value.", relation.describe(other))
        }
        if let local = local() { return .derivable(local) }
        if figure.hedge == .bound {
            // `never above 2,544`: as precise as that is a value, and stands somewhere.
            return figure.isOfSome || figure.quantity.isRoundLimit || isKnown(figure) || isJustBeyond(figure)
                ? .unverifiable("It is a bound, not a value.") : unbound(figure, candidates)
        }
        if let wrong = contradiction(figure, candidates) {
            // What stands nowhere and is one slip away from a value of what is named is that, however it was read.
            if wrong.rule != .G05, !isKnown(figure), let slip = Misprints(values: self).find(figure, candidates) {
                return slip
            }
            // The digits of its owner's value bear a wrong unit out themselves.
            return wrong.ground != .numbers || wrong.rule == .G05 ? wrong : wrong.resting(on: .words)
        }
        return unbound(figure, candidates)
    }

    /// A share of the data that so many of the whole are, or are not: `437 of the 1,319` are .3313.
    private func part(_ figure: Figure) -> String? {
        guard let whole = figure.whole, whole > ValueJudge.leastWhole else { return nil }
        let share = figure.quantity.value / whole
        let values = (relation.values[.unknown] ?? []) + (relation.values[.ratio] ?? [])
        let hit = values.first { value in
            [value.value, 1 - value.value].contains { abs($0 - share) * whole <= 0.5 }
        }
        return hit.map { "\(shown(share)) of \(shown(whole)), as \(relation.describe($0.entry))" }
    }

    /// Of fewer any number is some share.
    static let leastWhole = 100.0

    /// Whether the number stands in the data, or is no measurement.
    func isKnown(_ figure: Figure) -> Bool {
        search.entry(figure) != nil || mention(of: figure) != nil || aggregates.plain(figure) != nil
            || figure.quantity.isSpelled || figure.isRelative
            || figure.quantity.isWhole && relation.vocabulary.contains(shown(figure.quantity.value))
            || figure.quantity.int.map(relation.fileCounts.contains) ?? false
            || [nil, .count].contains(figure.unit?.dimension)
                && figure.quantity.int.map(relation.counts.contains) ?? false
    }

    func prints(_ figure: Figure, _ entry: Int) -> Bool {
        let entry = relation.entries[entry]
        return Matching.prints(figure, entry.value, relation.columns[entry.column])
    }

    /// A statistic over the rows that the data gives as single values.
    private func aggregate(_ figure: Figure, _ candidates: Candidates) -> String? {
        guard candidates.all.count > 1, candidates.all.count <= ValueJudge.mostCandidates else { return nil }
        for (column, entries) in groups(candidates.all) {
            // Rows that sum others up are none of them.
            let values = entries.filter { !relation.isTotal(relation.entries[$0].row) }.map {
                relation.entries[$0].value
            }.sorted()
            guard values.count > 1 else { continue }
            for (name, value) in aggregates(values, candidates.statistics, figure)
            where Matching.prints(figure, value, relation.columns[column]) {
                return "\(name) of \(values.count) values of \(relation.columns[column].name) = \(shown(value))"
            }
        }
        return nil
    }

    func aggregates(_ values: [Double], _ named: [Statistic], _ figure: Figure) -> [(String, Double)] {
        let sum = values.reduce(0, +)
        let middle = values.count / 2
        let median = values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
        let all: [(Statistic, String, Double)] =
            [
                (.min, "minimum", values[0]), (.max, "maximum", values[values.count - 1]),
                (.mean, "mean", sum / Double(values.count)),
                (.median, "median", median), (.total, "sum", sum),
            ] + spreads(values, sum / Double(values.count), named)
        // A sum is one where it is called so.
        return all.filter { statistic, _, _ in
            named.isEmpty ? statistic != .total || figure.isOfWhole : named.contains(statistic)
        }.map { ($0.1, $0.2) }
    }

    /// Of the sample and of all, where one is named: reports seldom say which.
    private func spreads(_ values: [Double], _ mean: Double, _ named: [Statistic]) -> [(Statistic, String, Double)] {
        guard values.count > 2, let asked = named.first(where: { [.standardDeviation, .spread].contains($0) }) else {
            return []
        }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let count = Double(values.count)
        return [squares / (count - 1), squares / count].map { (asked, "standard deviation", $0.squareRoot()) }
    }

    /// By column and file, then by column over all files.
    func groups(_ entries: [Int]) -> [(column: Int, entries: [Int])] {
        let columns = Dictionary(grouping: entries) { relation.entries[$0].column }.sorted { $0.key < $1.key }
        return columns.flatMap { column, entries in
            let files = Dictionary(grouping: entries) { relation.rows[relation.entries[$0].row].file }.sorted {
                $0.key < $1.key
            }
            return files.map { (column, $0.value) } + (files.count > 1 ? [(column, entries)] : [])
        }
    }

    /// The same of another subject of the sentence, where it is not sure which is meant.
    private func alternative(_ figure: Figure, _ candidates: Candidates) -> Int? {
        // A cell whose row and column leave one value means that one.
        if figure.isCell, candidates.entries.count == 1, candidates.isMetricNamed, candidates.selection.isNamed,
            !candidates.selection.isDoubtful
        {
            return nil
        }
        let isUnsure =
            figure.entities.contains { $0.certainty >= .inherited && $0.certainty < .faint }
            || candidates.selection.isDoubtful
        // What stands above in part says nothing of an owner that the sentence names.
        let isOwned = figure.entities.contains { $0.certainty == .own && !$0.mention.isKey && $0.mention.isWhole }
        let others =
            figure.entities.filter { !isOwned || $0.certainty < .context }.compactMap { entity in
                entity.mention.wide.isEmpty ? nil : within(entity.mention.wide, figure, besides: entity.mention)
            } + (isUnsure ? figure.alternatives.map(\.rows) : [])
        // The value of another metric is none of the one that is named.
        let columns = candidates.isMetricNamed && !isUnsure ? figure.metric?.mention.columns : nil
        for rows in others {
            let entries = relation.entries(in: rows, columns: columns, limit: ValueJudge.mostCandidates) {
                Matching.fits(figure.unit, $0)
            }
            if let hit = entries.first(where: { prints(figure, $0) }) { return hit }
        }
        return nil
    }

    /// Rows of what else the number's own names leave: `A` at 25 users is not `A` at 100.
    private func within(_ rows: [Int], _ figure: Figure, besides entity: Reading.Entity) -> [Int] {
        figure.entities.filter { $0.certainty == .own && $0.mention.isKey && $0.mention.tokens != entity.tokens }
            .reduce(
                rows
            ) { rows, key in
                let both = intersection(rows, key.mention.rows)
                return both.isEmpty ? rows : both
            }
    }
}
