import ArgumentParser
import GateCore
import GateFiles
import GateReports
import GateVerdict

/// A session with its judgement, as a command that judges leaves it.
struct JudgedSession {
    let session: Session
    let judgement: Judgement
    /// For the differences between then and now; nil where there is none.
    let baseline: Baseline?
    let directory: SessionDirectory
    /// Each with all that was found in it.
    var reports: [JudgedReport] = []
    var colour = ColourChoice.auto
    var junit = JUnitFlavour.jenkins
    var pipeline = PipelineOption.Choice.off
    var format = OutputFormat.text
    var links: SourceLinks?

    var input: ReportInput {
        ReportInput(
            session: session, judgement: judgement, baseline: baseline,
            summaryFile: directory.path(of: SessionDirectory.summaryName), links: links)
    }

    /// Writes the reports, prints the verdict, and ends by it.
    func finish() throws {
        let input = input
        let files = JudgementFiles(input: input, junit: junit, reports: reports).write(to: directory)
        try present(input, files)
        try files.finish(PipelineReport(input), to: pipeline, status: judgement.exitCode)
    }

    private func present(_ input: ReportInput, _ files: RenderedFiles) throws {
        let output = Terminal.standardOutput
        guard format == .text else { return try output.deliver(document: input.judgement) }
        guard Verbosity.current != .quiet else { return output.line(ConsoleTable.headline(of: input)) }
        let table = ConsoleTable(width: output.isTerminal ? output.width : nil, isColoured: output.showsColours(colour))
        output.write(try table.render(input))
        output.list(artefacts: files)
    }
}
