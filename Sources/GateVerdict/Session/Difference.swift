public import GateCore

/// One thing in which two sides of a comparison differ besides their figures.
public struct Difference: Codable, Sendable, Equatable {
    /// On what a difference has a say: another machine; another server or model, or another shape of a load, whose
    /// figures are not comparable; another API; other work; what a command asks of the model; surroundings such as the
    /// kernel; another version of chimera-gate.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// On what: processors, memory, graphics, virtualisation.
        case machine
        /// What answered: the server, its version, the model's digest.
        case server
        /// How the server is spoken to.
        case place
        /// What was measured: model, corpus, prompts, options.
        case work
        /// What a command asked of the model: how often, with which prompts, models and options. It is the change that is
        /// judged, so that figures are compared all the same.
        case asked
        /// How many requests were made, and how: figures of another shape are not comparable.
        case shape
        /// What may move figures by a little: kernel, operating system, driver.
        case surroundings
        /// Which version of chimera-gate measured.
        case instrument
    }

    /// As people and the configuration call it: `CPU`, `persona`, `concurrency`.
    public let what: String
    public let kind: Kind
    /// Of the base or the baseline.
    public let before: String
    /// Of the head or the session.
    public let now: String

    /// True where the figures of both sides say nothing of each other.
    public func isIncomparable(under fingerprint: FingerprintPolicy) -> Bool {
        switch kind {
        case .shape, .server: true
        case .machine: fingerprint == .all
        case .place, .work, .asked, .surroundings, .instrument: false
        }
    }

    /// True where both sides are not the same software on the same machine.
    ///
    /// A command's prompts may change with every version of it.
    public var isOfSubstance: Bool {
        kind != .instrument && kind != .surroundings
            && !(kind == .asked && what.hasPrefix(Difference.prompts))
    }
}

/// What two sides are besides their figures. A gate that hides a difference compares machines, or other work.
public enum Differences {
    /// From the latest approved session to one that is judged.
    public static func list(from baseline: Baseline, to session: Session) -> [Difference] {
        let other =
            baseline.workload == session.workload
            ? nil
            : Difference(
                what: "workload", kind: .shape, before: baseline.workload.rawValue, now: session.workload.rawValue)
        let settings =
            baseline.sessions.last.map { list(from: Setting($0, of: baseline.workload), to: Setting(session)) } ?? []
        return [other].compactMap(\.self) + settings
    }

    /// From the latest session of one baseline to that of another.
    public static func list(from before: Baseline, to now: Baseline) -> [Difference] {
        guard let was = before.sessions.last, let session = now.sessions.last else { return [] }
        return list(from: Setting(was, of: before.workload), to: Setting(session, of: now.workload))
    }

    /// From the base to the head of a session with two arms; empty for one with one.
    package static func ofArms(_ session: Session) -> [Difference] {
        session.base.map { list(from: Setting($0, of: session), to: Setting(session)) } ?? []
    }

    static func warnings(_ differences: [Difference]) -> [Warning] {
        differences.filter { $0.kind != .surroundings && $0.kind != .asked }.map { difference in
            Warning(
                "\(difference.what) differs from the baseline: \(difference.before) there, \(difference.now) here",
                remedy: "If that is what the change is about, approve a new baseline; if not, make both the same.")
        }
    }

    /// Every fact of a setting that a figure may depend on, compared one by one.
    private static func list(from before: Setting, to now: Setting) -> [Difference] {
        var list = DifferenceList()
        list.compareMachines(before.environment, now.environment)
        list.compare(before, now, .server) { $0.origin.facts }
        list.compare(before, now, .place) { [("API", $0.origin.server?.api.rawValue)] }
        list.compareKnown(before, now, .work) { [("model", $0.model.name.isEmpty ? nil : $0.model.name)] }
        list.compareKnown(before, now, .server) {
            [("model digest", $0.model.digest), ("quantization", $0.model.quantization)]
        }
        list.compareKnown(before, now, .work) {
            [
                ("server's slots", $0.origin.server?.options?.slots.map(String.init)),
                ("server's context", $0.origin.server?.options?.contextLength.map(String.init)),
            ]
        }
        // Of a load the corpus is its prompts, which belong to its shape.
        let isLoad = before.load != nil && now.load != nil
        list.compare(before, now, isLoad ? .shape : .work) { setting in
            [(isLoad ? "prompts" : "corpus", setting.corpus.map { String($0.sha256.prefix(12)) })]
        }
        list.compareTexts("persona", before.agent?.persona, now.agent?.persona)
        if let was = before.prompts, let prompts = now.prompts {
            list.add("prompts of the workload", .work, String(was.prefix(12)), String(prompts.prefix(12)))
        }
        list.compare(before, now, .work) { $0.agent.map(options) ?? [] }
        list.compare(before, now, isLoad ? .shape : .work) { setting in
            [
                ("max_tokens", setting.agent.map { "\($0.maxTokens)" }),
                ("prompt_cache", setting.agent?.promptCache.rawValue),
            ]
        }
        list.compare(before, now, .shape) { $0.load.map(shape) ?? [] }
        let isSameCommand = before.command?.startsSame(as: now.command) ?? false
        list.compare(before, now, .work) { setting in
            (setting.command?.settings ?? []).filter { !isSameCommand || $0.0 != "command" }
        }
        list.compareAsked(before.asked, now.asked)
        list.compare(before, now, .instrument) { [("chimera-gate", $0.toolVersion)] }
        return list.differences
    }

    private static func options(of agent: AgentConfiguration) -> [(String, String?)] {
        [
            ("num_gpu", agent.numGpu.map(String.init)), ("num_ctx", agent.numCtx.map(String.init)),
            ("temperature", agent.temperature.map { "\($0)" }), ("top_p", agent.topP.map { "\($0)" }),
            ("top_k", agent.topK.map(String.init)), ("repeat_penalty", agent.repeatPenalty.map { "\($0)" }),
            ("seed", agent.seed.map(String.init)),
        ]
    }

    private static func shape(of load: LoadConfiguration) -> [(String, String?)] {
        let extent: (requests: String?, duration: String?) =
            switch load.extent {
            case .requests(let count): ("\(count)", nil)
            case .seconds(let seconds): (nil, DisplayFormat.seconds(seconds))
            }
        return [
            ("concurrency", load.concurrency.map(String.init)),
            ("rate", load.openLoop.map { DisplayFormat.value($0.rate, unit: .requestsPerSecond) }),
            ("arrivals", load.openLoop.map(\.arrivals.rawValue)),
            ("seed of the arrivals", load.openLoop.flatMap { $0.arrivals == .poisson ? "\($0.seed)" : nil }),
            ("requests", extent.requests), ("duration", extent.duration),
            ("ramp", load.rampLimit.map { "up to \($0)" }),
            ("limits", load.limits.isEmpty ? nil : load.limits.map(\.description).sorted().joined(separator: ", ")),
        ]
    }
}

/// Where and what one side measured.
struct Setting {
    let environment: Environment
    let origin: Origin
    let model: ModelIdentity
    /// nil, as ``agent``, of what another tool measured.
    let corpus: CorpusIdentity?
    let agent: AgentConfiguration?
    let load: LoadConfiguration?
    let prompts: String?
    let command: CommandConfiguration?
    let asked: AskedWork?
    let toolVersion: String

    init(_ approved: ApprovedSession, of workload: WorkloadKind) {
        environment = approved.environment
        origin = approved.origin(in: workload)
        model = approved.model
        corpus = origin.server == nil ? nil : approved.corpus
        agent = origin.server == nil ? nil : approved.agent
        load = approved.load
        prompts = approved.prompts
        command = approved.command
        asked = approved.asked
        toolVersion = approved.toolVersion
    }

    init(_ session: Session) {
        environment = session.environment
        origin = session.origin
        model = session.model
        corpus = origin.server == nil ? nil : session.corpus
        agent = origin.server == nil ? nil : session.configuration.agent
        load = session.configuration.load
        prompts = session.prompts
        command = session.configuration.command
        asked = session.asked(by: .head)
        toolVersion = session.toolVersion
    }

    /// A base is measured by the same program on the same machine.
    init(_ base: BaseArm, of session: Session) {
        environment = session.environment
        origin = .server(base.server)
        model = base.model
        corpus = base.corpus
        agent = base.configuration.agent
        load = base.configuration.load
        prompts = session.prompts
        command = base.configuration.command
        asked = session.asked(by: .base)
        toolVersion = session.toolVersion
    }
}

extension Origin {
    fileprivate var facts: [(String, String?)] {
        switch self {
        case .server(let server): [("server", server.product), ("server version", server.version)]
        case .tool(let tool): [("tool", tool.name), ("tool version", tool.version)]
        }
    }
}

struct DifferenceList {
    private(set) var differences: [Difference] = []

    mutating func compare(
        _ before: Setting, _ now: Setting, _ kind: Difference.Kind, _ facts: (Setting) -> [(String, String?)]
    ) {
        let (was, are) = (facts(before), facts(now))
        let old = Dictionary(was.map { ($0.0, $0.1) }) { first, _ in first }
        for (what, value) in are { add(what, kind, old[what] ?? nil, value) }
        for (what, value) in was where !are.contains(where: { $0.0 == what }) { add(what, kind, value, nil) }
    }

    mutating func add(_ what: String, _ kind: Difference.Kind, _ before: String?, _ now: String?) {
        guard before != now else { return }
        differences.append(Difference(what: what, kind: kind, before: before ?? "not set", now: now ?? "not set"))
    }

    /// What one side does not know is no difference.
    mutating func compareKnown(
        _ before: Setting, _ now: Setting, _ kind: Difference.Kind, _ facts: (Setting) -> [(String, String?)]
    ) {
        for (was, value) in zip(facts(before), facts(now)) {
            if let known = was.1, let value = value.1 { add(was.0, kind, known, value) }
        }
    }

    /// Long texts are shown from where they part.
    mutating func compareTexts(_ what: String, _ before: String?, _ now: String?) {
        guard before != now else { return }
        let (was, are) = (Array(before ?? ""), Array(now ?? ""))
        let common = zip(was, are).prefix { $0 == $1 }.count
        func excerpt(_ text: [Character], isSet: Bool) -> String {
            guard isSet else { return "the workload's own" }
            let start = max(0, common - 20)
            let end = min(text.count, common + 40)
            let part = start < end ? String(text[start..<end]) : ""
            return "'\(start > 0 ? "…" : "")\(part)\(end < text.count ? "…" : "")' (\(text.count) characters)"
        }
        add(what, .work, excerpt(was, isSet: before != nil), excerpt(are, isSet: now != nil))
    }
}
