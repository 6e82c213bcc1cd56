internal import GateCore
internal import GateVocabulary

/// Superlatives that are said by a comparison with all others.
extension Extremes {
    /// `No other of the engines has a lower TTFT than A`: A has the lowest.
    func noOther() -> Statement.Finding? {
        guard
            let start = tokens.indices.dropLast().first(where: {
                ["no", "none"].contains(tokens[$0].text) && ["other", "others"].contains(tokens[$0 + 1].text)
            }), case let clause = statement.clause(around: start),
            let than = tokens[start..<clause.upperBound].firstIndex(where: { $0.text == "than" }),
            let index = tokens[start..<than].lastIndex(where: { Lexicon.comparisons[$0.text] != nil }),
            let comparison = Lexicon.comparisons[tokens[index].text], let extreme = Extremes.extreme(comparison),
            let subject = reading.entities.first(where: {
                $0.tokens.lowerBound > than && !$0.isKey && $0.isWhole && statement.isRead($0.tokens.lowerBound - 1)
                    && $0.tokens.lowerBound - than <= Extremes.reachOfName
            }), !statement.phrase.leavesSomeOut
        else { return nil }
        let columns = columns(index, extreme)
        guard !columns.isEmpty, let evidence = wrong(subject, index, extreme, columns) else { return nil }
        return Statement.Finding(
            tokens: start..<subject.tokens.upperBound, rule: .I03, evidence: evidence,
            message: "By the data another one is.")
    }

    private static func extreme(_ comparison: Lexicon.Comparison) -> Lexicon.Extreme? {
        switch comparison {
        case .more: .most
        case .less: .least
        case .better: .best
        case .worse: .worst
        case .quicker: .quickest
        case .slower: .slowest
        }
    }

    /// Tokens between `than` and the name: quotes.
    private static let reachOfName = 3
}
