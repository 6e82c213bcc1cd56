import ArgumentParser
import GateCore
import GateJSON
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

            Exit status: that of the worst verdict: 1 regression, 69 invalid, 5 inconclusive with --inconclusive fail.

            Example:
              my-benchmark --json | chimera-gate judge
              chimera-gate judge cases.jsonl --format text
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case json, text }

    @Argument(help: ArgumentHelp("A file of cases, or - for standard input.", valueName: "file"))
    var file = "-"
    @Option(help: "json: one object a line; text: for people.")
    var format = Format.json

    @Option(help: "What an inconclusive case does: warn (status 0) or fail (status 5).")
    var inconclusive = InconclusivePolicy.warn

    private static let blockSize = 1 << 20

    func run() throws {
        let input = try open()
        defer { if input != STDIN_FILENO { close(input) } }
        var stream = CaseStream(append: append)
        var pending: [UInt8] = []
        while let block = try read(input) {
            let start = pending.count
            pending += block
            guard let feed = pending[start...].lastIndex(of: 0x0A) else { continue }
            try write(stream.judge(Array(pending[...feed])))
            pending.removeSubrange(...feed)
        }
        try write(stream.judge(pending))
        guard stream.count > 0 else {
            throw CommandFailure(.malformedData, "there is no case in \(source); write one JSON object a line")
        }
        let worst = OverallVerdict.worst(of: stream.verdicts) ?? .pass
        throw ExitCode(worst.exit(inconclusive: inconclusive).rawValue)
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

    private func write(_ answer: CaseStream.Answer) throws {
        if !answer.output.isEmpty {
            try Terminal.standardOutput.deliver(String(decoding: answer.output, as: UTF8.self))
        }
        if let (line, error) = answer.error {
            throw CommandFailure(.malformedData, "\(source), line \(line): \(error.message)")
        }
    }
}
