/// Words that days are told with.
extension Lexicon {
    /// What happens on a day, each line one event: a column is called by one of its words, a sentence by another.
    private static let eventLines: [String] = [
        "released release releases launched launch published publication announced",
        "added add introduced",
        "measured made performed conducted recorded collected captured taken run ran runs executed tested test tests benchmarked benchmark benchmarks evaluated evaluation logged sampled started start begun began finished ended end carried measurement measurements campaign built build builds",
        "updated update modified changed",
        "deployed deployment shipped",
        "purchased bought",
    ]
    static let events: [String: Int] = table(eventLines.enumerated().map { ($0, $1) })
    static let releasing = 0
    /// What a day is of that is called by no more than its being one.
    static let running = 2
    /// They call a column of days, whatever happened on them.
    static let moments: Set<String> = set(
        "date day time timestamp ts stamp datetime at on utc when moment epoch created iso")

    enum Age { case latest, earliest }

    static let ages: [String: Age] = table([
        (.latest, "newest latest youngest recently recent"), (.earliest, "oldest earliest"),
    ])
    /// Of two: `older than`, `before`.
    static let earlier: [String: Age] = table([
        (.earliest, "earlier before older sooner predates predated"), (.latest, "later after newer younger"),
    ])
    /// A day behind them is the end of a stretch, or another than the one that is told.
    static let dayBounds: Set<String> = set(
        "between from to until till since before after by than through and or around about")
    /// What lies between two days.
    static let passing: Set<String> = set(
        "lie lies lay passed pass passes elapsed separate separates separated apart between")
}
