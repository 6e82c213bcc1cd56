internal import Glibc
internal import Synchronization

/// A program that was started in a process group apart from ours and ends with all that it started.
public final class ChildProcess: Sendable {
    /// Where standard output and standard error of a child go. Its standard input is always empty.
    public enum Output: Sendable, Equatable {
        /// Where ours go.
        case inherit
        /// Both where our standard error goes.
        case standardError
        case discard
        /// Both into this file, which is emptied first.
        case file(String)
    }

    public let command: [String]
    public let processID: Int32
    /// The moment right before the process was asked for, in nanoseconds of CLOCK_MONOTONIC.
    public let spawnedAtNs: Int64
    private let output: Output
    private let lifeline: Lifeline?
    private let mark: ProcessMark?
    private let reaped = Mutex<Reaped?>(nil)

    private struct Reaped {
        let status: ExitStatus
        let usage: ProcessUsage?
    }

    init(command: [String], output: Output, _ started: StartedChild) {
        lifeline = started.lifeline
        mark = started.mark
        processID = started.processID
        spawnedAtNs = started.spawnedAtNs
        self.command = command
        self.output = output
    }

    /// Starts a program. It is never run through a shell.
    ///
    /// - Parameters:
    ///   - command: program and arguments; a program without a slash is looked up in PATH.
    ///   - environment: the whole environment of the child; nil for our own.
    ///   - output: where its standard output and standard error go.
    ///   - endsStrays: true where also what left its process group ends with it.
    public static func spawn(
        command: [String], environment: [String: String]? = nil, output: Output = .inherit, endsStrays: Bool = false
    ) throws(ProcessError) -> ChildProcess {
        let descriptor = try output.open()
        defer { if let descriptor { close(descriptor) } }
        let started = try start(
            command: command, environment: environment, standardOutput: descriptor, standardError: descriptor,
            outlivesNobody: true, endsStrays: endsStrays)
        return ChildProcess(command: command, output: output, started)
    }

    /// Finds the program of a command without starting it.
    ///
    /// - Parameters:
    ///   - environment: the whole environment of the child; nil for our own.
    ///   - directory: absolute; where it would be started. nil for our own.
    /// - Returns: the path of the file that would be run.
    @discardableResult
    public static func find(
        _ command: [String], environment: [String: String]? = nil, directory: String? = nil
    ) throws(ProcessError) -> String {
        guard let program = command.first, !program.isEmpty else { throw .emptyCommand }
        let search = (environment.map { $0["PATH"] } ?? getenv("PATH").map { String(cString: $0) })
        let isRelative = program.contains("/") && !program.hasPrefix("/")
        let named = isRelative ? directory.map { "\($0)/\(program)" } ?? program : program
        return try ProgramSearch.locate(named, path: search ?? "/usr/local/bin:/usr/bin:/bin")
    }

    /// Finds the program, starts it and enters it in the registry.
    ///
    /// - Parameters:
    ///   - directory: absolute; where it is started, and where a program with a slash in its name is looked for. nil for
    ///     our own.
    ///   - outlivesNobody: true for what must end with us, whatever ends us.
    ///   - endsStrays: true where also what left its process group ends with it.
    static func start(
        command: [String], environment: [String: String]?, directory: String? = nil, standardOutput: Int32?,
        standardError: Int32?, outlivesNobody: Bool = false, endsStrays: Bool = false
    ) throws(ProcessError) -> StartedChild {
        guard let program = command.first, !program.isEmpty else { throw .emptyCommand }
        let variables = (environment ?? [:]).flatMap { [$0.key, $0.value] }
        guard !(command + variables).contains(where: { $0.utf8.contains(0) }) else {
            throw .nulByte(program: String(program.prefix { $0 != "\0" }))
        }
        let path = try find(command, environment: environment, directory: directory)
        let mark = endsStrays ? ProcessMark() : nil
        let marked = mark.map { mark in
            (environment ?? InheritedEnvironment.with([:])).merging([ProcessMark.variable: mark.value]) { $1 }
        }
        let spawn = ProcessSpawn(
            path: path, command: command, environment: marked ?? environment, directory: directory,
            standardOutput: standardOutput, standardError: standardError)
        return try ChildRegistry.shared.start(spawn, outlivesNobody: outlivesNobody, mark: mark)
    }

    /// Whether the program itself still runs.
    public var isRunning: Bool { exitStatus == nil }

    /// How the program ended; nil while it runs. Does not wait.
    public var exitStatus: ExitStatus? { reaped.withLock { $0?.status ?? ChildWait.poll(processID) } }

    /// What it used, with all that it waited for; nil before ``end(graceSeconds:)``.
    public var usage: ProcessUsage? { reaped.withLock { $0?.usage } }

    private var group: ProcessGroup { ProcessGroup(id: lifeline?.keeper ?? processID, member: processID, mark: mark) }

    /// How many processes run that it started and that stayed in its group or carry its mark.
    var companions: Int { group.companions }

    /// The error that says that the program ended although it should go on, with the last lines of its output; nil
    /// while it runs.
    public var earlyEnd: ProcessError? {
        guard let status = exitStatus else { return nil }
        var lines: [String] = []
        if case .file(let path) = output { lines = LastLines.ofFile(path) }
        return .endedEarly(program: command.first ?? "", status: status, lastLines: lines)
    }

    /// Waits until the program has ended by itself, and ends what it left behind.
    ///
    /// - Parameter graceSeconds: how long that may take to end by itself; 0 kills at once.
    public func waitUntilEnd(graceSeconds: Double) -> ExitStatus {
        if exitStatus == nil { _ = ChildWait.untilEnd(processID) }
        return end(graceSeconds: graceSeconds)
    }

    /// Ends the program and all that it started: SIGTERM to the group, SIGKILL to what is left of it after the grace
    /// period, and waits for the program's end. Harmless when it has ended before.
    ///
    /// - Parameter graceSeconds: how long the group may take to end by itself; 0 kills at once.
    @discardableResult
    public func end(graceSeconds: Double) -> ExitStatus {
        reaped.withLock { reaped in
            if let reaped { return reaped.status }
            let group = group
            group.end(graceSeconds: graceSeconds)
            let final = ChildWait.untilEnd(processID)
            let usage = ChildRegistry.shared.remove(group) {
                let usage = ChildWait.reap(processID)
                lifeline?.cut()
                return usage
            }
            reaped = Reaped(status: final, usage: usage)
            return final
        }
    }

    deinit { end(graceSeconds: 0) }
}

/// A process that was just started.
struct StartedChild {
    let processID: pid_t
    /// The moment right before it was asked for, in nanoseconds of CLOCK_MONOTONIC.
    let spawnedAtNs: Int64
    let lifeline: Lifeline?
    /// Nil where its process group alone ends with it.
    let mark: ProcessMark?
}

extension ChildProcess.Output {
    /// A descriptor of ours to write to; nil where the child shares our own.
    fileprivate func open() throws(ProcessError) -> Int32? {
        let path: String
        switch self {
        case .inherit: return nil
        case .standardError:
            let copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
            guard copy >= 0 else { throw .outputNotWritable(path: "standard error", reason: SystemError.text(errno)) }
            return copy
        case .discard: path = "/dev/null"
        case .file(let file): path = file
        }
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NOCTTY, 0o644)
        guard descriptor >= 0 else { throw .outputNotWritable(path: path, reason: SystemError.text(errno)) }
        return Pipe.aboveStandard(descriptor)
    }
}
