/// The kinds of artefacts, in the order in which the data summary lists them.
public enum ArtifactKind: String, Codable, Sendable, CaseIterable {
    case csv
    case json
    case markdown
    /// What tools write for people: an artefact only where that is said, or where there is nothing else.
    case text

    /// As in the data summary: `CSV`, `JSON`, `MARKDOWN`, `TEXT`.
    public var title: String { rawValue.uppercased() }

    /// As in a sentence: `CSV`, `JSON`, `Markdown`, `text`.
    public var word: String {
        switch self {
        case .csv, .json: title
        case .markdown: "Markdown"
        case .text: rawValue
        }
    }
}

/// A file that was read.
public struct CorpusFile: Encodable, Sendable, Equatable {
    /// Relative to the corpus folder, with `/`.
    public let path: String
    public let kind: ArtifactKind
    public let bytes: Int64
    public let modified: UTCTime
    /// Of its content, hexadecimal.
    public let sha256: String
    /// The tool whose output it is, where that is known: `hyperfine`.
    public let format: String?

    public init(
        path: String, kind: ArtifactKind, bytes: Int64, modified: UTCTime, sha256: String, format: String? = nil
    ) {
        self.path = path
        self.kind = kind
        self.bytes = bytes
        self.modified = modified
        self.sha256 = sha256
        self.format = format
    }
}

/// A file that could not be read or parsed; it is listed and counted and never disappears.
public struct UnreadableFile: Encodable, Sendable, Equatable {
    public let path: String
    /// What is wrong with it, with the line where there is one.
    public let reason: String

    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}

/// A metric harvested under the key that the original project gave it (`csv_<column>`, `json_<path>`); the first
/// file wins each key.
public struct HarvestedMetric: Encodable, Sendable, Equatable {
    public let key: String
    public let value: Double
    public let source: FactSource

    public init(key: String, value: Double, source: FactSource) {
        self.key = key
        self.value = value
        self.source = source
    }
}

/// What ingest made of the files: the input of every prompt and the evidence for every number in a report.
public struct Corpus: Encodable, Sendable, Equatable {
    public static let currentFormatVersion = 2

    public let formatVersion: Int
    /// In the order of the roots, then by path, bytewise.
    public let files: [CorpusFile]
    public let unreadable: [UnreadableFile]
    /// In the order of the files.
    public let facts: FactTable
    /// The numbers, dates and versions that stand in sentences of Markdown files, in their order: of what they are nothing
    /// tells, so that they have no metric and no labels.
    public let mentions: FactTable
    /// Sorted by key, bytewise.
    public let harvested: [HarvestedMetric]
    /// Lines that begin with `#` after white space, over all Markdown files: the original project's count.
    public let markdownHeadings: Int
    /// Caps that were hit and other doubts.
    public let warnings: [Warning]
    /// Files of other kinds that stand there, too; nil where there are none.
    public var passedOver: Int?
    /// Texts and settings beside the artefacts, in order: their regular lines are facts, their other numbers mentions. Nil
    /// where there are none.
    public var notes: [String]?

    public init(
        files: [CorpusFile], unreadable: [UnreadableFile], facts: FactTable, mentions: FactTable = [],
        harvested: [HarvestedMetric], markdownHeadings: Int, warnings: [Warning]
    ) {
        self.formatVersion = Corpus.currentFormatVersion
        self.files = files
        self.unreadable = unreadable
        self.facts = facts
        self.mentions = mentions
        self.harvested = harvested
        self.markdownHeadings = markdownHeadings
        self.warnings = warnings
    }

    public var totalBytes: Int64 { files.reduce(0) { $0 + $1.bytes } }

    /// The files of one kind, in order.
    public func files(of kind: ArtifactKind) -> [CorpusFile] { files.filter { $0.kind == kind } }
}
