import GateCore
import GateFiles
import GateLint
import GateMeasure
import GateVerdict

/// The reports of a session, each judged by the facts that its run wrote beside it.
struct SessionQuality {
    let session: Session
    let directory: SessionDirectory
    let settings: QualitySettings
    /// `2026-11-25`
    let day: String

    /// The reports of the measured runs, in their order. A report whose file is gone is a warning: the session was
    /// measured whatever became of its files.
    func judged() -> SessionReports {
        let runs = session.measuredRuns.filter { $0.reportFile != nil }
        let facts = FactsFiles(runs.compactMap(\.factsFile).map(directory.path))
        let outcomes = Parallel.map(count: runs.count) { index in judge(runs[index], by: facts) }
        var result = SessionReports(settings: settings)
        for outcome in outcomes {
            switch outcome {
            case .success(let report): result.reports.append(report)
            case .failure(let failure): result.warnings.append(failure.warning)
            }
        }
        result.warnings += settings.expiryWarnings(on: day)
        return result
    }

    private struct Unreadable: Error {
        let warning: Warning
    }

    private func judge(_ run: Run, by files: FactsFiles) -> Swift.Result<JudgedReport, Unreadable> {
        do {
            let facts = try files[run.factsFile.map(directory.path)]?.get() ?? .none
            let report = RunReport(run: run, directory: directory, settings: settings, day: day)
            return .success(try report.judged(by: facts))
        } catch {
            let failure = CommandFailure(error)
            return .failure(
                Unreadable(
                    warning: Warning(
                        "the report of run \(run.index) was not judged: \(failure.message)",
                        remedy: "Keep the whole session directory, with what is below its runs.")))
        }
    }
}
