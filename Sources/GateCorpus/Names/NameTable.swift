/// What names tell, remembered, because files of one kind repeat them. For one thread.
final class NameTable {
    struct Traits {
        let role: NameRole
        let metric: MetricName
        /// It speaks of tokens, throughput, latency, TTFT or speed.
        let isHarvested: Bool
    }

    /// A hostile file has a new name in every place.
    private static let maximumNames = 10_000
    private var traits: [String: Traits] = [:]

    subscript(name: String) -> Traits {
        if let known = traits[name] { return known }
        if traits.count >= NameTable.maximumNames { traits.removeAll() }
        // A broken file may have megabytes where a name should be.
        let words = name.prefix(500).split(whereSeparator: \.isWhitespace)
        let oneLine = entityText(words.joined(separator: " "))
        let new = Traits(role: NameRole(oneLine), metric: MetricName(oneLine), isHarvested: Harvest.isWanted(oneLine))
        traits[name] = new
        return new
    }
}
