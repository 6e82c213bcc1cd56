internal import GateCore
internal import GateVocabulary

/// Numbers of a sentence that say the same of one owner each: `12.8 for A, 13.6 for B and 15.0 for C`.
///
/// They are a column of a table that was written as a sentence, and are bound as one: most of them tell which column it is.
struct SentenceSeries {
    let binder: Binder
    let relation: Relation

    private static let fewest = 3

    /// Each as a column of one cell a row.
    func grids(in phrase: Int, _ figures: [Figure]) -> [[GridAlignment.Row]] {
        runs(phrase, figures).compactMap { run in
            groups(of: run).lazy.compactMap { self.grid(run, by: $0) }.first
        }
    }

    /// Numbers with nothing but names, units and small words between one and the next.
    private func runs(_ phrase: Int, _ figures: [Figure]) -> [[Figure]] {
        var runs: [[Figure]] = []
        for figure in figures where !figure.isDerived && !figure.quantity.isFactor && figure.hedge != .bound {
            if let last = runs.last?.last, isAlike(last, figure), isListed(phrase, last.token + 1..<figure.token) {
                runs[runs.count - 1].append(figure)
            } else {
                runs.append([figure])
            }
        }
        return runs.filter { $0.count >= SentenceSeries.fewest }
    }

    private func isAlike(_ first: Figure, _ second: Figure) -> Bool {
        first.unit?.dimension == second.unit?.dimension && first.quantity.isPercent == second.quantity.isPercent
            && first.statistics == second.statistics
    }

    private func isListed(_ phrase: Int, _ between: Range<Int>) -> Bool {
        let (phrase, reading) = (binder.phrases[phrase], binder.readings[phrase])
        let isOther = phrase.tokens[between].contains {
            $0.isMark(";.:") || Lexicon.comparisons[$0.text] != nil || Lexicon.references.contains($0.text)
        }
        return !isOther
            && Attachment(phrase: phrase, figures: [], names: reading.entities.map(\.tokens)).goesOn(between)
    }

    /// Kinds of names of which each number has one of its own.
    private func groups(of run: [Figure]) -> [Int] {
        let groups = run.map { Set($0.entities.filter { $0.certainty == .own }.map(\.mention.group)) }
        return groups.dropFirst().reduce(groups[0]) { $0.intersection($1) }.sorted()
    }

    private func grid(_ run: [Figure], by group: Int) -> [GridAlignment.Row]? {
        let owners = run.compactMap { figure in
            figure.entities.first { $0.certainty == .own && $0.mention.group == group }?.mention
        }
        guard owners.count == run.count, Set(owners.map(\.rows)).count == run.count else { return nil }
        return zip(run, owners).map { figure, owner in
            GridAlignment.Row(
                cells: [GridAlignment.Cell(figure: figure)], rows: owner.rows,
                axes: Set(owner.labels.map { Coordinates.axis(ofLabelName: relation.labels[$0].name) }))
        }
    }
}
