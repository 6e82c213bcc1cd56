import ArgumentParser
import GateFiles
import GateReports
import GateVerdict

/// The files of a judgement, each rendered when it is written.
struct RenderedFiles {
    typealias File = (name: String, render: () throws -> String)

    let directory: SessionDirectory
    /// A sentence for each file that could not be written: that never changes a verdict, but it is no success either.
    var unwritten: [String] = []
    /// The names of those that were.
    private(set) var written: [String] = []

    init(in directory: SessionDirectory) { self.directory = directory }

    static func verdict(_ judgement: some Encodable) -> File {
        (SessionDirectory.verdictName, { try VisibleJSON.text(of: judgement) })
    }

    /// Writes every file that can be written.
    mutating func write(_ files: [File]) {
        for (name, render) in files {
            do {
                try AtomicFile.write(try render(), to: directory.path(of: name))
                written.append(name)
            } catch {
                unwritten.append("\(error)")
            }
        }
    }

    /// Says what could not be written, and tells the platform of the pipeline what could be judged.
    func tell(_ report: PipelineReport, to pipeline: PipelineOption.Choice) {
        for problem in unwritten { Terminal.standardError.error(problem) }
        PipelineDelivery(directory).deliver(report, to: pipeline)
    }

    /// The same, and ends by the status of the verdict.
    func finish(_ report: PipelineReport, to pipeline: PipelineOption.Choice, status: Int) throws {
        tell(report, to: pipeline)
        throw ExitCode(
            status == 0 && !unwritten.isEmpty ? GateExit.inputOutput.rawValue : Int32(clamping: status))
    }
}
