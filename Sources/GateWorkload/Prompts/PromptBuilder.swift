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

    /// Tokens. Where less is left beside the example, facts are worth more than it.
    private static let fewestForFacts = 250

    static let analysisSections = [
        "Executive Summary", "Key Findings", "Performance Metrics Analysis", "Recommendations",
    ]
    static let reportSections = [
        "Executive Summary", "Data Ingestion Summary", "Performance Analysis", "Key Findings", "Recommendations",
        "Appendix",
    ]

    /// What the files say of themselves, and facts of them: the collector writes no report.
    func inventory(_ persona: Persona) throws(ContextTooSmall) -> ChatPrompt {
        let opening =
            "Task: take the inventory of the benchmark artefacts below, in under 250 words.\nDate: \(date)\n\n"
            + inventoryOfFiles
        let closing = "Write the inventory in Markdown: directory coverage, files per type, gaps, concrete numbers."
        let room = try room(.inventory, persona, fixed: opening + closing)
        let facts = PromptBuilder.titled(FactDigest(corpus, room: room - 16))
        return ChatPrompt(
            system: persona.systemPrompt, user: [opening, facts, closing].joined(separator: "\n\n"))
    }

    func analysis(_ persona: Persona, inventory: String?) throws(ContextTooSmall) -> ChatPrompt {
        let material = inventory.map { [("The collector's inventory", $0)] } ?? []
        return try fit(
            .analysis, persona, .analysis(date: date, overview: overview, example: WorkedExample(corpus)),
            material
        ) { facts, parts in
            [
                overview + "\n" + inventoryOfFiles, (parts + [PromptNotes.askedFindings]).joined(separator: "\n"),
                facts, PromptNotes.askedRecommendations,
            ]
        }
    }

    /// Of the analysis only what it lists: a text that is none of its findings is no note.
    func report(
        _ persona: Persona, analysis: AnalysisExtract, inventory: String?
    ) throws(ContextTooSmall) -> ChatPrompt {
        var material = inventory.map { [("The collector's inventory", $0)] } ?? []
        if !analysis.findings.isEmpty { material.append(("The analysis so far", analysis.findings)) }
        let files = "- " + corpus.files.prefix(Corpus.listedFiles).map(\.path).joined(separator: ", ")
        let recommendations =
            analysis.recommendations.isEmpty
            ? PromptNotes.askedRecommendations : PromptBuilder.prefix(of: analysis.recommendations, tokens: 150).text
        return try fit(
            .report, persona,
            .report(date: date, overview: overview, counts: counts, example: WorkedExample(corpus)), material
        ) { facts, parts in
            [
                overview, counts, facts,
                parts.isEmpty ? PromptNotes.askedFindings : parts.joined(separator: "\n"), recommendations, files,
            ]
        }
    }

    private var overview: String {
        let kinds = corpus.countedKinds.map { "\(corpus.files(of: $0).count) \($0.word)" }
        return "- On \(date), \(corpus.files.count == 1 ? "1 file was" : "\(corpus.files.count) files were") analysed:"
            + " \(kinds.joined(separator: ", "))."
    }

    /// For each kind of files a line.
    private var counts: String {
        let kinds = ArtifactKind.allCases.compactMap { kind -> String? in
            let files = corpus.files(of: kind)
            guard let newest = files.map(\.modified).max() else { return nil }
            return "- \(kind.word): \(DisplayFormat.count(files.count, "file")), newest of \(newest.date)"
        }
        return (kinds + ["- Total size: \(corpus.totalBytes) bytes"]).joined(separator: "\n")
    }

    // MARK: - Fitting

    /// What must be said comes first; earlier stages' text gets at most a third of the room that is left, cut at its
    /// end; facts take the rest.
    private func fit(
        _ stage: StageName, _ persona: Persona, _ form: PromptNotes, _ material: [(title: String, text: String)],
        _ notes: (_ facts: String, _ parts: [String]) -> [String]
    ) throws(ContextTooSmall) -> ChatPrompt {
        var room = try room(stage, persona, fixed: form.text(notes("", [])))
        let example = form.example.flatMap { example in
            let cost = TokenEstimate.tokens(in: example.user + example.answer) + 16
            guard room - cost >= PromptBuilder.fewestForFacts else { return nil as PromptExample? }
            room -= cost
            return example
        }
        let parts = PromptBuilder.cut(material, &room)
        // A report states what it is given: no more than its answer has room to say.
        let facts = FactDigest(corpus, room: stage == .report ? min(room - 16, window.answer * 3 / 4) : room - 16)
        return ChatPrompt(
            system: persona.systemPrompt, example: example,
            user: form.text(notes(PromptBuilder.titled(facts), parts)))
    }

    /// Tokens that are left beside what must be said.
    private func room(_ stage: StageName, _ persona: Persona, fixed: String) throws(ContextTooSmall) -> Int {
        let fixed = TokenEstimate.tokens(in: persona.systemPrompt + fixed) + 40
        guard fixed <= window.prompt else {
            throw ContextTooSmall(stage: stage, needed: fixed, available: max(0, window.prompt))
        }
        return window.prompt - fixed
    }

    /// Texts of earlier stages, cut to a third of the room together, which gets smaller by them.
    private static func cut(_ material: [(title: String, text: String)], _ room: inout Int) -> [String] {
        var parts: [String] = []
        for (index, (title, text)) in material.enumerated() {
            let share = room / 3 / (material.count - index)
            let (kept, isCut) = PromptBuilder.prefix(of: text, tokens: share)
            guard !kept.isEmpty else { continue }
            parts.append("\(title)\(isCut ? " (cut to fit)" : ""):\n\(kept)")
            room -= TokenEstimate.tokens(in: kept) + 12
        }
        return parts
    }

    private static func titled(_ digest: FactDigest) -> String {
        "Facts (\(digest.shown) of \(digest.total)), each with its owner and place:\n\(digest.text)"
    }

    /// Counts, sizes and names, in the form of the data summary.
    private var inventoryOfFiles: String {
        let sizes = corpus.countedKinds.map { kind in
            let files = corpus.files(of: kind)
            return
                "\(kind.word) \(DisplayFormat.count(files.count, "file")), \(files.reduce(0) { $0 + $1.bytes }) bytes"
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
