import GateCore
import GateVocabulary

/// Comparisons of which the operands stand elsewhere than in the sentence: right where one of a few figures that it may
/// mean gives the number, and nothing is said where none does.
extension Differences {
    func loose(_ claim: NumberClaim, _ phrase: Phrase) -> Judged? {
        let words = phrase.tokens.map(\.text)
        let isRelative = claim.unit?.isPercent == true || claim.unit?.isFactor == true
        guard isRelative else { return amount(claim, phrase, words) }
        if claim.unit?.isPercent == true, let judged = variation(claim, phrase) ?? shareOfFormer(claim, phrase) {
            return judged
        }
        guard
            words.contains(where: {
                comparisonWords.contains($0) || changeNouns.contains($0) || looseWords.contains($0)
            })
        else { return nil }
        if let judged = derivable(claim, elements(claim, phrase)) ?? derivable(claim, before(claim, phrase)) {
            return judged
        }
        // Of many pairs a coarse number meets one by chance.
        guard claim.number.digits >= (claim.unit?.isFactor == true ? 2 : 3) else { return nil }
        return derivable(claim, turns(claim, phrase)) ?? derivable(claim, members(claim, phrase))
    }

    /// `falls to 5% of its initial value (0.126 s vs. 2.319 s)`
    private func shareOfFormer(_ claim: NumberClaim, _ phrase: Phrase) -> Judged? {
        guard claim.index > 0, phrase.tokens[claim.index - 1].text == "to",
            phrase.tokens.dropFirst(claim.index + 1).first?.text == "of"
        else { return nil }
        let figures = figures(phrase.tokens[...])
        guard figures.count == 2, figures[0].unit.dimension == figures[1].unit.dimension else { return nil }
        let values = figures.map { $0.number.value * $0.unit.scale }.sorted()
        guard values[1] > 0 else { return nil }
        let share = 100 * values[0] / values[1]
        return judge(
            claim, [("(report) \(shown(values[0])) / \(shown(values[1])) = \(shown(share)) %", share)], "share")
    }

    /// `an increase of 997.24 ms`, `7 tokens below the total`: right where figures of the data or the sentence give it.
    private func amount(_ claim: NumberClaim, _ phrase: Phrase, _ words: [String]) -> Judged? {
        guard let unit = claim.unit else { return nil }
        if unit.dimension == .count,
            ["below", "above", "fewer", "more", "less", "short"].contains(
                words.dropFirst(claim.index + 1).first ?? "")
        {
            let others = phrase.tokens.enumerated().compactMap { $0 == claim.index ? nil : $1.number }
                .filter { !$0.isOrdinal && $0.decimals == 0 }.map(\.value)
            let pair = others.first { left in others.contains { left - $0 == claim.number.value } }
            return pair.map { .derivable("\(shown($0)) − \(shown($0 - claim.number.value))") }
        }
        guard unit.dimension == .time || unit.dimension == .rate, claim.number.digits >= 3 || unit.dimension == .rate,
            words[..<claim.index].suffix(4).contains(where: { changeNouns.contains($0) })
                || words.dropFirst(claim.index + 1).first == "between"
        else { return nil }
        let sets = elements(claim, phrase) + turns(claim, phrase)
        guard let hit = plain(sets, claim).first(where: { claim.number.prints($0.value, scale: unit.scale) }) else {
            return nil
        }
        return .derivable(hit.formula)
    }

    /// `the ratio of the p99 to the p50 latency is 1.005`
    func ratio(_ claim: NumberClaim, _ phrase: Phrase) -> Judged? {
        guard claim.unit == nil, let family = claim.family,
            let link = phrase.tokens[..<claim.index].lastIndex(where: { $0.text == "ratio" })
        else { return nil }
        let named = claims.mentions[claim.phrase].statistics.filter { $0.index > link && $0.index < claim.index }
        let facts = claims.store.few(of: family)
        let sides = named.map { mention in facts.filter { $0.statistic == mention.value } }
        guard sides.count == 2, sides.allSatisfy({ $0.count == 1 }), sides[1][0].base != 0 else {
            return Judged(verdict: .unverifiable, message: "What the ratio is of is not named.")
        }
        let operands = sides.map { Operand(value: $0[0].base, name: $0[0].source) }
        return judge(claim, ratios([operands]), "ratio")
    }

    /// `the difference between P50 and P99 is only 0.082 ms`: of two statistics of one metric, or over one array.
    func between(_ claim: NumberClaim, _ phrase: Phrase) -> Judged? {
        guard let unit = claim.unit, unit.isPercent || unit.dimension == .time || unit.dimension == .rate,
            let family = claim.family, let compared = comparedWords(claim, phrase)
        else { return nil }
        if let judged = ofExtremes(claim, compared) { return judged }
        let named = claims.mentions[claim.phrase].statistics.filter { compared.indices.contains($0.index) }
        let facts = claims.store.few(of: family)
        let sides = named.map { mention in facts.filter { $0.statistic == mention.value } }
        guard sides.count == 2, sides.allSatisfy({ $0.count == 1 }) else {
            if let judged = ofPrinted(claim, compared, unit) { return judged }
            return unit.isPercent
                ? nil : Judged(verdict: .unverifiable, message: "What it is the difference of is not named.")
        }
        // A figure of an unknown unit is taken to be in the report's.
        let operands = sides.map { side in
            Operand(
                value: side[0].dimension == .unknown && !unit.isPercent ? side[0].value * unit.scale : side[0].base,
                name: side[0].source)
        }
        return judge(claim, unit.isPercent ? relative([operands]) : plain([operands], claim), "difference")
    }

    /// `the gap between the average (14.11) and the overall rate (14.59) is 0.48 tok/s`
    private func ofPrinted(_ claim: NumberClaim, _ tokens: ArraySlice<Token>, _ unit: PrintedUnit) -> Judged? {
        let numbers = tokens.compactMap(\.number).filter { !$0.isOrdinal && !($0.unit?.isPercent ?? false) }
        guard numbers.count == 2,
            numbers.allSatisfy({ $0.unit == nil || $0.unit?.dimension == unit.dimension || unit.isPercent })
        else { return nil }
        let scale = unit.isPercent ? 1 : unit.scale
        let operands = numbers.map {
            Operand(value: $0.value * ($0.unit?.scale ?? scale), name: "(report) \(shown($0.value))")
        }
        return judge(claim, unit.isPercent ? relative([operands]) : plain([operands], claim), "difference")
    }

    /// What stands between `between` and the number, or behind `0.08 ms between`, or before `differ by`.
    private func comparedWords(_ claim: NumberClaim, _ phrase: Phrase) -> ArraySlice<Token>? {
        let tokens = phrase.tokens
        if let link = tokens[..<claim.index].lastIndex(where: { $0.text == "between" }), link > 0,
            ["difference", "gap", "spread", "delta", "distance"].contains(tokens[link - 1].text)
        {
            return tokens[link..<claim.index]
        }
        let rest = tokens.dropFirst(claim.index + 1)
        if rest.first?.text == "between",
            claims.mentions[claim.phrase].statistics.count(where: { $0.index > claim.index }) == 2
        {
            return rest.prefix { !$0.isMark(",;") }
        }
        guard let link = tokens[..<claim.index].lastIndex(where: { $0.text == "differ" }),
            tokens[link..<claim.index].contains(where: { $0.text == "by" }),
            tokens[..<link].contains(where: { elementNouns.contains($0.text) })
        else { return nil }
        return tokens[..<claim.index]
    }

    private func derivable(_ claim: NumberClaim, _ sets: [[Operand]]) -> Judged? {
        let isFactor = claim.unit?.isFactor == true
        let candidates = (isFactor ? ratios(sets) : relative(sets)).filter { !isFactor || $0.value > 1 }
        guard let hit = candidates.first(where: { claim.number.prints($0.value) }) else { return nil }
        return ChanceBudget.judged(
            claim.number, formula: hit.formula, candidates: candidates.map(\.value), isSearch: candidates.count > 4)
    }

    /// Pairs of the figures that the sentence before gives, in the same paragraph.
    private func before(_ claim: NumberClaim, _ phrase: Phrase) -> [[Operand]] {
        guard let previous = phrase.context.prefix(phrase.near).first else { return [] }
        let figures = figures(claims.phrases[previous].tokens[...])
        guard (2...4).contains(figures.count), Set(figures.map(\.unit.dimension)).count == 1 else { return [] }
        let operands = figures.map {
            Operand(value: $0.number.value * $0.unit.scale, name: "(report) \(shown($0.number.value))")
        }
        return operands.indices.flatMap { left in
            operands[(left + 1)...].map { [operands[left], $0] }
        }
    }

    /// What was before an action and what came after it.
    private func turns(_ claim: NumberClaim, _ phrase: Phrase) -> [[Operand]] {
        guard let family = claim.family ?? claims.mentions[claim.phrase].families.first?.value else { return [] }
        var seen: Set<Double> = []
        return claims.store.turns(of: family).filter { seen.insert($0.before.base).inserted }.map { turn in
            [turn.after, turn.before].map { Operand(value: $0.base, name: $0.source) }
        }
    }

    /// Pairs of the elements of one small array: `3.1 times as long as model 1`.
    private func members(_ claim: NumberClaim, _ phrase: Phrase) -> [[Operand]] {
        guard let family = claim.family ?? claims.mentions[claim.phrase].families.first?.value else { return [] }
        let facts = claims.store.few(of: family).filter { $0.cell == nil }
        let arrays = Dictionary(grouping: facts) { groupName($0.metric) }.values.filter { (2...6).contains($0.count) }
        return arrays.flatMap { members in
            members.indices.flatMap { left in
                members[(left + 1)...].map { right in
                    [
                        Operand(value: members[left].base, name: members[left].source),
                        Operand(value: right.base, name: right.source),
                    ]
                }
            }
        }
    }

    /// `the gap between the fastest and the slowest model`: what the values of one array span.
    private func ofExtremes(_ claim: NumberClaim, _ tokens: ArraySlice<Token>) -> Judged? {
        let isOfAll = tokens.contains { $0.text == "differ" }
        guard isOfAll || tokens.count(where: { superlativeWords[$0.text] != nil }) == 2, let family = claim.family,
            let unit = claim.unit
        else { return nil }
        let facts = claims.store.few(of: family)
            .filter { $0.cell == nil && claim.allows($0.dimension) }
        var arrays = Dictionary(grouping: facts) { groupName($0.metric) }.values.filter { $0.count > 1 }
        for noun in tokens.map(\.text) where noun.count > 3 {
            let stem = noun.hasSuffix("s") ? String(noun.dropLast()) : noun
            let meant = arrays.filter { $0[0].metric.holds(stem + "s[") }
            if !meant.isEmpty { arrays = meant }
        }
        let sets = arrays.compactMap { members -> [Operand]? in
            guard let low = members.min(by: { $0.base < $1.base }), let high = members.max(by: { $0.base < $1.base })
            else { return nil }
            return [Operand(value: high.base, name: high.source), Operand(value: low.base, name: low.source)]
        }
        let candidates = unit.isPercent ? relative(sets) : plain(sets, claim)
        guard let first = candidates.first else { return nil }
        let scale = unit.isPercent ? 1 : unit.scale
        if let hit = candidates.first(where: { claim.number.prints($0.value, scale: scale) }) {
            return .derivable(hit.formula)
        }
        return .unsupported("No array of the data spans this much.", evidence: first.formula)
    }

    /// `varies by less than 2 % between results`: how far the values of one array are apart.
    private func variation(_ claim: NumberClaim, _ phrase: Phrase) -> Judged? {
        guard let family = claim.family, phrase.tokens.contains(where: { variationWords.contains($0.text) }) else {
            return nil
        }
        let facts = claims.store.few(of: family)
        var arrays = Dictionary(grouping: facts.filter { $0.cell == nil }) { groupName($0.metric) }
            .mapValues { $0.map(\.base) }
        for table in claim.tables {
            for column in claims.store.tables[table].columns where column.family == family {
                arrays["\(column.metric) of \(claims.store.tables[table].name)"] = column.numbers
            }
        }
        for (name, values) in arrays.sorted(by: { $0.key < $1.key }) where values.count > 2 {
            guard let low = values.min(), let high = values.max(), low > 0, let mean = Statistic.mean.value(of: values),
                let spread = Statistic.standardDeviation.value(of: values)
            else { continue }
            let shares = [(high - low) / low, (high - low) / high, (high - low) / mean, spread / mean].map { $0 * 100 }
            let isBelow = claim.bound == .below && shares[0] <= claim.number.value + claim.number.halfStep
            guard isBelow || shares.contains(where: { claim.number.prints($0) }) else { continue }
            return .derivable("\(name): \(shown(low)) to \(shown(high)), \(shown(shares[0])) % apart")
        }
        return nil
    }

    // MARK: - Elements of arrays

    /// `results[2] is 1.2 % faster than results[0]`, `from the first to the second result`.
    func elements(_ claim: NumberClaim, _ phrase: Phrase) -> [[Operand]] {
        guard let family = claim.family ?? claims.mentions[claim.phrase].families.first?.value else { return [] }
        let named = claims.mentions[claim.phrase].elements.map { $0.value.map { claims.store.facts[$0] } }
        if named.count == 2 { return pairs(named[0], named[1], family) }
        let ordinals = phrase.rowNumbers.map(\.number)
        guard named.isEmpty, ordinals.count == 2, phrase.tokens.contains(where: { elementNouns.contains($0.text) })
        else { return [] }
        let facts = claims.store.few(of: family)
        return pairs(facts.filter { $0.isElement(ordinals[0]) }, facts.filter { $0.isElement(ordinals[1]) }, family)
    }

    private func pairs(_ left: [StoredFact], _ right: [StoredFact], _ family: MetricFamily) -> [[Operand]] {
        left.filter { $0.family == family }.flatMap { first in
            right.filter { $0.family == family && groupName($0.metric) == groupName(first.metric) }.map { second in
                [Operand(value: first.base, name: first.source), Operand(value: second.base, name: second.source)]
            }
        }
    }
}

extension StoredFact {
    /// Whether it is of the element with this number of an array.
    fileprivate func isElement(_ number: Int) -> Bool { metric.holds("[\(number)].") && cell == nil }
}

private let looseWords: Set<String> = ["times", "change", "jump", "jumps", "as"]
private let variationWords: Set<String> = [
    "vary", "varies", "varied", "variation", "fluctuates", "fluctuate", "fluctuation", "spread", "range", "differ",
    "differs",
]
let elementNouns: Set<String> = [
    "result", "results", "run", "runs", "call", "calls", "request", "requests", "entry", "entries", "prompt", "model",
    "models", "measurement", "iteration", "prompts",
]
