/// Small words that say how a name stands to what is said.
extension Lexicon {
    /// What stands behind them is where something holds.
    static let places: Set<String> = set("at in on under with within during inside")
    static let determiners: Set<String> = set("the its their this that")
    /// A version without its name stands behind them.
    static let means: Set<String> = set("with under in for on by of and than to from against version v vs")
    static let scopes: Set<String> = set("for of from among")
    static let copulas: Set<String> = set(
        "is are was were be remains remained stays stayed seen reached found measured peaks peaked occurs occurred occur belongs goes comes came happened"
    )
    /// Behind them stands what is not counted.
    static let exclusions: Set<String> = set(
        "except excepting excluding excluded omitting omitted ignoring disregarding")
}
