import GateCore
import GateCorpus
import GateFiles
import GateStream
import GateWorkload
import Glibc

/// Runs a workload several times and writes its session directory, run by run, so that a crash keeps what was measured.
struct SessionRun {
    let configuration: Configuration
    let corpusFolder: String
    let outputPath: String
    /// Whether the user said which server; without that, Ollama's usual address is tried.
    let isServerNamed: Bool
    let progress: Progress

    /// Returns the finished session and where it is.
    func perform() throws -> (session: Session, directory: SessionDirectory) {
        // An empty corpus must end before any call is made, and before an earlier session is replaced.
        let corpus = try Ingest.read(corpusFolder, configuration.corpus)
        let client = try ModelClient(server: configuration.server, agent: configuration.agent)
        let server = try configuration.server.start.map { try start($0, client) }
        defer { server?.end() }
        let profile = try identify(client)
        // Only now, with a server at hand, is an earlier session replaced.
        let directory = try SessionDirectory.create(at: outputPath)
        progress.note(
            "\(profile.product.rawValue) serves \(profile.model.name) at \(profile.server.url);"
                + " \(configuration.workload.rawValue) workload, \(configuration.runs) runs")
        var session = newSession(corpus: corpus, profile: profile, starts: server.map { [$0.loadSeconds] } ?? [])
        try directory.write(session)
        try ColdStarts(configuration: configuration, server: server, progress: progress).measure(into: &session) {
            try directory.write($0)
        }
        try measure(client, profile, directory: directory, session: &session)
        return (session, directory)
    }

    private func identify(_ client: ModelClient) throws(CommandFailure) -> ServerProfile {
        do throws(ProbeError) {
            return try client.identify()
        } catch {
            throw CommandFailure.noServer(error, isNamed: isServerNamed)
        }
    }

    private func start(_ command: [String], _ client: ModelClient) throws -> StartedServer {
        let logPath = try SessionDirectory.createForJudgement(at: outputPath).path(of: SessionDirectory.serverLogName)
        return try StartedServer(
            command: command, configuration: configuration.server, client: client, logPath: logPath, progress: progress)
    }

    private func measure(
        _ client: ModelClient, _ profile: ServerProfile, directory: SessionDirectory, session: inout Session
    ) throws {
        let count = configuration.warmupRuns + configuration.runs
        let warnings = session.warnings
        for index in 1...count {
            let isWarmup = index <= configuration.warmupRuns
            let watch = RunWatch()
            let workload = Workload(
                configuration: configuration, profile: profile, client: client,
                ingest: { try watch.ingesting { try Ingest.read(corpusFolder, configuration.corpus) } },
                progress: { progress.run(index, of: count, isWarmup: isWarmup, $0) })
            let result = try workload.run(index: index, isWarmup: isWarmup, startedAt: now())
            session.runs.append(try write(result, watch.finish(), to: directory))
            session.classifyModelStates()
            session.warnings = warnings + session.interferenceWarnings()
            session.finishedAt = now()
            try directory.write(session)
            if let hopeless = result.run.hopelessReason {
                session.warnings.append(
                    Warning(
                        "stopped after run \(index) of \(count): every further call would fail like this one"
                            + " (\(hopeless.detail))",
                        remedy: "Mend the cause, then run again."))
                try directory.write(session)
                break
            }
        }
        if session.lacksTokenCounts {
            session.warnings.append(
                Warning(
                    "the server counted no tokens, so that there is no throughput",
                    remedy: "Use a server that reports usage in its stream (OpenAI's stream_options.include_usage)."))
            try directory.write(session)
        }
    }

    private func newSession(corpus: Corpus, profile: ServerProfile, starts: [Double]) -> Session {
        let environment = MachineFingerprint.read(source: SourceRevision.read())
        let began = now()
        return Session(
            id: SessionRun.sessionId(at: began), toolVersion: Program.version, workload: configuration.workload,
            machineClass: configuration.machineClass ?? MachineFingerprint.machineClass(of: environment),
            startedAt: began, finishedAt: began, environment: environment, server: profile.server,
            model: profile.model, corpus: corpus.identity, configuration: configuration, serverStarts: starts, runs: [],
            warnings: SessionWarnings.list(
                configuration: configuration, corpus: corpus, profile: profile))
    }

    private func write(
        _ result: WorkloadRun, _ interference: Interference, to directory: SessionDirectory
    ) throws -> Run {
        let index = result.run.index
        let factsFile = try directory.writeFacts(result.facts, run: index)
        try directory.write(result.recordings, run: index)
        if let inventory = result.inventory { try directory.write(inventory, as: .inventory, run: index) }
        let reportFile = try result.report.map { try directory.write($0, as: .report, run: index) }
        return Run(
            index: index, isWarmup: result.run.isWarmup, startedAt: result.run.startedAt, stages: result.run.stages,
            measurements: result.run.measurements, reportFile: reportFile, factsFile: factsFile,
            interference: interference)
    }

    /// Unique and sortable: the time, then 32 random bits.
    static func sessionId(at time: UTCTime) -> String {
        let stamp = time.description.filter { $0 != "-" && $0 != ":" }
        let suffix = String(UInt32.random(in: .min ... .max), radix: 16)
        return "\(stamp)-\(String(repeating: "0", count: 8 - suffix.count))\(suffix)"
    }
}

extension Session {
    /// True where a valid call came without the server's count of its tokens.
    fileprivate var lacksTokenCounts: Bool {
        decisiveExchanges.contains { $0.exchange.outcome.isValid && $0.exchange.server.tokens == nil }
    }
}

extension Run {
    /// The reason of a call that no repetition can mend; nil where there is none.
    var hopelessReason: InvalidCall? {
        stages.compactMap { $0.exchanges.last?.invalidReason }.first { reason in
            switch reason.kind {
            case .modelNotFound, .unauthorized, .contextOverflow, .redirected, .tlsFailed, .hostNotFound,
                .connectionRefused:
                true
            default: false
            }
        }
    }
}

/// The wall clock in whole seconds.
func now() -> UTCTime { UTCTime(unixSeconds: Int64(time(nil))) }
