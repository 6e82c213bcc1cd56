import GateCore

/// Comparisons of which the operands stand elsewhere than in the sentence: right where one of a few figures that it may
/// mean gives the number, and nothing is said where none does.
extension Differences {
    func loose(_ claim: NumberClaim, _ phrase: Phrase) -> Judged? {
        guard claim.unit?.isPercent == true || claim.unit?.isFactor == true else { return nil }
        if claim.unit?.isPercent == true, let judged = variation(claim, phrase) { return judged }
        let words = phrase.tokens.map(\.text)
        guard words.contains(where: { comparisonWords.contains($0) || changeNouns.contains($0) || $0 == "times" })
        else {
            return nil
        }
        return derivable(claim, elements(claim, phrase)) ?? derivable(claim, before(claim, phrase))
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

    /// `varies by less than 2 % between results`: how far the values of one array are apart.
    private func variation(_ claim: NumberClaim, _ phrase: Phrase) -> Judged? {
        guard let family = claim.family, phrase.tokens.contains(where: { variationWords.contains($0.text) }) else {
            return nil
        }
        let facts = (claims.store.byFamily[family] ?? []).map { claims.store.facts[$0] }
        var arrays = Dictionary(grouping: facts.filter { $0.cell == nil }) { groupName($0.metric) }
            .mapValues { $0.map(\.base) }
        for table in claim.tables {
            for column in claims.store.tables[table].columns where column.family == family {
                arrays["\(column.metric) of \(claims.store.tables[table].name)"] = column.numbers
            }
        }
        for (name, values) in arrays.sorted(by: { $0.key < $1.key }) where values.count > 2 {
            guard let low = values.min(), let high = values.max(), low > 0 else { continue }
            let mean = values.reduce(0, +) / Double(values.count)
            let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
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
        let ordinals = numbered(phrase)
        guard named.isEmpty, ordinals.count == 2, phrase.tokens.contains(where: { elementNouns.contains($0.text) })
        else { return [] }
        let facts = (claims.store.byFamily[family] ?? []).map { claims.store.facts[$0] }
        return pairs(facts.filter { $0.isElement(ordinals[0]) }, facts.filter { $0.isElement(ordinals[1]) }, family)
    }

    private func pairs(_ left: [StoredFact], _ right: [StoredFact], _ family: MetricFamily) -> [[Operand]] {
        left.filter { $0.family == family }.flatMap { first in
            right.filter { $0.family == family && groupName($0.metric) == groupName(first.metric) }.map { second in
                [Operand(value: first.base, name: first.source), Operand(value: second.base, name: second.source)]
            }
        }
    }

    /// Row numbers, but not of `the first token`.
    private func numbered(_ phrase: Phrase) -> [Int] {
        phrase.tokens.indices.compactMap { index in
            let next = index + 1 < phrase.tokens.count ? phrase.tokens[index + 1].text : ""
            return ["token", "tokens", "byte", "-"].contains(next) ? nil : ordinalWords[phrase.tokens[index].text]
        }
    }
}

extension StoredFact {
    /// Whether it is of the element with this number of an array.
    fileprivate func isElement(_ number: Int) -> Bool { metric.holds("[\(number)].") && cell == nil }
}

private let variationWords: Set<String> = [
    "vary", "varies", "varied", "variation", "fluctuates", "fluctuate", "fluctuation", "spread", "range", "differ",
    "differs",
]
let elementNouns: Set<String> = [
    "result", "results", "run", "runs", "call", "calls", "request", "requests", "entry", "entries", "prompt", "model",
    "models", "measurement", "iteration", "prompts",
]
