import GateCore
import GateFiles
import GateReports

/// Hands a verdict to the platform that runs the pipeline. What fails is a warning: it changes neither verdict nor status.
struct PipelineDelivery {
    let directory: SessionDirectory
    let variables: [String: String]

    init(_ directory: SessionDirectory, variables: [String: String] = Variables.all) {
        self.directory = directory
        self.variables = variables
    }

    func deliver(_ report: PipelineReport, to choice: PipelineOption.Choice) {
        // What an earlier judgement of the same session left there is not this one's.
        try? directory.removePlatformFiles()
        guard let platform = choice.platform(variables) else { return }
        attempt(platform) {
            let summary = directory.absolutePath(of: SessionDirectory.summaryName)
            for delivery in try report.deliveries(to: platform, summaryFile: summary) {
                attempt(platform) { try hand(over: delivery, of: report) }
            }
        }
    }

    private func hand(over delivery: PipelineReport.Delivery, of report: PipelineReport) throws {
        switch delivery {
        case .append(let text, let variable):
            guard let path = path(variable) else { return }
            try AppendedFile.append(to: path) { _ in text }
        case .summary(let variable, let limit):
            guard let path = path(variable) else { return }
            try AppendedFile.append(to: path) { present in
                // Without room for its first sentences a summary says nothing.
                guard limit - present > PipelineDelivery.leastSummary else { throw FullSummary(path: path) }
                return try report.summary(within: limit - present)
            }
        case .file(.metrics, let text):
            try write(text, as: SessionDirectory.metricsName)
        case .file(.annotation, let text):
            try write(text, as: SessionDirectory.annotationName(job: variables["BUILDKITE_JOB_ID"] ?? ""))
        case .log(let lines):
            // Standard output is what the command was called for, and runners read both. Made harmless already.
            Terminal.standardError.write(lines.map { $0 + "\n" }.joined())
        }
    }

    private func write(_ text: String, as name: String) throws {
        let path = directory.path(of: name)
        try AtomicFile.write(text, to: path)
        Terminal.standardError.note("for the pipeline: \(path)")
    }

    private func path(_ variable: String) -> String? { variables[variable].flatMap { $0.isEmpty ? nil : $0 } }

    private func attempt(_ platform: PipelineJob.Platform, _ body: () throws -> Void) {
        do {
            try body()
        } catch {
            Terminal.standardError.warning("\(platform.words) was not told all of the verdict: \(error)")
        }
    }

    /// Bytes.
    private static let leastSummary = 1_024

    private struct FullSummary: Error, CustomStringConvertible {
        let path: String
        var description: String {
            "the step's summary '\(path)' is full. Keep what other commands of the step write there short; summary.md has it all."
        }
    }
}
