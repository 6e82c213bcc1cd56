import ArgumentParser
import GateCore
import Glibc

struct JudgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Judges cases from standard input, one JSON object a line, one verdict a line.",
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
            """)

    @Option(help: "What an inconclusive case does: warn (status 0) or fail (status 5).")
    var inconclusive = InconclusivePolicy.warn

    private static let blockSize = 1 << 20

    func run() throws {
        var stream = CaseStream()
        var pending: [UInt8] = []
        while let block = try JudgeCommand.read() {
            let start = pending.count
            pending += block
            guard let feed = pending[start...].lastIndex(of: 0x0A) else { continue }
            try write(stream.judge(Array(pending[...feed])))
            pending.removeSubrange(...feed)
        }
        try write(stream.judge(pending))
        guard stream.count > 0 else {
            throw CommandFailure(.malformedData, "there is no case on standard input; write one JSON object a line")
        }
        throw ExitCode(status(of: stream.verdicts))
    }

    /// The next bytes of standard input; nil at its end.
    private static func read() throws -> [UInt8]? {
        while true {
            var length = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: blockSize) { buffer, count in
                length = Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
                count = max(0, length)
            }
            if length < 0, errno == EINTR { continue }
            guard length >= 0 else {
                throw CommandFailure(.inputOutput, "standard input: \(String(cString: strerror(errno)))")
            }
            return length == 0 ? nil : bytes
        }
    }

    private func write(_ answer: CaseStream.Answer) throws {
        if !answer.output.isEmpty {
            try Terminal.standardOutput.deliver(String(decoding: answer.output, as: UTF8.self))
        }
        if let (line, error) = answer.error {
            throw CommandFailure(.malformedData, "standard input, line \(line): \(error.message)")
        }
    }

    private func status(of verdicts: Set<CaseVerdict.Overall>) -> Int32 {
        let exit: GateExit =
            if verdicts.contains(.regression) {
                .regression
            } else if verdicts.contains(.invalid) {
                .unavailable
            } else if verdicts.contains(.inconclusive), inconclusive == .fail {
                .inconclusive
            } else {
                .pass
            }
        return exit.rawValue
    }
}
