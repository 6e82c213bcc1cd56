import GateCore
import GateVocabulary

/// `twice the median`, `double the throughput of B`: the word against the two figures that the sentence gives, I02.
struct MultipleRules {
    let claims: ReportClaims

    func findings() -> [Finding] {
        claims.phrases.compactMap { phrase in
            guard case .sentence = phrase.kind, !phrase.isProposal, let place = multiple(phrase),
                let factor = multiples[phrase.tokens[place].text]
            else { return nil }
            let figures = phrase.tokens.compactMap(\.number).filter { !$0.isOrdinal }
            guard figures.count == 2, let unit = figures[0].unit, unit.dimension == figures[1].unit?.dimension,
                unit.dimension == .time || unit.dimension == .rate || unit.dimension == .bytes,
                let other = figures[1].unit
            else { return nil }
            let (first, second) = (figures[0].value * unit.scale, figures[1].value * other.scale)
            guard first > 0, second > 0 else { return nil }
            let ratio = max(first, second) / min(first, second)
            guard abs(ratio / factor - 1) > MultipleRules.slack else { return nil }
            let token = phrase.tokens[place]
            return Finding(
                rule: .I02, severity: .error, place: claims.document.place(token.bytes, line: phrase.line),
                claim: claims.document.text(token.bytes),
                evidence:
                    "\(shown(figures[0].value)) \(unit.name) and \(shown(figures[1].value)) \(other.name): a factor of \(shown((ratio * 100).rounded() / 100))",
                message: "The two figures of the sentence are not in this proportion.")
        }
    }

    /// How far from the word a proportion may be: "twice" is said of 1.7 to 2.3 times.
    private static let slack = 0.15

    /// `twice the`, `half of that`, `double`; not `almost twice`, `more than double`, `the second half`.
    private func multiple(_ phrase: Phrase) -> Int? {
        phrase.tokens.indices.first { index in
            let text = phrase.tokens[index].text
            guard multiples[text] != nil else { return false }
            let before = phrase.tokens[max(0, index - 3)..<index].map(\.text)
            let after = phrase.tokens[(index + 1)...].prefix(2).map(\.text)
            guard !before.contains(where: { vagueWords.contains($0) }) else { return false }
            return ["the", "that", "as", "of", "its"].contains(after.first)
                && !(text == "half" && after.first == "of" && after.last == "the")
        }
    }
}

private let multiples: [String: Double] = [
    "twice": 2, "double": 2, "doubles": 2, "half": 2, "triple": 3, "thrice": 3, "quadruple": 4,
]
private let vagueWords: Set<String> = [
    "almost", "nearly", "than", "over", "about", "roughly", "first", "second", "other", "and", "not", "without", "one",
    "least", "most", "well",
]
