import GateCore
import GateVocabulary

/// `A is faster than B`, of rows of one table and of models whose tables have the same column: I03.
struct OrderRules {
    let claims: ReportClaims

    func findings(_ index: Int, _ phrase: Phrase) -> [Finding] {
        if let (position, evidence) = turnedKeys(index, phrase) { return [finding(position, phrase, evidence)] }
        let words = phrase.tokens.map(\.text)
        guard let order = order(words) ?? amount(index, phrase),
            !words[..<order.position].suffix(3).contains(where: { negations.contains($0) })
        else { return [] }
        let isRate =
            phrase.tokens.contains { $0.number?.unit?.dimension == .rate }
            || claims.mentions[index].families.contains { $0.value == .throughput }
        let family: MetricFamily? = isRate ? .throughput : claims.mentions[index].families.first?.value
        let pairs = rows(index, phrase, family) ?? models(index, order.position, family)
        // Where figures disagree about who is faster, the sentence may mean the others.
        guard !pairs.isEmpty, pairs.allSatisfy({ $0.isFirstFaster != order.isFaster }), let pair = pairs.first else {
            return []
        }
        return [finding(order.position, phrase, pair.evidence)]
    }

    private func finding(_ position: Int, _ phrase: Phrase, _ evidence: String) -> Finding {
        let token = phrase.tokens[position]
        return Finding(
            rule: .I03, severity: .error, place: claims.document.place(token.bytes, line: phrase.line),
            claim: claims.document.text(token.bytes), evidence: evidence,
            message: "By the data it is the other way round.")
    }

    /// `results[0].ttft_s is lower than results[1].ttft_s`: two keys of the data, each with one figure of the same kind.
    private func turnedKeys(_ index: Int, _ phrase: Phrase) -> (position: Int, evidence: String)? {
        let keys = claims.mentions[index].keys
        guard keys.count == 2, keys.allSatisfy({ $0.value.count == 1 }),
            let position = phrase.tokens.indices.first(where: { amounts[phrase.tokens[$0].text] != nil }),
            let isLarger = amounts[phrase.tokens[position].text], keys[0].index < position,
            phrase.tokens[position..<max(position, keys[1].index)].contains(where: { $0.text == "than" }),
            !phrase.tokens[..<position].suffix(3).contains(where: { negations.contains($0.text) })
        else { return nil }
        let (left, right) = (claims.store.facts[keys[0].value[0]], claims.store.facts[keys[1].value[0]])
        guard left.family == right.family, left.dimension == right.dimension, left.base != right.base,
            (left.base > right.base) != isLarger
        else { return nil }
        return (position, "\(left.source) = \(shown(left.value)); \(right.source) = \(shown(right.value))")
    }

    private func order(_ words: [String]) -> (position: Int, isFaster: Bool)? {
        if let position = words.firstIndex(where: { ["faster", "slower", "quicker"].contains($0) }) {
            return (position, words[position] != "slower")
        }
        // `three times as fast as`
        guard
            let position = words.indices.first(where: { index in
                ["fast", "slow"].contains(words[index]) && index > 0 && words[index - 1] == "as"
                    && index + 1 < words.count && words[index + 1] == "as"
            }), words[..<position].contains(where: { $0 == "times" || $0 == "twice" || $0.hasSuffix("x") })
        else { return nil }
        return (position, words[position] == "fast")
    }

    /// `shorter than the 64 ms of B`, `fewer tokens per second than B`, `a higher throughput than B`: who is faster follows
    /// from what is compared, which must be one thing, and one name stands on either side.
    private func amount(_ index: Int, _ phrase: Phrase) -> (position: Int, isFaster: Bool)? {
        let tokens = phrase.tokens
        guard let position = tokens.indices.first(where: { amounts[tokens[$0].text] != nil }),
            let isLarger = amounts[tokens[position].text],
            let link = tokens[position...].prefix(6).firstIndex(where: { $0.text == "than" })
        else { return nil }
        let families = claims.mentions[index].families.map(\.value)
        let units = tokens.compactMap { $0.number?.unit?.dimension }
        let isRate = families.contains(.throughput) || units.contains(.rate)
        let isTime =
            units.contains(.time)
            || families.contains { [.ttft, .latency, .load, .promptEval, .eval, .execution].contains($0) }
        let mentions = claims.mentions[index]
        let names = mentions.rows.map(\.index) + mentions.tables.map(\.index)
        guard isRate != isTime, names.contains(where: { $0 < position }), names.contains(where: { $0 > link }) else {
            return nil
        }
        return (position, isLarger == isRate)
    }

    private struct Pair {
        let isFirstFaster: Bool
        let evidence: String
    }

    // MARK: - Rows

    /// `A reached X against Y for B, so it is 5 % faster`. Nil where no two rows are named.
    private func rows(_ index: Int, _ phrase: Phrase, _ family: MetricFamily?) -> [Pair]? {
        let rows = claims.mentions[index].rows
        guard rows.count == 2 else { return nil }
        let scoped =
            phrase.context.flatMap { claims.mentions[$0].tables.flatMap(\.value) }
            + claims.mentions[index].tables.flatMap(\.value)
        let scope = NumberBinder(claims: claims).narrowed(scoped, phrase)
        // Without a metric's name the table must be named, and its means are what is compared.
        guard family != nil || !scope.isEmpty else { return [] }
        func facts(_ cells: [StoredFact.Cell]) -> [StoredFact] {
            cells.filter { scope.isEmpty || scope.contains($0.table) }.flatMap { claims.store.byCell[$0] ?? [] }
                .map { claims.store.facts[$0] }
                .filter { fact in
                    family.map { fact.family == $0 }
                        ?? (fact.statistic == .mean && (fact.dimension == .time || fact.dimension == .rate))
                }
        }
        return facts(rows[0].value).compactMap { left in
            let right = facts(rows[1].value).first { $0.metric == left.metric && $0.cell?.table == left.cell?.table }
            guard let right, right.base != left.base else { return nil }
            let isFaster =
                left.dimension == .rate || family == .throughput ? left.base > right.base : left.base < right.base
            return Pair(
                isFirstFaster: isFaster,
                evidence: "\(left.source) = \(shown(left.value)); \(right.source) = \(shown(right.value))")
        }
    }

    // MARK: - Models

    /// By the means of their tables.
    private func models(_ index: Int, _ position: Int, _ family: MetricFamily?) -> [Pair] {
        // "in the baseline" names no model.
        let named = claims.mentions[index].tables.filter {
            !["baseline", "tuning", "summary"].contains(claims.phrases[index].tokens[$0.index].text)
        }
        guard named.count == 2, named[0].index < position, named[1].index > position else { return [] }
        let family = family ?? .throughput
        return named[0].value.flatMap { left in
            named[1].value.compactMap { right -> Pair? in
                let table = claims.store.tables[left]
                guard let column = table.columns.first(where: { $0.family == family }),
                    let other = claims.store.tables[right].columns.first(where: { $0.metric == column.metric }),
                    left != right, let first = mean(column), let second = mean(other), first != second
                else { return nil }
                return Pair(
                    isFirstFaster: family == .throughput ? first > second : first < second,
                    evidence: "mean \(column.metric): \(table.name) \(shown(first)),"
                        + " \(claims.store.tables[right].name) \(shown(second))")
            }
        }
    }

    private func mean(_ column: FactColumn) -> Double? {
        let numbers = column.numbers
        return numbers.isEmpty ? nil : numbers.reduce(0, +) / Double(numbers.count)
    }
}

/// Whether the word says that the first of two is the larger one.
private let amounts: [String: Bool] = [
    "more": true, "higher": true, "greater": true, "larger": true, "longer": true,
    "fewer": false, "less": false, "lower": false, "smaller": false, "shorter": false,
]
private let negations: Set<String> = ["not", "no", "never", "neither", "nor", "t", "less", "hardly", "any"]
