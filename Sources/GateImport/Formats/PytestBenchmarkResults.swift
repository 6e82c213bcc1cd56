import GateCore
import GateCorpus

/// `pytest --benchmark-json`: each round is a measurement where `data` is kept (`--benchmark-save-data`), else the median.
enum PytestBenchmarkResults {
    static func read(_ document: ResultNode, _ format: ToolFormat) throws(ImportError) -> ToolResults {
        var series: [ToolResults.Series] = []
        for benchmark in try document.member("benchmarks").elements {
            guard let name = benchmark.text("fullname") ?? benchmark.text("name") else {
                throw .missing(file: benchmark.file, place: "'\(benchmark.place)/name'")
            }
            let stats = try benchmark.member("stats")
            let rounds = stats["data"]?.elements ?? []
            let key = rounds.isEmpty ? "median" : "data"
            let unit = try format.imported(key, of: stats)
            var values: [Double] = []
            for node in rounds.isEmpty ? [try stats.member("median")] : rounds {
                values.append(try node.number(in: unit))
            }
            series += [
                ToolResults.Series(
                    name, "time", in: unit.unit, .lowerIsBetter, values, onlyThe: rounds.isEmpty ? "median" : nil)
            ].compactMap(\.self)
        }
        return ToolResults(tool: format.name, version: document.text("version"), series: series)
    }
}
