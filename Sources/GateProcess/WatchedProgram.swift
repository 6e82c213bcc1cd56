internal import GateClock
internal import Glibc
internal import Synchronization

/// A program that was run to its end: how long it took, what it used, and what it left.
public struct WatchedProgram: Sendable {
    public enum End: Sendable, Equatable {
        case ended(ExitStatus)
        /// It was ended after the time that it had.
        case timedOut
    }

    public let end: End
    /// From the moment right before it was asked for to its end, by CLOCK_MONOTONIC.
    public let spawnedAtNs: Int64
    public let endedAtNs: Int64
    /// nil where the system did not tell.
    public let usage: ProcessUsage?
    /// Processes that it started and that still ran after its end, and were ended.
    public let leftBehind: Int
    public private(set) var output: CappedOutput
    public private(set) var errors: CappedOutput

    /// The same with what is kept of its outputs changed.
    public func outputs(rewrittenBy change: ([UInt8]) -> [UInt8]) -> WatchedProgram {
        var program = self
        (program.output, program.errors) = (output.rewritten(by: change), errors.rewritten(by: change))
        return program
    }

    /// How long a program may take to end by itself once its time is over, in seconds.
    private static let graceSeconds = 2.0
    private static let settlingNs: Int64 = 200_000_000

    /// Runs a program to its end, with all that it starts.
    ///
    /// - Parameters:
    ///   - command: program and arguments; a program without a slash is looked up in PATH.
    ///   - directory: absolute; where it is started.
    ///   - environment: its whole environment.
    ///   - timeoutSeconds: after this time it is ended.
    ///   - keptBytes: of each of its outputs.
    public static func run(
        command: [String], directory: String, environment: [String: String], timeoutSeconds: Double, keptBytes: Int
    ) throws(ProcessError) -> WatchedProgram {
        let program = command.first ?? ""
        let (output, errors, wake) = (
            try Pipe(program: program), try Pipe(program: program), try Pipe(program: program)
        )
        let started = try ChildProcess.start(
            command: command, environment: environment, directory: directory, standardOutput: output.writeEnd,
            standardError: errors.writeEnd, outlivesNobody: true, endsStrays: true)
        let child = ChildProcess(command: command, output: .inherit, started)
        output.closeWriteEnd()
        errors.closeWriteEnd()
        let end = try EndWatch(of: started.processID, closing: wake.releaseWriteEnd())
        var texts = Texts(output: output, errors: errors, keptBytes: keptBytes)

        let deadline = started.spawnedAtNs + Int64(max(0, min(timeoutSeconds, 86_400)) * 1e9)
        while !wake.isAtEnd, Pipe.wait(for: [output, errors, wake], untilNs: deadline) {
            wake.drain()
            texts.read()
        }
        // What a signal ended did not end by itself.
        Interruption.checkpoint()
        let isOver = !wake.isAtEnd && child.isRunning
        let companions = isOver ? 0 : companions(of: child)
        let status = child.end(graceSeconds: isOver || companions > 0 ? graceSeconds : 0)
        Interruption.checkpoint()
        texts.readRest()
        return WatchedProgram(
            end: isOver ? .timedOut : .ended(status), spawnedAtNs: started.spawnedAtNs,
            endedAtNs: isOver ? MonotonicClock.now() : end.stamp, usage: child.usage, leftBehind: companions,
            output: texts.kept.output, errors: texts.kept.errors)
    }

    /// What was started beside it and is on its way out is not left behind.
    private static func companions(of child: ChildProcess) -> Int {
        let deadline = MonotonicClock.now() + settlingNs
        var count = child.companions
        while count > 0, MonotonicClock.now() < deadline {
            MonotonicClock.rest(milliseconds: 10)
            count = child.companions
        }
        return count
    }

    /// What the program writes, read as it comes: a full pipe would stop it.
    private struct Texts {
        let output: Pipe
        let errors: Pipe
        var kept: (output: CappedOutput, errors: CappedOutput)

        init(output: Pipe, errors: Pipe, keptBytes: Int) {
            self.output = output
            self.errors = errors
            kept = (CappedOutput(limit: keptBytes), CappedOutput(limit: keptBytes))
        }

        mutating func read() {
            output.drain()
            errors.drain()
            kept.output.append(output.takeBytes())
            kept.errors.append(errors.takeBytes())
        }

        /// What is there after the end; whoever still holds the pipe is not waited for.
        mutating func readRest() {
            var before = -1
            while before != kept.output.count + kept.errors.count {
                before = kept.output.count + kept.errors.count
                read()
            }
        }
    }
}

/// Stamps the end of a process on a thread of its own, so that nobody has to ask again and again.
private final class EndWatch: Sendable {
    private let stampNs = Atomic<Int64>(0)

    /// - Parameter descriptor: closed when the process has ended.
    init(of process: pid_t, closing descriptor: Int32) throws(ProcessError) {
        do throws(ProcessError) {
            try Interruption.startThread { [self] in
                _ = ChildWait.untilEnd(process)
                stampNs.store(MonotonicClock.now(), ordering: .releasing)
                close(descriptor)
            }
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// The moment of the end; that of now where it is not known yet.
    var stamp: Int64 {
        let stamp = stampNs.load(ordering: .acquiring)
        return stamp == 0 ? MonotonicClock.now() : stamp
    }
}
