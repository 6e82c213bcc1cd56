import GateCore
import GateVocabulary

/// Numbers of which the report does not say what they measure.
extension MetricMatcher {
    func unnamed(_ claim: NumberClaim) -> Judged {
        guard let unit = claim.unit else {
            if claim.number.digits >= 4, let hit = anywhere(claim) { return .grounded(evidence(hit)) }
            if let ingest = store.ingest, let count = counted(claim, ingest) { return .grounded(count) }
            return isReadable(claim) && !isCasual(claim)
                ? .unsupported("Nothing in the data gives this number.")
                : Judged(verdict: .unverifiable, message: "What the number is about is not understood.")
        }
        if unit.dimension == .count {
            return isReadable(claim)
                ? .unsupported("The data does not count \(unit.name).")
                : Judged(verdict: .unverifiable, message: "What the number is about is not understood.")
        }
        if let judged = ofRow(claim) { return judged }
        let indices = around(claim)
        let hits = indices.map { store.facts[$0] }.filter { $0.dimension == unit.dimension && prints(claim, $0) }
        if let hit = hits.first, claim.number.digits >= 3,
            goes(hit.statistic, hit.metric, with: claim, claim.role == .spread)
        {
            return .grounded(evidence(hit))
        }
        let unknown = indices.map { store.facts[$0] }.first { $0.dimension == .unknown && prints(claim, $0) }
        if let unknown, claim.number.digits >= 4 { return .grounded(evidence(unknown)) }
        return .unsupported("Nothing in the data gives this number.", claim.role == .value ? .G01 : .G08)
    }

    /// A figure of a row that is named, where the report does not say which of its figures it is.
    private func ofRow(_ claim: NumberClaim) -> Judged? {
        guard claim.unit?.dimension != .ratio else { return nil }
        let scoped = claim.cells.filter { claim.tables.isEmpty || claim.tables.contains($0.table) }
        let facts = scoped.flatMap { store.byCell[$0] ?? [] }.map { store.facts[$0] }.filter {
            claim.allows($0.dimension) && $0.dimension != .unknown && goes($0.statistic, $0.metric, with: claim, false)
        }
        return facts.first { prints(claim, $0) }.map { .grounded(evidence($0)) }
    }

    /// `44/101`: counts of the ingest, of which there are few.
    private func counted(_ claim: NumberClaim, _ ingest: IngestFacts) -> String? {
        guard claim.number.decimals == 0 else { return nil }
        let isTotal = claim.number.value == Double(ingest.totalFiles)
        let isPart = claims.phrases[claim.phrase].tokens.contains { token in
            token.number?.value == Double(ingest.totalFiles) || typeWords[token.text] != nil
        }
        let words = claims.phrases[claim.phrase].tokens
        if words.contains(where: { ["more", "listed", "shown", "named"].contains($0.text) }) {
            let counts = Array(ingest.listed.values) + Array(ingest.notListed.values)
            if counts.contains(where: { Double($0) == claim.number.value }) { return ingest.summary }
        }
        let isKind = isPart && ingest.byType.contains { Double($0.value) == claim.number.value }
        return isTotal || isKind ? ingest.summary : nil
    }

    /// `The team consists of 4 engineers`, `Risk level: 2 of 5`: a small count of something that is no metric and no file.
    private func isCasual(_ claim: NumberClaim) -> Bool {
        let phrase = claims.phrases[claim.phrase]
        guard case .sentence = phrase.kind else { return false }
        // `Text (28)` counts as `CSV (28)` does.
        let isInParentheses =
            claim.index > 0 && phrase.tokens[claim.index - 1].isMark("(")
            && phrase.tokens.dropFirst(claim.index + 1).first?.isMark(")") == true
        return !isInParentheses && claim.number.decimals == 0 && claim.number.digits <= 2
    }

    /// Most of the words around the number are of the Latin alphabet.
    private func isReadable(_ claim: NumberClaim) -> Bool {
        let words = claims.phrases[claim.phrase].tokens.filter(\.isWord)
        let foreign = words.count { word in word.text.utf8.contains { $0 >= 0x80 } }
        return foreign * 3 <= words.count
    }

    private func anywhere(_ claim: NumberClaim) -> StoredFact? {
        around(claim).lazy.map { store.facts[$0] }.first { prints(claim, $0) }
    }

    /// Facts whose value or base lies where the number can print it, found by bisection.
    private func around(_ claim: NumberClaim) -> [Int] {
        let slack = claim.number.halfStep * 2 + abs(claim.number.value) * 0.03
        var found: [Int] = []
        for scale in Set([1, claim.unit?.scale ?? 1, 1e-3, 1e-6]) {
            let low = (claim.number.value - slack) * scale
            let high = (claim.number.value + slack) * scale
            var index = store.byValue.partition { store.facts[$0].base >= low }
            while index < store.byValue.count, store.facts[store.byValue[index]].base <= high, found.count < 64 {
                found.append(store.byValue[index])
                index += 1
            }
        }
        return found
    }

    /// `14.7 headings per file`: a count by the files that it is of.
    func perFile(_ claim: NumberClaim, _ facts: [StoredFact]) -> Judged? {
        let words = claims.phrases[claim.phrase].tokens.map(\.text)
        guard let ingest = store.ingest, ingest.totalFiles > 0, let count = facts.first,
            let mark = words.firstIndex(where: { ["per", "each", "average", "mean"].contains($0) }),
            mark > claim.index || words[mark] != "per", words.contains(where: { fileWords.contains($0) })
        else { return nil }
        // `425 headings in total, about 15 per file`: the first of them is the count itself.
        let isDirect =
            words.dropFirst(claim.index + 1).prefix(3).contains { ["per", "each"].contains($0) }
            || words[..<claim.index].suffix(4).contains { ["average", "mean"].contains($0) }
        if !isDirect, prints(claim, count) { return nil }
        let files = (ingest.byType["markdown"].map { [$0] } ?? []) + [ingest.totalFiles]
        let shares = files.filter { $0 > 0 }.map { count.value / Double($0) }
        if let hit = shares.first(where: { claim.prints(base: $0, dimension: .count, factScale: 1) }) {
            return .derivable("\(evidence(count)) by the files = \(shown(hit))")
        }
        guard let share = shares.first else { return nil }
        return .contradicted(
            .G04, evidence(count), "By the counts of the data it is \(shown((share * 10).rounded() / 10)) per file.")
    }

    func elsewhere(_ claim: NumberClaim) -> Judged? {
        guard claim.number.digits >= 3, let hit = anywhere(claim), claim.allows(hit.dimension) else { return nil }
        guard hit.family != claim.family else { return nil }
        return .misattributed(
            evidence(hit), "The value is real, but it belongs to \(hit.metric), not to what the report names.")
    }

    func invented(_ claim: NumberClaim) -> Judged {
        let name = claim.invented ?? ""
        if let hit = anywhere(claim), claim.number.digits >= 3 {
            return .misattributed(evidence(hit), "The value is real, but the data knows no \(name).")
        }
        return .unsupported(
            "The data knows no \(name), so it has no figure of it.", evidence: "no \(name) in the facts")
    }
}

extension Array {
    /// The first index for which the condition holds, where it holds for all after it.
    func partition(_ condition: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
