import ArgumentParser
import GateBaselines
import GateCore
import GateFiles
import GateSettings

struct BaselineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline",
        abstract: "Approves a session as the baseline, and shows what is approved.",
        discussion: """
            Example:
              chimera-gate baseline approve --reason "faster tokenizer, see #42"
              chimera-gate baseline show
            """,
        subcommands: [Approve.self, Show.self])

    func run() throws { throw ValidationError("name a command, as in 'chimera-gate baseline show'") }

    struct Approve: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "approve",
            abstract: "Approves a session for the baseline of its workload and machine class.",
            discussion: """
                A session that is one more of the same is added to those that are approved, up to 20: the more there are, \
                the surer a verdict is. One that is judged to have changed, or was measured on something else, takes their \
                place.

                Writes Baselines/<workload>/<machine-class>.json; commit that file. A session with invalid calls is \
                refused: a baseline that was learned from broken output lets everything pass. A run whose report has \
                more errors than are allowed, or was cut off among whole ones, is left out and named; the errors of \
                the first approved reports become the allowance, which later approvals can only lower.

                Example:
                  chimera-gate baseline approve --session .chimera-gate --reason "first baseline"
                """)

        @Option(help: ArgumentHelp("The session directory.", valueName: "dir"))
        var session = SessionDirectory.defaultPath
        @Option(help: "Why these figures are right; kept in the baseline.")
        var reason: String
        @Option(help: "Who approves (default: the pipeline's user, else git's user.email).")
        var approver: String?
        @Flag(help: "Puts it in the place of the sessions that are approved, even where it is one more of the same.")
        var replace = false
        @Flag(help: "Takes the errors of the reports as they are: they become what is allowed from now on.")
        var adoptQuality = false
        @OptionGroup var file: ConfigurationFileOption
        @OptionGroup var baselines: BaselinesOptions

        func validate() throws {
            if !reason.contains(where: { !$0.isWhitespace }) {
                throw ValidationError("--reason must say why, for example --reason \"first baseline\"")
            }
        }

        func run() throws {
            let directory = try SessionDirectory.open(at: session)
            let whole = try directory.session()
            let store = BaselineStore(directory: baselines.folder)
            let quality = try qualityApproval(of: whole, in: directory, store)
            let measured = whole.without(runs: Set(quality?.excluded.map(\.run) ?? []))
                .marking(quality?.quality.reports ?? [])
            let approval = Approval(
                reason: reason, approvedAt: now(), approvedBy: approver ?? SourceRevision.approver(),
                commit: measured.environment.commit)
            let (reference, effect) = try store.approve(
                measured, approval, quality: quality?.quality, startsAnew: replace)
            Terminal.standardOutput.line(
                "approved session \(measured.id) as the baseline of '\(measured.workload.rawValue)'"
                    + " on '\(measured.machineClass)'\(effect.words)")
            Terminal.standardOutput.line("  \(reference.file) (\(reference.id.prefix(19))…); commit it")
            if let quality { QualityApprovalWords(quality).print() }
            if let warning = SessionWarnings.interruption(of: measured) {
                Terminal.standardError.warning("\(warning.message). \(warning.remedy)")
            }
        }

        /// Nil for a session without reports.
        private func qualityApproval(
            of measured: Session, in directory: SessionDirectory, _ store: BaselineStore
        ) throws -> QualityApproval? {
            let settings = try file.load().qualitySettings(fallback: measured.configuration.quality)
            let judged = SessionQuality(session: measured, directory: directory, settings: settings, day: now().date)
                .judged()
            for warning in judged.warnings {
                Terminal.standardError.warning("\(warning.message). \(warning.remedy)")
            }
            let replaced = try store.read(workload: measured.workload, machineClass: measured.machineClass)
            let approval = QualityApproval(
                reports: judged.reports.map(\.quality),
                previous: replaced?.baseline.sessions.last { $0.quality != nil }?.quality?.allowance,
                settings: settings, adopts: adoptQuality)
            guard let approval, approval.isRefused else { return approval }
            throw BaselineError.notApprovable(
                sessionId: measured.id, reason: QualityApprovalWords(approval).refusal)
        }
    }

    struct Show: ParsableCommand {
        enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Shows what is approved, by whom, when and why.",
            discussion: """
                Example:
                  chimera-gate baseline show
                  chimera-gate baseline show --workload analysis --machine-class ci-small --format json
                """)

        @Option(help: "Only this workload.")
        var workload: WorkloadKind?
        @Option(help: "Only this machine class.")
        var machineClass: String?
        @Option(help: "text: provenance and medians; json: the files as they are.")
        var format = Format.text
        @OptionGroup var baselines: BaselinesOptions

        func run() throws {
            let store = BaselineStore(directory: baselines.folder)
            let listing = try store.list()
            for stray in listing.strays {
                Terminal.standardError.warning("'\(stray)' is not where any check looks for a baseline")
            }
            let entries = listing.entries.filter {
                (workload == nil || $0.workload == workload) && (machineClass == nil || $0.machineClass == machineClass)
            }
            guard !entries.isEmpty else {
                throw CommandFailure(
                    .baselineMissing,
                    "nothing is approved in '\(baselines.folder)'"
                        + (workload == nil && machineClass == nil ? "" : " for that workload and machine class")
                        + "; chimera-gate baseline approve --reason … approves a session")
            }
            for entry in entries {
                guard
                    let (baseline, reference) = try store.read(
                        workload: entry.workload, machineClass: entry.machineClass)
                else { continue }
                switch format {
                case .json:
                    try Terminal.standardOutput.deliver(
                        String(decoding: try CanonicalJSON.encodeForReview(baseline), as: UTF8.self))
                case .text: describe(baseline, reference)
                }
            }
        }

        private func describe(_ baseline: Baseline, _ reference: BaselineReference) {
            let output = Terminal.standardOutput
            output.line("\(baseline.workload.rawValue) on \(baseline.machineClass): \(reference.file)")
            for approved in baseline.sessions {
                let approval = approved.approval
                output.line("  session \(approved.sessionId), measured \(approved.measuredAt.spaced)")
                output.line(
                    "  approved \(approval.approvedAt.spaced) by \(approval.approvedBy ?? "an unknown person"):"
                        + " \(approval.reason)")
                output.line(
                    "  commit \(approval.commit ?? "not known"); model \(approved.model.name);"
                        + " \(approved.server.product) \(approved.server.version ?? "");"
                        + " \(approved.environment.cpuModel), \(approved.environment.cpuCount) CPUs")
            }
            for check in baseline.checks {
                guard let metric = MetricCatalogue.metric(check.metric),
                    let summary = SampleSummary(baseline.values(of: check))
                else { continue }
                output.line(
                    "    \(check): \(DisplayFormat.value(summary.median, unit: metric.unit)) (n=\(summary.count))")
            }
        }
    }
}

extension ApprovalEffect {
    /// The end of the sentence that says what was approved.
    fileprivate var words: String {
        let enough = Judgement.enoughSessions
        switch self {
        case .first:
            return ": the first session; \(enough) show how much sessions differ,"
                + " so measure and approve \(enough - 1) more, each by its own 'run' and 'baseline approve'"
        case .again: return ", as it was approved before"
        case .replaced(let reason): return ", in place of what was approved: \(reason)"
        case .added(let sessions) where sessions < enough:
            return
                ": session \(sessions) of \(enough) that are enough; \(enough - sessions) more to measure and approve"
        case .added(let sessions): return ": session \(sessions)"
        }
    }
}
