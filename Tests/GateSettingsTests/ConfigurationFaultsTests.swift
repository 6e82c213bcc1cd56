import GateCore
import Testing

@testable import GateSettings

@Suite("What 'config check' finds") struct ConfigurationFaultsTests {
    private func faults(
        _ text: String, flags: ConfigurationFlags = ConfigurationFlags(), day: String = "2026-01-01"
    ) -> ConfigurationFaults {
        ConfigurationFaults(of: Array(text.utf8), path: "gate.yml", flags: flags, environment: [:], day: day)
    }

    private func lines(_ text: String, flags: ConfigurationFlags = ConfigurationFlags()) -> [String] {
        faults(text, flags: flags).problems.map(\.description)
    }

    @Test("faults of single values and of values together are told at once, in the order of the lines")
    func together() {
        let text = """
            agent:
              modle: a
              num_ctx: 512
              max_tokens: 512
            server: {api: openai}
            cold_starts: 2
            runs: 0
            """
        #expect(
            lines(text) == [
                "gate.yml:2:3: agent: unknown key 'modle' (did you mean 'model'?); allowed: model, persona, num_gpu,"
                    + " num_ctx, temperature, top_p, top_k, repeat_penalty, seed, max_tokens, prompt_cache",
                "gate.yml:4:15: agent.max_tokens: 512 tokens of answer leave no room for the prompt in a context window"
                    + " of 512 (num_ctx); allowed: less than num_ctx",
                "gate.yml:5:15: server.url: 'openai' servers have no usual address; write 'url: http://HOST:PORT' below"
                    + " 'server:', or pass --url",
                "gate.yml:7:7: runs: found '0'; allowed: a whole number from 1 to 10000",
                "gate.yml: agent.model: no model is named; write 'model: NAME' below 'agent:' in gate.yml, or pass"
                    + " --model NAME",
            ])
    }

    @Test("the absence of what was refused is no second fault")
    func follows() {
        #expect(
            lines("agent: {model: 8}") == [
                "gate.yml:1:16: agent.model: found '8', which is not a text in every YAML; put it in quotes if it is meant"
            ])
        #expect(lines("server: {api: openai, url: h}\nagent: {model: m}").count == 1)
        #expect(lines("agent: smollm2").count == 1)
        #expect(lines("[1, 2").count == 1)
        #expect(lines("").count == 1)
    }

    @Test("what YAML has and this file may not is passed over, so that the rest is told, too")
    func yaml() {
        let text = """
            agent: &a {model: m}
            runs: !!int "5"
            runs: 0
            pairs: 7
            corpus: *a
            server: {api: openai}
            """
        #expect(
            lines(text).map { $0.prefix(while: { $0 != ";" }) } == [
                "gate.yml:1:8: found an anchor (&)", "gate.yml:2:7: found the tag 'tag:yaml.org,2002:int'",
                "gate.yml:3:1: 'runs' stands more than once in the same mapping",
                "gate.yml:4:8: pairs: found '7'", "gate.yml:5:9: found an alias (*)",
                "gate.yml:6:15: server.url: 'openai' servers have no usual address",
            ])
        #expect(lines("runs: 0\nagent: {model: m\n") == lines("runs: 1\nagent: {model: m\n"))
    }

    @Test("more than twenty faults are told, too")
    func many() {
        let text = "agent: {model: m}\n" + (0..<30).map { "key_number_\($0): 1\n" }.joined()
        #expect(lines(text).count == 30)
    }

    @Test("the server of the base is looked at as well")
    func base() {
        let text = "agent: {model: m}\nbase: {server: {api: openai}}"
        #expect(
            lines(text) == [
                "gate.yml:2:22: server.url: 'openai' servers have no usual address; write 'url: http://HOST:PORT' below"
                    + " 'server:', or pass --url"
            ])
    }

    @Test("a model that the calls name is no fault of the file, and an expired allowance is a warning")
    func neither() {
        #expect(lines("runs: 3", flags: ConfigurationFlags(model: "m")) == [])
        let text = """
            agent: {model: m}
            quality: {allow: [{rule: G06, claim: a, reason: b, expires: "2025-12-31"}]}
            """
        #expect(faults(text).problems == [])
        #expect(faults(text).warnings.map(\.message).first?.contains("expired on 2025-12-31") == true)
        #expect(faults(text, day: "2025-12-31").warnings == [])
    }
}
