internal import GateCore

/// Keys of documents and headings that stand beside others with the same below them: `db-01` beside `db-02`, each with
/// `count` and `latency_ms`. They tell rows apart as the texts of a column do, and so become names of rows.
struct NamedLevels {
    /// A key or a heading within another one.
    private struct Level {
        let text: String
        let above: Int?
        var inner: [String: Int] = [:]
        /// What stands right below it: metrics, and keys.
        var contents: Set<String> = []
        var isMember = false
    }

    private var levels: [Level] = []

    /// The facts with such keys as texts of their rows, under the name of what they stand in.
    static func named(_ facts: [Fact]) -> [Fact] {
        let facts = withMembers(facts)
        var result = facts
        for file in facts.files where facts[file].contains(where: { $0.labels.contains { $0.kind == .path } }) {
            var named = NamedLevels()
            for fact in facts[file] { named.add(fact) }
            guard named.choose() else { continue }
            for index in file { result[index] = named.renamed(facts[index]) }
        }
        return result
    }

    /// `"n-shot": {"gsm8k": 5, "mmlu": 0}`, where `gsm8k` and `mmlu` hold scores elsewhere: of each member its key is what is
    /// said of it.
    private static func withMembers(_ facts: [Fact]) -> [Fact] {
        var result = facts
        for file in facts.files {
            let keys = Set(facts[file].lazy.flatMap(\.labels).filter { $0.kind == .path }.map(\.text))
            guard keys.count > 2 else { continue }
            var members: [[FactLabel]: Set<String>] = [:]
            for fact in facts[file] where fact.value.kind == .number && fact.labels.last?.kind == .path {
                members[fact.labels, default: []].insert(fact.metric)
            }
            members = members.filter { $0.value.count > 1 && $0.value.isSubset(of: keys) }
            guard !members.isEmpty else { continue }
            for index in file where facts[index].value.kind == .number && members[facts[index].labels] != nil {
                let fact = facts[index]
                guard let key = fact.labels.last else { continue }
                result[index] = fact.labeled(
                    fact.labels + [FactLabel(.path, name: key.name, text: fact.metric)], metric: key.text)
            }
        }
        return result
    }

    private init() { levels.append(Level(text: "", above: nil)) }

    private mutating func add(_ fact: Fact) {
        var level = 0
        for label in fact.labels where label.kind == .path {
            let next = levels[level].inner[label.text] ?? levels.count
            if next == levels.count {
                levels[level].inner[label.text] = next
                levels[level].contents.insert("/" + label.text)
                levels.append(Level(text: label.text, above: level))
            }
            level = next
        }
        levels[level].contents.insert(fact.metric)
    }

    /// - Returns: whether there are any.
    private mutating func choose() -> Bool {
        var isAny = false
        for level in levels.indices where levels[level].inner.count > 1 {
            // What `latency.mean` beside it is one of names a metric.
            let metrics = Set(levels[level].contents.map { String($0.prefix { $0 != "." }) })
            let inner = levels[level].inner.values.sorted().filter { !metrics.contains(levels[$0].text) }
            for one in inner {
                levels[one].isMember = inner.contains {
                    $0 != one && isAlike(levels[$0].contents, levels[one].contents)
                }
                isAny = isAny || levels[one].isMember
            }
        }
        return isAny
    }

    private func isAlike(_ one: Set<String>, _ other: Set<String>) -> Bool {
        let common = one.intersection(other).count
        return common > 0 && 2 * common >= max(one.count, other.count)
    }

    private func renamed(_ fact: Fact) -> Fact {
        var (level, depth) = (0, 0)
        let labels = fact.labels.map { label in
            guard label.kind == .path, let next = levels[level].inner[label.text] else { return label }
            defer { (level, depth) = (next, depth + 1) }
            guard levels[next].isMember else { return label }
            // Below others that tell rows apart it has no name of its own.
            let name = levels[level].isMember ? String(repeating: "·", count: depth) : levels[level].text
            return FactLabel(.text, name: name, text: label.text)
        }
        return fact.labeled(labels, metric: plain(fact.metric, labels))
    }

    /// `payment.count` below a `payment` that tells rows apart is a count.
    private func plain(_ metric: String, _ labels: [FactLabel]) -> String {
        guard let last = labels.last, last.kind == .text, metric.hasPrefix(last.text + ".") else { return metric }
        return String(metric.dropFirst(last.text.utf8.count + 1))
    }
}

extension [Fact] {
    /// Facts of one file that stand together, file by file.
    var files: [Range<Int>] {
        var files: [Range<Int>] = []
        var start = 0
        for index in indices where index + 1 == count || self[index + 1].source.file != self[index].source.file {
            files.append(start..<index + 1)
            start = index + 1
        }
        return files
    }
}

extension Fact {
    /// The same under other names.
    func labeled(_ labels: [FactLabel], metric: String? = nil) -> Fact {
        Fact(
            labels: labels, metric: metric ?? self.metric, statistic: statistic, dimension: dimension, unit: unit,
            value: value, written: written, source: source)
    }
}
