import GateCore

/// Numbers of plans, targets and advice: what somebody wants, not what is.
enum Proposals {
    static func contains(_ claim: NumberClaim, _ phrase: Phrase) -> Bool {
        if phrase.isProposal {
            let isAboutData = claim.unit?.isFiles == true || !claim.keys.isEmpty && claim.unit?.isPercent != true
            return !isAboutData
        }
        let before = phrase.tokens[..<claim.index]
        let isAdvised = before.indices.contains { isAdvice($0, phrase) }
        if claim.unit?.isFiles == true { return isAdvised || isCommand(phrase, of: checks) }
        if isAdvised || isCommand(phrase, of: commands) { return true }
        if claim.keys.isEmpty, isGeneral(phrase) { return true }
        return before.suffix(8).contains(where: isWish) || isExpectation(before) || isConditional(claim, phrase)
    }

    /// `Retry with a timeout of 60 seconds.`
    private static func isCommand(_ phrase: Phrase, of words: Set<String>) -> Bool {
        guard let first = phrase.tokens.first(where: { $0.isWord }) else { return false }
        return first.isCapitalised && words.contains(first.text)
    }

    /// `we suggest`, `should`; not `the results suggest`.
    private static func isAdvice(_ index: Int, _ phrase: Phrase) -> Bool {
        switch phrase.tokens[index].text {
        case "should", "recommend", "recommended": true
        case "suggest", "propose": index > 0 && ["we", "would"].contains(phrase.tokens[index - 1].text)
        default: false
        }
    }

    private static func isWish(_ token: Token) -> Bool {
        // May is a month.
        wishWords.contains(token.text) || (token.text == "may" && !token.isCapitalised)
    }

    /// `By industry standards`, `Typical values for top_p lie between 0.8 and 0.95`
    private static func isGeneral(_ phrase: Phrase) -> Bool {
        phrase.tokens.indices.contains { index in
            general.contains(phrase.tokens[index].text)
                || phrase.tokens[index].text == "typical" && phrase.tokens.dropFirst(index + 1).first?.text == "values"
        }
    }

    /// `Expected impact: 5-10% lower latency`
    private static func isExpectation(_ before: ArraySlice<Token>) -> Bool {
        // `Threshold for alerts: 2.5 s`
        let label = before.prefix { !$0.isMark(":") }
        if label.count < before.count, label.count <= 6, label.contains(where: { bounds.contains($0.text) }) {
            return true
        }
        guard
            let word = before.firstIndex(where: { ["expected", "anticipated", "projected", "room"].contains($0.text) })
        else {
            return false
        }
        return before[word].text == "room" || before[(word + 1)...].prefix(2).contains { gains.contains($0.text) }
    }

    /// `A sample size of 30 would allow a test`, `20 additional runs should be scheduled`, `raising it to 16 might help`:
    /// a wish that stands behind its number, of something that is not there yet.
    private static func isConditional(_ claim: NumberClaim, _ phrase: Phrase) -> Bool {
        let after = phrase.tokens.dropFirst(claim.index + 1)
        guard after.contains(where: { isWish($0) || laterWishes.contains($0.text) }) else { return false }
        let words = phrase.tokens.filter(\.isWord).map(\.text)
        let start = words.starts(with: ["for", "instance"]) || words.starts(with: ["for", "example"]) ? 2 : 0
        guard let first = words.dropFirst(start).first else { return false }
        // `80% of the effort should go into it`
        if phrase.tokens[..<claim.index].allSatisfy({ $0.isMark("*-+_") }),
            after.contains(where: { $0.text == "should" })
        {
            return true
        }
        return ["a", "an", "any", "each", "every", "to"].contains(first) || first.hasSuffix("ing")
            || after.prefix(2).contains { ["additional", "further", "more", "extra"].contains($0.text) }
    }
}

private let wishWords: Set<String> = [
    "should", "could", "would", "might", "recommend", "recommended", "aim", "aiming", "target", "targeting", "goal",
    "ideally", "must",
]
private let laterWishes: Set<String> = [
    "advisable", "sufficient", "conceivable", "desirable", "feasible", "suffices", "considered",
    "acceptable", "needed", "required", "necessary",
]
private let bounds: Set<String> = ["threshold", "target", "goal", "limit", "budget", "sla", "slo", "objective"]
/// What is known of the world at large, and not from the data.
private let general: Set<String> = ["industry", "thumb", "human"]
private let gains: Set<String> = [
    "impact", "improvement", "improvements", "benefit", "benefits", "gain", "gains", "outcome", "effect", "savings",
    "reduction", "increase",
]
/// A sentence that begins with one of these tells somebody what to do.
private let commands: Set<String> = [
    "set", "run", "use", "keep", "ensure", "consider", "try", "add", "implement", "configure", "define", "limit",
    "reduce", "increase", "raise", "lower", "repeat", "evaluate", "measure", "compare", "perform", "conduct",
    "investigate", "monitor", "extend", "expand", "include", "validate", "verify", "optimize", "optimise", "tune",
    "prioritize", "explore", "standardize", "establish", "automate", "develop", "introduce", "adopt", "avoid",
    "collect",
    "test", "schedule", "allocate", "deploy", "if", "check", "retry", "contact", "compute", "plan", "provide",
]
/// The same, where what it is about are files.
private let checks: Set<String> = ["check", "ensure", "verify", "retry", "collect", "provide", "add", "include"]
