internal import GateClock
internal import Glibc

/// What a program that was run to its end has said.
public struct CapturedOutput: Sendable, Equatable {
    public let status: ExitStatus
    /// Standard output as a whole.
    public let output: [UInt8]
    /// The last lines of standard error, at most ten, without control characters.
    public let errorLines: [String]
}

extension ChildProcess {
    /// Runs a program to its end and reads what it writes.
    ///
    /// - Parameters:
    ///   - command: program and arguments; a program without a slash is looked up in PATH.
    ///   - environment: the whole environment of the child; nil for our own.
    ///   - limit: the most bytes of standard output; more end it with ``ProcessError/outputTooLarge(program:limit:)``.
    ///   - timeoutSeconds: after this time it is killed with all that it started.
    public static func capture(
        command: [String], environment: [String: String]? = nil, limit: Int, timeoutSeconds: Double
    ) throws(ProcessError) -> CapturedOutput {
        let program = command.first ?? ""
        let output = try Pipe(program: program)
        let errors = try Pipe(program: program)
        let started = try start(
            command: command, environment: environment, standardOutput: output.writeEnd,
            standardError: errors.writeEnd)
        let child = ChildProcess(command: command, output: .inherit, started)
        defer { child.end(graceSeconds: 0) }
        output.closeWriteEnd()
        errors.closeWriteEnd()

        let deadline = started.spawnedAtNs + Int64(max(0, min(timeoutSeconds, 86_400)) * 1e9)
        while !(output.isAtEnd && errors.isAtEnd) {
            guard Pipe.wait(for: [output, errors], untilNs: deadline) else {
                throw .timedOut(program: program, seconds: timeoutSeconds)
            }
            output.drain()
            errors.drain(keepingLast: 4096)
            guard output.bytes.count <= limit else { throw .outputTooLarge(program: program, limit: limit) }
        }
        while child.isRunning {
            guard MonotonicClock.now() < deadline else {
                throw .timedOut(program: program, seconds: timeoutSeconds)
            }
            MonotonicClock.rest(milliseconds: 1)
        }
        return CapturedOutput(
            status: child.end(graceSeconds: 0), output: output.bytes, errorLines: LastLines.of(errors.bytes[...]))
    }
}
