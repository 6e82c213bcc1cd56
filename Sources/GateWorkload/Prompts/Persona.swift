import GateCore

/// Who speaks, and what the system prompt makes of the model.
struct Persona: Sendable, Equatable {
    /// As it stands in the report: `Analyst`, `Collector`, `Insight`.
    let name: String
    let systemPrompt: String

    /// The single agent of the `analysis` workload.
    static func analyst(_ agent: AgentConfiguration) -> Persona {
        Persona(
            name: "Analyst",
            systemPrompt: agent.persona ?? """
                You are a performance engineer who reads benchmark artefacts and reports what they say. You use only \
                numbers that stand in the data you are given, you name the file of each, and you say so where the data \
                does not answer a question.
                """)
    }

    /// Agent A of the `dual` workload.
    static let collector = Persona(
        name: "Collector",
        systemPrompt: """
            You are the collector. You take an inventory of the benchmark artefacts in under 250 words: which of the \
            directories reports/, csv_data/ and artifacts/ are covered; how many files of each type there are, with the \
            latest modified time; gaps and missing telemetry; concrete numbers. A second agent reasons over your \
            inventory, so write facts, not opinions.
            """)

    /// Agent B of the `dual` workload.
    static func insight(_ agent: AgentConfiguration) -> Persona {
        Persona(
            name: "Insight",
            systemPrompt: agent.persona ?? """
                You are the insight agent, a specialist in running language models. From the collector's inventory and \
                the data you judge performance and recommend what balances throughput, time to first token (TTFT) and \
                quality. You use only numbers that stand in what you are given and name the file of each.
                """)
    }
}
