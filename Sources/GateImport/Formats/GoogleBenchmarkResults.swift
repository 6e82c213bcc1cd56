import GateCore
import GateCorpus
import GateJSON

/// Google Benchmark's `--benchmark_format=json`: each repetition is a measurement, of aggregates alone the median.
enum GoogleBenchmarkResults {
    static func read(_ document: ResultNode, _ format: ToolFormat) throws(ImportError) -> ToolResults {
        let benchmarks = try document.member("benchmarks").elements
        var names: [String] = []
        for benchmark in benchmarks {
            if benchmark.value["error_occurred"]?.bool == true {
                throw .failed(
                    file: benchmark.file, place: "'\(benchmark.text("name") ?? benchmark.place)'",
                    detail: benchmark.text("error_message") ?? "no message")
            }
            let name = try name(of: benchmark)
            if !names.contains(name) { names.append(name) }
        }
        var series: [ToolResults.Series] = []
        for wanted in names {
            var own: [ResultNode] = []
            for benchmark in benchmarks where try name(of: benchmark) == wanted { own.append(benchmark) }
            let repetitions = own.filter { $0.text("run_type") != "aggregate" }
            let medians = own.filter { $0.text("aggregate_name") == "median" }
            for key in ["real_time", "cpu_time"] {
                let (nodes, statistic) = repetitions.isEmpty ? (medians, "median") : (repetitions, nil as String?)
                var values: [Double] = []
                for node in nodes { values.append(try node.member(key).number(in: try node.unit("time_unit"))) }
                series += [
                    ToolResults.Series(wanted, key, in: .seconds, .lowerIsBetter, values, onlyThe: statistic)
                ].compactMap(\.self)
            }
        }
        let version = document["context"]?.text("library_version")
        return ToolResults(tool: format.name, version: version, series: series)
    }

    private static func name(of benchmark: ResultNode) throws(ImportError) -> String {
        guard let name = benchmark.text("run_name") ?? benchmark.text("name") else {
            throw .missing(file: benchmark.file, place: "'\(benchmark.place)/name'")
        }
        return name
    }
}
