internal import GateCore
internal import GateVocabulary

/// What changes between two keys: `from 64 to 128 clients, throughput falls by 3.7 %`, `between 1 and 16 req/s it rises by a
/// factor of 14`.
struct Spans {
    let statement: Statement
    private var relation: Relation { statement.relation }
    private var tokens: [Token] { statement.tokens }

    /// Pairs of values that the sentence may mean; of more, none in particular.
    private static let mostPairs = 24
    /// Of what the metric may be one, where it is that of other rows.
    private static let mostColumns = 3
    /// Words between a change and the word that says which way it goes.
    private static let reach = 8

    private struct Pair {
        let first: Int
        let second: Int
    }

    func judge() -> Statement.Outcome {
        var outcome = Statement.Outcome()
        for figure in statement.figures
        where !statement.isEndOfWay(figure.token)
            && (figure.quantity.isPercent || figure.quantity.isFactor || isFactor(figure.token))
        {
            guard let (first, second) = ends(near: figure.token), first.rows != second.rows, figure.hedge != .bound,
                let direction = direction(near: figure.token),
                let verdict = judge(figure, direction, pairs(first, second, near: figure.token))
            else { continue }
            outcome.verdicts[figure.token] = verdict
        }
        return outcome
    }

    /// Two keys of one kind behind `from` or `between`.
    private func ends(near token: Int) -> (Reading.Entity, Reading.Entity)? {
        let keys = statement.reading.entities.filter(\.isKey)
        // Of several the last one before the change.
        let pairs = zip(keys, keys.dropFirst()).filter { $0.group == $1.group }
        let behind = pairs.filter { $1.tokens.lowerBound > token }
        for (first, second) in pairs.filter({ $1.tokens.lowerBound <= token }).reversed() + behind {
            let before = tokens[..<first.tokens.lowerBound].suffix(2).map(\.text)
            let between = tokens[first.tokens.upperBound..<max(first.tokens.upperBound, second.tokens.lowerBound)]
                .map(\.text)
            guard between.count <= 3 else { continue }
            if before.contains("from") && between.contains("to")
                || before.contains("between") && between.contains("and")
            {
                return (first, second)
            }
        }
        return nil
    }

    private func isFactor(_ token: Int) -> Bool { tokens[..<token].suffix(2).map(\.text) == ["factor", "of"] }

    private func direction(near token: Int) -> Lexicon.Direction? {
        tokens[..<token].suffix(Spans.reach).reversed().lazy.compactMap {
            Lexicon.directions[$0.text] ?? Lexicon.costing[$0.text]
        }.first
    }

    /// `throughput grows by 57 % and its TTFT ninefold`: what stands before the way that it goes, rather than behind it.
    private func subject(of token: Int) -> Reading.Metric? {
        let clause = statement.clause(around: token)
        guard let way = tokens[..<token].lastIndex(where: { Lexicon.directions[$0.text] != nil }), clause.contains(way)
        else { return nil }
        return statement.reading.metrics.last { $0.tokens.upperBound <= way && clause.contains($0.tokens.lowerBound) }
    }

    /// The values of the metric at both keys, all else alike.
    private func pairs(_ first: Reading.Entity, _ second: Reading.Entity, near token: Int) -> [Pair] {
        guard let metric = subject(of: token) ?? statement.metric(near: token), metric.isWhole,
            statement.reading.metrics.isEmpty || statement.clause(around: token).overlaps(metric.tokens)
        else { return [] }
        let clause = statement.clause(around: token)
        let pairs = self.pairs(first, second, in: metric.columns, within: clause)
        guard pairs.isEmpty, let dimension = metric.columns.first.map({ relation.columns[$0].dimension }) else {
            return pairs
        }
        // The metric is that of other rows; those of the keys have one of its kind.
        let columns = Set(
            (first.rows.prefix(64)).flatMap { relation.rows[$0].entries.map { relation.entries[$0].column } }
        )
        .filter { dimension == .rate && relation.columns[$0].dimension == dimension }
        return (1...Spans.mostColumns) ~= columns.count
            ? self.pairs(first, second, in: columns.sorted(), within: clause) : []
    }

    private func pairs(
        _ first: Reading.Entity, _ second: Reading.Entity, in metrics: [Int], within clause: Range<Int>
    ) -> [Pair] {
        let named = statement.namedStatistics
        let exact = metrics.filter { named.contains(relation.columns[$0].statistic) }
        let conditions = statement.condition(besides: [first.group], within: clause)
        let keys = Set((first.labels + second.labels).map { relation.labels[$0].name })
        var pairs: [Pair] = []
        for column in exact.isEmpty ? metrics : exact {
            let held = statement.conditions(conditions, on: column)
            let left = entries(of: first, column, held).filter { !isOfOther($0, within: clause) }
            let others = entries(of: second, column, held).filter { !isOfOther($0, within: clause) }
            // A run of its own at each key: nothing else can be meant, whatever the run is called.
            if left.count == 1, others.count == 1 {
                pairs.append(Pair(first: left[0], second: others[0]))
                continue
            }
            let right = Dictionary(grouping: others) { owner($0, besides: keys) }
            for entry in left {
                pairs += (right[owner(entry, besides: keys)] ?? []).map { Pair(first: entry, second: $0) }
                guard pairs.count <= Spans.mostPairs else { return [] }
            }
        }
        return pairs
    }

    /// The clause names one of its kind that it is not of.
    private func isOfOther(_ entry: Int, within clause: Range<Int>) -> Bool {
        let row = relation.entries[entry].row
        let named = statement.reading.entities.filter { !$0.isKey && clause.overlaps($0.tokens) }
        return named.contains { entity in
            let kinds = relation.kinds(of: entity)
            let isOfKind = relation.rows[row].labels.contains { kinds.contains(relation.labels[$0].name) }
            return isOfKind && !named.contains { $0.group == entity.group && contains($0.rows, row) }
        }
    }

    private func entries(of key: Reading.Entity, _ column: Int, _ conditions: [Reading.Entity]) -> [Int] {
        relation.entries(
            in: statement.rows(key.rows, under: conditions), columns: [column], limit: ValueJudge.mostCandidates
        ) { _ in true }
    }

    /// What names a value besides the keys; files may be of one run each.
    private func owner(_ entry: Int, besides keys: Set<Int>) -> [Int] {
        relation.rows[relation.entries[entry].row].labels.filter {
            relation.labels[$0].kind == .text && !keys.contains(relation.labels[$0].name)
        }.sorted()
    }

    private func judge(_ figure: Figure, _ direction: Lexicon.Direction, _ pairs: [Pair]) -> Verdict? {
        var (wrongWay, other): (Pair?, Pair?)
        for pair in pairs {
            let (from, to) = (relation.entries[pair.first].value, relation.entries[pair.second].value)
            guard from > 0, to > 0, from != to, !isPoints(figure) else { continue }
            guard says(figure, from, to) else {
                other = other ?? pair
                continue
            }
            if (to > from) == (direction == .up) { return .derivable(text(pair)) }
            wrongWay = wrongWay ?? pair
        }
        if let wrongWay {
            return .contradicted(.I03, text(wrongWay), "The two values go the other way.")
        }
        guard let other, let change = pairs.first.map({ change(figure, $0) }),
            // Requests and queries of one run rise alike.
            pairs.allSatisfy({ figure.quantity.prints(figure.quantity.value + self.change(figure, $0) - change) })
        else { return nil }
        return .contradicted(
            .I02, text(other), "From the two values follows \(shown((10 * change).rounded() / 10)).")
    }

    /// `3.3 percentage points`: a difference and no share.
    private func isPoints(_ figure: Figure) -> Bool {
        statement.tokens.dropFirst(figure.token + 1).first.map { Lexicon.points.contains($0.text) } ?? false
    }

    private func change(_ figure: Figure, _ pair: Pair) -> Double {
        let (from, to) = (relation.entries[pair.first].value, relation.entries[pair.second].value)
        return figure.quantity.isPercent ? 100 * abs(to - from) / from : max(to / from, from / to)
    }

    private func says(_ figure: Figure, _ from: Double, _ to: Double) -> Bool {
        let values =
            figure.quantity.isPercent
            ? [100 * abs(to - from) / from] : [to / from, from / to]
        return values.contains { figure.quantity.prints($0, slack: figure.slack) }
    }

    private func text(_ pair: Pair) -> String {
        "\(relation.describe(pair.first)) → \(relation.describe(pair.second))"
    }
}
