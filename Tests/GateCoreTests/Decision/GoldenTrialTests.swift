import Foundation
import GateCore
import TestSupport
import Testing

/// Trials that were computed independently.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared")) struct GoldenTrialTests {
    private struct File: Decodable {
        struct Case: Decodable {
            struct Input: Decodable {
                let log_ratios: [[Double]]?
                let tolerance: Double?
            }
            struct Expected: Decodable {
                let verdict: String?
                let pairs_used: Int?
            }
            let id: String
            let kind: String
            let input: Input
            let expected: Expected
        }
        let cases: [Case]
    }

    @Test("verdict and number of pairs are those of the reference")
    func trials() throws {
        let data = try Data(contentsOf: SharedData.url("data/statistics-golden.json"))
        let cases = try JSONDecoder().decode(File.self, from: data).cases.filter { $0.kind == "gate_stage2" }
        #expect(cases.count == 3)
        for golden in cases {
            let ratios = try #require(golden.input.log_ratios)
            let names = (ratios.first ?? []).indices.map { "metric\($0)" }
            let policy = Cases.policy(names, tolerance: AllowedWorsening(relative: golden.input.tolerance))
            let pairs = ratios.map { row in
                RunPair(
                    base: Dictionary(uniqueKeysWithValues: names.map { ($0, 1) }),
                    head: Dictionary(uniqueKeysWithValues: zip(names, row.map(exp))))
            }
            let verdict = CaseJudge.judge(JudgementCase(policy: policy, pairs: pairs))
            let expected: CaseVerdict.Overall = golden.expected.verdict == "fail" ? .regression : .pass
            #expect(verdict.overall == expected, "\(golden.id)")
            #expect(verdict.pairsUsed == golden.expected.pairs_used, "\(golden.id)")
        }
    }
}
