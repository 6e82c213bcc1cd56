internal import GateCore

extension ConfigurationDraft {
    /// The whole configuration: flags before the file, the file before the defaults.
    ///
    /// - Parameter environment: OLLAMA_HOST is read of it where no address is configured.
    func resolved(
        flags: ConfigurationFlags = ConfigurationFlags(), environment: [String: String]
    ) throws(ConfigurationError) -> Configuration {
        var problems: [ConfigurationProblem] = []
        let configuration = resolved(flags: flags, environment: environment, &problems)
        guard let configuration, problems.isEmpty else { throw ConfigurationError(problems) }
        return configuration
    }

    /// The same as far as it can be told, every problem reported; nil where there is no server.
    func resolved(
        flags: ConfigurationFlags, environment: [String: String], _ problems: inout [ConfigurationProblem]
    ) -> Configuration? {
        let overrides = flags.draft(&problems)
        var draft = self
        ConfigurationDraft.section.overlay(&draft, with: overrides)
        if overrides.server.url != nil || overrides.server.unixSocket != nil { draft.server.start = nil }
        // The address of another server is not that of the file's socket.
        if overrides.server.url != nil { draft.server.unixSocket = overrides.server.unixSocket }
        // A token that a flag names replaces the file's, whichever way each is kept.
        if overrides.server.tokenFile ?? overrides.server.tokenVariable != nil {
            draft.server.tokenFile = overrides.server.tokenFile
            draft.server.tokenVariable = overrides.server.tokenVariable
        }

        let agent = draft.resolvedAgent(&problems)
        let server = draft.resolvedServer(environment, &problems)
        draft.refuseImpossibleLoads(of: server, &problems)
        guard let server else { return nil }

        var configuration = Configuration(agent: agent, server: server)
        configuration.machineClass = draft.machineClass?.value
        configuration.corpus = draft.corpus.resolved
        configuration.policy.metrics = draft.metrics.map(\.policy)
        configuration.quality = draft.quality == QualityDraft() ? nil : draft.quality.settings
        set(&configuration.workload, draft.workload)
        set(&configuration.runs, draft.runs)
        set(&configuration.warmupRuns, draft.warmupRuns)
        set(&configuration.loadRuns, draft.loadRuns)
        draft.apply(to: &configuration.policy)
        return configuration
    }

    private func resolvedAgent(_ problems: inout [ConfigurationProblem]) -> AgentConfiguration {
        if agent.model == nil {
            let place = path.map { "in \($0)" } ?? "in \(ConfigurationFile.defaultName)"
            problems.append(
                ConfigurationProblem(
                    origin: path.map(ConfigurationOrigin.wholeFile) ?? .nowhere, key: "agent.model",
                    message: "no model is named; write 'model: NAME' below 'agent:' \(place), or pass --model NAME"))
        }
        var resolved = AgentConfiguration(model: agent.model?.value ?? "")
        resolved.persona = agent.persona?.value
        resolved.numGpu = agent.numGpu?.value
        resolved.numCtx = agent.numCtx?.value
        resolved.temperature = agent.temperature?.value
        resolved.topP = agent.topP?.value
        resolved.topK = agent.topK?.value
        resolved.repeatPenalty = agent.repeatPenalty?.value
        resolved.seed = agent.seed?.value
        set(&resolved.promptCache, agent.promptCache)
        // In a small context window the usual cap would leave no room for the prompt.
        if let window = resolved.numCtx { resolved.maxTokens = max(1, min(resolved.maxTokens, window / 2)) }
        set(&resolved.maxTokens, agent.maxTokens)
        if let window = agent.numCtx, resolved.maxTokens >= window.value {
            problems.append(
                ConfigurationProblem(
                    origin: agent.maxTokens?.origin ?? window.origin, key: "agent.max_tokens",
                    message: "\(resolved.maxTokens) tokens of answer leave no room for the prompt in a context window"
                        + " of \(window.value) (num_ctx); allowed: less than num_ctx"))
        }
        return resolved
    }

    private func resolvedServer(
        _ environment: [String: String], _ problems: inout [ConfigurationProblem]
    ) -> ServerConfiguration? {
        let api = server.api?.value ?? .ollama
        var url = server.url?.value
        if url == nil, server.unixSocket != nil {
            // Only the Host header says it.
            url = "http://localhost"
        } else if url == nil, api == .openai {
            problems.append(
                ConfigurationProblem(
                    origin: server.api?.origin ?? .nowhere, key: "server.url",
                    message: "'openai' servers have no usual address; write 'url: http://HOST:PORT' below 'server:',"
                        + " or pass --url"))
        } else if url == nil {
            do throws(Refusal) {
                url = try OllamaHost.url(environment["OLLAMA_HOST"])
            } catch {
                problems.append(
                    ConfigurationProblem(
                        origin: .environment("OLLAMA_HOST"), key: "server.url", message: error.message))
            }
        }
        guard var url else { return nil }
        // OpenAI's clients are given their address with the version in it.
        if api == .openai, url.hasSuffix("/v1") { url.removeLast(3) }
        return ServerConfiguration(
            api: api, url: url, start: server.start?.value, timeouts: server.timeouts.resolved,
            transport: server.transport(&problems))
    }
}

extension ServerDraft {
    /// nil where nothing of it is configured.
    fileprivate func transport(_ problems: inout [ConfigurationProblem]) -> TransportConfiguration? {
        if let tokenFile, tokenVariable != nil {
            problems.append(
                ConfigurationProblem(
                    origin: tokenFile.origin, key: "server.token_file",
                    message: "the token is named twice; keep token_file or token_env"))
        }
        var resolved = TransportConfiguration(
            unixSocket: unixSocket?.value, caFile: caFile?.value,
            token: tokenFile.map { .file($0.value) } ?? tokenVariable.map { .variable($0.value) })
        set(&resolved.followsRedirects, followsRedirects)
        set(&resolved.proxy, proxy)
        set(&resolved.retries, retries)
        return resolved == TransportConfiguration() ? nil : resolved
    }
}

extension ConfigurationDraft {
    /// OpenAI's API has no word for unloading a model.
    private func refuseImpossibleLoads(of server: ServerConfiguration?, _ problems: inout [ConfigurationProblem]) {
        guard let loadRuns, loadRuns.value > 0, let server, server.api == .openai, server.start == nil else { return }
        problems.append(
            ConfigurationProblem(
                origin: loadRuns.origin, key: "load_runs",
                message: "an 'openai' server that runs already cannot be made to unload its model; let chimera-gate"
                    + " start it (server.start, without --url), or set 0"))
    }
}

extension CorpusDraft {
    fileprivate var resolved: CorpusConfiguration {
        var resolved = CorpusConfiguration()
        set(&resolved.roots, roots)
        set(&resolved.maxFiles, maxFiles)
        set(&resolved.maxFileBytes, maxFileBytes)
        return resolved
    }
}

extension TimeoutDraft {
    fileprivate var resolved: TimeoutConfiguration {
        var resolved = TimeoutConfiguration()
        set(&resolved.connectSeconds, connect)
        set(&resolved.firstTokenSeconds, firstToken)
        set(&resolved.idleSeconds, idle)
        set(&resolved.totalSeconds, total)
        set(&resolved.readySeconds, ready)
        return resolved
    }
}

extension MetricDraft {
    fileprivate var policy: MetricPolicy {
        let budget = min == nil && max == nil ? nil : Budget(min: min?.value, max: max?.value)
        return MetricPolicy(
            metric: metric, stage: stage, role: role?.value, tolerance: tolerance?.value, budget: budget)
    }
}

/// Replaces a default by what was configured.
private func set<Value>(_ target: inout Value, _ configured: Located<Value>?) {
    if let configured { target = configured.value }
}

extension ConfigurationDraft {
    /// Only what is read of the corpus, for commands that ask no model.
    var corpusConfiguration: CorpusConfiguration { corpus.resolved }

    /// How reports are judged that exist: by the file where there is one, else by the fallback.
    func qualitySettings(fallback: QualitySettings?) -> QualitySettings {
        path == nil ? fallback ?? QualitySettings() : quality.settings
    }

    /// What a session that exists is judged by: the file where there is one, else the fallback; flags before both.
    func policy(flags: ConfigurationFlags, fallback: Policy) throws(ConfigurationError) -> Policy {
        var problems: [ConfigurationProblem] = []
        let overrides = flags.draft(&problems)
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        var draft = self
        ConfigurationDraft.section.overlay(&draft, with: overrides)
        var policy = path == nil ? fallback : Policy()
        // The first demand that fits holds, so that flags go before the fallback.
        policy.metrics = draft.metrics.map(\.policy) + policy.metrics
        draft.apply(to: &policy)
        return policy
    }

    private func apply(to policy: inout Policy) {
        set(&policy.inconclusive, inconclusive)
        set(&policy.machineBusy, machineBusy)
        set(&policy.alpha, alpha)
        set(&policy.pairs, pairs)
    }
}
