internal import GateCore
internal import GateVocabulary

/// What the numbers of a report bear out of each other.
struct Alignment {
    private struct Place: Hashable {
        let phrase: Int
        let token: Int

        init(_ figure: Figure) { (phrase, token) = (figure.phrase, figure.token) }
    }

    /// A text that has more cells in its tables is no report; the tables behind them are read by their words alone.
    private static let mostCells = 4096

    private var expected: [Place: (isPrinted: Bool, isWeak: Bool, value: Double, evidence: () -> String)] = [:]
    private var miscomputed: [Place: ComputedColumn.Wrong] = [:]
    /// What values come to in the way in which those of a whole row or column do.
    private var common: [Place: CommonComputation.Found] = [:]
    /// What stands with the name of another one.
    private var swapped: [Place: (evidence: () -> String, isOrdered: Bool)] = [:]
    /// What is another one's.
    private var strange: [Place: Verdict] = [:]

    init(_ binder: Binder, _ figures: [[Figure]], _ known: ReportFacts) {
        guard !known.relation.isEmpty else { return }
        let grids = ReportGrids(binder: binder, figures: figures, relation: known.relation)
        let single = GridAlignment(known.coordinates)
        let computed = GridAlignment(known.aggregates, isComputed: true)
        var cells = 0
        for grid in grids.tables {
            cells += grid.reduce(0) { $0 + $1.cells.count }
            guard cells <= Alignment.mostCells else { break }
            align(grid, single, computed, known)
        }
        let sentences = SentenceAlignment(known.coordinates)
        let series = SentenceSeries(binder: binder, relation: known.relation)
        for (index, phrase) in binder.phrases.enumerated() where phrase.kind == .sentence && !phrase.isProposal {
            add(sentences.align(figures[index]).filter { $0.isPrinted || !isMean($0, known) }, known.relation)
            for grid in series.grids(in: index, figures[index]) { align(grid, single, computed, known) }
        }
        for row in grids.tables.joined() {
            add(sentences.align(row.cells.compactMap { $0?.figure }, isRow: true), known.relation)
        }
        addOthers(binder, figures, known)
        for table in grids.tables {
            for wrong in ComputedColumn.wrong(in: table.map { $0.cells.map { $0?.figure } }) {
                miscomputed[Place(wrong.figure)] = wrong
            }
            addCommon(table, CommonComputation(values: single.values))
        }
        for (index, phrase) in binder.phrases.enumerated() where phrase.kind == .sentence && !phrase.isProposal {
            addCommon([figures[index]], CommonComputation(values: single.values))
        }
    }

    /// By rows and by columns; what stands in the data as it is needs no computation.
    private mutating func addCommon(_ table: [GridAlignment.Row], _ computation: CommonComputation) {
        let width = min(table.map(\.cells.count).max() ?? 0, GridAlignment.mostColumns)
        let rows = table.map { row in row.cells.compactMap { $0?.figure } }
        let columns = (0..<width).map { column in
            table.compactMap { column < $0.cells.count ? $0.cells[column]?.figure : nil }
        }
        addCommon(rows + columns, computation)
    }

    private mutating func addCommon(_ lines: [[Figure]], _ computation: CommonComputation) {
        for line in lines where line.count(where: { expected[Place($0)]?.isPrinted != true }) > 1 {
            for found in computation.find(line) { common[Place(found.figure)] = found }
        }
    }

    /// What the data says itself goes before what its values come to, unless these are more of a column's cells.
    private mutating func align(
        _ grid: [GridAlignment.Row], _ single: GridAlignment, _ computed: GridAlignment, _ known: ReportFacts
    ) {
        func printed(_ expected: [GridAlignment.Expected], _ column: Int) -> Int {
            let cells = Set(
                grid.compactMap { column < $0.cells.count ? $0.cells[column]?.figure : nil }.map(Place.init))
            return expected.count { $0.isPrinted && cells.contains(Place($0.figure)) }
        }
        let (expected, columns) = single.align(grid)
        let whole = columns.filter { printed(expected, $0) == grid.count }
        let results = computed.align(grid, besides: whole)
        let better = results.columns.filter { printed(results.expected, $0) > printed(expected, $0) }
        if !better.isEmpty {
            add(computed.align(grid, besides: columns.subtracting(better)).expected, known.aggregates.relation)
        }
        add(expected.filter { $0.isPrinted || !isComputed($0, known) }, known.relation)
        add(computed.align(grid, besides: columns).expected, known.aggregates.relation)
    }

    /// Medians of runs are single values, most of one run and some of another: what the values around the expected one come
    /// to is as good.
    private func isComputed(_ expected: GridAlignment.Expected, _ known: ReportFacts) -> Bool {
        let aggregates = known.aggregates.relation
        guard let first = expected.entries.first else { return false }
        let labels = known.relation.rows[known.relation.entries[first].row].labels
        // Other names are other things; runs are told apart by numbers.
        let names = labels.filter { known.relation.labels[$0].kind == .text }
        return Search(relation: aggregates).entries(expected.figure, limit: ValueJudge.mostOfOwner).contains { hit in
            let entry = aggregates.entries[hit]
            let statistic = aggregates.columns[entry.column].statistic
            return hit >= known.relation.entries.count
                && (statistic == .median || statistic == .mean || expected.figure.namedStatistics.contains(statistic))
                && aggregates.rows[entry.row].labels.allSatisfy(labels.contains)
                && names.allSatisfy(aggregates.rows[entry.row].labels.contains)
        }
    }

    /// A mean of the runs, in a sentence of such means, is none of the one run that has its others.
    private func isMean(_ expected: GridAlignment.Expected, _ known: ReportFacts) -> Bool {
        let aggregates = known.aggregates.relation
        let columns = Set(expected.entries.map { known.relation.columns[known.relation.entries[$0].column].terms })
        return Search(relation: aggregates).entries(expected.figure, limit: ValueJudge.mostOfOwner).contains { hit in
            let column = aggregates.columns[aggregates.entries[hit].column]
            let named = expected.figure.namedStatistics
            return hit >= known.relation.entries.count && columns.contains(column.terms)
                && (named.isEmpty || named.contains(column.statistic))
        }
    }

    /// Numbers that are exchanged, and those of another one than is named.
    private mutating func addOthers(_ binder: Binder, _ figures: [[Figure]], _ known: ReportFacts) {
        let ordered = OrderedPairs(binder, known.relation)
        let strangers = Strangers(known.relation)
        let shared = SharedStrangers(known.relation)
        let pairs = [SwappedPairs(known.relation), SwappedPairs(known.aggregates.relation)]
        var others: [Place: SwappedPairs.Found] = [:]
        for (index, phrase) in binder.phrases.enumerated() where !phrase.isProposal && !figures[index].isEmpty {
            if phrase.kind == .sentence {
                let own = figures[index].map { $0.inOwnPart(of: phrase) }
                for pairs in pairs {
                    for found in pairs.find(own) where swapped[Place(found.figure)] == nil {
                        swapped[Place(found.figure)] = ({ pairs.relation.describe(found.entry) }, false)
                    }
                }
                let named = ([index] + phrase.before.prefix(1) + phrase.headings).flatMap {
                    binder.readings[$0].entities
                }
                for found in shared.find(figures[index], in: phrase, named: named) {
                    strange[Place(found.figure)] = strangers.verdict(found).resting(on: .numbers)
                }
                for found in ordered.find(in: index, figures[index]) where swapped[Place(found.figure)] == nil {
                    swapped[Place(found.figure)] = ({ known.relation.describe(found.entry) }, true)
                }
            }
            guard phrase.kind == .sentence || phrase.isRow else { continue }
            let around = phrase.isCell ? binder.around(index) : Array(phrase.before.prefix(1))
            let beside = (around + [index]).flatMap { figures[$0] }
            let named = phrase.isCell ? [] : binder.readings[index].entities
            for figure in figures[index] where strange[Place(figure)] == nil {
                let near = beside.filter { $0.phrase != index || $0.token != figure.token }
                if let found = strangers.findRepeated(figure, beside: near) {
                    strange[Place(figure)] = strangers.verdict(found).resting(on: .numbers)
                } else if let found = strangers.find(figure, in: phrase, named: named, beside: near) {
                    strange[Place(figure)] = strangers.verdict(found)
                    others[Place(figure)] = found
                }
            }
        }
        // Where more numbers of a row are another one's, rather the row's name was misread.
        let rows = Dictionary(grouping: strange.keys.filter { binder.phrases[$0.phrase].isCell }) { place in
            binder.row(of: binder.phrases[place.phrase]).first
        }
        let exchanged = ExchangedRows(binder, figures, known.relation)
        for (row, places) in rows where places.count > 1 {
            let found = places.compactMap { others[$0] }
            guard let row, found.count == places.count, exchanged.isExchanged(row, found) else {
                for place in places { strange[place] = nil }
                continue
            }
        }
    }

    /// Below `Median total` stands what the many rows of its owner come to, and none of them.
    private func isComputed(_ figure: Figure, _ entry: Relation.Entry, _ relation: Relation) -> Bool {
        let owner = figure.entities.filter { $0.certainty == .own && !$0.mention.isKey }.map(\.mention.rows)
        return relation.columns[entry.column].statistic == .raw
            && figure.namedStatistics.contains { [.mean, .median, .total].contains($0) }
            && owner.contains { $0.count > 1 } && owner.allSatisfy { $0.count > 1 }
    }

    private mutating func add(_ expected: [GridAlignment.Expected], _ relation: Relation) {
        for expected in expected where self.expected[Place(expected.figure)] == nil {
            guard let first = expected.printed ?? expected.entries.first,
                !isComputed(expected.figure, relation.entries[first], relation)
            else { continue }
            self.expected[Place(expected.figure)] = (
                expected.isPrinted, expected.isWeak, relation.entries[first].value, { relation.describe(first) }
            )
        }
    }

    /// The verdict of a number's own words, unless its neighbours know better.
    func verdict(of figure: Figure, instead verdict: Verdict) -> Verdict {
        // What numbers tell goes before what words do.
        let isOpen = verdict.severity < .error || verdict.ground != .numbers
        if isOpen, let wrong = miscomputed[Place(figure)] {
            return .contradicted(
                .I02, wrong.text,
                "In all other rows the column is \(wrong.text), which gives \(shown((1000 * wrong.value).rounded() / 1000)) here."
            )
        }
        if let (evidence, isOrdered) = swapped[Place(figure)], isOpen, verdict.kind != .grounded || isOrdered {
            return .contradicted(
                .G04, evidence(), "The number is that of another one of the sentence's names or of the data's.")
        }
        if let other = strange[Place(figure)], isOpen, !figure.hasUnknownKey,
            [.unverifiable, .unsupported].contains(verdict.kind)
        {
            return other
        }
        if let found = common[Place(figure)], isOpen, ![.grounded, .derivable].contains(verdict.kind) {
            guard !found.isPrinted else { return .derivable("\(found.text) = \(shown(found.value))") }
            return .contradicted(
                .G04, found.text,
                "Like all numbers beside it this is \(found.text), which is \(shown(found.value)), not"
                    + " \(shown(figure.quantity.value)).")
        }
        guard let expected = expected[Place(figure)] else { return verdict }
        if expected.isPrinted {
            let isNamed = expected.isWeak && verdict.entry != nil && figure.metric?.mention.isWhole == true
            let isOfWords = verdict.severity == .error && verdict.ground != .numbers && !isNamed
            return isOfWords || [.unsupported, .unverifiable].contains(verdict.kind)
                ? .grounded(expected.evidence()) : verdict
        }
        guard isOpen, !figure.hasUnreadName else { return verdict }
        return .contradicted(
            .G04, expected.evidence(),
            "By the other numbers around it this is \(shown(expected.value)), not \(shown(figure.quantity.value))."
        )
    }
}
