internal import GateCore
internal import GateVocabulary

extension ValueJudge {
    func contradiction(_ figure: Figure, _ candidates: Candidates) -> Verdict? {
        if let wrong = otherDimension(figure, candidates.selection) { return wrong }
        let entries = meant(by: figure, candidates)
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
        if figure.isDerived || isWholeAmongParts(figure, entries) { return nil }
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
        if isOfLimit, candidates.statistics.isEmpty { return nil }
        let isStatisticSure =
            candidates.statistics.isEmpty || figure.extreme != nil
            ? isOneStatistic : candidates.hasStatistic && isOneStatistic
        // What only goes on with the owner before may have one of its own; what the sentence has no number of may be meant.
        if selection.isInherited, misplaced(figure, candidates, columns) != nil { return nil }
        if isOfOther(figure, selection) || isElsewhere(figure, candidates, columns) || isOfRowsSoNamed(figure, columns)
            || isOfKin(figure, columns)
        {
            return nil
        }
        if let (slip, entry) = slip(figure, entries) { return slip.against(entry) }
        if let slip = slipOfComputed(figure, candidates) { return slip }
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
        // Of many rows of one owner a mean may be meant, whatever single value of another one is as large.
        if rows.count > 1, figure.quantity.significant < ValueJudge.fewestOfMisplaced,
            figure.quantity.significant < 3 || aggregates.plain(figure) != nil
        {
            return nil
        }
        let isUnitNamed = isUnitSure ?? false && !figure.isCell && isOfOtherName(figure, columns)
        guard candidates.isMetricNamed || isUnitNamed, isStatisticSure else { return nil }
        guard selection.isNamed, let elsewhere = misplaced(figure, candidates, columns) else { return nil }
        return .misattributed(
            .G04, relation.describe(entries[0]) + "; \(shownNumber(figure)) is that of \(elsewhere)",
            "The value is not that of \(relation.name(ofRow: relation.entries[entries[0]].row)) but of \(elsewhere)."
        ).resting(on: isOfOtherRow(figure, columns) ? .misplaced : .words)
    }

    /// Numbers of fewer digits are those of single values and of means alike.
    private static let fewestOfMisplaced = 4

    /// Of what is named, what the number can be by its unit and kind.
    func meant(by figure: Figure, _ candidates: Candidates) -> [Int] {
        var entries = candidates.entries
        if let unit = figure.unit {
            let comparable = entries.filter {
                relation.columns[relation.entries[$0].column].unit?.isComparable(with: unit) ?? false
            }
            let measured =
                comparable.isEmpty && unit.dimension != .count
                ? entries.filter { relation.columns[relation.entries[$0].column].dimension == unit.dimension }
                : comparable
            if !measured.isEmpty { entries = measured }
        }
        // A spread is called one, and a single sample in an array is what its mean is of.
        guard candidates.statistics.isEmpty else { return entries }
        let plain = entries.filter { !isAside(relation.columns[relation.entries[$0].column]) && !relation.isSample($0) }
        return plain.isEmpty ? entries : plain
    }

    private func isAside(_ column: Relation.Column) -> Bool {
        [.standardDeviation, .spread].contains(column.statistic) || column.name.hasSuffix("]")
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
            // `on average over the systems`
            candidates.hasStatistic || !figure.namedStatistics.contains(.mean) || candidates.all.count < 2,
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

    /// The digits are right, and the unit or the point is not.
    private func slip(_ figure: Figure, _ entries: [Int]) -> (Verdict, entry: Int)? {
        // Among many values some have the digits by accident.
        guard figure.quantity.significant >= 3, entries.count <= ValueJudge.mostOfSlip, search.plain(figure) == nil
        else {
            return nil
        }
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
            // A share may be said in percent without the sign.
            let powers =
                column.unit?.dimension == .money || column.unit == nil && abs(value) <= 1
                ? [1, -1, 3, -3] : [1, -1, 2, -2, 3, -3]
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

    /// The digits are those of what the values of one owner and metric come to, and the unit is not.
    private func slipOfComputed(_ figure: Figure, _ candidates: Candidates) -> Verdict? {
        guard figure.quantity.significant >= 3, figure.hedge == .exact, candidates.isMetricNamed,
            candidates.selection.isNamed, let unit = figure.quantity.unit,
            candidates.all.count <= ValueJudge.mostOfSlip
        else { return nil }
        let metrics = Set(candidates.all.map { relation.columns[relation.entries[$0].column].terms })
        let isOne = search.entries(figure, limit: ValueJudge.mostCandidates).contains {
            metrics.contains(relation.columns[relation.entries[$0].column].terms)
        }
        guard !isOne else { return nil }
        for (column, entries) in groups(candidates.all) where entries.count > 1 {
            let model = relation.columns[column]
            guard let own = model.unit, own.dimension == unit.dimension else { continue }
            let values = entries.map { relation.entries[$0].value }.sorted()
            for (name, value) in aggregates(values, candidates.statistics, figure) {
                for power in [3, -3, 6, -6] where Matching.prints(figure, value * powerOfTen(power), model) {
                    return .contradicted(
                        .G05, "\(name) of \(values.count) values of \(model.name) = \(shown(value)) \(own.name)",
                        "The number is that of the data, its unit is not.")
                }
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
