import ArgumentParser
import GateBaselines
import GateCore
import GateFiles
import GateReports
import GateStream

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Runs the workload, compares it with the approved baseline, and exits by the verdict.",
        discussion: """
            Writes junit.xml, summary.md and verdict.json into the session directory. With --session nothing is run: \
            the session that is there is judged.

            Example:
              chimera-gate check --runs 5
              chimera-gate check --session .chimera-gate
            """)

    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var baselines: BaselinesOptions
    @Option(help: ArgumentHelp("Judges this session without running anything.", valueName: "dir"))
    var session: String?

    func validate() throws {
        if session != nil, let flag = measuring.firstMeasuringFlag {
            throw ValidationError("\(flag) says how to measure; with --session nothing is measured")
        }
    }

    func run() throws {
        let (measured, directory) = try session.map(open) ?? measure()
        let (baseline, reference, invalid) = try readBaseline(of: measured)
        var judgement = Judge.judge(
            session: measured, baseline: baseline, policy: try measuring.policy(for: measured), reference: reference)
        if let invalid { judgement = judgement.withInvalidBaseline(invalid) }
        judgement = try judgement.judgingReports(of: measured, in: directory, baseline: baseline, measuring)
        let input = ReportInput(
            session: measured, judgement: judgement, baseline: baseline,
            summaryFile: directory.path(of: SessionDirectory.summaryName))
        let unwritten = JudgementFiles(input: input).write(to: directory)
        try present(input, directory: directory)
        for problem in unwritten { Terminal.standardError.error(problem) }
        // A report that could not be written never changes the verdict, but it is no success either.
        let code =
            judgement.exitCode == 0 && !unwritten.isEmpty ? GateExit.inputOutput.rawValue : Int32(judgement.exitCode)
        throw ExitCode(code)
    }

    private func open(_ path: String) throws -> (Session, SessionDirectory) {
        let directory = try SessionDirectory.open(at: path)
        var session = try directory.session()
        if let warning = SessionWarnings.interruption(of: session) { session.warnings.append(warning) }
        return (session, directory)
    }

    /// Where nothing can be measured, the pipeline still gets a JUnit file that says so, in place of an older one.
    private func measure() throws -> (Session, SessionDirectory) {
        let run = try measuring.sessionRun()
        let startedAt = now()
        let began = MonotonicClock.now()
        do {
            return try run.perform()
        } catch {
            let failure = CommandFailure(error)
            let seconds = Double(MonotonicClock.now() - began) / 1e9
            JudgementFiles.writeCouldNotRun(failure, run: run, seconds: seconds, startedAt: startedAt)
            throw failure
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

    private func present(_ input: ReportInput, directory: SessionDirectory) throws {
        let output = Terminal.standardOutput
        let table = ConsoleTable(width: output.isTerminal ? output.width : nil, isColoured: output.showsColours)
        output.write(try table.render(input))
        let names = [SessionDirectory.junitName, SessionDirectory.summaryName, SessionDirectory.verdictName]
        output.line("artefacts: \(names.map(directory.path(of:)).joined(separator: ", "))")
    }
}

extension Judgement {
    /// The same judgement with that of the session's reports; unchanged for a session without any.
    fileprivate func judgingReports(
        of session: Session, in directory: SessionDirectory, baseline: Baseline?, _ measuring: MeasuringOptions
    ) throws -> Judgement {
        let settings = try measuring.qualitySettings(for: session)
        let judged = SessionQuality(session: session, directory: directory, settings: settings, day: now().date)
            .judged()
        guard !judged.reports.isEmpty || !judged.warnings.isEmpty else { return self }
        let quality = QualityJudge.judge(
            reports: judged.reports, baseline: baseline?.sessions.compactMap(\.quality) ?? [], settings: settings,
            policy: try measuring.policy(for: session))
        return adding(quality, warnings: judged.warnings)
    }

    /// The same judgement with a baseline that is there but cannot be read, which is not the same as none.
    func withInvalidBaseline(_ failure: JudgementFailure) -> Judgement {
        let others = failures.filter { $0.kind != .baselineMissing }
        let isDecided = overall == .regression || overall == .infrastructureError
        return Judgement(
            sessionId: sessionId, workload: workload, machineClass: machineClass,
            overall: isDecided ? overall : .baselineInvalid, exitCode: isDecided ? exitCode : 6, policy: policy,
            verdicts: verdicts,
            failures: others + [failure], warnings: warnings, baseline: nil)
    }
}
