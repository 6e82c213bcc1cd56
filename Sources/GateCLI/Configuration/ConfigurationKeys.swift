internal import GateCore

// Every key of the file with what it may be. `chimera-gate.schema.json` says the same, and a test holds it to this.

extension ConfigurationDraft {
    static let section: ConfigurationSection<ConfigurationDraft> =
        ConfigurationSection(
            ConfigurationDraft(),
            [
                .value("version", \.version, .integer(1...1)),
                .value("workload", \.workload, .choice()),
                .value("machine_class", \.machineClass, .machineClass),
                .section("corpus", \.corpus, CorpusDraft.section),
                .section("agent", \.agent, AgentDraft.section),
                .section("server", \.server, ServerDraft.section),
                .section("base", \.base, BaseDraft.section),
                .value("runs", \.runs, .integer(1...10_000)),
                .value("warmup_runs", \.warmupRuns, .integer(0...10_000)),
                .value("load_runs", \.loadRuns, .integer(0...10_000)),
                .value("inconclusive", \.inconclusive, .choice()),
                .value("machine_busy", \.machineBusy, .choice()),
                .value("alpha", \.alpha, .number(NumberRange(minimum: 0, excludesMinimum: true, maximum: 0.5))),
                .value("pairs", \.pairs, .integer(8...1000)),
                .metrics("metrics", \.metrics),
                .section("quality", \.quality, QualityDraft.section),
            ])
}

extension CorpusDraft {
    static let section: ConfigurationSection<CorpusDraft> =
        ConfigurationSection(
            CorpusDraft(),
            [
                .value("roots", \.roots, .corpusRoots),
                .value("max_files", \.maxFiles, .integer(1...10_000_000)),
                .value("max_file_bytes", \.maxFileBytes, .integer(1...(1 << 30))),
            ])
}

extension AgentDraft {
    static let section: ConfigurationSection<AgentDraft> =
        ConfigurationSection(
            AgentDraft(),
            [
                .value("model", \.model, .text(words: "the name of a model, as in 'smollm2'")),
                .value(
                    "persona", \.persona,
                    .text(words: "the text of the system prompt", isMultiline: true, longest: 1 << 20)),
                .value("num_gpu", \.numGpu, .integer(-1...10_000)),
                .value("num_ctx", \.numCtx, .integer(1...100_000_000)),
                .value("temperature", \.temperature, .number(NumberRange(minimum: 0))),
                .value("top_p", \.topP, .number(NumberRange(minimum: 0, maximum: 1))),
                .value("top_k", \.topK, .integer(-1...1_000_000)),
                .value(
                    "repeat_penalty", \.repeatPenalty, .number(NumberRange(minimum: 0, excludesMinimum: true))),
                .value("seed", \.seed, .integer(-1...4_294_967_295)),
                .value("max_tokens", \.maxTokens, .integer(1...100_000_000)),
                .value("prompt_cache", \.promptCache, .choice()),
            ])
}

extension ServerDraft {
    static let section: ConfigurationSection<ServerDraft> =
        ConfigurationSection(
            ServerDraft(),
            [
                .value("api", \.api, .choice()),
                .value("url", \.url, .serverURL),
                .value("start", \.start, .command),
                .section("timeouts", \.timeouts, TimeoutDraft.section),
                .value("unix_socket", \.unixSocket, .text(words: "the path of a socket", longest: 107)),
                .value("ca_file", \.caFile, .text(words: "the path of a file of certificates (PEM)")),
                .value("follow_redirects", \.followsRedirects, .boolean),
                .value("retries", \.retries, .integer(0...TransportConfiguration.mostRetries)),
                .value("proxy", \.proxy, .choice()),
                .value("token_file", \.tokenFile, .text(words: "the path of a file that holds the token")),
                .value("token_env", \.tokenVariable, .variableName),
            ])
}

extension BaseDraft {
    static let section: ConfigurationSection<BaseDraft> =
        ConfigurationSection(BaseDraft(), [.section("server", \.server, ServerDraft.section)])
}

extension TimeoutDraft {
    static let section: ConfigurationSection<TimeoutDraft> =
        ConfigurationSection(
            TimeoutDraft(),
            [
                .value("connect", \.connect, .timeout),
                .value("first_token", \.firstToken, .timeout),
                .value("idle", \.idle, .timeout),
                .value("total", \.total, .timeout),
                .value("ready", \.ready, .timeout),
            ])
}

extension ValueReader where Value == String {
    static var variableName: ValueReader {
        .text(
            pattern: "^[A-Za-z_][A-Za-z0-9_]{0,255}$",
            words: "the name of an environment variable: letters, digits and '_', no digit first")
    }

    static var machineClass: ValueReader {
        .text(
            pattern: "^[a-z0-9][a-z0-9._-]{0,63}$",
            words: "lower case letters, digits, '.', '_' and '-', a letter or digit first, at most 64 characters")
    }
}
