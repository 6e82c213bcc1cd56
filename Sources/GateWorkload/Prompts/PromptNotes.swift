import GateCore
import GateCorpus

/// What a stage's text is written from, under the headings that the text has to have, and a small example of notes and
/// their text. Told only which sections to write, a small model repeats their names and states no figure.
struct PromptNotes {
    let task: String
    let sections: [String]
    let example: PromptExample?

    /// - Parameter notes: one for each section.
    func text(_ notes: [String]) -> String {
        PromptNotes.document(notes, under: sections, task: task)
    }

    private init(task: String, sections: [String], example: (notes: [String], answer: [String])?) {
        self.task = task
        self.sections = sections
        self.example = example.map { example in
            PromptExample(
                user: PromptNotes.document(example.notes, under: sections, task: task),
                answer: PromptNotes.document(example.answer, under: sections, task: nil))
        }
    }

    private static func document(_ texts: [String], under sections: [String], task: String?) -> String {
        ((task.map { [$0] } ?? []) + zip(sections, texts).map { "## \($0)\n\($1)" }).joined(separator: "\n\n")
    }

    // MARK: - The stages

    /// - Parameters:
    ///   - overview: the line of the data's counts.
    ///   - example: nil where the corpus has no facts.
    static func analysis(date: String, overview: String, example: WorkedExample?) -> PromptNotes {
        PromptNotes(
            task:
                "Analysis task: analyse the benchmark data of these notes. Keep the headings, and say what is asked with "
                + "the numbers of the facts.\nDate: \(date)",
            sections: PromptBuilder.analysisSections,
            example: example.map { example in
                (
                    notes: [overview, askedFindings, example.facts, askedRecommendations],
                    answer: [
                        String(overview.dropFirst(2)), example.finding, example.sentences, example.recommendation,
                    ]
                )
            })
    }

    /// - Parameter counts: a line for each kind of files.
    static func report(date: String, overview: String, counts: String, example: WorkedExample?) -> PromptNotes {
        PromptNotes(
            task:
                "Report task: write the technical report of these notes. Keep the headings, and make a sentence of each "
                + "line with its numbers and file.\nDate: \(date)",
            sections: PromptBuilder.reportSections,
            example: example.map { example in
                (
                    notes: [
                        overview, counts, example.facts, example.finding, example.recommendation, example.files,
                    ],
                    answer: [
                        String(overview.dropFirst(2)), example.counts, example.sentences, example.finding,
                        example.recommendation, example.files,
                    ]
                )
            })
    }

    static let askedFindings = "- Say which settings are the fastest and which the slowest, with their numbers."
    static let askedRecommendations = "- Say what to change or to measure next, and by which of the facts."
}
