import GateCore
import GateFiles
import GateReports

/// Writes what `check` leaves beside the session: JUnit XML, the summary and the verdict.
struct JudgementFiles {
    let input: ReportInput

    /// Writes every file that can be written; returns one sentence for each that could not.
    func write(to directory: SessionDirectory) -> [String] {
        let files: [(name: String, render: () throws -> String)] = [
            (
                SessionDirectory.verdictName,
                { String(decoding: try CanonicalJSON.encode(input.judgement), as: UTF8.self) }
            ),
            (SessionDirectory.junitName, { try JUnitReport().render(input) }),
            (SessionDirectory.summaryName, { try SummaryMarkdown().render(input) }),
        ]
        return files.compactMap { name, render in
            attempt { try AtomicFile.write(try render(), to: directory.path(of: name)) }
        }
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
