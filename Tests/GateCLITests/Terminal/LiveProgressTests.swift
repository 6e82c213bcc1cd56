import GateClock
import Glibc
import Synchronization
import Testing

@testable import GateCLI
@testable import GateMeasure

@Suite("Progress in a log")
struct LiveProgressTests {
    private static let silence = LiveProgress.longestSilenceNs

    private func progress() -> LiveProgress {
        LiveProgress(terminal: Terminal(descriptor: open("/dev/null", O_WRONLY | O_CLOEXEC)))
    }

    @Test("is silent for less than half a minute, and then says what it was at")
    func signOfLife() {
        let progress = progress()
        progress.take(ProgressNotes.Line(text: "run 1/2: finished", isLasting: true))
        progress.take(ProgressNotes.Line(text: "run 2/2: analysis …", isLasting: false))
        let now = MonotonicClock.now()
        #expect(progress.signOfLife(at: now) == nil)
        let later = now + Self.silence
        #expect(progress.signOfLife(at: later) == "run 2/2: analysis … (25 s ago)")
        #expect(progress.signOfLife(at: later) == nil)
        #expect(progress.signOfLife(at: later + Self.silence) == "run 2/2: analysis … (50 s ago)")
        #expect(LiveProgress.longestSilenceNs < 30_000_000_000)
    }

    @Test("says how far it is where that is known, and afterwards what it was at again")
    func underWay() {
        let progress = progress()
        progress.take(ProgressNotes.Line(text: "run 2/2: analysis …", isLasting: false))
        progress.follow { "87 pieces" }
        let later = MonotonicClock.now() + Self.silence
        #expect(progress.signOfLife(at: later) == "run 2/2: analysis … 87 pieces")
        progress.follow { nil }
        #expect(progress.signOfLife(at: later + Self.silence)?.hasPrefix("run 2/2: analysis … (") == true)
        progress.follow(nil)
        #expect(progress.signOfLife(at: later + 2 * Self.silence)?.hasPrefix("run 2/2: analysis … (") == true)
    }

    @Test("of what is followed alone it is silent while nothing of it goes on, and for as long when it goes on again")
    func followedAlone() {
        let progress = progress()
        let isBusy = Atomic(false)
        progress.follow({ isBusy.load(ordering: .relaxed) ? "1 call" : nil }, alone: true)
        let later = MonotonicClock.now() + Self.silence
        #expect(progress.signOfLife(at: later) == nil)
        isBusy.store(true, ordering: .relaxed)
        #expect(progress.signOfLife(at: later + 1) == nil)
        #expect(progress.signOfLife(at: later + Self.silence) == "1 call")
    }
}
