import GateClock
import GateCore
import GateMeasure
import GateProcess
import GateProxy
import Glibc
import Synchronization

/// The calls that pass a proxy, on standard error: a line for each that has ended, and below them on a terminal one that is
/// overwritten, of those under way.
final class LiveCalls: Sendable {
    private static let redrawMilliseconds = 200

    private enum LastLine { case fixed, drawn, over }

    private let terminal = Terminal.standardError
    private let lastLine = Mutex(LastLine.fixed)
    /// Whether a command writes to the same terminal, and may leave a line without an end.
    private let sharesTerminal: Bool

    init(besideCommand: Bool) { sharesTerminal = besideCommand && Terminal.standardError.canRedraw }

    func ended(_ call: ProxiedCall) {
        if Verbosity.current != .quiet { write(ProxiedCallLine.text(of: call), leaving: .fixed) }
    }

    /// Shows what is under way until a signal comes.
    func show(of run: ProxyRun) -> Never {
        let isWatched = Verbosity.current != .quiet && terminal.canRedraw
        while true {
            Interruption.checkpoint()
            if isWatched {
                draw(run.callsUnderWay)
                MonotonicClock.rest(milliseconds: LiveCalls.redrawMilliseconds)
            } else {
                pause()
            }
        }
    }

    /// Says what came of it when all has ended.
    func finish(_ made: PassedCallsDocument) {
        write(nil, leaving: .over)
        terminal.note(made.words)
    }

    private func write(_ line: String?, leaving state: LastLine) {
        lastLine.withLock { lastLine in
            if lastLine == .drawn { terminal.redraw("") }
            if sharesTerminal { terminal.beginLine() }
            lastLine = state
            if let line { terminal.lastLine(line) }
        }
    }

    private func draw(_ calls: [CallUnderWay]) {
        let now = MonotonicClock.now()
        let text = calls.map { ProxiedCallLine.text(of: $0, at: now) }.joined(separator: " | ")
        lastLine.withLock { lastLine in
            guard lastLine == .drawn || (lastLine == .fixed && !text.isEmpty) else { return }
            terminal.redraw(text)
            lastLine = text.isEmpty ? .fixed : .drawn
        }
    }
}
