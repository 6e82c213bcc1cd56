package import GateCore
internal import GateVerdict

extension ConfigurationDraft {
    /// The whole configuration: flags before the file, the file before the defaults.
    ///
    /// - Parameters:
    ///   - environment: OLLAMA_HOST is read of it where no address is configured.
    ///   - isOfBase: true for the file of a base: what has no effect there no change could mend.
    package func resolved(
        flags: ConfigurationFlags = ConfigurationFlags(), environment: [String: String], isOfBase: Bool = false
    ) throws(ConfigurationError) -> Configuration {
        var problems: [ConfigurationProblem] = []
        let configuration = overlaid(with: flags, &problems).resolved(
            environment: environment, isOfBase: isOfBase, &problems)
        guard let configuration, problems.isEmpty else { throw ConfigurationError(problems) }
        return configuration
    }

    /// What the file says with what the flags say over it.
    func overlaid(
        with flags: ConfigurationFlags, _ problems: inout [ConfigurationProblem]
    ) -> ConfigurationDraft {
        let overrides = flags.draft(&problems)
        let name = overrides.located("name", as: String.self) ?? located("name", as: String.self)
        var draft = named(name?.value)
        if let name, !workloadNames.isEmpty, !workloadNames.contains(name.value), overrides.origin(of: "name") != nil {
            problems.append(
                ConfigurationProblem(
                    origin: name.origin, key: "name",
                    message: "no workload is called '\(name.value)'; there are \(workloadNames.joined(separator: ", "))"
                ))
        }
        // The address of another server is not that of the file's command or socket.
        if overrides.isServerNamed { draft.remove("server.start") }
        if overrides.says("server.url") { draft.remove("server.unix_socket") }
        // A token that a flag names replaces the file's, whichever way each is kept.
        if overrides.says("server.token_file", "server.token_env") {
            draft.remove("server.token_file", "server.token_env")
        }
        draft.overlay(overrides)
        return draft
    }

    /// The configuration as far as it can be told, every problem reported; nil where there is no server.
    func resolved(
        environment: [String: String], isOfBase: Bool = false, _ problems: inout [ConfigurationProblem]
    ) -> Configuration? {
        var configuration = Configuration.initial
        apply(to: &configuration)
        fitCommand(of: &configuration, &problems)
        if !isOfBase { refuseVainDemands(of: configuration, &problems) }
        if configuration.workload != .command { requireModel(&problems) }
        fitTokens(of: &configuration.agent, &problems)
        let url = serverURL(configuration.server, environment, &problems)
        refuseTwoTokens(&problems)
        guard let url else { return nil }
        configuration.server.url = url
        refuseImpossibleLoads(of: configuration, &problems)
        if !isOfBase { refuseBlindPairs(of: configuration.policy, &problems) }
        return configuration
    }

    /// A gate that cannot find anything must not look like one.
    private func refuseBlindPairs(of policy: Policy, _ problems: inout [ConfigurationProblem]) {
        guard let blind = BlindPairs(policy) else { return }
        let key = says("pairs") ? "pairs" : "alpha"
        problems.append(
            ConfigurationProblem(
                origin: origin(of: key) ?? .nowhere, key: key, message: "\(blind.reason); allowed: \(blind.demand)"))
    }

    private func requireModel(_ problems: inout [ConfigurationProblem]) {
        guard !says("agent.model") else { return }
        let place = path.map { "in \($0)" } ?? "in \(ConfigurationFile.defaultName)"
        problems.append(
            ConfigurationProblem(
                origin: path.map(ConfigurationOrigin.wholeFile) ?? .nowhere, key: "agent.model",
                message: "no model is named; write 'model: NAME' below 'agent:' \(place), or pass --model NAME"))
    }

    private func fitTokens(of agent: inout AgentConfiguration, _ problems: inout [ConfigurationProblem]) {
        guard let window = agent.numCtx else { return }
        // In a small context window the usual cap would leave no room for the prompt.
        if !says("agent.max_tokens") { agent.maxTokens = max(1, min(agent.maxTokens, window / 2)) }
        guard agent.maxTokens >= window else { return }
        problems.append(
            ConfigurationProblem(
                origin: origin(of: "agent.max_tokens") ?? origin(of: "agent.num_ctx") ?? .nowhere,
                key: "agent.max_tokens",
                message: "\(agent.maxTokens) tokens of answer leave no room for the prompt in a context window"
                    + " of \(window) (num_ctx); allowed: less than num_ctx"))
    }

    private func serverURL(
        _ server: ServerConfiguration, _ environment: [String: String], _ problems: inout [ConfigurationProblem]
    ) -> String? {
        guard !says("server.url") else {
            guard let suffix = server.api.traits.addressSuffix, server.url.hasSuffix(suffix) else { return server.url }
            return String(server.url.dropLast(suffix.count))
        }
        // Only the Host header says it.
        if says("server.unix_socket") { return "http://localhost" }
        guard server.api.traits.hasUsualAddress else {
            problems.append(
                ConfigurationProblem(
                    origin: origin(of: "server.api") ?? .nowhere, key: "server.url",
                    message:
                        "'\(server.api.rawValue)' servers have no usual address; write 'url: http://HOST:PORT' below 'server:',"
                        + " or pass --url"))
            return nil
        }
        do throws(Refusal) {
            return try OllamaHost.url(environment["OLLAMA_HOST"])
        } catch {
            problems.append(
                ConfigurationProblem(
                    origin: .environment("OLLAMA_HOST"), key: "server.url", message: error.message))
            return nil
        }
    }

    private func refuseTwoTokens(_ problems: inout [ConfigurationProblem]) {
        guard let file = origin(of: "server.token_file"), says("server.token_env") else { return }
        problems.append(
            ConfigurationProblem(
                origin: file, key: "server.token_file",
                message: "the token is named twice; keep token_file or token_env"))
    }

    /// Not every API has a word for unloading a model.
    private func refuseImpossibleLoads(of configuration: Configuration, _ problems: inout [ConfigurationProblem]) {
        let api = configuration.server.api
        guard configuration.coldStarts > 0, !api.traits.unloadsModels, configuration.server.start == nil else { return }
        problems.append(
            ConfigurationProblem(
                origin: origin(of: "cold_starts") ?? .nowhere, key: "cold_starts",
                message:
                    "an '\(api.rawValue)' server that runs already cannot be made to unload its model; let chimera-gate"
                    + " start it (server.start, without --url), or set 0"))
    }
}

extension ConfigurationDraft {
    var applied: Configuration {
        var configuration = Configuration.initial
        apply(to: &configuration)
        return configuration
    }

    /// Only what is read of the corpus, for commands that ask no model.
    package var corpusConfiguration: CorpusConfiguration { applied.corpus }

    /// How often a check makes the workload run: by the file where there is one, else the fallback.
    package func runs(fallback: Int) -> Int { path == nil ? fallback : applied.runs }

    /// How reports are judged that exist: by the file where there is one, else by the fallback.
    package func qualitySettings(fallback: QualitySettings?) -> QualitySettings {
        path == nil ? fallback ?? QualitySettings() : applied.reports
    }

    /// What a session that exists is judged by: the file where there is one, else the fallback; flags before both.
    ///
    /// - Parameter measured: what the session was measured by; nil for the file of a base, and where only keys that judge no
    ///   session are asked for: what has no effect there is no fault.
    package func policy(
        flags: ConfigurationFlags, fallback: Policy, measured: Configuration? = nil
    ) throws(ConfigurationError) -> Policy {
        var problems: [ConfigurationProblem] = []
        let draft = overlaid(with: flags, &problems)
        if let measured { draft.refuseVainFlags(of: measured, &problems) }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        var configuration = Configuration.initial
        configuration.policy = path == nil ? fallback : Policy()
        draft.apply(to: &configuration)
        if path != nil, measured != nil { draft.refuseBlindPairs(of: configuration.policy, &problems) }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        return configuration.policy
    }
}
