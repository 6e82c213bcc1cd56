import ArgumentParser
import GateCore
import GateFiles
import GateReports
import GateSettings
import GateVerdict

/// What became of one of several workloads of a check.
struct WorkloadOutcome {
    let name: String
    let result: Attempt.PartOutcome<JudgedSession>

    /// What ends it ends none of the others.
    ///
    /// - Parameter draft: what is known of it where it ends before there is a session.
    static func of(
        _ name: String, in folder: WorkloadFolder, _ measuring: MeasuringOptions, by draft: ConfigurationDraft?,
        _ body: () throws -> JudgedSession
    ) -> WorkloadOutcome {
        let said = draft?.named(name)
        let result = Attempt.part(
            of: folder.path(ofSession: name),
            workload: measuring.workload ?? said?.located("workload", as: WorkloadKind.self)?.value, name: name,
            machineClass: measuring.machineClass ?? said?.located("machine_class", as: String.self)?.value, body)
        if case .failed(let attempt) = result { Terminal.standardError.error("\(name): \(attempt.message)") }
        return WorkloadOutcome(name: name, result: result)
    }

    fileprivate func part(in folder: WorkloadFolder) -> JointInput.Report {
        let (judgement, content): (Judgement, JointInput.Report.Content) =
            switch result {
            case .done(let judged): (judged.judgement, .judged(judged.input))
            case .failed(let attempt): (attempt.judgement, .notMeasured(attempt))
            }
        return JointInput.Report(
            part: JointJudgement.Part(
                name: name, folder: WorkloadFolder.folder(ofSession: name), judgement: judgement), content: content)
    }
}

extension CommandFailure {
    /// A workload that the base has, of which the session that is judged knows nothing.
    static func notMeasured(_ name: String) -> CommandFailure {
        CommandFailure(
            .unavailable, "the workload '\(name)' of the base's configuration was not measured",
            remedy: "Run the check without --session, which measures it; or measure it again after the merge.")
    }
}

/// Several workloads with their judgements, as a command that judges leaves them.
struct JudgedWorkloads {
    let folder: WorkloadFolder
    let outcomes: [WorkloadOutcome]
    let warnings: [Warning]
    let colour: ColourChoice
    let junit: JUnitFlavour
    let pipeline: PipelineOption.Choice
    var format = OutputFormat.text

    /// Writes the reports of each and of all, prints the verdict, and ends by it.
    func finish() throws {
        let reports = outcomes.map { $0.part(in: folder) }.sorted { $0.part.name < $1.part.name }
        let judgement = JointJudgement(
            reports.map(\.part), declared: Array(Set(folder.list.declared + reports.map(\.part.name))),
            shard: folder.list.shard, warnings: warnings, toolVersion: ToolVersion.current)
        let files = JointFiles(input: JointInput(judgement: judgement, reports: reports), folder: folder)
        var written = RenderedFiles(in: folder.directory)
        outcomes.forEach { written.unwritten += writeParts($0) }
        written.write(files.all(junit: junit))
        try files.finish(written, colour: colour, pipeline: pipeline, as: format)
    }

    /// Of each all but junit.xml: a pipeline that collects every file of that name must not count it twice.
    private func writeParts(_ outcome: WorkloadOutcome) -> [String] {
        guard case .done(let judged) = outcome.result else { return [] }
        return JudgementFiles(input: judged.input, junit: junit, reports: judged.reports)
            .write(to: judged.directory, but: [SessionDirectory.junitName]).unwritten
    }
}

/// What stands beside the sessions of several workloads, of all of them together.
struct JointFiles {
    let input: JointInput
    let folder: WorkloadFolder

    func all(junit: JUnitFlavour = .jenkins) -> [RenderedFiles.File] {
        [
            RenderedFiles.verdict(input.judgement),
            (SessionDirectory.junitName, { try JUnitReport(flavour: junit).render(input) }),
            (SessionDirectory.summaryName, { try JointMarkdown().render(input) }),
            (SessionDirectory.pageName, { JointPage(input).render() }),
        ]
    }

    /// Prints the verdict, tells the platform of the pipeline, and ends by the verdict.
    func finish(
        _ written: RenderedFiles, colour: ColourChoice, pipeline: PipelineOption.Choice,
        as format: OutputFormat = .text
    ) throws {
        try present(written, colour, as: format)
        try written.finish(PipelineReport(input), to: pipeline, status: input.judgement.exitCode)
    }

    private func present(_ files: RenderedFiles, _ colour: ColourChoice, as format: OutputFormat) throws {
        let output = Terminal.standardOutput
        guard format == .text else { return try output.deliver(document: input.judgement) }
        guard Verbosity.current != .quiet else { return output.line(JointTable.headline(of: input)) }
        let table = JointTable(width: output.isTerminal ? output.width : nil, isColoured: output.showsColours(colour))
        output.write(try table.render(input))
        output.list(artefacts: files)
    }
}
