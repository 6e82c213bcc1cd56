internal import GateCore
internal import GateVocabulary

/// Gives every number its subjects: in tables by row and header, in sentences by what stands with it, else by what it goes
/// on.
struct Binder {
    let document: ReportDocument
    let phrases: [Phrase]
    let readings: [Reading]
    /// Phrases of the cells, by table: header first, then rows; each by column.
    private let cells: [[[Int]]]
    /// A rate of what the data does not count so, as one of whatever it counts.
    var open: ((MeasuredUnit) -> MeasuredUnit)?
    var fitsDimension: ((Reading.Metric, MeasuredUnit?) -> Bool)?
    /// Whether the metric is measured in the unit, where there is one.
    var isMeasured: ((Reading.Metric, MeasuredUnit?) -> Bool)?

    init(document: ReportDocument, phrases: [Phrase], readings: [Reading]) {
        self.document = document
        self.phrases = phrases
        self.readings = readings
        var cells = document.tables.map { Array(repeating: [Int](), count: $0.rows.count + 1) }
        for (index, phrase) in phrases.enumerated() {
            guard case .cell(let table, let row, _) = phrase.kind else { continue }
            cells[table][row + 1].append(index)
        }
        self.cells = cells
    }

    /// The cell of a row in a column; nil where the row is shorter.
    func cell(_ table: Int, row: Int, column: Int) -> Int? {
        let row = cells[table][row + 1]
        return column < row.count ? row[column] : nil
    }

    func header(of phrase: Phrase) -> Int? {
        guard case .cell(let table, _, let column) = phrase.kind else { return nil }
        return cell(table, row: -1, column: column)
    }

    /// The cells of a phrase's row.
    func row(of phrase: Phrase) -> [Int] {
        guard case .cell(let table, let row, _) = phrase.kind else { return [] }
        return cells[table][row + 1]
    }

    /// The cells above one, without the header.
    func column(above phrase: Phrase) -> [Int] {
        guard case .cell(let table, let row, let column) = phrase.kind, row > 0 else { return [] }
        return (0..<row).compactMap { cell(table, row: $0, column: column) }
    }

    /// The other cells of a cell's row and column; of a sentence none.
    func around(_ index: Int) -> [Int] {
        guard case .cell(let table, let row, let column) = phrases[index].kind else { return [] }
        let others = cells[table].dropFirst().enumerated().compactMap {
            $0 == row ? nil : column < $1.count ? $1[column] : nil
        }
        return cells[table][row + 1].filter { $0 != index } + others
    }

    func rows(ofTable table: Int) -> [[Int]] { Array(cells[table].dropFirst()) }

    /// The numbers of a phrase that claim something.
    func figures(of index: Int) -> [Figure] {
        let phrase = phrases[index]
        let tokens = phrase.tokens.indices.filter {
            phrase.tokens[$0].number != nil && !NotClaims.contains($0, phrase, readings[index])
        }
        guard !tokens.isEmpty, !isKeyCell(phrase) else { return [] }
        var figures = tokens.compactMap { token -> Figure? in
            guard let quantity = phrase.tokens[token].number else { return nil }
            var figure = Figure(phrase: index, token: token, quantity: quantity)
            let unit = isOccasion(token, phrase) ? nil : quantity.unit ?? unitBehindWord(token, phrase)
            figure.unit = unit.map { open?($0) ?? $0 }
            figure.hedge = limit(before: token, index) == nil ? hedge(token, phrase) : .bound
            if figure.hedge == .bound { bound(&figure, phrase) }
            figure.sign = sign(token, phrase)
            figure.hasUnknownKey = readings[index].hasUnknownKey
            figure.isDerived = isDerived(token, phrase) || figure.sign == .plus && !phrase.isCell
            figure.isOfSeveral =
                figure.isDerived
                && (phrase.leavesSomeOut || phrase.computes || isGathered(token, phrase) || isMultiple(token, phrase)
                    || isComputed(token, phrase))
            figure.isCell = phrase.isCell
            figure.isOfWhole = !phrase.isCell && phrase.has(Lexicon.wholes)
            figure.counted = counted(token, phrase)
            figure.whole = whole(token, phrase)
            figure.isAmount = figure.isDerived && isAmount(token, phrase)
            return figure
        }
        shareWholes(&figures, phrase)
        shareUnits(&figures, phrase)
        if !phrase.isCell { passUnits(&figures, phrase, readings[index].entities.map(\.tokens)) }
        if phrase.isCell { bindCell(&figures, phrase) } else { bindSentence(&figures, phrase) }
        let isNumbered = phrase.isCell && isNumberedRow(phrase)
        let isOfUnknown = !phrase.isCell && NotClaims.namesModel(phrase, readings[index])
        for place in figures.indices {
            context(&figures[place], phrase)
            // A row that a number names is not that of a number above.
            if isNumbered { figures[place].entities.removeAll { $0.certainty == .context && $0.mention.isKey } }
            if isOfUnknown || isOnTheOther(figures[place].token, phrase) { figures[place].hasUnknownKey = true }
            let isNamed = figures[place].metric.map { $0.mention.isWhole && $0.certainty <= .inherited } ?? false
            if !phrase.isCell, !isNamed || isOfOne(phrase), !isKeyFirst(index),
                isPerNoun(figures[place].token, phrase)
            {
                (figures[place].isDerived, figures[place].isOfSeveral) = (true, true)
            }
        }
        return figures
    }

    /// `One client: …` selects a row.
    private func isKeyFirst(_ index: Int) -> Bool {
        guard let first = phrases[index].tokens.firstIndex(where: \.isWord) else { return false }
        return readings[index].entities.contains { $0.isKey && $0.tokens.contains(first) }
    }

    func counted(_ token: Int, _ phrase: Phrase) -> String? {
        guard let number = phrase.tokens[token].number, number.isWhole, number.unit == nil,
            token + 1 < phrase.tokens.count, case let next = phrase.tokens[token + 1], next.isWord,
            next.text.hasSuffix("s"), next.text.utf8.count > 3, next.text != "times", !Lexicon.stop.contains(next.text)
        else { return nil }
        return stem(next.text)
    }

    // MARK: - Tables

    /// In a column whose cells mostly name rows, what shares a word with a metric names a row, too.
    private func namesRow(_ phrase: Int) -> Bool {
        guard case .cell(let table, let row, let column) = phrases[phrase].kind, row >= 0 else { return false }
        let others = cells[table].dropFirst().prefix(24).compactMap { column < $0.count ? $0[column] : nil }
        return others.count > 1 && 2 * others.count { !readings[$0].entities.isEmpty } >= others.count
    }

    /// The first cell of its row is a number.
    private func isNumberedRow(_ phrase: Phrase) -> Bool {
        guard case .cell(_, _, let column) = phrase.kind, column > 0 else { return false }
        return row(of: phrase).first.map(isFigure) ?? false
    }

    private func bindCell(_ figures: inout [Figure], _ phrase: Phrase) {
        guard case .cell(let table, let row, let column) = phrase.kind, row >= 0 else { return }
        var sources = self.row(of: phrase).enumerated().filter { $0.offset != column && !isFigure($0.element) }.map(
            \.element)
        // Keys stand in columns of their own.
        let keys = self.row(of: phrase).enumerated().filter { $0.offset != column }.compactMap {
            key($0.element, table, $0.offset)
        }
        let head = cell(table, row: -1, column: column)
        if column > 0, let name = self.row(of: phrase).first {
            let (isUnread, hasUnreadName) = (isUnread(name), hasUnreadName(name))
            for place in figures.indices where isUnread || hasUnreadName {
                (figures[place].hasUnknownKey, figures[place].hasUnreadName) = (true, hasUnreadName)
            }
        }
        if let head {
            sources.append(head)
            // `Other`: a word that was read as nothing, and no unit.
            if phrases[head].tokens.count == 1, isUnread(head) {
                for place in figures.indices { figures[place].hasUnknownKey = true }
            }
        }
        sources.append(figures[0].phrase)
        for place in figures.indices {
            for source in sources {
                for entity in readings[source].entities {
                    figures[place].entities.append(.init(mention: entity, certainty: .own))
                }
                figures[place].statistics += readings[source].statistics.map(\.said)
            }
            for key in keys { figures[place].entities.append(.init(mention: key, certainty: .own)) }
            let order = isTransposed(sources, head) ? sources : (head.map { [$0] } ?? []) + sources
            let metrics = order.lazy.compactMap { source in
                self.readings[source].metrics.filter { _ in source == head || !namesRow(source) }
                    .max { $0.tokens.count < $1.tokens.count }.map { (metric: $0, source: source) }
            }
            if let (metric, source) = metrics.first {
                let isKnown = sources.allSatisfy { !readings[$0].metrics.contains { $0 == metric } || isCovered($0) }
                figures[place].metric = .init(
                    mention: isKnown
                        ? metric
                        : Reading.Metric(
                            tokens: metric.tokens, columns: metric.columns, isWhole: false, wide: metric.wide),
                    certainty: .own)
                figures[place].homonyms = readings[source].entities.filter { $0.tokens == metric.tokens }
            }
            figures[place].dimension = sources.lazy.compactMap { self.readings[$0].dimensions.first?.dimension }.first
            if figures[place].unit == nil, let head { figures[place].unit = unit(ofHeader: head) ?? rowUnit(sources) }
            if figures[place].unit == nil, !figures[place].quantity.isWhole, let unit = leadUnit(phrase) {
                let fits = figures[place].metric.map { fitsDimension?($0.mention, unit) ?? true } ?? true
                if fits { figures[place].unit = unit }
            }
        }
    }

    /// The header names who it is of, and the row what: a word of a metric in such a header is a part of the name.
    private func isTransposed(_ sources: [Int], _ head: Int?) -> Bool {
        guard let head, let first = sources.first, first != head else { return false }
        return readings[head].entities.contains { $0.isWhole && !$0.isKey } && !readings[first].metrics.isEmpty
            && readings[first].entities.isEmpty
    }

    /// A cell that names its row in words which the data does not have.
    private func isUnread(_ cell: Int) -> Bool {
        let reading = readings[cell]
        return phrases[cell].tokens.contains { $0.isWord } && !phrases[cell].tokens.contains { $0.number != nil }
            && reading.entities.isEmpty && reading.metrics.isEmpty && reading.statistics.isEmpty
            && !phrases[cell].tokens.contains { Relation.totals.contains($0.text) }
    }

    /// A name, or the rest of one: `LLM` of `TensorRT-LLM`.
    private func hasUnreadName(_ cell: Int) -> Bool {
        let tokens = phrases[cell].tokens
        return unread(cell).contains { index in
            tokens[index].isName
                || index > 1 && tokens[index - 1].isMark("-") && tokens[index - 2].isName
                    && tokens[index - 2].bytes.upperBound + 1 == tokens[index].bytes.lowerBound
        }
    }

    /// Every word of a cell is one that the data has: `WAL written` is more than a `max_wal_size`.
    private func isCovered(_ cell: Int) -> Bool { unread(cell).isEmpty }

    /// The words of a cell, without what stands in brackets, that were read as nothing.
    private func unread(_ cell: Int) -> [Int] {
        let reading = readings[cell]
        let known =
            reading.metrics.map(\.tokens) + reading.entities.map(\.tokens)
            + reading.statistics.map { $0.token..<$0.token + 1 } + reading.dimensions.map { $0.token..<$0.token + 1 }
        let brackets = phrases[cell].tokens.firstIndex { $0.isMark("([") } ?? phrases[cell].tokens.count
        return phrases[cell].tokens[..<brackets].indices.filter { index in
            let token = phrases[cell].tokens[index]
            return (token.isWord || token.isIdentifier) && !Lexicon.stop.contains(token.text)
                && !Lexicon.generic.contains(token.text) && !Lexicon.generic.contains(stem(token.text))
                && !known.contains { $0.contains(index) } && MeasuredUnit(token.text) == nil
        }
    }

    private func isFigure(_ phrase: Int) -> Bool {
        let tokens = phrases[phrase].tokens.filter { !$0.isMark("*_`|~+-") }
        return tokens.count <= 2 && tokens.first?.number != nil
    }

    /// The number selects the row for the others in it.
    private func isKeyCell(_ phrase: Phrase) -> Bool {
        guard case .cell(let table, let row, let column) = phrase.kind, row >= 0,
            let cell = cell(table, row: row, column: column)
        else { return false }
        return key(cell, table, column) != nil
    }

    /// A number in a column of keys selects the row.
    private func key(_ cell: Int, _ table: Int, _ column: Int) -> Reading.Entity? {
        guard let number = phrases[cell].tokens.first(where: { $0.number != nil })?.number, isFigure(cell),
            let head = self.cell(table, row: -1, column: column)
        else { return nil }
        return keyReader?(head, number.value)
    }

    /// What the numbers of a table's row select that stand in columns of keys.
    func keys(ofRow cells: [Int]) -> [Reading.Entity] {
        cells.compactMap { cell in
            guard case .cell(let table, _, let column) = phrases[cell].kind else { return nil }
            return key(cell, table, column)
        }
    }

    /// Set by the audit, which has the relation.
    var keyReader: ((_ header: Int, _ value: Double) -> Reading.Entity?)?

    /// `Load (s)`, `p95 [ms]`, `Latency ms`
    func unit(ofHeader header: Int) -> MeasuredUnit? {
        // `4k` is a size of the machine, not degrees.
        guard phrases[header].tokens.first.flatMap(\.text.first)?.isNumber != true else { return nil }
        // `Foo X` is a name.
        guard !readings[header].entities.contains(where: { $0.isWhole && !$0.isKey }) || isBracketed(header) else {
            return nil
        }
        let text = phrases[header].tokens.map { document.text($0.bytes) }.joined(separator: " ")
        let first = phrases[header].tokens.first?.bytes.lowerBound ?? 0
        let last = phrases[header].tokens.last?.bytes.upperBound ?? first
        let unit = NameReading(document.text(first..<last)).unit ?? NameReading(text).unit
        return unit?.dimension == .count ? nil : unit
    }

    private func isBracketed(_ header: Int) -> Bool { phrases[header].tokens.contains { $0.isMark("([") } }

    /// `Median duration in minutes:`, `The 90th percentile (ms):` above a table.
    private func leadUnit(_ phrase: Phrase) -> MeasuredUnit? {
        guard let lead = phrase.before.first else { return nil }
        let tokens = phrases[lead].tokens
        let units = tokens.indices.dropFirst().compactMap { index -> MeasuredUnit? in
            let isNamed =
                tokens[index - 1].text == "in"
                || tokens[index - 1].isMark("([") && index + 1 < tokens.count && tokens[index + 1].isMark(")]")
            guard isNamed, tokens[index].isWord, let unit = MeasuredUnit(tokens[index].text), unit.dimension != .count
            else { return nil }
            return unit
        }
        return units.count == 1 ? units[0] : nil
    }

    private func rowUnit(_ sources: [Int]) -> MeasuredUnit? {
        for source in sources where phrases[source].tokens.contains(where: { $0.isMark("(") }) {
            if let unit = unit(ofHeader: source) { return unit }
        }
        return nil
    }

    /// A metric of another dimension than the number is another number's.
    func fits(_ metric: Reading.Metric, _ figure: Figure) -> Bool {
        fitsDimension?(metric, figure.unit) ?? true
    }
}
