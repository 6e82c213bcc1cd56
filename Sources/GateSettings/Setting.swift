package import GateCore
package import GateJSON

/// One key of the configuration, declared once. The reader of the file, its flag, the JSON Schema, the page that lists all
/// keys and what `config print` shows are derived from it.
package struct Setting: Sendable {
    /// With the keys above it: `server.timeouts.idle`.
    package let key: String
    /// What the last part of the key was called before, which is still read.
    package let formerName: String?
    /// What it may be.
    package let shape: ValueShape
    /// What it means, in a sentence.
    package let meaning: String
    /// The flag that overrides it; nil where there is none.
    package let flag: SettingFlag?
    /// What holds where nobody says anything; nil where that is nothing, or depends on other keys.
    package let initial: JSONValue?
    /// What holds in a configuration; nil where that is nothing.
    package let value: @Sendable (Configuration) -> JSONValue?

    let read: @Sendable (ConfigurationNode, _ key: String, inout [ConfigurationProblem]) -> (any Sendable)?
    /// Puts what was read into a configuration.
    let apply: @Sendable (inout Configuration, any Sendable) -> Void
    /// What becomes of a value of the file when a flag says another one.
    var merge: @Sendable (_ file: any Sendable, _ flag: any Sendable) -> any Sendable = { $1 }

    init<Value: Sendable>(
        _ key: String, formerly formerName: String? = nil, _ reader: ValueReader<Value>, _ meaning: String,
        flag: SettingFlag? = nil, initial: JSONValue? = nil, value: @escaping @Sendable (Configuration) -> JSONValue?,
        apply: @escaping @Sendable (inout Configuration, Value) -> Void
    ) {
        self.key = key
        self.formerName = formerName
        shape = reader.shape
        self.meaning = meaning
        self.flag = flag
        self.initial = initial
        self.value = value
        read = { node, key, problems in reader.read(node, key, &problems) }
        self.apply = { configuration, value in
            if let value = value as? Value { apply(&configuration, value) }
        }
    }

    /// A key whose property always has a value. Its default is the property's, unless that depends on other keys.
    init<Value: Sendable>(
        _ key: String, formerly formerName: String? = nil,
        _ path: any WritableKeyPath<Configuration, Value> & Sendable, _ reader: ValueReader<Value>, _ meaning: String,
        flag: SettingFlag? = nil, hasDefault: Bool = true,
        json: @escaping @Sendable (Value) -> JSONValue = { Setting.json($0) }
    ) {
        self.init(
            key, formerly: formerName, reader, meaning, flag: flag,
            initial: hasDefault ? json(Configuration.initial[keyPath: path]) : nil,
            value: { json($0[keyPath: path]) }, apply: { $0[keyPath: path] = $1 })
    }

    /// A key whose property has no value where nobody says one.
    init<Value: Sendable>(
        _ key: String, optional path: any WritableKeyPath<Configuration, Value?> & Sendable,
        _ reader: ValueReader<Value>, _ meaning: String, flag: SettingFlag? = nil
    ) {
        self.init(
            key, reader, meaning, flag: flag, value: { $0[keyPath: path].map { Setting.json($0) } },
            apply: { $0[keyPath: path] = $1 })
    }

    /// The same key below another one, where it is read and put nowhere by itself.
    func moved(below prefix: String, meaning: String) -> Setting {
        let reader = ValueReader<any Sendable>(shape, reading: read)
        return Setting(prefix + key, reader, meaning, value: { _ in nil }, apply: { _, _ in })
    }

    static func json(_ value: Any) -> JSONValue {
        switch value {
        case let value as Bool: JSONValue(value)
        case let value as Int: JSONValue(value)
        case let value as Double: JSONValue(value)
        case let value as String: JSONValue(value)
        case let value as any RawRepresentable: json(value.rawValue)
        case let values as [Any]: .array(values.map(json))
        default: JSONValue("\(value)")
        }
    }
}

/// The flag of a key: its name is the key's own, `--num-ctx` of `agent.num_ctx`.
package struct SettingFlag: Sendable, Equatable {
    /// Which command lines have it.
    package enum Group: Sendable {
        /// How to measure.
        case measuring
        /// How to judge what was measured.
        case judging
        /// How a server is reached.
        case transport
    }

    package let help: String
    package let group: Group
    /// What stands for its value in the help.
    package let valueName: String?
    /// Whether a command may take several values of it.
    package let isRepeatable: Bool

    init(_ help: String, _ group: Group = .measuring, valueName: String? = nil, isRepeatable: Bool = false) {
        self.help = help
        self.group = group
        self.valueName = valueName
        self.isRepeatable = isRepeatable
    }
}

extension Setting {
    /// `--num-ctx`; nil where the key has no flag.
    package var flagName: String? { flag.map { _ in Self.flagName(key.split(separator: ".").last ?? "") } }

    /// The flag of the key's former name; nil where there is none.
    package var formerFlagName: String? { flag.flatMap { _ in formerName.map { Self.flagName($0) } } }

    private static func flagName(_ word: some StringProtocol) -> String {
        "--" + String(word.map { $0 == "_" ? "-" : $0 })
    }

    /// For the list of flags, with what may be given and what holds without it.
    package var flagHelp: String {
        guard let flag else { return "" }
        var notes: [String] = []
        if case .choice(let names) = shape { notes.append(names.joined(separator: ", ")) }
        if let initial, !initial.isFalse { notes.append("default: \(initial.plainText)") }
        return flag.help + (notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))") + "."
    }
}

extension JSONValue {
    fileprivate var isFalse: Bool { bool == false }

    /// As YAML writes it in one line.
    package var plainText: String {
        switch self {
        case .string(let text): text
        case .array(let items): "[\(items.map(\.plainText).joined(separator: ", "))]"
        default: text
        }
    }
}

extension Configuration {
    /// Everything that has a default, and nothing else.
    package static var initial: Configuration {
        Configuration(
            agent: AgentConfiguration(model: ""),
            server: ServerConfiguration(api: .usual, url: OllamaHost.usualURL))
    }

    /// How the reports are judged; what is set makes it configured.
    var reports: QualitySettings {
        get { quality ?? QualitySettings() }
        set { quality = newValue }
    }
}

extension ServerConfiguration {
    /// How the server is reached; nothing but defaults is as if nothing was configured.
    var reached: TransportConfiguration {
        get { transport ?? TransportConfiguration() }
        set { transport = newValue == TransportConfiguration() ? nil : newValue }
    }
}

extension TransportConfiguration {
    var tokenFile: String? {
        get { if case .file(let path) = token { path } else { nil } }
        set { token = newValue.map(TokenSource.file) }
    }

    var tokenVariable: String? {
        get { if case .variable(let name) = token { name } else { nil } }
        set { token = newValue.map(TokenSource.variable) }
    }
}
