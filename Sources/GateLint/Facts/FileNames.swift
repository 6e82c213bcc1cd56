internal import GateCore

/// Texts in a document that say what all of it was measured with: `"run": {"engine": "PostgreSQL 17.2"}` beside `"nodes"`. They
/// name the file, as a column that is constant does.
enum FileNames {
    /// The facts of such documents with these names.
    static func named(_ facts: [Fact]) -> [Fact] {
        var result = facts
        for file in facts.files where facts[file.lowerBound].source.pointer != nil {
            let names = names(of: facts[file])
            guard !names.isEmpty else { continue }
            for index in file {
                let fact = facts[index]
                let added = names.filter { name in !fact.labels.contains { $0.name == name.name } }
                guard !added.isEmpty else { continue }
                result[index] = fact.labeled(
                    added.map { FactLabel(.file, name: $0.name, text: $0.text) } + fact.labels)
            }
        }
        return result
    }

    /// Those in the settings of a document that it has no other text for.
    private static func names(of facts: ArraySlice<Fact>) -> [FactLabel] {
        var texts: [String: Set<String>] = [:]
        var names: Set<FactLabel> = []
        var last: [FactLabel] = []
        for fact in facts where fact.labels != last {
            last = fact.labels
            for label in fact.labels where label.kind == .text && !label.name.isEmpty {
                texts[label.name, default: []].insert(label.text)
                if isOfAll(fact), !label.text.isEmpty, label.text.utf8.count <= longestName { names.insert(label) }
            }
        }
        return names.filter { texts[$0.name]?.count == 1 }.sorted { ($0.name, $0.text) < ($1.name, $1.text) }
    }

    private static let longestName = 60

    /// It stands in the outermost object of settings.
    private static func isOfAll(_ fact: Fact) -> Bool {
        let steps = fact.source.pointer?.split(separator: "/") ?? []
        return steps.count == 2 && Lexicon.settings.contains(steps[0].lowercased())
    }
}

extension Relation {
    /// Rows of it are named by files, or a column counts some.
    var isAboutFiles: Bool {
        kindTerms.contains("file") || metricIndex.knows("file")
            || labels.count { $0.kind == .text && Relation.isFileName($0.text) } > 2
    }

    /// `core/json.h`
    private static func isFileName(_ text: String) -> Bool {
        guard let dot = text.lastIndex(of: "."), dot != text.startIndex, !text.contains(" ") else { return false }
        let ending = text[text.index(after: dot)...]
        return (1...4).contains(ending.utf8.count) && ending.allSatisfy { $0.isLowercase }
    }
}
