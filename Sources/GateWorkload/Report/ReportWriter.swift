import GateCore

/// What is written of one run: the report, the collector's inventory, and the facts that both were written from.
struct ReportWriter {
    let configuration: Configuration
    let model: String
    let corpus: Corpus
    let record: RunRecord

    /// The run's report; nil where its stage failed.
    var report: String? { technicalReport(of: .report, stages: record.stages.filter { $0.name != .inventory }) }

    /// What the model wrote of the report.
    var modelText: String? { report == nil ? nil : record.texts[.report] }

    /// The collector's inventory in the same layout; nil without a collector.
    var inventory: String? { technicalReport(of: .inventory, stages: record.stages.filter { $0.name == .inventory }) }

    private func technicalReport(of stage: StageName, stages: [StageResult]) -> String? {
        guard let text = record.texts[stage], let persona = record.personas[stage] else { return nil }
        return TechnicalReport(
            persona: persona, date: record.date, model: model, agent: configuration.agent, text: text, corpus: corpus,
            stages: stages, ingestSeconds: record.measurements["ingest"] ?? 0,
            // Of a report the judge says it, with its place.
            isCut: stage == .inventory && record.stages.contains { $0.name == stage && $0.isCut }
        ).markdown
    }

    /// The evidence of the run's report.
    func facts(agent name: String) -> FactsFile {
        FactsFile(
            corpus: corpus, reportId: "run-\(record.index)", generatedDate: record.date, model: model, agent: name,
            config: options, requiredSections: PromptBuilder.reportSections, run: ["llm_metrics": figures])
    }

    private var options: [String: Double] {
        let agent = configuration.agent
        let options: [String: Double?] = [
            "num_gpu": agent.numGpu.map(Double.init), "num_ctx": agent.numCtx.map(Double.init),
            "temperature": agent.temperature, "top_p": agent.topP, "top_k": agent.topK.map(Double.init),
            "repeat_penalty": agent.repeatPenalty, "seed": agent.seed.map(Double.init),
            "max_tokens": Double(agent.maxTokens),
        ]
        return options.compactMapValues { $0 }
    }

    /// The figures of the call that wrote the report, in milliseconds, under the names that readers know.
    private var figures: [String: Double] {
        guard let call = record.stages.last?.exchanges.last?.measurements else { return [:] }
        let figures: [String: Double?] = [
            "ttft_ms": call["ttft"].map { $0 * 1000 }, "total_duration_ms": call["total"].map { $0 * 1000 },
            "load_duration_ms": call["model_load"].map { $0 * 1000 },
            "prompt_eval_duration_ms": call["prompt_eval"].map { $0 * 1000 },
            "eval_duration_ms": call["eval"].map { $0 * 1000 }, "tokens_generated": call["tokens"],
            "throughput_tokens_per_sec": call["throughput"],
        ]
        return figures.compactMapValues { $0 }
    }
}
