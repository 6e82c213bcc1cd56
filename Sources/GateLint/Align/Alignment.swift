internal import GateCore
internal import GateVocabulary

/// What the numbers of a report bear out of each other.
struct Alignment {
    private struct Place: Hashable {
        let phrase: Int
        let token: Int

        init(_ figure: Figure) { (phrase, token) = (figure.phrase, figure.token) }
    }

    private let relation: Relation
    private var expected: [Place: GridAlignment.Expected] = [:]
    private var miscomputed: [Place: ComputedColumn.Wrong] = [:]

    init(_ binder: Binder, _ figures: [[Figure]], _ values: ValueJudge) {
        relation = values.relation
        guard !relation.isEmpty else { return }
        let aligner = GridAlignment(coordinates: Coordinates(relation), values: values)
        let grids = ReportGrids(binder: binder, figures: figures, relation: relation)
        for grid in grids.tables + grids.lists {
            for expected in aligner.align(grid) { self.expected[Place(expected.figure)] = expected }
        }
        for table in grids.tables {
            for wrong in ComputedColumn.wrong(in: table.map { $0.cells.map { $0?.figure } }) {
                miscomputed[Place(wrong.figure)] = wrong
            }
        }
    }

    /// The verdict of a number's own words, unless its neighbours know better.
    func verdict(of figure: Figure, instead verdict: Verdict) -> Verdict {
        if verdict.severity < .error, let wrong = miscomputed[Place(figure)] {
            return .contradicted(
                .I02, wrong.computation,
                "In all other rows the column is \(wrong.computation), which gives \(shown((1000 * wrong.value).rounded() / 1000)) here."
            )
        }
        guard let expected = expected[Place(figure)],
            let first = expected.entries.first
        else { return verdict }
        if expected.isPrinted {
            return [.unsupported, .unverifiable].contains(verdict.kind) ? .grounded(relation.describe(first)) : verdict
        }
        guard verdict.severity < .error else { return verdict }
        return .contradicted(
            .G04, relation.describe(first),
            "By the other numbers around it this is \(shown(relation.entries[first].value)), not \(shown(figure.quantity.value))."
        )
    }
}
