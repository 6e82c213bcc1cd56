import GateCore
import GateVocabulary

/// Superlatives, orders, majorities and equalities against the facts: I03.
struct ComparisonRules {
    let claims: ReportClaims

    func findings() -> [Finding] {
        claims.phrases.indices.flatMap { index -> [Finding] in
            let phrase = claims.phrases[index]
            guard !phrase.isProposal, phrase.tokens.count > 2, case .sentence = phrase.kind else { return [] }
            return superlatives(index, phrase) + OrderRules(claims: claims).findings(index, phrase)
                + ElementOrders(claims: claims).findings(index, phrase) + FigureOrders(claims: claims).findings(phrase)
                + TurnRules(claims: claims).findings(index, phrase)
                + FileComparisons(claims: claims).findings(index, phrase)
                + evenness(index, phrase)
        }
    }

    private func finding(_ phrase: Phrase, _ token: Token, _ evidence: String, _ message: String) -> Finding {
        Finding(
            rule: .I03, severity: .error, place: claims.document.place(token.bytes, line: phrase.line),
            claim: claims.document.text(token.bytes), evidence: evidence, message: message)
    }

    // MARK: - The highest, the fastest

    private func superlatives(_ index: Int, _ phrase: Phrase) -> [Finding] {
        let tokens = phrase.tokens
        return tokens.indices.compactMap { position in
            guard let kind = superlativeWords[tokens[position].text], let subject = subject(index, position),
                case let nouns = Set(tokens[position...].dropFirst().prefix(3).map(\.text)),
                case let isSpread = !nouns.isDisjoint(with: ["deviation", "std", "stddev"]),
                // The largest gain or difference is not the largest figure.
                isSpread || nouns.isDisjoint(with: derivedNouns)
            else { return nil }
            let families =
                claims.mentions[index].families.map(\.value)
                + phrase.context.prefix(phrase.near + 1).flatMap { claims.mentions[$0].families.map(\.value) }
            let key =
                claims.mentions[index].keys.first
                ?? phrase.context.prefix(phrase.near).lazy.compactMap { claims.mentions[$0].keys.first }.first
            let metric = key.flatMap {
                claims.store.facts[$0.value[0]].cell == nil ? nil : claims.store.facts[$0.value[0]].metric
            }
            let isRate = tokens.contains { $0.number?.unit?.dimension == .rate }
            // The best is best in something: in one of the metrics that are named.
            let meant: [MetricFamily?] =
                kind == .best || kind == .worst
                ? families + (isRate ? [.throughput] : []) : [families.first ?? (isRate ? .throughput : nil)]
            let verdicts = (meant.isEmpty ? [nil] : meant).compactMap {
                verdict(kind, subject, $0, metric, isSpread, index, phrase)
            }
            guard let verdict = verdicts.first, !verdicts.contains(where: \.isTrue) else { return nil }
            return finding(
                phrase, tokens[position], verdict.evidence, "By the data it is \(verdict.winner), not \(subject.name).")
        }
    }

    private struct Subject {
        let name: String
        let cells: [StoredFact.Cell]
        let tables: [Int]
    }

    private func subject(_ index: Int, _ position: Int) -> Subject? {
        let phrase = claims.phrases[index]
        let mentions = claims.mentions[index]
        let names =
            mentions.rows.map { ($0.index, $0.value, [Int]()) }
            + mentions.tables.map { ($0.index, [StoredFact.Cell](), $0.value) }
        let sorted = names.sorted { $0.0 < $1.0 }
        let link = phrase.tokens[position...].prefix(6).firstIndex {
            ["is", "was", "belongs", "to", ":", "comes", ","].contains($0.text)
        }
        let after = link.flatMap { link in sorted.first { $0.0 > link && $0.0 - position <= 9 } }
        let before = sorted.last { $0.0 < position && position - $0.0 <= 5 }
        let isBefore = phrase.tokens[..<position].suffix(4).contains {
            ["has", "had", "is", "was", "achieved", "shows", "the", "delivers", "reached"].contains($0.text)
        }
        guard let chosen = after ?? (isBefore ? before : nil) else { return nil }
        return Subject(name: phrase.tokens[chosen.0].text, cells: chosen.1, tables: chosen.2)
    }

    private func verdict(
        _ kind: Superlative, _ subject: Subject, _ family: MetricFamily?, _ metric: String?, _ isSpread: Bool,
        _ index: Int, _ phrase: Phrase
    ) -> (isTrue: Bool, winner: String, evidence: String)? {
        let scoped =
            claims.mentions[index].tables.flatMap(\.value)
            + phrase.context.flatMap { claims.mentions[$0].tables.flatMap(\.value) }
        if !subject.cells.isEmpty {
            let binder = NumberBinder(claims: claims)
            let scope = binder.narrowed(scoped, phrase)
            let cells = scope.isEmpty ? subject.cells : subject.cells.filter { scope.contains($0.table) }
            guard Set(cells.map(\.table)).count == 1, let table = cells.first?.table else { return nil }
            return row(kind, cells, claims.store.tables[table], family, metric, isSpread)
        }
        return isSpread ? nil : model(kind, subject, family)
    }

    private func row(
        _ kind: Superlative, _ cells: [StoredFact.Cell], _ table: FactTable, _ family: MetricFamily?, _ metric: String?,
        _ isSpread: Bool
    ) -> (isTrue: Bool, winner: String, evidence: String)? {
        let columns = table.columns.filter { column in
            if isSpread { return column.statistic == .standardDeviation }
            if let metric { return column.metric == metric }
            if let family { return column.family == family }
            return column.statistic == .mean || table.columns.count == 1
        }
        guard let column = columns.first, columns.count == 1, let wantsMax = kind.wantsMaximum(column.family) else {
            return nil
        }
        let numbered = column.values.enumerated().compactMap { row, value in value.map { (row, $0) } }
        guard let best = wantsMax ? numbered.max(by: { $0.1 < $1.1 }) : numbered.min(by: { $0.1 < $1.1 }) else {
            return nil
        }
        let isTrue = cells.contains { cell in column.values[cell.row] == best.1 }
        return (
            isTrue, table.rows[best.0], "\(table.file): \(column.metric) of \(table.rows[best.0]) is \(shown(best.1))"
        )
    }

    /// Models whose tables have the same column, by their means; false only where every kind of table says so.
    private func model(
        _ kind: Superlative, _ subject: Subject, _ family: MetricFamily?
    ) -> (isTrue: Bool, winner: String, evidence: String)? {
        guard let family, let wantsMax = kind.wantsMaximum(family) else { return nil }
        var last: (isTrue: Bool, winner: String, evidence: String)?
        for own in subject.tables {
            for column in claims.store.tables[own].columns where column.family == family {
                let means = claims.store.tables.indices.compactMap { other -> (Int, Double)? in
                    guard let same = claims.store.tables[other].columns.first(where: { $0.metric == column.metric }),
                        !same.numbers.isEmpty
                    else { return nil }
                    return (other, same.numbers.reduce(0, +) / Double(same.numbers.count))
                }
                guard means.count > 1,
                    let best = wantsMax ? means.max(by: { $0.1 < $1.1 }) : means.min(by: { $0.1 < $1.1 })
                else { continue }
                let name = claims.store.tables[best.0].name
                if best.0 == own { return (true, name, "") }
                last = (false, name, "mean \(column.metric) of \(name) is \(shown(best.1))")
            }
        }
        return last
    }

    // MARK: - The same everywhere

    /// `Pre-action latency is consistent across all actions`.
    private func evenness(_ index: Int, _ phrase: Phrase) -> [Finding] {
        let words = phrase.tokens.map(\.text)
        guard
            let position = words.firstIndex(where: {
                ["consistent", "identical", "constant", "uniform", "unchanged"].contains($0)
            }),
            words[position...].prefix(3).contains(where: { ["across", "for", "in"].contains($0) }),
            words[position...].contains("all") || words[position...].contains("across"),
            let family = claims.mentions[index].families.last(where: { $0.index < position })?.value
        else { return [] }
        if words[..<position].suffix(3).contains(where: { ["not", "non", "no", "more", "less"].contains($0) }) {
            return []
        }
        var facts = (claims.store.byFamily[family] ?? []).map { claims.store.facts[$0] }.filter { $0.cell == nil }
        if words.contains("pre") || words.contains("before") {
            facts = facts.filter { $0.metric.holds("before") || $0.metric.holds("pre") }
        }
        if words.contains("post") || words.contains("after") {
            facts = facts.filter { $0.metric.holds("after") || $0.metric.holds("post") }
        }
        guard facts.count > 2, let low = facts.min(by: { $0.base < $1.base }),
            let high = facts.max(by: { $0.base < $1.base }), low.base >= 0,
            high.base > low.base * 1.25
        else { return [] }
        return [
            finding(
                phrase, phrase.tokens[position],
                "\(low.source) = \(shown(low.value)); \(high.source) = \(shown(high.value))",
                "The figures differ by more than a quarter.")
        ]
    }
}

enum Superlative {
    case highest, lowest, fastest, slowest, best, worst

    /// Nil where better is not a matter of this metric.
    func wantsMaximum(_ family: MetricFamily) -> Bool? {
        switch self {
        case .highest: true
        case .lowest: false
        case .fastest: family == .throughput
        case .slowest: family != .throughput
        case .best: Superlative.isSpeed(family) ? family == .throughput : nil
        case .worst: Superlative.isSpeed(family) ? family != .throughput : nil
        }
    }

    private static func isSpeed(_ family: MetricFamily) -> Bool {
        [.throughput, .ttft, .latency, .load, .promptEval, .eval, .execution].contains(family)
    }
}

private let derivedNouns: Set<String> = [
    "spread", "variability", "variance", "variation", "deviation", "range", "jump", "improvement", "gain", "drop",
    "difference", "change", "increase", "decrease", "reduction", "speedup", "gap", "jitter", "fluctuation",
]
let superlativeWords: [String: Superlative] = [
    "highest": .highest, "largest": .highest, "greatest": .highest, "maximum": .highest, "lowest": .lowest,
    "smallest": .lowest, "minimum": .lowest, "fastest": .fastest, "slowest": .slowest, "quickest": .fastest,
    "best": .best, "worst": .worst,
]
