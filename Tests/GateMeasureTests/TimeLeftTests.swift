import Testing

@testable import GateMeasure

@Suite("The time that is left")
struct TimeLeftTests {
    @Test(
        "is said as people round it",
        arguments: [
            (0.2, "1 s"), (12.4, "12 s"), (89.4, "89 s"), (90, "2 min"), (725, "12 min"), (5399, "90 min"),
            (9000, "2.5 h"),
        ])
    func words(seconds: Double, words: String) { #expect(TimeLeft.words(seconds) == words) }

    @Test("is told after each run but the last")
    func ended() {
        var left = TimeLeft(planned: 2)
        #expect(left.ended(after: 12.64).hasPrefix("finished after 12.6 s; about "))
        #expect(left.ended(after: 3) == "finished after 3.0 s")
        // More than were planned, as pairs with a cold call are.
        #expect(left.ended(after: 3) == "finished after 3.0 s")
    }
}
