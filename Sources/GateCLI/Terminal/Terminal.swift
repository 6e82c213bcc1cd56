import GateCore
import GateProcess
import GateReports
import GateVerdict
import Glibc
import Synchronization

/// Standard output or standard error, and what may be shown there.
struct Terminal {
    static let standardOutput = Terminal(descriptor: STDOUT_FILENO)
    static let standardError = Terminal(descriptor: STDERR_FILENO)

    let descriptor: Int32

    /// The `errno` of the first write to standard output that failed, 0 for none. A closed pipe is no failure: who stops
    /// reading has what he wants.
    private static let firstFailure = Atomic<Int32>(0)

    /// Why standard output was not written as a whole; nil where it was.
    static var lostOutput: Int32? {
        let code = firstFailure.load(ordering: .relaxed)
        return code == 0 ? nil : code
    }

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
        // After a signal only its answer speaks.
        Interruption.checkpoint()
        let code = writeAll(text)
        if code != 0, code != EPIPE, descriptor == STDOUT_FILENO {
            _ = Terminal.firstFailure.compareExchange(expected: 0, desired: code, ordering: .relaxed)
        }
        return code
    }

    private func writeAll(_ text: String) -> CInt {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN {
                // Somebody made our terminal or pipe non-blocking.
                var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&wanted, 1, -1)
                continue
            }
            guard count > 0 else { return count < 0 ? errno : EIO }
            bytes = bytes.dropFirst(count)
        }
        return 0
    }

    /// One message; what a server, a file or the environment said may stand in it.
    func line(_ text: String = "") { write(ConsoleText.harmless(text) + "\n") }
    /// One line of something that goes on until a signal ends it: it may still come while that is answered, and nobody may
    /// be held up by it then.
    ///
    /// - Parameter anew: whether ``lineBeginning`` comes first, in the same write: another program may write between two.
    func lastLine(_ text: String, anew: Bool = false) {
        _ = writeAll((anew ? lineBeginning : "") + ConsoleText.harmless(text) + "\n")
    }
    /// Whether the last line can be written over.
    var canRedraw: Bool { isTerminal && Variables.all["TERM"] != "dumb" }
    /// Ends the line that somebody left without an end, on a terminal that ``canRedraw``: so many blanks fill a line that is
    /// empty, and run over the end of any other; where they end, the line begins anew.
    private var lineBeginning: String { String(repeating: " ", count: width) + "\r\u{1B}[K" }
    /// Writes ``lineBeginning`` alone.
    func beginLine() { _ = writeAll(lineBeginning) }
    /// Writes over the last line, which ``canRedraw``; nothing clears it.
    func redraw(_ text: String) {
        _ = writeAll("\r\u{1B}[K" + ConsoleText.harmless(ConsoleText.oneLine(text)).prefix(max(0, width - 1)))
    }
    func error(_ message: String) { line("chimera-gate: error: \(message)") }
    func warning(_ message: String) {
        if Verbosity.current != .quiet { line("chimera-gate: warning: \(ConsoleText.oneLine(message))") }
    }
    /// What is begun now.
    func step(_ text: String) {
        if Verbosity.current != .quiet { line(text) }
    }
    func note(_ message: String) {
        if Verbosity.current != .quiet { line("chimera-gate: \(ConsoleText.oneLine(message))") }
    }
}

extension CommandFailure {
    static func notWritten(_ code: CInt) -> CommandFailure {
        CommandFailure(
            .inputOutput, "the output was not written as a whole: \(String(cString: strerror(code)))",
            remedy: "Free some space, or send standard output to where it can be written.")
    }
}
