import GateCore
import GateVocabulary
import TestSupport
import Testing

@testable import GateCorpus

/// Files made by the documented schema of each tool, with values of our own.
@Suite("known formats") struct KnownFormatTests {
    struct Read {
        let format: String?
        let facts: [Fact]

        func fact(_ metric: String, _ statistic: Statistic = .raw) -> Fact? {
            facts.first { $0.metric == metric && $0.statistic == statistic }
        }
    }

    func read(_ text: String, _ file: String) throws -> Read {
        var collector = FactCollector(maximumFacts: 1000)
        collector.packer.begin(file: file)
        try Array(text.utf8).withUnsafeBufferPointer { bytes in
            if file.hasSuffix(".csv") {
                try CSVFacts.read(bytes, file: file, into: &collector)
            } else if file.hasSuffix(".md") {
                MarkdownFacts.read(bytes, file: file, into: &collector)
            } else {
                try JSONFacts.read(bytes, file: file, into: &collector)
            }
        }
        let format = collector.format?.name
        var findings = Findings()
        findings.merge(collector.finish(), maximumFacts: .max)
        return Read(format: format, facts: Array(findings.facts))
    }

    @Test("hyperfine's times are seconds") func hyperfine() throws {
        let read = try read(
            #"{"results": [{"command": "sort a", "mean": 0.25, "stddev": 0.01, "times": [0.24, 0.26]}]}"#, "x.json")
        #expect(read.format == "hyperfine")
        #expect(read.fact("mean", .mean)?.unit == "s")
        #expect(read.fact("mean", .mean)?.dimension == .time)
        #expect(read.fact("mean", .mean)?.owner == ["sort a"])
        #expect(read.facts.allSatisfy { $0.unit == "s" })
    }

    @Test("pytest-benchmark's statistics are seconds, its operations a rate") func pytest() throws {
        let read = try read(
            #"{"machine_info": {"node": "n"}, "benchmarks": [{"name": "test_a", "stats": {"q1": 1e-6, "ops": 5e5}}]}"#,
            "x.json")
        #expect(read.format == "pytest-benchmark")
        #expect(read.fact("q1", .quantile(0.25))?.unit == "s")
        #expect(read.fact("ops")?.unit == "op/s")
        #expect(read.fact("ops")?.owner.last == "test_a")
    }

    @Test("JMH's score is a mean, and its percentiles have its unit") func jmh() throws {
        let read = try read(
            #"[{"benchmark": "a.B.c", "mode": "sample", "primaryMetric": {"score": 24.6, "scoreUnit": "us/op","#
                + #" "scorePercentiles": {"50.0": 23.7, "90.0": 29.1}}}]"#, "x.json")
        #expect(read.format == "JMH")
        #expect(read.facts.first { $0.statistic == .mean }?.value == .number(24.6))
        #expect(read.facts.first { $0.statistic == .median }?.unit == "µs/op")
    }

    @Test("criterion's estimates are statistics of one time, in nanoseconds, of what its folders name") func criterion()
        throws
    {
        let read = try read(
            #"{"mean": {"point_estimate": 213.2, "standard_error": 0.4, "confidence_interval": {"upper_bound": 215}}, "#
                + #""slope": {"point_estimate": 211.5, "standard_error": 0.3}, "std_dev": {"point_estimate": 3.5}}"#,
            "target/criterion/mill/new/estimates.json")
        #expect(read.format == "criterion")
        #expect(
            read.facts.map { "\($0.metric) \($0.statistic.name) \($0.unit ?? "-")" } == [
                "mean mean ns", "mean standard_error spread ns", "mean upper_bound unknown ns", "slope raw ns",
                "slope standard_error spread ns", "std_dev std ns",
            ])
        #expect(read.facts.allSatisfy { $0.dimension == .time && $0.owner == ["mill", "new"] })
    }

    @Test("fio's bandwidths, run times and samples are what its manual says, what was set is not") func fio() throws {
        let read = try read(
            #"{"fio version": "fio-3.36", "jobs": [{"jobname": "a", "job options": {"runtime": "60"}, "#
                + #""read": {"bw": 1139575, "bw_bytes": 1166924800, "runtime": 60000, "bw_dev": 35326.8, "#
                + #""iops_samples": 120, "iops": 284893.75, "clat_ns": {"N": 17, "mean": 125920.4}}, "#
                + #""latency_us": {"50": 12.5}}]}"#, "x.json")
        #expect(read.format == "fio")
        let units = Dictionary(read.facts.map { ($0.metric, $0.unit) }) { $1 }
        #expect(units["bw"] == "KiB/s")
        #expect(units["bw_bytes"] == "B/s")
        #expect(units["iops"] == "iops")
        #expect(read.facts.filter { $0.metric == "runtime" }.map(\.unit) == [nil, "ms"])
        #expect(read.fact("bw_dev", .standardDeviation)?.unit == "KiB/s")
        #expect(read.fact("iops_samples", .count)?.dimension == .count)
        #expect(read.facts.first { $0.number == 12.5 }?.dimension == .ratio)
    }

    @Test("a direction of which fio did nothing holds no measurements") func silentDirection() throws {
        let read = try read(
            #"{"fio version": "fio-3.36", "jobs": [{"jobname": "a", "read": {"total_ios": 512, "bw": 1139575}, "#
                + #""write": {"total_ios": 0, "bw": 0, "clat_ns": {"max": 0}}}]}"#, "x.json")
        #expect(read.facts.map(\.metric).sorted() == ["bw", "total_ios"])
    }

    @Test("a size of llama-bench's tables is one, and what was set is a key") func llamaTable() throws {
        let read = try read(
            """
            | model | size | params | backend | ngl | fa | test | t/s |
            | --- | ---: | ---: | --- | --: | -: | --- | ---: |
            | alder 7B Q4_0 | 3.56 GiB | 6.74 B | CUDA | 99 | 1 | pp512 | 2411.52 ± 8.31 |
            | alder 7B Q8_0 | 6.67 GiB | 6.74 B | CUDA | 99 | 0 | pp512 | 2290.07 ± 7.74 |
            """, "x.md")
        let sizes = read.facts.filter { $0.metric == "size" }
        #expect(sizes.map(\.number) == [3.56, 6.67] && sizes.allSatisfy { $0.dimension == .bytes && $0.unit == "GiB" })
        #expect(read.facts.filter { $0.number == 2411.52 }.first?.owner.contains("fa=1") == true)
    }

    @Test("oha's times are seconds, its sizes bytes, and its status codes count responses") func oha() throws {
        let read = try read(
            #"{"summary": {"successRate": 0.99, "total": 30.5, "average": 0.5, "requestsPerSec": 57340.8, "#
                + #""sizePerSec": 6806.5}, "latencyPercentiles": {"p99": 0.75}, "rps": {"mean": 57.5}, "#
                + #""statusCodeDistribution": {"200": 1720, "503": 7}}"#, "x.json")
        #expect(read.format == "oha")
        #expect(read.fact("average", .mean)?.unit == "s")
        #expect(read.facts.first { $0.number == 6806.5 }?.unit == "B/s")
        #expect(read.facts.first { $0.statistic == .p99 }?.unit == "s")
        #expect(read.facts.first { $0.number == 57.5 }?.dimension == .rate)
        #expect(read.facts.first { $0.number == 7 }?.owner == ["statusCodeDistribution=503"])
        #expect(read.facts.first { $0.number == 7 }?.unit == "requests")
    }

    @Test("iperf3's round trips are microseconds, its shares of the processor percentages") func iperf() throws {
        let read = try read(
            #"{"start": {"test_start": {"duration": 10}}, "intervals": [{"sum": {"bits_per_second": 23.5}}], "#
                + #""end": {"streams": [{"sender": {"mean_rtt": 227, "max_snd_cwnd": 1498000}}], "#
                + #""cpu_utilization_percent": {"host_total": 41.5}}}"#, "x.json")
        #expect(read.format == "iperf3")
        #expect(read.facts.first { $0.number == 227 }?.unit == "µs")
        #expect(read.facts.first { $0.number == 227 }?.statistic == .mean)
        #expect(read.facts.first { $0.number == 41.5 }?.unit == "%")
        #expect(read.facts.first { $0.number == 23.5 }?.unit == "bit/s")
        #expect(read.facts.first { $0.number == 1_498_000 }?.unit == "B")
    }

    @Test("JMeter, Playwright and webpack write milliseconds, and bytes") func milliseconds() throws {
        let meter = try read(
            "timeStamp,elapsed,label,responseCode,bytes\n1726473600000,212,Home,200,5123\n"
                + "1726473600210,431,Search,200,8123\n", "x.csv")
        #expect(meter.format == "JMeter")
        #expect(meter.fact("elapsed")?.unit == "ms")
        #expect(meter.fact("bytes")?.unit == "B")
        #expect(meter.facts.filter { $0.metric == "timeStamp" }.allSatisfy { $0.value.kind == .date })
        let play = try read(
            #"{"suites": [{"specs": [{"results": [{"duration": 1834}]}]}], "stats": {"expected": 10, "flaky": 2}}"#,
            "x.json")
        #expect(play.format == "Playwright")
        #expect(play.fact("duration")?.unit == "ms")
        let pack = try read(
            #"{"time": 18734, "assets": [{"name": "a.js", "size": 412873, "emitted": true}], "chunks": []}"#, "x.json")
        #expect(pack.format == "webpack")
        #expect(pack.facts.map(\.unit) == ["ms", "B"])
    }

    @Test("lm-eval's scores without a filter are called by their metric alone") func scores() throws {
        let read = try read(
            #"{"results": {"gsm8k": {"acc,none": 0.5, "exact_match,strict-match": 0.25}}, "versions": {"gsm8k": 3},"#
                + #" "config": {"model": "m"}}"#, "x.json")
        #expect(read.format == "lm-eval")
        #expect(read.fact("acc")?.value == .number(0.5))
        #expect(read.fact("exact_match,strict-match")?.value == .number(0.25))
    }

    @Test("k6's trends are milliseconds, its data bytes") func k6() throws {
        let read = try read(
            #"{"metrics": {"http_req_duration": {"avg": 5.5, "p(95)": 9}, "http_reqs": {"count": 7, "rate": 2.5},"#
                + #" "data_sent": {"count": 100, "rate": 30}}}"#, "x.json")
        #expect(read.format == "k6")
        #expect(read.fact("http_req_duration.p(95)", .p95)?.unit == "ms")
        #expect(read.fact("http_reqs.rate", .rate)?.unit == "requests/s")
        #expect(read.fact("data_sent.rate", .rate)?.unit == "B/s")
    }

    @Test("locust's response times are milliseconds, its sizes bytes") func locust() throws {
        let read = try read(
            "Type,Name,Request Count,Median Response Time,Average Content Size,Requests/s,Failures/s,95%\n"
                + "GET,/a,7,3,99.5,2.5,0,12\n", "x.csv")
        #expect(read.format == "locust")
        #expect(read.fact("Median Response Time", .median)?.unit == "ms")
        #expect(read.fact("Average Content Size", .mean)?.unit == "B")
        #expect(read.facts.last?.statistic == .p95)
        #expect(read.facts.last?.unit == "ms")
    }

    @Test(
        "the tools' documents are told by their keys",
        arguments: [
            (
                "Google Benchmark",
                #"{"context": {}, "benchmarks": [{"name": "a", "real_time": 1.5, "time_unit": "ns"}]}"#
            ),
            ("JMH", #"[{"benchmark": "a.b", "mode": "avgt", "primaryMetric": {"score": 1.5, "scoreUnit": "ns/op"}}]"#),
            (
                "BenchmarkDotNet",
                #"{"HostEnvironmentInfo": {}, "Benchmarks": [{"Method": "A", "Statistics": {"Mean": 1}}]}"#
            ),
            ("Lighthouse", #"{"lighthouseVersion": "12.0.0", "audits": {"speed-index": {"numericValue": 1.5}}}"#),
            ("vLLM bench serve", #"{"request_throughput": 1.5, "completed": 7, "mean_ttft_ms": 9}"#),
            ("llama-bench", #"[{"build_commit": "abc1234", "n_prompt": 512, "avg_ts": 99.5}]"#),
            ("lm-eval", #"{"results": {"a": {"acc": 0.5}}, "versions": {}, "config": {"model": "m"}}"#),
            ("genai-perf", #"{"request_latency": {"unit": "ms", "avg": 1.5}, "input_config": {}}"#),
            (
                "aiperf",
                #"{"request_latency": {"unit": "ms"}, "request_throughput": {"unit": "requests/sec", "avg": 2}}"#
            ),
            ("guidellm", #"{"benchmarks": [{"args": {}, "metrics": {"requests_per_second": {"mean": 1.5}}}]}"#),
            ("inference-perf", #"{"load_summary": {}, "successes": {"latency": {"request_latency": {"mean": 1.5}}}}"#),
        ])
    func recognised(_ name: String, _ text: String) throws {
        #expect(try read(text, "x.json").format == name)
    }

    @Test("the table of a sweep says what the documents of its runs do")
    func sweep() throws {
        let sweep = try read(
            "model_id,num_prompts,request_rate,completed,request_throughput,output_throughput,mean_ttft_ms\n"
                + "oak-7b,500,2.0,500,1.98,415.2,27.5\noak-7b,500,8.0,499,7.41,1574.1,31.9\n", "sweep.csv")
        #expect(sweep.format == "vLLM bench serve")
        let output = sweep.facts.filter { $0.metric == "output_throughput" }
        #expect(output.map(\.unit) == ["tok/s", "tok/s"])
        #expect(output.map { $0.labels.filter { $0.kind == .key }.map(\.text) } == [["2"], ["8"]])
    }

    @Test("what the format tells a unit of is measured, though it comes again; a value may be written as a text")
    func measured() throws {
        let run = { (size: Int, rate: Double) in
            #"{"build_commit": "abc1234", "model_size": \#(size), "n_prompt": 512, "avg_ts": \#(rate)}"#
        }
        let runs = [run(4_677_120_000, 99.5), run(4_677_120_000, 98.5), run(8_091_951_104, 72), run(8_091_951_104, 71)]
        let bench = try read("[\(runs.joined(separator: ","))]", "x.json")
        let sizes = bench.facts.filter { $0.metric == "model_size" }
        #expect(sizes.map(\.value) == [4_677_120_000, 4_677_120_000, 8_091_951_104, 8_091_951_104].map { .number($0) })
        let texts = try read(
            #"{"data": [{"name": "a", "value": "0.001504"}, {"name": "b", "value": "330"}]}"#, "y.json")
        #expect(texts.facts.map(\.value) == [.number(0.001504)])
    }

    @Test("what the format tells of a unit holds for its numbers alone") func units() throws {
        let vllm = try read(
            #"{"request_throughput": 1.5, "completed": 7, "mean_ttft_ms": 9, "output_throughput": 80, "duration": 4}"#,
            "x.json")
        #expect(vllm.facts.map(\.unit) == ["req/s", "requests", "ms", "tok/s", "s"])
        let jmh = try read(
            #"[{"benchmark": "a.b", "mode": "avgt", "primaryMetric": {"score": 1.5, "scoreUnit": "ns/op"}}]"#, "x.json")
        #expect(jmh.facts.map(\.unit) == ["ns/op"])
        #expect(try read(#"{"duration": 4}"#, "x.json").format == nil)
        #expect(try read(#"{"duration": 4}"#, "x.json").facts.map(\.unit) == [nil])
    }
}
