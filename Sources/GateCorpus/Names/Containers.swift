import GateVocabulary

/// Keys that hold others and say nothing of what these measure.
enum Containers {
    static func isSettings(_ name: String) -> Bool { has(name, settings) }
    static func isContainer(_ name: String) -> Bool { has(name, containers) }

    /// `input_config`: it says what its siblings were measured with.
    static func isConfiguration(_ name: String) -> Bool {
        NameWords.words(of: name).last.map(configurations.contains) == true
    }

    private static func has(_ name: String, _ set: Set<String>) -> Bool {
        let words = NameWords.words(of: name)
        return !words.isEmpty && words.allSatisfy(set.contains)
    }

    private static let settings: Set<String> = [
        "config", "configuration", "configs", "options", "option", "params", "param", "parameters", "settings",
        "setting", "args", "arguments", "hparams", "hyperparams", "hyperparameters", "flags", "tags", "labels",
        "dimensions", "workload",
        "extra", "model", "benchmark", "run", "case", "setup", "job", "conf", "key", "keys",
    ]

    private static let configurations: Set<String> = [
        "config", "configuration", "conf", "options", "params", "parameters", "settings", "args", "arguments", "flags",
        "hparams", "hyperparams", "hyperparameters",
    ]

    private static let containers: Set<String> = [
        "stats", "statistics", "results", "result", "metrics", "data", "summary", "values", "measurements",
        "benchmarks", "samples", "percentiles", "quantiles", "distribution", "aggregate", "aggregated", "aggregates",
        "timings", "report", "output", "records", "entries", "items", "rows", "points", "series", "successful",
        "overall", "global", "raw",
    ]
}
