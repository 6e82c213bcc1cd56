/// What a report was written from: the evidence that stands beside it as `facts.json`.
public struct FactsFile: Sendable, Equatable {
    public static let currentFormatVersion = 2
    /// Of the facts of a corpus, the first ones are written.
    public static let maximumFacts = 1_000_000

    /// What the data summary says.
    public struct Ingest: Sendable, Equatable {
        public var totalFiles: Int
        /// Keyed by kind (`csv`, `json`, `markdown`), as are the following; a kind without files is absent.
        public var byType: [String: Int]
        /// `2025-11-14 18:53:30 UTC`
        public var latestModified: [String: String]
        public var listedFiles: [String: [String]]
        public var notListed: [String: Int]
        public var totalBytes: Int64
        public var dataTypes: [String]
        /// Files of other kinds that stand there and were not read.
        public var passedOver = 0

        public init(
            totalFiles: Int, byType: [String: Int], latestModified: [String: String],
            listedFiles: [String: [String]], notListed: [String: Int], totalBytes: Int64, dataTypes: [String]
        ) {
            self.totalFiles = totalFiles
            self.byType = byType
            self.latestModified = latestModified
            self.listedFiles = listedFiles
            self.notListed = notListed
            self.totalBytes = totalBytes
            self.dataTypes = dataTypes
        }
    }

    /// A value of `performance_metrics`.
    public enum MetricValue: Sendable, Equatable {
        case number(Double)
        case names([String])
    }

    /// Nil in files that other tools wrote.
    public var formatVersion: Int?
    public var reportId: String?
    /// `2025-11-15`
    public var generatedDate: String
    public var model: String
    public var agent: String?
    /// Sampling options by their names (`num_ctx`, `temperature`); an option that was left to the server is absent.
    public var config: [String: Double]
    public var ingest: Ingest
    /// The harvested metrics under their keys, and the totals.
    public var performanceMetrics: [String: MetricValue]
    public var requiredSections: [String]
    /// Groups of figures of the run: `llm_metrics` with `ttft_ms`, `tokens_generated` and the like.
    public var run: [String: [String: Double]]
    /// With their owners; empty in files that other tools wrote.
    public var facts: [Fact]
    /// How many of the corpus's facts are not among ``facts``; nil where all are.
    public var factsLeftOut: Int?
    /// Numbers, dates and versions of sentences in the data: they have no metric and no labels.
    public var mentions: [Fact] = []

    public init(
        reportId: String? = nil, generatedDate: String, model: String, agent: String?, config: [String: Double],
        ingest: Ingest, performanceMetrics: [String: MetricValue], requiredSections: [String],
        run: [String: [String: Double]], facts: [Fact]
    ) {
        self.formatVersion = FactsFile.currentFormatVersion
        self.reportId = reportId
        self.generatedDate = generatedDate
        self.model = model
        self.agent = agent
        self.config = config
        self.ingest = ingest
        self.performanceMetrics = performanceMetrics
        self.requiredSections = requiredSections
        self.run = run
        self.facts = facts
    }

    /// The facts of a corpus.
    public init(
        corpus: Corpus, reportId: String? = nil, generatedDate: String, model: String, agent: String?,
        config: [String: Double], requiredSections: [String], run: [String: [String: Double]]
    ) {
        self.init(
            reportId: reportId, generatedDate: generatedDate, model: model, agent: agent, config: config,
            ingest: Ingest(corpus), performanceMetrics: corpus.performanceMetrics, requiredSections: requiredSections,
            run: run, facts: Array(corpus.facts.prefix(FactsFile.maximumFacts)))
        if corpus.facts.count > facts.count { factsLeftOut = corpus.facts.count - facts.count }
        mentions = Array(corpus.mentions)
    }
}

extension FactsFile.Ingest {
    public init(_ corpus: Corpus) {
        self.init(
            totalFiles: corpus.files.count, byType: [:], latestModified: [:], listedFiles: [:], notListed: [:],
            totalBytes: corpus.totalBytes, dataTypes: corpus.kinds.map(\.rawValue))
        passedOver = corpus.passedOver ?? 0
        for kind in corpus.kinds {
            let files = corpus.summaryOrder(of: kind)
            byType[kind.rawValue] = files.count
            latestModified[kind.rawValue] = files.map(\.modified).max()?.spaced
            listedFiles[kind.rawValue] = files.prefix(Corpus.listedFiles).map(\.path)
            notListed[kind.rawValue] = max(0, files.count - Corpus.listedFiles)
        }
    }
}

extension Corpus {
    /// The harvested metrics and the totals under the keys that the original project gave them.
    public var performanceMetrics: [String: FactsFile.MetricValue] {
        var metrics = Dictionary(harvested.map { ($0.key, FactsFile.MetricValue.number($0.value)) }) { first, _ in first
        }
        metrics["total_files_analyzed"] = .number(Double(files.count))
        metrics["total_file_size_bytes"] = .number(Double(totalBytes))
        metrics["data_types"] = .names(kinds.map(\.rawValue))
        if kinds.contains(.json) { metrics["json_documents"] = .number(Double(files(of: .json).count)) }
        if kinds.contains(.markdown) { metrics["markdown_heading_count"] = .number(Double(markdownHeadings)) }
        return metrics
    }
}
