import GateClock
import GateCore
import GateFiles
import GateMeasure
import GateReports
import GateVerdict
import Synchronization

/// What a call of `judge` tells besides its verdicts: files in a folder, and to the platform what they say, whatever ends
/// the call.
final class CaseReports: Sendable {
    private let directory: SessionDirectory
    private let junit: JUnitFlavour
    private let pipeline: PipelineOption.Choice
    private let began = MonotonicClock.now()
    private let cases: Mutex<JudgedCases>

    init(
        of source: String, inconclusive: InconclusivePolicy, in directory: SessionDirectory, junit: JUnitFlavour,
        pipeline: PipelineOption.Choice
    ) {
        self.directory = directory
        self.junit = junit
        self.pipeline = pipeline
        cases = Mutex(
            JudgedCases(
                source: source, toolVersion: ToolVersion.current, startedAt: WallClock.time, inconclusive: inconclusive)
        )
    }

    func add(id: String, _ verdict: CaseVerdict) { cases.withLock { $0.add(id: id, verdict) } }

    /// - Returns: whether all of them were written: one that is missing never changes the verdict, but it is no success
    ///   either.
    @discardableResult
    func write(endedBy failure: CommandFailure? = nil) -> Bool {
        write(exitCode: failure?.code.rawValue, failure?.message ?? "", failure?.remedy ?? "")
    }

    /// Answers a signal: from here on nobody else writes.
    func write(interruptedBy signal: Int32) {
        DiskSeal.close()
        write(exitCode: 128 + signal, Attempt.interruption(by: signal), "Judge the cases again.")
    }

    @discardableResult
    private func write(exitCode: Int32?, _ message: String, _ remedy: String) -> Bool {
        let seconds = Double(MonotonicClock.now() - began) / 1e9
        let judged = cases.withLock { cases in
            if let exitCode {
                cases.end(seconds: seconds, exitCode: Int(exitCode), message: message, remedy: remedy)
            } else {
                cases.end(seconds: seconds)
            }
            return cases
        }
        var files = RenderedFiles(in: directory)
        files.write([
            (SessionDirectory.junitName, { try JUnitReport(flavour: self.junit).render(judged) }),
            (SessionDirectory.summaryName, { CasesMarkdown().render(judged) }),
        ])
        files.tell(PipelineReport(judged), to: pipeline)
        return files.unwritten.isEmpty
    }
}
