import GateClock
package import GateCore
package import GateFiles
import GateLoad
import GateProcess
import GateStream
import GateVerdict
import Glibc

/// Measures a load window by window and writes its session directory after each. What the server is, it is asked between
/// the windows; before the first request only where its prompt cache is defeated by a parameter that its product takes.
package struct LoadRun {
    let configuration: Configuration
    let prompts: PromptFiles
    let exchangesPath: String?
    let outputPath: String
    /// False where Ollama's usual address is tried because nothing else is configured.
    let isServerNamed: Bool
    let progress: ProgressNotes
    /// Goes on with the interrupted session that is there.
    let resumes: Bool

    package init(
        configuration: Configuration, prompts: PromptFiles, exchangesPath: String?, outputPath: String,
        isServerNamed: Bool, progress: ProgressNotes, resumes: Bool = false
    ) {
        self.configuration = configuration
        self.prompts = prompts
        self.exchangesPath = exchangesPath
        self.outputPath = outputPath
        self.isServerNamed = isServerNamed
        self.progress = progress
        self.resumes = resumes
    }

    /// Returns the finished session and where it is.
    package func perform() throws -> (session: Session, directory: SessionDirectory) {
        guard let load = configuration.load else { throw MeasuringError.loadNotConfigured }
        OpenFiles.allowAll()
        // What cannot be written must be known before anything is measured.
        var log = resumes ? nil : try exchangesPath.map { try ExchangeLog(path: $0) }
        let logPath = try SessionDirectory.createForJudgement(at: outputPath).path(of: SessionDirectory.serverLogName)
        let token = try BearerToken.read(for: configuration.server)
        let client = try ModelClient(server: configuration.server, agent: configuration.agent, token: token)
        let server = try StartedServer(configuration.server, client: client, logPath: logPath, progress: progress)
        defer { server?.end() }
        if server == nil, configuration.server.api.saysLoading {
            try LoadingServer.wait(for: client, of: configuration.server, progress: progress)
        }
        let generator = try LoadGenerator(
            server: configuration.server, agent: configuration.agent, token: token, product: product(token),
            prompts: prompts.texts.map { ChatPrompt(system: configuration.agent.persona ?? "", user: $0) }, load: load)
        let starts = server.map { [$0.loadSeconds] } ?? []
        let kept = resumes ? try interrupted(token, starts) : nil
        if resumes {
            log = try exchangesPath.map { try ExchangeLog(path: $0, keepingRuns: kept?.session.runs.count ?? 0) }
        }
        let result = Result {
            let begun = try kept ?? firstWindow(generator, token, log: log, starts: starts)
            return try measure(begun, generator, log: log)
        }
        // The requests are on disk, whatever became of the rest.
        try log?.finish()
        return try result.get()
    }

    /// The session that goes on. Others were sent requests before, so that its server may be asked what it is.
    private func interrupted(_ token: BearerToken?, _ starts: [Double]) throws -> Begun? {
        let fresh = try newSession(
            token, began: WallClock.time, loadAverage: nil, starts: starts, isServerSeen: false)
        guard let kept = try ResumedSession.open(at: outputPath, for: fresh) else { return nil }
        progress.note("going on after \(DisplayFormat.count(kept.session.runs.count, "run")) of \(count)")
        return kept
    }

    private func firstWindow(
        _ generator: LoadGenerator, _ token: BearerToken?, log: ExchangeLog?, starts: [Double]
    ) throws -> Begun {
        let loadAverage = MachineReader.loadAverage()
        let began = WallClock.time
        var left = TimeLeft(planned: count)
        let first = measure(generator, index: 1, left: &left, log: log)
        var session = try newSession(
            token, began: began, loadAverage: loadAverage, starts: starts, isServerSeen: first.load?.completed != 0)
        session.runs = [first]
        // Only now, with a server at hand, is an earlier session replaced.
        return (try SessionDirectory.create(at: outputPath), session)
    }

    private func measure(_ begun: Begun, _ generator: LoadGenerator, log: ExchangeLog?) throws -> (
        Session, SessionDirectory
    ) {
        var (directory, session) = begun
        var left = TimeLeft(planned: count - session.runs.count)
        // A server that answers nothing at all does not mend itself; one that was interrupted may have been mended.
        var answers = resumes || session.runs.last?.load?.completed != 0
        while session.runs.count < count, answers {
            // What was measured is kept, whatever becomes of the next window.
            session.warnings = session.interferenceWarnings()
            session.finishedAt = WallClock.time
            try directory.write(session)
            let run = measure(generator, index: session.runs.count + 1, left: &left, log: log)
            session.runs.append(run)
            session.finishedAt = WallClock.time
            answers = run.load?.completed != 0
        }
        session.warnings = session.interferenceWarnings()
        session.warnings += [session.environment.pipeline?.warning(pooled: 0)].compactMap(\.self)
        session.warnings += LoadWarnings.list(
            session, uncountedRequests: generator.uncountedRequests, usesGenerateRoute: generator.usesGenerateRoute)
        if log?.lacksRuns == true { session.warnings.append(.lackingExchanges(exchangesPath ?? "")) }
        try directory.write(session)
        return (session, directory)
    }

    private func measure(
        _ generator: LoadGenerator, index: Int, left: inout TimeLeft, log: ExchangeLog?
    ) -> Run {
        let startedAt = WallClock.time
        let began = MonotonicClock.now()
        let watch = RunWatch()
        let progress = LoadProgress(run: index, of: count, configuration.load, notes: progress)
        var number = 0
        let window = generator.measure { record, recorder in
            // What a signal has cut is no request of the load.
            Interruption.checkpoint()
            number += 1
            log?.append(record, id: "run-\(index)/load/\(number)")
            progress.show(recorder)
        }
        progress.ended(left.ended(after: Double(MonotonicClock.now() - began) / 1e9))
        return Run(
            index: index, isWarmup: index <= configuration.warmupRuns, startedAt: startedAt, stages: [],
            measurements: [:], reportFile: nil, factsFile: nil, load: window,
            interference: watch.finish())
    }

    private typealias Begun = (directory: SessionDirectory, session: Session)

    /// Windows that are measured.
    private var count: Int { configuration.warmupRuns + configuration.runs }

    private func newSession(
        _ token: BearerToken?, began: UTCTime, loadAverage: Double?, starts: [Double], isServerSeen: Bool
    ) throws -> Session {
        let profile = try profile(token, isServerSeen: isServerSeen)
        var environment = MachineFingerprint.read(source: SourceRevision.read())
        environment.loadAverage = loadAverage
        return Session(
            id: SessionRun.sessionId(at: began), toolVersion: ToolVersion.current, workload: .load,
            machineClass: configuration.machineClass ?? MachineFingerprint.machineClass(of: environment),
            startedAt: began, finishedAt: began, environment: environment,
            origin: .server(profile.server), model: profile.model, corpus: prompts.identity,
            configuration: configuration, serverStarts: starts,
            runs: [], warnings: [])
    }
}

extension LoadRun {
    /// Which program answers, where that decides how its prompt cache is defeated; a server that is not there will be
    /// noticed by the first request.
    private func product(_ token: BearerToken?) throws -> ServerProduct {
        guard configuration.server.api.defendsCacheByProduct, configuration.agent.promptCache == .defeat else {
            return .unknown
        }
        let client = try ModelClient(server: configuration.server, agent: configuration.agent, token: token)
        return (try? client.identify())?.product ?? .unknown
    }

    /// What was measured is kept, also when the server goes before it can be asked what it is.
    private func profile(_ token: BearerToken?, isServerSeen: Bool) throws -> ServerProfile {
        do {
            return try ModelClient(server: configuration.server, agent: configuration.agent, token: token).identify()
        } catch let error as ProbeError {
            guard isServerSeen else { throw MeasuringError.noServer(error, isNamed: isServerNamed) }
            return ServerProfile(unknownOf: configuration)
        }
    }
}

/// The limit of open files: every request in flight is one.
enum OpenFiles {
    /// Raises the soft limit to the hard one, which every user may.
    static func allowAll() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max
        else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

/// How far a window is.
private final class LoadProgress {
    private static let gapNs: Int64 = 500_000_000

    private let name: String
    private let extent: LoadExtent?
    private let notes: ProgressNotes
    private let beganNs = MonotonicClock.now()
    private var shownAt: Int64 = 0

    init(run: Int, of count: Int, _ load: LoadConfiguration?, notes: ProgressNotes) {
        name = count == 1 ? "load" : "load, run \(run)/\(count)"
        // A ramp has windows of that extent each, nobody knows how many.
        extent = load?.rampLimit == nil ? load?.extent : nil
        self.notes = notes
    }

    func ended(_ words: String) { notes.note("\(name): \(words)") }

    /// Seldom, and never between two requests that end together.
    func show(_ recorder: WindowRecorder) {
        guard notes.isWatched else { return }
        let time = MonotonicClock.now()
        guard time - shownAt >= LoadProgress.gapNs else { return }
        shownAt = time
        var (requests, passed) = (DisplayFormat.count(recorder.requests, "request"), "")
        switch extent {
        case .requests(let count)?: requests = "\(recorder.requests) of \(DisplayFormat.count(count, "request"))"
        case .seconds(let seconds)?:
            passed =
                ", \(DisplayFormat.seconds(Double(time - beganNs) / 1e9, decimals: 0)) of"
                + " \(DisplayFormat.seconds(seconds, decimals: 0)) gone"
        case nil: break
        }
        notes.passing("\(name): \(requests) ended, \(recorder.invalid) of them invalid\(passed)")
    }
}
