import GateCore
import GateFiles
import GateLint
import GateMeasure
import GateReports

/// Reports that are judged by themselves, on all cores; the result has the order of the paths.
struct ReportLinting {
    let source: FactsSource
    let settings: QualitySettings
    /// `2026-11-25`
    let day: String
    /// Whether it is told what each claim was bound to.
    var explains = false

    /// - Returns: one result for each path: the report, or why it was not read.
    func lint(_ paths: [String]) -> [Result<LintedReport, any Error>] {
        let files = paths.map { source.file(ofReport: $0, id: LintedReport.reportID(ofPath: $0)) }
        let evidence = FactsFiles(files.compactMap(\.self))
        return Parallel.map(count: paths.count) { index in
            Result { try lint(paths[index], evidence: evidence[files[index]], facts: files[index]) }
        }
    }

    private func lint(
        _ path: String, evidence: Result<ReportFacts, any Error>?, facts: String?
    ) throws -> LintedReport {
        let bytes = try NamedInput.read(path, limit: RunReport.largest)
        var notes: [String] = []
        let known: ReportFacts
        if case .corpus(let corpus) = source.origin {
            known = corpus
        } else if let evidence {
            known = try evidence.get()
        } else {
            known = .none
            notes.append(
                "\(path): no facts are known (no \(RunFile.facts.rawValue) beside it, no --facts, no --corpus):"
                    + " only what needs none was checked")
        }
        let (assessment, bindings) = ReportAudit.explained(
            bytes, known: known, settings: settings, day: day, explains: explains)
        let whole =
            RunReport.inSession(path, settings: settings, day: day)?.withCut(assessment) ?? assessment
        return LintedReport(
            path: path, text: String(decoding: bytes, as: UTF8.self), assessment: whole,
            bindings: bindings.map {
                LintedBinding(
                    line: $0.place.line, column: $0.place.columnStart, claim: $0.claim, verdict: $0.verdict,
                    binding: $0.binding, evidence: $0.evidence)
            }, notes: notes)
    }
}
