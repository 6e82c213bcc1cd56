/// Why a program could not be started, or did not do what it was started for. Commands are named by their program
/// alone: arguments may hold credentials.
public enum ProcessError: Error, Sendable, Equatable, CustomStringConvertible {
    case emptyCommand
    /// Neither a file of that path nor a program of that name in the folders of PATH.
    case programNotFound(String)
    /// There is such a file, but it cannot be run; the reason in words.
    case notExecutable(String, reason: String)
    /// The command or its environment holds a NUL byte, which no program can be given.
    case nulByte(program: String)
    /// The file for the program's output cannot be written.
    case outputNotWritable(path: String, reason: String)
    /// The system refused a process or a pipe.
    case system(program: String, reason: String)
    /// The program ended although it was to go on; with the last lines of its output, oldest first.
    case endedEarly(program: String, status: ExitStatus, lastLines: [String])
    case timedOut(program: String, seconds: Double)
    /// More output than the caller wanted to read. Bytes.
    case outputTooLarge(program: String, limit: Int)
    /// The process itself may open too few files and connections.
    case tooFewDescriptors(limit: Int, needed: Int)
    /// The whole program is being interrupted by a signal; nothing is started any more.
    case interrupted

    public var description: String {
        switch self {
        case .emptyCommand: "the command is empty; name a program and its arguments"
        case .programNotFound(let program):
            program.contains("/")
                ? "there is no program '\(program)'; check the path"
                : "'\(program)' is not in any folder of PATH; install it or give its whole path"
        case .notExecutable(let program, let reason): "'\(program)' cannot be run: \(reason)"
        case .nulByte(let program): "a NUL byte stands in the arguments or the environment of '\(program)'"
        case .outputNotWritable(let path, let reason): "cannot write the program's output to '\(path)': \(reason)"
        case .system(let program, let reason): "cannot start '\(program)': \(reason)"
        case .endedEarly(let program, let status, let lines):
            "'\(program)' ended early with \(status)"
                + (lines.isEmpty
                    ? "; it said nothing"
                    : ". Its last lines:\n" + lines.map { "    \($0)" }.joined(separator: "\n"))
        case .timedOut(let program, let seconds): "'\(program)' did not end within \(seconds) s and was stopped"
        case .outputTooLarge(let program, let limit):
            "'\(program)' wrote more than the \(limit) bytes that are read of it"
        case .tooFewDescriptors(let limit, let needed):
            "too few files can be open at a time: the limit is \(limit), of which fewer than \(needed) are free; raise it"
                + " (ulimit -n 1024)"
        case .interrupted: "interrupted by a signal"
        }
    }
}
