import GateCore
import GateReports
import Glibc
import Synchronization

/// Standard output or standard error, and what may be shown there.
struct Terminal {
    static let standardOutput = Terminal(descriptor: STDOUT_FILENO)
    static let standardError = Terminal(descriptor: STDERR_FILENO)

    let descriptor: Int32

    var isTerminal: Bool { isatty(descriptor) == 1 }

    func showsColours(_ choice: ColourChoice) -> Bool {
        choice.isColoured(isTerminal: isTerminal, variables: Variables.all)
    }

    /// Columns; 80 where there is no terminal to ask.
    var width: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// The `errno` of the first write to standard output that failed; 0 for none. Where the reader left of its own will
    /// (head, less) nothing failed.
    private static let lostOutput = Atomic<CInt>(0)

    /// Why what was to be seen on standard output was not; nil where it was.
    static var outputFailure: CommandFailure? {
        let code = lostOutput.load(ordering: .relaxed)
        return code == 0 ? nil : .notWritten(code)
    }

    /// Writes what the command was called for, for people: what others had a part in is made harmless.
    func deliver(lines text: String) throws(CommandFailure) { try deliver(ConsoleText.harmless(text)) }

    /// Writes what the command was called for: a part of it is no success.
    func deliver(_ text: String) throws(CommandFailure) {
        let code = write(text)
        guard code == 0 || code == EPIPE else {
            throw .notWritten(code)
        }
    }

    /// Writes what can be lost: what was measured is on disk.
    ///
    /// - Returns: 0, or the `errno` that ended it.
    @discardableResult
    func write(_ text: String) -> CInt {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                let code = count < 0 ? errno : EIO
                if descriptor == STDOUT_FILENO, code != EPIPE { Terminal.lostOutput.store(code, ordering: .relaxed) }
                return code
            }
            bytes = bytes.dropFirst(count)
        }
        return 0
    }

    /// One message; what a server, a file or the environment said may stand in it.
    func line(_ text: String = "") { write(ConsoleText.harmless(text) + "\n") }
    func error(_ message: String) { line("chimera-gate: error: \(message)") }
    func warning(_ message: String) { line("chimera-gate: warning: \(ConsoleText.oneLine(message))") }
    func note(_ message: String) { line("chimera-gate: \(ConsoleText.oneLine(message))") }
}

extension CommandFailure {
    fileprivate static func notWritten(_ code: CInt) -> CommandFailure {
        CommandFailure(
            .inputOutput, "the output was not written as a whole: \(String(cString: strerror(code)))",
            remedy: "Free some space, or send standard output to where it can be written.")
    }
}
