/// From the stamps and the server's figures of one valid call to its metrics.
public enum CallMetrics {
    /// The metrics of ``MetricCatalogue/call`` in base units; a metric that this call cannot have is absent, as are
    /// inter-token figures where the timing is degraded.
    ///
    /// - Parameters:
    ///   - timing: the client's clock.
    ///   - arrivals: offsets of the content in order of arrival; tokens that came in one read share an offset.
    ///   - server: the server's own figures.
    public static func measure(
        timing: StreamTiming, arrivals: [Nanoseconds], server: ServerFigures
    ) -> Measurements {
        var values = Measurements()
        values["connect"] = timing.connectNs.seconds
        values["total"] = timing.endNs.seconds
        if let first = timing.firstContentNs { values["ttft"] = first.seconds }

        if timing.degraded != true {
            let gaps = zip(arrivals.dropFirst(), arrivals).map { ($0 - $1).seconds }
            values["itl.p50"] = OrderStatistics.quantile(gaps, 0.5)
            values["itl.p99"] = OrderStatistics.quantile(gaps, 0.99)
            values["itl.max"] = gaps.max()
        }

        if let tokens = server.tokens, tokens > 1, let first = timing.firstContentNs,
            let last = timing.lastContentNs, last > first
        {
            values["throughput"] = Double(tokens - 1) / (last - first).seconds
        }
        if let tokens = server.tokens, let eval = server.evalSeconds, eval > 0 {
            values["server.throughput"] = Double(tokens) / eval
        }
        values["load"] = server.loadSeconds
        values["prompt_eval"] = server.promptEvalSeconds
        values["eval"] = server.evalSeconds
        values["prompt_tokens"] = server.promptTokens.map(Double.init)
        values["tokens"] = server.tokens.map(Double.init)
        return values
    }
}
