internal import GateCore
internal import GateVocabulary

/// What is true or false of every record, as a number of it: one where it is true, zero where it is not. Its mean over records
/// is the share of those of which it is true, its sum their number: the success rate of `"success": true`.
enum Flags {
    private static let words: [String: Double] = ["true": 1, "yes": 1, "false": 0, "no": 0]
    /// Fewer records have no rate.
    private static let fewestRecords = 4

    /// The facts with one more for each flag of each record.
    static func added(_ facts: [Fact]) -> [Fact] {
        var result = facts
        for file in facts.files {
            let names = names(facts[file])
            guard !names.isEmpty else { continue }
            var (records, added): (Set<String>, [Fact]) = ([], [])
            for fact in facts[file] where fact.value.kind == .number {
                guard let record = record(fact.source), records.insert(record).inserted else { continue }
                for flag in fact.labels where names.contains(flag.name) {
                    guard let value = words[flag.text.lowercased()] else { continue }
                    added.append(
                        Fact(
                            labels: fact.labels, metric: flag.name, statistic: .raw, dimension: .unknown, unit: nil,
                            value: .number(value), written: flag.text, source: fact.source))
                }
            }
            if records.count >= fewestRecords { result += added }
        }
        return result
    }

    /// Names below which the rows of a file have nothing but such words, and both.
    private static func names(_ facts: ArraySlice<Fact>) -> Set<String> {
        var (texts, others): ([String: Set<Double>], Set<String>) = ([:], [])
        var last: [FactLabel] = []
        for fact in facts where fact.labels != last {
            last = fact.labels
            for label in fact.labels where label.kind != .file && label.kind != .path && !label.name.isEmpty {
                if let value = words[label.text.lowercased()] {
                    texts[label.name, default: []].insert(value)
                } else {
                    others.insert(label.name)
                }
            }
        }
        return Set(texts.filter { $0.value.count == 2 && !others.contains($0.key) }.keys)
    }

    /// A line, or the element of the innermost list of a JSON document.
    private static func record(_ source: FactSource) -> String? {
        if let line = source.line { return "\(line)" }
        guard let parts = source.pointer?.split(separator: "/"),
            let element = parts.lastIndex(where: { Int($0) != nil })
        else { return nil }
        return parts[...element].joined(separator: "/")
    }
}
