import GateCore
import Testing

@testable import GateSettings

@Suite("The settings of a command") struct CommandSettingsTests {
    private static let whole = """
        workload: command
        command:
          run: [python3, agent.py]
          directory: agent
          environment: {MODE: fast, LEVEL: 3}
          report: out/*.md
          success: [0, 3]
          timeout: 2 min
          address_variables: [MODEL_URL]
          stages:
            - {name: plan, order: 1}
            - {name: draft, header: draft}
            - {name: embed, model: nomic}
            - {name: sum, prompt: ^Sum}
        proxy: {stream: force, header: x-stage}
        prices: {smollm2: {prompt: 0.15, completion: 0.6}}
        base: {setup: [uv, sync]}

        """

    private func problems(_ text: String) -> [String] {
        do {
            _ = try ConfigurationFile.parse(Array(text.utf8), path: "g.yml").resolved(environment: [:])
            return []
        } catch {
            guard case .invalid(let problems) = error else { return ["\(error)"] }
            return problems.map(\.description)
        }
    }

    @Test("everything that is said of it is kept")
    func whole() throws {
        let draft = try ConfigurationFile.parse(Array(Self.whole.utf8), path: "g.yml")
        let configuration = try draft.resolved(environment: [:])
        #expect(configuration.workload == .command && configuration.agent.model.isEmpty)
        #expect(configuration.agent.promptCache == .allow)
        let command = try #require(configuration.command)
        #expect(command.run == ["python3", "agent.py"] && command.directory == "agent")
        #expect(command.environment == [.init(name: "LEVEL", value: "3"), .init(name: "MODE", value: "fast")])
        #expect(command.report == "out/*.md" && command.success == [0, 3] && command.timeoutSeconds == 120)
        #expect(command.addressVariables == ["MODEL_URL"])
        #expect(command.stages.map(\.name) == ["plan", "draft", "embed", "sum"])
        #expect(command.stages.map(\.match) == [.order(1), .header("draft"), .model("nomic"), .prompt("^Sum")])
        #expect(command.stream == .force && command.stageHeader == "x-stage")
        #expect(command.prices.price(of: "smollm2")?.completion == 0.6)
        #expect(draft.baseSetup == ["uv", "sync"] && !draft.namesBaseServer)
    }

    @Test("a line is a command, too, and all else has a default")
    func short() throws {
        let text = "workload: command\ncommand: {run: python3 agent.py --fast}\n"
        let configuration = try ConfigurationFile.parse(Array(text.utf8), path: "g.yml").resolved(environment: [:])
        #expect(configuration.command == CommandConfiguration(run: ["python3", "agent.py", "--fast"]))
        let other = try ConfigurationFile.parse(Array("agent: {model: m}".utf8), path: "g.yml").resolved(
            environment: [:])
        #expect(other.command == nil)
    }

    @Test("config print shows it with where each value comes from")
    func effective() throws {
        let draft = try ConfigurationFile.parse(Array(Self.whole.utf8), path: "g.yml")
        let entries = try EffectiveSettings(draft, flags: ConfigurationFlags(), environment: [:]).entries
        let values = Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value.plainText) })
        #expect(values["command.run"] == "[python3, agent.py]")
        #expect(values["command.timeout"] == "120s")
        #expect(values["base.setup"] == "[uv, sync]")
        #expect(values["prices"]?.contains("0.15") == true)
        let plain = try ConfigurationFile.parse(Array("agent: {model: m}".utf8), path: "g.yml")
        let keys = try EffectiveSettings(plain, flags: ConfigurationFlags(), environment: [:]).entries.map(\.key)
        #expect(!keys.contains { $0.hasPrefix("command.") || $0.hasPrefix("proxy.") })
    }

    @Test(
        "what does not fit together is refused with what to do",
        arguments: [
            (
                "workload: command",
                "command.run: no command is named; write 'run: [PROGRAM, ARGUMENT]' below 'command:'"
            ),
            (
                "agent: {model: m}\ncommand: {run: a}",
                "command.run: has an effect with 'workload: command' only, and this is 'analysis';"
            ),
            (
                "agent: {model: m}\nprices: {m: {prompt: 1, completion: 1}}",
                "prices: has an effect with 'workload: command'"
            ),
            ("agent: {model: m}\nbase: {setup: a}", "base.setup: has an effect with 'workload: command'"),
            (
                "workload: command\ncommand: {run: a}\nagent: {temperature: 0}",
                "agent.temperature: has no effect with 'workload: command', which chooses its own options; remove it"
            ),
            (
                "workload: command\ncommand: {run: a}\nagent: {max_tokens: 9}",
                "agent.max_tokens: has no effect with 'workload: command', which chooses its own options; remove it and set"
            ),
            (
                "workload: command\ncommand: {run: a}\ncold_starts: 2",
                "cold_starts: a cold start needs the model's name; write 'model: NAME' below 'agent:', or set 0"
            ),
            (
                "workload: command\ncommand: {run: a, stages: [{name: plan, order: 1}]}\nmetrics: {plam/ttft: 5%}",
                "'ttft' is not measured in a stage 'plam' (did you mean 'plan'?); it is in plan, calls"
            ),
            ("agent: {model: m}\nmetrics: {plan/ttft: 5%}", "it is in analysis, report"),
            (
                "workload: command\ncommand: {run: a, stages: [{name: plan, order: 1, model: m}]}",
                "command.stages[0]: a stage has one of order, header, model and prompt; this one has 2"
            ),
            (
                "workload: command\ncommand: {run: a, stages: [{name: run, order: 1}]}",
                "'run' has a meaning of its own in the keys of metrics"
            ),
            (
                "workload: command\ncommand: {run: a, stages: [{name: b, prompt: '('}]}",
                "'(' is not a regular expression"
            ),
            (
                "workload: command\ncommand: {run: a, environment: {OPENAI_API_KEY: sk-0123456789abcdef}}",
                "'OPENAI_API_KEY' looks like a secret, and sessions keep what is configured"
            ),
        ])
    func refused(text: String, message: String) {
        let found = problems(text)
        #expect(found.count == 1 && found.first?.contains(message) == true, "\(found)")
    }

    @Test("keys of a command stand beside other workloads of the same file, and a flag may ask for one of those")
    func beside() throws {
        let several = "command: {run: a}\nagent: {model: m}\nworkloads: {own: {workload: command}, other: {runs: 2}}"
        #expect(problems(several) == [])
        let draft = try ConfigurationFile.parse(
            Array("workload: command\ncommand: {run: a}\nagent: {model: m}".utf8), path: "g.yml")
        let flags = ConfigurationFlags(["workload": "analysis"])
        #expect(try draft.resolved(flags: flags, environment: [:]).command == nil)
        #expect(problems("workload: command\ncommand: {run: a}\nagent: {model: m, prompt_cache: defeat}") == [])
    }
}
