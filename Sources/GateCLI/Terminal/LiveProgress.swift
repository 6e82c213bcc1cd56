import GateClock
import GateMeasure
import GateProcess
import GateReports
import Glibc
import Synchronization

extension ProgressNotes {
    /// On standard error; nothing where that is to be quiet.
    static let onStandardError: ProgressNotes = {
        guard Verbosity.current != .quiet else { return .silent }
        let progress = LiveProgress.onStandardError
        return ProgressNotes(lines: progress.take) { progress.follow($0) }
    }()
}

/// What goes on: every line where a person watches, and below them one that is written over, of what is under way; elsewhere
/// the lines that last, and never more than half a minute of silence, after which some pipelines take a job for dead.
///
/// One for the whole call: a second one would take the first's lines for silence.
final class LiveProgress: Sendable {
    static let longestSilenceNs: Int64 = 25_000_000_000
    private static let redrawMilliseconds = 200

    static let onStandardError = LiveProgress(terminal: .standardError)

    private enum LastLine { case fixed, drawn, over }

    private struct State {
        /// What was told last, shown or not; nil where only what is under way is to be told.
        var latest: String? = "working"
        var latestNs = MonotonicClock.now()
        var shownNs = MonotonicClock.now()
        var underWay: ProgressNotes.UnderWay?
        var lastLine = LastLine.fixed
        var isWatched = false
    }

    private let terminal: Terminal
    private let redraws: Bool
    private let state = Mutex(State())

    init(terminal: Terminal) {
        self.terminal = terminal
        redraws = terminal.canRedraw
    }

    func take(_ line: ProgressNotes.Line) {
        // After a signal only its answer speaks.
        Interruption.checkpoint()
        watch()
        state.withLock { state in
            state.latest = line.text
            state.latestNs = MonotonicClock.now()
            if line.isLasting || terminal.isTerminal || Verbosity.current == .verbose { write(line.text, &state) }
        }
    }

    /// One line, also while a signal is answered.
    ///
    /// - Parameter anew: where another program writes to the same terminal and may leave a line without an end.
    func line(_ text: String, anew: Bool) {
        state.withLock { state in
            clear(&state)
            terminal.lastLine(text, anew: anew)
            state.shownNs = MonotonicClock.now()
        }
    }

    /// Has shown what is under way from now on; nil for no more.
    ///
    /// - Parameter alone: whether what was told before is left out.
    func follow(_ underWay: ProgressNotes.UnderWay?, alone: Bool = false) {
        watch()
        state.withLock { state in
            if underWay == nil { clear(&state) }
            if alone { state.latest = nil }
            state.underWay = underWay
        }
    }

    /// Shows nothing of what is under way any more.
    func end(anew: Bool = false) {
        state.withLock { state in
            clear(&state)
            if anew { terminal.beginLine() }
            state.lastLine = .over
        }
    }

    private func write(_ message: String, _ state: inout State) {
        clear(&state)
        terminal.lastLine("chimera-gate: \(ConsoleText.oneLine(message))")
        state.shownNs = MonotonicClock.now()
    }

    private func clear(_ state: inout State) {
        guard state.lastLine == .drawn else { return }
        terminal.redraw("")
        state.lastLine = .fixed
    }

    // MARK: - What is under way

    /// Looks from now on, to the end of the program, what is to be shown. Without a thread for it nothing is.
    private func watch() {
        let isWatched = state.withLock { state in
            defer { state.isWatched = true }
            return state.isWatched
        }
        guard !isWatched else { return }
        let box = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let progress = Unmanaged<LiveProgress>.fromOpaque(argument).takeRetainedValue()
                while true { progress.waitAndShow() }
            }, box.toOpaque())
        if code == 0 { pthread_detach(thread) } else { box.release() }
    }

    private func waitAndShow() {
        MonotonicClock.rest(milliseconds: LiveProgress.redrawMilliseconds)
        state.withLock { state in
            guard state.lastLine != .over else { return }
            if redraws {
                draw(&state)
            } else if let line = signOfLife(at: MonotonicClock.now(), &state) {
                write(line, &state)
            }
        }
    }

    private func draw(_ state: inout State) {
        guard let words = state.underWay?() else { return clear(&state) }
        terminal.redraw(state.latest.map { "\($0) \(words)" } ?? words)
        state.lastLine = .drawn
    }

    /// What is shown where nothing has been for long; nil where something has, and where nothing goes on.
    ///
    /// - Parameter now: monotonic nanoseconds.
    func signOfLife(at now: Int64) -> String? { state.withLock { signOfLife(at: now, &$0) } }

    private func signOfLife(at now: Int64, _ state: inout State) -> String? {
        guard now >= state.shownNs + LiveProgress.longestSilenceNs else { return nil }
        state.shownNs = now
        let words = state.underWay?()
        guard let latest = state.latest else { return words }
        return words.map { "\(latest) \($0)" } ?? "\(latest) (\((now - state.latestNs) / 1_000_000_000) s ago)"
    }
}
