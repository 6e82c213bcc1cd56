internal import GateCore

/// What the command line says about the configuration; nil for flags that were not given. The values are read by the
/// same readers as those of the file.
struct ConfigurationFlags: Sendable, Equatable {
    var workload: WorkloadKind?
    var machineClass: String?
    var model: String?
    var numCtx: Int?
    var temperature: Double?
    var seed: Int?
    var maxTokens: Int?
    var api: ServerAPI?
    /// The address of a server that already runs: the file's `start` is not used then.
    var url: String?
    /// How the user gave it.
    var urlFlag = "--url"
    var transport = TransportFlags()
    var runs: Int?
    var warmupRuns: Int?
    var loadRuns: Int?
    /// `METRIC=TOLERANCE` or `STAGE/METRIC=TOLERANCE`.
    var tolerances: [String] = []
    var inconclusive: InconclusivePolicy?

    /// The flags as a draft, every problem reported.
    func draft(_ problems: inout [ConfigurationProblem]) -> ConfigurationDraft {
        var agent = FlagTree()
        agent.add("model", "--model", text: model)
        agent.add("num_ctx", "--num-ctx", number: numCtx)
        agent.add("temperature", "--temperature", number: temperature)
        agent.add("seed", "--seed", number: seed)
        agent.add("max_tokens", "--max-tokens", number: maxTokens)
        var server = FlagTree()
        server.add("api", "--api", text: api?.rawValue)
        server.add("url", urlFlag, text: url)
        server.add("unix_socket", "--unix-socket", text: transport.unixSocket)
        server.add("ca_file", "--ca-file", text: transport.caFile)
        server.add("follow_redirects", "--follow-redirects", number: transport.followsRedirects ? true : nil)
        server.add("retries", "--retries", number: transport.retries)
        server.add("proxy", "--proxy", text: transport.proxy?.rawValue)
        server.add("token_file", "--token-file", text: transport.tokenFile)
        server.add("token_env", "--token-env", text: transport.tokenVariable)
        var root = FlagTree()
        root.add("workload", "--workload", text: workload?.rawValue)
        root.add("machine_class", "--machine-class", text: machineClass)
        root.add("runs", "--runs", number: runs)
        root.add("warmup_runs", "--warmup-runs", number: warmupRuns)
        root.add("load_runs", "--load-runs", number: loadRuns)
        root.add("inconclusive", "--inconclusive", text: inconclusive?.rawValue)
        root.add("agent", agent)
        root.add("server", server)

        let section = ConfigurationDraft.section
        var draft = section.read(root.node, "", &problems) ?? ConfigurationDraft()
        for text in tolerances {
            guard let tree = FlagTree(tolerance: text) else {
                let message = "allowed: METRIC=TOLERANCE, as in ttft=25%"
                problems.append(
                    ConfigurationProblem(origin: .flag("--tolerance \(quoted(text))"), key: "", message: message))
                continue
            }
            if let other = section.read(tree.node, "", &problems) { section.overlay(&draft, with: other) }
        }
        return draft
    }
}

/// What the command line says about how the server is reached.
struct TransportFlags: Sendable, Equatable {
    var unixSocket: String?
    var caFile: String?
    var followsRedirects = false
    var retries: Int?
    var proxy: ProxyPolicy?
    var tokenFile: String?
    var tokenVariable: String?
}

/// Flags in the shape of the file.
private struct FlagTree {
    private var pairs: [(key: ConfigurationNode, value: ConfigurationNode)] = []

    init() {}

    /// `METRIC=TOLERANCE`; nil for anything else.
    init?(tolerance text: String) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
        let flag = "--tolerance \(quoted(text))"
        var metrics = FlagTree()
        metrics.add(String(text[..<equals]), flag, text: String(text[text.index(after: equals)...]))
        add("metrics", metrics)
    }

    var node: ConfigurationNode { ConfigurationNode(content: .mapping(pairs), origin: .flag("flags")) }

    mutating func add(_ key: String, _ flag: String, text: String?) { add(key, flag, text, isPlain: false) }

    mutating func add(_ key: String, _ flag: String, number: (some LosslessStringConvertible)?) {
        add(key, flag, number.map { String($0) }, isPlain: true)
    }

    mutating func add(_ key: String, _ tree: FlagTree) {
        pairs.append((ConfigurationNode(content: .scalar(key, isPlain: true), origin: .flag("flags")), tree.node))
    }

    private mutating func add(_ key: String, _ flag: String, _ text: String?, isPlain: Bool) {
        guard let text else { return }
        pairs.append(
            (
                ConfigurationNode(content: .scalar(key, isPlain: true), origin: .flag(flag)),
                ConfigurationNode(content: .scalar(text, isPlain: isPlain), origin: .flag(flag))
            ))
    }
}
