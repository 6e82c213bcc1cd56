import GateCore
import GateLoad
import Testing

@Suite struct `Arrival times` {
    private func times(_ pattern: ArrivalPattern, rate: Double, seed: Int = 1, count: Int) -> [Int64] {
        Array(ArrivalTimes(OpenLoop(rate: rate, arrivals: pattern, seed: seed)).prefix(count))
    }

    @Test("the generator gives its published sequence")
    func golden() {
        var random = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in random.next() } == expected)
    }

    @Test("constant arrivals stand where they should, also far out")
    func constant() {
        let times = times(.constant, rate: 3, count: 1_000_001)
        #expect(times.prefix(4) == [0, 333_333_333, 666_666_666, 1_000_000_000])
        #expect(times[1_000_000] == 333_333_333_333_333)
    }

    @Test("the same seed gives the same Poisson arrivals, another seed others")
    func seeded() {
        #expect(times(.poisson, rate: 10, seed: 7, count: 100) == times(.poisson, rate: 10, seed: 7, count: 100))
        #expect(times(.poisson, rate: 10, seed: 7, count: 100) != times(.poisson, rate: 10, seed: 8, count: 100))
    }

    @Test("gaps of Poisson arrivals have mean and standard deviation 1/rate", arguments: [1, 2, 3, 42])
    func moments(seed: Int) {
        let count = 200_000
        let times = times(.poisson, rate: 50, seed: seed, count: count + 1)
        let gaps = zip(times.dropFirst(), times).map { Double($0 - $1) / 1e9 }
        let mean = gaps.reduce(0, +) / Double(count)
        let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
        // Four standard errors: of the mean 0.02/sqrt(n), of the variance 0.02^2 * sqrt(8/n).
        #expect(abs(mean - 0.02) < 4 * 0.02 / Double(count).squareRoot())
        #expect(abs(variance - 0.0004) < 4 * 0.0004 * (8 / Double(count)).squareRoot())
        #expect(gaps.allSatisfy { $0 >= 0 })
    }

    @Test("counts of Poisson arrivals in equal intervals scatter as much as their mean", arguments: [1, 2, 3])
    func dispersion(seed: Int) {
        let times = times(.poisson, rate: 100, seed: seed, count: 200_000)
        var counts = [Double](repeating: 0, count: 1_900)
        for time in times {
            let index = Int(time / 1_000_000_000)
            if index < counts.count { counts[index] += 1 }
        }
        let mean = counts.reduce(0, +) / Double(counts.count)
        let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(counts.count - 1)
        // The index of dispersion of a Poisson process is 1, with a standard error of sqrt(2/n).
        #expect(abs(variance / mean - 1) < 4 * (2 / Double(counts.count)).squareRoot())
    }
}
