extension Session {
    /// What a reader must know of how the figures came about: assumptions about the prompt cache, and throughputs that
    /// the arrivals cannot show.
    func instrumentWarnings() -> [Warning] {
        promptCacheWarnings() + throughputWarnings() + refusedTimes()
    }

    private var validCalls: [Exchange] { decisiveExchanges.map(\.exchange).filter(\.outcome.isValid) }

    private func promptCacheWarnings() -> [Warning] {
        guard configuration.agent.promptCache == .defeat else { return [] }
        let windows = measuredWindows
        let hits =
            windows.reduce(0) { $0.adding(clamping: $1.cacheHits ?? 0) } + validCalls.count { $0.cache == .hit }
        if hits > 0 {
            return [
                Warning(
                    "the server took part of the prompt of \(hits) \(hits == 1 ? "request" : "requests") from its cache"
                        + " although every prompt is unique at its start: TTFT is not that of whole prompts",
                    remedy: "Give a persona, so that no system prompt of the model's own comes first, or turn the"
                        + " server's cache off (llama-server --no-cache-prompt, vLLM --no-enable-prefix-caching).")
            ]
        }
        guard cacheStates.contains(.assumedDefeated) else { return [] }
        return [
            Warning(
                "TTFT is judged on the assumption that the prompt cache was defeated: every prompt was unique at its"
                    + " start, and the server does not tell how much it took from its cache",
                remedy: "Let it tell, where it can (vLLM --enable-prompt-tokens-details).")
        ]
    }

    private func refusedTimes() -> [Warning] {
        let count = validCalls.count { $0.timing.serverTimesRefused == true }
        guard count > 0 else { return [] }
        return [
            Warning(
                "by the server's durations \(count) \(count == 1 ? "answer" : "answers") took longer than the whole call, so"
                    + " that they are left out",
                remedy: "Find out what the server counts; TTFT and throughput are by our own clock.")
        ]
    }

    private func throughputWarnings() -> [Warning] {
        let count =
            measuredWindows.reduce(0) { $0.adding(clamping: $1.withoutThroughput ?? 0) }
            + validCalls.count { $0.timing.throughputDegraded == true }
        guard count > 0 else { return [] }
        return [
            Warning(
                "the throughput of \(count) \(count == 1 ? "answer" : "answers") is degraded and not judged: too much of"
                    + " it came at once to tell it from the arrivals",
                remedy: "Turn off what gathers tokens on the way; server.throughput is the server's own figure.")
        ]
    }
}
