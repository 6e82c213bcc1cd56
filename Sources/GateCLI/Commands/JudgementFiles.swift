import GateCore
import GateFiles
import GateReports
import GateVerdict

/// Writes what `check` leaves beside the session: JUnit XML, the summary and the verdict.
struct JudgementFiles {
    let input: ReportInput
    var junit = JUnitFlavour.jenkins
    /// For the page: of the measured runs.
    let reports: [JudgedReport]

    /// - Parameter left: names of files that are written for several workloads together.
    func write(to directory: SessionDirectory, but left: [String] = []) -> RenderedFiles {
        let all: [RenderedFiles.File] = [
            RenderedFiles.verdict(input.judgement),
            (SessionDirectory.junitName, { try JUnitReport(flavour: junit).render(input) }),
            (SessionDirectory.summaryName, { try SummaryMarkdown().render(input) }),
            (SessionDirectory.pageName, { IndexPage(page(in: directory)).render() }),
        ]
        var files = RenderedFiles(in: directory)
        files.write(all.filter { !left.contains($0.name) })
        return files
    }

    /// What cannot be read is not shown: the verdict stands without it.
    private func page(in directory: SessionDirectory) -> PageInput {
        let calls = input.session.measuredRuns.prefix(IndexPage.mostRuns).flatMap { run in
            let file = "\(Run.folder(of: run.index))/\(RunFile.recording.rawValue)"
            let recordings = (try? SessionDirectory.recordings(inFile: directory.path(of: file))) ?? []
            return recordings.map { PageInput.Call(run: run.index, recording: $0) }
        }
        let reports = reports.prefix(IndexPage.mostRuns).compactMap { report -> PageInput.Report? in
            let path = directory.path(of: report.quality.file)
            guard let bytes = try? RegularFile.read(path, limit: 4 << 20) else { return nil }
            return PageInput.Report(
                run: report.quality.run, file: report.quality.file, text: String(decoding: bytes, as: UTF8.self),
                findings: report.findings)
        }
        return PageInput(judged: input, calls: calls, reports: reports)
    }
}
