import GateCore
import GateFiles
import GateReports

/// Writes what `check` leaves beside the session: JUnit XML, the summary and the verdict.
struct JudgementFiles {
    let input: ReportInput

    /// Writes every file that can be written; returns one sentence for each that could not.
    func write(to directory: SessionDirectory) -> [String] {
        let files: [(name: String, render: () throws -> String)] = [
            (
                SessionDirectory.verdictName,
                { String(decoding: try CanonicalJSON.encode(input.judgement), as: UTF8.self) }
            ),
            (SessionDirectory.junitName, { try JUnitReport().render(input) }),
            (SessionDirectory.summaryName, { try SummaryMarkdown().render(input) }),
        ]
        return files.compactMap { name, render in
            attempt { try AtomicFile.write(try render(), to: directory.path(of: name)) }
        }
    }

    /// Leaves a JUnit file that says why there is no session; what an earlier session left stays.
    static func writeCouldNotRun(_ failure: CommandFailure, run: SessionRun, seconds: Double, startedAt: UTCTime) {
        let environment = MachineFingerprint.read(source: SourceRevision())
        let attempt = FailedAttempt(
            workload: run.configuration.workload,
            machineClass: run.configuration.machineClass ?? MachineFingerprint.machineClass(of: environment),
            toolVersion: Program.version, startedAt: startedAt, seconds: seconds, hostname: environment.hostname,
            exitCode: Int(failure.code.rawValue), message: failure.message,
            remedy: failure.remedy ?? "Mend that, then run the check again.")
        do {
            let directory = try SessionDirectory.createForJudgement(at: run.outputPath)
            try AtomicFile.write(
                JUnitReport.couldNotRun(attempt), to: directory.path(of: SessionDirectory.junitName))
        } catch {
            // Where the folder itself is the trouble, that is said already.
            if "\(error)" != failure.message { Terminal.standardError.error("\(error)") }
        }
    }

    private func attempt(_ write: () throws -> Void) -> String? {
        do {
            try write()
            return nil
        } catch {
            return "\(error)"
        }
    }
}
