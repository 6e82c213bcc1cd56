import ArgumentParser
import GateCore
import GateFiles
import GateJSON
import GateReports
import GateVerdict
import Glibc

struct JudgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Judges cases of a file or of standard input, one JSON object a line, one verdict a line.",
        discussion: """
            For numbers of any tool, and for simulations. A case has a stored baseline and a candidate, or pairs of base \
            and head, or all of them (then the candidate is screened first):

              {"id": 1, "policy": {"alpha": 0.01, "metrics": {"ttft": {"direction": "lower", "tolerance": 0.05}}},
               "baseline": [{"session": "a", "metrics": {"ttft": [0.41, 0.43]}}],
               "candidate": {"metrics": {"ttft": [0.42, 0.44]}},
               "pairs": [{"base": {"ttft": 0.41}, "head": {"ttft": 0.43}}]}

            (on one line). null, NaN and Infinity stand for a run that yielded no value. Verdicts come in the order of \
            the cases. A line that is no case ends the command with status 65; the verdicts before it are written.

            With --output a folder gets junit.xml, one test case for each metric that gates, and summary.md, for the test tab and \
            the summary of a pipeline, and the platform of the pipeline is told in its own way, as by 'check' (--ci).

            Exit status: that of the worst verdict: 1 regression, 69 invalid, 5 inconclusive with --inconclusive fail.

            Example:
              my-benchmark --json | chimera-gate judge
              chimera-gate judge cases.jsonl --format text
              chimera-gate judge cases.jsonl --output judged > verdicts.jsonl
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case json, text }

    @Argument(help: ArgumentHelp("A file of cases, or - for standard input.", valueName: "file"))
    var file = "-"
    @Option(help: "json: one object a line; text: for people.")
    var format = Format.json

    @Option(help: "What an inconclusive case does: warn (status 0) or fail (status 5).")
    var inconclusive = InconclusivePolicy.warn

    @Option(
        help: ArgumentHelp(
            "Writes junit.xml and summary.md into this folder, too: a new one, or one that holds nothing of others.",
            valueName: "dir"))
    var output: String?
    @OptionGroup var junit: JUnitOption
    @OptionGroup var pipeline: PipelineOption

    private static let blockSize = 1 << 20

    func validate() throws {
        if output == nil, junit.flavour != .jenkins {
            throw ValidationError("--junit says how junit.xml is written, and --output where; add --output")
        }
        if output == nil, ![.auto, .off].contains(pipeline.choice) {
            throw ValidationError("--ci tells what is in the files of --output; add --output")
        }
        if output?.isEmpty == true { throw ValidationError("--output is empty: name a folder") }
    }

    func run() throws {
        // Where this is refused, the folder is another's.
        let reports = try output.map { folder in
            CaseReports(
                of: file == "-" ? "stdin" : file.split(separator: "/").last.map(String.init) ?? file,
                inconclusive: inconclusive, in: try SessionDirectory.createForJudgement(at: folder),
                junit: junit.flavour,
                pipeline: pipeline.choice)
        }
        if let reports {
            Attempt.endsBySignal { signal in
                Terminal.standardError.note(Attempt.interruption(by: signal))
                reports.write(interruptedBy: signal)
            }
        }
        var worst: OverallVerdict?
        do {
            try judge { id, verdict in
                worst = OverallVerdict.worst(of: [worst, verdict.overall].compactMap(\.self))
                reports?.add(id: id, verdict)
            }
        } catch {
            let failure = CommandFailure(error)
            reports?.write(endedBy: failure)
            throw failure
        }
        let status = worst?.exit(inconclusive: inconclusive) ?? .unavailable
        let isWritten = reports?.write() ?? true
        throw ExitCode((status == .pass && !isWritten ? .inputOutput : status).rawValue)
    }

    private func judge(_ take: (_ id: String, CaseVerdict) -> Void) throws {
        let input = try open()
        defer { if input != STDIN_FILENO { close(input) } }
        var stream = CaseStream(append: append)
        var pending: [UInt8] = []
        while let block = try read(input) {
            let start = pending.count
            pending += block
            guard let feed = pending[start...].lastIndex(of: 0x0A) else { continue }
            try write(stream.judge(Array(pending[...feed])), take)
            pending.removeSubrange(...feed)
        }
        try write(stream.judge(pending), take)
        guard stream.count > 0 else {
            throw CommandFailure(.malformedData, "there is no case in \(source); write one JSON object a line")
        }
    }

    /// As messages name it.
    private var source: String { file == "-" ? "standard input" : "'\(file)'" }

    private var append: @Sendable (CaseVerdict, JSONValue, inout [UInt8]) -> Void {
        switch format {
        case .json: { VerdictLine.append($0, id: $1, to: &$2) }
        case .text: { VerdictLine.appendText($0, id: $1, to: &$2) }
        }
    }

    private func open() throws -> Int32 {
        guard file != "-" else { return STDIN_FILENO }
        let descriptor = Glibc.open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw CommandFailure(errno == EACCES ? .noPermission : .malformedData, "\(source): \(reason)")
        }
        return descriptor
    }

    /// The next bytes; nil at the end.
    private func read(_ input: Int32) throws -> [UInt8]? {
        while true {
            var length = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: JudgeCommand.blockSize) { buffer, count in
                length = Glibc.read(input, buffer.baseAddress, buffer.count)
                count = max(0, length)
            }
            if length < 0, errno == EINTR { continue }
            guard length >= 0 else {
                throw CommandFailure(.inputOutput, "\(source): \(String(cString: strerror(errno)))")
            }
            return length == 0 ? nil : bytes
        }
    }

    private func write(_ answer: CaseStream.Answer, _ take: (_ id: String, CaseVerdict) -> Void) throws {
        for (id, verdict) in answer.judged { take(VerdictLine.name(of: id), verdict) }
        if !answer.output.isEmpty {
            try Terminal.standardOutput.deliver(String(decoding: answer.output, as: UTF8.self))
        }
        if let (line, error) = answer.error {
            throw CommandFailure(.malformedData, "\(source), line \(line): \(error.message)")
        }
    }
}
