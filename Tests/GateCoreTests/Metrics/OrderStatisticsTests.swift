import Foundation
import GateCore
import TestSupport
import Testing

@Suite struct `Order statistics` {
    private struct Golden: Decodable {
        struct Case: Decodable {
            struct Input: Decodable { let x: [Double]? }
            struct Expected: Decodable {
                let median: Double?
                let q25: Double?
                let q75: Double?
                let p95: Double?
            }
            let kind: String
            let input: Input
            let expected: Expected
        }
        let cases: [Case]
    }

    @Test("medians and quantiles equal the golden vectors")
    func golden() throws {
        let files = SharedData.versions("statistics-golden.json")
        let summaries = try files.flatMap { file in
            try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file)).cases.filter { $0.kind == "summary" }
        }
        #expect(summaries.count >= 6)
        for summary in summaries {
            let values = try #require(summary.input.x)
            for (q, expected) in [
                (0.5, summary.expected.median), (0.25, summary.expected.q25), (0.75, summary.expected.q75),
                (0.95, summary.expected.p95),
            ] {
                let found = try #require(OrderStatistics.quantile(values, q))
                #expect(abs(found - (try #require(expected))) <= 1e-9)
            }
        }
    }

    @Test("an empty sample has no median")
    func empty() {
        #expect(OrderStatistics.median([]) == nil)
    }

    @Test("the order of the values does not matter")
    func order() {
        #expect(OrderStatistics.median([3, 1, 2]) == 2)
        #expect(OrderStatistics.median([4, 1, 3, 2]) == 2.5)
        #expect(OrderStatistics.quantile([10, 0], 0.99) == 9.9)
    }
}
