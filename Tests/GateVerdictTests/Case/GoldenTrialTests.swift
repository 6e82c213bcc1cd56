import Foundation
import GateCore
import GateVerdict
import TestSupport
import Testing

/// Trials that were computed independently: our own by `Tests/Data/reference-trial.py`.
@Suite struct GoldenTrialTests {
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

    private struct OwnFile: Decodable {
        struct Case: Decodable {
            let log_ratios: [[Double]]
            let tolerance: Double
            let verdict: String
            let pairs_used: Int
        }
        let cases: [Case]
    }

    private func judge(_ ratios: [[Double]], tolerance: Double?) -> CaseVerdict {
        let names = (ratios.first ?? []).indices.map { "metric\($0)" }
        let demands = Cases.demands(
            names.map { MetricID(rawValue: $0) },
            tolerance: tolerance.map(Tolerance.relative(share:)) ?? Policy.usualTolerance)
        let pairs = ratios.map { row in
            RunPair(
                base: Dictionary(uniqueKeysWithValues: names.map { ($0, 1) }),
                head: Dictionary(uniqueKeysWithValues: zip(names, row.map(exp))))
        }
        return CaseJudge.judge(JudgementCase(demands: demands, pairs: pairs))
    }

    @Test("verdict and number of pairs are those of our own reference, whatever ends the trial")
    func ownTrials() throws {
        let data = try Data(contentsOf: SharedData.own.appending(path: "trials-golden.json"))
        let cases = try JSONDecoder().decode(OwnFile.self, from: data).cases
        #expect(Set(cases.map(\.verdict)) == ["pass", "regression", "not decided by then"])
        for (index, golden) in cases.enumerated() {
            let verdict = judge(golden.log_ratios, tolerance: golden.tolerance)
            let expected: OverallVerdict =
                switch golden.verdict {
                case "pass": .pass
                case "regression": .regression
                default: .inconclusive
                }
            #expect(verdict.overall == expected, "case \(index)")
            #expect(verdict.pairsUsed == golden.pairs_used, "case \(index)")
        }
    }

    @Test(
        "verdict and number of pairs are those of the reference",
        .enabled(if: SharedData.isPresent, "needs ../shared"))
    func trials() throws {
        let data = try Data(contentsOf: SharedData.url("data/statistics-golden.json"))
        let cases = try JSONDecoder().decode(File.self, from: data).cases.filter { $0.kind == "gate_stage2" }
        #expect(cases.count == 3)
        for golden in cases {
            let verdict = judge(try #require(golden.input.log_ratios), tolerance: golden.input.tolerance)
            let expected: OverallVerdict = golden.expected.verdict == "fail" ? .regression : .pass
            #expect(verdict.overall == expected, "\(golden.id)")
            #expect(verdict.pairsUsed == golden.expected.pairs_used, "\(golden.id)")
        }
    }
}
