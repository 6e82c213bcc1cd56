/// What a number is a number of, as far as its name tells.
public enum Dimension: String, Codable, Sendable, CaseIterable {
    case count
    case bytes
    case time
    case rate
    case ratio
    case power
    case temperature
    case frequency
    case unknown
}

/// Which statistic a number is, as far as its name tells.
public enum Statistic: String, Codable, Sendable, CaseIterable {
    case raw
    case mean
    case median
    case min
    case max
    case total
    case standardDeviation = "std"
    case p50
    case p90
    case p95
    case p99
    case unknown
}

/// Where a number stands: enough to open the file and point at it.
public struct FactSource: Codable, Sendable, Equatable {
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

/// A number of the corpus with its owner and its place.
public struct Fact: Codable, Sendable, Equatable {
    /// Path of what the number was measured on: configuration, model, prompt; empty where the data does not tell.
    public let entity: [String]
    /// The name as the data writes it: a CSV column or the last keys of a JSON path.
    public let metric: String
    public let statistic: Statistic
    public let dimension: Dimension
    /// The unit as the name tells it (`s`, `ms`, `tok/s`, `%`, `bytes`); nil where it does not.
    public let unit: String?
    public let value: Double
    /// The number as the file writes it, so that no digit is lost.
    public let written: String
    public let source: FactSource

    public init(
        entity: [String], metric: String, statistic: Statistic, dimension: Dimension, unit: String?, value: Double,
        written: String, source: FactSource
    ) {
        self.entity = entity
        self.metric = metric
        self.statistic = statistic
        self.dimension = dimension
        self.unit = unit
        self.value = value
        self.written = written
        self.source = source
    }
}
