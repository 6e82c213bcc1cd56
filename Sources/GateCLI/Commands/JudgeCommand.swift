import ArgumentParser
import GateClock
import GateCore
import GateFiles
import GateJSON
import GateMeasure
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
            the summary of a pipeline.

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

    private static let blockSize = 1 << 20

    func validate() throws {
        if output == nil, junit.flavour != .jenkins {
            throw ValidationError("--junit says how junit.xml is written, and --output where; add --output")
        }
        if output?.isEmpty == true { throw ValidationError("--output is empty: name a folder") }
    }

    func run() throws {
        // Where this is refused, the folder is another's.
        let directory = try output.map { try SessionDirectory.createForJudgement(at: $0) }
        var cases = JudgedCases(
            source: file == "-" ? "stdin" : file.split(separator: "/").last.map(String.init) ?? file,
            toolVersion: ToolVersion.current, startedAt: WallClock.time, inconclusive: inconclusive)
        let began = MonotonicClock.now()
        var seconds: Double { Double(MonotonicClock.now() - began) / 1e9 }
        do {
            try judge(into: &cases)
        } catch {
            let failure = CommandFailure(error)
            cases.end(
                seconds: seconds, exitCode: Int(failure.code.rawValue), message: failure.message,
                remedy: failure.remedy ?? "")
            if let directory { report(cases, in: directory) }
            throw failure
        }
        cases.end(seconds: seconds)
        let isWritten = directory.map { report(cases, in: $0) } ?? true
        let code = Int32(clamping: cases.exitCode)
        throw ExitCode(code == 0 && !isWritten ? GateExit.inputOutput.rawValue : code)
    }

    /// Writes the reports that can be written.
    ///
    /// - Returns: whether that was all of them: one that is missing never changes the verdict, but it is no success either.
    @discardableResult
    private func report(_ cases: JudgedCases, in directory: SessionDirectory) -> Bool {
        let files: [(name: String, render: () throws -> String)] = [
            (SessionDirectory.junitName, { try JUnitReport(flavour: junit.flavour).render(cases) }),
            (SessionDirectory.summaryName, { CasesMarkdown().render(cases) }),
        ]
        return files.reduce(true) { isWritten, file in
            do {
                try AtomicFile.write(try file.render(), to: directory.path(of: file.name))
                return isWritten
            } catch {
                Terminal.standardError.error("\(error)")
                return false
            }
        }
    }

    private func judge(into cases: inout JudgedCases) throws {
        let input = try open()
        defer { if input != STDIN_FILENO { close(input) } }
        var stream = CaseStream(append: append)
        var pending: [UInt8] = []
        while let block = try read(input) {
            let start = pending.count
            pending += block
            guard let feed = pending[start...].lastIndex(of: 0x0A) else { continue }
            try write(stream.judge(Array(pending[...feed])), into: &cases)
            pending.removeSubrange(...feed)
        }
        try write(stream.judge(pending), into: &cases)
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

    private func write(_ answer: CaseStream.Answer, into cases: inout JudgedCases) throws {
        for (id, verdict) in answer.judged { cases.add(id: VerdictLine.name(of: id), verdict) }
        if !answer.output.isEmpty {
            try Terminal.standardOutput.deliver(String(decoding: answer.output, as: UTF8.self))
        }
        if let (line, error) = answer.error {
            throw CommandFailure(.malformedData, "\(source), line \(line): \(error.message)")
        }
    }
}
