import GateCore
import Testing

@testable import GateSettings

/// The draft of a file with this text.
func draft(_ text: String) throws(ConfigurationError) -> ConfigurationDraft {
    try ConfigurationFile.parse(Array(text.utf8), path: "gate.yml")
}

/// The whole configuration of a file with this text, read where no environment is set.
func configuration(
    _ text: String, flags: ConfigurationFlags = ConfigurationFlags(), environment: [String: String] = [:]
) throws(ConfigurationError) -> Configuration {
    try draft(text).resolved(flags: flags, environment: environment)
}

/// The lines of the error that a text ends in; empty where there is none.
func problems(
    _ text: String, flags: ConfigurationFlags = ConfigurationFlags(), environment: [String: String] = [:]
) -> [String] {
    do {
        _ = try configuration(text, flags: flags, environment: environment)
        return []
    } catch {
        return error.description.split(separator: "\n").map(String.init)
    }
}

extension ConfigurationFlags {
    /// Flags by the names of what they set.
    init(
        workload: WorkloadKind? = nil, machineClass: String? = nil, model: String? = nil, numCtx: Int? = nil,
        temperature: Double? = nil, seed: Int? = nil, maxTokens: Int? = nil, api: ServerAPI? = nil, url: String? = nil,
        runs: Int? = nil, warmupRuns: Int? = nil, coldStarts: Int? = nil, tolerances: [String] = [],
        inconclusive: InconclusivePolicy? = nil
    ) {
        func text(_ value: (some LosslessStringConvertible)?) -> String? { value.map { String($0) } }
        self.init(
            [
                "workload": workload?.rawValue, "machine_class": machineClass, "agent.model": model,
                "agent.num_ctx": text(numCtx), "agent.temperature": text(temperature), "agent.seed": text(seed),
                "agent.max_tokens": text(maxTokens), "server.api": api?.rawValue, "server.url": url,
                "runs": text(runs), "warmup_runs": text(warmupRuns), "cold_starts": text(coldStarts),
                "inconclusive": inconclusive?.rawValue,
            ], tolerances: tolerances)
    }
}
