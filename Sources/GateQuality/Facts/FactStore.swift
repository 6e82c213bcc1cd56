import GateCore
import GateVocabulary

/// The evidence that a report is checked against.
public struct FactStore: Sendable {
    /// Nothing is known: only what the report says against itself can be checked.
    public static let none = FactStore()

    /// The sections that the report must have; empty where nobody says.
    public internal(set) var requiredSections: [String] = []
    /// `2025-11-15`; nil where nobody says.
    public internal(set) var generatedDate: String?
    public internal(set) var model: String?

    var ingest: IngestFacts?
    var facts: [StoredFact] = []
    var tables: [FactTable] = []
    /// Whether it is known which numbers the model was given.
    var knowsNumbers = false
    /// How many facts of the corpus are not here: a number that is not found may be among them.
    var factsLeftOut = 0
    /// Settings of the run by name, in lower case.
    var config: [String: Double] = [:]

    /// By family: indices of facts.
    private(set) var byFamily: [MetricFamily: [Int]] = [:]
    /// By the key or column, in lower case, and by every tail of a path.
    private(set) var byName: [String: [Int]] = [:]
    /// By the elements of arrays that they are below, `results[1]` and `json_results[1]`.
    private(set) var byElement: [String: [Int]] = [:]
    /// Names with blanks, by their first word: the words after it and the facts.
    private(set) var spacedNames: [String: [(rest: [String], facts: [Int])]] = [:]
    /// By cell: indices of facts.
    private(set) var byCell: [StoredFact.Cell: [Int]] = [:]
    /// Rows by their names.
    private(set) var rows: [String: [StoredFact.Cell]] = [:]
    /// Names of rows that are sentences, by their first word and the two after it: the words after these and the cells.
    private(set) var spacedRows: [String: [[String]: [(rest: [String], cells: [StoredFact.Cell])]]] = [:]
    /// Tables by the words that name them: `gemma3_270m`, `conv_bench`.
    private(set) var tablesByName: [String: [Int]] = [:]
    /// Names of models, files, backends, keys and their words, in lower case.
    private(set) var vocabulary: Set<String> = []
    /// Indices of facts in the order of their values in the base unit.
    private(set) var byValue: [Int] = []

    init() {}

    /// Builds the indices; everything is looked up from them, never by going through all facts.
    mutating func index() {
        byFamily = Dictionary(grouping: facts.indices, by: { facts[$0].family })
        byValue = facts.indices.sorted { facts[$0].base < facts[$1].base }
        for (index, fact) in facts.enumerated() {
            for name in tails(of: fact.metric) { byName[name, default: []].append(index) }
            for name in elements(of: fact.metric) { byElement[name, default: []].append(index) }
            if let cell = fact.cell { byCell[cell, default: []].append(index) }
        }
        for (name, facts) in byName where name.contains(" ") {
            let words = name.split(separator: " ").map(String.init)
            spacedNames[words[0], default: []].append((Array(words.dropFirst()), facts))
        }
        for (index, table) in tables.enumerated() {
            for (row, name) in table.rows.enumerated() {
                rows[name, default: []].append(StoredFact.Cell(table: index, row: row))
            }
            for name in tableNames(table) where !tablesByName[name, default: []].contains(index) {
                tablesByName[name, default: []].append(index)
            }
        }
        for (name, cells) in rows where name.utf8.contains(0x20) {
            let words = nameWords(name)
            guard words.count >= FactStore.shortestSentence else { continue }
            spacedRows[words[0], default: [:]][Array(words[1...2]), default: []].append((Array(words[3...]), cells))
        }
        buildVocabulary()
    }

    /// The facts below the last element of an array of at most a hundred; nil where there is no such array.
    func lastElement(of array: String) -> [Int]? {
        guard byElement["\(array)[0]"] != nil else { return nil }
        return (0..<100).lazy.map { byElement["\(array)[\($0)]"] }.prefix { $0 != nil }.compactMap { $0 }.last
    }

    /// The facts of a metric, where they are few enough to be set against each other: of thousands two or other give any
    /// number, and going through them for every claim would take its time.
    func few(of family: MetricFamily) -> [StoredFact] {
        guard let indices = byFamily[family], indices.count <= FactStore.mostSearched else { return [] }
        return indices.map { facts[$0] }
    }

    /// What was before an action and what came after it, by the names that the data gives them.
    func turns(of family: MetricFamily) -> [(before: StoredFact, after: StoredFact)] {
        let facts = few(of: family)
        return facts.filter { $0.cell == nil && $0.metric.holds("before") }.compactMap { before in
            let name = before.metric.replacing("before", with: "after")
            return facts.first { $0.metric == name }.map { (before, $0) }
        }
    }

    private static let mostSearched = 512
    /// A row's name of so many words is recognised in a text.
    private static let shortestSentence = 3

    private func tableNames(_ table: FactTable) -> [String] {
        var names = table.name.split(separator: " ").map(String.init)
        // `the 270m variant` of `gemma3_270m`, `1b` of `gemma3_1b-it-qat`
        for size in names.flatMap({ $0.split(separator: "_").dropFirst() }) where isModelSize(size) {
            names.append(String(size))
            if let dash = size.firstIndex(of: "-") { names.append(String(size[..<dash])) }
        }
        let stem = baseName(table.file.lowercased()).split(separator: ".").dropLast().joined(separator: ".")
        names.append(stem)
        return names
    }

    /// `270m`, `1b-it-qat`, `1.5b`
    private func isModelSize(_ name: Substring) -> Bool {
        let size = name.prefix { $0 != "-" }
        return size.count >= 2 && (size.last == "b" || size.last == "m")
            && size.dropLast().allSatisfy { $0.isNumber || $0 == "." }
    }

    /// `json_results[1].ttft_s`, `results[1].ttft_s`, `ttft_s`.
    private func tails(of metric: String) -> [String] {
        var names = [metric]
        for prefix in ["json_", "csv_"] where metric.hasPrefix(prefix) {
            names.append(String(metric.dropFirst(prefix.count)))
        }
        var rest = Substring(metric)
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            names.append(String(rest))
        }
        return names
    }

    /// `json_metrics[3].gpu[0].fan_speed` is below `json_metrics[3]` and `json_metrics[3].gpu[0]`, with `json_` or without.
    private func elements(of metric: String) -> [String] {
        guard metric.utf8.contains(0x5D) else { return [] }
        var names: [String] = []
        for end in metric.indices where metric[end] == "]" && end < metric.index(before: metric.endIndex) {
            let name = String(metric[...end])
            names.append(name)
            for prefix in ["json_", "csv_"] where name.hasPrefix(prefix) {
                names.append(String(name.dropFirst(prefix.count)))
            }
        }
        return names
    }

    private mutating func buildVocabulary() {
        func add(_ text: String) {
            vocabulary.insert(text)
            for word in nameWords(text) { vocabulary.insert(word) }
        }
        for fact in facts { add(fact.metric) }
        for table in tables {
            add(table.name)
            add(table.file.lowercased())
            for row in table.rows { add(row) }
        }
        for file in ingest?.files ?? [] { add(file) }
        if let model { add(model.lowercased()) }
    }
}
