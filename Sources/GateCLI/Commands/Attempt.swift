import ArgumentParser
import GateBaselines
import GateClock
import GateCore
import GateFiles
import GateMeasure
import GateReports
import GateStream
import GateVerdict
import Glibc
import Synchronization

/// One call of a command that leaves files in a session directory. Whatever ends it, junit.xml, summary.md and
/// verdict.json are of this call: those of a judgement, or those that say why there is none.
struct Attempt: Sendable {
    let outputPath: String
    /// What is known of it: by flags, and once the configuration is read all of it.
    private var workload: WorkloadKind?
    private var name: String?
    private var machineClass: String?
    let junit: JUnitFlavour
    let pipeline: PipelineOption.Choice
    private let startedAt: UTCTime
    private let beganNs: Int64

    /// The one that is under way, for the thread that answers a signal.
    private static let current = Mutex<Attempt?>(nil)
    /// What is left to do when a command that runs until a signal gets one.
    private static let ending = Mutex<(@Sendable (_ signal: Int32) -> Void)?>(nil)

    /// For a command with an end of its own: the work that is done when a signal comes, before the program exits.
    static func endsBySignal(_ finish: @escaping @Sendable (_ signal: Int32) -> Void) {
        ending.withLock { $0 = finish }
    }

    private init(
        outputPath: String, workload: WorkloadKind? = nil, name: String? = nil, machineClass: String? = nil,
        junit: JUnitFlavour, pipeline: PipelineOption.Choice
    ) {
        self.outputPath = outputPath
        self.workload = workload
        self.name = name
        self.junit = junit
        self.pipeline = pipeline
        self.machineClass = machineClass
        startedAt = WallClock.time
        beganNs = MonotonicClock.now()
    }

    /// Measures, and judges where the command does.
    ///
    /// - Parameter body: throws `ExitCode` where the files of its own judgement are written.
    static func measuring<Result>(
        into outputPath: String, baselines: String = BaselineStore.defaultDirectory, workload: WorkloadKind? = nil,
        name: String? = nil, machineClass: String? = nil,
        junit: JUnitFlavour = .jenkins, pipeline: PipelineOption.Choice = .off, _ body: () throws -> Result
    ) throws -> Result {
        // Where this is refused, the folder is another's, and its files with it.
        try refuse(outputPath, in: baselines)
        try SessionDirectory.beginCall(at: outputPath)
        return try Attempt(
            outputPath: outputPath, workload: workload, name: name, machineClass: machineClass, junit: junit,
            pipeline: pipeline
        ).perform(body)
    }

    /// A session among approved baselines would be committed with them.
    static func refuse(_ path: String, in folder: String) throws {
        let baselines = parts(of: folder)
        // Where baselines are kept in the working folder itself, everything is among them.
        guard parts(of: path).starts(with: baselines), !parts(of: ".").starts(with: baselines) else { return }
        throw CommandFailure(
            .cannotCreate, "'\(path)' is in the folder of approved baselines (\(folder)), where no session belongs",
            remedy: "Name another folder by --output.")
    }

    private static func parts(of path: String) -> [Substring] {
        var parts: [Substring] = []
        for part in (path.hasPrefix("/") ? path : "\(WorkingFolder.path)/\(path)").split(separator: "/")
        where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts
    }

    /// What the one that is under way measures, where that is one workload.
    static func measures(_ configuration: Configuration) {
        current.withLock { attempt in
            attempt?.workload = configuration.workload
            attempt?.name = configuration.name
            attempt?.machineClass = configuration.machineClass
        }
    }

    /// Judges a session that exists; nothing but the files of its judgement changes.
    static func judging<Result>(
        _ path: String, junit: JUnitFlavour, pipeline: PipelineOption.Choice, _ body: () throws -> Result
    ) throws -> Result {
        let session = try SessionDirectory.open(at: path)
        return try Attempt(outputPath: session.path, junit: junit, pipeline: pipeline).perform(body)
    }

    /// Judges the sessions of several workloads.
    static func judging<Result>(
        _ folder: WorkloadFolder, junit: JUnitFlavour, pipeline: PipelineOption.Choice, _ body: () throws -> Result
    ) throws -> Result {
        try Attempt(outputPath: folder.path, junit: junit, pipeline: pipeline).perform(body)
    }

    /// One of several workloads: what ends it ends none of the others.
    static func part<Value>(
        of path: String, workload: WorkloadKind?, name: String, machineClass: String?, _ body: () throws -> Value
    ) -> PartOutcome<Value> {
        let attempt = Attempt(
            outputPath: path, workload: workload, name: name, machineClass: machineClass, junit: .jenkins,
            pipeline: .off)
        do {
            return .done(try body())
        } catch {
            let failure = CommandFailure(error)
            return .failed(
                attempt.ended(
                    failure.code.rawValue, failure.message,
                    failure.remedy ?? "Mend that, then run the command again."))
        }
    }

    /// What became of one of several workloads.
    enum PartOutcome<Value> {
        case done(Value)
        case failed(FailedAttempt)
    }

    private func perform<Result>(_ body: () throws -> Result) throws -> Result {
        Attempt.current.withLock { $0 = self }
        defer { Attempt.current.withLock { $0 = nil } }
        do {
            return try body()
        } catch let code as ExitCode {
            throw code
        } catch {
            let failure = CommandFailure(error)
            let known = Attempt.current.withLock { $0 } ?? self
            do {
                let directory = try SessionDirectory.createForJudgement(at: outputPath)
                write(
                    known.ended(
                        failure.code.rawValue, failure.message,
                        failure.remedy ?? "Mend that, then run the command again."),
                    to: directory)
            } catch {
                // Where the folder itself is the trouble, that is said already.
                if "\(error)" != failure.message { Terminal.standardError.error("\(error)") }
            }
            throw failure
        }
    }

    /// Answers a signal: from here on nobody else writes. Says what is kept and how to judge it, in the files, too.
    static func interrupt(by signal: Int32) {
        if let finish = ending.withLock({ $0 }) { return finish(signal) }
        LiveProgress.onStandardError.end()
        DiskSeal.close()
        let name = interruption(by: signal)
        guard let attempt = current.withLock({ $0 }) else {
            Terminal.standardError.note(name)
            return
        }
        let directory = SessionDirectory.ofStoppedCall(at: attempt.outputPath)
        let folder = try? WorkloadFolder.open(at: attempt.outputPath)
        let session = try? directory.session()
        let kept = folder.map(\.keptRuns) ?? session?.runs.count ?? 0
        let all = session.map { $0.configuration.warmupRuns + $0.configuration.runs } ?? 0
        let (message, remedy) =
            kept == 0
            ? ("\(name) before a run was finished: nothing is kept", "Run the command again.")
            : (
                "\(name): \(kept) \(kept == 1 ? "run is" : "runs are") kept in '\(directory.path)'"
                    + (session?.base == nil && all > 0 ? ", of \(all)" : ""),
                "Judge what is kept by 'chimera-gate check --session \(directory.path)', approve it by 'chimera-gate"
                    + " baseline approve --session \(directory.path) --allow runs --reason …', or go on by the same command"
                    + " with --resume."
            )
        Terminal.standardError.note("\(message). \(remedy)")
        attempt.write(attempt.ended(128 + signal, message, remedy, isInterrupted: true), to: directory)
    }

    private func ended(
        _ exitCode: Int32, _ message: String, _ remedy: String, isInterrupted: Bool = false
    ) -> FailedAttempt {
        let session = try? SessionDirectory.ofStoppedCall(at: outputPath).session()
        let environment = MachineFingerprint.read(source: SourceRevision())
        return FailedAttempt(
            workload: session?.workload ?? workload ?? .analysis, name: session?.configuration.name ?? name,
            machineClass: session?.machineClass ?? machineClass ?? MachineFingerprint.machineClass(of: environment),
            toolVersion: ToolVersion.current, startedAt: startedAt,
            seconds: Double(MonotonicClock.now() - beganNs) / 1e9, hostname: environment.hostname,
            sessionId: session?.id, isInterrupted: isInterrupted, exitCode: Int(exitCode), message: message,
            remedy: remedy)
    }

    private func write(_ attempt: FailedAttempt, to directory: SessionDirectory) {
        var files = RenderedFiles(in: directory)
        files.write([
            RenderedFiles.verdict(attempt.judgement),
            (SessionDirectory.junitName, { try JUnitReport(flavour: junit).couldNotRun(attempt) }),
            (SessionDirectory.summaryName, { SummaryMarkdown.couldNotRun(attempt) }),
        ])
        files.tell(PipelineReport(attempt), to: pipeline)
    }

    /// `interrupted by SIGTERM`
    static func interruption(by signal: Int32) -> String {
        let names = [SIGINT: "SIGINT", SIGTERM: "SIGTERM", SIGHUP: "SIGHUP", SIGQUIT: "SIGQUIT"]
        return "interrupted by \(names[signal] ?? "signal \(signal)")"
    }
}

extension WorkloadFolder {
    /// Of the workloads that were measured so far.
    fileprivate var keptRuns: Int {
        list.measured.reduce(0) { sum, name in
            sum + ((try? SessionDirectory.ofStoppedCall(at: path(ofSession: name)).session())?.runs.count ?? 0)
        }
    }
}
