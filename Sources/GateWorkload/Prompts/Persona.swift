import GateCore

/// Who speaks, and what the system prompt makes of the model.
struct Persona: Sendable, Equatable {
    /// As it stands in the report: `Analyst`, `Chimera Agent A`, `Chimera Agent B`.
    let name: String
    /// As it stands in the session: `analyst`, `collector`, `insight`.
    let role: String
    let systemPrompt: String

    /// The single agent of the `analysis` workload.
    static func analyst(_ agent: AgentConfiguration) -> Persona {
        Persona(
            name: "Analyst", role: "analyst",
            systemPrompt: agent.persona ?? """
                You are a performance engineer who reads benchmark artefacts and reports what they say. You use only \
                numbers that stand in the data you are given, you name the file of each, and you say so where the data \
                does not answer a question.
                """)
    }

    /// The collector of the `dual` workload.
    ///
    /// - Parameter folders: the configured roots of the corpus.
    static func collector(folders: [String]) -> Persona {
        Persona(
            name: "Chimera Agent A", role: "collector",
            systemPrompt: """
                You are DataCollector-9000. You take an inventory of the benchmark artefacts in under 250 words: which \
                of the folders \(listed(folders)) are covered; how many files of each type there are, with the latest \
                modified time; gaps and missing telemetry; concrete numbers. A second agent reasons over your \
                inventory, so write facts, not opinions.
                """)
    }

    /// The agent of the `dual` workload that analyses and reports.
    static func insight(_ agent: AgentConfiguration) -> Persona {
        Persona(
            name: "Chimera Agent B", role: "insight",
            systemPrompt: agent.persona ?? """
                You are Chimera Agent B, a specialist in running language models. From the collector's inventory and \
                the data you judge performance and recommend what balances throughput, time to first token (TTFT) and \
                quality. You use only numbers that stand in what you are given and name the file of each.
                """)
    }

    /// `reports/, csv_data/ and artifacts/`
    private static func listed(_ folders: [String]) -> String {
        let names = folders.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
        guard let last = names.last, names.count > 1 else { return names.first ?? "that were given" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
