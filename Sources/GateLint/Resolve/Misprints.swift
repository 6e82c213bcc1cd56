internal import GateCore
internal import GateVocabulary

/// A number that stands nowhere, and differs from one of the data by a slip of the pen: two digits exchanged, one of many
/// wrong, a unit a thousand times too large.
///
/// Of enough values some differ so from any number. How many are to be expected by accident follows from how many values of
/// this size there are, how many slips are tried, and how precisely the number is printed; only where these are next to
/// none is the slip told.
struct Misprints {
    let values: ValueJudge
    private var relation: Relation { values.relation }

    /// Expected accidental hits up to which a slip is believed.
    private static let mostByAccident = 0.01
    /// Among the values of what is named the sentence itself bears the slip out.
    private static let mostByAccidentOfFew = 0.05
    /// Two digits are exchanged more often than one is another.
    private static let mostByAccidentExchanged = 0.03
    private static let mostByAccidentElsewhere = 0.01
    private static let mostOfPool = 64
    /// Of fewer digits one wrong one leaves too little of a number.
    private static let fewestForSubstitution = 5
    private static let mostHits = 16

    func find(_ figure: Figure, _ candidates: ValueJudge.Candidates) -> Verdict? {
        guard mayBeSlip(figure), !isComputed(figure, candidates) else { return nil }
        if figure.isRelative {
            // A share may follow from anything; a slip of it is told where only shares can be meant.
            return pool(figure, candidates).flatMap { $0.entries.map(isOfShares) ?? false ? $0 : nil }.flatMap {
                find(figure, in: Pool(entries: $0.entries))
            }
        }
        for pool in pools(figure, candidates) {
            if let verdict = find(figure, in: pool) { return verdict }
        }
        // What a sentence says binds nothing: only enough digits tell that it is meant.
        guard !values.mentions.relation.isEmpty, figure.quantity.significant >= Misprints.fewestForSubstitution else {
            return nil
        }
        return Misprints(values: ValueJudge(values.mentions.relation)).find(figure, in: Pool())
    }

    /// What is named; the rows of all names, then of each; all values.
    private func pools(_ figure: Figure, _ candidates: ValueJudge.Candidates) -> [Pool] {
        let owners = figure.entities.filter { $0.certainty == .own && !$0.mention.isKey }.map {
            Pool(rows: $0.mention.widened.rows)
        }
        let named = candidates.selection.isNamed ? candidates.selection.rows.map { Pool(rows: $0) } : nil
        let narrow = [pool(figure, candidates), named].compactMap(\.self) + owners
        guard isMeasured(figure) else { return narrow + [Pool()] }
        // The values in the number's unit are fewer, and tell more; of all the data only these may be meant.
        return narrow.flatMap { [$0.measured, $0] } + [Pool().measured]
    }

    private func isMeasured(_ figure: Figure) -> Bool {
        figure.unit.map { ![.count, .ratio, .unknown].contains($0.dimension) } ?? false
    }

    private func isOfShares(_ entries: [Int]) -> Bool {
        entries.allSatisfy { values.isShare(relation.columns[relation.entries[$0].column]) }
    }

    /// Two digits of what is named exchanged or its owner's unit mistaken, although the number stands elsewhere in the data.
    func findElsewhere(_ figure: Figure, _ candidates: ValueJudge.Candidates) -> Verdict? {
        guard mayBeSlip(figure), !figure.isDerived, !figure.isRelative, !isComputed(figure, candidates) else {
            return nil
        }
        if var pool = pool(figure, candidates) {
            pool.mostByAccident = Misprints.mostByAccidentElsewhere
            if let hit = one(transposed(figure), figure, pool) { return exchanged(figure)(hit) }
        }
        guard isMeasured(figure) else { return nil }
        let owners = figure.entities.filter { $0.certainty <= .inherited && !$0.mention.isKey }.map(
            \.mention.widened.rows)
        return owners.lazy.compactMap { rows -> Verdict? in
            guard entries(figure, Pool(rows: rows)).isEmpty else { return nil }
            return one(scaled(figure), figure, Pool(rows: rows).measured).map(misscaled)
        }.first
    }

    private func misscaled(_ hit: Int) -> Verdict {
        Verdict.contradicted(
            .G05, relation.describe(hit), "The digits are those of the data, the unit or the size is not."
        ).against(hit)
    }

    /// A mean or a sum that the data has none of stands nowhere anyway: that single values have its digits is an accident.
    private func isComputed(_ figure: Figure, _ candidates: ValueJudge.Candidates) -> Bool {
        !candidates.hasStatistic && figure.namedStatistics.contains { [.mean, .median, .total].contains($0) }
    }

    private func mayBeSlip(_ figure: Figure) -> Bool {
        figure.hedge == .exact && !figure.quantity.isSpelled
            && figure.quantity.significant >= 3 && figure.quantity.scale == 1 && figure.quantity.value > 0
    }

    private func exchanged(_ figure: Figure) -> (Int) -> Verdict {
        { hit in
            .contradicted(
                .G04, relation.describe(hit),
                "The data has no \(values.shownNumber(figure)) of this; with two digits exchanged it has.")
        }
    }

    /// The values that a slip is looked for among.
    private struct Pool {
        /// Nil for all.
        var rows: [Int]?
        /// What the words around the number name; nil for all of the rows.
        var entries: [Int]?
        var mostByAccident = Misprints.mostByAccident
        /// Only columns in the number's unit.
        var isMeasured = false

        var measured: Pool {
            var pool = self
            pool.isMeasured = true
            return pool
        }
    }

    /// The values of what stands with the number: a slip among these few is hardly an accident.
    private func pool(_ figure: Figure, _ candidates: ValueJudge.Candidates) -> Pool? {
        let isNamed =
            figure.metric.map { $0.certainty <= .inherited } ?? false || candidates.hasStatistic
            || candidates.selection.isNamed
        guard isNamed, (1...Misprints.mostOfPool).contains(candidates.entries.count) else { return nil }
        return Pool(entries: candidates.entries, mostByAccident: Misprints.mostByAccidentOfFew)
    }

    private func find(_ figure: Figure, in pool: Pool) -> Verdict? {
        var wide = pool
        if !figure.isDerived, !figure.isCell {
            wide.mostByAccident = max(pool.mostByAccident, Misprints.mostByAccidentExchanged)
        }
        if let hit = one(transposed(figure), figure, wide) { return exchanged(figure)(hit) }
        // What several values come to may be ten of one, or one more.
        guard !figure.isDerived else { return nil }
        if let hit = one(scaled(figure), figure, pool) { return misscaled(hit) }
        if let hit = one(shifted(figure), figure, pool) {
            return Verdict.contradicted(
                .G04, relation.describe(hit), "The digits are those of the data, the point is not."
            ).against(hit)
        }
        // Of all that the data has, one in ten numbers is another one but for a digit: it has to be of whom the text names.
        guard pool.entries != nil || pool.rows != nil else { return nil }
        if let hit = one(substituted(figure, isOfFew: pool.entries != nil), figure, pool) {
            return .contradicted(
                .G04, relation.describe(hit),
                "Nothing in the data is \(values.shownNumber(figure)); with one other digit this is.")
        }
        return nil
    }

    /// The one value that any of the writings says.
    private func one(_ writings: [Figure], _ figure: Figure, _ pool: Pool) -> Int? {
        guard !writings.isEmpty, accidents(writings, pool) <= pool.mostByAccident else { return nil }
        let hits = writings.flatMap { entries($0, pool) }.filter { entry in
            let (value, column) = (relation.entries[entry].value, relation.columns[relation.entries[entry].column])
            return isOf(column, figure, pool)
                // Without a unit a number has the digits of the data in their size.
                && (figure.unit != nil && column.unit != nil
                    || writings.contains {
                        $0.quantity.prints(value) || column.isFraction && $0.quantity.prints(100 * value)
                    })
        }
        guard let first = hits.first, hits.allSatisfy({ relation.entries[$0].value == relation.entries[first].value })
        else { return nil }
        return first
    }

    private func isOf(_ column: Relation.Column, _ figure: Figure, _ pool: Pool) -> Bool {
        pool.isMeasured ? column.unit != nil && Matching.isInUnit(figure, column) : Matching.fits(figure.unit, column)
    }

    private func entries(_ writing: Figure, _ pool: Pool) -> [Int] {
        if let entries = pool.entries { return entries.filter { values.prints(writing, $0) } }
        return values.search.entries(writing, limit: Misprints.mostHits).filter { entry in
            pool.rows.map { contains($0, relation.entries[entry].row) } ?? true
        }
    }

    /// How many of the writings some value says by accident: values of a size are spread evenly over it.
    private func accidents(_ writings: [Figure], _ pool: Pool) -> Double {
        // In the order of the writings, so that equal calls count alike.
        var counts: [(size: Double, count: Int)] = []
        return writings.reduce(0) { sum, writing in
            // Digits leave the size as it is; units do not.
            let size = writing.quantity.value
            let known = counts.first { abs($0.size - size) <= 0.5 * size }?.count
            let count =
                known
                ?? values.search.count(ofSizeOf: writing, in: pool.rows, entries: pool.entries) {
                    isOf($0, writing, pool)
                }
            if known == nil { counts.append((size, count)) }
            return sum + 2 * writing.quantity.halfStep / (1.5 * size) * Double(count)
        }
    }

    // MARK: - Writings

    private func transposed(_ figure: Figure) -> [Figure] {
        let digits = digits(of: figure)
        return digits.indices.dropFirst().compactMap { place in
            guard digits[place] != digits[place - 1] else { return nil }
            var other = digits
            other.swapAt(place - 1, place)
            return other[0] == 0 ? nil : figure.saying(other)
        }
    }

    private func substituted(_ figure: Figure, isOfFew: Bool) -> [Figure] {
        let digits = digits(of: figure)
        guard isOfFew || digits.count >= Misprints.fewestForSubstitution else { return [] }
        return digits.indices.flatMap { place in
            (0...9).filter { $0 != digits[place] && (place > 0 || $0 > 0) }.map { digit in
                var other = digits
                other[place] = digit
                return figure.saying(other)
            }
        }
    }

    /// In another unit of what it measures, or a thousand times as large or small.
    private func scaled(_ figure: Figure) -> [Figure] {
        guard let unit = figure.quantity.unit, [.time, .bytes, .rate, .energy, .power].contains(unit.dimension) else {
            return []
        }
        let units = (relation.factors[unit.dimension] ?? []).map { $0 / unit.factor }
        return sized(figure, Set(units + [1e3, 1e-3, 1e6, 1e-6]).filter { abs($0 - 1) > 1e-9 }.sorted())
    }

    private func sized(_ figure: Figure, _ sizes: [Double]) -> [Figure] {
        sizes.map { size in
            var other = figure
            other.quantity.value *= size
            other.quantity.halfStep *= size
            return other
        }
    }

    /// The point one or two places off.
    private func shifted(_ figure: Figure) -> [Figure] {
        // Without a unit a share may be said in percent.
        sized(figure, figure.unit == nil ? [10, 0.1, 100] : [10, 0.1, 100, 0.01])
    }

    private func digits(of figure: Figure) -> [Int] {
        let whole = (figure.quantity.value * powerOfTen(figure.quantity.decimals)).rounded()
        guard whole >= 100, whole < 1e12, let digits = Int(checked: whole) else { return [] }
        return String(digits).compactMap(\.wholeNumberValue)
    }
}

extension Figure {
    /// The same number with other digits.
    fileprivate func saying(_ digits: [Int]) -> Figure {
        var other = self
        other.quantity.value =
            Double(digits.reduce(0) { 10 * $0 + $1 }) / powerOfTen(quantity.decimals)
        return other
    }
}

extension Search {
    /// How many values are half to twice as large as a figure, in its own unit or in one that converts.
    ///
    /// - Parameter entries: of these alone; by default of all.
    func count(
        ofSizeOf figure: Figure, in rows: [Int]?, entries: [Int]? = nil, where isOf: (Relation.Column) -> Bool
    ) -> Int {
        let size = figure.quantity.value
        if let entries = entries ?? rows?.flatMap({ relation.rows[$0].entries }) {
            return entries.count { entry in
                let column = relation.columns[relation.entries[entry].column]
                let factor = figure.unit.map { unit in (column.unit?.factor ?? unit.factor) / unit.factor } ?? 1
                let value = abs(relation.entries[entry].value) * factor
                return isOf(column) && (0.5 * size...2 * size).contains(value)
            }
        }
        let dimensions = figure.unit.map { [$0.dimension, .unknown] } ?? Array(relation.values.keys)
        return dimensions.reduce(0) { sum, dimension in
            let scale = dimension == .unknown ? 1 : figure.unit?.factor ?? 1
            return sum + count(of: dimension, in: 0.5 * size * scale...2 * size * scale, where: isOf)
        }
    }

    private func count(
        of dimension: Dimension, in range: ClosedRange<Double>, where isOf: (Relation.Column) -> Bool
    ) -> Int {
        guard let values = relation.values[dimension] else { return 0 }
        func place(_ isBefore: (Double) -> Bool) -> Int {
            var (low, high) = (0, values.count)
            while low < high {
                let middle = (low + high) / 2
                if isBefore(values[middle].value) { low = middle + 1 } else { high = middle }
            }
            return low
        }
        let last = place { $0 <= range.upperBound }
        return values[place { $0 < range.lowerBound }..<last].count {
            isOf(relation.columns[relation.entries[$0.entry].column])
        }
    }
}
