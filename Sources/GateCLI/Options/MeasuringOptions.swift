import ArgumentParser
import GateCore
import GateFiles
import Glibc

/// Which configuration file is read.
struct ConfigurationFileOption: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("The configuration file (default: chimera-gate.yml, where there is one).", valueName: "file")
    )
    var path: String?

    func load() throws -> ConfigurationDraft {
        try path.map { try ConfigurationFile.load($0) } ?? ConfigurationFile.loadDefault()
    }
}

/// What `run` and `check` share: what is measured, where, how often. Flags override the configuration file.
struct MeasuringOptions: ParsableArguments {
    @OptionGroup var file: ConfigurationFileOption
    @OptionGroup var corpus: CorpusOptions
    @Option(help: ArgumentHelp("Where the session directory is written.", valueName: "dir"))
    var output = SessionDirectory.defaultPath
    @Option(help: "How often the workload is run and measured (default: 5).")
    var runs: Int?
    @Option(help: "Runs before them that are kept but not judged (default: 0).")
    var warmupRuns: Int?
    @Option(help: "Cold starts of the model, made and measured on purpose before them (default: 0).")
    var loadRuns: Int?
    @Option(help: "The workload: one agent, or two in a chain (default: analysis).")
    var workload: WorkloadKind?
    @Option(help: "The name that alike machines share (default: from system, CPUs and their model).")
    var machineClass: String?
    @Option(help: "The model to ask for.")
    var model: String?
    @Option(help: "The server's API (default: ollama).")
    var api: ServerAPI?
    @Option(help: "The address of a server that runs (default for ollama: OLLAMA_HOST).")
    var url: String?
    @Option(help: "The context window in tokens, to which prompts are fitted.")
    var numCtx: Int?
    @Option(help: "The token cap of one call (default: 1024).")
    var maxTokens: Int?
    @Option(help: "The sampling temperature.")
    var temperature: Double?
    @Option(help: "The sampling seed.")
    var seed: Int?
    @Option(
        help: ArgumentHelp(
            "A tolerance, as ttft=25% or report/throughput=5tok/s; may be repeated.", valueName: "metric=tolerance"))
    var tolerance: [String] = []
    @Option(help: "What an undecided metric does: warn (status 0) or fail (status 5).")
    var inconclusive: InconclusivePolicy?
    @OptionGroup(title: "Transport") var transport: TransportOptions

    /// The whole configuration: flags before the file, the file before the defaults.
    func configuration() throws -> Configuration {
        try file.load().resolved(flags: flags, environment: Variables.all)
    }

    /// Whether the user said which server.
    func isServerNamed(_ draft: ConfigurationDraft) -> Bool {
        draft.server.isNamed || url != nil || transport.unixSocket != nil
    }

    /// The session that these options ask for.
    func sessionRun() throws -> SessionRun {
        let draft = try file.load()
        let configuration = try draft.resolved(flags: flags, environment: Variables.all)
        guard configuration.workload != .load else {
            throw CommandFailure(
                .usage,
                "the workload 'load' is measured by 'chimera-gate load'; its session is judged by 'check --session'")
        }
        return SessionRun(
            configuration: configuration, corpusFolder: corpus.folder, outputPath: output,
            isServerNamed: isServerNamed(draft), progress: Progress())
    }

    /// What a session that exists is judged by: the configuration file where there is one, else the policy that the
    /// session was measured under; flags before both. A session with a base is judged by the base's policy: the file
    /// that is there is the head's.
    func policy(for session: Session) throws -> Policy {
        if let base = session.base {
            return try ConfigurationDraft().policy(flags: flags, fallback: base.configuration.policy)
        }
        return try file.load().policy(flags: flags, fallback: session.configuration.policy)
    }

    /// How often a check makes the workload run: by the configuration file where there is one, else as the session says.
    func runs(for session: Session) throws -> Int {
        let draft = try file.load()
        return draft.path == nil ? session.configuration.runs : draft.runs?.value ?? Configuration.defaultRuns
    }

    /// How the reports of a session are judged: by the configuration file where there is one, else as the session says.
    func qualitySettings(for session: Session) throws -> QualitySettings {
        if let base = session.base { return base.configuration.quality ?? QualitySettings() }
        return try file.load().qualitySettings(fallback: session.configuration.quality)
    }

    /// The first flag that was given and has no meaning for a session that exists.
    var firstMeasuringFlag: String? {
        let given: [(String, Any?)] = [
            ("--runs", runs), ("--warmup-runs", warmupRuns), ("--load-runs", loadRuns), ("--workload", workload),
            ("--machine-class", machineClass), ("--model", model), ("--api", api), ("--url", url),
            ("--num-ctx", numCtx), ("--max-tokens", maxTokens), ("--temperature", temperature), ("--seed", seed),
        ]
        return given.first { $0.1 != nil }?.0 ?? transport.firstFlag
    }

    var flags: ConfigurationFlags {
        ConfigurationFlags(
            workload: workload, machineClass: machineClass, model: model, numCtx: numCtx, temperature: temperature,
            seed: seed, maxTokens: maxTokens, api: api, url: url, transport: transport.flags, runs: runs,
            warmupRuns: warmupRuns,
            loadRuns: loadRuns, tolerances: tolerance, inconclusive: inconclusive)
    }
}
