internal import GateCore
internal import GateJSON

/// Every key of the file, in the order in which messages and pages name them.
package enum Settings {
    package static let all: [Setting] =
        general + corpus + agent + command + server + baseServer + [baseSetup] + session + policy + quality

    /// What the mappings mean that hold the keys.
    static let sections = [
        "corpus": "Which files are analysed.",
        "agent": "The model and its options. An option that is left out is not sent: the server's default holds.",
        "command": "The command that 'workload: command' starts in every run.",
        "proxy": "How the calls of a command are passed on and measured.",
        "server": "The model server; left out, Ollama at its usual address.",
        "server.timeouts": "How long to wait before a call becomes invalid.",
        "base": "What a base is measured with, by 'check --base-ref'.",
        "base.server":
            "The base's server, where it is another one than the head's; 'url' alone is a server that runs already.",
        "base.server.timeouts": "How long to wait before a call becomes invalid.",
        "quality": "How the reports are judged.",
        "quality.rules": "Rules that are off or have another severity or allowance.",
    ]

    private static let byKey = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

    /// The setting of a key with all keys above it.
    package static func named(_ key: String) -> Setting? { byKey[key] }

    // MARK: - What is run

    private static let general: [Setting] = [
        Setting(
            "version", .integer(1...1), "The version of this format.", initial: 1, value: { _ in 1 },
            apply: { _, _ in }),
        Setting(
            "workload", \.workload, .choice(),
            "What is run: one agent that analyses and reports, a chain of two agents, many requests (chimera-gate load),"
                + " a command of your own, or what another tool measured (chimera-gate import).",
            flag: SettingFlag("The workload: one agent, two in a chain, or a command of your own")),
        Setting(
            "machine_class", optional: \.machineClass, .placeName,
            "The name under which baselines of machines like this one are kept.",
            flag: SettingFlag("The name that alike machines share (default: from system, CPUs and their model)")),
        Setting(
            "name", optional: \.name, .placeName,
            "The name under which the workload's baselines are kept; left out, that of what is run.",
            flag: SettingFlag(
                "The workload's name: of its baselines (default: what is run). Of several in one configuration those that"
                    + " are named; may be repeated (default: all)", isRepeatable: true)),
    ]

    private static let corpus: [Setting] = [
        Setting(
            "corpus.roots", \.corpus.roots, .corpusRoots, "Folders below the corpus folder, none inside another.",
            json: { .array($0.map(\.json)) }),
        Setting(
            "corpus.max_files", \.corpus.maxFiles, .integer(1...10_000_000),
            "Files beyond this number are left out, and that is said."),
        Setting(
            "corpus.max_file_bytes", \.corpus.maxFileBytes, .integer(1...(1 << 30)),
            "A larger file is listed as unreadable."),
    ]

    private static let agent: [Setting] = [
        Setting(
            "agent.model", \.agent.model, .text(words: "the name of a model, as in 'smollm2'"),
            "The model's name on the server. Required here or as --model; with 'workload: command' it says whose identity"
                + " is kept, and may be left out.",
            flag: SettingFlag("The model to ask for"), hasDefault: false),
        Setting(
            "agent.persona", optional: \.agent.persona,
            .text(words: "the text of the system prompt", isMultiline: true, longest: 1 << 20),
            "The system prompt; left out, the workload's own."),
        Setting(
            "agent.num_gpu", optional: \.agent.numGpu, .integer(-1...10_000),
            "Layers on the GPU (Ollama); -1 leaves it to the server."),
        Setting(
            "agent.num_ctx", optional: \.agent.numCtx, .integer(1...100_000_000),
            "Context window in tokens; prompts are fitted to it.",
            flag: SettingFlag("The context window in tokens, to which prompts are fitted")),
        Setting(
            "agent.temperature", optional: \.agent.temperature, .number(NumberRange(minimum: 0)),
            "Randomness of the choice of tokens; 0 always takes the likeliest.",
            flag: SettingFlag("The sampling temperature")),
        Setting(
            "agent.top_p", optional: \.agent.topP, .number(NumberRange(minimum: 0, maximum: 1)),
            "Only the likeliest tokens with this probability in sum are chosen from."),
        Setting(
            "agent.top_k", optional: \.agent.topK, .integer(-1...1_000_000),
            "Only this many of the likeliest tokens are chosen from; 0 or -1 for all."),
        Setting(
            "agent.repeat_penalty", optional: \.agent.repeatPenalty,
            .number(NumberRange(minimum: 0, excludesMinimum: true)),
            "How much repeated tokens are made less likely; 1 for not at all."),
        Setting(
            "agent.seed", optional: \.agent.seed, .integer(-1...4_294_967_295),
            "Start of the random numbers; -1 for another one in each call.", flag: SettingFlag("The sampling seed")),
        Setting(
            "agent.max_tokens", \.agent.maxTokens, .integer(1...100_000_000),
            "The token cap of one answer, less than num_ctx. Left out: 1024, or half of num_ctx where that is less.",
            flag: SettingFlag("The token cap of one call (default: 1024)"), hasDefault: false),
        Setting(
            "agent.prompt_cache", \.agent.promptCache, .choice(),
            "'defeat' makes the server evaluate every prompt as a whole, 'allow' leaves its cache alone.",
            flag: SettingFlag("The server's prompt cache: defeat makes every prompt unique at its start")),
    ]

    // MARK: - How often, and how it is judged

    private static let session: [Setting] = [
        Setting(
            "runs", \.runs, .integer(1...10_000), "Measured runs of a session.",
            flag: SettingFlag("How often the workload is run and measured")),
        Setting(
            "warmup_runs", \.warmupRuns, .integer(0...10_000), "Runs before them that are reported but not judged.",
            flag: SettingFlag("Runs before them that are kept but not judged")),
        Setting(
            "cold_starts", formerly: "load_runs", \.coldStarts, .integer(0...10_000),
            "Cold starts of the model that are made and measured on purpose before all runs.",
            flag: SettingFlag("Cold starts of the model, made and measured on purpose before them")),
    ]

    private static let policy: [Setting] = [
        Setting(
            "inconclusive", \.policy.inconclusive, .choice(),
            "What a metric that cannot be decided does to the exit code: nothing, or 5.",
            flag: SettingFlag("What an undecided metric does: with warn status 0, with fail status 5", .judging)),
        Setting(
            "machine_busy", \.policy.machineBusy, .choice(),
            "What a machine that others used while it was measured on does to the exit code: nothing (single runs"
                + " convict nobody then), or 75."),
        Setting(
            "fingerprint", \.policy.fingerprint, .choice(),
            "What must be the same for figures to be compared with a stored baseline: all of machine, server and model;"
                + " or, where the server runs elsewhere, server and model."),
        Setting(
            "approvals", \.policy.approvals, .choice(),
            "Where a regression can be approved: on the base alone, or also in the change that causes it, which then passes"
                + " and says so."),
        Setting(
            "baseline_days", \.policy.baselineDays, .integer(1...3650),
            "A stored baseline whose latest session is older convicts nobody: it takes pairs of base and head."),
        Setting(
            "approval_keys", \.policy.approvalKeys, .approvalKeys,
            "Who may approve, each a name and an Ed25519 public key ('openssl pkey -pubout'). With any, a stored baseline"
                + " counts only where each of its sessions is signed by one of them, else the status is 7.",
            hasDefault: false,
            json: { .array($0.map { JSONValue($0.description) }) }),
        Setting(
            "alpha", \.policy.alpha,
            .number(NumberRange(minimum: 0, excludesMinimum: true, maximum: Policy.largestAlpha)),
            "Probability that an unchanged run is called a regression, over all its metrics together, and over all"
                + " workloads."),
        Setting("pairs", \.policy.pairs, .integer(8...Policy.largestPairs), "Pairs of base and head at most."),
        .metrics,
    ]
}

extension CorpusRoot {
    /// Its name, where every kind of file is read in it.
    var json: JSONValue {
        extensions == CorpusRoot.supportedExtensions
            ? JSONValue(path) : ["path": JSONValue(path), "extensions": .array(extensions.map { JSONValue($0) })]
    }
}

extension ValueReader where Value == String {
    /// What becomes the name of a file or folder.
    static var placeName: ValueReader {
        .text(
            pattern: ValueShape.placePattern,
            words: "lower case letters, digits, '.', '_' and '-', a letter or digit first, at most 64 characters")
    }
}
