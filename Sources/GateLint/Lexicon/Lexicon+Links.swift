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
    /// Before `up` and `down`.
    static let going: Set<String> = set("go goes went gone going come comes came coming move moves moved moving")
    /// Superlatives that are said of things rather than of what is measured of them.
    static let ofThings: Set<String> = set("largest biggest smallest widest narrowest deepest")
    /// Superlatives that names of metrics begin with.
    static let measures: Set<String> = set("peak max maximum min minimum")
    /// What a change is called, unless the data has a metric of the name.
    static let changes: Set<String> = set("loss losses cost penalty effect benefit")
}
