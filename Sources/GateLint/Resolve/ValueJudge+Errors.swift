internal import GateCore
internal import GateVocabulary

extension ValueJudge {
    func contradiction(_ figure: Figure, _ candidates: Candidates) -> Verdict? {
        if let wrong = otherDimension(figure, candidates.selection) { return wrong }
        var entries = candidates.entries
        if let unit = figure.unit,
            case let measured = entries.filter({
                relation.columns[relation.entries[$0].column].unit?.isComparable(with: unit) ?? false
            }), !measured.isEmpty
        {
            entries = measured
        } else if let unit = figure.unit, unit.dimension != .count,
            case let measured = entries.filter({
                relation.columns[relation.entries[$0].column].dimension == unit.dimension
            }), !measured.isEmpty
        {
            entries = measured
        }
        // A spread is called one, and a single sample in an array is what its mean is of.
        if candidates.statistics.isEmpty,
            case let plain = entries.filter({ !isAside(relation.columns[relation.entries[$0].column]) }),
            !plain.isEmpty
        {
            entries = plain
        }
        guard !entries.isEmpty, entries.count <= ValueJudge.mostCandidates else { return nil }
        var candidates = candidates
        candidates.entries = entries
        let selection = candidates.selection
        let isOnly = entries.count == 1
        // A part of a metric's name and a statistic that leave one value of all the data name it.
        let isOnlyStatistic =
            isOnly && candidates.hasStatistic && figure.metric?.certainty == .own && !selection.isVague
        guard
            selection.isNamed || isOnlyStatistic
                || candidates.isMetricNamed && (isOnly && !selection.isVague || !figure.isDerived),
            !selection.isDoubtful
        else { return nil }
        let columns = Set(entries.map { relation.entries[$0].column })
        let isOneMetric = Set(columns.map { relation.columns[$0].terms }).count == 1
        let isOneStatistic = Set(columns.map { relation.columns[$0].statistic }).count == 1
        // A percentage of what is no share is one that was computed.
        if figure.isRelative,
            !columns.allSatisfy({ isShare(relation.columns[$0]) || isOfHundred(relation.columns[$0]) })
        {
            return nil
        }
        if figure.isDerived { return nil }
        // `the winner's MRR is 1.32x` is no MRR; and `reranking brings 0.133` no time, where the times are none of that size.
        if isFactor(figure, ofNone: columns) || isOfOtherSize(figure, entries) || countsOther(figure, columns) {
            return nil
        }
        // `9 flakes` are none of `flake_rate`.
        if figure.quantity.isWhole, figure.quantity.value > 1, !figure.quantity.isPercent,
            columns.contains(where: { isFarFromShares(figure, relation.columns[$0]) })
        {
            return nil
        }
        let isUnitSure = figure.unit.map { unit in
            unit.dimension != .ratio && columns.count == 1
                && columns.allSatisfy {
                    relation.columns[$0].unit?.isComparable(with: unit)
                        ?? (relation.columns[$0].dimension == unit.dimension && isOfSize(figure, entries))
                }
        }
        let isMetricSure =
            candidates.isMetricNamed && isOneMetric || isOnlyStatistic || isUnitSure ?? false && !figure.isCell
        if figure.extreme != nil, Set(entries.map({ relation.entries[$0].row })).count > 1 { return nil }
        // `642 samples` are none of `min_samples`, which the text would call so.
        let isOfLimit = columns.allSatisfy { [.min, .max].contains(relation.columns[$0].statistic) }
        if isOfLimit, candidates.statistics.isEmpty, !figure.isCell { return nil }
        let isStatisticSure =
            candidates.statistics.isEmpty || figure.extreme != nil
            ? isOneStatistic : candidates.hasStatistic && isOneStatistic
        // What only goes on with the owner before may have one of its own; what the sentence has no number of may be meant.
        if selection.isInherited, misplaced(figure, candidates, columns) != nil { return nil }
        if isSumOfAll(figure, entries, columns) { return nil }
        // `at its best`: where that is need not be said.
        if figure.extreme != nil, selection.used.contains(where: \.isKey) { return nil }
        if isOfOther(figure, selection) || isElsewhere(figure, candidates, columns) || isOfRowsSoNamed(figure, columns)
        {
            return nil
        }
        if let (slip, entry) = slip(figure, entries) { return slip.against(entry) }
        let rows = Set(entries.map { relation.entries[$0].row })
        let isOneValue = entries.allSatisfy { relation.entries[$0].value == relation.entries[entries[0]].value }
        if isMetricSure, isStatisticSure, rows.count == 1 || isOneValue {
            let first = entries[0]
            let elsewhere = misplaced(figure, candidates, columns)
            return .contradicted(
                .G04, relation.describe(first) + (elsewhere.map { "; \(shownNumber(figure)) is that of \($0)" } ?? ""),
                "The data says \(shown(relation.entries[first].value)) for \(subject(first)), not \(shownNumber(figure))."
            ).resting(on: isOfOtherRow(figure, columns) ? .misplaced : .words).against(
                rows.count == 1 ? first : nil)
        }
        if let none = noneOfOwner(figure, candidates) { return none }
        let isUnitNamed = isUnitSure ?? false && !figure.isCell && isOfOtherName(figure, columns)
        guard candidates.isMetricNamed || isUnitNamed, isStatisticSure else { return nil }
        guard selection.isNamed, let elsewhere = misplaced(figure, candidates, columns) else { return nil }
        return .misattributed(
            .G04, relation.describe(entries[0]) + "; \(shownNumber(figure)) is that of \(elsewhere)",
            "The value is not that of \(relation.name(ofRow: relation.entries[entries[0]].row)) but of \(elsewhere)."
        ).resting(on: isOfOtherRow(figure, columns) ? .misplaced : .words)
    }

    private func isAside(_ column: Relation.Column) -> Bool {
        [.standardDeviation, .spread].contains(column.statistic) || column.name.hasSuffix("]")
    }

    /// `accuracy on arc is 0.54`, where a table has a column `arc` and another file rows of that name: one of these says it.
    private func isOfRowsSoNamed(_ figure: Figure, _ columns: Set<Int>) -> Bool {
        guard !figure.isCell else { return false }
        let names = columns.map { relation.columns[$0].terms }.filter { !$0.isEmpty }
        let owners = figure.entities.filter { $0.certainty <= .inherited }.map(\.mention)
        return search.entries(figure, limit: ValueJudge.mostOfOwner).contains { hit in
            let row = relation.entries[hit].row
            let labels = relation.rows[row].labels
            // Rows of another owner are none of this one.
            let isOthers = owners.contains { owner in
                !contains(owner.rows, row)
                    && labels.contains { label in
                        owner.labels.contains { relation.labels[$0].name == relation.labels[label].name }
                    }
            }
            return !isOthers && labels.contains { names.contains(Canon.terms(ofName: relation.labels[$0].text)) }
        }
    }

    /// `23.8 million searches` may be all of them together.
    private func isSumOfAll(_ figure: Figure, _ entries: [Int], _ columns: Set<Int>) -> Bool {
        guard figure.quantity.scale > 1, columns.count == 1, let column = columns.first,
            relation.columns[column].entries.count <= ValueJudge.mostCandidates,
            let most = entries.map({ relation.entries[$0].value }).max()
        else { return false }
        let value = figure.quantity.value * (figure.unit?.factor ?? 1) / (relation.columns[column].unit?.factor ?? 1)
        let sum = relation.columns[column].entries.reduce(0) { $0 + max(0, relation.entries[$1].value) }
        return value > most && value <= sum
    }

    private func isOfOtherRow(_ figure: Figure, _ columns: Set<Int>) -> Bool {
        figure.quantity.significant >= 3
            && columns.contains { column in
                relation.columns[column].entries.prefix(ValueJudge.mostCandidates).contains { prints(figure, $0) }
            }
    }

    /// The value stands in rows that none of the names are of; where only keys tell them apart, rather these were misread.
    private func isOfOtherName(_ figure: Figure, _ columns: Set<Int>) -> Bool {
        let names = figure.entities.filter { $0.certainty <= .context && !$0.mention.isKey }.map(\.mention.rows)
        guard figure.quantity.significant >= 3, !names.isEmpty else { return false }
        let hits = columns.flatMap { relation.columns[$0].entries.prefix(ValueJudge.mostCandidates) }.filter {
            prints(figure, $0)
        }
        return !hits.isEmpty
            && hits.allSatisfy { hit in names.contains { !contains($0, relation.entries[hit].row) } }
    }

    /// A number of times, where no column has any.
    private func isFactor(_ figure: Figure, ofNone columns: Set<Int>) -> Bool {
        figure.unit?.name == "x"
            && columns.allSatisfy { column in
                let unit = relation.columns[column].unit
                return unit?.name != "x" && (unit != nil || isShare(relation.columns[column]))
            }
    }

    /// Values of a column without a unit that are no sentinels of it and not of quite another size.
    private func isOfSize(_ figure: Figure, _ entries: [Int]) -> Bool {
        entries.allSatisfy { entry in
            let value = relation.entries[entry].value
            return value > 0 && figure.quantity.value > 0
                && (0.01...100).contains(figure.quantity.value / value)
        }
    }

    /// Scores from 0 to 100 with fractions, of which no unit is told: these are percentages as a rule.
    private func isOfHundred(_ column: Relation.Column) -> Bool {
        let values = column.entries.prefix(ValueJudge.mostOfOwner).map { relation.entries[$0].value }
        return column.unit == nil && column.dimension == .unknown && values.count > 1
            && values.allSatisfy { (0...100).contains($0) } && values.contains { $0 > 1 && $0 != $0.rounded() }
    }

    private func isOfWholes(_ column: Relation.Column) -> Bool {
        column.entries.prefix(ValueJudge.mostOfOwner).allSatisfy {
            relation.entries[$0].value.rounded() == relation.entries[$0].value
        }
    }

    /// `84,210 documents` are none of `overlap_tokens`.
    private func countsOther(_ figure: Figure, _ columns: Set<Int>) -> Bool {
        // `564 chunks` are no perplexity.
        if let counted = figure.counted, !columns.contains(where: { relation.columns[$0].terms.contains(counted) }) {
            return columns.allSatisfy { relation.columns[$0].unit != nil || !isOfWholes(relation.columns[$0]) }
        }
        guard figure.unit?.dimension == .count, let counted = figure.unit?.counted else { return false }
        return columns.allSatisfy { column in
            relation.columns[column].unit?.counted.map { $0 != counted } ?? false
        }
    }

    /// A number in a sentence without any unit that is far from every value of a metric that has one: of what else it may be
    /// is not said.
    private func isOfOtherSize(_ figure: Figure, _ entries: [Int]) -> Bool {
        guard !figure.isCell else { return false }
        if isSmallCount(figure, ofNone: entries) { return true }
        guard figure.unit == nil else { return false }
        return entries.allSatisfy { entry in
            let value = abs(relation.entries[entry].value)
            let size = abs(figure.quantity.value)
            guard let unit = relation.columns[relation.entries[entry].column].unit,
                ![.count, .ratio, .unknown].contains(unit.dimension)
            else { return false }
            return value == 0 || size == 0 || size / value > 100 || value / size > 100
        }
    }

    /// `the 43 queries`, where thousands were completed: what there are few of is counted otherwise.
    private func isSmallCount(_ figure: Figure, ofNone entries: [Int]) -> Bool {
        guard figure.quantity.isWhole, figure.quantity.digits < 3, figure.quantity.scale == 1,
            figure.unit.map({ $0.dimension == .count }) ?? (figure.counted != nil)
        else { return false }
        return entries.allSatisfy { abs(relation.entries[$0].value) > 5 * figure.quantity.value }
    }

    /// The number is one of its owner's, in a unit that measures something else.
    private func otherDimension(_ figure: Figure, _ selection: Selection) -> Verdict? {
        guard let unit = figure.quantity.unit, ![.count, .ratio, .unknown].contains(unit.dimension),
            figure.quantity.digits >= 3, selection.isNamed, !selection.isDoubtful, !selection.isInherited,
            let rows = selection.rows, rows.count <= 8
        else { return nil }
        for row in rows {
            for entry in relation.rows[row].entries {
                let column = relation.columns[relation.entries[entry].column]
                guard let other = column.unit, ![.count, .ratio].contains(other.dimension),
                    other.dimension != unit.dimension, figure.quantity.prints(relation.entries[entry].value)
                else { continue }
                return .contradicted(
                    .G05, relation.describe(entry), "The number is that of the data, its unit is not.")
            }
        }
        return nil
    }

    /// Whether another metric that the sentence names, and no other number belongs to, has this value.
    private func isOfOther(_ figure: Figure, _ selection: Selection) -> Bool {
        guard let rows = selection.rows, rows.count <= 64 else { return false }
        return figure.otherMetrics.contains { metric in
            relation.entries(in: rows, columns: metric.columns, limit: ValueJudge.mostCandidates) { _ in true }.contains
            {
                prints(figure, $0)
            }
        }
    }

    /// Whether another column that is named by the owner itself, as `glibc_rss` is, has the value.
    private func isElsewhere(_ figure: Figure, _ candidates: Candidates, _ columns: Set<Int>) -> Bool {
        let owners = candidates.selection.used.filter { !$0.isKey }.flatMap { entity in
            entity.labels.map { Set(Canon.terms(ofName: relation.labels[$0].text)) }
        }
        guard !owners.isEmpty else { return false }
        return search.entries(figure, limit: ValueJudge.mostOfOwner).contains { entry in
            let column = relation.entries[entry].column
            let terms = Set(Canon.terms(ofName: relation.columns[column].name))
            return !columns.contains(column) && owners.contains { !$0.isEmpty && $0.isSubset(of: terms) }
        }
    }

    private func isMixedUp(_ hit: Int, _ candidates: Candidates) -> Bool {
        guard candidates.isMetricNamed, candidates.hasStatistic else { return false }
        let other = relation.columns[relation.entries[hit].column]
        let meant = relation.columns[relation.entries[candidates.entries[0]].column]
        return other.terms == meant.terms && other.statistic != meant.statistic
    }

    /// Whatever is meant of its owner, it is not this: all values of the dimension are others.
    private func noneOfOwner(_ figure: Figure, _ candidates: Candidates) -> Verdict? {
        guard figure.hedge == .exact, candidates.entries.count <= ValueJudge.mostOfOwner,
            !isSumOrMean(figure, candidates),
            !candidates.selection.isInherited, candidates.statistics.isEmpty || candidates.hasStatistic
        else { return nil }
        if candidates.isMetricNamed {
            let metrics = Set(candidates.entries.map { relation.columns[relation.entries[$0].column].terms })
            guard metrics.count == 1, figure.unit != nil || figure.quantity.digits >= 3 else { return nil }
        } else {
            guard let unit = figure.unit, ![.count, .ratio, .unknown].contains(unit.dimension), !figure.isCell,
                figure.quantity.significant >= 3,
                candidates.selection.used.contains(where: { $0.isWhole && !$0.isKey }),
                Set(candidates.entries.map { relation.columns[relation.entries[$0].column].terms }).count <= 2,
                candidates.entries.allSatisfy({
                    relation.columns[relation.entries[$0].column].unit?.isComparable(with: unit) ?? false
                })
            else { return nil }
        }
        // What stands elsewhere in the data may be meant of something that was not read; but for another statistic of
        // just this metric, which is what it was mixed up with.
        let first = candidates.entries[0]
        if let hit = search.plain(figure) ?? search.entry(figure), !isMixedUp(hit, candidates) { return nil }
        let elsewhere = misplaced(figure, candidates, Set(candidates.entries.map { relation.entries[$0].column }))
        return .contradicted(
            .G04, relation.describe(first) + (elsewhere.map { "; \(shownNumber(figure)) is that of \($0)" } ?? ""),
            "None of the \(candidates.entries.count) values that the data has of it is \(shownNumber(figure)); one is \(shown(relation.entries[first].value)) for \(subject(first))."
        )
        .resting(on: .exclusion)
    }

    /// More single values may be summed up or averaged in words that were not read.
    private func isSumOrMean(_ figure: Figure, _ candidates: Candidates) -> Bool {
        let columns = Dictionary(grouping: candidates.entries) { relation.entries[$0].column }
        return figure.namedStatistics.isEmpty && figure.extreme == nil
            && columns.contains { column, entries in
                guard entries.count > 2, relation.columns[column].statistic == .raw,
                    let least = entries.map({ relation.entries[$0].value }).min()
                else { return false }
                let factor =
                    (figure.unit?.factor ?? 1) / (figure.unit == nil ? 1 : relation.columns[column].unit?.factor ?? 1)
                return figure.quantity.value * factor > least
                    && figure.quantity.value * factor <= entries.reduce(0) { $0 + relation.entries[$1].value }
            }
    }

    /// A column of shares, of which the number is none in percent either.
    private func isFarFromShares(_ figure: Figure, _ column: Relation.Column) -> Bool {
        guard column.isFraction, column.entries.count > 1, column.unit.map({ $0.dimension == .ratio }) ?? true else {
            return false
        }
        let values = column.entries.prefix(ValueJudge.mostCandidates).map { 100 * relation.entries[$0].value }
        guard let least = values.min(), let most = values.max() else { return false }
        return !(0.5 * least...max(1.2 * most, 1)).contains(figure.quantity.value)
    }

    /// What values of the metrics come to, by any names.
    func total(_ figure: Figure, _ candidates: Candidates) -> String? {
        guard candidates.all.count > 1 else { return nil }
        let metrics = Set(candidates.all.map { relation.columns[relation.entries[$0].column].terms })
        let hits = aggregates.entries(figure, limit: 256)
        let hit = hits.first {
            guard $0 >= relation.entries.count else { return false }
            let column = aggregates.relation.columns[aggregates.relation.entries[$0].column]
            return metrics.contains(column.terms)
                && (column.statistic == .total || figure.namedStatistics.contains(column.statistic))
        }
        return hit.map(aggregates.relation.describe)
    }

    func isShare(_ column: Relation.Column) -> Bool {
        column.isFraction || column.unit?.dimension == .ratio || column.dimension == .ratio
    }

    /// The digits are right, and the unit or the point is not.
    private func slip(_ figure: Figure, _ entries: [Int]) -> (Verdict, entry: Int)? {
        // Among many values some have the digits by accident.
        guard figure.quantity.significant >= 3, entries.count <= ValueJudge.mostOfSlip else { return nil }
        for entry in entries {
            let value = relation.entries[entry].value
            let column = relation.columns[relation.entries[entry].column]
            if let unit = column.unit, let mine = figure.quantity.unit, unit.dimension == mine.dimension,
                unit.factor != mine.factor || unit.name != mine.name
            {
                for power in [3, -3, 6, -6, 9, -9] where Matching.prints(figure, value * powerOfTen(power), column) {
                    let verdict = Verdict.contradicted(
                        .G05, relation.describe(entry), "The number is that of the data, its unit is not.")
                    return (verdict, entry)
                }
            }
            // Hundredths of a currency have names of their own.
            let powers = column.unit?.dimension == .money ? [1, -1, 3, -3] : [1, -1, 2, -2, 3, -3]
            for power in powers where Matching.prints(figure, value * powerOfTen(power), column) {
                let verdict = Verdict.contradicted(
                    column.unit == nil || abs(power) < 3 ? .G04 : .G05, relation.describe(entry),
                    "The digits are those of the data, the size is not: it says \(shown(value))\(column.unit.map { " \($0.name)" } ?? "")."
                )
                return (verdict, entry)
            }
        }
        return nil
    }

    /// Where the value stands instead: in another row of the same column, or in another column of the same rows.
    private func misplaced(_ figure: Figure, _ candidates: Candidates, _ columns: Set<Int>) -> String? {
        guard figure.quantity.digits >= 3 || figure.quantity.decimals > 0 && figure.quantity.digits >= 2 else {
            return nil
        }
        for column in columns.sorted() {
            for entry in relation.columns[column].entries.prefix(ValueJudge.mostCandidates) where prints(figure, entry)
            {
                let row = relation.entries[entry].row
                if candidates.selection.rows.map({ contains($0, row) }) != true {
                    return relation.name(ofRow: row) + " (\(relation.entries[entry].source.shown))"
                }
            }
        }
        guard candidates.isMetricNamed || candidates.hasStatistic, let rows = candidates.selection.rows, rows.count <= 8
        else { return nil }
        for row in rows {
            for entry in relation.rows[row].entries where prints(figure, entry) {
                return relation.columns[relation.entries[entry].column].name
            }
        }
        return nil
    }

    private func subject(_ entry: Int) -> String {
        let entry = relation.entries[entry]
        let name = relation.name(ofRow: entry.row)
        return relation.columns[entry.column].name + (name.isEmpty ? "" : " of \(name)")
    }

    func shownNumber(_ figure: Figure) -> String { shown(figure.quantity.value) }
}
