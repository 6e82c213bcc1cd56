import ArgumentParser
import GateBaselines
import GateCore
import GateFiles
import GateMeasure
import GateReports
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

    /// The names of the workloads that are asked for; empty for what the file has.
    var names: [String] { settings.repeated["name"] ?? [name].compactMap(\.self) }

    func attempt<Result>(
        approved baselines: String = BaselineStore.defaultDirectory, junit: JUnitFlavour = .jenkins,
        pipeline: PipelineOption.Choice = .off, _ body: () throws -> Result
    ) throws -> Result {
        try Attempt.measuring(
            into: output, baselines: baselines, workload: workload, name: name, machineClass: machineClass,
            junit: junit, pipeline: pipeline, body)
    }

    /// Takes a step for each workload that is asked for, in a folder of its own where there are several.
    func attemptEach<Value>(
        approved baselines: String = BaselineStore.defaultDirectory,
        _ step: (WorkloadPlan.Member?, _ path: String) throws -> Value
    ) throws -> [Value] {
        try attempt(approved: baselines) {
            let head = try file.load()
            guard let plan = try WorkloadPlan(head: head, base: nil, names: names) else {
                return [try step(nil, output)]
            }
            let folder = try WorkloadFolder.begin(
                at: output, plan.list(configuration: head.digest(with: flags)))
            var series = WorkloadSeries()
            var values: [Value] = []
            for member in plan.members {
                series.take(member.name) { values.append(try step(member, folder.path(ofSession: member.name))) }
            }
            try series.finish()
            return values
        }
    }

    /// The session that these options ask for, of one workload.
    func sessionRun() throws -> SessionRun {
        let several = try file.load().workloadNames
        if !several.isEmpty, names.count != 1 {
            throw CommandFailure(
                .usage, "the configuration has several workloads: \(several.joined(separator: ", "))",
                remedy: "Name one of them: --name \(several[0])")
        }
        return try sessionRun(of: nil, into: output)
    }

    /// - Parameter member: of several workloads; nil for the one of the file, or the one that a flag names.
    func sessionRun(of member: WorkloadPlan.Member?, into path: String) throws -> SessionRun {
        let draft = try draft(of: member)
        let configuration = try draft.resolved(flags: member?.flags(flags) ?? flags, environment: Variables.all)
        if member == nil { Attempt.measures(configuration) }
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
            configuration: configuration, corpusFolder: corpus.folder, outputPath: path,
            isServerNamed: isServerNamed(draft), progress: .onStandardError, resumes: resumes(member, in: path))
    }

    /// Whether a session goes on that was interrupted. Of several workloads the last ones may not have begun.
    func resumes(_ member: WorkloadPlan.Member?, in path: String) -> Bool {
        resume && (member == nil || SessionDirectory.sessionLeft(at: path) != nil)
    }

    /// What the file says of one of several workloads, or of its only one.
    func draft(of member: WorkloadPlan.Member?) throws -> ConfigurationDraft {
        guard let member else { return try file.load().named(name) }
        return member.isChosen ? member.draft.named(member.name) : member.draft
    }

    /// How often a check makes the workload run: by the configuration file where there is one, else as the session says.
    func runs(for session: Session) throws -> Int {
        try file.load(for: session).runs(fallback: session.configuration.runs)
    }

    /// The first flag that was given and has no meaning for a session that exists.
    var firstMeasuringFlag: String? {
        settings.firstMeasuringFlag ?? transport.firstMeasuringFlag ?? (resume ? "--resume" : nil)
    }

    var flags: ConfigurationFlags {
        ConfigurationFlags(settings.given.merging(transport.given) { $1 }, tolerances: tolerance)
    }
}
