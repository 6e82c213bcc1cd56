public import GateVocabulary

/// Where a number stands: enough to open the file and point at it.
public struct FactSource: Encodable, Sendable, Equatable {
    /// Relative to the corpus folder, with `/`.
    public let file: String
    /// The line of a CSV or Markdown file, counted from 1; nil for JSON.
    public let line: Int?
    /// The column of a CSV file by its header; nil elsewhere.
    public let column: String?
    /// The JSON pointer (RFC 6901); nil elsewhere.
    public let pointer: String?

    public init(file: String, line: Int? = nil, column: String? = nil, pointer: String? = nil) {
        self.file = file
        self.line = line
        self.column = column
        self.pointer = pointer
    }
}

/// One of the names of what a fact was measured on.
public struct FactLabel: Hashable, Encodable, Sendable {
    /// What the name is taken from.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// It names the whole file: words of the file's name, a column that is constant in it.
        case file
        /// A key on the way to the number in a JSON document, a heading above a table.
        case path
        /// A text in the number's row, or beside it in JSON.
        case text
        /// A number, a flag or a moment that selects the row: step 200, concurrency 8.
        case key
    }

    public let kind: Kind
    /// `model`, `step`: the column or the key that the text stands under; empty where there is none.
    public let name: String
    /// `alpha`, `200`: as the data writes it.
    public let text: String

    public init(_ kind: Kind, name: String = "", text: String) {
        self.kind = kind
        self.name = name
        self.text = text
    }
}

/// What stands at the place of a fact.
public enum FactValue: Equatable, Sendable {
    /// A measurement.
    case number(Double)
    /// A number that counts up or repeats and so selects the row; it is one of the labels of the others in its row.
    case key(Double)
    /// A moment; as printed in ``Fact/written``.
    case date
    case version
    /// A commit, an id, a digest.
    case identifier

    /// Which of them, without its number.
    public enum Kind: String, Codable, Sendable, CaseIterable { case number, key, date, version, identifier }

    public var kind: Kind {
        switch self {
        case .number: .number
        case .key: .key
        case .date: .date
        case .version: .version
        case .identifier: .identifier
        }
    }

    /// Nil where there is none.
    public var number: Double? {
        switch self {
        case .number(let number), .key(let number): number
        case .date, .version, .identifier: nil
        }
    }

    /// - Returns: nil where the kind needs a number and there is none.
    public init?(_ kind: Kind, number: Double?) {
        switch (kind, number) {
        case (.number, let number?): self = .number(number)
        case (.key, let number?): self = .key(number)
        case (.date, _): self = .date
        case (.version, _): self = .version
        case (.identifier, _): self = .identifier
        case (.number, nil), (.key, nil): return nil
        }
    }
}

/// A value of the corpus with what it was measured on and its place.
///
/// A row is what shares the file and the line, or the object of a JSON pointer; all facts of a row have the same
/// ``labels``.
public struct Fact: Sendable, Equatable {
    /// All that names the row, outermost first: file, configuration, model, step; empty where the data does not tell.
    public let labels: [FactLabel]
    /// The name as the data writes it: a column or the last keys of a JSON path.
    public let metric: String
    public let statistic: Statistic
    public let dimension: Dimension
    /// As it is written, in the name, beside it or behind the number (`s`, `ms`, `tok/s`, `%`); nil where it is not.
    public let unit: String?
    public let value: FactValue
    /// The value as the file writes it, so that no digit is lost.
    public let written: String
    public let source: FactSource

    public init(
        labels: [FactLabel], metric: String, statistic: Statistic, dimension: Dimension, unit: String?,
        value: FactValue, written: String, source: FactSource
    ) {
        self.labels = labels
        self.metric = metric
        self.statistic = statistic
        self.dimension = dimension
        self.unit = unit
        self.value = value
        self.written = written
        self.source = source
    }
}

extension Fact: Encodable {
    private enum CodingKeys: String, CodingKey {
        case labels, metric, statistic, dimension, unit, kind, value, written, source
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(labels, forKey: .labels)
        try container.encode(metric, forKey: .metric)
        try container.encode(statistic, forKey: .statistic)
        try container.encode(dimension, forKey: .dimension)
        try container.encodeIfPresent(unit, forKey: .unit)
        try container.encode(value.kind, forKey: .kind)
        try container.encodeIfPresent(value.number, forKey: .value)
        try container.encode(written, forKey: .written)
        try container.encode(source, forKey: .source)
    }
}
