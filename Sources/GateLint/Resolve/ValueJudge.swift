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

    /// Fewer are a round limit.
    private static let digitsOfBound = 3

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
                    && entries.allSatisfy { isInUnit(figure, relation.columns[relation.entries[$0].column]) }
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
            let named = result.entries.filter {
                result.statistics.contains(relation.columns[relation.entries[$0].column].statistic)
            }
            // A superlative may be one over the rows as well.
            if !named.isEmpty, figure.extreme == nil {
                result.entries = named
                result.hasStatistic = true
            }
        }
        return result
    }

    private func isInUnit(_ figure: Figure, _ column: Relation.Column) -> Bool {
        figure.unit.map { unit in column.unit?.isComparable(with: unit) ?? false } ?? true
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
        if let hit = candidates.entries.first(where: { prints(figure, $0) }) {
            return .grounded(relation.describe(hit))
        }
        if let aggregate = aggregate(figure, candidates) { return .derivable(aggregate) }
        if let other = alternative(figure, candidates) {
            return .unverifiable("Something else that the sentence names has this value.", relation.describe(other))
        }
        if let local = local() { return .derivable(local) }
        if figure.hedge == .bound {
            // `never above 2,544`: as precise as that is a value, and stands somewhere.
            return figure.quantity.significant < ValueJudge.digitsOfBound || isKnown(figure)
                ? .unverifiable("It is a bound, not a value.") : unbound(figure, candidates)
        }
        if let wrong = contradiction(figure, candidates) {
            return total(figure, candidates).map { .derivable($0) }
                // The digits of its owner's value bear a wrong unit out themselves.
                ?? (wrong.ground != .numbers || wrong.rule == .G05 ? wrong : wrong.resting(on: .words))
        }
        return unbound(figure, candidates)
    }

    /// Whether the number stands in the data, or is no measurement.
    func isKnown(_ figure: Figure) -> Bool {
        search.entry(figure) != nil || mention(of: figure) != nil || aggregates.plain(figure) != nil
            || figure.quantity.isSpelled || figure.isRelative
            || figure.quantity.isWhole && relation.vocabulary.contains(shown(figure.quantity.value))
            || figure.quantity.int.map(relation.fileCounts.contains) ?? false
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

    private func aggregates(_ values: [Double], _ named: [Statistic], _ figure: Figure) -> [(String, Double)] {
        let sum = values.reduce(0, +)
        let middle = values.count / 2
        let median = values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
        let all: [(Statistic, String, Double)] = [
            (.min, "minimum", values[0]), (.max, "maximum", values[values.count - 1]),
            (.mean, "mean", sum / Double(values.count)),
            (.median, "median", median), (.total, "sum", sum),
        ]
        // A sum is one where it is called so.
        return all.filter { named.isEmpty ? $0.0 != .total : named.contains($0.0) }.map { ($0.1, $0.2) }
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
            figure.entities.filter { !isOwned || $0.certainty < .context }.map(\.mention.wide).filter { !$0.isEmpty }
            + (isUnsure ? figure.alternatives.map(\.rows) : [])
        for rows in others {
            let entries = relation.entries(in: rows, columns: nil, limit: ValueJudge.mostCandidates) {
                Matching.fits(figure.unit, $0)
            }
            if let hit = entries.first(where: { prints(figure, $0) }) { return hit }
        }
        return nil
    }

    // MARK: - What is bound to nothing

    /// A sentence of the data that has the number.
    func mention(of figure: Figure) -> String? {
        guard !mentions.relation.isEmpty else { return nil }
        let hit = mentions.plain(figure) ?? mentions.anywhere(figure.quantity, figure.slack)
        return hit.map { mentions.relation.describe($0) }
    }

    /// Whether the number lies between the values of the one column.
    private func isWithin(_ figure: Figure, _ entries: [Int]) -> Bool {
        let columns = Set(entries.map { relation.entries[$0].column })
        guard columns.count == 1, let column = columns.first, entries.count > 1,
            let least = entries.map({ relation.entries[$0].value }).min(),
            let most = entries.map({ relation.entries[$0].value }).max()
        else { return false }
        let factor = (figure.unit?.factor ?? 1) / (figure.unit == nil ? 1 : relation.columns[column].unit?.factor ?? 1)
        return (least...most).contains(figure.quantity.value * factor)
    }

    /// Two values of one column are so far apart, or two of one row.
    private func isBetweenTwo(_ figure: Figure) -> Bool {
        guard !figure.isRelative || figure.quantity.isPercent else { return false }
        return relation.columns.contains { column in
            guard column.entries.count <= ValueJudge.mostOfOwner, Matching.fits(figure.unit, column) else {
                return false
            }
            let values = column.entries.map { relation.entries[$0].value }
            return values.indices.contains { one in
                values[..<one].contains { Matching.prints(figure, abs(values[one] - $0), column) }
            }
        }
    }

    /// `27.1 requests/s`, where so many are failures: what is counted tells them apart.
    private func otherCounted(_ figure: Figure) -> Verdict? {
        guard let unit = figure.unit, unit.dimension == .rate, let counted = unit.counted, figure.hedge == .exact,
            figure.quantity.significant >= 3, !figure.isDerived,
            relation.columns.contains(where: { $0.unit?.counted == counted && $0.dimension == .rate }),
            let open = MeasuredUnit("/s")
        else { return nil }
        var other = figure
        other.unit = open
        let hits = search.entries(other, limit: ValueJudge.mostOfSlip).filter {
            relation.columns[relation.entries[$0].column].unit?.dimension == .rate
        }
        guard let hit = hits.first,
            hits.allSatisfy({
                relation.columns[relation.entries[$0].column].unit?.counted.map { $0 != counted } ?? false
            })
        else { return nil }
        return .contradicted(
            .G04, relation.describe(hit), "The number stands in the data, but not as one of \(unit.name).")
    }

    /// The number is in the column's unit; without one it has as many decimals as its values, and is of their size.
    private func isMeasuredAlike(_ figure: Figure, _ column: Relation.Column) -> Bool {
        if let unit = figure.unit, column.unit != nil || unit.name == "%" || figure.quantity.decimals == 0 {
            return column.unit?.isComparable(with: unit) ?? (unit.name == "%" && column.isFraction)
        }
        guard column.unit == nil, figure.quantity.decimals > 1 || figure.unit != nil, column.dimension == .unknown
        else { return false }
        return column.entries.prefix(ValueJudge.mostOfOwner).contains { entry in
            let value = abs(relation.entries[entry].value)
            return value.rounded() != value && (0.1...10).contains(abs(figure.quantity.value) / max(value, 1e-12))
        }
    }

    /// The metric that is named just there has no such value, of whomever.
    private func isNoneOf(_ figure: Figure) -> Bool {
        guard let metric = figure.metric, metric.certainty <= .inherited, metric.mention.isWhole, !figure.isDerived,
            !figure.isRelative || figure.unit?.name == "%", figure.hedge == .exact, !figure.isOfSeveral,
            figure.quantity.significant >= 2, !figure.quantity.isSpelled
        else { return false }
        let columns = metric.mention.columns + metric.mention.wide
        guard columns.allSatisfy({ isMeasuredAlike(figure, relation.columns[$0]) }) else { return false }
        // What is called so and more, or stands below such a name, may be meant by it.
        let names = columns.map { column in relation.columns[column].terms.filter { !Lexicon.generic.contains($0) } }
        let hits = search.entries(figure, limit: ValueJudge.mostCandidates)
        // The number is one of whom the sentence names, and the metric has none of it there: rather the metric was misread.
        let owners = figure.entities.filter { $0.certainty <= .context }.map(\.mention.rows)
        if hits.contains(where: { hit in owners.contains { contains($0, relation.entries[hit].row) } }) { return false }
        return !hits.isEmpty
            && hits.allSatisfy { hit in
                let source = relation.entries[hit].source
                let terms = Canon.terms(ofName: source.pointer ?? relation.columns[relation.entries[hit].column].name)
                return !names.contains { $0.allSatisfy(terms.contains) }
            }
    }

    private func unbound(_ figure: Figure, _ candidates: Candidates) -> Verdict {
        if let other = otherCounted(figure) { return other }
        if let misprint = Misprints(values: self).findExchanged(figure, candidates) { return misprint }
        if let hit = search.entry(figure) {
            if isNoneOf(figure) {
                return .unsupported(
                    .G01, relation.describe(hit), "The number stands in the data, but not as one of what it is called.")
            }
            return .unverifiable(
                "The number stands in the data; what the sentence says of it was not bound.", relation.describe(hit))
        }
        if let place = mention(of: figure) {
            return .unverifiable("The number stands in a text of the data; of what it is was not read.", place)
        }
        if figure.namedStatistics.contains(.mean), isWithin(figure, candidates.all) {
            return .unverifiable("It lies between the values; of which of them it is the mean was not read.")
        }
        let base =
            figure.quantity.value
            * (figure.unit?.dimension == .bytes ? figure.unit?.otherFactor ?? figure.unit?.factor ?? 1 : 1)
        if figure.quantity.isWhole,
            relation.vocabulary.contains(shown(base)) || relation.vocabulary.contains(shown(figure.quantity.value))
        {
            return .unverifiable("The number is a part of a name of the data.")
        }
        if let count = Int(checked: base), Double(count) == base, relation.fileCounts.contains(count) {
            return .unverifiable("So many files there are; that the text says it of them was not read.")
        }
        // What follows from values that are named, in a way that was not read, may be right.
        let hasGround = candidates.selection.rows != nil || candidates.isMetricNamed
        if figure.quantity.isFactor || figure.isRelative && hasGround {
            return .unverifiable("From what it follows was not read.")
        }
        if figure.isDerived, hasGround && figure.quantity.digits < 3 || figure.isOfSeveral || isBetweenTwo(figure) {
            return .unverifiable("Of what it is the sum or the difference was not read.")
        }
        if let rows = candidates.selection.rows, candidates.selection.isNamed, figure.hedge != .bound,
            let text = DataColumns(relation: relation).give(figure, rows)
        {
            return .unverifiable("Two values of its row come to it; that the sentence means them was not read.", text)
        }
        if let hit = aggregates.plain(figure) {
            return .unverifiable(
                "Values of the data come to it; what the sentence says of it was not bound.",
                aggregates.relation.describe(hit))
        }
        // By how much one is more than another: how it was computed was not read.
        if figure.isAmount {
            return .unverifiable("Of what it is the sum or the difference was not read.")
        }
        if let misprint = Misprints(values: self).find(figure, candidates) { return misprint }
        let isSaid =
            figure.unit != nil || figure.metric != nil || figure.quantity.digits >= 3
            || figure.quantity.decimals > 1 && figure.entities.contains { $0.certainty == .own }
        guard isSaid, !figure.quantity.isSpelled, !relation.isEmpty else {
            return .unverifiable("The text gives too little to bind the number.")
        }
        let metric = figure.metric.map { relation.columns[$0.mention.columns[0]].name }
        // A spread that the data neither has nor gives.
        let spreads = figure.namedStatistics.filter { $0 == .standardDeviation || $0 == .spread }
        let isInvented = !spreads.isEmpty && !relation.columns.contains { spreads.contains($0.statistic) }
        return .unsupported(
            isInvented ? .G08 : .G01,
            candidates.entries.first.map { "for example \(relation.describe($0))" }
                ?? "not among the data's \(relation.entries.count) figures",
            metric.map { "None of the data's figures for \($0) is \(shownNumber(figure))." }
                ?? "Nothing in the data gives this number.")
    }
}
