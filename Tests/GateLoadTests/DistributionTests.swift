import GateCore
import GateLoad
import Testing

@Suite struct `Quantiles of many values` {
    private func record(_ values: [Double], resolution: Double = 1e-9) -> Distribution {
        var distribution = Distribution(resolution: resolution)
        for value in values { distribution.record(value) }
        return distribution
    }

    @Test("few values have exact quantiles")
    func exact() {
        let values = (1...Distribution.largestExact).map(Double.init).shuffled()
        let distribution = record(values, resolution: 1e-3)
        for q in [0, 0.5, 0.9, 0.99, 1] { #expect(distribution.quantile(q) == OrderStatistics.quantile(values, q)) }
        #expect(distribution.max == Double(Distribution.largestExact))
    }

    @Test("quantiles of many values are within 0.1 % of the order statistics, over six decades", arguments: [1, 2, 3])
    func histogram(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        // Log-uniform from a microsecond to a second.
        let values = (0..<100_000).map { _ in power(10, -6 * random.nextUnit()) }
        let distribution = record(values)
        let sorted = values.sorted()
        for q in [0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1] {
            let rank = min(sorted.count - 1, max(0, Int(clamping: (q * Double(sorted.count)).rounded(.up)) - 1))
            let value = try #require(distribution.quantile(q))
            #expect(abs(value - sorted[rank]) <= 0.001 * sorted[rank] + 1e-9, "q = \(q)")
        }
        #expect(distribution.max == sorted.last)
        #expect(distribution.count == values.count)
    }

    @Test("the values before the histogram began are in it")
    func transition() throws {
        let distribution = record((0...Distribution.largestExact).map { $0 < 6_000 ? 0.001 : 1 })
        #expect(abs(try #require(distribution.quantile(0.5)) - 0.001) < 1e-6)
        #expect(abs(try #require(distribution.quantile(0.7)) - 1) < 1e-3)
    }

    @Test("nothing measured has no quantile, and what is no number is passed over")
    func empty() {
        let distribution = record([.nan, .infinity, -1])
        #expect(distribution.quantile(0.5) == nil)
        #expect(distribution.max == nil)
        #expect(record([1e12]).max == 1e12)
    }

    private func power(_ base: Double, _ exponent: Double) -> Double {
        // By squaring a root: the tests import no C library for one function.
        var result = 1.0
        var root = base
        var rest = abs(exponent)
        while rest >= 1 {
            result *= base
            rest -= 1
        }
        for _ in 0..<40 {
            root = root.squareRoot()
            rest *= 2
            if rest >= 1 {
                result *= root
                rest -= 1
            }
        }
        return exponent < 0 ? 1 / result : result
    }
}
