import ArgumentParser
import GateBaselines
import GateCore
import GateFiles

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
    @Option(help: ArgumentHelp("Judges this session without running anything.", valueName: "dir"))
    var session: String?
    @OptionGroup var colour: ColourOption

    func validate() throws {
        if session != nil, let flag = measuring.firstMeasuringFlag ?? base.baseRef.map({ _ in "--base-ref" }) {
            throw ValidationError("\(flag) says how to measure; with --session nothing is measured")
        }
    }

    func run() throws {
        if let session { return try Attempt.judging(session) { try judge() } }
        try Attempt.measuring(
            into: measuring.output, workload: measuring.workload, machineClass: measuring.machineClass
        ) { try judge() }
    }

    private func judge() throws {
        let (found, directory) = try session.map(open) ?? measure()
        let settings = try measuring.qualitySettings(for: found)
        let reports = SessionQuality(session: found, directory: directory, settings: settings, day: now().date).judged()
        let measured = found.marking(reports.reports.map(\.quality))
        let (baseline, reference, invalid) = try readBaseline(of: measured)
        var judgement = Judge.judge(
            session: measured, baseline: baseline, policy: try measuring.policy(for: measured), reference: reference)
        // Pairs decide without any baseline.
        if let invalid, judgement.evidence != .pairs { judgement = judgement.withInvalidBaseline(invalid) }
        judgement = judgement.adding(
            reports, baseline: baseline, settings: settings, policy: try measuring.policy(for: measured))
        try JudgedSession(
            session: measured, judgement: judgement, baseline: baseline, directory: directory, colour: colour.choice
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

    private func readBaseline(of session: Session) throws -> (Baseline?, BaselineReference?, JudgementFailure?) {
        do {
            let found = try BaselineStore(directory: baselines.folder).read(
                workload: session.workload, machineClass: session.machineClass)
            return (found?.0, found?.1, nil)
        } catch {
            let unreadable = (error as? FileError).map {
                JudgementFailure(.baselineInvalid, message: $0.message, remedy: $0.remedy)
            }
            let unusable = (error as? BaselineError)?.failure ?? unreadable
            guard let unusable else { throw error }
            return (nil, nil, unusable)
        }
    }
}

extension Judgement {
    /// The same judgement with that of the session's reports; unchanged for a session without any.
    fileprivate func adding(
        _ reports: SessionQuality.Result, baseline: Baseline?, settings: QualitySettings, policy: Policy
    ) -> Judgement {
        guard !reports.reports.isEmpty || !reports.warnings.isEmpty else { return self }
        let quality = QualityJudge.judge(
            reports: reports.reports, baseline: baseline?.sessions.compactMap(\.quality) ?? [], settings: settings,
            policy: policy)
        return adding(quality, warnings: reports.warnings)
    }
}
