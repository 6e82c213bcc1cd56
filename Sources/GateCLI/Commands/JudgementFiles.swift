import GateCore
import GateFiles
import GateReports
import GateStream

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

    /// Where nothing can be measured, the pipeline still gets a JUnit file that says so, in place of an older one.
    static func reportingFailure<Result>(
        of configuration: Configuration, at outputPath: String, _ measure: () throws -> Result
    ) throws -> Result {
        let startedAt = now()
        let began = MonotonicClock.now()
        do {
            return try measure()
        } catch {
            let failure = CommandFailure(error)
            let seconds = Double(MonotonicClock.now() - began) / 1e9
            writeCouldNotRun(failure, configuration, outputPath: outputPath, seconds: seconds, startedAt: startedAt)
            throw failure
        }
    }

    /// Leaves a JUnit file that says why there is no session; what an earlier session left stays.
    private static func writeCouldNotRun(
        _ failure: CommandFailure, _ configuration: Configuration, outputPath: String, seconds: Double,
        startedAt: UTCTime
    ) {
        let environment = MachineFingerprint.read(source: SourceRevision())
        let attempt = FailedAttempt(
            workload: configuration.workload,
            machineClass: configuration.machineClass ?? MachineFingerprint.machineClass(of: environment),
            toolVersion: Program.version, startedAt: startedAt, seconds: seconds, hostname: environment.hostname,
            exitCode: Int(failure.code.rawValue), message: failure.message,
            remedy: failure.remedy ?? "Mend that, then run the check again.")
        do {
            let directory = try SessionDirectory.createForJudgement(at: outputPath)
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
