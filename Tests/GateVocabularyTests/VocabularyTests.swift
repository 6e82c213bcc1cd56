import GateVocabulary
import Testing

@Suite("units, numbers and names as they are written") struct VocabularyTests {
    @Test(
        "a unit is a unit, or one unit per another",
        arguments: [
            ("ms", "ms", Dimension.time, 1e-3), ("µs", "µs", .time, 1e-6), ("usec", "µs", .time, 1e-6),
            ("minutes", "min", .time, 60), ("%", "%", .ratio, 0.01), ("x", "x", .ratio, 1),
            ("GB", "GB", .bytes, 1e9), ("MiB", "MiB", .bytes, 1_048_576), ("Gio", "GiB", .bytes, 1_073_741_824),
            ("Mo/s", "MB/s", .rate, 1e6), ("tok/s", "tok/s", .rate, 1), ("tokens per second", "tok/s", .rate, 1),
            ("req/min", "req/min", .rate, 1 / 60.0), ("ns/op", "ns/op", .time, 1e-9),
            ("GFLOP/s", "GFLOP/s", .rate, 1e9),
            ("Mbit/s", "Mbit/s", .rate, 1.25e5), ("B/s", "B/s", .rate, 1), ("kWh", "kWh", .energy, 3.6e6),
            ("MWh", "MWh", .energy, 3.6e9), ("mWh", "mWh", .energy, 3.6), ("GWh", "GWh", .energy, 3.6e12),
            ("Heures", "h", .time, 3600), ("krps", "krps", .rate, 1e3),
        ])
    func units(_ written: String, _ name: String, _ dimension: Dimension, _ factor: Double) throws {
        let unit = try #require(MeasuredUnit(written))
        #expect(unit.name == name)
        #expect(unit.dimension == dimension)
        #expect(abs(unit.factor - factor) <= 1e-12 * factor)
    }

    @Test("what is no unit is none", arguments: ["", "alpha", "go", "to", "model", "/", "per", "v1.2", "12"])
    func noUnits(_ written: String) { #expect(MeasuredUnit(written) == nil) }

    @Test("units compare where they count the same") func comparable() throws {
        func unit(_ text: String) throws -> MeasuredUnit { try #require(MeasuredUnit(text)) }
        #expect(try unit("ms").isComparable(with: unit("s")))
        #expect(try unit("GiB").isComparable(with: unit("MB")))
        #expect(try !unit("tok/s").isComparable(with: unit("req/s")))
        #expect(try unit("ms/op").per == "operation")
        #expect(try !unit("s").isComparable(with: unit("B")))
    }

    @Test(
        "a number is printed with its scale, unit and spread",
        arguments: [
            ("3 976.44", 3976.44, nil, nil), ("1,234", 1234, nil, nil), ("20.91 B", 20.91e9, nil, nil),
            ("3.9127 +- 0.0121 seconds", 3.9127, "seconds", 0.0121), ("84.10 ± 0.52", 84.1, nil, 0.52),
            ("99.16 ± 0.25 tok/s", 99.16, "tok/s", 0.25), ("1.62s", 1.62, "s", nil),
            ("12 %", 12, "%", nil), ("$0.15", 0.15, "$", nil), ("-3 ms", -3, "ms", nil), ("2.5e-3", 0.0025, nil, nil),
        ] as [(String, Double, String?, Double?)])
    func numbers(_ text: String, _ value: Double, _ unit: String?, _ spread: Double?) throws {
        let number = try #require(PrintedNumber(text))
        #expect(abs(number.value - value) <= 1e-12 * abs(value))
        #expect(number.unit == unit)
        #expect(number.spread?.value == spread)
    }

    @Test("a comma is a decimal one only where the notation says so") func notation() {
        #expect(PrintedNumber("12,5") == nil)
        #expect(PrintedNumber("12,5", notation: .comma)?.value == 12.5)
        #expect(PrintedNumber("1.234,5", notation: .comma)?.value == 1234.5)
        #expect(PrintedNumber("1 863,0", notation: .comma)?.value == 1863)
    }

    @Test(
        "a name tells its subject, statistic, dimension and unit",
        arguments: [
            ("p95LatencyMs", "latency", Statistic.p95, Dimension.time, "ms"),
            ("lat (ms,95%)", "lat", Statistic.p95, Dimension.time, "ms"),
            ("completed_requests_per_min", "completed", .raw, .rate, "requests/min"),
            ("latency_s_quantiles_p25", "latency", .quantile(0.25), .time, "s"),
            ("http_req_duration.p(99.9)", "http req duration", .quantile(0.999), .time, nil),
            ("Latence p99,9 (µs)", "latence", .quantile(0.999), .time, "µs"),
            ("publishLatency99pct", "publish latency", .p99, .time, nil),
            ("wait_999pct_us", "wait", .quantile(0.999), .time, "µs"),
            ("sale_20pct", "sale 20pct", .raw, .unknown, nil),
            ("rssMaxKb", "rss", .max, .bytes, "KB"), ("disk_kb", "disk", .raw, .bytes, "KB"),
            ("99th", "", .p99, .unknown, nil), ("5th", "5th", .raw, .unknown, nil),
            ("ns_per_iter", "", .raw, .time, "ns/iter"), ("accuracy", "accuracy", .raw, .ratio, nil),
            ("write_bandwidth_gb_s", "write bandwidth", .raw, .rate, "GB/s"),
            ("link_speed_mbit_s", "link speed", .raw, .rate, "Mbit/s"),
            ("noise_floor.db", "noise floor", .raw, .quotient, "dB"),
            ("error_rate", "error rate", .raw, .ratio, nil), ("num_requests", "num requests", .raw, .count, nil),
            ("user", "user", .raw, .unknown, nil), ("stddev_ts", "ts", .standardDeviation, .unknown, nil),
        ] as [(String, String, Statistic, Dimension, String?)])
    func names(_ name: String, _ subject: String, _ statistic: Statistic, _ dimension: Dimension, _ unit: String?) {
        let reading = NameReading(name)
        #expect(reading.subject.joined(separator: " ") == subject)
        #expect(reading.statistic == statistic)
        #expect(reading.dimension == dimension)
        #expect(reading.unit?.name == unit)
    }

    @Test(
        "dates, versions and identifiers are told from text",
        arguments: [
            ("2026-05-11", TextKind.date), ("11 May 2026", .date), ("20260114-102913", .date), ("1.4.2", .version),
            ("v2.0", .version), ("3.11.4-rc1", .version), ("a1b2c3d4e5", .identifier),
            ("9f86d081-884c-4d63-a15d-0f00a1b2c3d4", .identifier), ("alpha", .text), ("llama-3.2", .text),
            ("deadbeef", .text), ("12", .text),
        ])
    func kinds(_ text: String, _ kind: TextKind) { #expect(TextKind(text) == kind) }
}
