internal import GateCore
internal import GateVocabulary

/// What values of the data come to over the rows that a sentence speaks of: `all nine servers together answered 51,778
/// requests`, `A answered 38 % of all requests`, `the mean TTFT over the three engines is 231 ms`.
///
/// The noun behind the number, or the metric, tells the column; whom the sentence names, the rows.
struct Totals {
    let statement: Statement
    /// What the values of the data come to by the names of their rows.
    let aggregates: Search
    private var relation: Relation { statement.relation }
    private var tokens: [Token] { statement.tokens }

    /// Of less, any sum is one.
    private static let leastDigits = 2
    /// Words between a number and the noun that it counts.
    private static let reach = 3
    private static let mostValues = 2048

    func judge() -> [Int: Verdict] {
        var verdicts: [Int: Verdict] = [:]
        for figure in statement.figures where figure.hedge == .exact && !figure.isCell && !figure.isAmount {
            if let verdict = sum(figure) ?? total(figure) ?? share(figure) ?? mean(figure) {
                verdicts[figure.token] = verdict
            }
        }
        return verdicts
    }

    /// `together answered 51,778 requests`: of those that the sentence names, or of all.
    private func sum(_ figure: Figure) -> Verdict? {
        guard figure.quantity.isWhole || figure.quantity.scale > 1, !figure.isRelative,
            figure.quantity.significant >= Totals.leastDigits, figure.unit.map({ $0.dimension == .count }) ?? true,
            let column = counted(behind: figure.token) ?? named(figure), let entries = population(column)
        else { return nil }
        let isSaid =
            isOverAll(entries.count, before: figure.token)
            || isTotal(figure.token) && !countsOthers(than: entries.count)
        let verdict = judge(figure, sum(entries), of: entries, column)
        return isSaid || verdict?.kind == .derivable ? verdict : nil
    }

    /// `together the four servers have an idle power of 614.7 W`: of as many as the column has values.
    private func total(_ figure: Figure) -> Verdict? {
        guard isTotal(figure.token), !figure.isRelative, figure.quantity.significant >= Totals.leastDigits,
            let metric = figure.metric, metric.certainty <= .inherited, metric.mention.isWhole,
            metric.mention.columns.count == 1, case let column = metric.mention.columns[0],
            case let model = relation.columns[column], [.raw, .count, .total].contains(model.statistic),
            !model.isFraction, !model.isKey, Matching.isInUnitOrDimension(figure, model),
            let entries = all(of: column), isOver(entries.count)
        else { return nil }
        let value = sum(entries)
        let text = "sum of \(entries.count) values of \(model.name) = \(shown(value))"
        if Matching.prints(figure, value, model) { return .derivable(text) }
        return .contradicted(.G04, text, "The sum of the \(entries.count) values is \(shown(value)).")
    }

    /// The values of those that the sentence names; of all, where it names none.
    private func all(of column: Int) -> [Int]? {
        if let entries = population(column) { return entries }
        guard statement.reading.entities.isEmpty, !statement.phrase.leavesSomeOut else { return nil }
        let entries = statement.named(column)
        return entries.count > 1 && isOneSeries(entries) ? entries : nil
    }

    /// `38 % of all requests`
    private func share(_ figure: Figure) -> Verdict? {
        let behind = tokens[(figure.token + 1)...].prefix(4).filter { !$0.isMark("*_`") && $0.text != "percent" }
        guard figure.quantity.isPercent, behind.first?.text == "of", behind.count > 1,
            Lexicon.determiners.contains(behind[1].text) || behind[1].text == "all",
            let column = counted(behind: figure.token + 1), !statement.reading.entities.isEmpty,
            let own = population(column),
            case let all = relation.columns[column].entries.filter({ !relation.isTotal(relation.entries[$0].row) }),
            own.count < all.count, isOneSeries(all), sum(all) > 0
        else { return nil }
        let share = 100 * sum(own) / sum(all)
        let text = "\(own.count) of \(all.count) values of \(relation.columns[column].name)"
        if figure.quantity.prints(share) { return .derivable("follows from \(text)") }
        guard Search(relation: relation).entry(figure) == nil else { return nil }
        return .contradicted(.I02, text, "By the data it is \(shown((100 * share).rounded() / 100)) %.")
    }

    /// `over the three engines the mean is 231 ms`
    private func mean(_ figure: Figure) -> Verdict? {
        guard figure.namedStatistics == [.mean] && !figure.isDerived || isAveragedOver(figure), figure.extreme == nil,
            !figure.isRelativeChange, figure.quantity.digits >= 2, !statement.phrase.isBehindValue(figure.token),
            let column = averaged(figure), let entries = all(of: column), isOver(entries.count),
            !figure.isRelative || relation.columns[column].unit?.name == "%",
            !statement.phrase.has(["geometric", "weighted", "harmonic"])
        else { return nil }
        let mean = sum(entries) / Double(entries.count)
        let text = "mean of \(entries.count) values of \(relation.columns[column].name) = \(shown(mean))"
        if Matching.prints(figure, mean, relation.columns[column]) { return .derivable(text) }
        guard !isMeanOfOthers(figure, column) else { return nil }
        return .contradicted(.G04, text, "The mean of the \(entries.count) values is \(shown(mean)).")
    }

    /// `Averaged over the five engines, the recall is 0.81`
    private func isAveragedOver(_ figure: Figure) -> Bool {
        let words = tokens.filter(\.isWord).prefix(2).map(\.text)
        return ["averaged", "averaging"].contains(words.first) && words.last == "over"
            && figure.token == statement.figures.last?.token && [[], [.mean]].contains(figure.namedStatistics)
    }

    /// The mean of other rows, or one that the data has.
    private func isMeanOfOthers(_ figure: Figure, _ column: Int) -> Bool {
        aggregates.entries(figure, limit: Totals.mostValues).contains { hit in
            let other = aggregates.relation.columns[aggregates.relation.entries[hit].column]
            return other.statistic == .mean && other.terms == relation.columns[column].terms
        }
    }

    private func judge(_ figure: Figure, _ value: Double, of entries: [Int], _ column: Int) -> Verdict? {
        let text = "sum of \(entries.count) values of \(relation.columns[column].name) = \(shown(value))"
        if figure.quantity.prints(value) { return .derivable(text) }
        guard aggregates.plain(figure) == nil, Search(relation: relation).entry(figure) == nil else { return nil }
        return .contradicted(.G04, text, "The sum of the \(entries.count) values is \(shown(value)).")
    }

    // MARK: - Of what

    /// The one column of counts that the metric beside the number names: `completed all 2,400`.
    private func named(_ figure: Figure) -> Int? {
        figure.metric.flatMap { $0.certainty <= .inherited && $0.mention.isWhole ? counts($0.mention.columns) : nil }
    }

    /// `eight load points and 2,320 requests in total` are not of six rows.
    private func countsOthers(than count: Int) -> Bool {
        tokens.indices.contains { place in
            guard let number = tokens[place].number, let value = number.int, !number.isOrdinal,
                !statement.reading.keyTokens.contains(place)
            else { return false }
            return value != count && (2..<100).contains(value) && (number.unit.map { $0.dimension == .count } ?? true)
        }
    }

    /// `together`, `in all`, `all runs`
    private func isTotal(_ token: Int) -> Bool {
        let words = Array(tokens[statement.clause(around: token)])
        return words.contains { ["together", "altogether", "combined"].contains($0.text) }
            || zip(words, words.dropFirst()).contains { $0.text == "in" && ["all", "total"].contains($1.text) }
    }

    /// The column of what is counted, as the noun behind a number names it.
    private func counted(behind token: Int) -> Int? {
        let metrics = statement.reading.metrics.filter {
            $0.isWhole && $0.tokens.lowerBound > token && $0.tokens.lowerBound - token <= Totals.reach
        }
        return metrics.first.flatMap { counts($0.columns) }
    }

    private func counts(_ columns: [Int]) -> Int? {
        let columns = columns.filter { column in
            let model = relation.columns[column]
            return !model.isKey && [.raw, .count, .total].contains(model.statistic) && !model.isFraction
                && [.count, .unknown].contains(model.dimension) && model.entries.count <= Totals.mostValues
                && model.entries.allSatisfy { relation.entries[$0].value.rounded() == relation.entries[$0].value }
        }
        return columns.count == 1 ? columns[0] : nil
    }

    /// The values of those that the sentence names, of all where it says so; nil where that cannot be told.
    private func population(_ column: Int) -> [Int]? {
        let isOfThese = !statement.reading.entities.isEmpty || statement.above.entities.isEmpty
        guard isOfThese || statement.phrase.has(["all"]),
            statement.reading.entities.allSatisfy({ $0.isWhole || $0.isKey }), !statement.phrase.leavesSomeOut
        else { return nil }
        let entries = statement.named(column)
        return entries.count > 1 && isOneSeries(entries) ? entries : nil
    }

    /// The single values of the metric that is named, or of the one in the number's unit.
    private func averaged(_ figure: Figure) -> Int? {
        let columns: [Int]
        if let metric = figure.metric {
            // `the mean of the five wall times`: the metric stands with the first number.
            guard metric.certainty <= .inherited || statement.reading.metrics.count == 1, metric.mention.isWhole else {
                return nil
            }
            columns = metric.mention.columns
        } else {
            guard let unit = figure.unit, unit.dimension != .count else { return nil }
            columns = relation.columns.indices.filter { relation.columns[$0].unit?.isComparable(with: unit) ?? false }
        }
        guard columns.count == 1, case let model = relation.columns[columns[0]],
            [.raw, .min, .max].contains(model.statistic), Matching.isInUnitOrDimension(figure, model)
        else { return nil }
        return columns[0]
    }

    /// All in one file, or each in one of its own: what stands twice is no sum.
    private func isOneSeries(_ entries: [Int]) -> Bool {
        let files = Set(entries.map { relation.rows[relation.entries[$0].row].file })
        return files.count == 1 || files.count == entries.count
    }

    /// `over its four runs`
    private func isOverAll(_ count: Int, before token: Int) -> Bool {
        tokens[..<token].indices.contains { place in
            ["over", "across", "in"].contains(tokens[place].text)
                && tokens[(place + 1)..<token].prefix(3).contains { $0.number?.int == count }
        }
    }

    /// `over the three engines`, `of all 9 runs`, `The three engines average`
    private func isOver(_ count: Int) -> Bool {
        zip(tokens, tokens.dropFirst()).contains { number, noun in
            number.number.map { $0.int == count && !$0.isOrdinal } ?? false && noun.isWord
                && !Lexicon.stop.contains(noun.text)
        }
    }

    private func sum(_ entries: [Int]) -> Double { entries.reduce(0) { $0 + relation.entries[$1].value } }
}
