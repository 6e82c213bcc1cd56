import ArgumentParser
import GateBaselines
import GateCore
import GateFiles
import GateMeasure
import GateReports
import GateVerdict

struct CalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Measures the gate's own promise: false alarms, and which changes it would catch.",
        discussion: """
            Runs the workload on your server as often as pairs need, nothing changed, and judges it: whatever is found is a \
            false alarm. Then draws sessions out of what was measured, thousands of them, and says how often unchanged \
            ones would be blocked, which changes would be caught, and what would help most. With --session or --baseline \
            nothing is run: sessions that exist are drawn from. What is measured is the rule that 'check' uses here: its \
            runs, pairs, alpha and tolerances. Prints one page and writes calibration.json, into \
            .chimera-gate/calibration unless --output says otherwise.

            Example:
              chimera-gate calibrate --pairs 20
              chimera-gate calibrate --baseline
              chimera-gate calibrate --session nightly/1 --session nightly/2
            """)

    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var baselines: BaselinesOptions
    @Option(help: ArgumentHelp("Draws from this session; may be repeated.", valueName: "dir"))
    var session: [String] = []
    @Flag(name: .customLong("baseline"), help: "Draws from the sessions of the approved baseline.")
    var drawsFromBaseline = false
    @Option(help: "Pairs of runs to measure in each session.")
    var pairs = 20
    @Option(help: "Sessions to measure; each is one trial of the whole gate.")
    var sessions = 1
    @Option(help: "Sessions without a change to draw.")
    var repetitions = 2_000
    @Option(help: "The seed of the draws; the same seed gives the same page.")
    var drawSeed: UInt64 = 1

    func validate() throws {
        if !session.isEmpty, drawsFromBaseline {
            throw ValidationError("--session and --baseline are two sources; give one of them")
        }
        if !session.isEmpty || drawsFromBaseline, let flag = measuring.firstMeasuringFlag {
            throw ValidationError("\(flag) says how to measure; with --session or --baseline nothing is measured")
        }
        if measuring.settings.given["runs"] != nil {
            throw ValidationError("--pairs says how often to run, not --runs")
        }
        guard (ConvictionRule.fewestPairs...1_000).contains(pairs) else {
            throw ValidationError("--pairs must be from \(ConvictionRule.fewestPairs) to 1000: fewer can never convict")
        }
        guard (1...100).contains(sessions) else { throw ValidationError("--sessions must be from 1 to 100") }
        guard (100...1_000_000).contains(repetitions) else {
            throw ValidationError("--repetitions must be from 100 to 1000000")
        }
    }

    func run() throws {
        // What cannot be written must be known before anything is measured.
        _ = try folder()
        let source = try source()
        let history = RunHistory(source.sessions, demands: source.demands)
        try CalibrateCommand.check(history, source)
        let study = CalibrationStudy(
            calibration: Calibration(history, seed: drawSeed), repetitions: repetitions, progress: .onStandardError)
        let studied = CalibrationEvidence.allCases.map { evidence in
            study.study(
                CalibrationPlan(
                    demands: source.demands, evidence: evidence, sessions: source.sessions.count,
                    runs: source.demands.rule.screenRuns))
        }
        let report = CalibrationReport(
            toolVersion: ToolVersion.current, source: source.words, alpha: source.demands.policy.alphaOfOneWorkload,
            seed: drawSeed,
            history: history, measured: source.measured, evidence: studied.map(\.result),
            advice: CalibrationAdvice.worthwhile(studied.flatMap(\.advice)), warnings: warnings(history))
        try Folder.make(try folder())
        let file = "\(try folder())/\(SessionDirectory.calibrationName)"
        try AtomicFile.write(String(decoding: try CanonicalJSON.encode(report), as: UTF8.self), to: file)
        guard measuring.printing.format == .text else {
            return try Terminal.standardOutput.deliver(document: report)
        }
        try Terminal.standardOutput.deliver(lines: CalibrationPage(report).render())
        Terminal.standardOutput.line("artefact: \(file)")
    }

    /// A folder of its own: beside a check's files ours would be taken for them, and they would be gone.
    private func folder() throws -> String {
        guard measuring.output != SessionDirectory.defaultPath else {
            return "\(SessionDirectory.defaultPath)/\(SessionDirectory.calibrationFolderName)"
        }
        try Attempt.refuse(measuring.output, in: baselines.folder)
        guard !SessionDirectory.holdsJudgement(at: measuring.output) else {
            throw CommandFailure(
                .cannotCreate, "'\(measuring.output)' holds the files of a check, which a calibration would replace",
                remedy: "Name another folder by --output.")
        }
        return measuring.output
    }

    // MARK: - Where runs come from

    private func source() throws -> CalibrationSource {
        if drawsFromBaseline { return try fromBaseline() }
        if !session.isEmpty {
            let opened = try session.map { try SessionDirectory.open(at: $0).session() }
            try refuseRepeated(opened)
            return try CalibrationSource(
                sessions: opened,
                policy: try measuring.file.load(for: opened[0]).policy(of: opened[0], measuring.flags),
                runs: try measuring.runs(for: opened[0]),
                words: session.joined(separator: ", "))
        }
        return try measured()
    }

    /// A session beside itself would show that sessions never differ.
    private func refuseRepeated(_ sessions: [Session]) throws {
        var seen: Set<String> = []
        guard let repeated = sessions.first(where: { !seen.insert($0.id).inserted }) else { return }
        throw CommandFailure(
            .malformedData, "the session \(repeated.id) is there twice", remedy: "Name the folder of each session once."
        )
    }

    private func fromBaseline() throws -> CalibrationSource {
        let run = try measuring.sessionRun()
        let workload = run.configuration.workloadName
        let machineClass =
            run.configuration.machineClass
            ?? MachineFingerprint.machineClass(of: MachineFingerprint.read(source: SourceRevision()))
        guard
            let (baseline, reference) = try BaselineStore(directory: baselines.folder).read(
                workload: workload, machineClass: machineClass)
        else {
            throw CommandFailure(
                .baselineMissing,
                "nothing is approved for workload '\(workload)' on machine class '\(machineClass)'",
                remedy: "Measure instead: chimera-gate calibrate; or name sessions by --session.")
        }
        return CalibrationSource(
            baseline: baseline, policy: run.configuration.policy, runs: run.configuration.runs, words: reference.file)
    }

    private func measured() throws -> CalibrationSource {
        let run = try measuring.sessionRun()
        var configuration = run.configuration
        configuration.runs = 2 * pairs
        // The first run finds a server that nobody has asked yet.
        configuration.warmupRuns = max(1, configuration.warmupRuns)
        let measured = try (1...sessions).map { index in
            return try SessionRun(
                configuration: configuration, corpusFolder: run.corpusFolder,
                outputPath: "\(try folder())/session-\(index)",
                isServerNamed: run.isServerNamed, progress: run.progress
            ).perform().session
        }
        let policy = run.configuration.policy
        return try CalibrationSource(
            sessions: measured, policy: policy, runs: run.configuration.runs,
            words: "\(2 * pairs * sessions) runs just made", isPaired: true)
    }

    private static func check(_ history: RunHistory, _ source: CalibrationSource) throws {
        guard !history.metrics.isEmpty else {
            let reasons = history.unusable.map { "\($0.name): \($0.reason)" }.joined(separator: "; ")
            throw CommandFailure(
                .malformedData, "no metric of \(source.words) can be drawn\(reasons.isEmpty ? "" : " (\(reasons))")",
                remedy: "Use sessions whose runs are complete, and whose policy lets a metric gate.")
        }
        guard history.jobs.contains(where: { $0.count > 1 }) else {
            throw CommandFailure(
                .malformedData, "no session of \(source.words) has two runs, so that nothing says how much runs differ",
                remedy: "Make at least five runs in each session.")
        }
    }

    private func warnings(_ history: RunHistory) -> [Warning] {
        var warnings = history.unusable.map {
            Warning("\($0.name) is not in the page: \($0.reason)", remedy: "Mend that, or let it inform only.")
        }
        if !history.tellsEffectOfSession {
            warnings.append(
                Warning(
                    "\(history.jobs.count == 1 ? "one session does" : "\(history.jobs.count) sessions do") not tell how"
                        + " much sessions differ, so that the figures of the stored baseline alone are too good",
                    remedy: "Calibrate again with five sessions of different days, by --session or --baseline."))
        }
        if history.runs < 20 {
            warnings.append(
                Warning(
                    "\(history.runs) runs show little of how far runs can stray",
                    remedy: "Draw from twenty or more."))
        }
        return warnings
    }
}
