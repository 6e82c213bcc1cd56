import GateCore

/// Data that the report itself declares invented.
struct Fiction {
    let claims: ReportClaims

    func findings() -> [Finding] {
        var findings: [Finding] = []
        for phrase in claims.phrases {
            guard case .sentence = phrase.kind, let word = declaration(phrase) else { continue }
            findings.append(
                Finding(
                    rule: .E03, severity: .warning, place: claims.document.place(word.bytes, line: phrase.line),
                    claim: claims.document.text(word.bytes),
                    evidence: claims.document.text(ofLine: phrase.line).prefixed(160),
                    message: "The report says itself that its figures are not real."))
        }
        return findings
    }

    /// `The numbers in this answer are fictional`.
    private func declaration(_ phrase: Phrase) -> Token? {
        guard let word = phrase.tokens.first(where: { inventedWords.contains($0.text) }) else { return nil }
        let words = Set(phrase.tokens.map(\.text))
        // `This analysis is based on a hypothetical repository context.`
        if unrealWords.contains(word.text), words.contains("based"), words.contains("on") || words.contains("upon") {
            return words.isDisjoint(with: ["not", "recommend", "consider", "should", "would", "could", "if"])
                ? word : nil
        }
        guard !words.isDisjoint(with: figureWords), words.isDisjoint(with: ["avoid", "should", "use", "create", "not"])
        else { return nil }
        return word
    }
}

private let inventedWords: Set<String> = [
    "fictional", "fictitious", "hypothetical", "illustrative", "placeholder", "placeholders", "simulated", "fabricated",
    "invented",
    "imaginary", "made-up", "dummy", "assumed", "synthetic",
]
private let figureWords: Set<String> = [
    "numbers", "figures", "values", "metrics", "data", "results", "statistics", "findings", "report",
]
private let unrealWords: Set<String> = ["fictional", "fictitious", "hypothetical", "imaginary", "made-up", "invented"]

extension String {
    /// At most so many characters, with an ellipsis where it was longer.
    func prefixed(_ maximum: Int) -> String {
        guard utf8.count > maximum, count > maximum else { return self }
        return prefix(maximum) + "…"
    }
}
