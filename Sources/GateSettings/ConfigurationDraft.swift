internal import GateCore

/// What a file or the flags say, by key; what they leave open is absent.
package struct ConfigurationDraft: Sendable {
    /// The file that was read; nil where there was none.
    package var path: String?
    /// SHA-256 of the file's bytes, hexadecimal; nil where there was none.
    var digest: String?
    private var values: [String: Entry] = [:]
    /// What the file says of each of several workloads, by their names.
    private var workloads: [String: Workload] = [:]

    private struct Entry: Sendable {
        var value: any Sendable
        var origin: ConfigurationOrigin
    }

    private struct Workload: Sendable {
        let said: ConfigurationDraft
        let origin: ConfigurationOrigin
    }

    package init() {}

    /// What is said of a key, and where.
    package func located<Value>(_ key: String, as type: Value.Type = Value.self) -> Located<Value>? {
        guard let entry = values[key], let value = entry.value as? Value else { return nil }
        return Located(value: value, origin: entry.origin)
    }

    /// Where a key is said; nil where it is not.
    package func origin(of key: String) -> ConfigurationOrigin? { values[key]?.origin }

    /// Whether any of these keys is said.
    func says(_ keys: String...) -> Bool {
        assert(keys.allSatisfy { Settings.named($0) != nil })
        return keys.contains { values[$0] != nil }
    }

    mutating func set(_ key: String, _ value: any Sendable, _ origin: ConfigurationOrigin) {
        values[key] = Entry(value: value, origin: origin)
    }

    mutating func remove(_ keys: String...) { for key in keys { values[key] = nil } }

    /// Keeps what is said of one of several workloads.
    mutating func declare(_ workload: ConfigurationDraft, as name: String, _ origin: ConfigurationOrigin) {
        workloads[name] = Workload(said: workload, origin: origin)
    }

    /// The names of several workloads, sorted; empty where the file has one.
    package var workloadNames: [String] { workloads.keys.sorted() }

    /// Where one of several workloads is named; nil for none of them.
    func origin(ofWorkload name: String) -> ConfigurationOrigin? { workloads[name]?.origin }

    /// True where one of several workloads makes a demand itself, and not what stands above all of them.
    func says(_ demand: MetricDraft, of name: String) -> Bool {
        let own = workloads[name]?.said.located("metrics", as: [MetricDraft].self)?.value ?? []
        return own.contains { $0.metric == demand.metric && $0.stage == demand.stage }
    }

    /// True where a key is said above several workloads, for whichever of them it has an effect on.
    func isShared(_ key: String) -> Bool {
        guard let name = located("name", as: String.self)?.value, let workload = workloads[name],
            case .file? = origin(of: key)
        else { return false }
        return workload.said.origin(of: key) == nil
    }

    /// What holds for one of several workloads; what stands above them where there is none of that name.
    package func named(_ name: String?) -> ConfigurationDraft {
        guard let name, let workload = workloads[name] else { return self }
        var draft = self
        // Another address is not that of the command or socket above.
        if workload.said.isServerNamed { draft.remove("server.start", "server.unix_socket") }
        draft.overlay(workload.said)
        draft.set("name", name, workload.origin)
        return draft
    }

    /// Puts everything that another draft says over what this one says.
    mutating func overlay(_ other: ConfigurationDraft) {
        workloads.merge(other.workloads) { $1 }
        for (key, entry) in other.values {
            guard let before = values[key], let setting = Settings.named(key) else {
                values[key] = entry
                continue
            }
            values[key] = Entry(value: setting.merge(before.value, entry.value), origin: entry.origin)
        }
    }

    /// What is said below `base.server`, as if it was said of the server itself.
    var baseServer: ConfigurationDraft {
        var draft = ConfigurationDraft()
        for (key, entry) in values where key.hasPrefix("base.server.") {
            draft.values[String(key.dropFirst(5))] = entry
        }
        return draft
    }

    var isEmpty: Bool { values.isEmpty }

    /// Puts everything that is said into a configuration.
    func apply(to configuration: inout Configuration) {
        for setting in Settings.all {
            if let entry = values[setting.key] { setting.apply(&configuration, entry.value) }
        }
        // Alpha is of all workloads of a file, whichever of them a call measures.
        if workloads.count > 1 { configuration.policy.workloads = workloads.count }
    }
}

extension ConfigurationDraft {
    /// False where Ollama's usual address is tried.
    package var isServerNamed: Bool { says("server.url", "server.unix_socket") }

    /// Whether anything is said of the base's server.
    package var namesBaseServer: Bool { !baseServer.isEmpty }
}

/// What is demanded of one metric, in the stage or in all; limits in the metric's base unit.
struct MetricDraft: Sendable, Equatable {
    let metric: MetricID
    let stage: StageName?
    /// Where its key stands.
    var origin: ConfigurationOrigin = .nowhere
    var role: Located<MetricRole>?
    var tolerance: Located<Tolerance>?
    var max: Located<Double>?
    var min: Located<Double>?
}
