import GateClock
import GateCore
import GateCorpus
import GateFiles
import GateProxy
import GateStream

/// What passed a proxy of its own, as a session of one run: that of a command which somebody else started.
struct ProxySession {
    /// Which data the agent may have read, when the proxy began.
    struct ReadData {
        let identity: CorpusIdentity
        let warnings: [Warning]

        init(_ corpus: Corpus) {
            identity = corpus.identity
            warnings = SessionWarnings.ofPassedCalls(corpus)
        }
    }

    let configuration: Configuration
    private let data: ReadData
    let startedAt: UTCTime
    private let calls: [SeenCall]

    /// nil where no call asked a model.
    init?(configuration: Configuration, data: ReadData, startedAt: UTCTime, calls: [ProxiedCall]) {
        self.calls = calls.filter(\.asksAModel).map(SeenCall.init)
        guard !self.calls.isEmpty else { return nil }
        self.configuration = configuration
        self.data = data
        self.startedAt = startedAt
    }

    /// The configuration with the workload that it is: a command that we did not start.
    static func configuration(_ configuration: Configuration, _ options: ProxyListening) -> Configuration {
        var made = configuration
        made.workload = .command
        var command = CommandConfiguration()
        command.stages = configuration.command?.stages ?? []
        command.stageHeader = options.stageHeader.lowercased()
        command.stream = options.forcesStream ? .force : .asAsked
        command.prices = configuration.command?.prices ?? []
        made.command = command
        (made.runs, made.warmupRuns, made.coldStarts) = (1, 0, 0)
        return made
    }

    /// Writes the session with its recordings, and returns it.
    func write(to directory: SessionDirectory) throws -> Session {
        let command = configuration.command ?? CommandConfiguration()
        let rules = CallStages(command.stages)
        let names = rules.names(of: calls)
        let stages = calls.stages(names, run: 1)
        let (began, ended) = (calls.map(\.beganNs).min() ?? 0, calls.map(\.endedNs).max() ?? 0)
        let busy = CommandEnd.covered(calls.map { ($0.beganNs, $0.endedNs) })
        var asked = configuration
        asked.agent.model = stages.flatMap(\.exchanges).compactMap(\.request).mainModel ?? ""
        var session = Session(
            measuring: asked, corpus: data.identity, profile: profile(asked), serverStarts: [],
            warnings: data.warnings)
        session.append(
            Run(
                index: 1, isWarmup: false, startedAt: startedAt, stages: stages,
                measurements: Measurements(
                    ofCommand: command, calls: stages.flatMap(\.exchanges), wall: Double(ended - began) / 1e9,
                    outsideModel: Double(max(0, ended - began - busy)) / 1e9, cpuSeconds: nil, peakBytes: nil),
                reportFile: nil, factsFile: nil,
                command: CommandRun(ended: "the proxy was ended", refusedStages: rules.refused(of: calls))),
            warnings: session.warnings)
        session.warnings += session.stageWarnings
        try directory.write(calls.recordings(names, run: 1), run: 1)
        try directory.write(session)
        return session
    }

    /// What the server says of itself, as long as it is there.
    private func profile(_ configuration: Configuration) -> ServerProfile {
        let token = try? BearerToken.read(for: configuration.server)
        let client = try? ModelClient(server: configuration.server, agent: configuration.agent, token: token)
        return (try? client?.identify())
            ?? ServerProfile(unknownOf: configuration)
    }
}
