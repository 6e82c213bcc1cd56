internal import GateCore

/// What a report says of its own data: that it was given none, or that it made its figures up.
struct Declarations {
    let binder: Binder
    let relation: Relation

    struct Found {
        let phrase: Int
        let bytes: Range<Int>
    }

    // MARK: - Denials

    /// `the absence of performance metrics`, where there are figures.
    func denials() -> [Found] {
        guard relation.entries.count >= 3 else { return [] }
        return Array(binder.phrases.indices.lazy.compactMap(denial).prefix(4))
    }

    private func denial(_ index: Int) -> Found? {
        let phrase = binder.phrases[index]
        guard phrase.kind == .sentence, !phrase.isProposal, phrase.has(denied) else { return nil }
        for (place, token) in phrase.tokens.enumerated()
        where lack.contains(token.text) || negation.contains(token.text) {
            let reach = phrase.tokens[place...].prefix(8)
            let following = reach.dropFirst().prefix(6)
            let isNegation = ["no", "without"].contains(token.text) && following.contains { given.contains($0.text) }
            let isVerb = negation.contains(token.text) && following.prefix(5).contains { holding.contains($0.text) }
            guard lack.contains(token.text) || isNegation || isVerb,
                let object = reach.dropFirst().firstIndex(where: { denied.contains($0.text) })
            else { continue }
            // A spread, a unit or a context that is missing may be missing indeed.
            guard
                !phrase.tokens[place...min(object + 1, phrase.tokens.count - 1)].contains(where: {
                    trulyMissing.contains($0.text)
                })
            else { continue }
            return Found(phrase: index, bytes: token.bytes.lowerBound..<phrase.tokens[object].bytes.upperBound)
        }
        return nil
    }

    // MARK: - Fiction

    /// `The numbers in this answer are fictional`
    func fictions() -> [Found] {
        binder.phrases.indices.compactMap { index in
            let phrase = binder.phrases[index]
            guard phrase.kind == .sentence, let word = phrase.tokens.first(where: { invented.contains($0.text) }) else {
                return nil
            }
            let words = Set(phrase.tokens.map(\.text))
            let isBased =
                unreal.contains(word.text) && words.contains("based")
                && (words.contains("on") || words.contains("upon"))
            let isFound =
                isBased
                ? words.isDisjoint(with: ["not", "recommend", "consider", "should", "would", "could", "if"])
                : !words.isDisjoint(with: figures)
                    && words.isDisjoint(with: ["avoid", "should", "use", "create", "not"])
            return isFound ? Found(phrase: index, bytes: word.bytes) : nil
        }
    }

    private let denied: Set<String> = ["metrics", "numbers", "metric", "measurements", "figures", "names"]
    private let lack: Set<String> = ["lack", "absence", "lacks", "lacking", "missing", "unavailability"]
    private let negation: Set<String> = ["no", "without", "not", "doesn", "don"]
    private let given: Set<String> = ["available", "provided", "reported", "present", "recorded"]
    private let holding: Set<String> = ["contain", "include", "provide", "available", "provided"]
    private let trulyMissing: Set<String> = [
        "statistical", "deviation", "context", "standard", "standardized", "consistent", "accuracy", "memory", "error",
        "detailed",
        "documentation",
    ]
    private let invented: Set<String> = [
        "fictional", "fictitious", "hypothetical", "illustrative", "placeholder", "placeholders", "simulated",
        "fabricated", "invented",
        "imaginary", "made-up", "dummy", "assumed", "synthetic",
    ]
    private let unreal: Set<String> = ["fictional", "fictitious", "hypothetical", "imaginary", "made-up", "invented"]
    private let figures: Set<String> = [
        "numbers", "figures", "values", "metrics", "data", "results", "statistics", "findings", "report",
    ]
}
