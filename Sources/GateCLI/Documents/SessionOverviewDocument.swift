import GateCore
import GateVerdict

/// What run, load or import measured: with `--format json`.
struct SessionOverviewDocument: Encodable {
    /// A report.
    struct Report: Encodable {
        /// The run's number. At least 1.
        let run: Int
        /// Relative to the session directory.
        let file: String
        /// Why it is no whole one.
        let marks: [ReportMark]
    }

    /// What was measured of one check.
    struct Figure: Encodable {
        let check: CheckDocument
        let values: SampleSummary
    }

    /// A run of a command that failed.
    struct FailedRun: Encodable {
        /// The run's number. At least 1.
        let run: Int
        /// What happened.
        let reason: String
    }

    let schema = "session-overview"
    let version = 1
    /// The session's name.
    let sessionId: String
    let workload: WorkloadKind
    /// The name under which its baselines are kept.
    let name: String
    /// The name that alike machines share.
    let machineClass: String
    /// The session directory, as it was given.
    let directory: String
    /// Measured runs, warm-up left out.
    let runs: Int
    /// Those of them that did their work.
    let completeRuns: Int
    let calls: CallCounts
    /// Of each run that wrote one.
    let reports: [Report]
    /// What was measured, in the order of the work.
    let figures: [Figure]
    /// Runs of a command that failed.
    let failedRuns: [FailedRun]
    /// What makes figures doubtful.
    let warnings: [Warning]

    init(_ session: Session, directory: String) {
        sessionId = session.id
        workload = session.workload
        name = session.workloadName.rawValue
        machineClass = session.machineClass
        self.directory = directory
        runs = session.measuredRuns.count
        completeRuns = session.measuredRuns.count(where: \.isComplete)
        calls = session.callCounts()
        reports = session.runs.compactMap { run in
            run.reportFile.map { Report(run: run.index, file: $0, marks: run.reportMarks ?? []) }
        }
        figures = session.samples().values.sorted { $0.check < $1.check }.compactMap { sample in
            guard let check = CheckDocument(sample.check), let values = SampleSummary(sample.values) else { return nil }
            return Figure(check: check, values: values)
        }
        failedRuns = session.failedRuns.map { FailedRun(run: $0.run.index, reason: $0.failure.words) }
        warnings = session.warnings
    }
}
