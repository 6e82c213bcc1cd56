import ArgumentParser
import GateCore
import GateFiles
import GateMeasure
import GateSettings
import GateVerdict
import Synchronization

/// Which configuration file is read.
struct ConfigurationFileOption: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("The configuration file (default: chimera-gate.yml, where there is one).", valueName: "file")
    )
    var path: String?

    /// What each file said when it was first asked for.
    private static let read = Mutex<[String: ConfigurationDraft]>([:])

    /// What the file says. A call reads it once, so that everything that it does follows the same text; a pipe could not
    /// be read again.
    func load() throws -> ConfigurationDraft {
        if let known = Self.read.withLock({ $0[path ?? ""] }) { return known }
        let draft = try path.map { try ConfigurationFile.load($0) } ?? ConfigurationFile.loadDefault()
        Self.read.withLock { $0[path ?? ""] = draft }
        return draft
    }
}

extension ConfigurationFileOption {
    /// What the file says of the workload that a session measured.
    func load(for session: Session) throws -> ConfigurationDraft { try load().named(session.configuration.name) }
}

/// What `run` and `check` share: what is measured, where, how often. Flags override the configuration file.
struct MeasuringOptions: ParsableArguments {
    @OptionGroup var file: ConfigurationFileOption
    @OptionGroup var corpus: CorpusOptions
    @Option(help: ArgumentHelp("Where the session directory is written.", valueName: "dir"))
    var output = SessionDirectory.defaultPath
    @OptionGroup var settings: SettingOptions<Measuring>
    @Option(
        help: ArgumentHelp(
            "A tolerance, as ttft=25% or report/throughput=5tok/s; may be repeated.", valueName: "metric=tolerance"))
    var tolerance: [String] = []
    @Flag(help: "Goes on with the interrupted session in --output, where everything is as it was.")
    var resume = false
    @OptionGroup var printing: OutputOptions
    @OptionGroup(title: "Transport") var transport: SettingOptions<Transport>

    /// The workload that the flags name; the file may name another.
    var workload: WorkloadKind? { settings.given["workload"].flatMap(WorkloadKind.init) }
    var name: String? { settings.given["name"] }

    var machineClass: String? { settings.given["machine_class"] }

    /// Whether the user said which server.
    func isServerNamed(_ draft: ConfigurationDraft) -> Bool {
        draft.isServerNamed || flags.namesServer
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
        guard configuration.workload != .imported else {
            throw CommandFailure(
                .usage,
                "the workload 'import' is what another tool measured: chimera-gate import FILE makes a session of it,"
                    + " which 'check --session' judges")
        }
        return SessionRun(
            configuration: configuration, corpusFolder: corpus.folder, outputPath: output,
            isServerNamed: isServerNamed(draft), progress: .onStandardError, resumes: resume)
    }

    /// What a session that exists is judged by: the configuration file where there is one, else the policy that the
    /// session was measured under; flags before both. A session with a base is judged by the base's policy: the file
    /// that is there is the head's.
    func policy(for session: Session) throws -> Policy {
        if let base = session.base {
            return try ConfigurationDraft().policy(flags: flags, fallback: base.configuration.policy)
        }
        return try file.load(for: session).policy(flags: flags, fallback: session.configuration.policy)
    }

    /// How often a check makes the workload run: by the configuration file where there is one, else as the session says.
    func runs(for session: Session) throws -> Int {
        try file.load(for: session).runs(fallback: session.configuration.runs)
    }

    /// How the reports of a session are judged: by the configuration file where there is one, else as the session says.
    func qualitySettings(for session: Session) throws -> QualitySettings {
        if let base = session.base { return base.configuration.quality ?? QualitySettings() }
        return try file.load(for: session).qualitySettings(fallback: session.configuration.quality)
    }

    /// The first flag that was given and has no meaning for a session that exists.
    var firstMeasuringFlag: String? {
        settings.firstMeasuringFlag ?? transport.firstMeasuringFlag ?? (resume ? "--resume" : nil)
    }

    var flags: ConfigurationFlags {
        ConfigurationFlags(settings.given.merging(transport.given) { $1 }, tolerances: tolerance)
    }
}
