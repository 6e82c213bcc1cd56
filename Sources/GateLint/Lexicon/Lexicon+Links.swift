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
    /// A word that English reports are made of.
    static func isEnglish(_ word: String) -> Bool {
        let stem = stem(word)
        return stop.contains(word) || generic.contains(stem) || loads.contains(stem) || things.contains(stem)
            || dimensionWords[word] != nil || comparisons[word] != nil || directions[word] != nil
    }

    /// Before `behind`.
    static let trailing: Set<String> = set("lag lags lagged lagging fall falls fell trail trails trailed")
    /// What has become of a metric, which way that is being known.
    static let bettering: [String: Bool] = table([
        (true, "improve improves improved improving"),
        (false, "worsen worsens worsened worsening degrade degrades degraded deteriorate deteriorates deteriorated"),
    ])
    static let pronouns: Set<String> = set("it its they their this these that both he she")
    /// Between a verb and its value.
    static let reaching: Set<String> = set("at to in out up down on only just as with")
    /// They turn nothing of what a sentence says.
    static let asides: Set<String> = set(
        "however therefore thus hence meanwhile moreover furthermore contrast turn still too yet indeed likewise overall in by"
    )
    /// What names are those of: `the TGI engine`.
    static let things: Set<String> = stems(
        """
        engine backend server host node machine cluster device card gpu cpu system framework library runtime compiler
        build version variant release revision commit model checkpoint implementation kernel codec format database tool
        run configuration setup service endpoint route dataset task benchmark optimizer optimiser scheduler driver
        """)
    /// Behind them stands what is not counted.
    static let exclusions: Set<String> = set(
        "except excepting excluding excluded omitting omitted ignoring disregarding")
    /// Between two values of one sentence.
    static let opposing: Set<String> = set("vs versus against")
    /// Numbers are said as multiples of one of them.
    static let normalising: Set<String> = set("normalised normalized normalising normalizing indexed rebased")
    /// Behind them stands what others come to.
    static let computing: Set<String> = set("dividing divided multiplied multiplying subtracting δ delta")
    /// What keys without a name are called.
    static let sizes: Set<String> = stems("size length dimension level point position")
    /// What lies between two values.
    static let gaps: Set<String> = set("gap difference distance margin lead advantage spread")
    /// What is said with a part of a total.
    static let sharing: Set<String> = set(
        "share portion proportion account accounts accounted contribute contributes contributed contributing constitutes"
    )
    /// Behind a part of a total, before whose it is.
    static let falling: Set<String> = set("fall falls fell go goes went belong belongs belonged come comes came")
    /// They begin how a sentence's numbers were computed.
    static let folding: Set<String> = set("averaging averaged summing summed")
    /// Before `faster` and `slower`: what it was and what it became follow.
    static let getting: Set<String> = set("get gets got getting gotten become becomes became becoming grow grows grew")
    /// Before `up` and `down`.
    static let going: Set<String> = set("go goes went gone going come comes came coming move moves moved moving")
    /// Superlatives that are said of things rather than of what is measured of them.
    static let ofThings: Set<String> = set("largest biggest smallest widest narrowest deepest")
    /// Superlatives that names of metrics begin with.
    static let measures: Set<String> = set("peak max maximum min minimum")
    /// What a change is called, unless the data has a metric of the name.
    static let changes: Set<String> = set("loss losses cost penalty effect benefit")
    /// With a number behind them they begin or end what is told of: `from minute 15 on`, `after epoch 3`.
    static let openSpans: Set<String> = set("from after until till before since beyond past")
}
