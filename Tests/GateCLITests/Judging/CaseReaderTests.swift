import GateCore
import GateJSON
import GateVerdict
import Testing

@testable import GateCLI

@Suite("Lines that judge reads") struct CaseReaderTests {
    private func read(_ text: String) throws(CaseError) -> JudgementCase {
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBufferPointer { line in
            Result { () throws(CaseError) in try CaseReader.read(line).case }
        }.get()
    }

    private func message(_ text: String) -> String {
        do throws(CaseError) {
            _ = try read(text)
            return "no error"
        } catch { return error.message }
    }

    @Test("a whole case with everything that it may say")
    func whole() throws {
        let read = try read(
            """
            {"id": {"run": 3}, "policy": {"alpha": 0.05, "runs": 7, "pairs": 12, "strict": true, "metrics": {
            "ttft": {"direction": "lower", "tolerance": {"relative": 0.1, "absolute": 0.02}, "max": 2},
            "score": {"direction": "higher_is_better", "min": 0.5, "gate": "info"}, "throughput": {}}},
            "baseline": [{"session": "a", "metrics": {"ttft": [0.5, null, NaN, Infinity, -Infinity, 1e999, "NaN"]}}],
            "candidate": {"metrics": {"ttft": [0.5]}}, "pairs": [{"base": {"ttft": 1}, "head": {"ttft": null}}]}
            """)
        let (policy, rule) = (read.demands.policy, read.demands.rule)
        #expect(policy.alpha == 0.05)
        #expect(rule.screenRuns == 7)
        #expect(rule.looks.map(\.pairs) == [8, 12])
        #expect(rule.isStrict)
        #expect(
            policy.metrics == [
                MetricPolicy(
                    metric: "ttft", direction: .lowerIsBetter, tolerance: .larger(share: 0.1, absolute: 0.02),
                    budget: Budget(max: 2)),
                MetricPolicy(metric: "score", direction: .higherIsBetter, role: .info, budget: Budget(min: 0.5)),
                MetricPolicy(metric: "throughput"),
            ])
        #expect(read.demands.names == ["score", "throughput", "ttft"])
        #expect(read.demands.direction(of: "throughput") == .higherIsBetter)
        #expect(read.demands.allowedShare(of: "throughput") == 0.05)
        let values = try #require(read.baseline.first?.metrics["ttft"])
        #expect(values[0] == 0.5 && values.dropFirst().count == 6 && values.dropFirst().allSatisfy(\.isNaN))
        #expect(read.candidate?.metrics["ttft"] == [0.5])
        #expect(read.pairs.count == 1 && read.pairs[0].head["ttft"]?.isNaN == true)
    }

    @Test("without a policy every known metric gates; with one, those that it names")
    func gates() throws {
        let bare = try read(#"{"id": 1}"#).demands
        #expect(bare.gates("ttft") && bare.direction(of: "ttft") == .lowerIsBetter)
        #expect(!bare.gates("tokens"))
        #expect(bare.gates("latency_ms") && bare.direction(of: "latency_ms") == nil)
        let named = try read(#"{"id": 1, "policy": {"metrics": {"latency_ms": {"direction": "lower"}}}}"#).demands
        #expect(named.gates("latency_ms") && !named.gates("ttft"))
    }

    @Test(
        "what is no case is said with its place",
        arguments: [
            ("hello", "expected a JSON object on a line of its own, found 'hello'"),
            ("[1]", "a list, where a case on each line is expected"), ("{\"id\": 1", "'jq -c .'"),
            (#"{"policy": {}}"#, "'id' is missing"),
            (#"{"id": 1, "pair": []}"#, "unknown key 'pair' (did you mean 'pairs'?); allowed: id, policy, baseline"),
            (#"{"id": 1, "id": 2}"#, "the key 'id' is there twice"),
            (#"{"id": 1, "policy": {"alpha": 1}}"#, "policy.alpha: expected a number between 0 and 1"),
            (#"{"id": 1, "policy": {"pairs": 7}}"#, "policy.pairs: expected a whole number from 8 to 1000"),
            (#"{"id": 1, "policy": {"strict": 1}}"#, "policy.strict: expected true or false"),
            (
                #"{"id": 1, "policy": {"metrics": {"a": {"tolerence": 1}}}}"#,
                "policy.metrics.a: unknown key 'tolerence' (did you mean 'tolerance'?)"
            ),
            (
                #"{"id": 1, "policy": {"metrics": {"a": {"direction": "up"}}}}"#,
                #"policy.metrics.a.direction: expected "lower" or "higher": which one is better"#
            ),
            (
                #"{"id": 1, "policy": {"metrics": {"a": {"tolerance": -0.1}}}}"#,
                "policy.metrics.a.tolerance: expected a number of at least 0 (0.05 for 5 %)"
            ),
            (#"{"id": 1, "policy": {"metrics": {"a": {"min": 2, "max": 1}}}}"#, "min is greater than max"),
            (#"{"id": 1, "baseline": {}}"#, "baseline: expected an array"),
            (#"{"id": 1, "baseline": [{"metrics": {"a": 1}}]}"#, "baseline[0].metrics.a: expected an array of numbers"),
            (#"{"id": 1, "candidate": {"metrics": {"a": ["1"]}}}"#, "candidate.metrics.a: expected numbers, or null"),
            (#"{"id": 1, "pairs": [{"base": {}}]}"#, "pairs[0]: 'head' is missing"),
            (
                #"{"id": 1, "pairs": [{"base": {"a": true}, "head": {}}]}"#,
                "pairs[0].base.a: expected a number, or null for none"
            ),
        ])
    func bad(_ text: String, _ words: String) {
        #expect(message(text).contains(words), "\(message(text))")
    }
}
