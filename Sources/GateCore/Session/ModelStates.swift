extension Session {
    /// A server that takes longer than this to have the model ready has loaded it. Seconds.
    static let shortestColdLoad = 1.0

    /// Tells cold calls from warm ones by the server's load duration, never by their position: cold is a load of more
    /// than a second and more than three times the session's shortest; where even the shortest is longer than a
    /// second, every call had to load.
    public mutating func classifyModelStates() {
        let loads = runs.flatMap(\.stages).flatMap(\.exchanges).compactMap(\.server.loadSeconds)
        guard let shortest = loads.min() else { return }
        let threshold =
            shortest > Session.shortestColdLoad ? Session.shortestColdLoad : max(Session.shortestColdLoad, 3 * shortest)
        for run in runs.indices {
            for stage in runs[run].stages.indices {
                for exchange in runs[run].stages[stage].exchanges.indices {
                    let load = runs[run].stages[stage].exchanges[exchange].server.loadSeconds ?? 0
                    runs[run].stages[stage].exchanges[exchange].modelState = load > threshold ? .cold : .warm
                }
            }
        }
    }
}
