import GateCore
import GateVocabulary

/// Finds for a number what it is a number of: by its unit, then by the nearest names.
struct NumberBinder {
    let claims: ReportClaims

    func claim(_ phraseIndex: Int, _ index: Int) -> NumberClaim? {
        let phrase = claims.phrases[phraseIndex]
        let token = phrase.tokens[index]
        guard let number = token.number else { return nil }
        var claim = NumberClaim(phrase: phraseIndex, index: index, token: token, number: number, unit: number.unit)
        claim.role = role(phrase, index)
        claim.bound = bound(phrase, index)
        shareUnit(&claim, phrase)
        claim.unit = claim.unit ?? rowUnit(claim, phrase)
        if case .cell(_, _, let column) = phrase.kind {
            bindCell(&claim, phrase, column)
        } else {
            bindSentence(&claim, phrase)
        }
        inherit(&claim, phrase)
        claim.moment = moment(phrase, index)
        if claim.unit?.dimension == .rate, claim.unit?.name == "tok/s" { claim.family = .throughput }
        if claim.unit?.name == "tokens" { claim.family = .tokens }
        if claim.unit?.name == "headings" { claim.family = .headings }
        bindElement(&claim, phrase)
        return claim
    }

    // MARK: - In a sentence

    private func bindSentence(_ claim: inout NumberClaim, _ phrase: Phrase) {
        let mentions = claims.mentions[claim.phrase]
        let index = claim.index
        claim.family = family(near: index, mentions, claim.unit, phrase)
        claim.families = mentions.families.filter { $0.index < index && fits($0.value, claim.unit) }.map(\.value)
        claim.statistic = statistic(near: index, mentions, phrase)
        if let key = key(for: index, mentions, phrase) {
            claim.keys = key.value
            claim.keyName = phrase.tokens[key.index].text
        }
        claim.variant = phrase.tokens[..<index].last { isVariant($0) }?.text
        claim.allCells = mentions.rows.map(\.value)
        // What is said of the others is not said of what is named.
        let excludes =
            phrase.tokens[..<index].contains { exclusionWords.contains($0.text) }
            || phrase.tokens[..<index].contains { ordinalWords[$0.text] != nil }
                && phrase.tokens[index...].prefix(5).contains { laterWords.contains($0.text) }
        if excludes {
            claim.isOfOthers = true
        } else if let row = row(near: index, mentions, phrase) {
            claim.cells = row.value
            claim.cellName = phrase.tokens[row.index].text
        } else if let row = ordinalRow(before: index, mentions, phrase) {
            claim.cells = [row]
            claim.cellName = "row \(row.row + 1)"
        }
        if let row = listed(index, mentions, phrase) {
            claim.cells = row.value
            claim.cellName = phrase.tokens[row.index].text
        }
        claim.tables = tables(for: index, mentions, phrase)
        claim.invented = mentions.inventedEntities.last { $0.index < index }?.value
    }

    func fits(_ family: MetricFamily, _ unit: PrintedUnit?) -> Bool {
        guard let unit else { return true }
        switch family {
        case .ttft, .latency, .load, .promptEval, .eval, .execution:
            return unit.dimension == .time || unit.dimension == .ratio
        case .throughput: return unit.dimension == .rate || unit.dimension == .ratio
        case .tokens, .headings, .characters: return unit.dimension == .count || unit.dimension == .ratio
        default:
            return !shareNames.contains(family.name) || unit.dimension == .ratio || unit.isFactor
        }
    }

    private func statistic(near index: Int, _ mentions: Mentions, _ phrase: Phrase) -> Statistic? {
        if let ordinal = percentile(before: index, phrase) { return ordinal }
        if let listed = listedStatistic(index, mentions, phrase) ?? predicate(index, phrase) { return listed }
        let before = mentions.statistics.last { mention in
            // `3.8 ms on average, the slowest took 5.5 ms`
            mention.index < index
                && !phrase.tokens[mention.index..<index].contains {
                    $0.number?.isOrdinal == false || extremeWords.contains($0.text)
                }
        }
        return before?.value
    }

    /// `99th percentile`
    private func percentile(before index: Int, _ phrase: Phrase) -> Statistic? {
        for other in stride(from: index - 1, through: 0, by: -1) {
            guard let number = phrase.tokens[other].number, number.isOrdinal else { continue }
            switch number.value {
            case 50: return .median
            case 90: return .p90
            case 95: return .p95
            case 99: return .p99
            default: return nil
            }
        }
        return nil
    }

    /// `101 tok/s for B` binds to B, else the name before the number, else the first one.
    private func row(
        near index: Int, _ mentions: Mentions, _ phrase: Phrase
    ) -> Mentions.Mention<[StoredFact.Cell]>? {
        if index + 1 < phrase.tokens.count, ["for", "of", "by", "in", "with"].contains(phrase.tokens[index + 1].text),
            let after = mentions.rows.first(where: { $0.index > index && $0.index - index <= 4 })
        {
            return after
        }
        return mentions.rows.last { $0.index < index } ?? mentions.rows.first
    }

    // MARK: - In a table

    private func bindCell(_ claim: inout NumberClaim, _ phrase: Phrase, _ column: Int) {
        let header = claims.header(of: phrase)
        var row: [Int] = []
        for other in 0..<12 where other != column {
            guard let cell = claims.cell(of: phrase, column: other) else { break }
            if claims.phrases[cell].tokens.contains(where: { $0.number != nil }) && other > 0 { continue }
            row.append(cell)
        }
        let sources = (header.map { [$0] } ?? []) + row
        if claim.unit == nil {
            claim.unit = sources.lazy.compactMap { unit(namedIn: claims.phrases[$0].tokens) }.first
        }
        for source in sources {
            let mentions = claims.mentions[source]
            if claim.keys.isEmpty, let key = mentions.keys.first {
                claim.keys = key.value
                claim.keyName = claims.phrases[source].tokens[key.index].text
            }
            if claim.family == nil {
                claim.family = mentions.families.first { fits($0.value, claim.unit) }?.value
            }
            if claim.statistic == nil {
                claim.statistic =
                    mentions.statistics.first?.value
                    ?? claims.phrases[source].tokens.lazy
                    .compactMap { $0.number?.isOrdinal == true ? percentileOf($0) : nil }.first
            }
            if claim.cells.isEmpty, let cell = mentions.rows.first {
                claim.cells = cell.value
                claim.cellName = claims.phrases[source].tokens[cell.index].text
            }
            claim.tables += mentions.tables.flatMap(\.value)
            claim.variant = claim.variant ?? claims.phrases[source].tokens.first { isVariant($0) }?.text
            claim.invented = claim.invented ?? mentions.inventedEntities.first?.value
        }
        if let header, claims.phrases[header].tokens.contains(where: { wishedWords.contains($0.text) }) {
            claim.isWished = true
        }
        // How often a metric occurs is no value of it.
        if let header, claims.phrases[header].tokens.contains(where: { occurrenceWords.contains($0.text) }) {
            claim.keys = []
            claim.family = nil
            claim.cells = []
            return
        }
        if let header, claims.phrases[header].tokens.contains(where: { spreadWords.contains($0.text) }) {
            claim.role = claim.role == .value ? .spread : claim.role
        }
    }

    private func percentileOf(_ token: Token) -> Statistic? {
        switch token.number?.value {
        case 50: .median
        case 90: .p90
        case 95: .p95
        case 99: .p99
        default: nil
        }
    }

    /// `Mean (ms)`, `milliseconds`, `tokens/s`.
    private func unit(namedIn tokens: [Token]) -> PrintedUnit? {
        for (index, token) in tokens.enumerated().reversed() where token.isWord || token.isMark("%") {
            let isBracketed = index > 0 && (tokens[index - 1].isMark("(") || tokens[index - 1].isMark("["))
            let isAlone = tokens.count { !$0.isMark("*_`") } == 1
            // The header "Min" is no minute.
            guard statisticWords[token.text] == nil, let unit = UnitTable.unit(token.text), unit.dimension != .count,
                isBracketed || isAlone || token.isMark("%")
            else { continue }
            return unit
        }
        let words = tokens.map(\.text)
        if words.contains("tok") || (words.contains("tokens") && (words.contains("per") || words.contains("/"))) {
            return UnitTable.unit("tok/s")
        }
        return nil
    }

    // MARK: - From around

    private func inherit(_ claim: inout NumberClaim, _ phrase: Phrase) {
        for (order, index) in phrase.context.enumerated() {
            let mentions = claims.mentions[index]
            let isNear = order < phrase.near
            if claim.family == nil {
                claim.family = mentions.families.last { fits($0.value, claim.unit) }?.value
            }
            if claim.keys.isEmpty, isNear || claim.family == nil, let key = mentions.keys.first,
                mentions.keys.count == 1, key.value.contains(where: { claim.allows(claims.store.facts[$0].dimension) })
            {
                claim.keys = key.value
                claim.keyName = claims.phrases[index].tokens[key.index].text
            }
            if claim.cells.isEmpty, !claim.isOfOthers, isNear,
                let row = inOrder(claim.index, phrase, mentions.rows) ?? mentions.rows.first
            {
                claim.cells = row.value
                claim.cellName = claims.phrases[index].tokens[row.index].text
                claim.allCells = mentions.rows.map(\.value)
            }
            if claim.tables.isEmpty { claim.tables = mentions.tables.flatMap(\.value) }
            if claim.invented == nil { claim.invented = mentions.inventedEntities.last?.value }
            if claim.statistic == nil, !isNear, case .sentence = claims.phrases[index].kind {
                claim.statistic = mentions.statistics.last?.value
            }
        }
        claim.tables = narrowed(claim.tables, phrase)
    }

    /// `gemma3_270m`, `1b-it-qat`: one of several models, not all of them.
    private func isVariant(_ token: Token) -> Bool {
        guard token.isIdentifier else { return false }
        let words = nameWords(token.text)
        return words.contains { word in
            word.first?.isNumber == true && (word.last == "b" || word.last == "m") && word.utf8.count >= 2
                && claims.store.vocabulary.contains(word)
        }
    }

    private func moment(_ phrase: Phrase, _ index: Int) -> NumberClaim.Moment? {
        var words: [String] = []
        if case .cell(_, _, let column) = phrase.kind {
            for source in [claims.cell(of: phrase, column: 0), claims.header(of: phrase)]
            where source != nil && column > 0 {
                words += source.map { claims.phrases[$0].tokens.map(\.text) } ?? []
            }
        } else {
            if let moment = fromTo(index, phrase) { return moment }
            // `26.76 ms before the action and 1024 ms after it`, but not `26.76 ms and afterwards 1024 ms`
            let after = phrase.tokens[index...].dropFirst().prefix(2).prefix { !$0.isMark(",;") && $0.text != "and" }
                .filter { beforeAfter.contains($0.text) }
            let start = phrase.tokens[..<index].lastIndex { $0.number != nil } ?? 0
            words = (after.isEmpty ? phrase.tokens[start..<index] : after[...]).map(\.text)
        }
        let isBefore = words.contains { ["before", "pre", "initial", "prior"].contains($0) || $0.holds("before") }
        let isAfter = words.contains {
            ["after", "post", "afterwards", "thereafter"].contains($0) || $0.holds("after")
        }
        return isBefore == isAfter ? nil : isBefore ? .before : .after
    }

    // MARK: - Form

    private func role(_ phrase: Phrase, _ index: Int) -> NumberClaim.Role {
        let tokens = phrase.tokens
        func isNumber(_ other: Int) -> Bool { tokens.indices.contains(other) && tokens[other].number != nil }
        func text(_ other: Int) -> String { tokens.indices.contains(other) ? tokens[other].text : "" }
        let isChange = tokens.contains { changeWords.contains($0.text) }
        if text(index - 1) == "±" || (text(index - 1) == "-" && text(index - 2) == "+") { return .spread }
        if isNumber(index + 2), text(index + 1) == "-" || ["to", "and"].contains(text(index + 1)) {
            if text(index + 1) == "-" || (text(index - 1) == "from" && !isChange) || text(index - 1) == "between" {
                return .rangeLow
            }
            if isAscending(index, phrase), !isChange { return .rangeLow }
        }
        if isNumber(index - 2), text(index - 1) == "-" || ["to", "and"].contains(text(index - 1)) {
            if text(index - 1) == "-" || (text(index - 3) == "from" && !isChange) || text(index - 3) == "between" {
                return .rangeHigh
            }
            if isAscending(index - 2, phrase), !isChange { return .rangeHigh }
        }
        return .value
    }

    private func bound(_ phrase: Phrase, _ index: Int) -> NumberClaim.Bound {
        let before = phrase.tokens[max(0, index - 4)..<index].filter { !$0.isMark("*_`(\"") }
        guard let last = before.last else { return .exact }
        if ["~", "around", "about", "approximately", "approx", "roughly", "nearly", "almost", "circa"].contains(
            last.text)
        {
            return .about
        }
        if ["over", "above", "exceeding", "exceed", "exceeds", "exceeded", ">", "≥"].contains(last.text) {
            return .above
        }
        if ["under", "below", "<", "≤"].contains(last.text) { return .below }
        guard before.count > 1 else { return .exact }
        switch (before[before.index(before.endIndex, offsetBy: -2)].text, last.text) {
        case ("more", "than"), ("greater", "than"), ("at", "least"): return .above
        case ("up", "to"), ("less", "than"), ("fewer", "than"), ("at", "most"): return .below
        default: return .exact
        }
    }

    /// `15-16ms` and `15, 16 and 17 ms`: the unit is of all.
    private func shareUnit(_ claim: inout NumberClaim, _ phrase: Phrase) {
        if claim.unit == nil, case let last = listed(claim.index, phrase).upperBound, last > claim.index {
            claim.unit = phrase.tokens[last].number?.unit
        }
        claim.unit =
            claim.unit ?? factor(claim.index, phrase) ?? unitBeforeStatistic(claim.index, phrase) ?? countedUnit(
                claim.index, phrase)
            ?? NumberBinder.parallelUnit(claim.index, phrase.tokens[...])
        guard claim.unit == nil, claim.role == .rangeLow, let other = phrase.tokens[claim.index + 2].number else {
            if claim.role == .rangeHigh,
                phrase.tokens[claim.index - 2].number.map({ _ in claim.bound == .exact }) == true
            {
                claim.bound = bound(phrase, claim.index - 2)
            }
            return
        }
        claim.unit = other.unit
    }
}

let ordinalWords: [String: Int] = ["first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4]
/// Metrics that are shares or factors, never times or rates.
private let shareNames: Set<String> = [
    "speedup", "accuracy", "precision", "recall", "F1", "success rate", "utilisation",
]
private let extremeWords: Set<String> = ["slowest", "fastest", "longest", "shortest", "quickest"]
private let exclusionWords: Set<String> = [
    "others", "excluding", "except", "without", "besides", "other", "rest", "remaining", "ones", "subsequent",
]
private let laterWords: Set<String> = ["afterwards", "thereafter", "later"]
private let beforeAfter: Set<String> = ["before", "after", "afterwards", "thereafter"]
private let wishedWords: Set<String> = [
    "expected", "target", "goal", "threshold", "required", "recommended", "desired", "likelihood", "probability",
    "severity", "effort", "priority", "timeline", "risk",
]
private let occurrenceWords: Set<String> = ["frequency", "occurrences", "occurrence", "instances", "mentions"]
private let changeWords: Set<String> = [
    "increased", "decreased", "reduced", "improved", "dropped", "rose", "fell", "increase", "decrease", "improvement",
    "reduction",
    "jumped", "grew", "falls", "drops", "declines", "rises", "grows", "increases", "decreases", "shrinks", "climbs",
    "sinks", "jumps", "went", "goes", "decline", "drop", "fall", "rise", "growth",
    "worsened", "worsens", "deteriorated", "degraded", "climbed", "slowed", "shrank", "sank",
]
private let spreadWords: Set<String> = [
    "deviation", "std", "stdev", "variance", "range", "σ", "confidence", "cv", "stddev",
]
