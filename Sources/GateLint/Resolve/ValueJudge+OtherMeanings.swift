internal import GateCore
internal import GateVocabulary

/// What else than a wrong value of what it is bound to a number may be.
extension ValueJudge {
    /// `accuracy on arc is 0.54`, where a table has a column `arc` and another file rows of that name: one of these says it.
    func isOfRowsSoNamed(_ figure: Figure, _ columns: Set<Int>) -> Bool {
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
            return !isOthers && labels.contains { names.contains(relation.labels[$0].terms) }
        }
    }

    /// `by step 1,800 it had seen 82.2 million tokens`, where one table has `n_tokens_seen` by step and another file `num_tokens`:
    /// a metric that shares a word with the one that was taken says it of the same keys.
    func isOfKin(_ figure: Figure, _ columns: Set<Int>) -> Bool {
        let keys = figure.entities.filter { $0.certainty == .own && $0.mention.isKey }.map(\.mention)
        guard figure.quantity.significant >= 3, !keys.isEmpty, figure.metric?.mention.isWhole == false else {
            return false
        }
        let terms = Set(columns.flatMap { relation.columns[$0].terms })
        return search.entries(figure, limit: ValueJudge.mostOfOwner).contains { hit in
            let (row, column) = (relation.entries[hit].row, relation.columns[relation.entries[hit].column])
            return !terms.isDisjoint(with: column.terms) && keys.allSatisfy { contains($0.rows, row) }
        }
    }

    func isOfOtherRow(_ figure: Figure, _ columns: Set<Int>) -> Bool {
        figure.quantity.significant >= 3
            && columns.contains { column in
                relation.columns[column].entries.prefix(ValueJudge.mostCandidates).contains { prints(figure, $0) }
            }
    }

    /// The value stands in rows that none of the names are of; where only keys tell them apart, rather these were misread.
    func isOfOtherName(_ figure: Figure, _ columns: Set<Int>) -> Bool {
        let names = figure.entities.filter { $0.certainty <= .context && !$0.mention.isKey }.map(\.mention.rows)
        guard figure.quantity.significant >= 3, !names.isEmpty else { return false }
        let hits = columns.flatMap { relation.columns[$0].entries.prefix(ValueJudge.mostCandidates) }.filter {
            prints(figure, $0)
        }
        return !hits.isEmpty
            && hits.allSatisfy { hit in names.contains { !contains($0, relation.entries[hit].row) } }
    }

    /// A number of times, where no column has any.
    func isFactor(_ figure: Figure, ofNone columns: Set<Int>) -> Bool {
        figure.unit?.name == "x"
            && columns.allSatisfy { column in
                let unit = relation.columns[column].unit
                return unit?.name != "x" && (unit != nil || isShare(relation.columns[column]))
            }
    }

    /// Values that are no sentinels and not of quite another size, as they are printed or in the number's unit.
    func isOfSize(_ figure: Figure, _ entries: [Int]) -> Bool {
        entries.allSatisfy { entry in
            let (value, column) = (relation.entries[entry].value, relation.columns[relation.entries[entry].column])
            return value > 0 && figure.quantity.value > 0
                && [1, factor(of: figure, in: column)].contains {
                    (0.01...100).contains(figure.quantity.value * $0 / value)
                }
        }
    }

    /// How many of the column's units one of the number's is; 1 where that is not known.
    private func factor(of figure: Figure, in column: Relation.Column) -> Double {
        guard let unit = figure.unit else { return 1 }
        if let own = column.unit { return unit.dimension == own.dimension ? unit.factor / own.factor : 1 }
        return unit.name == "%" && column.isFraction ? 0.01 : 1
    }

    /// Scores from 0 to 100 with fractions, of which no unit is told: these are percentages as a rule.
    func isOfHundred(_ column: Relation.Column) -> Bool {
        let values = column.entries.prefix(ValueJudge.mostOfOwner).map { relation.entries[$0].value }
        return column.unit == nil && column.dimension == .unknown && values.count > 1
            && values.allSatisfy { (0...100).contains($0) } && values.contains { $0 > 1 && $0 != $0.rounded() }
    }

    func isOfWholes(_ column: Relation.Column) -> Bool {
        column.entries.prefix(ValueJudge.mostOfOwner).allSatisfy {
            relation.entries[$0].value.rounded() == relation.entries[$0].value
        }
    }

    /// A cell of `Requests` with 800, where the data has 9.97 requests a second and nothing whole by this name.
    func isWholeAmongParts(_ figure: Figure, _ entries: [Int]) -> Bool {
        figure.isCell && figure.unit == nil && figure.quantity.isWhole && figure.quantity.digits >= 3
            && !figure.quantity.isPercent && figure.quantity.decimals == 0
            && entries.allSatisfy { entry in
                let value = relation.entries[entry].value
                return value != 0 && value.rounded() != value && abs(figure.quantity.value / value) > 5
                    && !isOfWholes(relation.columns[relation.entries[entry].column])
            }
    }

    /// `84,210 documents` are none of `overlap_tokens`.
    func countsOther(_ figure: Figure, _ columns: Set<Int>) -> Bool {
        // `564 chunks` are no perplexity.
        if let counted = figure.counted, !columns.contains(where: { relation.columns[$0].terms.contains(counted) }) {
            return columns.allSatisfy { relation.columns[$0].unit != nil || !isOfWholes(relation.columns[$0]) }
        }
        guard figure.unit?.dimension == .count, let counted = figure.unit?.counted else { return false }
        return columns.allSatisfy { column in
            // `errors in 4 samples`
            relation.columns[column].unit?.counted.map { $0 != counted } ?? (counted == SampleLists.key)
        }
    }

    /// A number in a sentence without any unit that is far from every value of a metric that has one: of what else it may be
    /// is not said.
    func isOfOtherSize(_ figure: Figure, _ entries: [Int]) -> Bool {
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
    func isSmallCount(_ figure: Figure, ofNone entries: [Int]) -> Bool {
        guard figure.quantity.isWhole, figure.quantity.digits < 3, figure.quantity.scale == 1,
            figure.unit.map({ $0.dimension == .count }) ?? (figure.counted != nil)
        else { return false }
        return entries.allSatisfy { abs(relation.entries[$0].value) > 5 * figure.quantity.value }
    }

    /// Whether another metric that the sentence names, and no other number belongs to, has this value.
    func isOfOther(_ figure: Figure, _ selection: Selection) -> Bool {
        guard let rows = selection.rows, rows.count <= 64 else { return false }
        return figure.otherMetrics.contains { metric in
            relation.entries(in: rows, columns: metric.columns, limit: ValueJudge.mostCandidates) { _ in true }.contains
            {
                prints(figure, $0)
            }
        }
    }

    /// Whether another column that is named by the owner itself, as `glibc_rss` is, has the value.
    func isElsewhere(_ figure: Figure, _ candidates: Candidates, _ columns: Set<Int>) -> Bool {
        let owners = candidates.selection.used.filter { !$0.isKey }.flatMap { entity in
            entity.labels.map { Set(relation.labels[$0].terms) }
        }
        guard !owners.isEmpty else { return false }
        return search.entries(figure, limit: ValueJudge.mostOfOwner).contains { entry in
            let column = relation.entries[entry].column
            let terms = Set(Canon.terms(ofName: relation.columns[column].name))
            return !columns.contains(column) && owners.contains { !$0.isEmpty && $0.isSubset(of: terms) }
        }
    }

    /// More single values may be summed up or averaged in words that were not read.
    func isSumOrMean(_ figure: Figure, _ candidates: Candidates) -> Bool {
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
    func isFarFromShares(_ figure: Figure, _ column: Relation.Column) -> Bool {
        guard column.isFraction, column.entries.count > 1, column.unit.map({ $0.dimension == .ratio }) ?? true else {
            return false
        }
        let values = column.entries.prefix(ValueJudge.mostCandidates).map { 100 * relation.entries[$0].value }
        guard let least = values.min(), let most = values.max() else { return false }
        return !(0.5 * least...max(1.2 * most, 1)).contains(figure.quantity.value)
    }

    func isShare(_ column: Relation.Column) -> Bool {
        column.isFraction || column.unit?.dimension == .ratio || column.dimension == .ratio
    }
}
