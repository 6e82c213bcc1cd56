public import GateCore
import GateCorpus

/// What another tool measured, as one of its files tells it.
public struct ToolResults: Sendable, Equatable {
    /// The values of one metric of one thing that was measured.
    public struct Series: Sendable, Equatable {
        /// As the tool names it: a command, a test.
        public let subject: String
        public let metric: DeclaredMetric
        /// In the metric's unit, in the order in which they were measured; never empty.
        public let values: [Double]
        /// `median` where the file has only that of several measurements; nil where the values are single measurements.
        public let statistic: String?

        init(_ subject: String, _ metric: DeclaredMetric, _ values: [Double], onlyThe statistic: String? = nil) {
            self.subject = subject
            self.metric = metric
            self.values = values
            self.statistic = statistic
        }
    }

    /// As formats are named: `hyperfine`, `CSV`.
    public let tool: String
    /// Nil where the file does not say.
    public let version: String?
    /// The model that was asked; nil where the file names none.
    public let model: String?
    /// In the order of the file; never empty.
    public let series: [Series]
    /// What makes the numbers doubtful.
    public let warnings: [Warning]

    init(
        tool: String, version: String? = nil, model: String? = nil, series: [Series], warnings: [Warning] = []
    ) {
        self.tool = tool
        self.version = version
        self.model = model
        self.series = series
        self.warnings = warnings
    }
}

/// How a file is to be read.
public struct ImportOptions: Sendable, Equatable {
    /// Of plain CSV and JSON; empty for the formats of tools.
    public var columns: [ColumnDeclaration]
    /// The column that names what a row is a measurement of; nil where all rows are of one thing.
    public var subjectColumn: String?

    public init(columns: [ColumnDeclaration] = [], subjectColumn: String? = nil) {
        self.columns = columns
        self.subjectColumn = subjectColumn
    }
}

extension ToolResults {
    /// Reads a file that a tool wrote; with columns declared, plain CSV or JSON.
    ///
    /// - Parameter file: for messages, and whether it is CSV.
    public init(_ bytes: [UInt8], file: String, _ options: ImportOptions) throws(ImportError) {
        guard bytes.contains(where: { $0 > 0x20 }) else { throw .empty(file: file) }
        if !options.columns.isEmpty {
            self = try PlainRows.results(bytes, file: file, options)
            return
        }
        let known = ResultFormats.readers.keys.sorted()
        guard PlainRows.isJSON(bytes) else { throw .unknownFormat(file: file, known: known) }
        let document = try ResultNode(bytes, file: file)
        guard let format = document.format, let reader = ResultFormats.readers[format.name] else {
            throw .unknownFormat(file: file, known: known)
        }
        self = try reader(document, format)
        guard !series.isEmpty else { throw .noResults(file: file, tool: tool) }
    }
}
