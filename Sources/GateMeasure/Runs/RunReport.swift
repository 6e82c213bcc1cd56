package import GateCore
import GateDigest
package import GateFiles
package import GateLint
package import GateVerdict

/// The report of one run, as it lies in the session directory.
package struct RunReport {
    /// Bytes of a report.
    package static let largest = 256 << 20

    let run: Run
    let directory: SessionDirectory
    let settings: QualitySettings
    /// `2026-11-25`
    let day: String

    package init(run: Run, directory: SessionDirectory, settings: QualitySettings, day: String) {
        self.run = run
        self.directory = directory
        self.settings = settings
        self.day = day
    }

    package func judged(by facts: ReportFacts) throws -> JudgedReport {
        let file = run.reportFile ?? ""
        let bytes = try RegularFile.read(directory.path(of: file), limit: RunReport.largest)
        var assessment = ReportAudit.assess(bytes, known: facts, settings: settings, day: day)
        assessment = withCut(assessment)
        let text = try modelText() ?? ReportBody.modelsText(of: String(decoding: bytes, as: UTF8.self))
        return JudgedReport(
            quality: ReportQuality(run: run.index, file: file, digest: SHA256.hash(text), assessment: assessment),
            findings: assessment.findings)
    }

    /// What the model wrote, from the file beside the report; nil in sessions that were written before there was one.
    private func modelText() throws -> String? {
        let file = directory.path(of: "\(Run.folder(of: run.index))/\(RunFile.modelText.rawValue)")
        guard PathKind.of(file) != .nothing else { return nil }
        return String(decoding: try RegularFile.read(file, limit: RunReport.largest), as: UTF8.self)
    }

    /// Whether it is a whole one, for which no facts are needed.
    func marks() throws -> [ReportMark] { try judged(by: .none).quality.marks }

    /// The run of a session that a report is of, where it lies in the session's directory.
    package static func inSession(_ path: String, settings: QualitySettings, day: String) -> RunReport? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3 else { return nil }
        let file = parts.suffix(3).joined(separator: "/")
        let folder = parts.count == 3 ? "." : parts.dropLast(3).joined(separator: "/")
        guard file.hasPrefix("runs/"), let directory = try? SessionDirectory.open(at: folder.isEmpty ? "/" : folder),
            let run = try? directory.session().runs.first(where: { $0.reportFile == file })
        else { return nil }
        return RunReport(run: run, directory: directory, settings: settings, day: day)
    }

    /// With what only the session knows of it.
    package func withCut(_ assessment: ReportAssessment) -> ReportAssessment {
        capped(assessment).map(assessment.adding) ?? assessment
    }

    /// The server says that the token cap cut the answer, even where the text does not show it.
    private func capped(_ assessment: ReportAssessment) -> Finding? {
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
