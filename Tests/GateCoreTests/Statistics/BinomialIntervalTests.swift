import GateCore
import Testing

@Suite("The interval of Clopper and Pearson")
struct BinomialIntervalTests {
    /// Computed with scipy.stats.binomtest(k, n).proportion_ci(method="exact").
    @Test(
        "is that of the reference",
        arguments: [
            (0, 300, 0.0, 0.012220974694),
            (3, 300, 0.002067007235, 0.028944511256),
            (10, 1000, 0.004805510691, 0.018313243055),
            (20, 20, 0.831566529017, 1.0),
            (7, 12, 0.276669685682, 0.848347770192),
        ])
    func matches(successes: Int, trials: Int, lower: Double, upper: Double) {
        let interval = BinomialInterval(successes: successes, trials: trials)
        #expect(abs(interval.lower - lower) < 1e-9)
        #expect(abs(interval.upper - upper) < 1e-9)
    }
}
