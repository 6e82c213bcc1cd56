public import GateCore
import GateCorpus
import GateStream

/// The corpus does not fit into the context window, not even without a single fact.
public struct ContextTooSmall: Error, Sendable, Equatable, CustomStringConvertible {
    public let stage: StageName
    public let needed: Int
    public let available: Int

    public var description: String {
        "the \(stage) prompt needs about \(needed) tokens and the context window leaves \(available) for it;"
            + " raise agent.num_ctx or lower agent.max_tokens"
    }
}

/// The prompts of every stage: pure functions of corpus, configuration, date and what earlier stages said, so that the
/// same input gives the same bytes.
struct PromptBuilder {
    let corpus: Corpus
    let date: String
    let window: ContextWindow

    static let analysisSections = [
        "Executive Summary", "Key Findings", "Performance Metrics Analysis", "Recommendations",
    ]
    static let reportSections = [
        "Executive Summary", "Data Ingestion Summary", "Performance Analysis", "Key Findings", "Recommendations",
        "Appendix",
    ]

    func inventory(_ persona: Persona) throws(ContextTooSmall) -> ChatPrompt {
        try fit(
            .inventory, persona, task: "Task: take the inventory of the benchmark artefacts below, in under 250 words.",
            material: [],
            closing: "Write the inventory in Markdown: directory coverage, files per type, gaps, concrete numbers.")
    }

    func analysis(_ persona: Persona, inventory: String?) throws(ContextTooSmall) -> ChatPrompt {
        try fit(
            .analysis, persona, task: "Analysis task: analyse the benchmark data below.",
            material: inventory.map { [("The collector's inventory", $0)] } ?? [],
            closing: "Write a structured analysis in Markdown with these sections:\n"
                + PromptBuilder.outline(PromptBuilder.analysisSections))
    }

    func report(
        _ persona: Persona, analysis: AnalysisExtract, inventory: String?
    ) throws(ContextTooSmall) -> ChatPrompt {
        var material: [(String, String)] = []
        if let inventory { material.append(("The collector's inventory", inventory)) }
        material.append(("The analysis so far", analysis.text))
        return try fit(
            .report, persona, task: "Report task: write a technical report on the benchmark data below.",
            material: material,
            closing: "Write the technical report in Markdown with these sections, each with specific metrics from the"
                + " facts:\n" + PromptBuilder.outline(PromptBuilder.reportSections))
    }

    /// The sections as headings. Small models keep to an outline whose first line they are told to write.
    private static func outline(_ sections: [String]) -> String {
        sections.map { "## \($0)" }.joined(separator: "\n")
            + "\n\nWrite list items under findings and recommendations. Begin your answer with \"## \(sections[0])\"."
    }

    // MARK: - Fitting

    /// What must be said comes first; earlier stages' text gets at most a third of the room that is left, cut at its
    /// end; facts take the rest.
    private func fit(
        _ stage: StageName, _ persona: Persona, task: String, material: [(title: String, text: String)],
        closing: String
    ) throws(ContextTooSmall) -> ChatPrompt {
        let opening = "\(task)\nDate: \(date)\n\n\(inventoryOfFiles)"
        let fixed = TokenEstimate.tokens(in: persona.systemPrompt + opening + closing) + 40
        guard fixed <= window.prompt else {
            throw ContextTooSmall(stage: stage, needed: fixed, available: max(0, window.prompt))
        }
        var room = window.prompt - fixed
        var parts = [opening]
        for (index, (title, text)) in material.enumerated() {
            let share = room / 3 / (material.count - index)
            let (kept, isCut) = PromptBuilder.prefix(of: text, tokens: share)
            guard !kept.isEmpty else { continue }
            parts.append("\(title)\(isCut ? " (cut to fit)" : ""):\n\(kept)")
            room -= TokenEstimate.tokens(in: kept) + 12
        }
        let digest = FactDigest(corpus, room: room - 16)
        parts.append("Facts (\(digest.shown) of \(digest.total)), each with its owner and place:\n\(digest.text)")
        parts.append(closing)
        return ChatPrompt(system: persona.systemPrompt, user: parts.joined(separator: "\n\n"))
    }

    /// Counts, sizes and names, in the form of the data summary.
    private var inventoryOfFiles: String {
        let sizes = ArtifactKind.allCases.map { kind in
            let files = corpus.files(of: kind)
            return "\(kind.title) \(files.count) files, \(files.reduce(0) { $0 + $1.bytes }) bytes"
        }
        var text =
            DataSummary.text(corpus) + "Sizes: \(corpus.totalBytes) bytes in all; \(sizes.joined(separator: "; "))"
        if !corpus.unreadable.isEmpty { text += "\nUnreadable files: \(corpus.unreadable.count)" }
        return text
    }

    /// The longest prefix of whole lines within that many tokens.
    private static func prefix(of text: String, tokens: Int) -> (text: String, isCut: Bool) {
        var left = tokens
        var kept: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            left -= TokenEstimate.tokens(in: String(line)) + 1
            if left < 0 { return (kept.joined(separator: "\n"), true) }
            kept.append(line)
        }
        return (kept.joined(separator: "\n"), false)
    }
}
