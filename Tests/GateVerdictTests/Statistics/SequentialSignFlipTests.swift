import GateCore
import GateVerdict
import Testing

@Suite struct SequentialSignFlipTests {
    private func normal(_ count: Int, _ random: inout SplitMix64) -> [Double] {
        (0..<count).map { _ in (0..<12).reduce(-6) { sum, _ in sum + random.nextUnit() } }
    }

    @Test("the first look is the plain test")
    func firstLook() {
        var random = SplitMix64(seed: 3)
        let columns = [normal(10, &random), normal(10, &random)]
        var looks = SequentialSignFlipTest()
        #expect(looks.look(columns, spending: 0.01) == SignFlipTest.adjustedP(columns))
        let drawn = [normal(20, &random)]
        var others = SequentialSignFlipTest()
        #expect(others.look(drawn, spending: 0.01) == SignFlipTest.adjustedP(drawn))
    }

    @Test("what an earlier look may have convicted is counted once")
    func countedOnce() {
        // After 3 pairs one of 8 sign vectors would be convicted, all plus; after 4 it is two of 16. At least as large a sum
        // as now, 1, have five: those two among them.
        var looks = SequentialSignFlipTest()
        #expect(looks.look([[1, 1, 1]], spending: 0.125) == [0.125])
        #expect(looks.look([[1, 1, 1, -1]], spending: 0.5) == [5.0 / 16])
        // Without that conviction no vector is spent, and the p-value is the plain one.
        var unspent = SequentialSignFlipTest()
        #expect(unspent.look([[1, 1, 1]], spending: 0.1) == [0.125])
        #expect(unspent.look([[1, 1, 1, -1]], spending: 0.5) == [5.0 / 16])
    }

    @Test("a vector convicted early is spent although its sum is small now")
    func spentVectors() {
        var looks = SequentialSignFlipTest()
        #expect(looks.look([[1, 1, 1]], spending: 0.125) == [0.125])
        // Of the sums only ++++ reaches 8, but +++− is spent too, whose sum is −2.
        #expect(looks.look([[1, 1, 1, 5]], spending: 0.125) == [0.125])
        // Nothing is left to spend at 0.125, so that a third look can convict no other vector.
        #expect(looks.look([[1, 1, 1, 5, 1]], spending: 0.125) == [0.125])
    }

    @Test("over five looks a test of 5 % alarms in 5 % of unchanged trials, and spends nearly all of it")
    func promise() {
        var random = SplitMix64(seed: 11)
        let trials = 400
        let alarms = (0..<trials).count { _ in
            let columns = (0..<3).map { _ in normal(12, &random) }
            var looks = SequentialSignFlipTest()
            return zip([8, 9, 10, 11, 12], [0.02, 0.025, 0.03, 0.04, 0.05]).contains { pairs, alpha in
                looks.look(columns.map { Array($0.prefix(pairs)) }, spending: alpha).contains { $0 <= alpha }
            }
        }
        // Four standard deviations around 5 %.
        #expect(alarms >= 3)
        #expect(alarms <= 37)
    }

    @Test("fewer pairs than before, none or too many are no look")
    func noLook() {
        var looks = SequentialSignFlipTest()
        #expect(looks.look([[]], spending: 0.01) == [1])
        #expect(looks.look([[1, 1, 1]], spending: 0.01) == [0.125])
        #expect(looks.look([[1, 1, 1]], spending: 0.01) == [1])
        #expect(looks.look([[Double](repeating: 1, count: 65)], spending: 0.01) == [1])
    }
}
