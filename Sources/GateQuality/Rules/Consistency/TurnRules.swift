import GateCore

/// `latency decreased after every action`: the direction against what the data has before and after, I03.
struct TurnRules {
    let claims: ReportClaims

    func findings(_ index: Int, _ phrase: Phrase) -> [Finding] {
        let tokens = phrase.tokens
        guard tokens.allSatisfy({ $0.number == nil }),
            tokens.contains(where: { $0.text == "after" || $0.text == "actions" }),
            let position = tokens.indices.first(where: { directions[tokens[$0].text] != nil }),
            let isRise = directions[tokens[position].text],
            let family = claims.mentions[index].families.last(where: { $0.index < position })?.value,
            !tokens[..<position].contains(where: { doubts.contains($0.text) })
        else { return [] }
        let facts = claims.store.few(of: family)
        let pairs = facts.filter { $0.cell == nil && $0.metric.holds("before") }.compactMap { old in
            facts.first { $0.metric == old.metric.replacing("before", with: "after") }.map { (old, $0) }
        }
        guard let first = pairs.first, pairs.allSatisfy({ isRise ? $1.base < $0.base : $1.base > $0.base }) else {
            return []
        }
        let token = tokens[position]
        return [
            Finding(
                rule: .I03, severity: .error, place: claims.document.place(token.bytes, line: phrase.line),
                claim: claims.document.text(token.bytes),
                evidence:
                    "\(first.0.source) = \(shown(first.0.value)); \(first.1.source) = \(shown(first.1.value))",
                message: "By the data it went the other way.")
        ]
    }
}

/// Whether the word says that a figure grew.
private let directions: [String: Bool] = [
    "decreased": false, "decreases": false, "fell": false, "falls": false, "dropped": false, "drops": false,
    "declined": false, "shrank": false, "increased": true, "increases": true, "rose": true, "rises": true, "grew": true,
    "climbed": true,
]
private let doubts: Set<String> = ["not", "no", "never", "if", "whether", "should", "could", "may", "might", "neither"]
