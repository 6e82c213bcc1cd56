import GateCore
import GateVerdict
import Testing

/// What the statistics promise, on values that everybody can check.
@Suite("Statistics keep their promise")
struct StatisticsPromiseTests {
    private func p(_ weights: [Double]) -> Double { SignFlipTest.adjustedP([weights])[0] }

    @Test("the sign-flip test rejects a true null hypothesis as rarely as it says, whatever the tails")
    func signFlipHoldsItsLevel() {
        var random = SplitMix64(seed: 99)
        let trials = 800
        var alarms = 0
        for _ in 0..<trials {
            // Three metrics with a common spike: heavy tails and strong correlation.
            let pairs = (0..<10).map { _ -> [Double] in
                let common = random.nextUnit() < 0.1 ? 2.0 : 0.02
                return (0..<3).map { _ in (random.nextUnit() - 0.5) * common * (Bool.random(using: &random) ? 1 : -1) }
            }
            let columns = (0..<3).map { metric in SignFlipTest.weights(pairs.map { $0[metric] }) }
            if SignFlipTest.adjustedP(columns).contains(where: { $0 <= 0.05 }) { alarms += 1 }
        }
        // Exact at 5 %: more than 60 of 800 would come by chance once in 1,000 times.
        #expect(alarms <= 60)
        #expect(alarms >= 15)
    }

    @Test("drawn sign vectors give nearly the p-value of all of them, and the same one again")
    func drawsAgreeWithEnumeration() {
        let differences = [0.02, 0.05, -0.01, 0.03, 0.04, -0.02, 0.03, 0.01, 0.02, 0.06, -0.01, 0.02]
        let exact = p(differences)
        // A pair without a difference changes nothing but the number of pairs.
        let drawn = p(differences + [0])
        #expect(abs(exact - drawn) < 0.002)
        #expect(drawn == p(differences + [0]))
    }

    @Test("a shift that is the same in every pair has the least p-value there is", arguments: [6, 8, 12])
    func constantShift(pairs: Int) {
        #expect(p([Double](repeating: 0.1, count: pairs)) == 1 / Double(1 << pairs))
    }

    @Test("hundreds of pairs are tested like few of them: a shift is found, and the pairs beyond the first word count")
    func manyPairs() {
        #expect(p([Double](repeating: 0.1, count: 200)) == 1e-4)
        #expect(p((0..<200).map { $0 % 2 == 0 ? 0.1 : -0.1 }) > 0.4)
        // What the last hundred say against the first hundred.
        #expect(p((0..<200).map { $0 < 100 ? 0.1 : -0.1 }) > 0.4)
        #expect(p((0..<200).map { $0 < 63 ? 0 : 0.1 }) == 1e-4)
    }

    @Test("with 150 pairs a true null hypothesis is rejected as rarely as the test says")
    func manyPairsHoldTheLevel() {
        var random = SplitMix64(seed: 7)
        var alarms = 0
        for _ in 0..<200 {
            let differences = (0..<150).map { _ in random.nextUnit() - 0.5 }
            if p(differences) <= 0.05 { alarms += 1 }
        }
        // Of 200 at 5 %: more than 20 would come by chance once in 700 times, fewer than 3 once in 450.
        #expect((3...20).contains(alarms))
    }

    @Test("more than eight metrics are tested together")
    func manyMetrics() {
        let still = [Double](repeating: 0, count: 8)
        var columns = (0..<11).map { _ in still }
        columns[9] = [Double](repeating: 0.1, count: 8)
        let p = SignFlipTest.adjustedP(columns)
        #expect(p[9] == 1.0 / 256)
        #expect(p[0] == 1)
    }

    @Test("Fisher's test and the sign test on tables that fit on paper")
    func counts() {
        // The lady tasting tea: 4 of 4 right has a probability of 1/70.
        let tea = FisherExact.pCandidateFailsMore(baseline: (0, 4), candidate: (4, 0))
        #expect(abs(tea - 1.0 / 70) < 1e-12)
        #expect(FisherExact.pCandidateFailsMore(baseline: (0, 4), candidate: (0, 4)) == 1)
        #expect(FisherExact.pCandidateFailsMore(baseline: (1, 3), candidate: (0, 0)) == 1)
        #expect(abs(SignTest.p(atLeast: 3, of: 3) - 0.125) < 1e-12)
        #expect(SignTest.p(atLeast: 0, of: 5) == 1)
    }

    @Test("t with many degrees is normal, and its quantiles invert its tails")
    func studentT() {
        #expect(abs(StudentT.upperTail(1.959963984540054, degrees: 1e6) - 0.025) < 1e-6)
        for degrees in [1.0, 2.5, 9, 60] {
            for p in [0.6, 0.95, 0.999, 0.05] {
                #expect(
                    abs(StudentT.upperTail(StudentT.quantile(p, degrees: degrees), degrees: degrees) - (1 - p)) < 1e-12)
            }
        }
        #expect(StudentT.upperTail(-.infinity, degrees: 3) == 1)
    }
}
