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
        let turns = claims.store.turns(of: family)
        guard let first = turns.first,
            turns.allSatisfy({ isRise ? $0.after.base < $0.before.base : $0.after.base > $0.before.base })
        else { return [] }
        let token = tokens[position]
        return [
            Finding(
                rule: .I03, severity: .error, place: claims.document.place(token.bytes, line: phrase.line),
                claim: claims.document.text(token.bytes),
                evidence:
                    "\(first.before.source) = \(shown(first.before.value)); \(first.after.source) = \(shown(first.after.value))",
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
