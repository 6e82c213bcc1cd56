import GateCore
import GateVocabulary
import Testing

@testable import GateCorpus

@Suite("what names tell") struct NameTests {
    @Test(
        "dimension and unit",
        arguments: [
            ("tokens_s", Dimension.rate, "tok/s"), ("mean_tokens_s", .rate, "tok/s"),
            ("Tokens per Second", .rate, "tok/s"), ("Tokens/s", .rate, "tok/s"),
            ("overall_tokens_per_second", .rate, "tok/s"), ("tokPerSec", .rate, "tok/s"),
            ("Throughput (tok/s)", .rate, "tok/s"), ("throughput", .rate, nil),
            ("requests_per_sec", .rate, "requests/s"),
            ("ttft_s", .time, "s"), ("latency_ms", .time, "ms"), ("eval_s_mean", .time, "s"),
            ("Generation Time (ms)", .time, "ms"), ("p95LatencyMs", .time, "ms"), ("TTFT", .time, nil),
            ("overall_stdev_ms", .time, "ms"), ("model_size_bytes", .bytes, "B"), ("memory_used_gb", .bytes, "GB"),
            ("cpu_percent", .ratio, "%"), ("VRAM Headroom (%)", .ratio, "%"), ("accuracy", .ratio, nil),
            ("total_tokens", .count, nil), ("eval_count", .count, nil), ("samples_per_run", .count, "samples/run"),
            ("power_draw", .power, nil), ("clock_graphics", .frequency, nil), ("gpu_temperature", .temperature, nil),
            ("temperature", .unknown, nil),
            ("Efficiency (tok/s per GB)", .quotient, "tok/s/GB"), ("fan_speed", .unknown, nil),
            ("opset", .unknown, nil),
            ("", .unknown, nil), ("Δ", .unknown, nil),
        ] as [(String, Dimension, String?)])
    func quantity(_ name: String, _ dimension: Dimension, _ unit: String?) {
        let quantity = MetricName(name).quantity
        #expect(quantity.dimension == dimension)
        #expect(quantity.unit == unit)
    }

    @Test(
        "statistic",
        arguments: [
            ("mean_ttft_s", Statistic.mean), ("Avg Latency", .mean), ("median_tokens_s", .median), ("p50_ms", .median),
            ("P95 TTFT (s)", .p95), ("p90", .p90), ("p99", .p99), ("p75", .quantile(0.75)), ("p99.9", .quantile(0.999)),
            ("95%", .p95), ("100%", .max), ("min_time_ms", .min),
            ("Peak Throughput", .max), ("total_tokens", .total), ("time.sum", .total),
            ("overall_stdev_ms", .standardDeviation),
            ("std_of_mean", .standardDeviation), ("ttft_s", .raw), ("", .raw),
        ])
    func statistic(_ name: String, _ statistic: Statistic) {
        #expect(MetricName(name).statistic == statistic)
    }

    @Test(
        "what is harvested",
        arguments: [
            ("Tokens", true), ("TOTAL_TOK", true), ("x.ttft", true), ("fan_speed", true), ("Latency (ms)", true),
            ("load_s", false), ("to k", false), ("", false), ("thr", false),
        ])
    func harvested(_ name: String, _ isHarvested: Bool) {
        #expect(Harvest.isWanted(name) == isHarvested)
    }

    @Test(
        "written numbers",
        arguments: [
            ("1,234", 1234.0, nil), ("22,80,000", 2_280_000, nil), ("-1,234.5", -1234.5, nil), ("+2.18", 2.18, nil),
            ("1.5e-3", 0.0015, nil), ("50%", 50, "%"), ("50 %", 50, "%"), ("12ms", 12, "ms"), ("3.3 GB", 3.3, "GB"),
            ("5e", nil, nil), ("1,5", nil, nil), ("1,23,4", nil, nil), (",123", nil, nil), ("x", nil, nil),
            ("", nil, nil), ("1 2", nil, nil), ("--1", nil, nil), ("1e999", nil, nil), ("nan", nil, nil),
            ("8B", 8e9, nil), ("3 976.44", 3976.44, nil), ("0:56:09", 3369, "s"), ("12:30", nil, nil),
        ] as [(String, Double?, String?)])
    func written(_ text: String, _ value: Double?, _ unit: String?) {
        var text = text
        let number = text.withUTF8 { WrittenNumber(cell: $0) }
        #expect(number?.value == value)
        #expect(number?.quantity?.unit == unit)
    }
}
