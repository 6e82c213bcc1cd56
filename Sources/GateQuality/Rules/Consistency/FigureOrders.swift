import GateCore
import GateVocabulary

/// `the throughput (14.59 tokens/s) is below the average (14.11 tokens/s)`: two figures of a sentence against the word that
/// stands between them, I03.
struct FigureOrders {
    let claims: ReportClaims

    func findings(_ phrase: Phrase) -> [Finding] {
        let tokens = phrase.tokens
        let figures = tokens.indices.filter { index in
            guard let number = tokens[index].number, !number.isOrdinal, let unit = number.unit else { return false }
            return [.time, .rate, .bytes].contains(unit.dimension) || unit.isPercent
        }
        guard figures.count == 2, let first = figures.first, let second = figures.last,
            tokens.indices.count(where: { tokens[$0].number != nil && !NotClaims.contains($0, phrase) }) == 2,
            let left = tokens[first].number, let right = tokens[second].number, let unit = left.unit,
            let other = right.unit, unit.dimension == other.dimension, first > 0, tokens[first - 1].isMark("("),
            let position = tokens.indices.first(where: { $0 > first && $0 < second && isLarger(tokens, $0) != nil }),
            let isLarger = isLarger(tokens, position), isPlain(tokens[(first + 1)..<position], tokens[..<first])
        else { return [] }
        let (above, below) = (left.value * unit.scale, right.value * other.scale)
        guard above != below, (above > below) != isLarger else { return [] }
        let token = tokens[position]
        return [
            Finding(
                rule: .I03, severity: .error, place: claims.document.place(token.bytes, line: phrase.line),
                claim: claims.document.text(token.bytes),
                evidence: "(report) \(shown(left.value)) \(unit.name); (report) \(shown(right.value)) \(other.name)",
                message: "By the figures of the sentence it is the other way round.")
        ]
    }

    /// `above the`, `higher than`: whether the first of two is said to be the larger one.
    private func isLarger(_ tokens: [Token], _ index: Int) -> Bool? {
        let next = index + 1 < tokens.count ? tokens[index + 1].text : ""
        switch tokens[index].text {
        case "above", "exceeds": return ["the", "that", "its", "all"].contains(next) ? true : nil
        case "below": return ["the", "that", "its", "all"].contains(next) ? false : nil
        case "higher", "larger", "greater", "longer": return next == "than" ? true : nil
        case "lower", "smaller", "shorter": return next == "than" ? false : nil
        default: return nil
        }
    }

    /// Nothing stands between that would turn the sense, or speak of something else.
    private func isPlain(_ between: ArraySlice<Token>, _ before: ArraySlice<Token>) -> Bool {
        !before.contains { negations.contains($0.text) }
            && between.allSatisfy { token in
                token.isMark(")*_`")
                    || [
                        "is", "was", "lies", "stays", "remains", "much", "slightly", "well", "clearly",
                        "far", "significantly", "considerably", "still",
                    ].contains(token.text)
            }
    }
}

private let negations: Set<String> = ["not", "no", "never", "neither", "if", "unless", "should", "than"]
