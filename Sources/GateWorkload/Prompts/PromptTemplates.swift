public import GateCore
import GateDigest
import GateStream

/// What the agent is told besides its data: two versions that word a prompt otherwise ask for another work.
public enum PromptTemplates {
    /// SHA-256 over the prompts of every stage, hexadecimal, as they are without data, on a fixed day, of a fixed folder and for the workload's
    /// own persona; nil for a workload without stages.
    public static func digest(of workload: WorkloadKind) -> String? {
        guard workload == .analysis || workload == .dual else { return nil }
        let nothing = Corpus(
            files: [], unreadable: [], facts: FactTable(), harvested: [], markdownHeadings: 0, warnings: [])
        let prompts = PromptBuilder(
            corpus: nothing, date: "2000-01-01", window: ContextWindow(tokens: 1 << 20, answer: 1024))
        let agent = AgentConfiguration(model: "")
        let persona = workload == .dual ? Persona.insight(agent) : Persona.analyst(agent)
        var stages: [ChatPrompt] = []
        if workload == .dual, let inventory = try? prompts.inventory(Persona.collector(folders: ["data"])) {
            stages.append(inventory)
        }
        if let analysis = try? prompts.analysis(persona, inventory: nil) { stages.append(analysis) }
        if let report = try? prompts.report(persona, analysis: AnalysisExtract(""), inventory: nil) {
            stages.append(report)
        }
        var digest = SHA256()
        for prompt in stages {
            let example = prompt.example.map { [$0.user, $0.answer] } ?? []
            for text in [prompt.system] + example + [prompt.user] {
                // With its length, so that two texts cannot be taken for one.
                digest.update("\(text.utf8.count):")
                digest.update(text)
            }
        }
        return digest.finish()
    }
}
