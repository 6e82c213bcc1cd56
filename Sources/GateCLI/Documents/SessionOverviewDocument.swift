import GateCore
import GateVerdict

/// What a command measured, as `--format json` of `run`, `load` and `import` tells it.
struct SessionOverviewDocument: Encodable {
    struct Report: Encodable {
        let run: Int
        let file: String
        let marks: [ReportMark]
    }

    struct Figure: Encodable {
        let check: CheckDocument
        let values: SampleSummary
    }

    struct FailedRun: Encodable {
        let run: Int
        let reason: String
    }

    let schema = "session-overview"
    let version = 1
    let sessionId: String
    let workload: WorkloadKind
    let name: String
    let machineClass: String
    let directory: String
    let runs: Int
    let completeRuns: Int
    let calls: CallCounts
    let reports: [Report]
    let figures: [Figure]
    let failedRuns: [FailedRun]
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
