import Foundation
import GateCore
import TestSupport
import Testing

@testable import GateSettings

struct ConfigurationFileTests {
    @Test("every key of a file arrives in the configuration")
    func everyKey() throws {
        let resolved = try configuration(
            """
            version: 1
            workload: dual
            machine_class: ci-small
            corpus:
              roots: [reports, {path: data/csv/, extensions: [csv, md, log]}]
              max_files: 7
              max_file_bytes: 1024
            agent:
              model: smollm2
              persona: |
                You are *careful*.
                & exact.
              num_gpu: 80
              num_ctx: 4096
              temperature: 0
              top_p: 0.9
              top_k: 40
              repeat_penalty: 1.1
              seed: 7
              max_tokens: 200
              prompt_cache: allow
            server:
              api: openai
              url: http://127.0.0.1:18080/v1
              start: [python3, serve.py, --port, 18080]
              timeouts: {connect: 1s, first_token: 2 min, idle: 500ms, total: 1.5 h, ready: 90 s}
            runs: 3
            warmup_runs: 1
            inconclusive: fail
            metrics:
              ttft: {tolerance: 25%, max: 2 s}
              report/throughput: {tolerance: 5 tok/s, min: 20 tok/s}
              itl.p99: 80%
              tokens: {max: 300, min: 1.5}
              run/workflow: {max: 10 min}
            """)
        let expected = Configuration(
            workload: .dual, machineClass: "ci-small",
            corpus: CorpusConfiguration(
                roots: [
                    CorpusRoot(path: "reports", extensions: CorpusRoot.supportedExtensions),
                    CorpusRoot(path: "data/csv", extensions: ["csv", "md", "log"]),
                ], maxFiles: 7, maxFileBytes: 1024),
            agent: AgentConfiguration(
                model: "smollm2", persona: "You are *careful*.\n& exact.\n", numGpu: 80, numCtx: 4096, temperature: 0,
                topP: 0.9, topK: 40, repeatPenalty: 1.1, seed: 7, maxTokens: 200, promptCache: .allow),
            server: ServerConfiguration(
                api: .openai, url: "http://127.0.0.1:18080", start: ["python3", "serve.py", "--port", "18080"],
                timeouts: TimeoutConfiguration(
                    connectSeconds: 1, firstTokenSeconds: 120, idleSeconds: 0.5, totalSeconds: 5400,
                    readySeconds: 90)),
            runs: 3, warmupRuns: 1,
            policy: Policy(
                metrics: [
                    MetricPolicy(metric: "ttft", tolerance: .relative(percent: 25), budget: Budget(max: 2)),
                    MetricPolicy(
                        metric: "throughput", stage: .report, tolerance: .absolute(5), budget: Budget(min: 20)),
                    MetricPolicy(metric: "itl.p99", tolerance: .relative(percent: 80)),
                    MetricPolicy(metric: "tokens", budget: Budget(min: 1.5, max: 300)),
                    MetricPolicy(metric: "workflow", stage: .run, budget: Budget(max: 600)),
                ], inconclusive: .fail))
        #expect(resolved == expected)
    }

    @Test("a file that names only the model gets the defaults and Ollama's usual address")
    func defaults() throws {
        let expected = Configuration(
            agent: AgentConfiguration(model: "smollm2"),
            server: ServerConfiguration(api: .ollama, url: "http://127.0.0.1:11434"))
        #expect(try configuration("agent: {model: smollm2}") == expected)
        #expect(try configuration("{agent: {model: smollm2}, corpus: {}, server: {}, metrics: {}}") == expected)
        #expect(
            try ConfigurationDraft().resolved(flags: ConfigurationFlags(model: "smollm2"), environment: [:])
                == expected)
    }

    @Test("a byte order mark, Windows line ends and comments are no problem")
    func windows() throws {
        let text = "\u{feff}# a comment\r\nagent:\r\n  model: smollm2 # another\r\nruns: 2\r\n"
        #expect(try configuration(text).runs == 2)
    }

    @Test("a file is read from disk and its path stands in its errors")
    func fromDisk() throws {
        let folder = try TemporaryFolder()
        let good = try folder.write("agent: {model: smollm2}", to: "good.yml")
        #expect(try ConfigurationFile.load(good.path).located("agent.model")?.value == "smollm2")
        let bad = try folder.write("runs: 0", to: "bad.yml")
        let error = #expect(throws: ConfigurationError.self) { try ConfigurationFile.load(bad.path) }
        #expect(
            "\(try #require(error))"
                == "\(bad.path):1:7: runs: found '0'; allowed: a whole number from 1 to 10000")
        #expect(error?.exitCode == 78)
    }

    @Test("what is not a readable file is an error and never a wait")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        func reason(_ path: String) throws -> String {
            let error = #expect(throws: ConfigurationError.self) { try ConfigurationFile.load(path) }
            guard case .unreadable(path, let reason, let cause) = error else { return "another error: \(error as Any)" }
            #expect(error?.exitCode == 78)
            #expect((cause == .absent) == path.hasSuffix("none.yml"))
            return reason
        }
        #expect(try reason(folder.url.path + "/none.yml") == "there is no such configuration file")
        #expect(try reason(folder.url.path) == "this is a folder; name the configuration file in it")
        let fifo = folder.url.path + "/fifo"
        #expect(mkfifo(fifo, 0o600) == 0)
        // Nobody writes to it: it is at its end at once.
        #expect(throws: ConfigurationError.self) { try ConfigurationFile.load(fifo) }
        #expect(try reason("/dev/zero") == "this is not a regular file")
        let huge = try folder.write(String(repeating: "#", count: ConfigurationFile.largest + 1), to: "huge.yml")
        #expect(try reason(huge.path).hasPrefix("the configuration file is larger than 1048576 bytes"))
    }
}
