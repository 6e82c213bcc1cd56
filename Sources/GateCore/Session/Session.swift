/// One call of the workload: a stage with every attempt that was made.
public struct StageResult: Codable, Sendable, Equatable {
    public let name: StageName
    /// Who spoke: `collector`, `insight`, or the single agent `analyst`; `command` for a command's calls.
    public let agent: String
    /// From its start to its end.
    public let wallSeconds: Double
    /// All attempts in order; the last one decides.
    public var exchanges: [Exchange]

    public init(name: StageName, agent: String, wallSeconds: Double, exchanges: [Exchange]) {
        self.name = name
        self.agent = agent
        self.wallSeconds = wallSeconds
        self.exchanges = exchanges
    }
}

/// One pass through the workload: ingest and every stage, or one start of a command, each of whose calls is a stage of its
/// own with one attempt; several calls may then share a name.
public struct Run: Codable, Sendable, Equatable {
    /// 1 for the first.
    public let index: Int
    /// A run that only warms the server up: kept, reported, never judged.
    public let isWarmup: Bool
    public let startedAt: UTCTime
    /// In order.
    public var stages: [StageResult]
    /// Wall times (`ingest`, `analysis`, `report`, `workflow`) in seconds; a stage that failed has none.
    public internal(set) var measurements: Measurements
    /// Relative to the session directory; nil where the run failed before it could write one.
    public let reportFile: String?
    /// Relative to the session directory.
    public let factsFile: String?
    /// Why the report is no whole one, so that its durations are not judged; empty for a whole one, nil where there is
    /// none and in sessions of before reports were marked.
    public var reportMarks: [ReportMark]?
    /// What many requests together measured; nil for a run of any other workload than `load`, which has no stages.
    public let load: LoadWindow?
    /// How the command ended and what it left; nil for a run of any other workload than `command`.
    public let command: CommandRun?
    /// What another tool measured; nil for a run of our own. Not empty.
    public let imported: [ImportedFigures]?
    /// What else went on meanwhile; nil in sessions of before it was watched.
    public let interference: Interference?
    /// Whose run it is; nil in a session that has no base.
    public let arm: Arm?
    /// Counted from 1; nil for a run outside pairs.
    public let pair: Int?

    public init(
        index: Int, isWarmup: Bool, startedAt: UTCTime, stages: [StageResult], measurements: Measurements,
        reportFile: String?, factsFile: String?, reportMarks: [ReportMark]? = nil, load: LoadWindow? = nil,
        command: CommandRun? = nil, imported: [ImportedFigures]? = nil, interference: Interference? = nil,
        arm: Arm? = nil, pair: Int? = nil
    ) {
        self.index = index
        self.isWarmup = isWarmup
        self.startedAt = startedAt
        self.stages = stages
        self.measurements = measurements
        self.reportFile = reportFile
        self.factsFile = factsFile
        self.reportMarks = reportMarks
        self.load = load
        self.command = command
        self.imported = imported
        self.interference = interference
        self.arm = arm
        self.pair = pair
    }

    /// True when the last attempt of every stage succeeded and there was at least one stage; for a window of many
    /// requests, when one of them succeeded; for a command, when that did: a call that it made again is its own affair; of
    /// another tool, when it has figures.
    public var isComplete: Bool {
        if let imported { return !imported.isEmpty }
        if let command { return command.failure == nil }
        if let load { return load.completed > 0 }
        return !stages.isEmpty && stages.allSatisfy { $0.exchanges.last?.outcome.isValid == true }
    }
}

extension Run {
    /// `runs/0001`, relative to the session directory.
    public static func folder(of index: Int) -> String {
        let digits = String(index)
        return "runs/\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
    }
}

/// Where and on what a session was measured.
public struct Environment: Codable, Sendable, Equatable {
    /// The machine's name.
    public var hostname: String
    /// Name and version.
    public var operatingSystem: String
    /// Release of the kernel.
    public var kernel: String
    /// Such as x86_64.
    public var architecture: String
    /// The processor's name.
    public var cpuModel: String
    /// Logical processors.
    public var cpuCount: Int
    /// Main memory.
    public var memoryBytes: Int64
    /// Load average over one minute when the session began; nil where it cannot be read. At least 0.
    public var loadAverage: Double?
    /// The commit that was checked out, hexadecimal; nil outside a git repository.
    public var commit: String?
    /// True when tracked files differed from that commit.
    public var isDirty: Bool?
    /// Branch, tag or merge reference; nil where unknown.
    public var ref: String?
    /// Sorted by name, empty where there is none; nil in sessions of before they were looked for.
    public var gpus: [GPUIdentity]?
    /// nil where nothing limits us, and in sessions of before it was looked for.
    public var limits: ContainerLimits?
    /// `none`, `vm`, or whose virtual machine it is, with `container` behind it in one; nil where it is not known.
    public var virtualization: String?
    /// What the pipeline calls the machine; nil outside of one.
    public var runner: String?
    /// nil outside of a pipeline, and in sessions of before it was looked for.
    public var pipeline: PipelineJob?

    public init(
        hostname: String, operatingSystem: String, kernel: String, architecture: String, cpuModel: String,
        cpuCount: Int, memoryBytes: Int64, loadAverage: Double? = nil, commit: String? = nil, isDirty: Bool? = nil,
        ref: String? = nil, gpus: [GPUIdentity]? = nil, limits: ContainerLimits? = nil, virtualization: String? = nil,
        runner: String? = nil, pipeline: PipelineJob? = nil
    ) {
        self.hostname = hostname
        self.operatingSystem = operatingSystem
        self.kernel = kernel
        self.architecture = architecture
        self.cpuModel = cpuModel
        self.cpuCount = cpuCount
        self.memoryBytes = memoryBytes
        self.loadAverage = loadAverage
        self.commit = commit
        self.isDirty = isDirty
        self.ref = ref
        self.gpus = gpus
        self.limits = limits
        self.virtualization = virtualization
        self.runner = runner
        self.pipeline = pipeline
    }
}

/// Which program answered.
public struct ServerIdentity: Codable, Sendable, Equatable {
    public var api: ServerAPI
    /// `ollama`, `llama-server`, `vllm`, `replay`, or `unknown`.
    public var product: String
    public var version: String?
    /// Without user name or password.
    public var url: String
    /// How it was started, as far as it says; nil where it says nothing.
    public var options: ServerOptions?

    public init(api: ServerAPI, product: String, version: String?, url: String, options: ServerOptions? = nil) {
        self.api = api
        self.product = product
        self.version = version
        self.url = url
        self.options = options
    }
}

/// Another program that measured; its files were imported.
public struct ToolIdentity: Codable, Sendable, Equatable {
    /// `hyperfine`, `CSV`. Not empty.
    public let name: String
    /// nil where its files do not say.
    public let version: String?

    public init(name: String, version: String?) {
        self.name = name
        self.version = version
    }
}

/// Where figures come from.
public enum Origin: Sendable, Equatable {
    /// A model server that was asked.
    case server(ServerIdentity)
    /// Files of another tool: what that asked is not known.
    case tool(ToolIdentity)

    public var server: ServerIdentity? { if case .server(let server) = self { server } else { nil } }

    /// For people: `server` and `ollama 0.5.7`.
    public var words: (what: String, value: String) {
        switch self {
        case .server(let server):
            ("server", [server.product, server.version].compactMap(\.self).joined(separator: " "))
        case .tool(let tool): ("imported from", [tool.name, tool.version].compactMap(\.self).joined(separator: " "))
        }
    }

    /// In a document, where one of both is there.
    var members: (server: ServerIdentity?, tool: ToolIdentity?) {
        switch self {
        case .server(let server): (server, nil)
        case .tool(let tool): (nil, tool)
        }
    }

    /// - Parameter isImported: of documents that call the tool their server, as those of before had it.
    init(server: ServerIdentity?, tool: ToolIdentity?, isImported: Bool) {
        if let server, !isImported {
            self = .server(server)
        } else {
            self = .tool(tool ?? ToolIdentity(name: server?.product ?? "", version: server?.version))
        }
    }
}

/// Which model answered, as far as the server tells.
public struct ModelIdentity: Codable, Sendable, Equatable {
    /// As it was asked for.
    public var name: String
    /// Of the model's file.
    public var digest: String?
    /// Such as Q8_0.
    public var quantization: String?
    /// Such as 135M.
    public var parameters: String?
    /// Tokens.
    public var contextLength: Int?

    public init(
        name: String, digest: String? = nil, quantization: String? = nil, parameters: String? = nil,
        contextLength: Int? = nil
    ) {
        self.name = name
        self.digest = digest
        self.quantization = quantization
        self.parameters = parameters
        self.contextLength = contextLength
    }
}

/// Which data was analysed.
public struct CorpusIdentity: Codable, Sendable, Equatable {
    /// SHA-256 over the paths and contents of all files, hexadecimal.
    public let sha256: String
    /// Files that were read.
    public let files: Int
    /// Their size together.
    public let bytes: Int64
    /// Numbers with an owner.
    public let facts: Int
    /// Files that could not be read.
    public let unreadable: Int

    public init(sha256: String, files: Int, bytes: Int64, facts: Int, unreadable: Int) {
        self.sha256 = sha256
        self.files = files
        self.bytes = bytes
        self.facts = facts
        self.unreadable = unreadable
    }

    /// `12 files, 340 facts`
    public var words: String {
        guard files > 0 || unreadable > 0 else { return "none is known" }
        return "\(DisplayFormat.count(files, "file")), \(DisplayFormat.count(facts, "fact"))"
    }
}

/// Something that makes figures doubtful or an option ineffective, and what to do about it. Travels with the result.
public struct Warning: Codable, Sendable, Equatable, Hashable {
    /// What happened.
    public let message: String
    /// What to do about it.
    public let remedy: String

    public init(_ message: String, remedy: String) {
        self.message = message
        self.remedy = remedy
    }
}

/// Runs of one workload on one machine in one job: what `run` writes and everything after it continues from.
public struct Session: Codable, Sendable, Equatable {
    public static let currentFormatVersion = 1

    public let formatVersion: Int
    /// Unique. Not empty.
    public let id: String
    /// The version of chimera-gate.
    public let toolVersion: String
    public let workload: WorkloadKind
    /// A name that can be part of a path.
    public let machineClass: String
    public let startedAt: UTCTime
    /// Advances with every finished run, so that an interrupted session says how far it came.
    public var finishedAt: UTCTime
    public var environment: Environment
    private let server: ServerIdentity?
    private let tool: ToolIdentity?
    /// Of a command whose configuration names none, the model of its first call.
    public var model: ModelIdentity
    /// nil of what another tool measured; such sessions of before have one without files.
    public let corpus: CorpusIdentity?
    /// Everything that was configured, defaults filled in.
    public internal(set) var configuration: Configuration
    /// SHA-256 of what the agent is told besides its data, hexadecimal; nil for a load, and in sessions of before it was
    /// kept.
    public let prompts: String?
    /// Seconds from spawn to ready, at least 0, one for each time that chimera-gate started the server itself.
    public var serverStarts: [Double]
    /// One for each time that the model was unloaded and loaded again on purpose; nil where it never was.
    public var modelLoads: [ModelLoad]?
    /// In order.
    public var runs: [Run]
    /// What makes figures doubtful.
    public var warnings: [Warning]
    /// What the head was measured beside; nil where one side alone was measured.
    public var base: BaseArm?

    public init(
        id: String, toolVersion: String, workload: WorkloadKind, machineClass: String, startedAt: UTCTime,
        finishedAt: UTCTime, environment: Environment, origin: Origin, model: ModelIdentity,
        corpus: CorpusIdentity?, configuration: Configuration, serverStarts: [Double], modelLoads: [ModelLoad]? = nil,
        runs: [Run], warnings: [Warning], base: BaseArm? = nil, prompts: String? = nil
    ) {
        self.formatVersion = Session.currentFormatVersion
        self.id = id
        self.toolVersion = toolVersion
        self.workload = workload
        self.machineClass = machineClass
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.environment = environment
        (server, tool) = origin.members
        self.model = model
        self.corpus = corpus
        self.configuration = configuration
        self.prompts = prompts
        self.serverStarts = serverStarts
        self.modelLoads = modelLoads
        self.runs = runs
        self.warnings = warnings
        self.base = base
    }

    public var origin: Origin { Origin(server: server, tool: tool, isImported: workload == .imported) }
    /// False of a document that names neither a server, with the corpus that it was asked about, nor a tool, or both.
    public var hasOrigin: Bool { (server == nil) != (tool == nil) && (server == nil || corpus != nil) }
}
