import GateCore

/// Sentences that deny metrics or names which the report's author was given.
struct Denials {
    let claims: ReportClaims

    func findings() -> [Finding] {
        guard claims.store.knowsNumbers, claims.store.facts.count >= 3 else { return [] }
        var findings: [Finding] = []
        for phrase in claims.phrases {
            guard case .sentence = phrase.kind, !phrase.isProposal, findings.count < 4, let range = denial(phrase)
            else { continue }
            findings.append(
                Finding(
                    rule: .E04, severity: .warning, place: claims.document.place(range, line: phrase.line),
                    claim: claims.document.text(range),
                    evidence:
                        "\(claims.store.facts.count) figures were given, for example \(claims.store.facts[0].source)",
                    message: "The report denies data that its author was given."))
        }
        return findings
    }

    private func denial(_ phrase: Phrase) -> Range<Int>? {
        guard phrase.tokens.contains(where: { deniedWords.contains($0.text) }) else { return nil }
        for (index, token) in phrase.tokens.enumerated() where denyingWords.contains(token.text) {
            let reach = phrase.tokens[index...].prefix(8)
            let following = reach.dropFirst().prefix(6)
            let isLack = lackWords.contains(token.text)
            let isNegation =
                ["no", "without"].contains(token.text) && following.contains { givenWords.contains($0.text) }
            let isVerb = !isLack && !isNegation && following.prefix(5).contains { holdingWords.contains($0.text) }
            guard isLack || isNegation || isVerb,
                let object = reach.dropFirst().firstIndex(where: { deniedWords.contains($0.text) })
            else { continue }
            // A spread, a unit or a context that is missing may be missing indeed.
            let between = phrase.tokens[index...min(object + 1, phrase.tokens.count - 1)]
            guard !between.contains(where: { trulyMissing.contains($0.text) }) else { continue }
            return token.bytes.lowerBound..<phrase.tokens[object].bytes.upperBound
        }
        return nil
    }
}

private let deniedWords: Set<String> = ["metrics", "numbers", "metric", "measurements", "figures", "names"]
private let lackWords: Set<String> = ["lack", "absence", "lacks", "lacking", "missing", "unavailability"]
private let denyingWords = lackWords.union(["no", "without", "not", "doesn", "don"])
private let givenWords: Set<String> = ["available", "provided", "reported", "present", "recorded"]
private let holdingWords: Set<String> = ["contain", "include", "provide", "available", "provided"]
private let trulyMissing: Set<String> = [
    "statistical", "deviation", "context", "standard", "standardized", "consistent", "accuracy", "memory", "error",
    "detailed", "documentation",
]
