internal import GateCore
internal import GateVocabulary

extension ValueJudge {
    /// A measured value that is nowhere in the data, of something of which the data has others: wrong whichever of them is
    /// meant, as far as it is a value at all and nothing that follows from several.
    ///
    /// - Returns: nil where it may follow from something, or where nobody is named.
    func noneOfThem(_ figure: Figure) -> Verdict? {
        guard isMeasured(figure), !figure.hasUnreadName, !figure.hasUnknownKey, figure.sign == nil,
            figure.hedge == .exact, !isKnown(figure)
        else { return nil }
        let candidates = candidates(figure)
        guard let unit = figure.unit, isNamed(figure),
            figure.namedStatistics.isEmpty || candidates.hasStatistic
        else { return nil }
        let measured = candidates.entries.filter { entry in
            let column = relation.columns[relation.entries[entry].column]
            return column.unit.map { $0.isComparable(with: unit) } ?? false
        }
        guard (1...ValueJudge.mostNamed).contains(measured.count), let nearest = nearest(to: figure, measured) else {
            return nil
        }
        guard !isAmongRuns(figure, measured) else { return nil }
        let value = shown(inUnitOf: figure, nearest)
        return .contradicted(
            .G04, relation.describe(nearest),
            "Nothing in the data is \(shownNumber(figure)) \(unit.name); of what the text names here \(measured.count == 1 ? "the value" : "the nearest of \(measured.count) values") is \(value) \(unit.name)."
        )
    }

    /// `Q18 takes 44.1 s hot`, between the 44.0 and 44.2 s of two of its runs: what some of a few runs come to.
    func isAmongRuns(_ figure: Figure, _ entries: [Int]) -> Bool {
        guard (2...ValueJudge.mostOfSlip).contains(entries.count),
            Set(entries.map { relation.entries[$0].column }).count == 1, areRuns(entries),
            let least = entries.min(by: { relation.entries[$0].value < relation.entries[$1].value }),
            let most = entries.max(by: { relation.entries[$0].value < relation.entries[$1].value }),
            case let factor = relation.columns[relation.entries[least].column].unit?.factor ?? 1,
            case let value = figure.quantity.value * (figure.unit?.factor ?? 1) / factor
        else { return false }
        return (relation.entries[least].value...relation.entries[most].value).contains(value)
    }

    private func areRuns(_ entries: [Int]) -> Bool {
        guard let first = entries.first.map({ relation.entries[$0].row }) else { return false }
        return entries.dropFirst().allSatisfy { relation.areRuns(first, relation.entries[$0].row) }
    }

    /// The value of the data as the text would write it.
    private func shown(inUnitOf figure: Figure, _ entry: Int) -> String {
        let (value, column) = (relation.entries[entry].value, relation.columns[relation.entries[entry].column])
        return GateLint.shown(value * (column.unit?.factor ?? 1) / (figure.unit?.factor ?? 1))
    }

    /// Among more values of what is named some mean was formed that was not read.
    private static let mostNamed = 512

    /// As exact as no round number is, in a unit of measure, and not called a sum or a change.
    private func isMeasured(_ figure: Figure) -> Bool {
        guard let unit = figure.unit, ![.count, .ratio, .unknown].contains(unit.dimension) else { return false }
        return figure.quantity.significant >= 3 && !figure.isRelative
            && !figure.isDerived && !figure.isAmount && !figure.isOfSeveral && !figure.quantity.isSpelled
    }

    /// An owner or a metric is said with just this number, and as a whole.
    private func isNamed(_ figure: Figure) -> Bool {
        figure.entities.contains { $0.certainty == .own && $0.mention.isWhole }
            || figure.metric.map { $0.certainty == .own && $0.mention.isWhole } ?? false
    }

    /// Nil where none is of its size.
    private func nearest(to figure: Figure, _ entries: [Int]) -> Int? {
        let distances = entries.compactMap { entry -> (entry: Int, distance: Double)? in
            guard isOfSize(figure, [entry]) else { return nil }
            let column = relation.columns[relation.entries[entry].column]
            let factor = (figure.unit?.factor ?? 1) / (column.unit?.factor ?? 1)
            return (entry, abs(figure.quantity.value * factor / relation.entries[entry].value - 1))
        }
        return distances.min { ($0.distance, $0.entry) < ($1.distance, $1.entry) }?.entry
    }
}
