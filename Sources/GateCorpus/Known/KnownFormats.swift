import GateVocabulary

/// The formats that are recognised. Each is told by the tool's own documentation or source of what it writes.
enum KnownFormats {
    static let json: [KnownFormat] = [
        // `hyperfine --export-json`: all times in seconds.
        KnownFormat(
            "hyperfine", has: ["results.command", "results.mean"], subject: "time",
            units: [
                "s": ["mean", "stddev", "median", "user", "system", "min", "max", "times"],
                "bytes": ["memory_usage_byte"],
            ]),
        // `pytest --benchmark-json`: seconds, and operations a second.
        KnownFormat(
            "pytest-benchmark", has: ["machine_info", "benchmarks.stats"], subject: "time",
            units: [
                "s": [
                    "min", "max", "mean", "stddev", "median", "iqr", "q1", "q3", "ld15iqr", "hd15iqr", "total", "data",
                    "max_time", "min_time",
                ], "op/s": ["ops"],
            ]),
        // Google Benchmark tells its time unit itself.
        KnownFormat(
            "Google Benchmark", has: ["context", "benchmarks.real_time"],
            units: ["iterations": ["iterations"], "B/s": ["bytes_per_second"]]),
        // JMH's unit stands beside each score, which is the mean of its samples.
        KnownFormat(
            "JMH", has: ["benchmark", "mode", "primaryMetric"], subject: "score", statistics: ["score": .mean]),
        // criterion's estimates: nanoseconds, and the change of two as a share.
        KnownFormat(
            "criterion", has: ["mean.point_estimate", "std_dev.point_estimate"], subject: "time",
            units: ["ns": ["point_estimate", "standard_error", "lower_bound", "upper_bound"]], statistics: ofEstimate,
            holders: estimates, isToldByFolders: true),
        KnownFormat(
            "criterion", has: ["mean.point_estimate", "median.point_estimate"], subject: "change",
            statistics: ofEstimate, holders: estimates, isToldByFolders: true),
        // BenchmarkDotNet's full JSON: nanoseconds, and bytes an operation.
        KnownFormat(
            "BenchmarkDotNet", has: ["HostEnvironmentInfo", "Benchmarks.Statistics"], subject: "time",
            units: [
                "ns": [
                    "Mean", "Median", "Min", "Max", "Q1", "Q3", "LowerFence", "UpperFence", "StandardDeviation",
                    "StandardError", "InterquartileRange", "P0", "P25", "P50", "P67", "P80", "P85", "P90", "P95",
                    "P100",
                    "OriginalValues", "Margin", "Lower", "Upper",
                ], "bytes": ["BytesAllocatedPerOperation"],
            ]),
        // k6's summary export: trends in milliseconds, data in bytes.
        KnownFormat("k6", has: ["metrics.http_req_duration"], units: k6),
        KnownFormat("k6", has: ["metrics.iteration_duration"], units: k6),
        // hatoo/oha's schema: times in seconds, sizes in bytes, and numbers of responses.
        KnownFormat(
            "oha", has: ["summary.successRate", "summary.sizePerSec", "latencyPercentiles"], subject: "time",
            units: [
                "s": ["total", "slowest", "fastest", "average", "latencyPercentiles", "firstBytePercentiles"],
                "bytes": ["totalData", "sizePerRequest"], "B/s": ["sizePerSec"],
                "requests": ["responseTimeHistogram", "statusCodeDistribution", "errorDistribution"],
            ]),
        // fio's `HOWTO`: bandwidth in KiB a second, run times in milliseconds, and shares of the I/O by latency; a
        // job of reads has writes of zeros.
        KnownFormat(
            "fio", has: ["fio version", "jobs.jobname"],
            units: [
                "KiB/s": ["bw", "bw_min", "bw_max", "bw_mean", "bw_dev"], "B/s": ["bw_bytes"], "KiB": ["io_kbytes"],
                "bytes": ["io_bytes"], "ms": ["runtime"], "s": ["eta", "elapsed"],
                "%": ["bw_agg", "usr_cpu", "sys_cpu", "latency_ns", "latency_us", "latency_ms"],
            ],
            given: ["groupid"],
            statistics: [
                "bw_dev": .standardDeviation, "bw_samples": .count, "iops_samples": .count, "total_ios": .count,
                "short_ios": .count, "drop_ios": .count, "N": .count,
            ], foreign: ["global options", "job options"], amount: "total_ios"),
        // iperf3: the kernel's round trip times in microseconds, sizes in bytes.
        KnownFormat(
            "iperf3", has: ["start.test_start", "intervals", "end"],
            units: [
                "µs": ["rtt", "rttvar", "mean_rtt", "min_rtt", "max_rtt"],
                "%": [
                    "host_total", "host_user", "host_system", "remote_total", "remote_user", "remote_system",
                    "lost_percent",
                ],
                "bytes": [
                    "snd_cwnd", "max_snd_cwnd", "snd_wnd", "max_snd_wnd", "pmtu", "blksize", "tcp_mss_default",
                    "sock_bufsize", "sndbuf_actual", "rcvbuf_actual",
                ],
                "s": ["duration", "start", "end", "seconds", "omit"], "bit/s": ["target_bitrate", "bits_per_second"],
            ], given: ["socket", "port", "local_port", "remote_port"]),
        // Playwright's JSON reporter: milliseconds.
        KnownFormat(
            "Playwright", has: ["stats.expected", "stats.flaky", "suites"], units: ["ms": ["duration", "timeout"]]),
        // webpack's statistics: milliseconds and bytes.
        KnownFormat(
            "webpack", has: ["assets.size", "assets.emitted", "chunks"],
            units: ["ms": ["time"], "bytes": ["size"]]),
        // What Prometheus' API answers: series with their labels.
        KnownFormat("Prometheus", has: ["data.resultType", "data.result"], shape: .series),
        // OpenTelemetry's spans.
        KnownFormat("OpenTelemetry", has: ["resourceSpans"], given: ["kind"], shape: .spans),
        // Lighthouse writes the unit beside each numeric value.
        KnownFormat("Lighthouse", has: ["lighthouseVersion", "audits"]),
        // `vllm bench serve --save-result`
        KnownFormat(
            "vLLM bench serve", has: ["request_throughput", "completed", "mean_ttft_ms"],
            units: vLLM, given: ofVLLM),
        // `llama-bench -o json` and `-o jsonl`
        KnownFormat(
            "llama-bench", has: ["build_commit", "avg_ts", "n_prompt"],
            units: [
                "tok/s": ["avg_ts", "stddev_ts", "samples_ts"], "ns": ["avg_ns", "stddev_ns", "samples_ns"],
                "bytes": ["model_size"],
            ], given: llamaBench),
        // lm-evaluation-harness: scores by task, as `acc,none` where no filter was set.
        KnownFormat("lm-eval", has: ["results", "versions", "config"], silentSuffix: ",none"),
        KnownFormat("lm-eval", has: ["results", "versions", "n-shot"], silentSuffix: ",none"),
        // `genai-perf profile` and aiperf write the unit beside each statistic.
        KnownFormat("genai-perf", has: ["request_latency.unit", "input_config"]),
        KnownFormat("aiperf", has: ["request_latency.unit", "request_throughput.unit"]),
        // guidellm names its units, but for the rates.
        KnownFormat(
            "guidellm", has: ["benchmarks.metrics", "benchmarks.args"],
            units: ["req/s": ["requests_per_second"], "s": ["request_latency"]]),
        KnownFormat(
            "guidellm", has: ["benchmarks.metrics", "metadata"],
            units: ["req/s": ["requests_per_second"], "s": ["request_latency"]]),
        // kubernetes-sigs/inference-perf: seconds.
        KnownFormat(
            "inference-perf", has: ["load_summary", "successes"],
            units: [
                "s": [
                    "request_latency", "time_to_first_token", "time_per_output_token", "inter_token_latency",
                    "normalized_time_per_output_token", "schedule_delay", "send_duration",
                ],
                "tok/s": ["input_tokens_per_sec", "output_tokens_per_sec", "total_tokens_per_sec"],
                "req/s": ["requests_per_sec"],
            ]),
    ]

    private static let estimates: [String: Statistic] = [
        "mean": .mean, "median": .median, "std_dev": .standardDeviation, "median_abs_dev": .unknown, "slope": .raw,
    ]

    private static let ofEstimate: [String: Statistic] = [
        "standard_error": .spread, "lower_bound": .unknown, "upper_bound": .unknown, "confidence_level": .unknown,
    ]

    private static let vLLM: [String: [String]] = [
        "s": ["duration", "ttfts", "itls"], "req/s": ["request_throughput", "request_goodput"],
        "tok/s": ["output_throughput", "total_token_throughput", "max_output_tokens_per_s"],
        "requests": ["completed", "failed", "num_prompts"],
        "tokens": ["total_input_tokens", "total_output_tokens"],
    ]
    private static let ofVLLM: Set<String> = ["request_rate", "max_concurrency", "burstiness", "run_number"]

    private static let llamaBench: Set<String> = [
        "n_prompt", "n_gen", "n_depth", "n_batch", "n_ubatch", "n_threads", "n_gpu_layers", "main_gpu", "flash_attn",
        // As its tables call them.
        "ngl", "threads", "fa",
    ]

    private static let k6: [String: [String]] = [
        "ms": [
            "http_req_duration", "http_req_blocked", "http_req_connecting", "http_req_tls_handshaking",
            "http_req_sending", "http_req_waiting", "http_req_receiving", "iteration_duration", "group_duration",
        ],
        "bytes": ["data_received", "data_sent"], "requests": ["http_reqs"], "iterations": ["iterations"],
    ]

    /// Whether a key is the first of some format's signature: most documents have none of them.
    static func mayBegin(_ key: String) -> Bool { first.contains(key) }
    private static let first = Set(json.map { String($0.signature[0].prefix { $0 != "." }) })

    /// Which headers of the signatures of tables this one is: a bit for each, and another one for each format.
    static func mark(_ header: String) -> UInt64 { marks[header] ?? 0 }

    /// The first format of tables all of whose headers are marked.
    static func table(_ marks: UInt64) -> KnownFormat? {
        zip(tables, signatures).first { $1 & marks == $1 }?.0
    }

    /// Of each format of tables: the marks of its headers.
    private static let signatures: [UInt64] = {
        var (signatures, count): ([UInt64], UInt64) = ([], 0)
        for format in tables {
            let size = UInt64(format.signature.count)
            signatures.append(((1 << size) - 1) << count)
            count += size
        }
        precondition(count <= 64, "more headers in the signatures of tables than a word has bits")
        return signatures
    }()

    private static let marks: [String: UInt64] = {
        var (marks, bit): ([String: UInt64], UInt64) = ([:], 1)
        for header in tables.flatMap(\.signature) {
            marks[header, default: 0] |= bit
            bit <<= 1
        }
        return marks
    }()

    /// Arrays without keys.
    static let scalars = KnownFormat("TensorBoard", has: ["[wall time, step, value]"])

    /// What the lines of a text are recognised by.
    static let texts: [KnownFormat] = [
        KnownFormat(Benchstat.name, has: ["│", "sec/op"]),
        KnownFormat(Exposition.name, has: ["# TYPE"]),
        KnownFormat(MLPerfLog.name, has: [":::MLLOG"]),
    ]

    static let tables: [KnownFormat] = [
        // locust's statistics and their history: milliseconds and bytes.
        KnownFormat(
            "locust", has: ["Name", "Requests/s", "Failures/s"],
            units: [
                "ms": [
                    "Median Response Time", "Average Response Time", "Min Response Time", "Max Response Time",
                    "Total Median Response Time", "Total Average Response Time", "Total Min Response Time",
                    "Total Max Response Time", "50%", "66%", "75%", "80%", "90%", "95%", "98%", "99%", "99.9%",
                    "99.99%", "100%",
                ],
                "bytes": ["Average Content Size", "Total Average Content Size"],
            ]),
        KnownFormat(
            "hyperfine", has: ["command", "mean", "stddev", "user", "system"], subject: "time",
            units: ["s": ["mean", "stddev", "median", "user", "system", "min", "max"]]),
        KnownFormat(
            "pytest-benchmark", has: ["name", "min", "max", "mean", "stddev", "rounds", "iterations"],
            subject: "time", units: ["s": ["min", "max", "mean", "stddev", "median", "iqr"], "op/s": ["ops"]]),
        KnownFormat("Google Benchmark", has: ["name", "iterations", "real_time", "cpu_time", "time_unit"]),
        KnownFormat("JMH", has: ["Benchmark", "Mode", "Score", "Unit"]),
        KnownFormat(
            "llama-bench", has: ["build_commit", "avg_ts", "n_prompt"],
            units: [
                "tok/s": ["avg_ts", "stddev_ts"], "ns": ["avg_ns", "stddev_ns"], "bytes": ["model_size"],
            ], given: llamaBench),
        KnownFormat(
            "llama-bench", has: ["model", "size", "params", "test", "t/s"], units: ["bytes": ["size"]],
            given: llamaBench),
        // `vllm bench sweep` writes what `vllm bench serve` does as a table.
        KnownFormat(
            "vLLM bench serve", has: ["request_throughput", "completed", "mean_ttft_ms"], units: vLLM, given: ofVLLM),
        KnownFormat("genai-perf", has: ["Metric", "avg", "min", "max", "p99"]),
        // JMeter's results: milliseconds and bytes.
        KnownFormat(
            "JMeter", has: ["timeStamp", "elapsed", "label", "responseCode"],
            units: ["ms": ["elapsed", "Latency", "IdleTime", "Connect"], "bytes": ["bytes", "sentBytes"]],
            given: ["responseCode"]),
    ]
}
