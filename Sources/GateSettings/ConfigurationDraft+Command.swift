internal import GateCore

extension ConfigurationDraft {
    /// The command that prepares the base's tree; nil where none is named.
    package var baseSetup: [String]? { located("base.setup", as: [String].self)?.value }

    /// Whether a key has an effect for the workload `command` only.
    private static func isOfCommand(_ key: String) -> Bool {
        ["command.", "proxy."].contains { key.hasPrefix($0) } || ["prices", "base.setup"].contains(key)
    }

    /// Puts in order what hangs together in a configuration with a command, and what is said of one without.
    func fitCommand(of configuration: inout Configuration, _ problems: inout [ConfigurationProblem]) {
        guard configuration.workload == .command else {
            refuseCommandElsewhere(configuration, &problems)
            configuration.command = nil
            return
        }
        let command = configuration.started
        configuration.command = command
        refuseAgentOptions(configuration, &problems)
        // What is asked of the model, and how, is the command's own affair.
        configuration.agent.promptCache = .allow
        if command.run.isEmpty, origin(of: "command.run") == nil {
            problems.append(
                ConfigurationProblem(
                    origin: origin(of: "workload") ?? .nowhere, key: "command.run",
                    message: "no command is named; write 'run: [PROGRAM, ARGUMENT]' below 'command:'"))
        }
        refuseLoadsOfNobody(configuration, &problems)
    }

    private func refuseCommandElsewhere(_ configuration: Configuration, _ problems: inout [ConfigurationProblem]) {
        // Of several workloads the one that is meant is not known yet, and a flag may ask for another one than the file.
        guard workloadNames.isEmpty || says("name") else { return }
        if case .flag? = origin(of: "workload") { return }
        for setting in Settings.all where ConfigurationDraft.isOfCommand(setting.key) && !isShared(setting.key) {
            guard let place = origin(of: setting.key), !saysDefault(setting, in: configuration) else { continue }
            problems.append(
                ConfigurationProblem(
                    origin: place, key: setting.key,
                    message:
                        "has an effect with 'workload: command' only, and this is '\(configuration.workload.rawValue)';"
                        + " write 'workload: command', or remove it"))
        }
    }

    private func saysDefault(_ setting: Setting, in configuration: Configuration) -> Bool {
        setting.initial != nil && setting.value(configuration) == setting.initial
    }

    private func refuseAgentOptions(_ configuration: Configuration, _ problems: inout [ConfigurationProblem]) {
        for setting in Settings.all where setting.key.hasPrefix("agent.") && setting.key != "agent.model" {
            guard !isShared(setting.key), let place = origin(of: setting.key), !saysDefault(setting, in: configuration)
            else { continue }
            let isMaxTokens = setting.key == "agent.max_tokens"
            problems.append(
                ConfigurationProblem(
                    origin: place, key: setting.key,
                    message: "has no effect with 'workload: command', which chooses its own options; remove it"
                        + (isMaxTokens ? " and set the cap in the command" : "")))
        }
    }

    private func refuseLoadsOfNobody(_ configuration: Configuration, _ problems: inout [ConfigurationProblem]) {
        guard configuration.coldStarts > 0, configuration.agent.model.isEmpty else { return }
        problems.append(
            ConfigurationProblem(
                origin: origin(of: "cold_starts") ?? .nowhere, key: "cold_starts",
                message: "a cold start needs the model's name; write 'model: NAME' below 'agent:', or set 0"))
    }
}
