import GateClock
import GateCore
import GateFiles
import GateProcess
import GateStream
import GateWorkload
import Glibc

/// The workload of a command of the user's own: each run is one start of it.
struct CommandWorkload {
    let command: CommandConfiguration
    /// The folder that a relative `command.directory` is below.
    let root: String
    /// Empty where there is none.
    let corpus: Corpus
    let model: String
    /// The server's, to be taken out of what the command writes.
    let token: BearerToken?
    /// Opens what sees the calls of one run.
    let listen: () throws -> CallSource

    /// Bytes of each of its outputs that are kept of a run.
    static let keptOutput = 1 << 20

    /// What a run leaves besides its files.
    struct Outcome {
        let startedAt: UTCTime
        let stages: [StageResult]
        let measurements: Measurements
        let command: CommandRun
        let reportFile: String?
        let factsFile: String?
    }

    /// Starts the command once and waits for its end; what it leaves is on disk when this returns. A command that fails is
    /// data in the outcome.
    ///
    /// - Parameter name: of the run for those who wait, as in `run 3/5`.
    func run(
        _ index: Int, named name: String, in session: SessionDirectory, progress: ProgressNotes
    ) throws -> Outcome {
        let startedAt = WallClock.time
        let factsFile = corpus.files.isEmpty ? nil : try session.writeFacts(facts(startedAt, index), run: index)
        let output = try ScratchFolder()
        let folder = CommandWorkload.absolute(command.directory ?? ".", below: root)
        let search = command.report.map { ReportSearch(pattern: $0, folders: [folder, output.path]) }
        let reportsBefore = search?.files() ?? [:]
        let source = try listen()
        progress.run(name, .commandStarted(program: command.run.first ?? ""))
        let environment = CommandEnvironment(
            address: source.address, command: command, hasToken: token != nil,
            factsFile: factsFile.map { CommandWorkload.absolute(session.path(of: $0), below: ".") },
            outputFolder: output.path, run: index)
        let end = progress.showing(source.underWay) {
            CommandEnd(
                command: command,
                result: start(in: folder, environment.values).map { program in
                    guard let token else { return program }
                    return program.outputs(rewrittenBy: { token.redacted($0) })
                })
        }
        let calls = source.finish()
        if let program = end.program { try keep(program, index, session) }
        var failure = end.failure(after: calls, address: source.address)
        var report: (file: String, source: String, others: Int)?
        if failure == nil, let search {
            do throws(RunFailure) {
                report = try keepReport(search.found(before: reportsBefore), search.pattern, index, session)
            } catch { failure = error }
        }
        let stages = try keep(calls, index, session)
        let isTimeLimit = failure?.kind == .timeLimit
        failure?.call = FailedCall(unansweredOf: stages.flatMap(\.exchanges), isTimeLimit: isTimeLimit)
        let measurements = end.measurements(calls, stages.flatMap(\.exchanges))
        progress.run(
            name, .commandEnded(failure, calls: calls.count, wallSeconds: measurements["wall"] ?? 0))
        return Outcome(
            startedAt: startedAt, stages: stages, measurements: measurements,
            command: CommandRun(
                ended: end.words, failure: failure, leftBehind: end.program?.leftBehind ?? 0,
                reportSource: report?.source, refusedStages: CallStages(command.stages).refused(of: calls),
                reportsBeside: report?.others ?? 0),
            reportFile: report?.file, factsFile: factsFile)
    }

    private func start(in folder: String, _ environment: [String: String]) -> Result<WatchedProgram, ProcessError> {
        do throws(ProcessError) {
            var status = stat()
            guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw .notExecutable(
                    command.run.first ?? "", reason: "there is no folder '\(folder)' (command.directory)")
            }
            guard access(folder, X_OK) == 0 else {
                throw .notExecutable(
                    command.run.first ?? "",
                    reason:
                        "the folder '\(folder)' (command.directory) may not be entered: \(String(cString: strerror(errno)))"
                )
            }
            return .success(
                try WatchedProgram.run(
                    command: command.run, directory: folder, environment: environment,
                    timeoutSeconds: command.timeoutSeconds, keptBytes: CommandWorkload.keptOutput))
        } catch {
            // What a signal kept from starting has not failed.
            Interruption.checkpoint()
            return .failure(error)
        }
    }

    // MARK: - What it leaves

    private func facts(_ time: UTCTime, _ index: Int) -> FactsFile {
        FactsFile(
            corpus: corpus, reportId: "run-\(index)", generatedDate: time.date, model: model, agent: nil, config: [:],
            requiredSections: [], run: [:])
    }

    private func keep(_ program: WatchedProgram, _ index: Int, _ session: SessionDirectory) throws {
        try session.write(bytes: program.output.bytes, as: .standardOutput, run: index)
        try session.write(bytes: program.errors.bytes, as: .standardError, run: index)
    }

    private func keepReport(
        _ found: ReportSearch.Found, _ pattern: String, _ index: Int, _ session: SessionDirectory
    ) throws(RunFailure) -> (file: String, source: String, others: Int) {
        switch found {
        case .nothing:
            throw RunFailure(.noReport, "it wrote no report: nothing is called '\(pattern)' (command.report)")
        case .stale(let path, let modified):
            throw RunFailure(
                .staleReport,
                "it wrote no report: '\(path)' (command.report) is of \(modified.spaced), before this run")
        case .unsuitable(let path, let kind):
            throw RunFailure(
                .unreadableReport, "it wrote no report: '\(path)' (command.report) is \(kind), and no file")
        case .fresh(let path, let others):
            do {
                let bytes = try RegularFile.read(path, limit: RunReport.largest)
                let kept = token?.redacted(bytes) ?? bytes
                return (try session.write(bytes: kept, as: .report, run: index), path, others)
            } catch {
                throw RunFailure(.unreadableReport, "its report cannot be read: \(error)")
            }
        }
    }

    /// The calls as stages of their own, in the order in which they began; what was said in them is written.
    private func keep(_ calls: [SeenCall], _ index: Int, _ session: SessionDirectory) throws -> [StageResult] {
        let names = CallStages(command.stages).names(of: calls)
        try session.write(calls.recordings(names, run: index), run: index)
        return calls.stages(names, run: index)
    }

    static func absolute(_ path: String, below root: String) -> String {
        let whole = path.hasPrefix("/") ? path : "\(root)/\(path)"
        guard let resolved = realpath(whole, nil) else { return whole }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
