import GateClock
import GateCore
import GateCorpus
import GateFiles
import GateStream
import GateWorkload

/// One side that is measured: a configuration, a corpus, and a server that answers.
struct MeasuredArm {
    let configuration: Configuration
    let corpusFolder: String
    let client: ModelClient
    let profile: ServerProfile
    /// nil in a session with one side.
    let arm: Arm?
    /// nil for any other workload than `command`.
    var command: CommandWorkload?

    /// Runs the workload once; what it leaves is on disk when this returns.
    ///
    /// - Parameter name: of the run for those who wait, as in `run 3/5`.
    func run(
        _ index: Int, named name: String, isWarmup: Bool, pair: Int? = nil, in directory: SessionDirectory,
        progress: ProgressNotes
    ) throws -> Run {
        if let command {
            let watch = RunWatch()
            let outcome = try command.run(index, named: name, in: directory, progress: progress)
            return marked(
                Run(
                    index: index, isWarmup: isWarmup, startedAt: outcome.startedAt, stages: outcome.stages,
                    measurements: outcome.measurements, reportFile: outcome.reportFile, factsFile: outcome.factsFile,
                    command: outcome.command, interference: watch.finish(), arm: arm, pair: pair), in: directory)
        }
        let watch = RunWatch()
        let workload = Workload(
            configuration: configuration, profile: profile, client: client,
            ingest: { try watch.ingesting { try Ingest.read(corpusFolder, configuration.corpus) } },
            progress: { progress.run(name, $0) })
        let answer = client.answer
        let result = try progress.showing({ answer.now?.words(at: MonotonicClock.now()) }) {
            try workload.run(index: index, isWarmup: isWarmup, startedAt: WallClock.time)
        }
        let interference = watch.finish()
        let factsFile = try directory.writeFacts(result.facts, run: index)
        try directory.write(result.recordings, run: index)
        if let inventory = result.inventory { try directory.write(inventory, as: .inventory, run: index) }
        if let text = result.modelText { try directory.write(text, as: .modelText, run: index) }
        let reportFile = try result.report.map { try directory.write($0, as: .report, run: index) }
        return marked(
            Run(
                index: index, isWarmup: isWarmup, startedAt: result.run.startedAt, stages: result.run.stages,
                measurements: result.run.measurements, reportFile: reportFile, factsFile: factsFile,
                interference: interference, arm: arm, pair: pair), in: directory)
    }

    /// The run with what its report is like.
    private func marked(_ run: Run, in directory: SessionDirectory) -> Run {
        guard run.reportFile != nil else { return run }
        var run = run
        let settings = configuration.quality ?? QualitySettings()
        // What was measured is kept, also where its report is too large to be looked at.
        run.reportMarks = try? RunReport(
            run: run, directory: directory, settings: settings, day: run.startedAt.date
        ).marks()
        return run
    }

    /// Asks the server who it is; one that says that it is still loading is waited for.
    static func identify(
        _ client: ModelClient, _ server: ServerConfiguration, isServerNamed: Bool, progress: ProgressNotes
    ) throws(MeasuringError) -> ServerProfile {
        if server.start == nil { try LoadingServer.wait(for: client, of: server, progress: progress) }
        do throws(ProbeError) {
            return try client.identify()
        } catch {
            throw .noServer(error, isNamed: isServerNamed)
        }
    }
}

extension Session {
    /// A session in which nothing has been measured yet.
    init(
        measuring configuration: Configuration, corpus: CorpusIdentity, profile: ServerProfile, serverStarts: [Double],
        warnings: [Warning], base: BaseArm? = nil
    ) {
        let environment = MachineFingerprint.read(source: SourceRevision.read())
        let began = WallClock.time
        self.init(
            id: SessionRun.sessionId(at: began), toolVersion: ToolVersion.current, workload: configuration.workload,
            machineClass: configuration.machineClass ?? MachineFingerprint.machineClass(of: environment),
            startedAt: began, finishedAt: began, environment: environment,
            origin: .server(profile.server), model: profile.model, corpus: corpus, configuration: configuration,
            serverStarts: serverStarts, runs: [],
            warnings: warnings + [environment.pipeline?.warning(pooled: 0)].compactMap(\.self), base: base,
            prompts: PromptTemplates.digest(of: configuration.workload))
    }

    /// Takes a run that is on disk in, with everything that follows from it.
    ///
    /// - Parameter warnings: those of before the first run.
    mutating func append(_ run: Run, warnings: [Warning]) {
        runs.append(run)
        classifyModelStates()
        self.warnings = warnings + interferenceWarnings() + [coldPairsWarning].compactMap(\.self)
        finishedAt = WallClock.time
    }

    /// What is to be said where a valid call came without the server's count of its tokens.
    var uncountedTokens: Warning? {
        guard
            decisiveExchanges.contains(where: {
                $0.exchange.outcome.isValid && $0.exchange.request?.isGeneration != false
                    && $0.exchange.server.tokens == nil
            })
        else { return nil }
        return Warning(
            "the server counted no tokens, so that there is no throughput",
            remedy: "Use a server that reports usage in its stream (OpenAI's stream_options.include_usage).")
    }
}

extension ServerProfile {
    /// Of a server that cannot be asked what it is.
    init(unknownOf configuration: Configuration) {
        let server = configuration.server
        self.init(
            product: .unknown,
            server: ServerIdentity(
                api: server.api, product: ServerProduct.unknown.rawValue, version: nil, url: server.url),
            model: ModelIdentity(name: configuration.agent.model))
    }
}
