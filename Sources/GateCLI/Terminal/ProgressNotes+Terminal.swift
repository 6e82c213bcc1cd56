import GateClock
import GateMeasure
import GateReports
import Glibc
import Synchronization

extension ProgressNotes {
    /// On standard error: every line where a person watches; elsewhere those that last, and never more than half a minute
    /// of silence, after which some pipelines take a job for dead.
    ///
    /// One for the whole call: a second one would take the first's lines for silence.
    static let onStandardError: ProgressNotes = {
        let terminal = Terminal.standardError
        guard Verbosity.current != .quiet else { return .silent }
        guard !terminal.isTerminal, Verbosity.current != .verbose else { return ProgressNotes { terminal.note($0) } }
        let plain = PlainProgress(terminal: terminal)
        plain.watch()
        return ProgressNotes(lines: plain.take)
    }()
}

/// Progress in a log: few lines, and a sign of life where there is none for long.
final class PlainProgress: Sendable {
    static let longestSilenceNs: Int64 = 25_000_000_000

    private struct State {
        /// What was told last, shown or not.
        var latest = "working"
        var latestNs = MonotonicClock.now()
        var shownNs = MonotonicClock.now()
    }

    private let terminal: Terminal
    private let state = Mutex(State())

    init(terminal: Terminal) { self.terminal = terminal }

    func take(_ line: ProgressNotes.Line) {
        let now = MonotonicClock.now()
        state.withLock { state in
            state.latest = line.text
            state.latestNs = now
            if line.isLasting { state.shownNs = now }
        }
        if line.isLasting { terminal.note(line.text) }
    }

    /// Looks from now on, to the end of the program, whether a sign of life is due.
    func watch() {
        let box = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let progress = Unmanaged<PlainProgress>.fromOpaque(argument).takeRetainedValue()
                while true { progress.waitAndShow() }
            }, box.toOpaque())
        if code == 0 { pthread_detach(thread) } else { box.release() }
    }

    private func waitAndShow() {
        guard let line = signOfLife(at: MonotonicClock.now()) else {
            usleep(500_000)
            return
        }
        // It may come while a signal is answered, and nobody may be held up by it then.
        terminal.lastLine("chimera-gate: \(ConsoleText.oneLine(line))")
    }

    /// What is shown where nothing has been for long; nil where something has.
    ///
    /// - Parameter now: monotonic nanoseconds.
    func signOfLife(at now: Int64) -> String? {
        state.withLock { state in
            guard now >= state.shownNs + PlainProgress.longestSilenceNs else { return nil }
            state.shownNs = now
            return "\(state.latest) (\((now - state.latestNs) / 1_000_000_000) s ago)"
        }
    }
}
