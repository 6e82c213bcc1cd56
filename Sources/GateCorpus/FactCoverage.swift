public import GateCore
public import GateVocabulary

/// How much of the data was understood: what a team that tries its own files must know before it believes a finding.
public struct FactCoverage: Sendable, Equatable {
    /// Of one file; numbers that were measured are counted, not keys, dates or versions.
    public struct File: Sendable, Equatable {
        public let path: String
        public var facts = 0
        /// Nothing but the file's name tells what they were measured on.
        public var withoutOwner = 0
        /// It is not known what they are numbers of.
        public var withoutDimension = 0
        public var withoutUnit = 0
        /// The tool whose output it is, where that is known.
        public let format: String?

        /// What is missing of all that could be known: 0...1.
        public var unknownShare: Double {
            guard facts > 0 else { return 0 }
            return Double(withoutOwner + withoutDimension + withoutUnit) / Double(3 * facts)
        }
    }

    /// Those that are least understood first; each has facts.
    public let files: [File]
    /// Files that were read, texts beside the artefacts among them, and gave no fact.
    public let silent: [String]
    /// Over all files.
    public let total: File

    public init(_ corpus: Corpus) {
        var files: [File] = []
        var total = File(path: "", format: nil)
        var heard: Set<String> = []
        let formats = Dictionary(corpus.files.map { ($0.path, $0.format) }) { first, _ in first }
        corpus.facts.forEachTally { path, tallies in
            heard.insert(path)
            var file = File(path: path, format: formats[path] ?? nil)
            for tally in tallies { file.count(tally) }
            guard file.facts > 0 else { return }
            total.add(file)
            files.append(file)
        }
        // What something was run with is seldom a table.
        let texts = (corpus.notes ?? []).filter { path in
            CorpusRoot.textExtensions.contains { path.lowercased().hasSuffix(".\($0)") }
        }
        silent = (corpus.files.map(\.path) + texts).filter { !heard.contains($0) }
        self.files = files.enumerated().sorted {
            ($1.element.unknownShare, $0.offset) < ($0.element.unknownShare, $1.offset)
        }.map(\.element)
        self.total = total
    }
}

extension FactCoverage.File {
    fileprivate mutating func count(_ tally: FactTally) {
        guard tally.name.kind == .number else { return }
        facts += tally.count
        if !tally.isOwned { withoutOwner += tally.count }
        if tally.name.dimension == .unknown { withoutDimension += tally.count }
        if tally.name.unit == nil { withoutUnit += tally.count }
    }

    fileprivate mutating func add(_ other: FactCoverage.File) {
        facts += other.facts
        withoutOwner += other.withoutOwner
        withoutDimension += other.withoutDimension
        withoutUnit += other.withoutUnit
    }
}

/// How the columns of a file, or the paths of a document, were understood.
public struct FactExplanation: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        /// The column, the JSON pointer with `*` for array indices, or the name of the metric.
        public let place: String
        public let metric: String
        public let kind: FactValue.Kind
        public let statistic: Statistic
        public let dimension: Dimension
        public let unit: String?
        public var count: Int
        /// The first one as written.
        public let example: String
        /// What names its row, the innermost last: `model=alpha`.
        public let owner: [String]
    }

    /// In the order of the file.
    public let lines: [Line]

    /// - Returns: nil where the file gave no facts.
    public init?(_ facts: FactTable, file path: String) {
        guard let file = facts.files.first(where: { $0.path == path }) else { return nil }
        var lines: [Line] = []
        var known: [Key: Int] = [:]
        for fact in file {
            let key = Key(fact)
            if let index = known[key] {
                lines[index].count += 1
                continue
            }
            known[key] = lines.count
            lines.append(
                Line(
                    place: key.place, metric: fact.metric, kind: fact.value.kind, statistic: fact.statistic,
                    dimension: fact.dimension, unit: fact.unit, count: 1, example: fact.written,
                    owner: fact.labels.filter { $0.kind != .file || !$0.name.isEmpty }.map(\.shown)))
        }
        self.lines = lines
    }

    private struct Key: Hashable {
        let place: String
        let metric: String
        let statistic: Statistic
        let dimension: Dimension
        let unit: String?
        let kind: FactValue.Kind

        init(_ fact: Fact) {
            let pointer = fact.source.pointer.map { pointer in
                pointer.split(separator: "/", omittingEmptySubsequences: false).map {
                    !$0.isEmpty && $0.utf8.allSatisfy(isDigit) ? "*" : String($0)
                }.joined(separator: "/")
            }
            place = fact.source.column ?? pointer ?? fact.metric
            // Of an array's elements only the index differs.
            metric =
                fact.metric.prefix { $0 != "[" } == fact.metric ? fact.metric : String(fact.metric.prefix { $0 != "[" })
            (statistic, dimension, unit, kind) = (fact.statistic, fact.dimension, fact.unit, fact.value.kind)
        }
    }
}

extension FactLabel {
    /// `model=alpha`, `alpha`
    fileprivate var shown: String { name.isEmpty ? text : "\(name)=\(text)" }
}
