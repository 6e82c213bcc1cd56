import GateCore
import GateJSON
import Testing

@testable import GateSettings

@Suite("What holds, and who says it") struct EffectiveSettingsTests {
    private func entries(
        _ text: String, flags: ConfigurationFlags = ConfigurationFlags(), environment: [String: String] = [:]
    ) throws -> [String: EffectiveSettings.Entry] {
        let settings = try EffectiveSettings(draft(text), flags: flags, environment: environment)
        return Dictionary(uniqueKeysWithValues: settings.entries.map { ($0.key, $0) })
    }

    @Test("a value is that of the flag, else of the file, else the default, each with its place")
    func sources() throws {
        let found = try entries(
            "agent: {model: m, num_ctx: 512}\nruns: 4\nwarmup_runs: 2\n",
            flags: ConfigurationFlags(runs: 3, tolerances: ["ttft=25%"]))
        #expect(found["runs"]?.value == 3 && found["runs"]?.origin == .flag("--runs"))
        #expect(found["warmup_runs"]?.value == 2)
        #expect(found["warmup_runs"]?.origin == .file(path: "gate.yml", line: 3, column: 14))
        #expect(found["pairs"]?.value == 20 && found["pairs"]?.origin == .nowhere)
        #expect(found["agent.max_tokens"]?.value == 256 && found["agent.max_tokens"]?.origin == .nowhere)
        #expect(found["metrics.ttft.tolerance"]?.value == "25%")
        #expect(found["metrics.ttft.tolerance"]?.origin == .flag("--tolerance 'ttft=25%'"))
        // Left to the server.
        #expect(found["agent.temperature"] == nil)
    }

    @Test("the usual address of Ollama comes from its variable, where that is set and counts")
    func ollama() throws {
        let host = ["OLLAMA_HOST": "gpu:1"]
        let found = try entries("agent: {model: m}", environment: host)["server.url"]
        #expect(found?.value == "http://gpu:1" && found?.origin == .environment("OLLAMA_HOST"))
        let usual = try entries("agent: {model: m}", environment: ["OLLAMA_HOST": " "])["server.url"]
        #expect(usual?.value == "http://127.0.0.1:11434" && usual?.origin == .nowhere)
        let text = "agent: {model: m}\nserver: {api: openai, url: 'http://h/v1'}"
        let named = try entries(text, environment: host)["server.url"]
        #expect(named?.value == "http://h" && named?.origin == .file(path: "gate.yml", line: 2, column: 28))
    }

    @Test("demands are written with their units, each with its own place")
    func metrics() throws {
        let found = try entries(
            """
            agent: {model: m}
            metrics:
              ttft: {tolerance: 25% or 50 ms, max: 2 s, role: gate}
              report/throughput: 5 tok/s
              tokens: {max: 300}
              load/goodput: {min: 5 req/s}
            """)
        let values = found.filter { $0.key.hasPrefix("metrics.") }.mapValues(\.value)
        #expect(
            values == [
                "metrics.ttft.tolerance": "25% or 0.05s", "metrics.ttft.max": "2s", "metrics.ttft.role": "gate",
                "metrics.report/throughput.tolerance": "5 tok/s", "metrics.tokens.max": 300,
                "metrics.load/goodput.min": "5 req/s",
            ])
        #expect(found["metrics.ttft.max"]?.origin == .file(path: "gate.yml", line: 3, column: 40))
    }

    @Test("of the base's server stands what is said of it, as it is used")
    func base() throws {
        let found = try entries("agent: {model: m}\nbase: {server: {api: openai, url: 'http://b/v1'}}")
        #expect(found["base.server.url"]?.value == "http://b" && found["server.url"]?.value == "http://127.0.0.1:11434")
        #expect(found["base.server.api"]?.value == "openai")
        #expect(found.keys.filter { $0.hasPrefix("base.") }.count == 2)
    }

    @Test("what a command says of keys and tokens is not shown")
    func secrets() throws {
        let text = """
            agent: {model: m}
            server:
              start: [env, HF_TOKEN=s3cret, serve, --api-key, s3cret, --api_key=s3cret, -m, model, --key-file, k]
              token_env: MODEL_TOKEN
            """
        let found = try entries(text, environment: ["MODEL_TOKEN": "s3cret"])
        #expect(
            found["server.start"]?.value.plainText
                == "[env, HF_TOKEN=***, serve, --api-key, ***, --api_key=***, -m, model, --key-file, k]")
        #expect(found["server.token_env"]?.value == "MODEL_TOKEN")
        #expect(!found.values.contains { $0.value.text.contains("s3cret") })
    }

    @Test("rules of reports are shown as the file writes them")
    func rules() throws {
        let found = try entries(
            """
            agent: {model: m}
            quality:
              rules: {S06: error, G01: {severity: warning, allowance: 2}, E02: "off", G02: {allowance: 1}}
              entities: [Model A]
            """)
        #expect(
            found.filter { $0.key.hasPrefix("quality.") }.mapValues(\.value.text) == [
                "quality.rules.S06": #""error""#, "quality.rules.G01": #"{"severity":"warning","allowance":2}"#,
                "quality.rules.E02": #""off""#, "quality.rules.G02": #"{"allowance":1}"#,
                "quality.entities": #"["Model A"]"#,
            ])
    }

    @Test("a configuration with faults is not shown")
    func faults() {
        #expect(throws: ConfigurationError.self) { try entries("runs: 3") }
        #expect(throws: ConfigurationError.self) {
            try entries("agent: {model: m}", flags: ConfigurationFlags(runs: 0))
        }
    }
}
