import GateCore
import GateVocabulary

/// `results[4] has the highest TTFT`: an element of an array against its siblings, I03.
struct ElementOrders {
    let claims: ReportClaims

    func findings(_ index: Int, _ phrase: Phrase) -> [Finding] {
        guard !claims.mentions[index].elements.isEmpty else { return [] }
        return phrase.tokens.indices.compactMap { position in
            guard let kind = superlativeWords[phrase.tokens[position].text],
                let element = subject(index, position, phrase), let family = family(index, position, phrase),
                let wantsMax = kind.wantsMaximum(family)
            else { return nil }
            let own = element.value.map { claims.store.facts[$0] }.filter { $0.family == family }
            let verdicts = own.map { verdict($0, family, wantsMax) }
            guard let first = verdicts.first, let wrong = first, verdicts.allSatisfy({ $0 != nil }) else { return nil }
            let token = phrase.tokens[position]
            return Finding(
                rule: .I03, severity: .error, place: claims.document.place(token.bytes, line: phrase.line),
                claim: claims.document.text(token.bytes), evidence: wrong,
                message: "By the data it is another element, not \(phrase.tokens[element.index].text).")
        }
    }

    /// Nil where the fact is the largest or smallest of its array, or is alone.
    private func verdict(_ fact: StoredFact, _ family: MetricFamily, _ wantsMax: Bool) -> String? {
        let group = groupName(fact.metric)
        let all = claims.store.few(of: family)
            .filter { groupName($0.metric) == group }
        guard all.count > 1,
            let best = wantsMax ? all.max(by: { $0.base < $1.base }) : all.min(by: { $0.base < $1.base }),
            best.base != fact.base
        else { return nil }
        return "\(best.source) = \(shown(best.value)); \(fact.source) = \(shown(fact.value))"
    }

    private func subject(_ index: Int, _ position: Int, _ phrase: Phrase) -> Mentions.Mention<[Int]>? {
        let elements = claims.mentions[index].elements
        if let after = elements.first(where: { $0.index > position && $0.index - position <= 8 }),
            phrase.tokens[(position + 1)..<after.index].allSatisfy({ token in
                afterWords.contains(token.text) || token.isMark("`*_:(") || metricWords.contains(token.text)
            })
        {
            return after
        }
        guard let before = elements.last(where: { $0.index < position && position - $0.index <= 6 }) else { return nil }
        let between = phrase.tokens[(before.index + 1)..<position]
        return between.contains { beforeVerbs.contains($0.text) }
            && between.allSatisfy {
                beforeVerbs.contains($0.text) || ["the", "by", "far", "result", "model", "action"].contains($0.text)
                    || $0.isMark("`*_")
            }
            ? before : nil
    }

    private func family(_ index: Int, _ position: Int, _ phrase: Phrase) -> MetricFamily? {
        let families = claims.mentions[index].families
        if let after = families.first(where: { $0.index > position && $0.index - position <= 4 }) { return after.value }
        if ["fastest", "slowest", "quickest"].contains(phrase.tokens[position].text) {
            let isTime = families.contains { $0.value == .ttft || $0.value == .latency }
            return isTime ? families.first?.value : .throughput
        }
        return Set(families.map(\.value)).count == 1 ? families.first?.value : nil
    }
}

private let afterWords: Set<String> = ["is", "was", "belongs", "to", "that", "of", "result", "element", "entry", "one"]
private let metricWords: Set<String> = ["ttft", "throughput", "latency", "tokens", "time", "first", "token", "rate"]
private let beforeVerbs: Set<String> = ["has", "had", "is", "was", "shows", "achieves", "achieved", "reaches", "with"]
