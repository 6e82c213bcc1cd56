internal import GateCore
internal import GateVocabulary

/// What a number is that is bound to nothing.
extension ValueJudge {
    /// A sentence of the data that has the number.
    func mention(of figure: Figure) -> String? {
        guard !mentions.relation.isEmpty else { return nil }
        let hit =
            mentions.plain(figure) ?? mentions.anywhere(figure.quantity, figure.slack)
            ?? (figure.quantity.significant >= 3 ? mentions.entry(figure) : nil)
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
        guard let unit = figure.unit, unit.dimension == .rate, let counted = unit.counted, !isOfAll(counted),
            figure.hedge == .exact,
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

    /// Whatever is counted is an operation of something.
    private func isOfAll(_ counted: String) -> Bool { counted == "operation" }

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
        let isOwned = figure.entities.contains { $0.certainty <= .inherited && !$0.mention.isKey }
        if hits.contains(where: { hit in owners.contains { contains($0, relation.entries[hit].row) } }) { return false }
        return !hits.isEmpty
            && hits.allSatisfy { hit in
                let source = relation.entries[hit].source
                let column = relation.columns[relation.entries[hit].column]
                let terms = Canon.terms(ofName: source.pointer ?? column.name)
                // What the text calls `training loss` may be `loss`, or `train/loss` a part of more.
                // How often it was measured may be how many there are.
                if figure.unit?.dimension == .count, column.statistic == .count { return false }
                let isLess =
                    !isOwned && !column.terms.isEmpty && names.contains { Set(column.terms).isSubset(of: $0) }
                return !isLess && !names.contains { $0.allSatisfy(terms.contains) }
            }
    }

    /// `4,096` of `d4096`, `512` of `pp512`
    private func isInName(_ figure: Figure) -> Bool {
        let number = shown(figure.quantity.value)
        guard number.utf8.count >= 3 else { return false }
        return relation.vocabulary.contains { name in
            name.hasSuffix(number) && (1...3).contains(name.utf8.count - number.utf8.count)
                && name.utf8.dropLast(number.utf8.count).allSatisfy { ($0 | 0x20) &- 0x61 < 26 }
        }
    }

    /// `a dip at 210 s`, where the data has a row of then; `5,153 tokens in any single second`, where it has a rate of so many.
    private func keyOrRate(_ figure: Figure) -> Verdict? {
        if figure.quantity.isWhole, figure.unit?.dimension == .time,
            relation.labels.contains(where: { $0.number == figure.quantity.value })
        {
            return .unverifiable("The number is a part of a name of the data.")
        }
        // `per second 5.86 samples`: nobody counts parts.
        guard figure.unit?.dimension == .count,
            figure.quantity.significant > 3 || figure.quantity.significant == 3 && !figure.quantity.isWhole,
            let open = MeasuredUnit("/s")
        else {
            return nil
        }
        var rate = figure
        rate.unit = open
        return search.entry(rate).map {
            .unverifiable(
                "The number stands in the data; what the sentence says of it was not bound.", relation.describe($0))
        }
    }

    /// `cuBLAS averages 165.9 TFLOPS`: of all that one owner has, in the one column of its unit.
    private func isOfWholeOwner(_ figure: Figure, _ candidates: Candidates) -> Bool {
        guard figure.hedge == .exact, figure.unit != nil, figure.quantity.significant >= 3, !figure.isOfSeveral,
            candidates.selection.isNamed, !candidates.selection.isDoubtful, !candidates.selection.isInherited,
            figure.entities.allSatisfy({ $0.certainty == .own || $0.certainty >= .faint })
        else { return false }
        let columns = Set(candidates.all.map { relation.entries[$0].column })
        return columns.count == 1 && columns.allSatisfy { Matching.isInUnit(figure, relation.columns[$0]) }
    }

    func unbound(_ figure: Figure, _ candidates: Candidates) -> Verdict {
        if let other = otherCounted(figure) { return other }
        if let misprint = Misprints(values: self).findElsewhere(figure, candidates) { return misprint }
        if let hit = search.entry(figure) {
            if isNoneOf(figure), figure.namedStatistics.isEmpty || aggregates.plain(figure) == nil {
                return .unsupported(
                    .G01, relation.describe(hit), "The number stands in the data, but not as one of what it is called.")
            }
            return .unverifiable(
                "The number stands in the data; what the sentence says of it was not bound.", relation.describe(hit))
        }
        if let place = mention(of: figure) {
            return .unverifiable("The number stands in a text of the data; of what it is was not read.", place)
        }
        if figure.namedStatistics.contains(.mean), isWithin(figure, candidates.all),
            !isOfWholeOwner(figure, candidates) || aggregates.plain(figure) != nil
        {
            return .unverifiable("It lies between the values; of which of them it is the mean was not read.")
        }
        if figure.unit != nil, !figure.isRelative, isAmongRuns(figure, meant(by: figure, candidates)) {
            return .unverifiable("It lies between the values of a few runs; of which of them it is was not read.")
        }
        if figure.isDerived || figure.isRelative, let misprint = Misprints(values: self).find(figure, candidates) {
            return misprint
        }
        let base =
            figure.quantity.value
            * (figure.unit?.dimension == .bytes ? figure.unit?.otherFactor ?? figure.unit?.factor ?? 1 : 1)
        // `2.418 million`
        let isWhole =
            figure.quantity.isWhole
            || figure.quantity.scale > 1 && abs(figure.quantity.value.rounded() - figure.quantity.value) < 1e-3
        if isWhole,
            relation.vocabulary.contains(shown(base)) || relation.vocabulary.contains(shown(figure.quantity.value))
                || isInName(figure)
        {
            return .unverifiable("The number is a part of a name of the data.")
        }
        if let place = keyOrRate(figure) { return place }
        if let count = Int(checked: base), Double(count) == base, relation.fileCounts.contains(count) {
            return .unverifiable("So many files there are; that the text says it of them was not read.")
        }
        if [nil, .count].contains(figure.unit?.dimension), figure.quantity.digits > 1,
            figure.quantity.int.map(relation.counts.contains) ?? false
        {
            return .unverifiable("So many rows the data has; that the text says it of them was not read.")
        }
        // What follows from values that are named, in a way that was not read, may be right.
        let hasGround = candidates.selection.rows != nil || candidates.isMetricNamed
        if figure.quantity.isFactor || figure.isRelative && (hasGround || figure.sign != nil) {
            return .unverifiable("From what it follows was not read.")
        }
        if figure.isDerived, hasGround && figure.quantity.digits < 3 || figure.isOfSeveral || isBetweenTwo(figure) {
            return .unverifiable("Of what it is the sum or the difference was not read.")
        }
        if let hit = aggregates.plain(figure) {
            return .unverifiable(
                "Values of the data come to it; what the sentence says of it was not bound.",
                aggregates.relation.describe(hit))
        }
        // `4.2 cores`: shares of a processor in percent come to it.
        if figure.unit?.counted == "core", !figure.quantity.isWhole, relation.vocabulary.contains("cpu") {
            return .unverifiable("How many cores are busy follows from shares of processors.")
        }
        // By how much one is more than another: how it was computed was not read.
        if figure.isAmount {
            return .unverifiable("Of what it is the sum or the difference was not read.")
        }
        if let misprint = Misprints(values: self).find(figure, candidates) { return misprint }
        // `3 levels of concurrency` are no three requests.
        let isOfMetric = figure.metric.map { metric in
            figure.counted.map { counted in
                metric.mention.columns.contains { relation.columns[$0].terms.contains(counted) }
            } ?? true
        }
        // `for three of the five engines` counts engines.
        if let whole = figure.whole, whole <= ValueJudge.leastWhole {
            return .unverifiable("The text gives too little to bind the number.")
        }
        // `17 days apart`
        if figure.unit?.name == "d", figure.quantity.isWhole, !relation.dates.isEmpty {
            return .unverifiable("How far its days are apart was not read.")
        }
        let isSaid =
            figure.unit != nil || isOfMetric ?? false || figure.quantity.digits >= 3
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
