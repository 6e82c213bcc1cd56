import GateCore
import GateDigest
import GateFiles
import GateQuality
import GateReports

/// The reports of a session, each judged by the facts that its run wrote beside it.
struct SessionQuality {
    let session: Session
    let directory: SessionDirectory
    let settings: QualitySettings
    /// `2026-11-25`
    let day: String

    /// What came out, and what could not be judged.
    struct Result {
        var reports: [JudgedReport] = []
        var warnings: [Warning] = []
    }

    /// The reports of the measured runs, in their order. A report whose file is gone is a warning: the session was
    /// measured whatever became of its files.
    func judged() -> Result {
        let runs = session.measuredRuns.filter { $0.reportFile != nil }
        let outcomes = Parallel.map(count: runs.count) { index in judge(runs[index]) }
        var result = Result()
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

    private func judge(_ run: Run) -> Swift.Result<JudgedReport, Unreadable> {
        do {
            let file = run.reportFile ?? ""
            let bytes = try RegularFile.read(directory.path(of: file), limit: ReportLinting.largestReport)
            let facts = try run.factsFile.map { try FactsSource.read(directory.path(of: $0)) } ?? .none
            var assessment = ReportAudit.assess(bytes, known: facts, settings: settings, day: day)
            if let cut = capped(run, assessment, lines: bytes) { assessment = assessment.adding(cut) }
            let text = ReportBody.modelsText(of: String(decoding: bytes, as: UTF8.self))
            return .success(
                JudgedReport(
                    quality: ReportQuality(
                        run: run.index, file: file, digest: SHA256.hash(text), assessment: assessment),
                    findings: assessment.findings))
        } catch {
            let failure = CommandFailure(error)
            return .failure(
                Unreadable(
                    warning: Warning(
                        "the report of run \(run.index) was not judged: \(failure.message)",
                        remedy: "Keep the whole session directory, with what is below its runs.")))
        }
    }

    /// The server says that the token cap cut the answer, even where the text does not show it.
    private func capped(_ run: Run, _ assessment: ReportAssessment, lines bytes: [UInt8]) -> Finding? {
        let call = run.stages.first { $0.name == .report }?.exchanges.last
        guard case .completed(.length)? = call?.outcome, assessment.count(of: .S05) == 0,
            settings.setting(of: .S05).isOn
        else { return nil }
        return Finding(
            rule: .S05, severity: settings.setting(of: .S05).severity ?? .error,
            place: ReportPlace(line: 1, columnStart: 1, columnEnd: 2), claim: "report of run \(run.index)",
            evidence: "the server ended the answer for its length",
            message: "The answer was cut off at its token cap or at the end of the context window.")
    }
}

extension ReportAssessment {
    fileprivate func adding(_ finding: Finding) -> ReportAssessment {
        ReportAssessment(findings: findings + [finding], claims: claims, measures: measures)
    }
}
