import GateCore
import GateVerdict
import Testing

struct RankTestTests {
    struct Known: Sendable {
        let sample: [Double]
        let other: [Double]
        let p: Double
    }

    /// scipy.stats.mannwhitneyu(sample, other, alternative="greater", method="exact"); ties by enumerating all ways to
    /// deal the values.
    static let known = [
        Known(sample: [4, 5, 6], other: [1, 2, 3], p: 0.05), Known(sample: [1, 2, 3], other: [4, 5, 6], p: 1),
        Known(sample: [6, 7, 8, 9, 10], other: [1, 2, 3, 4, 5], p: 1.0 / 252),
        Known(sample: [1, 3], other: [2, 4], p: 5.0 / 6), Known(sample: [1, 1], other: [1, 1, 1], p: 1),
        Known(sample: [2, 1], other: [1, 1], p: 0.5), Known(sample: [2, 2], other: [1, 1, 2], p: 0.3),
    ]

    @Test(
        "small samples give the exact probability, ties included",
        arguments: RankTestTests.known)
    func exact(known: Known) {
        let p = RankTest.probabilityOfLarger(known.sample, than: known.other)
        #expect(abs(p - known.p) < 1e-12)
    }

    @Test("an empty sample proves nothing")
    func empty() {
        #expect(RankTest.probabilityOfLarger([], than: [1]) == 1)
        #expect(RankTest.probabilityOfLarger([1], than: []) == 1)
    }

    @Test("large samples are tested by drawing, and agree with the exact distribution")
    func drawn() {
        // By counting all ways to deal the middle ranks: 0.035712.
        let p = RankTest.probabilityOfLarger((5..<45).map(Double.init), than: (0..<40).map(Double.init))
        #expect(abs(p - 0.035712) < 0.004)
        #expect(RankTest.probabilityOfLarger((100..<140).map(Double.init), than: (0..<40).map(Double.init)) <= 0.0001)
    }

    @Test("equal sources are convicted no more often than the level says")
    func level() {
        var state: UInt64 = 42
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double((state >> 33) % 12)
        }
        let trials = 500
        let alarms = (0..<trials).count { _ in
            RankTest.probabilityOfLarger((0..<6).map { _ in next() }, than: (0..<8).map { _ in next() }) <= 0.05
        }
        // Three standard errors above 5 %.
        #expect(Double(alarms) / Double(trials) < 0.05 + 0.03)
    }
}
