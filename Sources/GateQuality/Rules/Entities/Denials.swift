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
        for (index, token) in phrase.tokens.enumerated() {
            let reach = phrase.tokens[index...].prefix(8)
            let following = reach.dropFirst().map(\.text)
            let isLack = ["lack", "absence", "lacks", "lacking", "missing", "unavailability"].contains(token.text)
            let isNegation =
                ["no", "without"].contains(token.text)
                && following.prefix(6).contains {
                    ["available", "provided", "reported", "present", "recorded"].contains($0)
                }
            let isVerb =
                ["not", "doesn't", "don't", "doesn"].contains(token.text)
                && following.prefix(5).contains {
                    ["contain", "include", "provide", "available", "provided"].contains($0)
                }
            guard isLack || isNegation || isVerb else { continue }
            guard let object = reach.dropFirst().firstIndex(where: { isDenied($0.text) }) else { continue }
            // A spread, a unit or a context that is missing may be missing indeed.
            let between =
                phrase.tokens[index...object].map(\.text)
                + (object + 1 < phrase.tokens.count ? [phrase.tokens[object + 1].text] : [])
            guard
                !between.contains(where: {
                    [
                        "statistical", "deviation", "context", "standard", "standardized", "consistent", "accuracy",
                        "memory", "error", "detailed", "documentation",
                    ].contains($0)
                })
            else { continue }
            return token.bytes.lowerBound..<phrase.tokens[object].bytes.upperBound
        }
        return nil
    }

    private func isDenied(_ word: String) -> Bool {
        ["metrics", "numbers", "metric", "measurements", "figures", "names"].contains(word)
    }
}
