import GateCore
import GateCorpus
import GateMarkdown

/// The report file, in the layout that readers know: head, the model's report, workflow summary, metrics, findings,
/// recommendations, persona.
struct TechnicalReport {
    let persona: Persona
    let date: String
    let model: String
    let agent: AgentConfiguration
    let text: String
    let corpus: Corpus
    /// The stages that this agent's figures come from, in order.
    let stages: [StageResult]
    let ingestSeconds: Double
    /// The model did not come to its end.
    var isCut = false

    var markdown: String {
        let outline = ReportOutline(text)
        return [
            head, text.trimmingTrailingSpace, "---", workflowSummary, metrics,
            section("Key Findings", items: outline.findings, none: "The report lists no findings."),
            section("Recommendations", items: outline.recommendations, none: "The report lists no recommendations."),
            "## Persona Prompt\n" + fenced(persona.systemPrompt),
        ].joined(separator: "\n\n") + "\n"
    }

    private var head: String {
        """
        # \(persona.name)

        # Technical Report: \(persona.name) Analysis

        **Date:** \(date)
        **Agent Type:** \(persona.name)
        **Model:** \(model)
        **Configuration:** \(TechnicalReport.configurationLine(agent))\(cutMark)

        ---
        """
    }

    private var cutMark: String {
        isCut ? "\n**Complete:** no, the answer was cut off at its token cap or at the end of the context window" : ""
    }

    /// `num_gpu=80, num_ctx=1024, temp=0.8, top_p=default, top_k=default, repeat_penalty=default`
    static func configurationLine(_ agent: AgentConfiguration) -> String {
        func written(_ value: Double?) -> String {
            guard let value else { return "default" }
            return Int(exactly: value).map(String.init) ?? "\(value)"
        }
        func written(_ value: Int?) -> String { value.map(String.init) ?? "default" }
        return [
            "num_gpu=\(written(agent.numGpu))", "num_ctx=\(written(agent.numCtx))",
            "temp=\(written(agent.temperature))", "top_p=\(written(agent.topP))", "top_k=\(written(agent.topK))",
            "repeat_penalty=\(written(agent.repeatPenalty))",
        ].joined(separator: ", ")
    }

    // MARK: - Workflow summary

    private var workflowSummary: String {
        let parts =
            ["ingest \(DisplayFormat.fixed(ingestSeconds, decimals: 2))s"]
            + stages.map { "\($0.name) \(DisplayFormat.fixed($0.wallSeconds, decimals: 2))s" }
        let total = stages.reduce(ingestSeconds) { $0 + $1.wallSeconds }
        return """
            ## Workflow Summary
            - Files analyzed: \(corpus.files.count)
            - Execution time: \(DisplayFormat.fixed(total, decimals: 2))s (\(parts.joined(separator: " | ")))
            - Data summary:
            \(fenced(DataSummary.text(corpus).trimmingTrailingSpace))
            """
    }

    // MARK: - Metrics

    /// Every line names how it was put together from the calls.
    private var metrics: String {
        let calls = stages.compactMap(\.exchanges.last)
        func values(_ metric: MetricID) -> [Double] { calls.compactMap { $0.measurements[metric] } }
        func line(_ title: String, _ metric: MetricID, _ unit: String, _ aggregate: Aggregate, scale: Double) -> String
        {
            let values = values(metric)
            guard let value = aggregate.value(of: values) else { return "- \(title): not reported by the server" }
            let of = values.count == 1 ? "1 call" : "\(aggregate.rawValue) of \(values.count) calls"
            return "- \(title): \(DisplayFormat.fixed(value * scale, decimals: 2)) \(unit) (\(of))"
        }
        let tokens = Aggregate.sum.value(of: values("tokens")).map { DisplayFormat.fixed($0, decimals: 0) }
        return [
            "## Metrics",
            line("Throughput", "throughput", "tok/s", .mean, scale: 1),
            line("TTFT", "ttft", "ms", .mean, scale: 1000),
            line("Total Duration", "total", "ms", .sum, scale: 1000),
            "- Tokens Generated: \(tokens ?? "not reported by the server")",
            line("Prompt Eval", "prompt_eval", "ms", .sum, scale: 1000),
            line("Eval Duration", "eval", "ms", .sum, scale: 1000),
            line("Load Duration", "model_load", "ms", .sum, scale: 1000),
            "", callTable,
        ].joined(separator: "\n")
    }

    /// The same figures call by call: what a mean hides.
    private var callTable: String {
        let columns: [(title: String, metric: MetricID)] = [
            ("Throughput tok/s", "throughput"), ("TTFT ms", "ttft"), ("Total ms", "total"), ("Tokens", "tokens"),
            ("Prompt eval ms", "prompt_eval"), ("Eval ms", "eval"), ("Load ms", "model_load"),
        ]
        let rows = stages.compactMap { stage in
            stage.exchanges.last.map { call in
                "| \(stage.name) | "
                    + columns.map { column in
                        guard let metric = MetricCatalogue.metric(column.metric),
                            let value = call.measurements[column.metric]
                        else { return "–" }
                        return DisplayFormat.number(value, unit: metric.unit)
                    }.joined(separator: " | ") + " |"
            }
        }
        return
            (["| Call | " + columns.map(\.title).joined(separator: " | ") + " |"]
            + ["|---" + String(repeating: "|---:", count: columns.count) + "|"] + rows).joined(separator: "\n")
    }

    private enum Aggregate: String {
        case mean
        case sum

        func value(of values: [Double]) -> Double? {
            guard !values.isEmpty else { return nil }
            let sum = values.reduce(0, +)
            return self == .sum ? sum : sum / Double(values.count)
        }
    }

    // MARK: - Lists and fences

    private func section(_ title: String, items: [String], none: String) -> String {
        "## \(title)\n" + (items.isEmpty ? none : items.map { "- \($0)" }.joined(separator: "\n"))
    }

    /// A code block whose fence is longer than any run of backticks inside.
    private func fenced(_ text: String) -> String {
        var longest = 2
        var run = 0
        for byte in text.utf8 {
            run = byte == 0x60 ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        return "\(fence)\n\(text)\n\(fence)"
    }
}

extension String {
    /// Without white space and line ends at its end.
    var trimmingTrailingSpace: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
