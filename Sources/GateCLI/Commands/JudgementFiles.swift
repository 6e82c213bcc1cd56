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

    /// Writes every file that can be written; returns one sentence for each that could not.
    ///
    /// - Parameter left: names of files that are written for several workloads together.
    func write(to directory: SessionDirectory, but left: [String] = []) -> [String] {
        let files: [(name: String, render: () throws -> String)] = [
            (
                SessionDirectory.verdictName,
                { VisibleJSON.escaped(String(decoding: try CanonicalJSON.encode(input.judgement), as: UTF8.self)) }
            ),
            (SessionDirectory.junitName, { try JUnitReport(flavour: junit).render(input) }),
            (SessionDirectory.summaryName, { try SummaryMarkdown().render(input) }),
            (SessionDirectory.pageName, { IndexPage(page(in: directory)).render() }),
        ]
        return files.filter { !left.contains($0.name) }.compactMap { name, render in
            attempt { try AtomicFile.write(try render(), to: directory.path(of: name)) }
        }
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

    private func attempt(_ write: () throws -> Void) -> String? {
        do {
            try write()
            return nil
        } catch {
            return "\(error)"
        }
    }
}
