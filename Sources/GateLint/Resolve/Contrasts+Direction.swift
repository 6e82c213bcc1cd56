internal import GateCore
internal import GateVocabulary

/// Which way a comparison goes, by its amount.
extension Contrasts {
    /// Among more pairs some have the amount by accident, the other way round.
    private static let mostPairs = [2: 48, 3: 384]

    /// `A is 2.5 % slower than B`: whichever values are meant, where A and B are so far apart at all, it is the other way
    /// round.
    ///
    /// - Returns: nil where one pair is as it is said, or none is so far apart.
    func reversed(_ figure: Figure, _ kind: Kind) -> Verdict? {
        guard figure.hedge == .exact, kind != .points,
            let most = Contrasts.mostPairs[min(figure.quantity.significant, 3)],
            let index = tokens.indices.dropFirst(figure.token + 1).prefix(3).first(where: {
                Lexicon.comparisons[tokens[$0].text] != nil
            }), let comparison = Lexicon.comparisons[tokens[index].text], !comparisons.isNegated(index),
            tokens.dropFirst(index + 1).prefix(3).contains(where: { $0.text == "than" }),
            let sides = comparisons.sides(index)
        else { return nil }
        let pairs = pairs(sides, comparison, figure)
        guard pairs.count <= most else { return nil }
        let hits = pairs.filter { gives(figure, kind, $0) && $0.left.value != $0.right.value }
        let ways = hits.map { pair in
            comparison.isMore(of: pair.left.dimension).map { $0 == (pair.left.value > pair.right.value) }
        }
        guard let first = hits.first, ways.allSatisfy({ $0 == false }) else { return nil }
        return wrong(.I03, first, "By the values that are so far apart it is the other way round.").resting(on: .words)
    }

    /// All values of the two that only their names tell apart.
    private func pairs(
        _ sides: Comparisons.Sides, _ comparison: Lexicon.Comparison, _ figure: Figure
    ) -> [Pair] {
        let conditions = statement.condition(besides: [sides.left.group])
        let names = Set((sides.left.labels + sides.right.labels).map { relation.labels[$0].name })
        return columns(comparison, figure).flatMap { column -> [Pair] in
            let conditions = statement.conditions(conditions, on: column)
            guard let left = statement.values(statement.rows(sides.left.rows, under: conditions), column),
                let right = statement.values(statement.rows(sides.right.rows, under: conditions), column)
            else { return [] }
            return statement.aligned(left.entries, right.entries, apart: names).map {
                Pair(left: operand($0.left), right: operand($0.right))
            }
        }
    }

    private func columns(_ comparison: Lexicon.Comparison, _ figure: Figure) -> [Int] {
        let isOfSpeed = comparison == .quicker || comparison == .slower
        let isSpeed = { (column: Int) in [.time, .rate].contains(relation.columns[column].dimension) }
        if let metric = metric(of: figure), !isOfSpeed || metric.columns.contains(where: isSpeed) {
            return relation.withoutSamples(metric.columns).filter(statement.isMagnitude)
        }
        guard isOfSpeed else { return [] }
        return relation.withoutSamples(relation.columns.indices.filter { isSpeed($0) && statement.isMagnitude($0) })
    }
}
