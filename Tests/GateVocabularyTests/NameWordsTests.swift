import GateVocabulary
import Testing

@Suite("words of names") struct NameWordsTests {
    @Test(
        "a name is split where its writing has a joint",
        arguments: [
            ("mean_tokens_s", "mean tokens s"), ("http_req_duration.p(95)", "http req duration p95"),
            ("gpu__time_duration.sum", "gpu time duration sum"), ("Generation Time (ms)", "generation time ms"),
            ("p95LatencyMs", "p95 latency ms"), ("TTFTMs", "ttft ms"), ("TTFTMean", "ttft mean"),
            ("avgITLms", "avg itl ms"), ("numGPUs", "num gpus"), ("clockMHz", "clock mhz"), ("memMiB", "mem mib"),
            ("latency p99.9", "latency p99.9"), ("p(99.9)", "p99.9"), ("GPU util %", "gpu util percent"),
            ("llama-3.2-1B", "llama 3.2 1b"), ("results.0.ttft", "results 0 ttft"), ("Größe", "größe"),
            ("latence_médiane", "latence médiane"), ("Tokens/s", "tokens s"), ("50%", "50 percent"), ("", ""),
            ("readLatency99pct", "read latency 99pct"), ("lat999pctl", "lat 999pctl"), ("discount5pct", "discount5pct"),
        ])
    func words(_ name: String, _ words: String) {
        #expect(NameWords.words(of: name) == words.split(separator: " ").map(String.init))
    }
}
