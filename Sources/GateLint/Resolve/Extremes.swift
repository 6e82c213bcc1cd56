internal import GateCore
internal import GateVocabulary

/// Superlatives and ranks: which of all has the most, the least, the second most.
struct Extremes {
    let statement: Statement
    var relation: Relation { statement.relation }
    var tokens: [Token] { statement.tokens }
    var reading: Reading { statement.reading }

    init(_ statement: Statement) { self.statement = statement }

    func judge() -> Statement.Outcome {
        var outcome = Statement.Outcome()
        for (index, said) in reading.statistics {
            guard case .extreme(let extreme) = said, !isBound(index), !isOfQuality(index), !isPartOfName(index),
                !isOfSize(index), !isOfChange(index),
                !isOfSome(index),
                !isDenied(index)
            else {
                continue
            }
            if let finding = superlative(index, extreme) { outcome.findings.append(finding) }
            if let (token, verdict) = value(index, extreme) { outcome.verdicts[token] = verdict }
        }
        if let finding = noOther() { outcome.findings.append(finding) }
        return outcome
    }

    /// `at most 5`, `a peak of 5 GB`
    func isBound(_ index: Int) -> Bool {
        if tokens[(index + 1)...].first?.text == "of", tokens[(index + 2)...].first?.number != nil { return true }
        // `the slowest 5 % of starts`
        if tokens[(index + 1)...].first?.number?.isPercent ?? false { return true }
        // `the fastest and the slowest run took 68 s and 82 s`: each of its own.
        let near = tokens[(index + 1)...].prefix(3).map(\.text)
        let before = tokens[..<index].suffix(3).map(\.text)
        if near.first == "and" && near.dropFirst().contains(where: { Lexicon.extremes[$0] != nil })
            || before.contains("and") && before.contains(where: { Lexicon.extremes[$0] != nil })
        {
            return true
        }
        // `from highest to lowest`
        if tokens[..<index].suffix(3).contains(where: { $0.text == "from" }), index + 1 < tokens.count,
            tokens[index - 1].text == "from" && tokens[index + 1].text == "to"
                || tokens[index - 1].text == "to" && Lexicon.extremes[tokens[index - 2].text] != nil
        {
            return true
        }
        // `51.2 ms at the highest`, `in the slowest run`: where something was.
        if tokens[..<index].suffix(2).first.map({ ["at", "in", "under", "from"].contains($0.text) }) ?? false,
            tokens[index - 1].text == "the"
        {
            return true
        }
        return index > 0 && tokens[index - 1].text == "at"
            || tokens[..<index].suffix(2).map(\.text) == ["of", "the"] && tokens[index - 1].text == "the"
    }

    /// `is neither the fastest nor the slowest`, `not among the slowest`
    func isDenied(_ index: Int) -> Bool {
        statement.clause(around: index).contains { $0 < index && Lexicon.negations.contains(tokens[$0].text) }
    }

    /// `its fastest`, `the fastest of the base models`: among those that a word names which the data does not know.
    func isOfSome(_ index: Int) -> Bool {
        if index > 0, Lexicon.pronouns.contains(tokens[index - 1].text) || statement.phrase.leavesSomeOut {
            return true
        }
        if let next = tokens.dropFirst(index + 1).first(where: { !$0.isMark("*_`") }), next.isCapitalised,
            next.isWord, !isOfMetric(next.bytes), !relation.kindTerms.contains(stem(next.text))
        {
            // `the slowest Llama file`: of those of one name.
            return true
        }
        // `Among the crates that are plain libraries, A is slowest`
        if let first = tokens.first(where: \.isWord), ["among", "amongst", "of"].contains(first.text),
            let comma = tokens[..<index].firstIndex(where: { $0.isMark(",") }),
            tokens[..<comma].contains(where: { ["that", "which", "with", "without", "who"].contains($0.text) })
        {
            return true
        }
        let end = tokens[index...].firstIndex { $0.isMark(",;:(") || Lexicon.clauseWords.contains($0.text) }
        let behind = index + 1..<min(end ?? tokens.count, index + 10)
        guard
            let scope = behind.first(where: { place in
                // `the slowest with a mean of 621.5 s`
                ["of", "among", "amongst"].contains(tokens[place].text)
                    && !["that", "those"].contains(tokens[place - 1].text)
                    && !statement.figures.contains { $0.token == place + 1 && $0.unit?.dimension ?? .count != .count }
            })
        else {
            return false
        }
        let words = (scope + 1..<behind.upperBound).prefix { !Lexicon.copulas.contains(tokens[$0].text) }
        // `the slowest of the 1,200 requests`
        if let number = words.lazy.compactMap({ tokens[$0].number }).first, let count = number.int, !hasSo(count) {
            return true
        }
        return !words.allSatisfy(statement.isRead)
    }

    /// A word that names a metric.
    private func isOfMetric(_ bytes: Range<Int>) -> Bool {
        reading.metrics.contains { $0.tokens.contains { tokens[$0].bytes == bytes } }
    }

    /// Names of so many of one kind, or rows of so many in a file.
    private func hasSo(_ count: Int) -> Bool {
        Dictionary(grouping: relation.labels, by: \.name).values.contains { $0.count == count }
            || Dictionary(grouping: relation.rows, by: \.file).values.contains { $0.count == count }
    }

    /// `the most compact`: whether that is more or less of what is measured is not known.
    func isOfQuality(_ index: Int) -> Bool {
        guard ["most", "least"].contains(tokens[index].text), index + 1 < tokens.count else { return false }
        let next = tokens[index + 1]
        // `pays off most on A`, `gains most from it`: of what changed.
        if ["on", "in", "from", "for", "at", "with"].contains(next.text), index > 0, tokens[index - 1].isWord,
            !Lexicon.copulas.contains(tokens[index - 1].text), !Lexicon.determiners.contains(tokens[index - 1].text)
        {
            return true
        }
        return next.isWord && !next.text.hasSuffix("s") && !Lexicon.stop.contains(next.text)
            && Lexicon.comparisons[next.text] == nil && MeasuredUnit(next.text) == nil
            && !reading.metrics.contains { $0.tokens.contains(index + 1) }
    }

    /// `the widest tile needs 7.57 ms`: of the things themselves, of which the data has only the names.
    func isOfSize(_ index: Int) -> Bool {
        guard Lexicon.ofThings.contains(tokens[index].text),
            let next = tokens.dropFirst(index + 1).first(where: { !$0.isMark("*_`") }), next.isWord
        else { return false }
        return relation.kindTerms.contains(stem(next.text)) && !isOfMetric(next.bytes)
            && !tokens[..<index].contains { Lexicon.copulas.contains($0.text) }
    }

    /// `the largest loss of all tasks`, of data that has no losses: of what changed.
    func isOfChange(_ index: Int) -> Bool {
        // `The gap in WER is widest at step 2,000`
        if statement.clause(around: index).contains(where: { place in
            place < index && index - place <= Extremes.reachOfGap && Lexicon.gaps.contains(tokens[place].text)
                && tokens[place..<index].contains { Lexicon.copulas.contains($0.text) }
        }) {
            return true
        }
        guard let next = tokens.dropFirst(index + 1).first(where: { !$0.isMark("*_`") }) else { return false }
        // `the biggest gain goes to A, the smallest to B`
        if Lexicon.stop.contains(next.text),
            let before = reading.statistics.last(where: { said in
                if case .extreme = said.said { said.token < index } else { false }
            }), isOfChange(before.token)
        {
            return true
        }
        return (Lexicon.changes.contains(next.text) || Lexicon.outcomes.contains(next.text))
            && !relation.metricIndex.knows(stem(next.text))
    }

    private static let reachOfGap = 8

    /// `peak memory`, where the data has a peak of the memory.
    func isPartOfName(_ index: Int) -> Bool {
        if relation.metricIndex.knows(stem(tokens[index].text)),
            reading.metrics.contains(where: { $0.tokens.contains(index) })
        {
            return true
        }
        // `the peak resident size averages`, where the data has a `peak_rss`
        let word = tokens[index].text
        if Lexicon.measures.contains(word),
            tokens.dropFirst(index + 1).first.map({ $0.isWord && $0.text != "of" }) ?? false,
            relation.columns.contains(where: { NameWords.words(of: $0.name).contains(word) })
        {
            return true
        }
        guard Lexicon.statistics[tokens[index].text] != nil || NameReading(tokens[index].text).statistic != .raw,
            let metric = statement.metric(near: index)
        else { return false }
        return metric.columns.contains { NameWords.words(of: relation.columns[$0].name).contains(tokens[index].text) }
    }

    // MARK: - Superlatives

    private func superlative(_ index: Int, _ extreme: Lexicon.Extreme) -> Statement.Finding? {
        let columns = columns(index, extreme)
        guard !columns.isEmpty, !isOfOtherUnit(index, columns) else { return nil }
        let subjects = subjects(index)
        // `the random read job`, of which `read` is known; `hybrid search`, of which `hybrid` is
        guard let first = subjects.first,
            subjects.allSatisfy({
                statement.isRead($0.tokens.lowerBound - 1) && statement.isRead($0.tokens.upperBound)
            })
        else { return nil }
        // What peaks at a value does so among its own.
        guard first.isKey || !Lexicon.copulas.contains(tokens[index].text), !isOfUnnamed(index, columns, first) else {
            return nil
        }
        if let last = subjects.last, let most = wantsMost(extreme, columns[0]), isSoAmongLike(last, columns, most) {
            return nil
        }
        var evidence: String?
        for subject in subjects {
            guard let wrong = wrong(subject, index, extreme, columns),
                !isBorneOut(index, subject, columns, extreme)
            else { return nil }
            evidence = evidence ?? wrong
        }
        return Statement.Finding(
            tokens: min(first.tokens.lowerBound, index)..<max(first.tokens.upperBound, index + 1), rule: .I03,
            evidence: evidence ?? "", message: "By the data another one is \(tokens[index].text).")
    }

    /// Evidence that another one is the extreme one in each of the columns; nil where it is not so, or cannot be told.
    func wrong(_ subject: Reading.Entity, _ index: Int, _ extreme: Lexicon.Extreme, _ columns: [Int]) -> String? {
        let conditions = Array(withKeys([subject]).dropFirst()) + statement.condition(besides: [subject.group])
        let verdicts = columns.compactMap { column in
            wantsMost(extreme, column).flatMap {
                place(
                    subject, column, statement.conditions(conditions, on: column), wantsMost: $0,
                    rank: rank(index), ofMean: isOfMean(index, column))
            }
        }
        guard !verdicts.isEmpty, verdicts.allSatisfy({ $0.evidence != nil }) else { return nil }
        return verdicts[0].evidence
    }

    /// `A is the slowest step on average`, where the data has single values of each step.
    private func isOfMean(_ index: Int, _ column: Int) -> Bool {
        relation.columns[column].statistic == .raw && statement.namedStatistics(near: index) == [.mean]
    }

    /// `the second highest`: from the best, counted from 1.
    func rank(_ index: Int) -> Int {
        guard index > 0 else { return 1 }
        let before = tokens[index - 1]
        if let number = before.number, number.isOrdinal, let rank = number.int { return rank }
        return Lexicon.ordinals[before.text] ?? 1
    }

    func columns(_ index: Int, _ extreme: Lexicon.Extreme) -> [Int] {
        let columns = relation.withoutSamples(metrics(index, extreme))
        // Long is what takes time.
        return ["longest", "shortest"].contains(tokens[index].text)
            ? columns.filter { relation.columns[$0].dimension == .time } : columns
    }

    func metrics(_ index: Int, _ extreme: Lexicon.Extreme) -> [Int] {
        let near = reading.metrics.filter { $0.tokens.lowerBound > index && $0.tokens.lowerBound - index <= 5 }
        let metric =
            near.first
            ?? reading.metrics.last { $0.tokens.lowerBound < index && index - $0.tokens.lowerBound <= 14 }
            ?? (isBare(index, extreme) ? statement.above.metric : nil)
        if let metric {
            let named = statement.namedStatistics(near: index)
            let exact = metric.columns.filter { named.contains(relation.columns[$0].statistic) }
            if named.isEmpty { return metric.columns }
            return exact.isEmpty ? metric.columns.filter { relation.columns[$0].statistic == .raw } : exact
        }
        let dimensions: [Dimension] =
            [.quickest, .slowest].contains(extreme)
            ? [.time, .rate] : reading.dimensions.filter { abs($0.token - index) <= 3 }.map(\.dimension)
        let measured = relation.columns.indices.filter {
            dimensions.contains(relation.columns[$0].dimension) && statement.isMagnitude($0)
        }
        if !measured.isEmpty { return measured }
        let called = called(index)
        return called.isEmpty ? ofNext(index) : called
    }

    /// `the longest p99`, `the highest count`: columns that are called by a statistic or by one general word.
    private func called(_ index: Int) -> [Int] {
        let near = reading.statistics.compactMap { token, said -> Statistic? in
            guard case .statistic(let statistic) = said, (1...3).contains(token - index) else { return nil }
            return statistic
        }
        if !near.isEmpty { return relation.columns.indices.filter { near.contains(relation.columns[$0].statistic) } }
        guard let word = tokens.dropFirst(index + 1).first(where: { !$0.isMark("*_`") }), word.isWord else { return [] }
        return relation.columns.indices.filter { relation.columns[$0].terms == [stem(word.text)] }
    }

    /// `lowest pp512: A`, `the highest GSM8K`: all that is measured of what stands behind it.
    private func ofNext(_ index: Int) -> [Int] {
        guard let next = reading.entities.first(where: { $0.isWhole && $0.tokens.lowerBound == index + 1 }) else {
            return []
        }
        let entries = relation.entries(in: next.rows, columns: nil, limit: ValueJudge.mostCandidates) { _ in true }
        return Set(entries.map { relation.entries[$0].column }).sorted().filter {
            statement.isMagnitude($0) && !relation.columns[$0].isKey
        }
    }

    /// `The highest value belongs to lark`: of what was spoken of before.
    private func isBare(_ index: Int, _ extreme: Lexicon.Extreme) -> Bool {
        let next = tokens.dropFirst(index + 1).first?.text ?? ""
        return extreme != .most && extreme != .least
            || ["value", "values", "one", "figure", "result", "to", "belongs", "is", "was", "by"].contains(next)
    }

    func wantsMost(_ extreme: Lexicon.Extreme, _ column: Int) -> Bool? {
        let model = relation.columns[column]
        switch extreme {
        case .most: return true
        case .least: return false
        case .best, .worst: return Preference(ofScore: model).map { ($0 == .higher) == (extreme == .best) }
        case .quickest, .slowest:
            guard [.time, .rate].contains(model.dimension) else { return nil }
            return (model.dimension == .rate) == (extreme == .quickest)
        }
    }
}
