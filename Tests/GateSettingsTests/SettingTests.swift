import GateCore
import Testing

@testable import GateSettings

@Suite("Declarations of keys") struct SettingTests {
    @Test("every key is declared once, with a meaning and a section that has one")
    func whole() {
        #expect(Settings.all.count > 80)
        #expect(Set(Settings.all.map(\.key)).count == Settings.all.count)
        for setting in Settings.all {
            #expect(setting.meaning.hasSuffix("."), "\(setting.key)")
            let parts = setting.key.split(separator: ".").dropLast()
            for count in parts.indices {
                let section = parts[...count].joined(separator: ".")
                #expect(Settings.sections[section]?.hasSuffix(".") == true, "\(section)")
            }
        }
        for section in Settings.sections.keys {
            #expect(Settings.all.contains { $0.key.hasPrefix("\(section).") }, "\(section) holds nothing")
        }
    }

    @Test("flags have names of their own, and help that says what may be given and what holds without them")
    func flags() throws {
        let names = Settings.all.compactMap(\.flagName)
        #expect(names.count > 15 && Set(names).count == names.count)
        let help = ["workload", "server.retries", "agent.model", "agent.max_tokens", "server.follow_redirects"].map {
            Settings.named($0)?.flagHelp
        }
        #expect(
            help == [
                "The workload: one agent, two in a chain, or a command of your own (analysis, dual, load, command, import;"
                    + " default: analysis).",
                "Further attempts of a call of run, check or compare that is refused for a moment: no connection, a"
                    + " loading server, 429, 503 with Retry-After (default: 0).",
                "The model to ask for.", "The token cap of one call (default: 1024).",
                "Follows redirects, to another host never with a token.",
            ])
        #expect(Settings.named("agent.num_ctx")?.flagName == "--num-ctx")
        #expect(Settings.named("base.server.url")?.flagName == nil)
    }

    @Test("what a key puts into a configuration is what is read from there again", arguments: Settings.all.map(\.key))
    func roundTrip(key: String) throws {
        let setting = try #require(Settings.named(key))
        guard let text = Self.texts[key] else {
            // Lists, mappings, and what is put elsewhere.
            #expect(
                [
                    "version", "corpus.roots", "server.start", "metrics", "approval_keys", "command.run",
                    "command.environment",
                    "command.success", "command.address_variables", "command.stages", "prices",
                ].contains(key) || ["base.", "quality."].contains { key.hasPrefix($0) })
            return
        }
        var configuration = Configuration.initial
        var found: [ConfigurationProblem] = []
        let node = ConfigurationNode(content: .scalar(text, isPlain: true), origin: .nowhere)
        let value = try #require(setting.read(node, key, &found), "\(found)")
        setting.apply(&configuration, value)
        #expect(setting.value(configuration)?.plainText == text)
        #expect(setting.initial?.plainText != text)
    }

    private static let texts = [
        "name": "nightly", "workload": "dual", "machine_class": "ci-small", "corpus.max_files": "7",
        "corpus.max_file_bytes": "1024",
        "agent.model": "m", "agent.persona": "be exact", "agent.num_gpu": "80", "agent.num_ctx": "4096",
        "agent.temperature": "0.5", "agent.top_p": "0.9", "agent.top_k": "40", "agent.repeat_penalty": "1.1",
        "agent.seed": "7", "agent.max_tokens": "200", "agent.prompt_cache": "allow", "server.api": "openai",
        "command.directory": "agent", "command.report": "out/*.md", "command.timeout": "90s", "proxy.stream": "force",
        "proxy.header": "x-stage", "server.url": "http://h:1", "server.timeouts.connect": "1s",
        "server.timeouts.first_token": "2s",
        "server.timeouts.idle": "0.5s", "server.timeouts.total": "4s", "server.timeouts.ready": "5s",
        "server.unix_socket": "/s", "server.ca_file": "ca.pem", "server.follow_redirects": "true",
        "server.retries": "2", "server.proxy": "environment", "server.token_file": "token", "server.token_env": "T",
        "runs": "3", "warmup_runs": "1", "cold_starts": "2", "inconclusive": "fail", "machine_busy": "fail",
        "fingerprint": "server", "approvals": "in_change", "baseline_days": "30",
        "alpha": "0.05", "pairs": "12",
    ]
}
