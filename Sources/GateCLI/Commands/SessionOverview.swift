import GateCore
import GateFiles
import GateReports
import GateVerdict

/// What `run` prints at its end: where the session is, and the medians of what was measured.
struct SessionOverview {
    let session: Session
    let directory: String

    /// For people what matters of it, for programs all.
    func deliver(as format: OutputFormat) throws {
        switch format {
        case .text: print()
        case .json:
            try Terminal.standardOutput.deliver(document: SessionOverviewDocument(session, directory: directory))
        }
    }

    private func print() {
        let output = Terminal.standardOutput
        let complete = session.measuredRuns.count(where: \.isComplete)
        let runs = DisplayFormat.count(session.measuredRuns.count, "run")
        let origin = session.origin.server == nil ? ", \(session.origin.words.what) \(session.origin.words.value)" : ""
        output.line("\(complete) of \(runs) complete\(origin); session \(session.id) in \(directory)")
        guard Verbosity.current != .quiet else { return }
        for run in session.runs {
            if let inventory = run.stages.first(where: { $0.name == .inventory }), inventory.isAnswered {
                let folder = Run.folder(of: run.index)
                let mark = inventory.isCut ? " (was cut off: the second agent read a part of an inventory)" : ""
                output.line("  \(directory)/\(folder)/inventory.md\(mark)")
            }
            guard let report = run.reportFile else { continue }
            let doubt = run.reportMarks?.words.map { " (\($0): its timings are not those of a whole report)" } ?? ""
            output.line("  \(directory)/\(report)\(doubt)")
        }
        let samples = session.samples().values.sorted { $0.check < $1.check }
        let width = samples.map { $0.check.description.count }.max() ?? 0
        for sample in samples {
            guard let summary = SampleSummary(sample.values) else { continue }
            output.line(
                "  \(ConsoleText.cell(sample.check.description, width))"
                    + "  \(DisplayFormat.value(summary.median, unit: sample.unit)) (n=\(summary.count))")
        }
        for (run, failure) in session.failedRuns { output.line("  failed: run \(run.index): \(failure.words)") }
        for (run, exchange, reason) in session.invalidExchanges {
            output.line("  invalid: run \(run), \(exchange.stage), try \(exchange.attempt): \(reason.detail)")
        }
        for warning in session.warnings { Terminal.standardError.warning("\(warning.message). \(warning.remedy)") }
    }
}
