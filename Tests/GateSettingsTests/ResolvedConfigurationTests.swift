import GateCore
import Testing

@testable import GateSettings

struct ResolvedConfigurationTests {
    private let file = """
        agent: {model: a, num_ctx: 2048, max_tokens: 100, temperature: 0.5}
        server: {api: openai, url: "http://h:1", start: serve --port 1}
        runs: 5
        metrics:
          ttft: {tolerance: 25%, max: 2 s}
          report/ttft: 10%
        """

    @Test("a metric is taken by its older name") func olderMetricName() throws {
        let named = { (name: String) in try configuration("agent: {model: m}\nmetrics: {\(name): 40%}").policy.metrics }
        #expect(try named("load") == named("model_load"))
        #expect(try named("run/load") == named("run/model_load"))
    }

    @Test("flags override the file")
    func flags() throws {
        let flags = ConfigurationFlags(
            workload: .dual, machineClass: "big", model: "8", numCtx: 4096, temperature: 1e-5, seed: 3, maxTokens: 7,
            api: .ollama, url: "https://other/prefix/", runs: 2, warmupRuns: 1, coldStarts: 4,
            tolerances: ["ttft=50 ms", "analysis/throughput=5%", "itl.p50=1%", "itl.p50=2%"], inconclusive: .fail)
        let resolved = try configuration(file, flags: flags)
        let expected = Configuration(
            workload: .dual, machineClass: "big",
            agent: AgentConfiguration(model: "8", numCtx: 4096, temperature: 1e-5, seed: 3, maxTokens: 7),
            server: ServerConfiguration(api: .ollama, url: "https://other/prefix"), runs: 2, warmupRuns: 1,
            coldStarts: 4,
            policy: Policy(
                metrics: [
                    MetricPolicy(metric: "ttft", tolerance: .absolute(0.05), budget: Budget(max: 2)),
                    MetricPolicy(metric: "ttft", stage: .report, tolerance: .relative(percent: 10)),
                    MetricPolicy(metric: "throughput", stage: .analysis, tolerance: .relative(percent: 5)),
                    MetricPolicy(metric: "itl.p50", tolerance: .relative(percent: 2)),
                ], inconclusive: .fail))
        #expect(resolved == expected)
    }

    @Test("the address of a running server replaces the file's start command, other flags do not")
    func startCommand() throws {
        #expect(try configuration(file).server.start == ["serve", "--port", "1"])
        #expect(try configuration(file, flags: ConfigurationFlags(runs: 2)).server.start == ["serve", "--port", "1"])
        #expect(try configuration(file, flags: ConfigurationFlags(url: "http://h:2")).server.start == nil)
    }

    @Test(
        "a bad flag is a usage error that names the flag",
        arguments: [
            (ConfigurationFlags(runs: 0), "--runs: found '0'; allowed: a whole number from 1 to 10000"),
            (ConfigurationFlags(temperature: .nan), "--temperature: found 'nan'; allowed: a number of at least 0"),
            (ConfigurationFlags(temperature: -1), "--temperature: found '-1.0'; allowed: a number of at least 0"),
            (ConfigurationFlags(url: "h:1"), "--url: not an address that begins with http:// or https://"),
            (ConfigurationFlags(machineClass: "A B"), "--machine-class: found the text 'A B'; allowed: lower case"),
            (ConfigurationFlags(tolerances: ["ttft"]), "--tolerance 'ttft': allowed: METRIC=TOLERANCE, as in ttft=25%"),
            (ConfigurationFlags(tolerances: ["x=5%"]), "--tolerance 'x=5%': there is no metric 'x'"),
            (ConfigurationFlags(tolerances: ["ttft=5"]), "--tolerance 'ttft=5': found the text '5'; allowed: per cent"),
            (ConfigurationFlags(maxTokens: 5000), "--max-tokens: 5000 tokens of answer leave no room for the prompt"),
        ])
    func badFlags(flags: ConfigurationFlags, message: String) throws {
        let error = #expect(throws: ConfigurationError.self) { _ = try configuration(file, flags: flags) }
        #expect(error?.description.hasPrefix(message) == true, "\(error as Any)")
        #expect(error?.exitCode == 64)
    }

    @Test("a missing model is an error that says where to write it")
    func missingModel() {
        #expect(
            problems("runs: 3") == [
                "gate.yml: agent.model: no model is named; write 'model: NAME' below 'agent:' in gate.yml,"
                    + " or pass --model NAME"
            ])
        let error = #expect(throws: ConfigurationError.self) { try ConfigurationDraft().resolved(environment: [:]) }
        #expect(
            error?.description
                == "agent.model: no model is named; write 'model: NAME' below 'agent:' in chimera-gate.yml,"
                + " or pass --model NAME")
        #expect(error?.exitCode == 78)
    }

    @Test("an answer as long as the context window is an error at the longer's place")
    func contextWindow() throws {
        #expect(
            problems("agent:\n  model: m\n  num_ctx: 512\n  max_tokens: 512\n") == [
                "gate.yml:4:15: agent.max_tokens: 512 tokens of answer leave no room for the prompt in a context window"
                    + " of 512 (num_ctx); allowed: less than num_ctx"
            ])
        let smallest = problems("agent: {model: m, num_ctx: 1}").first
        #expect(smallest?.hasPrefix("gate.yml:1:28: agent.max_tokens: 1 ") == true)
        #expect(try configuration("agent: {model: m, num_ctx: 512}").agent.maxTokens == 256)
        #expect(try configuration("agent: {model: m, num_ctx: 8192}").agent.maxTokens == 1024)
        let text = "agent: {model: m, num_ctx: 512, max_tokens: 512}"
        #expect(try configuration(text, flags: ConfigurationFlags(numCtx: 4096)).agent.maxTokens == 512)
    }

    @Test("an OpenAI-compatible server needs its address")
    func openAI() throws {
        let text = "agent: {model: m}\nserver: {api: openai}"
        #expect(
            problems(text, environment: ["OLLAMA_HOST": "h"]) == [
                "gate.yml:2:15: server.url: 'openai' servers have no usual address;"
                    + " write 'url: http://HOST:PORT' below 'server:', or pass --url"
            ])
        #expect(try configuration(text, flags: ConfigurationFlags(url: "http://h/v1/")).server.url == "http://h")
        #expect(try configuration(text, flags: ConfigurationFlags(url: "http://h/a/v1")).server.url == "http://h/a")
    }

    @Test("OLLAMA_HOST is used where no address is configured, and its mistakes are told")
    func ollamaHost() throws {
        let text = "agent: {model: m}"
        #expect(try configuration(text, environment: ["OLLAMA_HOST": "gpu:1234"]).server.url == "http://gpu:1234")
        #expect(
            try configuration("\(text)\nserver: {url: 'http://h:1'}", environment: ["OLLAMA_HOST": "gpu"]).server.url
                == "http://h:1")
        #expect(
            problems(text, environment: ["OLLAMA_HOST": "gpu:99999"])
                == ["OLLAMA_HOST: 99999 is not a port; allowed: 1 to 65535"])
    }

    @Test("a key is read by its former name, but not by both")
    func formerName() throws {
        #expect(try configuration("load_runs: 2\nagent: {model: m}").coldStarts == 2)
        #expect(
            problems("agent: {model: m}\nload_runs: 2\ncold_starts: 1") == [
                "gate.yml:3:14: cold_starts: is said in line 2 already; say 'cold_starts' once"
            ])
        #expect(
            problems("agent: {model: m}\ncold_starts: 1\nload_runs: 2") == [
                "gate.yml:3:12: load_runs: is said in line 2 already; say 'cold_starts' once"
            ])
    }

    @Test("cold starts of a running server that cannot be unloaded are refused, by file and by flag")
    func impossibleLoads() throws {
        let server = "server: {api: openai, url: 'http://h:1'}"
        #expect(
            problems("cold_starts: 2\nagent: {model: m}\n\(server)") == [
                "gate.yml:1:14: cold_starts: an 'openai' server that runs already cannot be made to unload its model;"
                    + " let chimera-gate start it (server.start, without --url), or set 0"
            ])
        let error = #expect(throws: ConfigurationError.self) {
            try configuration("agent: {model: m}\n\(server)", flags: ConfigurationFlags(coldStarts: 1))
        }
        #expect(error?.exitCode == 64)
        #expect(error?.description.hasPrefix("--cold-starts: an 'openai' server") == true)
        // The address of a server that runs takes the place of the start command.
        let started = "cold_starts: 2\nagent: {model: m}\nserver: {api: openai, url: 'http://h:1', start: serve}"
        #expect(try configuration(started).coldStarts == 2)
        #expect(problems(started, flags: ConfigurationFlags(url: "http://h:2")).count == 1)
        #expect(try configuration(started, flags: ConfigurationFlags(url: "http://h:2", coldStarts: 0)).coldStarts == 0)
        #expect(try configuration("cold_starts: 2\nagent: {model: m}").coldStarts == 2)
    }
}
