import GateVocabulary

/// What a column or a key does for the numbers beside it.
enum NameRole {
    /// Its text says what they were measured on: a model, a prompt, a configuration.
    case label
    /// Its value says with which setting: written `num_gpu=60`.
    case parameter
    /// As `parameter`, where other parameters stand beside it; otherwise a number of its own.
    case ambiguousParameter
    /// A number that tells one thing from another: written `gpu_id=0`.
    case identifier
    /// A text here says that the numbers beside it come from a failure.
    case error
    /// A moment, which is no quantity.
    case moment
    /// Its text is the unit of the numbers beside it.
    case unit
    /// Its text is the name of the number beside it.
    case metric
    /// It holds the versions of things.
    case versions
    case number

    init(_ name: String) {
        let words = NameWords.words(of: name)
        let key = words.joined(separator: "_")
        if words.last.map(ColumnRoles.unitWords.contains) == true {
            self = .unit
        } else if key == "versions" {
            self = .versions
        } else if words.count == 1, ColumnRoles.metricWords.contains(key) {
            self = .metric
        } else if NameRole.labels.contains(key) || key.hasSuffix("_name") {
            self = .label
        } else if NameRole.parameters.contains(key) || NameRole.isSetting(words) {
            self = .parameter
        } else if NameRole.identifiers.contains(key) || key.hasSuffix("_id") || key.hasSuffix("_index")
            || key.hasSuffix("_idx") || key.hasSuffix("_no")
        {
            self = .identifier
        } else if key == "temperature" || key == "temp" {
            self = .ambiguousParameter
        } else if ["error", "error_message", "exception"].contains(key) {
            self = .error
        } else if NameRole.moments.contains(where: { key.hasSuffix($0) }) {
            self = .moment
        } else {
            self = .number
        }
    }

    private static let moments = [
        "timestamp", "time_stamp", "timestamp_ms", "datetime", "create_time", "_at", "unix_nano", "timesecs",
    ]

    /// `max_concurrency`, `num_threads`, `block size`: how much of something a run was given, whatever stands before it.
    private static func isSetting(_ words: [String]) -> Bool {
        guard let last = words.last, words.count <= 3 else { return false }
        let isGiven = words.dropLast().allSatisfy(quantifiers.contains)
        return isGiven && settings.contains(last)
    }

    private static let quantifiers: Set<String> = ["max", "num", "number", "of", "n", "target", "total", "client"]
    private static let settings: Set<String> = [
        "concurrency", "threads", "workers", "clients", "connections", "replicas", "shards", "streams", "vus",
    ]

    /// Without doubt: what an ambiguous name means depends on what stands beside it.
    func resolved(besideParameters: Bool) -> NameRole {
        guard self == .ambiguousParameter else { return self }
        return besideParameters ? .parameter : .number
    }

    private static let labels: Set<String> = [
        "model", "name", "config", "configuration", "tag", "backend", "target_backend", "benchmark", "test", "prompt",
        "prompt_text", "variant", "quantization", "quant", "dataset", "scenario", "device", "gpu", "stage", "agent",
        "strategy", "context", "tone", "framework", "engine", "dtype", "precision", "mode", "suite", "series", "label",
        "use_case", "level", "phase",
    ]

    private static let parameters: Set<String> = [
        "num_gpu", "num_ctx", "top_p", "top_k", "repeat_penalty", "seed", "num_predict", "max_tokens",
        "batch_size", "seq_len", "threads", "num_threads", "gpu_layers", "context_size", "concurrency",
    ]

    private static let identifiers: Set<String> = ["id", "pid", "prompt_index", "run_index", "rank", "index"]
}
