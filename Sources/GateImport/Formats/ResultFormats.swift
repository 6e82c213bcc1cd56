import GateCore
import GateCorpus

/// The tools whose results are read, by the names of their formats.
enum ResultFormats {
    typealias Reader = @Sendable (ResultNode, ToolFormat) throws(ImportError) -> ToolResults

    static let readers: [String: Reader] = [
        "hyperfine": HyperfineResults.read, "pytest-benchmark": PytestBenchmarkResults.read,
        "Google Benchmark": GoogleBenchmarkResults.read, "k6": K6Results.read,
        "vLLM bench serve": VLLMBenchResults.read, "guidellm": GuideLLMResults.read,
        "aiperf": AIPerfResults.read, "genai-perf": AIPerfResults.read,
    ]
}

extension ToolResults.Series {
    /// Nil for a name that no metric can have.
    init?(
        _ subject: String, _ name: String, in unit: MetricUnit, _ direction: Direction, _ values: [Double],
        onlyThe statistic: String? = nil
    ) {
        guard let metric = DeclaredMetric(name, unit, direction), !values.isEmpty else { return nil }
        self.init(subject, metric, values, onlyThe: statistic)
    }
}
