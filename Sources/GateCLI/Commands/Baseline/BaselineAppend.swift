import ArgumentParser
import GateBaselines
import GateClock
import GateCore
import GateFiles
import GateMeasure
import GateSettings
import GateVerdict

struct BaselineAppend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "append",
        abstract: "Adds a session that passes to the baseline: for the job of the default branch.",
        discussion: """
            The session is judged against what is approved. One that passes is added as one more of the same; the \
            baseline never moves on a failure, on doubt or on an improvement, which somebody has to approve. The status \
            is that of the verdict.

            Example:
              chimera-gate run && chimera-gate baseline append
            """)

    @Option(help: ArgumentHelp("The session directory.", valueName: "dir"))
    var session = SessionDirectory.defaultPath
    @Option(help: "Of several workloads only the one of this name; may be repeated (default: all that were measured).")
    var name: [String] = []
    @Option(help: "Why it is added; kept in the baseline.")
    var reason = "it passed"
    @OptionGroup var key: SigningKeyOption
    @OptionGroup var file: ConfigurationFileOption
    @OptionGroup var baselines: BaselinesOptions
    @OptionGroup var printing: OutputOptions

    func run() throws {
        if let base = try TrustedBase.find(nil, environment: Variables.all).base {
            throw CommandFailure(
                .usage, "this is a change of \(base.shown), and only the default branch appends to its baselines",
                remedy: "Append after the merge; 'baseline approve' proposes a baseline in the change.")
        }
        try SessionChoice.each(in: session, names: name, append)
    }

    private func append(_ path: String) throws {
        let store = BaselineStore(directory: baselines.folder)
        let directory = try SessionDirectory.open(at: path)
        let found = try directory.session()
        let stored = try store.read(for: found)
        guard stored?.baseline.sessions.contains(where: { $0.sessionId == found.id }) != true else {
            return try refuse("session \(found.id) is approved already")
        }
        let judgement = try judge(found, directory, stored)
        guard judgement.overall == .pass else {
            try refuse("the session is judged as \(judgement.overall.rawValue.replacing("_", with: " "))")
            for failure in judgement.failures { Terminal.standardError.note("\(failure.message). \(failure.remedy)") }
            if judgement.overall == .improvement, printing.format == .text {
                Terminal.standardOutput.line("  claim it: chimera-gate baseline approve --reason \"…\"")
            }
            throw ExitCode(Int32(clamping: judgement.exitCode))
        }
        let approved = try SessionApproval(
            path: path, store: store, file: file,
            reason: "\(reason) (against \(DisplayFormat.count(judgement.baselineSessions, "session")))",
            appendsOnly: true, key: key, format: printing.format
        ).perform()
        if printing.format == .json {
            try Terminal.standardOutput.deliver(document: BaselineChangeDocument(isWritten: true, approved: [approved]))
        }
    }

    private func refuse(_ reason: String) throws {
        switch printing.format {
        case .text: Terminal.standardOutput.line("nothing was appended: \(reason)")
        case .json:
            try Terminal.standardOutput.deliver(document: BaselineChangeDocument(isWritten: false, reason: reason))
        }
    }

    private func judge(
        _ found: Session, _ directory: SessionDirectory, _ stored: StoredBaseline?
    ) throws -> Judgement {
        let draft = try file.load(for: found)
        let settings = draft.qualitySettings(fallback: found.configuration.quality)
        let policy = try draft.policy(flags: ConfigurationFlags(), fallback: found.configuration.policy)
        let reports = SessionQuality(session: found, directory: directory, settings: settings, day: WallClock.time.date)
            .judged()
        return Judge.judge(
            session: found.marking(reports.reports.map(\.quality)),
            against: stored.map { ApprovedState.counting($0, keys: policy.approvalKeys) } ?? .nothing, policy: policy,
            reports: reports)
    }
}
