internal import GateCore

/// Texts in a document that say what all of it was measured with: `"run": {"engine": "PostgreSQL 17.2"}` beside `"nodes"`. They
/// name the file, as a column that is constant does.
enum FileNames {
    /// The facts of such documents with these names.
    static func named(_ facts: [Fact]) -> [Fact] {
        var texts: [String: [String: Set<String>]] = [:]
        var names: [String: Set<FactLabel>] = [:]
        for fact in facts where fact.source.pointer != nil {
            for label in fact.labels where label.kind == .text && !label.name.isEmpty {
                texts[fact.source.file, default: [:]][label.name, default: []].insert(label.text)
                if isOfAll(fact) { names[fact.source.file, default: []].insert(label) }
            }
        }
        let shared = names.compactMapValues { labels in
            let file = labels.filter { !$0.text.isEmpty && $0.text.utf8.count <= 60 }
            return file.isEmpty ? nil : file.sorted { ($0.name, $0.text) < ($1.name, $1.text) }
        }
        guard !shared.isEmpty else { return facts }
        return facts.map { fact in
            guard fact.source.pointer != nil, let labels = shared[fact.source.file] else { return fact }
            let own = Set(fact.labels.map(\.name))
            let added = labels.filter { !own.contains($0.name) && texts[fact.source.file]?[$0.name]?.count == 1 }
            guard !added.isEmpty else { return fact }
            return fact.labeled(added.map { FactLabel(.file, name: $0.name, text: $0.text) } + fact.labels)
        }
    }

    /// It stands in the outermost object of settings.
    private static func isOfAll(_ fact: Fact) -> Bool {
        let steps = fact.source.pointer?.split(separator: "/") ?? []
        return steps.count == 2 && Lexicon.settings.contains(steps[0].lowercased())
    }
}
