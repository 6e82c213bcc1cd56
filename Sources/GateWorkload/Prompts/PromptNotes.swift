import GateCore
import GateCorpus

/// What a stage's text is written from, under the headings that the text has to have, and a small example of notes and
/// their text. Told only which sections to write, a small model repeats their names and states no figure.
struct PromptNotes {
    let task: String
    let sections: [String]
    let example: PromptExample

    /// - Parameter notes: one for each section.
    func text(_ notes: [String]) -> String {
        PromptNotes.document(notes, under: sections, task: task)
    }

    private init(task: String, sections: [String], example notes: [String], answer: [String]) {
        self.task = task
        self.sections = sections
        example = PromptExample(
            user: PromptNotes.document(notes, under: sections, task: task),
            answer: PromptNotes.document(answer, under: sections, task: nil))
    }

    private static func document(_ texts: [String], under sections: [String], task: String?) -> String {
        ((task.map { [$0] } ?? []) + zip(sections, texts).map { "## \($0)\n\($1)" }).joined(separator: "\n\n")
    }

    // MARK: - The stages. Alpha and beta are files that no corpus has: their names say that they stand for others.

    static func analysis(date: String) -> PromptNotes {
        PromptNotes(
            task:
                "Analysis task: analyse the benchmark data of these notes. Keep the headings, and say what is asked with "
                + "the numbers of the facts.\nDate: \(date)",
            sections: PromptBuilder.analysisSections,
            example: [
                "- On \(date), 2 files were analysed: 1 CSV, 1 JSON, 0 Markdown.", askedFindings, exampleFacts,
                askedRecommendations,
            ],
            answer: [
                "On \(date), 2 files were analysed: 1 CSV and 1 JSON file.",
                "- alpha has the higher throughput: 41.5 tok/s against 39.2 tok/s of beta.",
                exampleSentences, "- Measure beta again, because its throughput is only 39.2 tok/s.",
            ])
    }

    static func report(date: String) -> PromptNotes {
        PromptNotes(
            task:
                "Report task: write the technical report of these notes. Keep the headings, and make a sentence of each "
                + "line with its numbers and file.\nDate: \(date)",
            sections: PromptBuilder.reportSections,
            example: [
                "- On \(date), 2 files were analysed: 1 CSV, 1 JSON, 0 Markdown.",
                "- CSV: 1 file, newest of \(date)\n- JSON: 1 file, newest of \(date)\n- Total size: 900 bytes",
                exampleFacts,
                "- alpha is faster than beta.",
                "- Measure beta again.", "- alpha.csv, beta.json",
            ],
            answer: [
                "On \(date), 2 files were analysed: 1 CSV and 1 JSON file.",
                "- There is 1 CSV file, newest of \(date).\n- There is 1 JSON file, newest of \(date).\n- The files have 900 bytes.",
                exampleSentences, "- alpha is faster than beta.",
                "- Measure beta again.", "- alpha.csv, beta.json",
            ])
    }

    static let askedFindings = "- Say which settings are the fastest and which the slowest, with their numbers."
    static let askedRecommendations = "- Say what to change or to measure next, and by which of the facts."
    private static let exampleFacts =
        "alpha.csv\n- alpha throughput: 41.5 tok/s (line 2)\nbeta.json\n- beta throughput: 39.2 tok/s (/beta)"
    private static let exampleSentences =
        "- The throughput of alpha is 41.5 tok/s (alpha.csv).\n- The throughput of beta is 39.2 tok/s (beta.json)."
}
