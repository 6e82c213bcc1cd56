import ArgumentParser
import GateBaselines
import GateClock
import GateCore
import GateFiles
import GateMeasure
import GateReports
import GateVerdict

struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Joins what the shards of a check left, or JUnit files, and exits by the worst of them.",
        discussion: """
            Of shards (check --shard) the folders are named, all of them: verdicts, sessions and JUnit files become what one \
            check would have left. A shard that is missing, there twice, or of another commit or configuration is an \
            error (65), never a pass. The platform of the pipeline is told of all of it once (--ci); shards whose jobs should tell \
            nothing of their own are measured with --ci off.

            Of JUnit files of any tool one is made: class and name of each case occur once, a second of the same name \
            is numbered; suites stand in the order of their names. Files with a DOCTYPE, of more than 32 MiB or nested too \
            deep are refused. Status 1 where a case failed, 69 where one is an error; suites of ours end by their verdict.

            Example:
              chimera-gate merge shard-1 shard-2 --output .chimera-gate
              chimera-gate merge unit.xml .chimera-gate/junit.xml --output all.xml
            """)

    @Argument(help: ArgumentHelp("The folders of all shards, or JUnit files.", valueName: "path"))
    var paths: [String]
    @Option(
        help: ArgumentHelp(
            "The folder (of shards) or the file (of JUnit files) that is written (default: .chimera-gate, or junit.xml"
                + " in the current folder).", valueName: "path"))
    var output: String?
    @OptionGroup var baselines: BaselinesOptions
    @OptionGroup var colour: ColourOption
    @OptionGroup var pipeline: PipelineOption
    @OptionGroup var printing: OutputOptions

    func run() throws {
        let areFolders = paths.map { PathKind.of($0 + "/.") == .folder }
        guard Set(areFolders).count == 1 else {
            throw CommandFailure(
                .usage, "folders of shards and files of JUnit cannot be merged together",
                remedy: "Merge the shards first, then their junit.xml with the other files.")
        }
        guard areFolders[0] else {
            guard [.auto, .off].contains(pipeline.choice) else {
                throw CommandFailure(
                    .usage, "JUnit files have no verdict that --ci \(pipeline.choice.rawValue) could be told",
                    remedy: "Name the folders of shards, or leave --ci out.")
            }
            return try mergeFiles()
        }
        let folder = output ?? SessionDirectory.defaultPath
        if let same = paths.first(where: { Self.trimmed($0) == Self.trimmed(folder) }) {
            throw CommandFailure(.usage, "'\(same)' is a shard, and what is merged cannot be written into it")
        }
        try Attempt.measuring(into: folder, baselines: baselines.folder, pipeline: pipeline.choice) {
            try mergeShards(into: folder)
        }
    }

    private static func trimmed(_ path: String) -> String {
        path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    // MARK: - JUnit files

    private func mergeFiles() throws {
        let file = output ?? SessionDirectory.junitName
        let merged = try joined(paths)
        try AtomicFile.write(merged.text, to: file)
        switch printing.format {
        case .text:
            Terminal.standardOutput.line(
                "\(file): \(DisplayFormat.count(merged.cases, "case")) in"
                    + " \(DisplayFormat.count(merged.suites, "suite"));"
                    + " \(merged.overall.rawValue.replacing("_", with: " "))")
        case .json: try Terminal.standardOutput.deliver(document: JUnitMergeDocument(merged, of: paths, in: file))
        }
        throw ExitCode(Int32(clamping: merged.exitCode))
    }

    private func joined(_ files: [String]) throws -> JUnitMerge {
        let read = try files.map { file in
            JUnitMerge.File(name: file, bytes: try NamedInput.read(file, limit: JUnitMerge.maximumFileBytes))
        }
        do throws(JUnitMergeError) {
            return try JUnitMerge(read)
        } catch {
            if case .notWritten = error { throw CommandFailure(.bug, "\(error)") }
            throw CommandFailure(.malformedData, "\(error)", remedy: "Name JUnit files as test tools write them.")
        }
    }

    // MARK: - Shards

    private func mergeShards(into path: String) throws {
        let shards = try paths.map(shard)
        if Set(shards.map(\.folder.list.configuration)).count > 1 { throw refusal(.differ("their configuration")) }
        let judgement: JointJudgement
        do throws(ShardError) {
            judgement = try JointJudgement(joining: shards.map(\.verdict))
        } catch {
            throw refusal(error)
        }
        let ordered = shards.sorted { ($0.verdict.shard?.index ?? 0) < ($1.verdict.shard?.index ?? 0) }
        let junit = try joined(ordered.map { $0.folder.path(of: SessionDirectory.junitName) })
        let sources = Dictionary(
            uniqueKeysWithValues: ordered.flatMap { shard in
                shard.verdict.workloads.map { ($0.name, shard.folder.path(ofSession: $0.name)) }
            })
        let sessions = try judgement.workloads.compactMap { part in
            try sources[part.name].flatMap { try session(of: part, at: $0) }
        }
        try refuseOtherTrees(sessions.map(\.session))
        let target = try WorkloadFolder.begin(
            at: path, WorkloadList(declared: judgement.declared, measured: judgement.declared))
        for session in sessions {
            try SessionDirectory.copy(from: session.path, to: target.path(ofSession: session.name))
        }
        let input = JointInput(
            judgement: judgement,
            reports: judgement.workloads.map { part in
                report(part, sessions.first { $0.name == part.name }?.session, in: target)
            })
        let files = JointFiles(input: input, folder: target)
        var written = RenderedFiles(in: target.directory)
        written.write(files.all().filter { $0.name != SessionDirectory.junitName })
        written.write([(SessionDirectory.junitName, { junit.text })])
        try files.finish(written, colour: colour.choice, pipeline: pipeline.choice, as: printing.format)
    }

    private func shard(_ path: String) throws -> (folder: WorkloadFolder, verdict: JointJudgement) {
        guard let folder = try WorkloadFolder.open(at: path) else {
            throw CommandFailure(
                .malformedData, "'\(path)' is no folder of a shard: it has no \(WorkloadFolder.listName)",
                remedy: "Name what 'chimera-gate check --shard' left, all of it.")
        }
        if let failure = try folder.failure() {
            throw CommandFailure(
                .malformedData, "the check that was to leave '\(path)' ended before its verdict: \(failure.message)",
                remedy: "Run that shard again, and merge all of them.")
        }
        return (folder, try folder.verdict())
    }

    private func refusal(_ error: ShardError) -> CommandFailure {
        CommandFailure(.malformedData, error.message, remedy: error.remedy)
    }

    /// Nil for a workload that was not measured.
    private func session(
        of part: JointJudgement.Part, at path: String
    ) throws -> (name: String, path: String, session: Session)? {
        guard !part.judgement.sessionId.isEmpty else { return nil }
        let session = try SessionDirectory.open(at: path).session()
        guard session.id == part.judgement.sessionId else {
            throw CommandFailure(
                .malformedData, "the session in '\(path)' is not the one that its shard judged",
                remedy: "Keep the folder of a shard as its check left it.")
        }
        return (part.name, path, session)
    }

    private func refuseOtherTrees(_ sessions: [Session]) throws {
        guard Set(sessions.map { $0.environment.isDirty ?? false }).count <= 1 else {
            throw CommandFailure(
                .malformedData,
                "some of the shards are of a working tree with changes that no commit has, others are not",
                remedy: "Check all shards of one commit, as it is committed.")
        }
        let commits = Set(sessions.map { $0.environment.commit ?? "none" }).sorted()
        guard commits.count > 1 else { return }
        throw CommandFailure(
            .malformedData,
            "the shards are of different commits: \(commits.map { String($0.prefix(12)) }.joined(separator: ", "))",
            remedy: "Merge the shards of one commit.")
    }

    private func report(
        _ part: JointJudgement.Part, _ session: Session?, in target: WorkloadFolder
    ) -> JointInput.Report {
        let judgement = part.judgement
        guard let session else {
            let failure = judgement.failures.first
            let attempt = FailedAttempt(
                workload: judgement.workload, name: part.name, machineClass: judgement.machineClass,
                toolVersion: ToolVersion.current, startedAt: WallClock.time, seconds: 0, hostname: nil,
                isInterrupted: failure?.kind == .interrupted, exitCode: judgement.exitCode,
                message: failure?.message ?? "Nothing was judged", remedy: failure?.remedy ?? "")
            return JointInput.Report(part: part, content: .notMeasured(attempt))
        }
        let summary = "\(target.path(ofSession: part.name))/\(SessionDirectory.summaryName)"
        let baseline = BaselineStore(directory: baselines.folder).baseline(of: judgement)
        return JointInput.Report(
            part: part,
            content: .judged(
                ReportInput(
                    session: session, judgement: judgement, baseline: baseline, summaryFile: summary,
                    links: .found(
                        for: judgement, of: session, in: target.path(ofSession: part.name), corpus: "."))))
    }
}
