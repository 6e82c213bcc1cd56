/// What is run: one agent that analyses and reports, a chain of two agents, many requests, a command of the user's
/// own, or what another tool measured.
public enum WorkloadKind: String, Codable, Sendable, CaseIterable {
    /// One agent: analysis, then report.
    case analysis
    /// Two agents in a chain: the collector's inventory is the input of the insight agent's analysis and report.
    case dual
    /// Many requests, by concurrency or rate; only `chimera-gate load` runs it.
    case load
    /// A command of the user's own, which calls the model server through our proxy.
    case command
    /// What another tool measured; only `chimera-gate import` makes sessions of it.
    case imported = "import"
}

/// What to do about the server's prompt cache.
public enum PromptCachePolicy: String, Codable, Sendable, CaseIterable {
    /// Make the server evaluate every prompt as a whole: TTFT measures work, not luck.
    case defeat
    case allow
}

/// A folder of the corpus and the file name extensions that are read in it.
public struct CorpusRoot: Codable, Sendable, Equatable {
    /// Relative to the corpus folder, with `/`.
    public let path: String
    /// Lower case, without dot: `csv`, `tsv`, `json`, `jsonl`, `ndjson`, `md`, `markdown`, `txt`, `log`, `out`.
    public let extensions: [String]

    public init(path: String, extensions: [String]) {
        self.path = path
        self.extensions = extensions
    }

    /// Those that are read in a root that names none.
    public static let supportedExtensions = ["csv", "tsv", "json", "jsonl", "ndjson", "md", "markdown"]
    /// Text is an artefact where a root names it, or where there is nothing else.
    public static let textExtensions = ["txt", "log", "out"]
    public static let defaults = ["reports", "csv_data", "artifacts"].map {
        CorpusRoot(path: $0, extensions: supportedExtensions)
    }
}

/// Which files are read.
public struct CorpusConfiguration: Codable, Sendable, Equatable {
    /// Folders and the extensions that are read in them.
    public var roots: [CorpusRoot]
    /// Files beyond this number, at least 1, are left out, and that is said.
    public var maxFiles: Int
    /// A larger file is listed as unreadable. Bytes, at least 1.
    public var maxFileBytes: Int

    public init(roots: [CorpusRoot] = CorpusRoot.defaults, maxFiles: Int = 200_000, maxFileBytes: Int = 64 << 20) {
        self.roots = roots
        self.maxFiles = maxFiles
        self.maxFileBytes = maxFileBytes
    }
}

/// The agent's model and sampling options. A nil option is left to the server's default and not sent.
public struct AgentConfiguration: Codable, Sendable, Equatable {
    public var model: String
    /// The system prompt; nil for the workload's own persona.
    public var persona: String?
    public var numGpu: Int?
    /// Context window in tokens.
    public var numCtx: Int?
    public var temperature: Double?
    public var topP: Double?
    public var topK: Int?
    public var repeatPenalty: Double?
    public var seed: Int?
    /// The token cap of one call.
    public var maxTokens: Int
    public var promptCache: PromptCachePolicy

    public init(
        model: String, persona: String? = nil, numGpu: Int? = nil, numCtx: Int? = nil, temperature: Double? = nil,
        topP: Double? = nil, topK: Int? = nil, repeatPenalty: Double? = nil, seed: Int? = nil, maxTokens: Int = 1024,
        promptCache: PromptCachePolicy = .defeat
    ) {
        self.model = model
        self.persona = persona
        self.numGpu = numGpu
        self.numCtx = numCtx
        self.temperature = temperature
        self.topP = topP
        self.topK = topK
        self.repeatPenalty = repeatPenalty
        self.seed = seed
        self.maxTokens = maxTokens
        self.promptCache = promptCache
    }
}

/// How long to wait, each in seconds, greater than 0.
public struct TimeoutConfiguration: Codable, Sendable, Equatable {
    /// From the start of a call to an established connection; more than 0.
    public var connectSeconds: Double
    /// From the request to the first content; more than 0.
    public var firstTokenSeconds: Double
    /// Between two arrivals; more than 0.
    public var idleSeconds: Double
    /// From the request to the end of the stream; more than 0.
    public var totalSeconds: Double
    /// From spawning a server to its first ready answer; more than 0.
    public var readySeconds: Double

    public init(
        connectSeconds: Double = 10, firstTokenSeconds: Double = 300, idleSeconds: Double = 60,
        totalSeconds: Double = 900, readySeconds: Double = 120
    ) {
        self.connectSeconds = connectSeconds
        self.firstTokenSeconds = firstTokenSeconds
        self.idleSeconds = idleSeconds
        self.totalSeconds = totalSeconds
        self.readySeconds = readySeconds
    }
}

/// The model server.
public struct ServerConfiguration: Codable, Sendable, Equatable {
    public var api: ServerAPI
    /// Scheme, host and port, optionally a path prefix; http or https; no user name or password.
    public var url: String
    /// A command that starts the server: program and arguments; nil for a server that already runs.
    public var start: [String]?
    public var timeouts: TimeoutConfiguration
    /// How the server is reached, beyond its address; nil where nothing of it is configured.
    public var transport: TransportConfiguration?

    public init(
        api: ServerAPI, url: String, start: [String]? = nil, timeouts: TimeoutConfiguration = TimeoutConfiguration(),
        transport: TransportConfiguration? = nil
    ) {
        self.api = api
        self.url = url
        self.start = start
        self.timeouts = timeouts
        self.transport = transport
    }
}

/// Everything that was configured, defaults filled in; part of every session.
public struct Configuration: Codable, Sendable, Equatable {
    /// Under which its baselines are kept; nil for the name of what is run.
    public var name: String?
    public var workload: WorkloadKind
    public var machineClass: String?
    public var corpus: CorpusConfiguration
    public var agent: AgentConfiguration
    public var server: ServerConfiguration
    public static let defaultRuns = 5
    /// Measured runs of a session.
    public var runs: Int
    /// Runs before them that are kept and reported but not judged.
    public var warmupRuns: Int
    /// Cold starts that are made on purpose before all runs; 0 for none.
    public var coldStarts: Int
    public var policy: Policy
    /// What the workload `load` asks for; nil for the others.
    public var load: LoadConfiguration?
    /// What the workload `command` starts; nil for the others.
    public var command: CommandConfiguration?
    /// How the reports are judged; nil where nothing is configured.
    public var quality: QualitySettings?

    public init(
        name: String? = nil, workload: WorkloadKind = .analysis, machineClass: String? = nil,
        corpus: CorpusConfiguration = CorpusConfiguration(), agent: AgentConfiguration, server: ServerConfiguration,
        runs: Int = defaultRuns, warmupRuns: Int = 0, coldStarts: Int = 0, policy: Policy = Policy(),
        load: LoadConfiguration? = nil, command: CommandConfiguration? = nil, quality: QualitySettings? = nil
    ) {
        self.name = name
        self.workload = workload
        self.machineClass = machineClass
        self.corpus = corpus
        self.agent = agent
        self.server = server
        self.runs = runs
        self.warmupRuns = warmupRuns
        self.coldStarts = coldStarts
        self.policy = policy
        self.load = load
        self.command = command
        self.quality = quality
    }
}

extension Configuration {
    private enum CodingKeys: String, CodingKey {
        case name, workload, machineClass, corpus, agent, server, runs, warmupRuns, coldStarts, policy, load, command,
            quality
    }

    /// Keys that had another name, by the older one.
    package static let renamedKeys = ["load_runs": "cold_starts"]

    private enum OlderKeys: String, CodingKey { case loadRuns }

    /// Of what another tool measured: whatever it asked, no corpus, agent or server of ours.
    public init(imported name: String?, machineClass: String?, model: String, runs: Int, policy: Policy) {
        self.init(
            name: name, workload: .imported, machineClass: machineClass, agent: AgentConfiguration(model: model),
            server: ServerConfiguration(api: .usual, url: ""), runs: runs, policy: policy)
    }

    /// Reads sessions of before `cold_starts` too, and those of when it was `load_runs`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let older = try decoder.container(keyedBy: OlderKeys.self)
        let name = try container.decodeIfPresent(String.self, forKey: .name)
        let workload = try container.decode(WorkloadKind.self, forKey: .workload)
        let machineClass = try container.decodeIfPresent(String.self, forKey: .machineClass)
        if workload == .imported {
            self.init(
                imported: name, machineClass: machineClass,
                model: try container.decodeIfPresent(AgentConfiguration.self, forKey: .agent)?.model ?? "",
                runs: try container.decode(Int.self, forKey: .runs),
                policy: try container.decode(Policy.self, forKey: .policy))
            return
        }
        self.init(
            name: name, workload: workload, machineClass: machineClass,
            corpus: try container.decode(CorpusConfiguration.self, forKey: .corpus),
            agent: try container.decode(AgentConfiguration.self, forKey: .agent),
            server: try container.decode(ServerConfiguration.self, forKey: .server),
            runs: try container.decode(Int.self, forKey: .runs),
            warmupRuns: try container.decode(Int.self, forKey: .warmupRuns),
            coldStarts: try container.decodeIfPresent(Int.self, forKey: .coldStarts)
                ?? older.decodeIfPresent(Int.self, forKey: .loadRuns) ?? 0,
            policy: try container.decode(Policy.self, forKey: .policy),
            load: try container.decodeIfPresent(LoadConfiguration.self, forKey: .load),
            command: try container.decodeIfPresent(CommandConfiguration.self, forKey: .command),
            quality: try container.decodeIfPresent(QualitySettings.self, forKey: .quality))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encode(workload, forKey: .workload)
        try container.encodeIfPresent(machineClass, forKey: .machineClass)
        if workload != .imported {
            try container.encode(corpus, forKey: .corpus)
            try container.encode(agent, forKey: .agent)
            try container.encode(server, forKey: .server)
        }
        try container.encode(runs, forKey: .runs)
        try container.encode(warmupRuns, forKey: .warmupRuns)
        try container.encode(coldStarts, forKey: .coldStarts)
        try container.encode(policy, forKey: .policy)
        try container.encodeIfPresent(load, forKey: .load)
        try container.encodeIfPresent(command, forKey: .command)
        try container.encodeIfPresent(quality, forKey: .quality)
    }
}
