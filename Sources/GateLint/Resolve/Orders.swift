internal import GateCore
internal import GateVocabulary

/// Which way a metric is better.
enum Preference {
    case higher, lower

    init?(_ column: Relation.Column) {
        if column.terms.contains(where: Lexicon.higherIsBetter.contains) || column.dimension == .rate {
            self = .higher
        } else if column.terms.contains(where: Lexicon.lowerIsBetter.contains) || column.dimension == .time {
            self = .lower
        } else {
            return nil
        }
    }
}

/// Comparisons, superlatives and directions over the values of what is named.
struct Orders {
    let relation: Relation

    /// What is wrong with an order, in which words of the phrase.
    struct Finding {
        let tokens: Range<Int>
        let rule: RuleID
        let evidence: String
        let message: String
    }

    /// What the phrases above name, for what this one leaves unsaid.
    struct Above {
        let metric: Reading.Metric?
        let entities: [Reading.Entity]
    }

    // MARK: - Two subjects

    /// One subject's value against another's, column by column.
    struct Pair {
        let column: Int
        let left: Double
        let right: Double
        let text: String
    }

    /// `lark is slower than wren`, `the TTFT of lark is 65 % higher than that of kite`
    func comparisons(
        _ phrase: Phrase, _ reading: Reading, _ figures: [Figure], above: Above
    ) -> (findings: [Finding], explained: Set<Int>) {
        var findings: [Finding] = []
        var explained: Set<Int> = []
        for (index, token) in phrase.tokens.enumerated() {
            guard let comparison = Lexicon.comparisons[token.text], token.isWord,
                !phrase.tokens[..<index].suffix(3).contains(where: { ["not", "no", "never", "n't"].contains($0.text) })
            else { continue }
            guard let (left, right) = subjects(index, phrase, reading) else {
                if let wrong = printed(comparison, index, phrase, figures) { findings.append(wrong) }
                continue
            }
            let pairs = pairs(left, right, index, phrase, reading, above, comparison)
            guard !pairs.isEmpty else { continue }
            let verdicts = pairs.compactMap { holds(comparison, $0) }
            let clause = left.tokens.lowerBound..<max(right.tokens.upperBound, index + 1)
            if verdicts.count == pairs.count, verdicts.allSatisfy({ !$0 }) {
                findings.append(
                    Finding(
                        tokens: clause, rule: .I03, evidence: pairs.prefix(2).map(\.text).joined(separator: "; "),
                        message: "By the data it is the other way round."))
                continue
            }
            guard let amount = amount(index, phrase) else { continue }
            explained.insert(amount)
            if let wrong = check(amount, comparison, pairs, phrase) { findings.append(wrong) }
        }
        return (findings, explained)
    }

    /// `lark reached 301 tok/s against 299 tok/s for wren, so it is slower`: the two numbers say it.
    private func printed(_ comparison: Lexicon.Comparison, _ index: Int, _ phrase: Phrase, _ figures: [Figure])
        -> Finding?
    {
        guard phrase.tokens[(index + 1)...].first?.text != "than" else { return nil }
        let before = figures.filter { $0.token < index && !$0.quantity.isPercent && !$0.quantity.isFactor }
        guard before.count == 2, let unit = before[0].unit, let other = before[1].unit,
            unit.dimension == other.dimension,
            phrase.tokens[before[0].token..<before[1].token].contains(where: {
                ["against", "vs", "versus", "compared"].contains($0.text)
            })
        else { return nil }
        let (a, b) = (before[0].quantity.value * unit.factor, before[1].quantity.value * other.factor)
        let isMore: Bool
        switch (comparison, unit.dimension) {
        case (.more, _), (.quicker, .rate), (.better, .rate), (.slower, .time), (.worse, .time): isMore = true
        case (.less, _), (.slower, .rate), (.worse, .rate), (.quicker, .time), (.better, .time): isMore = false
        default: return nil
        }
        guard a != b, (a > b) != isMore else { return nil }
        return Finding(
            tokens: index..<index + 1, rule: .I03,
            evidence: "\(phrase.tokens[before[0].token].text) against \(phrase.tokens[before[1].token].text)",
            message: "The two numbers say the other way.")
    }

    /// What stands before the comparison and behind its `than`.
    private func subjects(_ index: Int, _ phrase: Phrase, _ reading: Reading) -> (Reading.Entity, Reading.Entity)? {
        let tokens = phrase.tokens
        let verbs: Set<String> = [
            "exceeds", "exceed", "exceeded", "outnumber", "outnumbers", "beats", "beat", "outperforms", "outperform",
            "outperformed",
        ]
        let end =
            verbs.contains(tokens[index].text)
            ? index : tokens[(index + 1)...].prefix(8).firstIndex { $0.text == "than" || $0.text == "as" }
        guard let end, let right = reading.entities.first(where: { $0.tokens.lowerBound > end && !$0.isKey }),
            right.tokens.lowerBound - end <= 8,
            let left = reading.entities.last(where: {
                $0.tokens.upperBound <= index && !$0.isKey && $0.group == right.group
            })
        else { return nil }
        // What stands between them must be one clause.
        guard
            !tokens[left.tokens.upperBound..<index].contains(where: {
                $0.isMark(";") || ["while", "whereas", "but"].contains($0.text)
            }),
            intersection(left.rows, right.rows).isEmpty
        else { return nil }
        return (left, right)
    }

    private func pairs(
        _ left: Reading.Entity, _ right: Reading.Entity, _ index: Int, _ phrase: Phrase, _ reading: Reading,
        _ above: Above, _ comparison: Lexicon.Comparison
    ) -> [Pair] {
        let metric = metric(near: index, reading, above.metric)
        let named = statistics(reading)
        var rows = (left.rows, right.rows)
        for other in reading.entities where other.group != left.group {
            let both = (intersection(rows.0, other.rows), intersection(rows.1, other.rows))
            if !both.0.isEmpty, !both.1.isEmpty { rows = both }
        }
        let columns = metric?.columns ?? columns(of: comparison, reading)
        var pairs: [Pair] = []
        for column in columns where named.isEmpty || named.contains(relation.columns[column].statistic) {
            guard let a = single(rows.0, column), let b = single(rows.1, column) else { continue }
            pairs.append(
                Pair(
                    column: column, left: relation.entries[a].value, right: relation.entries[b].value,
                    text: "\(relation.describe(a)), \(relation.describe(b))"))
        }
        return pairs
    }

    /// The one value of rows in a column; nil where there are several.
    private func single(_ rows: [Int], _ column: Int) -> Int? {
        guard rows.count <= 64 else { return nil }
        let entries = rows.flatMap { row in relation.rows[row].entries.filter { relation.entries[$0].column == column }
        }
        guard let first = entries.first,
            entries.allSatisfy({ relation.entries[$0].value == relation.entries[first].value })
        else { return nil }
        return first
    }

    private func metric(near index: Int, _ reading: Reading, _ above: Reading.Metric?) -> Reading.Metric? {
        reading.metrics.min { abs($0.tokens.lowerBound - index) < abs($1.tokens.lowerBound - index) } ?? above
    }

    private func statistics(_ reading: Reading) -> [Statistic] {
        reading.statistics.compactMap { if case .statistic(let statistic) = $0.said { statistic } else { nil } }
    }

    /// Faster and slower are said of times and rates alone.
    private func columns(of comparison: Lexicon.Comparison, _ reading: Reading) -> [Int] {
        let dimensions: [Dimension]
        switch comparison {
        case .quicker, .slower: dimensions = [.time, .rate]
        default: dimensions = reading.dimensions.map(\.dimension)
        }
        return relation.columns.indices.filter {
            dimensions.contains(relation.columns[$0].dimension) && isMagnitude($0)
        }
    }

    private func isMagnitude(_ column: Int) -> Bool {
        ![.standardDeviation, .spread, .count, .unknown].contains(relation.columns[column].statistic)
    }

    /// Nil where the direction of the metric is not known.
    private func holds(_ comparison: Lexicon.Comparison, _ pair: Pair) -> Bool? {
        guard pair.left != pair.right else { return comparison == .more || comparison == .less ? false : nil }
        let isMore = pair.left > pair.right
        let column = relation.columns[pair.column]
        switch comparison {
        case .more: return isMore
        case .less: return !isMore
        case .better: return Preference(column).map { ($0 == .higher) == isMore }
        case .worse: return Preference(column).map { ($0 == .lower) == isMore }
        case .quicker, .slower:
            let isQuicker: Bool
            switch column.dimension {
            case .time: isQuicker = !isMore
            case .rate: isQuicker = isMore
            default:
                guard let preference = Preference(column) else { return nil }
                isQuicker = (preference == .higher) == isMore
            }
            return isQuicker == (comparison == .quicker)
        }
    }

    // MARK: - By how much

    /// The token of the percentage or factor of a comparison: `65 % higher`, `13.7x faster`, `lower by 12 %`.
    private func amount(_ index: Int, _ phrase: Phrase) -> Int? {
        let tokens = phrase.tokens
        if index > 0, let number = tokens[index - 1].number, number.isPercent || number.isFactor { return index - 1 }
        let after = tokens[(index + 1)...].prefix(16)
        guard let by = after.firstIndex(where: { $0.text == "by" }) else { return nil }
        return tokens[(by + 1)...].prefix(3).firstIndex { $0.number.map { $0.isPercent || $0.isFactor } ?? false }
    }

    private func check(_ token: Int, _ comparison: Lexicon.Comparison, _ pairs: [Pair], _ phrase: Phrase) -> Finding? {
        guard let quantity = phrase.tokens[token].number else { return nil }
        let before = phrase.tokens[..<token].last?.text ?? ""
        guard !Lexicon.bounds.contains(before) else { return nil }
        let slack = Lexicon.about.contains(before) ? max(quantity.halfStep, quantity.value * 0.05) : 0
        let isRight = pairs.contains { pair in
            Orders.amounts(pair.left, pair.right, isFactor: quantity.isFactor).contains {
                quantity.prints($0, slack: slack)
            }
        }
        guard !isRight, let pair = pairs.first else { return nil }
        let values = Orders.amounts(pair.left, pair.right, isFactor: quantity.isFactor)
        return Finding(
            tokens: token..<token + 1, rule: .I02, evidence: pair.text,
            message:
                "From the two values follows \(shown((10 * (values.first ?? 0)).rounded() / 10))\(quantity.isFactor ? "×" : " %")."
        )
    }

    /// What people say of two values: of the one in parts of the other, and what is more or less of it.
    static func amounts(_ left: Double, _ right: Double, isFactor: Bool) -> [Double] {
        guard left != 0, right != 0 else { return [] }
        let (a, b) = (abs(left / right), abs(right / left))
        return isFactor
            ? [max(a, b), min(a, b), max(a, b) - 1] : [100 * abs(a - 1), 100 * abs(b - 1), 100 * a, 100 * b]
    }

    // MARK: - Superlatives

    /// `wren has the lowest TTFT`, `the highest throughput was reached by lark`
    func superlatives(_ phrase: Phrase, _ reading: Reading, above: Above) -> [Finding] {
        var findings: [Finding] = []
        for (index, said) in reading.statistics {
            guard case .extreme(let extreme) = said, let entity = subject(of: index, phrase, reading) else { continue }
            let near = reading.metrics.filter { $0.tokens.lowerBound > index && $0.tokens.lowerBound - index <= 5 }
            let metric =
                near.first ?? reading.metrics.last { $0.tokens.lowerBound < index && index - $0.tokens.lowerBound <= 6 }
                ?? (isBare(index, phrase, extreme) ? above.metric : nil)
            let dimensions: [Dimension] =
                [.quickest, .slowest].contains(extreme)
                ? [.time, .rate] : reading.dimensions.filter { abs($0.token - index) <= 3 }.map(\.dimension)
            let columns =
                metric?.columns
                ?? relation.columns.indices.filter {
                    dimensions.contains(relation.columns[$0].dimension) && isMagnitude($0)
                }
            let named = statistics(reading)
            let exact = columns.filter { named.contains(relation.columns[$0].statistic) }
            let means = named == [.mean] && exact.isEmpty
            let verdicts =
                (named.isEmpty ? columns : means ? columns.filter { relation.columns[$0].statistic == .raw } : exact)
                .compactMap { isExtreme(entity, extreme, $0, reading.entities + above.entities, ofMeans: means) }
            guard let first = verdicts.first(where: { $0.evidence != nil }), verdicts.allSatisfy({ $0.evidence != nil })
            else { continue }
            findings.append(
                Finding(
                    tokens: min(entity.tokens.lowerBound, index)..<max(entity.tokens.upperBound, index + 1), rule: .I03,
                    evidence: first.evidence ?? "", message: "By the data another one is \(phrase.tokens[index].text).")
            )
        }
        return findings
    }

    /// `The highest value belongs to lark`: of what was spoken of before.
    private func isBare(_ index: Int, _ phrase: Phrase, _ extreme: Lexicon.Extreme) -> Bool {
        let next = phrase.tokens.dropFirst(index + 1).first?.text ?? ""
        return extreme != .most && extreme != .least
            || ["value", "values", "one", "figure", "result", "to", "belongs", "is", "was", "by"].contains(next)
    }

    /// The named thing that a superlative is said of.
    private func subject(of index: Int, _ phrase: Phrase, _ reading: Reading) -> Reading.Entity? {
        let tokens = phrase.tokens
        let candidates = reading.entities.filter { !$0.isKey && $0.isWhole && !$0.tokens.contains(index) }
        if let before = candidates.last(where: { $0.tokens.upperBound <= index }),
            case let between = tokens[before.tokens.upperBound..<index],
            !between.contains(where: {
                $0.isMark(",;:") || $0.number != nil
                    || ["while", "whereas", "but", "and", "than", "of"].contains($0.text)
            }),
            between.contains(where: {
                [
                    "has", "is", "shows", "with", "was", "had", "reaches", "achieves", "achieved", "reached",
                    "delivers", "offers", "provides", "needs", "also", "takes", "the",
                ].contains($0.text)
            }),
            !tokens[..<before.tokens.lowerBound].suffix(2).contains(where: {
                ["at", "in", "for", "on", "of", "with"].contains($0.text)
            })
        {
            return before
        }
        guard let after = candidates.first(where: { $0.tokens.lowerBound > index }),
            case let between = tokens[(index + 1)..<after.tokens.lowerBound],
            !between.contains(where: {
                $0.isMark(",;:") || $0.number != nil
                    || ["while", "whereas", "but", "and", "than", "of", "for", "in"].contains($0.text)
            }),
            between.contains(where: { ["is", "was", "by", "comes", "belongs", "goes"].contains($0.text) })
                || between.filter(\.isWord).map(\.text) == ["to"] && phrase.has(["belongs", "goes"])
        else { return nil }
        return after
    }

    /// Evidence where another one is; nil within where it is right; nil where it cannot be told.
    private func isExtreme(
        _ entity: Reading.Entity, _ extreme: Lexicon.Extreme, _ column: Int, _ around: [Reading.Entity], ofMeans: Bool
    ) -> (evidence: String?, Void)? {
        let model = relation.columns[column]
        let wantsMost: Bool
        switch extreme {
        case .most: wantsMost = true
        case .least: wantsMost = false
        case .best, .worst:
            guard let preference = Preference(model) else { return nil }
            wantsMost = (preference == .higher) == (extreme == .best)
        case .quickest, .slowest: wantsMost = (model.dimension == .rate) == (extreme == .quickest)
        }
        // Siblings: what has the same label in the same file. One file in which it is right is enough.
        guard let rows = siblings(entity, column, around) else { return nil }
        let isOfFile = relation.labels[entity.labels[0]].kind == .file
        let files = Dictionary(grouping: rows) { isOfFile ? 0 : relation.rows[relation.entries[$0.entry].row].file }
        let verdicts = files.sorted { $0.key < $1.key }.compactMap {
            beaten(entity, $0.value, wantsMost: wantsMost, ofMeans: ofMeans)
        }
        guard let first = verdicts.first else { return nil }
        return verdicts.allSatisfy { $0.evidence != nil } ? first : (nil, ())
    }

    private func beaten(_ entity: Reading.Entity, _ rows: [(label: Int, entry: Int)], wantsMost: Bool, ofMeans: Bool)
        -> (evidence: String?, Void)?
    {
        var values: [Int: (least: Double, most: Double, entry: Int)] = [:]
        for (label, entry) in rows {
            let value = relation.entries[entry].value
            let known = values[label]
            let isBetter = known.map { wantsMost ? value > $0.most : value < $0.least } ?? true
            values[label] = (
                min(known?.least ?? value, value), max(known?.most ?? value, value),
                isBetter ? entry : known?.entry ?? entry
            )
        }
        if ofMeans {
            for (label, entries) in Dictionary(grouping: rows, by: \.label) {
                let mean = entries.reduce(0) { $0 + relation.entries[$1.entry].value } / Double(entries.count)
                values[label] = (mean, mean, entries[0].entry)
            }
        }
        func best(_ values: [(least: Double, most: Double, entry: Int)]) -> (least: Double, most: Double, entry: Int)? {
            values.max {
                wantsMost ? ($0.most, $1.entry) < ($1.most, $0.entry) : ($0.least, $0.entry) > ($1.least, $1.entry)
            }
        }
        let own = Set(entity.labels)
        guard values.count > 1, let mine = best(values.filter { own.contains($0.key) }.map(\.value)),
            let rival = best(values.filter { !own.contains($0.key) }.map(\.value))
        else { return nil }
        if wantsMost ? mine.most >= rival.most : mine.least <= rival.least { return (nil, ()) }
        let isBeaten = wantsMost ? rival.least > mine.least : rival.most < mine.most
        return isBeaten ? ("\(relation.describe(rival.entry)), \(relation.describe(mine.entry))", ()) : nil
    }

    private func siblings(_ entity: Reading.Entity, _ column: Int, _ around: [Reading.Entity]) -> [(
        label: Int, entry: Int
    )]? {
        let files = Set(entity.rows.prefix(256).map { relation.rows[$0].file })
        let name = relation.labels[entity.labels[0]].name
        let isOfFile = relation.labels[entity.labels[0]].kind == .file
        let others = around.filter { $0.group != entity.group && !intersection($0.rows, entity.rows).isEmpty }
        var result: [(Int, Int)] = []
        for entry in relation.columns[column].entries.prefix(ValueJudge.mostCandidates) {
            let row = relation.entries[entry].row
            guard isOfFile || files.contains(relation.rows[row].file), !relation.isTotal(row),
                others.allSatisfy({ contains($0.rows, row) }),
                let label = relation.rows[row].labels.first(where: { relation.labels[$0].name == name })
            else { continue }
            result.append((label, entry))
        }
        return result
    }

    // MARK: - Directions

    /// `falls from 12 to 15`: the two numbers say the other way.
    func directions(_ phrase: Phrase, _ figures: [Figure]) -> [Finding] {
        var findings: [Finding] = []
        for (first, second) in zip(figures, figures.dropFirst()) {
            let tokens = phrase.tokens
            guard first.token > 0,
                tokens[first.token - 1].text == "from" || tokens[max(0, first.token - 2)].text == "from",
                case let between = tokens[(first.token + 1)..<second.token], between.count <= 3,
                between.last?.text == "to" || between.contains(where: { $0.text == "→" }),
                let word = tokens[..<first.token].suffix(8).last(where: { Lexicon.directions[$0.text] != nil }),
                let direction = Lexicon.directions[word.text],
                let place = tokens.firstIndex(where: { $0.bytes == word.bytes }),
                !tokens[place..<first.token].contains(where: { $0.number != nil })
            else { continue }
            let a = first.quantity.value * (first.unit?.factor ?? second.unit?.factor ?? 1)
            let b = second.quantity.value * (second.unit?.factor ?? first.unit?.factor ?? 1)
            guard a != b, (b > a) != (direction == .up), !first.quantity.isPercent || second.quantity.isPercent else {
                continue
            }
            findings.append(
                Finding(
                    tokens: place..<second.token + 1, rule: .I03,
                    evidence: "\(tokens[first.token].text) → \(tokens[second.token].text)",
                    message: "The two numbers go the other way."))
        }
        return findings
    }
}
