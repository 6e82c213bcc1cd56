import GateClock
import Glibc
import Testing

@testable import GateCLI
@testable import GateMeasure

@Suite("Progress in a log")
struct PlainProgressTests {
    @Test("is silent for less than half a minute, and then says what it was at")
    func signOfLife() throws {
        let nowhere = Terminal(descriptor: open("/dev/null", O_WRONLY | O_CLOEXEC))
        defer { close(nowhere.descriptor) }
        let progress = PlainProgress(terminal: nowhere)
        progress.take(ProgressNotes.Line(text: "run 1/2: finished", isLasting: true))
        progress.take(ProgressNotes.Line(text: "run 2/2: analysis …", isLasting: false))
        let now = MonotonicClock.now()
        #expect(progress.signOfLife(at: now) == nil)
        let later = now + PlainProgress.longestSilenceNs
        #expect(progress.signOfLife(at: later) == "run 2/2: analysis … (25 s ago)")
        #expect(progress.signOfLife(at: later) == nil)
        #expect(progress.signOfLife(at: later + PlainProgress.longestSilenceNs) == "run 2/2: analysis … (50 s ago)")
        #expect(PlainProgress.longestSilenceNs < 30_000_000_000)
    }
}
