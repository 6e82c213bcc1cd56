import GateCore
import GateVocabulary

/// Percentages, factors and differences between figures that the sentence names: one operation deep.
struct Differences {
    let claims: ReportClaims

    struct Operand {
        /// In base units.
        let value: Double
        let name: String
    }

    /// Nil where the number is no comparison, or what it compares is not named.
    func judge(_ claim: NumberClaim) -> Judged? {
        let phrase = claims.phrases[claim.phrase]
        guard case .sentence = phrase.kind else { return nil }
        return ratio(claim, phrase) ?? between(claim, phrase) ?? compared(claim, phrase) ?? loose(claim, phrase)
    }

    private func compared(_ claim: NumberClaim, _ phrase: Phrase) -> Judged? {
        let following = phrase.tokens[claim.index...].dropFirst().prefix(8)
        let words = Set(following.prefix { $0.number == nil }.map(\.text))
        let isComparison =
            !words.isDisjoint(with: comparisonWords) || ["above", "below"].contains(following.first?.text ?? "")
        if claim.unit?.isFactor == true {
            var claim = claim
            // `generates tokens 1.6 times as fast`
            if claim.family == .tokens, !words.isDisjoint(with: speedWords) { claim.family = .throughput }
            return judge(claim, ratios(operands(claim, phrase)), "ratio")
        }
        if claim.unit?.isPercent == true {
            if let spread = spreadOfMean(claim, following.map(\.text)) { return spread }
            if words.contains("of"), let part = part(claim, phrase) { return part }
            guard isComparison || isComparisonBefore(claim, phrase) else { return change(claim, phrase) }
            return judge(claim, relative(operands(claim, phrase)), "relative difference")
        }
        if claim.unit == nil, claim.number.decimals == 0, following.prefix(2).map(\.text).last == "than",
            ["fewer", "more", "less"].contains(following.first?.text ?? ""),
            claims.mentions[claim.phrase].tables.count >= 2
        {
            return judge(claim, plain(tableSums(claim), claim), "difference")
                ?? Judged(verdict: .unverifiable, message: "What it is the difference of is not named.")
        }
        if claim.unit != nil, isNamedDifference(claim.index, phrase.tokens[...]) {
            return judge(claim, plain(operands(claim, phrase), claim), "difference")
                ?? Judged(verdict: .unverifiable, message: "What it is the difference of is not named.")
        }
        // `0.4 ms slower than`, but not `A (1.2 ms) is slower than B`
        let after = phrase.tokens.dropFirst(claim.index + 1)
        guard claim.unit != nil,
            after.prefix(3).prefix(while: { !$0.isMark("(),;") }).contains(where: {
                comparisonWords.contains($0.text)
            }), after.contains(where: { $0.text == "than" })
        else { return nil }
        let operands = operands(claim, phrase)
        return turned(claim, operands, phrase) ?? judge(claim, plain(operands, claim), "difference")
    }

    /// `throughput falls by 40 % (77.6 to 46.4 tok/s)`, `a spread of 1.2 %`: right where two figures of the sentence give
    /// it, and nothing is said where they do not.
    private func change(_ claim: NumberClaim, _ phrase: Phrase) -> Judged? {
        guard phrase.tokens.contains(where: { changeNouns.contains($0.text) }) else { return nil }
        let isOwn = phrase.tokens.contains { lossWords.contains($0.text) }
        let figures = isOwn ? operands(claim, phrase) : printed(claim, phrase)
        let judged = judge(claim, relative(figures), "relative difference")
        return judged?.verdict == .derivable ? judged : nil
    }

    /// `2.19 s less than the second`, where it is so much more: the figure is right and the order is not.
    private func turned(_ claim: NumberClaim, _ sets: [[Operand]], _ phrase: Phrase) -> Judged? {
        let rest = phrase.tokens.dropFirst(claim.index + 1)
        guard let word = rest.prefix(3).first(where: { isLargerTime[$0.text] != nil }),
            let isLarger = isLargerTime[word.text], claim.unit?.dimension == .time,
            let than = rest.firstIndex(where: { $0.text == "than" }), isOnEitherSide(of: claim, than, phrase)
        else { return nil }
        let scale = claim.unit?.scale ?? 1
        let fitting = sets.filter { claim.number.prints(abs($0[0].value - $0[1].value), scale: scale) }
        guard let first = fitting.first, fitting.allSatisfy({ ($0[0].value > $0[1].value) != isLarger }) else {
            return nil
        }
        return .contradicted(
            .I03,
            "\(first[0].name) = \(shown(first[0].value / scale)); \(first[1].name) = \(shown(first[1].value / scale))",
            "By the data it is the other way round.")
    }

    /// One of two names or row numbers stands before the figure, the other behind `than`.
    private func isOnEitherSide(of claim: NumberClaim, _ than: Int, _ phrase: Phrase) -> Bool {
        let rows = claims.mentions[claim.phrase].rows.map(\.index)
        let numbered = phrase.tokens.indices.filter { ordinalWords[phrase.tokens[$0].text] != nil }
        return [rows, numbered].contains { $0.count == 2 && $0[0] < claim.index && $0[1] > than }
    }

    /// `a difference of 0.36 ms`, `differ by 3 s`.
    private func isNamedDifference(_ index: Int, _ tokens: ArraySlice<Token>) -> Bool {
        let before = tokens[..<index].suffix(8).filter { !fillers.contains($0.text) }.map(\.text)
        if before.last == "by",
            before.contains(where: { ["exceeds", "exceed", "trails", "leads", "beats"].contains($0) })
        {
            return true
        }
        guard let link = before.lastIndex(where: { ["of", "by"].contains($0) }), link >= before.count - 2, link > 0
        else { return false }
        return ["difference", "gap", "differ", "differs", "delta", "spread"].contains(before[link - 1])
    }

    private func isComparisonBefore(_ claim: NumberClaim, _ phrase: Phrase) -> Bool {
        phrase.tokens[max(0, claim.index - 6)..<claim.index].contains {
            comparisonWords.contains($0.text) || ["by", "outperforms", "increase", "decrease"].contains($0.text)
        } && claims.mentions[claim.phrase].rows.count + claims.mentions[claim.phrase].inventedEntities.count >= 2
    }

    func judge(_ claim: NumberClaim, _ candidates: [(formula: String, value: Double)], _ kind: String)
        -> Judged?
    {
        guard !candidates.isEmpty else { return nil }
        let scale = claim.unit?.isFactor == true ? 1 : claim.unit?.scale ?? 1
        func fits(_ value: Double) -> Bool {
            if claim.number.prints(value, scale: scale) { return true }
            return claim.bound != .exact && abs(value / scale - claim.number.value) <= max(1, claim.number.value * 0.05)
        }
        if let hit = candidates.first(where: { fits($0.value) }) {
            // Two figures and either of them as the base is what the sentence says; more is a search.
            return ChanceBudget.judged(
                claim.number, formula: hit.formula, candidates: candidates.map { $0.value / scale },
                isSearch: candidates.count > 4)
        }
        guard let first = candidates.first else { return nil }
        // Percentages of figures that the report itself gives are arithmetic; else they are claims about facts.
        let isOwn = first.formula.hasPrefix("(report)")
        return .contradicted(
            isOwn ? .I02 : .G04, first.formula,
            "By the figures that are named the \(kind) is \(shown((first.value / scale * 1000).rounded() / 1000)), not \(claim.token.text)."
        )
    }

    // MARK: - Operands

    /// The facts of the rows and tables that are named, else the figures that the sentence or the list gives.
    private func operands(_ claim: NumberClaim, _ phrase: Phrase) -> [[Operand]] {
        var sets: [[Operand]] = []
        if let family = claim.family ?? familyAround(claim, phrase) {
            let rows = claim.allCells.map { cells in
                cells.flatMap { claims.store.byCell[$0] ?? [] }.map { claims.store.facts[$0] }
                    .filter {
                        $0.family == family && (claim.tables.isEmpty || claim.tables.contains($0.cell?.table ?? -1))
                    }
            }.filter { !$0.isEmpty }
            if rows.count >= 2 { sets.append(contentsOf: pairs(rows)) }
            if sets.isEmpty { sets += tableMeans(claim, family) }
        }
        if sets.isEmpty { sets += rowsWithoutFamily(claim) + ordinals(claim, phrase) + elements(claim, phrase) }
        let printed = printed(claim, phrase)
        // Of the rows' figures those are meant that the sentence prints.
        let meant = sets.filter { isPrinted($0, phrase, before: claim.index) }
        return (meant.isEmpty ? sets : meant) + printed
    }

    private func isPrinted(_ operands: [Operand], _ phrase: Phrase, before index: Int) -> Bool {
        let numbers = phrase.tokens[..<index].compactMap(\.number)
        return operands.allSatisfy { operand in
            numbers.contains { number in number.unit.map { number.prints(operand.value, scale: $0.scale) } ?? false }
        }
    }

    private func familyAround(_ claim: NumberClaim, _ phrase: Phrase) -> MetricFamily? {
        if phrase.tokens.contains(where: { $0.number?.unit?.name == "tok/s" }) { return .throughput }
        return phrase.context.prefix(phrase.near).lazy.compactMap { claims.mentions[$0].families.last?.value }.first
    }

    private func pairs(_ rows: [[StoredFact]]) -> [[Operand]] {
        guard let first = rows.first, let second = rows.dropFirst().first else { return [] }
        return first.flatMap { left in
            second.filter { $0.cell?.table == left.cell?.table && $0.metric == left.metric }.map { right in
                [Operand(value: left.base, name: left.source), Operand(value: right.base, name: right.source)]
            }
        }
    }

    private func rowsWithoutFamily(_ claim: NumberClaim) -> [[Operand]] {
        var rows = claim.allCells
        for index in claims.phrases[claim.phrase].context.prefix(1) { rows += claims.mentions[index].rows.map(\.value) }
        let facts = rows.map { cells in
            cells.filter { claim.tables.isEmpty || claim.tables.contains($0.table) }
                .flatMap { claims.store.byCell[$0] ?? [] }.map { claims.store.facts[$0] }.filter {
                    $0.statistic == .mean
                }
        }.filter { !$0.isEmpty }
        return facts.count >= 2 ? pairs(facts) : []
    }

    /// Means of one column over the tables of two models.
    private func tableMeans(_ claim: NumberClaim, _ family: MetricFamily) -> [[Operand]] {
        let groups = claims.mentions[claim.phrase].tables.map(\.value)
        guard groups.count >= 2 else { return [] }
        var sets: [[Operand]] = []
        for left in groups[0] {
            for right in groups[1] {
                for column in claims.store.tables[left].columns where column.family == family {
                    guard let other = claims.store.tables[right].columns.first(where: { $0.metric == column.metric })
                    else { continue }
                    sets.append([mean(column, left), mean(other, right)])
                }
            }
        }
        return sets
    }

    /// What the tables of two models have in all: of tokens.
    private func tableSums(_ claim: NumberClaim) -> [[Operand]] {
        let groups = claims.mentions[claim.phrase].tables.map(\.value)
        func sums(_ tables: [Int]) -> [Operand] {
            tables.compactMap { table in
                claims.store.tables[table].columns.first { $0.family == .tokens }.map { column in
                    Operand(
                        value: column.numbers.reduce(0, +),
                        name: "sum of \(column.metric) of \(claims.store.tables[table].name)")
                }
            }
        }
        guard let left = sums(groups[0]).first, let right = sums(groups[1]).first else { return [] }
        return [[left, right]]
    }

    private func mean(_ column: FactColumn, _ table: Int) -> Operand {
        let numbers = column.numbers
        let sum = numbers.reduce(0, +)
        return Operand(
            value: sum / Double(max(1, numbers.count)) * column.scale,
            name: "mean \(column.metric) of \(claims.store.tables[table].name)")
    }

    /// `2.19 s more than the second`: two rows by their number.
    private func ordinals(_ claim: NumberClaim, _ phrase: Phrase) -> [[Operand]] {
        let named = phrase.rowNumbers.map(\.number)
        guard named.count >= 2, let family = claim.family else { return [] }
        return claim.tables.flatMap { table in
            claims.store.tables[table].columns.filter { $0.family == family }.compactMap { column -> [Operand]? in
                guard column.values.count > max(named[0], named[1]), let left = column.values[named[0]],
                    let right = column.values[named[1]]
                else { return nil }
                return [
                    Operand(value: left * column.scale, name: "row \(named[0] + 1) \(column.metric)"),
                    Operand(value: right * column.scale, name: "row \(named[1] + 1) \(column.metric)"),
                ]
            }
        }
    }

    /// The figures of the sentence with their units; those of a list or a range share one.
    func figures(_ tokens: ArraySlice<Token>) -> [(number: PrintedNumber, unit: PrintedUnit)] {
        var figures: [(PrintedNumber, PrintedUnit)] = []
        for (index, token) in zip(tokens.indices, tokens) {
            guard let number = token.number, !number.isOrdinal else { continue }
            var unit = number.unit
            if unit == nil, index + 2 < tokens.endIndex, ["and", "to", "-", ",", "vs"].contains(tokens[index + 1].text)
            {
                unit = tokens[index + 2].number?.unit
            }
            unit = unit ?? NumberBinder.parallelUnit(index, tokens)
            if isNamedDifference(index, tokens) { continue }
            if let unit, !unit.isPercent, !unit.isFactor, unit.dimension != .count { figures.append((number, unit)) }
        }
        return figures
    }

    /// Two figures of one unit that the sentence gives, or the list has for the names that it compares.
    private func printed(_ claim: NumberClaim, _ phrase: Phrase) -> [[Operand]] {
        let before = figures(phrase.tokens[..<claim.index])
        let all = before + figures(phrase.tokens[(claim.index + 1)...])
        for pair in [before, all] where pair.count == 2 && pair[0].unit.dimension == pair[1].unit.dimension {
            return [
                pair.map {
                    Operand(value: $0.number.value * $0.unit.scale, name: "(report) \(shown($0.number.value))")
                }
            ]
        }
        let names = claims.mentions[claim.phrase].inventedEntities.map(\.value)
        guard Set(names).count == 2, let family = claim.family else { return [] }
        let values = names.compactMap { name in figure(of: name, family) }
        return values.count == 2 ? [values] : []
    }

    private func figure(of name: String, _ family: MetricFamily) -> Operand? {
        for (index, mentions) in claims.mentions.enumerated()
        where Set(mentions.inventedEntities.map(\.value)) == [name] {
            for token in claims.phrases[index].tokens {
                guard let number = token.number, let unit = number.unit, !unit.isPercent, !unit.isFactor else {
                    continue
                }
                let isFamily = family == .throughput ? unit.dimension == .rate : unit.dimension == .time
                if isFamily { return Operand(value: number.value * unit.scale, name: "(report) \(name) \(token.text)") }
            }
        }
        return nil
    }

    // MARK: - Operations

    func ratios(_ sets: [[Operand]]) -> [(formula: String, value: Double)] {
        sets.flatMap { operands -> [(formula: String, value: Double)] in
            let (left, right) = (operands[0], operands[1])
            return [(left, right), (right, left)].filter { $0.1.value != 0 }
                .map { ("\($0.0.name) / \($0.1.name) = \(shown($0.0.value / $0.1.value))", $0.0.value / $0.1.value) }
                .sorted { $0.1 > $1.1 }
        }
    }

    func relative(_ sets: [[Operand]]) -> [(formula: String, value: Double)] {
        sets.flatMap { operands -> [(formula: String, value: Double)] in
            let (left, right) = (operands[0], operands[1])
            let difference = abs(left.value - right.value)
            return [right, left].filter { $0.value != 0 }
                .map { base in
                    let value = 100 * difference / abs(base.value)
                    return ("\(left.name) against \(right.name): \(shown(value)) %", value)
                }
        }
    }

    func plain(_ sets: [[Operand]], _ claim: NumberClaim) -> [(formula: String, value: Double)] {
        sets.map { operands in
            let difference = abs(operands[0].value - operands[1].value)
            return ("\(operands[0].name) − \(operands[1].name) = \(shown(difference))", difference)
        }
    }

    /// `24 % of its mean`: the spread of a row as a share of its mean.
    private func spreadOfMean(_ claim: NumberClaim, _ after: [String]) -> Judged? {
        guard after.starts(with: ["of", "its", "mean"]) || after.starts(with: ["of", "the", "mean"]) else { return nil }
        let cells = claim.tables.isEmpty ? claim.cells : claim.cells.filter { claim.tables.contains($0.table) }
        let facts = (cells.first.flatMap { claims.store.byCell[$0] } ?? []).map { claims.store.facts[$0] }
        guard let spread = facts.first(where: { $0.statistic == .standardDeviation }),
            let mean = facts.first(where: { $0.statistic == .mean && $0.dimension == spread.dimension }), mean.base != 0
        else { return Judged(verdict: .unverifiable, message: "What is set against its mean is not named.") }
        let share = 100 * spread.base / mean.base
        return judge(claim, [("\(spread.source) / \(mean.source) = \(shown(share)) %", share)], "share")
    }

    /// `load time took 89.5% of it`: one metric of a row as a share of another.
    private func part(_ claim: NumberClaim, _ phrase: Phrase) -> Judged? {
        let families = claims.mentions[claim.phrase].families.map(\.value)
        guard let part = families.last, families.count >= 2, let cell = claim.cells.first else { return nil }
        let facts = (claims.store.byCell[cell] ?? []).map { claims.store.facts[$0] }
        guard let above = facts.first(where: { $0.family == part }),
            let whole = facts.first(where: { families.first == $0.family }), whole.base != 0
        else { return nil }
        return judge(
            claim,
            [
                (
                    "\(above.source) / \(whole.source) = \(shown(100 * above.base / whole.base)) %",
                    100 * above.base / whole.base
                )
            ], "share")
    }
}

private let speedWords: Set<String> = ["fast", "faster", "slow", "slower", "quick", "quicker", "speed"]
/// `costs B 3.7 % of its throughput`
private let lossWords: Set<String> = ["costs", "cost", "loses", "lost", "saves", "saved", "gains", "gained"]
private let fillers: Set<String> = ["only", "just", "merely", "about", "roughly", "approximately", "~"]
let changeNouns: Set<String> = [
    "differ", "differs", "costs", "cost", "loses", "lost", "saves", "saved", "gains", "gained",
    "spread", "difference", "drop", "drops", "dropped", "fall", "falls", "fell", "decline", "declines", "increase",
    "increases", "increased", "rise", "rises", "rose", "growth", "grows", "grew", "gap", "variation", "decreases",
    "decreased", "decrease", "range", "varies", "reduces", "reduced", "improves", "improved",
]
/// Whether the word says that the first of two times is the larger one.
private let isLargerTime: [String: Bool] = [
    "more": true, "longer": true, "slower": true, "higher": true, "greater": true,
    "less": false, "shorter": false, "faster": false, "quicker": false, "lower": false,
]
let comparisonWords: Set<String> = [
    "faster", "slower", "higher", "lower", "more", "less", "better", "worse", "longer", "shorter", "greater", "fewer",
    "larger", "smaller", "improvement", "reduction", "gain", "outperforms",
]
