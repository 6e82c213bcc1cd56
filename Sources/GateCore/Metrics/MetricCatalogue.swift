/// Every metric that chimera-gate measures, in the order in which reports show them.
public enum MetricCatalogue {
    /// The metrics of one call to the model server.
    public static let call: [Metric] = [
        client(
            "ttft", .seconds, .lowerIsBetter, tolerance: .relative(percent: 25),
            "Connected and about to write the request, to the first non-empty content (TTFT)."),
        client(
            "ttft.any", .seconds, .lowerIsBetter,
            "Connected and about to write the request, to the first token of any channel, where that is not content."),
        client(
            "thinking", .seconds, .lowerIsBetter,
            "Thinking of a reasoning model: its first piece, to the first content after it."),
        client(
            "itl.p50", .seconds, .lowerIsBetter,
            "Inter-token latency: median gap between consecutive arrivals, thinking and content alike."),
        client(
            "itl.p99", .seconds, .lowerIsBetter,
            "Inter-token latency: 99th percentile of the gaps between consecutive arrivals."),
        client(
            "itl.max", .seconds, .lowerIsBetter,
            "Inter-token latency: longest gap between consecutive arrivals."),
        client(
            "throughput", .tokensPerSecond, .higherIsBetter, tolerance: .relative(percent: 15),
            "Generated tokens after those of the first read / (last arrival - first), by the server's count, thinking and"
                + " content alike: (n - 1) / that time where one token came first."),
        server(
            "server.throughput", .tokensPerSecond, .higherIsBetter,
            "The server's generated tokens over the server's generation time."),
        server(
            "model_load", .seconds, .lowerIsBetter, tolerance: .relative(percent: 50),
            "Loading the model: the server's own figure (Ollama); spawn to ready for a server that we start."
        ),
        server("prompt_eval", .seconds, .lowerIsBetter, "The server's time to evaluate the prompt."),
        server("eval", .seconds, .lowerIsBetter, "The server's time to generate the answer."),
        server("prompt_tokens", .count, .neutral, "Tokens of the prompt, by the server's count."),
        server("tokens", .count, .neutral, "Generated tokens, by the server's count."),
        client(
            "thinking_tokens", .count, .neutral,
            "Generated tokens of thinking: by the server's count, else pieces of thinking where each piece is a token."),
        client(
            "bytes_per_token", .count, .neutral,
            "Bytes of text that arrived over generated tokens by the server's count: it changes where the count does."),
        client("total", .seconds, .lowerIsBetter, "About to write the request, to the end of the stream."),
        client(
            "connect", .seconds, .lowerIsBetter,
            "Name lookup, TCP connection and TLS, before the request; outside TTFT."),
    ]

    /// The metrics of a window of many requests; a percentile is taken over all valid requests of the window, for `itl`
    /// over all of their gaps.
    public static let window: [Metric] =
        percentiles(
            of: "ttft", .seconds, .lowerIsBetter, tolerance: .relative(percent: 25),
            "of all requests from about to write the request to the first non-empty content (TTFT).")
        + percentiles(
            of: "ttft.any", .seconds, .lowerIsBetter,
            "of the requests whose first token was not content, from about to write the request to that token.")
        + percentiles(of: "thinking", .seconds, .lowerIsBetter, "of all requests' thinking.")
        + percentiles(of: "thinking_tokens", .count, .neutral, "of all requests' tokens of thinking.")
        + [
            client(
                "itl.p90", .seconds, .lowerIsBetter,
                "Inter-token latency: 90th percentile of the gaps between consecutive arrivals.")
        ]
        + percentiles(
            of: "e2e", .seconds, .lowerIsBetter,
            "of all requests from about to write the request to the end of the stream (end-to-end latency).")
        + percentiles(
            of: "throughput", .tokensPerSecond, .higherIsBetter, "of all requests' own throughput.")
        + [
            client(
                "output_throughput", .tokensPerSecond, .higherIsBetter, tolerance: .relative(percent: 15),
                "Generated tokens of all valid requests over the window, first request sent to last end."),
            client(
                "requests_per_second", .requestsPerSecond, .higherIsBetter,
                "Valid requests over the window, first request sent to last end."),
            client(
                "goodput", .requestsPerSecond, .higherIsBetter, tolerance: .relative(percent: 15),
                "Valid requests within every stated limit over the window, first request sent to last end."),
            client(
                errorShare, .ratio, .lowerIsBetter, tolerance: .absolute(0.01),
                "Calls without a valid answer over all calls that count."),
            client(
                "concurrency.max", .count, .higherIsBetter, tolerance: .relative(percent: 25),
                "The highest concurrency at which a ramp kept the stated limits."),
        ]

    /// `name.p50`, `name.p90`, `name.p99` and `name.max`; the tolerance is the median's.
    private static func percentiles(
        of name: String, _ unit: MetricUnit, _ direction: Direction, tolerance: Tolerance? = nil, _ definition: String
    ) -> [Metric] {
        [
            ("p50", "Median"), ("p90", "90th percentile"), ("p99", "99th percentile"), ("max", "Maximum"),
        ].map { suffix, words in
            client(
                MetricID(rawValue: "\(name).\(suffix)"), unit, direction, tolerance: suffix == "p50" ? tolerance : nil,
                "\(words) \(definition)")
        }
    }

    /// The share of calls that ended badly. Judged by their counts, not by the shares of single windows.
    public static let errorShare: MetricID = "error_share"

    /// The wall times of a run.
    public static let run: [Metric] = [
        client("ingest", .seconds, .lowerIsBetter, "Wall time of reading the corpus."),
        client("inventory", .seconds, .lowerIsBetter, "Wall time of the collector's stage (dual workload)."),
        client("analysis", .seconds, .lowerIsBetter, "Wall time of the analysis stage."),
        client("report", .seconds, .lowerIsBetter, "Wall time of the report stage."),
        client("workflow", .seconds, .lowerIsBetter, "Wall time of the whole run: ingest and every stage."),
    ]

    /// The figures of one start of a command, besides those of its stages.
    public static let command: [Metric] = [
        client(
            "calls", .count, .lowerIsBetter, tolerance: .relative(percent: 10),
            "Calls of the model server that the command made, those that failed included."),
        client(
            "calls_failed", .count, .lowerIsBetter,
            "Calls of the command without a valid answer, but for those that it cancelled itself."),
        server(
            "prompt_tokens_sum", .count, .lowerIsBetter, tolerance: .relative(percent: 25),
            "Tokens of all prompts of the command, by the server's count, those of embeddings included where it counts them."
        ),
        server(
            "tokens_sum", .count, .lowerIsBetter, tolerance: .relative(percent: 25),
            "Generated tokens of all calls of the command, by the server's count."),
        server(
            "cost", .cost, .lowerIsBetter, tolerance: .relative(percent: 25),
            "Tokens of all calls of the command by the configured prices of their models."),
        client(
            "wall", .seconds, .lowerIsBetter, tolerance: .relative(percent: 25),
            "Wall time of the command, from its start to its end."),
        client(
            "outside_model", .seconds, .lowerIsBetter, "Wall time of the command during which no call was under way."),
        client(
            "cpu", .seconds, .lowerIsBetter,
            "CPU time of the command, user and system, with that of the processes that it waited for."),
        client(
            "peak_memory", .bytes, .lowerIsBetter,
            "Largest resident memory of the command, or of a process that it waited for where that had more; never less than"
                + " chimera-gate's own when it started it, which Linux hands on."),
    ]

    /// True of what the work itself takes, and not only its calls of the model server.
    package static func isBesideServer(_ metric: MetricID) -> Bool {
        metric == "ingest" || command.contains { $0.id == metric }
    }

    /// The metric that counts what a duration of a call grows with.
    package static func length(of metric: MetricID) -> MetricID? {
        switch metric.rawValue {
        case "total", "eval": "tokens"
        case "prompt_eval": "prompt_tokens"
        default: nil
        }
    }

    public static let all: [Metric] = call + window + run + command + quality

    /// The metric of that name, also of an older one, one of another tool included; nil where there is none.
    public static func metric(_ id: MetricID) -> Metric? {
        byID[MetricID.renamed[id] ?? id] ?? DeclaredMetric(id)?.metric
    }

    private static let byID: [MetricID: Metric] = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

    private static func client(
        _ id: MetricID, _ unit: MetricUnit, _ direction: Direction, tolerance: Tolerance? = nil, _ definition: String
    ) -> Metric {
        Metric(
            id: id, unit: unit, direction: direction, origin: .client, definition: definition,
            defaultTolerance: tolerance)
    }

    private static func server(
        _ id: MetricID, _ unit: MetricUnit, _ direction: Direction, tolerance: Tolerance? = nil, _ definition: String
    ) -> Metric {
        Metric(
            id: id, unit: unit, direction: direction, origin: .server, definition: definition,
            defaultTolerance: tolerance)
    }
}
