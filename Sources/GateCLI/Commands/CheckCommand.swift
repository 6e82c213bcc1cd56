import ArgumentParser
import GateBaselines
import GateClock
import GateCore
import GateFiles
import GateMeasure
import GateSettings
import GateVerdict

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Runs the workload, compares it with the approved baseline, and exits by the verdict.",
        discussion: """
            Writes junit.xml, summary.md and verdict.json into the session directory. With --session nothing is run: \
            the session that is there is judged.

            With --base-ref the base revision is measured beside the current one, on the same machine at the same \
            time, where the baseline alone does not clear it: no difference between machines or days can be mistaken \
            for one of the change.

            Example:
              chimera-gate check --runs 5
              chimera-gate check --base-ref origin/main
              chimera-gate check --session .chimera-gate
            """)

    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var baselines: BaselinesOptions
    @OptionGroup var base: BaseOptions
    @Option(
        help: ArgumentHelp(
            "Policy, baselines and allowances are those of this branch, tag or commit (default: the base of the pull"
                + " request by the pipeline's variables, else where this branch left the default branch; 'worktree' for"
                + " the files that are there).",
            valueName: "ref"))
    var policyRef: String?
    @Option(help: ArgumentHelp("Judges this session without running anything.", valueName: "dir"))
    var session: String?
    @OptionGroup var colour: ColourOption
    @OptionGroup var junit: JUnitOption
    @OptionGroup var pipeline: PipelineOption

    func validate() throws {
        if policyRef != nil, base.baseRef != nil {
            throw ValidationError("--base-ref reads policy and baselines from the base already; leave --policy-ref out")
        }
        if policyRef?.isEmpty == true { throw ValidationError("--policy-ref is empty: name a branch, tag or commit") }
        if measuring.resume, base.baseRef != nil {
            throw ValidationError("pairs are made in one go: leave --resume or --base-ref out")
        }
        if session != nil, let flag = measuring.firstMeasuringFlag ?? base.baseRef.map({ _ in "--base-ref" }) {
            throw ValidationError("\(flag) says how to measure; with --session nothing is measured")
        }
    }

    func run() throws {
        if let session {
            return try Attempt.judging(session, junit: junit.flavour, pipeline: pipeline.choice) { try judge() }
        }
        try Attempt.measuring(
            into: measuring.output, workload: measuring.workload, name: measuring.name,
            machineClass: measuring.machineClass, junit: junit.flavour, pipeline: pipeline.choice
        ) { try judge() }
    }

    private var store: BaselineStore { BaselineStore(directory: baselines.folder) }

    private func judge() throws {
        var (found, directory) = try session.map(open) ?? measure()
        // A session with a base carries the base's policy.
        let trusted =
            found.base == nil ? try TrustedBase.find(policyRef, environment: Variables.all) : nil
        let (policy, settings) = try rules(of: &found, trusted)
        let reports = SessionQuality(session: found, directory: directory, settings: settings, day: WallClock.time.date)
            .judged()
        let approved = try approved(for: &found, trusted, keys: policy.approvalKeys)
        let measured = found.marking(reports.reports.map(\.quality))
        var judgement = Judge.judge(session: measured, against: approved, policy: policy, reports: reports)
        if policy.approvals == .inChange, judgement.overall == .regression,
            let change = trusted?.approvals(in: store) ?? ChangeApprovals.ofPairs(measured, in: store)
        {
            let approvals = try change.approvals(of: measured, policy: policy)
            judgement = Judge.judge(
                session: measured, against: approved, policy: policy, reports: reports, approvals: approvals)
        }
        try JudgedSession(
            session: measured, judgement: judgement, baseline: approved.baseline, directory: directory,
            reports: reports.reports, colour: colour.choice, junit: junit.flavour, pipeline: pipeline.choice,
            format: measuring.printing.format
        ).finish()
    }

    private func open(_ path: String) throws -> (Session, SessionDirectory) {
        let directory = try SessionDirectory.open(at: path)
        var session = try directory.session()
        if let warning = SessionWarnings.interruption(of: session) { session.warnings.append(warning) }
        return (session, directory)
    }

    private func measure() throws -> (Session, SessionDirectory) {
        guard let ref = base.baseRef else { return try measuring.sessionRun().perform() }
        let (arms, files) = try measuring.comparedArms(baseRef: ref, baseURL: base.baseURL)
        return try withExtendedLifetime(files) {
            try arms.pairedRun(outputPath: measuring.output, baselines: BaselineStore(directory: baselines.folder))
                .perform()
        }
    }

    /// By which the session is judged; adds what the change edits of it to the session's warnings.
    private func rules(of session: inout Session, _ trusted: TrustedBase?) throws -> (Policy, QualitySettings) {
        guard let trusted else {
            return (try measuring.policy(for: session), try measuring.qualitySettings(for: session))
        }
        Terminal.standardError.line("policy and baselines: those of \(trusted.shown)")
        let rules = try trusted.rules(
            file: measuring.file.path ?? ConfigurationFile.defaultName, head: measuring.file.load(for: session),
            flags: measuring.flags, session: session)
        session.warnings += rules.warnings
        return (rules.policy, rules.quality)
    }

    private func approved(
        for session: inout Session, _ trusted: TrustedBase?, keys: [ApprovalKey]
    ) throws -> ApprovedState {
        do {
            let found: StoredBaseline?
            if let trusted {
                let ofBase = try trusted.baseline(of: session, in: store)
                session.warnings += ofBase.warnings
                found = ofBase.found
            } else {
                found = try store.read(workload: session.workloadName, machineClass: session.machineClass)
            }
            let earlier = found.flatMap { BaselineCheck.warning(of: $0, in: store, at: trusted?.revision) }
            session.warnings += [earlier].compactMap(\.self)
            return found.map { .counting($0, keys: keys) } ?? .nothing
        } catch {
            let unreadable = (error as? FileError).map {
                JudgementFailure(.baselineInvalid, message: $0.message, remedy: $0.remedy)
            }
            guard let unusable = (error as? BaselineError)?.failure ?? unreadable else { throw error }
            return .unusable(unusable)
        }
    }
}

extension ApprovedState {
    /// A stored baseline as far as its signatures let it count.
    ///
    /// - Parameter keys: of those who may approve; empty where nobody has to sign.
    static func counting(_ stored: StoredBaseline, keys: [ApprovalKey]) -> ApprovedState {
        if let error = ApprovalProof.error(in: stored.baseline, file: stored.reference.file, keys: keys) {
            return .unusable(error.failure)
        }
        return .baseline(stored.baseline, reference: stored.reference)
    }
}
