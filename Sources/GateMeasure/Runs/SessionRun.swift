import GateClock
package import GateCore
import GateCorpus
package import GateFiles
import GateStream
import GateWorkload

/// Runs a workload several times and writes its session directory, run by run, so that a crash keeps what was measured.
package struct SessionRun {
    package let configuration: Configuration
    package let corpusFolder: String
    package let outputPath: String
    /// Whether the user said which server; without that, Ollama's usual address is tried.
    package let isServerNamed: Bool
    package let progress: ProgressNotes
    /// Goes on with the interrupted session that is there.
    package let resumes: Bool

    package init(
        configuration: Configuration, corpusFolder: String, outputPath: String, isServerNamed: Bool,
        progress: ProgressNotes, resumes: Bool = false
    ) {
        self.configuration = configuration
        self.corpusFolder = corpusFolder
        self.outputPath = outputPath
        self.isServerNamed = isServerNamed
        self.progress = progress
        self.resumes = resumes
    }

    /// Returns the finished session and where it is.
    package func perform() throws -> (session: Session, directory: SessionDirectory) {
        // An empty corpus must end before any call is made, and before an earlier session is replaced.
        let corpus = try WorkloadCorpus.read(corpusFolder, for: configuration)
        let token = try BearerToken.read(for: configuration.server)
        let client = try ModelClient(server: configuration.server, agent: configuration.agent, token: token)
        let server = try StartedServer(
            configuration.server, client: client,
            logPath: SessionDirectory.createForJudgement(at: outputPath).path(of: SessionDirectory.serverLogName),
            progress: progress)
        defer { server?.end() }
        let profile = try MeasuredArm.identify(
            client, configuration.server, isServerNamed: isServerNamed, progress: progress)
        let fresh = Session(
            measuring: configuration, corpus: corpus.identity, profile: profile,
            serverStarts: server.map { [$0.loadSeconds] } ?? [],
            warnings: SessionWarnings.list(configuration: configuration, corpus: corpus, profile: profile))
        // Only now, with a server at hand, is an earlier session replaced.
        let resumed = resumes ? try ResumedSession.open(at: outputPath, for: fresh) : nil
        let earlier = resumes ? nil : try EarlierAttempt.open(at: outputPath, for: fresh)
        let kept = resumed ?? earlier
        let directory = try kept?.directory ?? SessionDirectory.create(at: outputPath)
        progress.note(
            "\(profile.words);"
                + " \(configuration.workload.rawValue) workload, \(DisplayFormat.count(configuration.runs, "run"))")
        var session = kept?.session ?? fresh
        try directory.write(session)
        if kept == nil {
            try ColdStarts(configuration: configuration, token: token, server: server, progress: progress).measure(
                into: &session
            ) {
                try directory.write($0)
            }
        }
        let arm = MeasuredArm(
            configuration: configuration, corpusFolder: corpusFolder, client: client, profile: profile, arm: nil,
            command: CommandWorkload(
                configuration, root: ".", corpus: corpus, model: profile.model.name, token: token))
        let pooled = earlier?.session.runs.count ?? 0
        try measure(
            arm, directory: directory, session: &session,
            warnings: kept == nil ? session.warnings : fresh.warnings(pooling: pooled), after: pooled)
        return (session, directory)
    }

    /// - Parameter others: runs of earlier attempts, which count for none of those that are to be made.
    private func measure(
        _ arm: MeasuredArm, directory: SessionDirectory, session: inout Session, warnings: [Warning],
        after others: Int
    ) throws {
        let count = configuration.warmupRuns + configuration.runs
        var left = TimeLeft(planned: count - max(0, session.runs.count - others))
        for index in 1...count where index + others > session.runs.count {
            let isWarmup = index <= configuration.warmupRuns
            let name =
                isWarmup
                ? "warm-up \(index)/\(configuration.warmupRuns)"
                : "run \(index - configuration.warmupRuns)/\(configuration.runs)"
            let began = MonotonicClock.now()
            let run = try arm.run(
                index + others, named: name, isWarmup: isWarmup, in: directory, progress: progress)
            session.append(run, warnings: warnings)
            if let model = arm.modelOfCalls(in: session) { session.model = model }
            try directory.write(session)
            let ended = left.ended(
                after: Double(MonotonicClock.now() - began) / 1e9, hasFailed: run.command?.failure != nil)
            progress.note("\(name): \(ended)")
            if let hopeless = run.hopelessReason {
                session.warnings.append(.stopped(after: name, because: hopeless))
                try directory.write(session)
                break
            }
        }
        let last = session.closingWarnings
        if !last.isEmpty {
            session.warnings += last
            try directory.write(session)
        }
    }

    /// Unique and sortable: the time, then 32 random bits.
    static func sessionId(at time: UTCTime) -> String {
        let stamp = time.description.filter { $0 != "-" && $0 != ":" }
        let suffix = String(UInt32.random(in: .min ... .max), radix: 16)
        return "\(stamp)-\(String(repeating: "0", count: 8 - suffix.count))\(suffix)"
    }
}

extension ServerProfile {
    /// `ollama serves smollm2 at http://127.0.0.1:11434`, with what is known of it.
    var words: String {
        let who = product == .unknown ? "a server that does not say which it is" : product.rawValue
        return model.name.isEmpty ? "\(who) answers at \(server.url)" : "\(who) serves \(model.name) at \(server.url)"
    }
}

extension Warning {
    /// - Parameter place: the last run that was made.
    static func stopped(after place: String, because reason: HopelessReason) -> Warning {
        let message =
            switch reason {
            case .call(let call): "stopped after \(place): every further call would fail like this one (\(call.detail))"
            case .run(let failure):
                "stopped after \(place): every further run would fail like this one (\(failure.words))"
            }
        return Warning(message, remedy: "Mend the cause, then run again.")
    }
}

/// Why nothing that is measured further could succeed.
enum HopelessReason {
    /// A call that no repetition can mend.
    case call(InvalidCall)
    /// A command that cannot work.
    case run(RunFailure)
}

extension Run {
    /// nil where another run may succeed, and for a command that did its work for all that.
    var hopelessReason: HopelessReason? {
        if let command {
            guard let failure = command.failure else { return nil }
            if failure.isHopeless || (stages.isEmpty && failure.kind != .timeLimit) { return .run(failure) }
        }
        return hopelessCall.map(HopelessReason.call)
    }

    private var hopelessCall: InvalidCall? {
        stages.compactMap { $0.exchanges.last?.invalidReason }.first { reason in
            switch reason.kind {
            case .modelNotFound, .routeNotFound, .notRecorded, .unauthorized, .contextOverflow, .redirected, .tlsFailed,
                .hostNotFound,
                .connectionRefused:
                true
            default: false
            }
        }
    }
}
