import Foundation
import GateCore
import TestSupport
import Testing

@testable import GateImport

/// The files of `Tests/Data/import`; its README says which of them a tool has written.
@Suite("Results of tools") struct ToolFormatsTests {
    private func results(_ file: String) throws -> ToolResults {
        let url = SharedData.packageRoot.appending(path: "Tests/Data/import/\(file)")
        return try ToolResults(Array(Data(contentsOf: url)), file: file, ImportOptions())
    }

    /// `subject metric`
    private func names(_ results: ToolResults) -> [String] { results.series.map { "\($0.subject) \($0.metric.id)" } }

    @Test("each run of hyperfine is a time in seconds") func hyperfine() throws {
        let results = try results("hyperfine.json")
        #expect(results.tool == "hyperfine")
        #expect(names(results) == ["sleep 0.02 time:s:lower", "sleep 0.05 time:s:lower"])
        #expect(results.series[0].values.count == 12)
        #expect(results.series[0].values[0] == 0.032022167000000004)
        #expect(results.series.allSatisfy { $0.statistic == nil } && results.warnings.isEmpty)
    }

    @Test("each round of pytest-benchmark is a time in seconds") func pytest() throws {
        let results = try results("pytest-benchmark.json")
        #expect(results.tool == "pytest-benchmark" && results.version == "5.3.1")
        #expect(
            names(results) == ["test_sample.py::test_parse time:s:lower", "test_sample.py::test_dump time:s:lower"])
        #expect(results.series.map(\.values.count) == [10, 10])
        #expect(results.series[0].values[0] == 0.00014380200000232434)
    }

    @Test("each repetition of Google Benchmark is a time in its own unit, aggregates are none") func google() throws {
        let results = try results("google-benchmark.json")
        #expect(names(results) == ["BM_Sort/1024 real_time:s:lower", "BM_Sort/1024 cpu_time:s:lower"])
        #expect(results.series[0].values.map { ($0 * 1e7).rounded() } == [125, 130, 120])
        #expect(results.version == "v1.9.1")
    }

    @Test("k6 tells statistics of one run, durations in milliseconds") func k6() throws {
        let results = try results("k6.json")
        #expect(
            names(results) == [
                "k6 http_req_duration.med:s:lower", "k6 http_req_duration.p90:s:lower",
                "k6 http_req_duration.p95:s:lower", "k6 iteration_duration.med:s:lower",
                "k6 iteration_duration.p90:s:lower", "k6 iteration_duration.p95:s:lower", "k6 http_reqs:req/s:higher",
                "k6 http_req_failed:ratio:lower",
            ])
        #expect(
            results.series.map(\.values) == [
                [0.10125], [0.1205], [0.15075], [1.1025], [1.121], [1.151], [9.75], [0.01],
            ])
        #expect(results.series.allSatisfy { $0.statistic != nil })
    }

    @Test("vLLM's benchmark is one measurement of its server and model") func vllm() throws {
        let results = try results("vllm.json")
        #expect(results.model == "meta-llama/Llama-3.1-8B-Instruct")
        #expect(
            names(results) == [
                "serve request_throughput:req/s:higher", "serve output_throughput:tok/s:higher",
                "serve total_token_throughput:tok/s:higher", "serve median_ttft:s:lower", "serve p99_ttft:s:lower",
                "serve median_tpot:s:lower", "serve p99_tpot:s:lower", "serve median_itl:s:lower",
                "serve p99_itl:s:lower",
            ])
        #expect(results.series[3].values == [0.0485])
    }

    @Test("guidellm's strategies are measured apart, seconds beside milliseconds") func guidellm() throws {
        let results = try results("guidellm.json")
        #expect(results.version == "0.4.0")
        #expect(results.series.allSatisfy { $0.subject == "constant-2.5" })
        #expect(
            results.series.map(\.metric.id.rawValue) == [
                "requests_per_second:req/s:higher", "output_tokens_per_second:tok/s:higher",
                "request_latency.median:s:lower", "request_latency.p99:s:lower",
                "time_to_first_token.median:s:lower", "time_to_first_token.p99:s:lower",
                "inter_token_latency.median:s:lower", "inter_token_latency.p99:s:lower",
            ])
        #expect(
            results.series.map(\.values) == [
                [2.48], [205.5], [1.25], [2.5], [0.0455], [0.09525], [0.0125], [0.0305],
            ])
    }

    @Test("aiperf writes the unit beside each metric") func aiperf() throws {
        let results = try results("aiperf.json")
        #expect(results.model == "llama-3.1-8b" && results.version == "0.3.0")
        #expect(
            results.series.map(\.metric.id.rawValue) == [
                "request_throughput:req/s:higher", "output_token_throughput:tok/s:higher",
                "request_latency.p50:s:lower",
                "request_latency.p99:s:lower", "time_to_first_token.p50:s:lower", "time_to_first_token.p99:s:lower",
                "inter_token_latency.p50:s:lower", "inter_token_latency.p99:s:lower",
            ])
        #expect(results.series[2].values == [1.25])
    }

    @Test(
        "what cannot be taken is refused with its place",
        arguments: [
            ("", "'f.json' is empty"), ("[1, 2", "'f.json' is neither JSON nor a table"),
            ("a,b\n1,2\n", "'f.json' is of no tool whose units are known"),
            (#"{"time": 1}"#, "'f.json' is of no tool whose units are known"),
            (
                #"{"results": [{"command": "a", "mean": 1, "times": [0.5, NaN]}]}"#,
                "'/results/0/times/1': null or NaN is no number"
            ),
            (
                #"{"results": [{"command": "a", "mean": 1, "times": [0.5, "1"]}]}"#,
                #"'/results/0/times/1': "1" is no number"#
            ),
            (#"{"results": [{"command": "a", "mean": 1, "times": [-0.5]}]}"#, "nobody can have measured -0.5 s"),
            (#"{"request_throughput": 1, "completed": 0, "mean_ttft_ms": 0}"#, "and nothing was measured in it"),
            (
                #"{"context": {}, "benchmarks": [{"name": "a", "real_time": 1, "cpu_time": 1}]}"#,
                "'f.json' has no '/benchmarks/0/time_unit'"
            ),
            (
                #"{"context": {}, "benchmarks": [{"name": "a", "real_time": 1, "cpu_time": 1, "time_unit": "fs"}]}"#,
                #"'/benchmarks/0/time_unit': "fs" is no unit of a metric"#
            ),
            (
                #"{"context": {}, "benchmarks": [{"name": "a", "real_time": 0, "error_occurred": true, "error_message": "no GPU"}]}"#,
                "'a': it failed: no GPU"
            ),
            (
                #"{"request_latency": {"unit": "furlong", "p50": 1}, "request_throughput": {"unit": "req/s", "avg": 1}}"#,
                #"'/request_latency/unit': "furlong" is no unit of a metric"#
            ),
        ])
    func refused(_ text: String, _ message: String) throws {
        let error = #expect(throws: ImportError.self) {
            try ToolResults(Array(text.utf8), file: "f.json", ImportOptions())
        }
        #expect(error?.message.contains(message) == true, "\(String(describing: error?.message))")
        #expect(error?.remedy.isEmpty == false && error?.isOfCommandLine == false)
    }

    @Test("runs of a command that did not end with 0 are told") func failedRuns() throws {
        let text = #"{"results": [{"command": "a", "mean": 1, "times": [0.5, 0.6], "exit_codes": [0, 1]}]}"#
        let results = try ToolResults(Array(text.utf8), file: "f.json", ImportOptions())
        #expect(results.warnings.map(\.message) == ["1 of 2 runs of 'a' did not end with status 0"])
    }
}
