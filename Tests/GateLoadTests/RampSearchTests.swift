import GateLoad
import Testing

@Suite struct `Ramp search` {
    /// Asks a server that keeps its limits up to a capacity.
    private func search(limit: Int, capacity: Int) -> (highest: Int, steps: [Int]) {
        var search = RampSearch(limit: limit)
        var steps: [Int] = []
        while let next = search.next, steps.count < 100 {
            steps.append(next)
            search.record(next, isWithinLimits: next <= capacity)
        }
        return (search.highestGood, steps)
    }

    @Test("it finds the capacity of every server, or the end of the range")
    func finds() {
        for limit in 1...130 {
            for capacity in 0...limit + 3 {
                let (highest, steps) = search(limit: limit, capacity: capacity)
                #expect(highest == min(limit, capacity), "limit \(limit), capacity \(capacity)")
                #expect(steps.allSatisfy { (1...limit).contains($0) })
                #expect(Set(steps).count == steps.count, "no concurrency is tried twice")
            }
        }
    }

    @Test("the steps double, then halve what is left between good and bad")
    func steps() {
        #expect(search(limit: 100, capacity: 21).steps == [1, 2, 4, 8, 16, 32, 24, 20, 22, 21])
        #expect(search(limit: 20, capacity: 99).steps == [1, 2, 4, 8, 16, 20])
        #expect(search(limit: 64, capacity: 0).steps == [1])
    }

    @Test("the count of steps grows with the logarithm of the range", arguments: [64, 1_024, 65_536])
    func logarithmic(limit: Int) {
        let most = 2 * limit.trailingZeroBitCount + 2
        for capacity in stride(from: 0, through: limit, by: max(1, limit / 97)) {
            #expect(search(limit: limit, capacity: capacity).steps.count <= most)
        }
    }
}
