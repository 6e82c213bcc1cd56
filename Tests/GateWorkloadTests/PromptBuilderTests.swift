import GateCore
import GateStream
import GateVocabulary
import TestSupport
import Testing

@testable import GateWorkload

@Suite struct `Prompt builder` {
    private func builder(tokens: Int, answer: Int = 100, facts: Int = 40) -> PromptBuilder {
        PromptBuilder(
            corpus: Fixtures.corpus(facts: facts), date: "2026-11-23",
            window: ContextWindow(tokens: tokens, answer: answer))
    }

    private let persona = Persona.analyst(AgentConfiguration(model: "m"))

    @Test("both stages get the date, the counts, the sizes and the facts with owner and place")
    func content() throws {
        let prompts = builder(tokens: 4096)
        let analysis = try prompts.analysis(persona, inventory: nil)
        let report = try prompts.report(persona, analysis: AnalysisExtract("It is fast."), inventory: nil)
        #expect(analysis.user.contains("Total files analyzed: 2"))
        #expect(analysis.user.contains("CSV Files (2)"))
        #expect(analysis.user.contains("Sizes: 3000 bytes in all; CSV 2 files, 3000 bytes"))
        #expect(
            report.user.contains("- CSV: 2 files, newest of 20") && report.user.contains("- Total size: 3000 bytes"))
        for prompt in [analysis, report] {
            #expect(prompt.user.contains("Date: 2026-11-23"))
            #expect(prompt.user.contains("2 files were analysed: 2 CSV, 0 JSON, 0 M"))
            #expect(prompt.user.contains("- model=gemma3 tokens_s: 100 tok/s (line 2)"))
            #expect(prompt.system == persona.systemPrompt)
        }
        #expect(report.user.contains("It is fast."))
        for section in PromptBuilder.reportSections { #expect(report.user.contains("## \(section)")) }
    }

    @Test("an example of notes and their text stands before both prompts, under the sections that are asked for")
    func example() throws {
        let prompts = builder(tokens: 4096)
        let analysis = try prompts.analysis(persona, inventory: nil)
        let report = try prompts.report(persona, analysis: AnalysisExtract(""), inventory: nil)
        for (prompt, sections) in [
            (analysis, PromptBuilder.analysisSections), (report, PromptBuilder.reportSections),
        ] {
            let example = try #require(prompt.example)
            let headings = sections.map { "## \($0)" }
            for text in [example.user, example.answer, prompt.user] {
                #expect(text.split(separator: "\n").filter { $0.hasPrefix("## ") }.map(String.init) == headings)
            }
            #expect(example.user.prefix(60) == prompt.user.prefix(60))
            #expect(example.answer.contains("The tokens_s of model=gemma3 is 100 tok/s ("))
            #expect(example.answer.contains("On 2026-11-23, 2 files were analysed"))
        }
    }

    @Test("every figure of the example is one of the data: what a model copies out of it is true")
    func exampleIsTrue() throws {
        let prompts = builder(tokens: 4096)
        for prompt in [
            try prompts.analysis(persona, inventory: nil),
            try prompts.report(persona, analysis: AnalysisExtract(""), inventory: nil),
        ] {
            let example = try #require(prompt.example)
            let known = Set(prompts.everyNumber)
            for number in example.answer.matches(of: /[0-9]+(\.[0-9]+)?/).map({ String($0.output.0) }) {
                #expect(known.contains(number), "\(number) in \(example.answer)")
            }
        }
    }

    @Test("a corpus without facts has no example")
    func exampleWithoutFacts() throws {
        #expect(try builder(tokens: 4096, facts: 0).analysis(persona, inventory: nil).example == nil)
    }

    @Test("the collector is told the folders that are configured")
    func collector() {
        let persona = Persona.collector(folders: ["results", "docs", "runs/"])
        #expect(persona.name == "Chimera Agent A")
        #expect(persona.systemPrompt.hasPrefix("You are DataCollector-9000."))
        #expect(persona.systemPrompt.contains("which of the folders results/, docs/ and runs/ are covered"))
        #expect(!persona.systemPrompt.contains("csv_data"))
        #expect(Persona.collector(folders: ["one"]).systemPrompt.contains("the folders one/ are covered"))
    }

    @Test("a small window has room for facts rather than for the example")
    func withoutExample() throws {
        let prompt = try builder(tokens: 1000, facts: 400).analysis(persona, inventory: nil)
        #expect(prompt.example == nil && prompt.user.contains("- model=gemma3 tokens_s: 100 tok/s (line 2)"))
    }

    @Test("of the analysis the report gets the findings and recommendations, each once, and no heading")
    func extract() throws {
        let analysis = AnalysisExtract(
            "## Key Findings\n\n- A is fast.\n- A is fast.\n- B is slow.\n\n## Recommendations\n\n- Use A.\n")
        #expect(analysis.findings == "- A is fast.\n- B is slow." && analysis.recommendations == "- Use A.")
        let prompt = try builder(tokens: 4096).report(persona, analysis: analysis, inventory: nil)
        #expect(prompt.user.contains("## Key Findings\nThe analysis so far:\n- A is fast.\n- B is slow.\n"))
        #expect(prompt.user.contains("## Recommendations\n- Use A.\n"))
        #expect(AnalysisExtract("# Title\n\nSlow.\nSlow.\n## More\n").findings == "Slow.")
    }

    @Test("the same input gives the same bytes")
    func pure() throws {
        let one = try builder(tokens: 2048).analysis(persona, inventory: nil)
        #expect(try builder(tokens: 2048).analysis(persona, inventory: nil) == one)
    }

    @Test(
        "a prompt fits its window by the estimate, and takes the facts of all files in turn",
        arguments: [900, 1300, 2048])
    func fits(tokens: Int) throws {
        let prompt = try builder(tokens: tokens, facts: 400).analysis(persona, inventory: nil)
        let estimate = TokenEstimate.tokens(in: prompt.texts.joined())
        #expect(estimate <= tokens - 100 - ContextWindow.template)
        let shown = prompt.user.split(separator: "\n").filter { $0.hasPrefix("- model=") }
        let perFile = [shown.count { $0.contains("model=gemma3 ") }, shown.count { $0.contains("model=llama3 ") }]
        #expect(perFile[0] >= 1 && abs(perFile[0] - perFile[1]) <= 1)
        #expect(prompt.user.contains("Facts (\(shown.count) of 400)"))
    }

    @Test("a window that has no room for the frame is an error that says what to do")
    func tooSmall() {
        let error = #expect(throws: ContextTooSmall.self) { try builder(tokens: 256).analysis(persona, inventory: nil) }
        #expect(error?.description.contains("raise agent.num_ctx or lower agent.max_tokens") == true)
    }

    @Test("a report gets no more facts than its answer has room to state")
    func factsOfReport() throws {
        func shown(_ answer: Int) throws -> Int {
            try builder(tokens: 4096, answer: answer, facts: 400)
                .report(persona, analysis: AnalysisExtract(""), inventory: nil).user
                .split(separator: "\n").count { $0.hasPrefix("- model=") }
        }
        let (few, many) = (try shown(200), try shown(800))
        #expect(few >= 4 && many > 2 * few && many < 60, "\(few) \(many)")
    }

    @Test("an earlier stage's text is cut at a line's end to a third of the room, and that is said")
    func cut() throws {
        let long = (1...500).map { "line \($0) of the analysis" }.joined(separator: "\n")
        let prompt = try builder(tokens: 1500).report(persona, analysis: AnalysisExtract(long), inventory: nil)
        #expect(prompt.user.contains("The analysis so far (cut to fit):\nline 1 of the analysis\n"))
        #expect(!prompt.user.contains("line 400 of the analysis"))
        #expect(prompt.user.contains("- model=gemma3"))
    }

    @Test("the collector's inventory is the input of both stages of the insight agent")
    func inventory() throws {
        let prompts = builder(tokens: 4096)
        let insight = Persona.insight(AgentConfiguration(model: "m"))
        #expect(try prompts.analysis(insight, inventory: "28 CSV files").user.contains("28 CSV files"))
        #expect(
            try prompts.report(insight, analysis: AnalysisExtract("fast"), inventory: "28 CSV files").user
                .contains("28 CSV files"))
    }

    @Test("numbers with more than six digits are shortened, others are as written")
    func numbers() {
        func line(_ written: String, _ value: Double) -> String {
            FactDigest.line(
                Fact(
                    labels: [], metric: "x", statistic: .raw, dimension: .unknown, unit: nil, value: .number(value),
                    written: written, source: FactSource(file: "a.json", pointer: "/x")))
        }
        #expect(line("187.1752905464622", 187.1752905464622) == "- x: 187.175 (/x)")
        #expect(line("44.0", 44) == "- x: 44.0 (/x)")
        #expect(line("12345678.9", 12_345_678.9) == "- x: 12345679 (/x)")
        #expect(line("0.0941341", 0.0941341) == "- x: 0.09413 (/x)")
    }
}

extension PromptBuilder {
    /// The numbers that the corpus has: values, counts, sizes and dates.
    fileprivate var everyNumber: [String] {
        let facts = corpus.facts.files.flatMap { Array($0) }
        let texts =
            facts.map { "\(FactDigest.quantity($0)) \(FactDigest.owner($0))\($0.metric)" }
            + corpus.files.map { "\($0.path) \($0.modified.date)" }
            + ArtifactKind.allCases.map { "\(corpus.files(of: $0).count)" }
            + ["\(corpus.files.count) \(corpus.totalBytes) \(date)"]
        return texts.flatMap { $0.matches(of: /[0-9]+(\.[0-9]+)?/).map { String($0.output.0) } }
    }
}
