internal import GateCore
internal import GateVocabulary

/// How a printed number says a value of the data.
enum Matching {
    /// Whether a figure says a value of a column: in its unit, or in units that are converted, or at a scale where the data
    /// names no unit.
    static func prints(_ figure: Figure, _ value: Double, _ column: Relation.Column) -> Bool {
        prints(
            figure.quantity, figure.unit, figure.slack, value, column.unit, column.dimension,
            isFraction: column.isFraction)
    }

    static func prints(
        _ quantity: Quantity, _ unit: MeasuredUnit?, _ slack: Double, _ value: Double, _ other: MeasuredUnit?,
        _ dimension: Dimension, isFraction: Bool
    ) -> Bool {
        guard let unit else { return unnamed(quantity, slack, value, other, isFraction) }
        if let other {
            guard isComparable(unit, other) else { return false }
            // `kv_cache_usage_perc` of 0.97 is a share, whatever it is called.
            if isFraction, unit.name == "%", other.name == "%", quantity.prints(value * 100, slack: slack) {
                return true
            }
            return factors(unit).contains { mine in
                factors(other).contains { quantity.prints(value * $0 / mine, slack: slack) }
            }
        }
        guard dimension == .unknown || unit.dimension == dimension || isCompatible(unit, dimension) else {
            return false
        }
        return scales(unit, isFraction: isFraction).contains { quantity.prints(value * $0, slack: slack) }
    }

    /// A number without a unit says the data's number, or that in a neighbouring unit.
    private static func unnamed(
        _ quantity: Quantity, _ slack: Double, _ value: Double, _ unit: MeasuredUnit?, _ isFraction: Bool
    ) -> Bool {
        if quantity.prints(value, slack: slack) { return true }
        if isFraction || unit?.dimension == .ratio,
            quantity.prints(value * 100, slack: slack) || quantity.prints(value / 100, slack: slack)
        {
            return true
        }
        guard quantity.digits >= 2, unit != nil || quantity.digits >= 3, !quantity.isSpelled else { return false }
        return thousands.contains { quantity.prints(value * $0, slack: slack) }
    }

    private static func factors(_ unit: MeasuredUnit) -> [Double] {
        unit.otherFactor.map { [unit.factor, $0] } ?? [unit.factor]
    }

    private static func isComparable(_ unit: MeasuredUnit, _ other: MeasuredUnit) -> Bool {
        if unit.isComparable(with: other) { return true }
        // `124 ms` of `ns/op`; `182 tok/s` of `/s`
        return unit.dimension == other.dimension && (unit.per == nil || other.per == nil)
            && (unit.counted == nil || other.counted == nil || unit.dimension == .count)
    }

    /// Whether a column has the figure's unit, or one that converts; a figure without a unit is in every one.
    static func isInUnit(_ figure: Figure, _ column: Relation.Column) -> Bool {
        figure.unit.map { unit in column.unit?.isComparable(with: unit) ?? false } ?? true
    }

    /// The same, and a column without a unit is of the figure's dimension.
    static func isInUnitOrDimension(_ figure: Figure, _ column: Relation.Column) -> Bool {
        figure.unit.map { unit in column.unit?.isComparable(with: unit) ?? (column.dimension == unit.dimension) }
            ?? true
    }

    /// Counts may have any noun; a share may be a count's.
    private static func isCompatible(_ unit: MeasuredUnit, _ dimension: Dimension) -> Bool {
        unit.dimension == .count && dimension != .time && dimension != .bytes && dimension != .rate
            || dimension == .count && unit.dimension == .ratio
    }

    /// What a number without a unit may be in the unit that the report names.
    private static func scales(_ unit: MeasuredUnit, isFraction: Bool) -> [Double] {
        switch unit.dimension {
        case .time:
            // A time in a unit that the data does not say: any of seconds to nanoseconds, or minutes and hours of seconds.
            return [1, 1e-3, 1e3, 1e-6, 1e6, 1e-9, 1e9]
                + (unit.factor >= 60 ? [1 / unit.factor, 1e-3 / unit.factor] : [])
        case .bytes: return [1] + thousands + binaries
        case .ratio:
            if unit.name == "%" { return isFraction ? [100, 1] : [1, 100] }
            return [1]
        default: return [1] + thousands
        }
    }

    private static let thousands: [Double] = [1e-3, 1e3, 1e-6, 1e6, 1e-9, 1e9]
    private static let binaries: [Double] = [
        1024, 1 / 1024, 1_048_576, 1 / 1_048_576, 1_073_741_824, 1 / 1_073_741_824,
    ]

    /// Whether a column may hold what the figure is: a time in a column of rates cannot be meant.
    static func fits(_ unit: MeasuredUnit?, _ column: Relation.Column) -> Bool {
        guard let unit else { return true }
        if let other = column.unit { return isComparable(unit, other) || unit.dimension == other.dimension }
        return column.dimension == .unknown || unit.dimension == column.dimension
            || isCompatible(unit, column.dimension)
            || unit.name == "%" && column.isFraction
    }
}

/// Where a number stands anywhere in the data.
struct Search: Sendable {
    let relation: Relation

    /// An entry that a figure says at some scale, whatever it is bound to; the first by value.
    ///
    /// - Returns: also how many such hits are to be expected by accident: the values there are about the number, times
    ///   the width of what the number says.
    func entry(_ figure: Figure) -> Int? {
        let quantity = figure.quantity
        if let unit = figure.unit, unit.dimension != .count, unit.dimension != .unknown {
            let factors = unit.otherFactor.map { [unit.factor, $0] } ?? [unit.factor]
            for factor in factors {
                if let hit = hit(
                    quantity, scale: factor, in: unit.dimension, figure.slack,
                    check: { Matching.prints(figure, $0, $1) })
                {
                    return hit
                }
            }
            // What the data names no unit of.
            let scales: [Double]
            switch unit.dimension {
            case .ratio: scales = unit.name == "%" ? [0.01, 1] : [1]
            case .time: scales = [1, 1e-3, 1e3, 1e-6, 1e6, 1e-9, 1e9, unit.factor, unit.factor * 1e3]
            default: scales = [1, 1e-3, 1e3, 1e-6, 1e6, 1e-9, 1e9, 1024, 1 / 1024, 1_048_576, 1 / 1_048_576]
            }
            for scale in scales {
                if let hit = hit(
                    quantity, scale: scale, in: .unknown, figure.slack, check: { Matching.prints(figure, $0, $1) })
                {
                    return hit
                }
            }
            return anywhere(quantity, figure.slack)
        }
        for (dimension, _) in relation.values.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let scales: [Double] =
                dimension == .unknown || dimension == .count
                ? [1, 0.01, 1e3, 1e-3, 1e6, 1e-6]
                : [1, 0.01, 1e3, 1e-3, 1e6, 1e-6, 1e9, 1e-9]
                    + (relation.factors[dimension] ?? []).flatMap {
                        quantity.digits > 2 ? [$0, 1e3 * $0, 1e-3 * $0] : [$0]
                    }
            for scale in scales where scale == 1 || quantity.digits >= 2 {
                if let hit = hit(
                    quantity, scale: scale, in: dimension, figure.slack, check: { Matching.prints(figure, $0, $1) })
                {
                    return hit
                }
            }
        }
        return nil
    }

    /// The digits as they are printed, whatever they are said to measure.
    func anywhere(_ quantity: Quantity, _ slack: Double) -> Int? {
        guard quantity.digits >= 2, let unit = quantity.unit else { return nil }
        for (dimension, _) in relation.values.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where dimension != unit.dimension {
            for scale in quantity.digits >= 3 ? [1, unit.factor] : [unit.factor] {
                if let hit = hit(
                    quantity, scale: scale, in: dimension, slack,
                    check: { value, column in
                        quantity.prints(value * (column.unit?.factor ?? 1) / scale, slack: slack)
                    })
                {
                    return hit
                }
            }
        }
        return nil
    }

    /// An entry that a figure says in the figure's own unit, or in one that converts; without a unit, as it is printed.
    func plain(_ figure: Figure) -> Int? {
        let check = { (value: Double, column: Relation.Column) in Matching.prints(figure, value, column) }
        guard let unit = figure.unit, ![.count, .unknown].contains(unit.dimension) else {
            return relation.values.keys.sorted { $0.rawValue < $1.rawValue }.lazy.flatMap { dimension in
                (relation.factors[dimension] ?? [1]).map { (dimension, $0) }
            }.compactMap { hit(figure.quantity, scale: $1, in: $0, figure.slack, check: check) }.first
        }
        return (unit.otherFactor.map { [unit.factor, $0] } ?? [unit.factor]).lazy.compactMap {
            hit(figure.quantity, scale: $0, in: unit.dimension, figure.slack, check: check)
        }.first ?? hit(figure.quantity, scale: 1, in: .unknown, figure.slack, check: check)
    }

    /// All values that a figure prints, in the order of the data; none where there are more than a limit.
    func entries(_ figure: Figure, limit: Int) -> [Int] {
        var result: Set<Int> = []
        for (dimension, scales) in scales(figure) {
            for scale in scales {
                each(figure.quantity, scale: scale, in: dimension, figure.slack) { index in
                    let entry = relation.entries[index]
                    if Matching.prints(figure, entry.value, relation.columns[entry.column]) { result.insert(index) }
                    return result.count <= limit
                }
                guard result.count <= limit else { return [] }
            }
        }
        return result.sorted()
    }

    /// Those in the number's own unit, where there are any; of a metric that is named just there, those of it.
    func measured(_ figure: Figure, limit: Int) -> [Int] {
        let columns = figure.metric.flatMap { metric in
            metric.certainty <= .inherited && metric.mention.isWhole ? metric.mention.columns : nil
        }
        let own = (columns ?? []).flatMap { relation.columns[$0].entries.prefix(ValueJudge.mostCandidates) }.filter {
            let entry = relation.entries[$0]
            return Matching.prints(figure, entry.value, relation.columns[entry.column])
        }
        let hits = own.isEmpty || own.count > limit ? entries(figure, limit: limit) : own
        let measured = hits.filter { Matching.isInUnit(figure, relation.columns[relation.entries[$0].column]) }
        return measured.isEmpty ? hits : measured
    }

    /// How many base units one of the number's may be, by what it may measure.
    private func scales(_ figure: Figure) -> [(Dimension, [Double])] {
        let thousands: [Double] = [1e3, 1e-3, 1e6, 1e-6, 1e9, 1e-9]
        guard let unit = figure.unit, unit.dimension != .count, unit.dimension != .unknown else {
            return relation.values.keys.sorted { $0.rawValue < $1.rawValue }.map {
                ($0, [1, 0.01, 100] + (relation.factors[$0] ?? []) + (figure.quantity.digits >= 2 ? thousands : []))
            }
        }
        let unnamed: [Double] =
            switch unit.dimension {
            case .ratio: [0.01, 1]
            case .time: [1, unit.factor, unit.factor * 1e3] + thousands
            default: [1, 1024, 1 / 1024, 1_048_576, 1 / 1_048_576] + thousands
            }
        return [(unit.dimension, unit.otherFactor.map { [unit.factor, $0] } ?? [unit.factor]), (.unknown, unnamed)]
    }

    private func hit(
        _ quantity: Quantity, scale: Double, in dimension: Dimension, _ slack: Double,
        check: (Double, Relation.Column) -> Bool
    ) -> Int? {
        var found: Int?
        var seen = 0
        each(quantity, scale: scale, in: dimension, slack) { index in
            let entry = relation.entries[index]
            if check(entry.value, relation.columns[entry.column]) { found = index }
            seen += 1
            return found == nil && seen < 64
        }
        return found
    }

    /// The values about a number, in their order, as long as they are wanted.
    private func each(
        _ quantity: Quantity, scale: Double, in dimension: Dimension, _ slack: Double, body: (Int) -> Bool
    ) {
        guard let values = relation.values[dimension] else { return }
        let reach = 2 * quantity.halfStep + slack
        let (low, high) = ((quantity.value - reach) * scale, (quantity.value + reach) * scale)
        var (first, last) = (0, values.count)
        while first < last {
            let middle = (first + last) / 2
            if values[middle].value < low - abs(low) * 1e-9 { first = middle + 1 } else { last = middle }
        }
        while first < values.count, values[first].value <= high + abs(high) * 1e-9 {
            guard body(values[first].entry) else { return }
            first += 1
        }
    }
}
