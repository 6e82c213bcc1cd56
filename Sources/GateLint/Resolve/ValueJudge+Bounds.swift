internal import GateCore
internal import GateVocabulary

/// Numbers that values are kept to: `stays under 200 ms`, `none exceeds 19 GiB`.
extension ValueJudge {
    private static let mostBounded = 256

    /// - Returns: what all values that are meant say; nil where they do not agree or may be others.
    func bounded(_ figure: Figure, _ candidates: Candidates) -> Verdict? {
        guard let side = figure.side, !figure.isAmount, !figure.hasUnknownKey,
            let metric = figure.metric, metric.certainty <= .inherited, metric.mention.isWhole || figure.unit != nil
        else { return nil }
        let entries = meant(by: figure, candidates).filter { !contains(figure.excepted, relation.entries[$0].row) }
        let columns = Set(entries.map { relation.entries[$0].column })
        guard !entries.isEmpty, entries.count <= ValueJudge.mostBounded, !candidates.selection.isDoubtful,
            !candidates.selection.isVague, let column = columns.first.map({ relation.columns[$0] }),
            columns.count == 1
                || Set(columns.map { relation.columns[$0].statistic }).count == 1
                    && Set(columns.map { relation.columns[$0].terms }).count == 1,
            figure.unit == nil || figure.unit?.dimension == .count && column.unit == nil
                || column.unit.map({ $0.isComparable(with: figure.unit ?? $0) }) ?? false
                || isShare(column),
            !isSizeOfCounted(figure, column)
        else { return nil }
        let broken = entries.filter { !isKept(relation.entries[$0].value, figure, side, column) }
        guard let first = broken.first else {
            // `never above 321.4`: as exact as that it is a value, and stands somewhere.
            if figure.quantity.decimals > 0 || figure.quantity.digits > 3, !figure.quantity.isRoundLimit {
                return nil
            }
            return .derivable(
                "holds for \(relation.describe(entries[0]))\(entries.count > 1 ? " and \(entries.count - 1) more" : "")"
            )
        }
        guard candidates.isMetricNamed, figure.isOfEach || broken.count == entries.count && candidates.selection.isNamed
        else { return nil }
        return Verdict.contradicted(
            .I03, relation.describe(first), "By the data it is \(side == .atMost ? "more" : "less")."
        )
        .resting(on: .words).against(entries.count == 1 ? first : nil)
    }

    /// `never fell below 17,900`: what was rounded away from a value of the data, by less than its last digit that is not 0.
    func isJustBeyond(_ figure: Figure) -> Bool {
        guard let side = figure.side, figure.quantity.significant >= ValueJudge.fewestOfBound else { return false }
        var near = figure
        near.quantity.halfStep += figure.quantity.lastPlace
        func isBeyond(_ hit: Int, _ relation: Relation) -> Bool {
            let (value, column) = (relation.entries[hit].value, relation.columns[relation.entries[hit].column])
            let factor = (column.unit?.factor ?? 1) / (figure.unit?.factor ?? column.unit?.factor ?? 1)
            return side == .atMost
                ? value * factor <= figure.quantity.value : value * factor >= figure.quantity.value
        }
        return search.entries(near, limit: ValueJudge.mostBounded).contains { isBeyond($0, relation) }
            || mentions.entries(near, limit: ValueJudge.mostBounded).contains { isBeyond($0, mentions.relation) }
    }

    private static let fewestOfBound = 3

    /// `more than 40,000 messages` are none of a `messageSize`.
    private func isSizeOfCounted(_ figure: Figure, _ column: Relation.Column) -> Bool {
        guard let counted = figure.unit?.counted ?? figure.counted, let last = NameWords.words(of: column.name).last
        else {
            return false
        }
        return column.terms.contains(stem(counted)) && ["size", "length", "bytes", "width"].contains(last)
    }

    private func isKept(_ value: Double, _ figure: Figure, _ side: Figure.Side, _ column: Relation.Column) -> Bool {
        let factor =
            (column.unit?.factor ?? 1) / (figure.unit == nil ? column.unit?.factor ?? 1 : figure.unit?.factor ?? 1)
        let scaled =
            column.isFraction && (figure.quantity.isPercent) && column.unit == nil ? 100 * value : value * factor
        // What rounds to the bound keeps to it.
        let slack = figure.quantity.halfStep
        return side == .atMost ? scaled <= figure.quantity.value + slack : scaled >= figure.quantity.value - slack
    }
}
