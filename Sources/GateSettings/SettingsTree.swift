internal import GateJSON

extension ConfigurationSection where Draft == ConfigurationDraft {
    /// The whole file: the keys of ``Settings/all`` as mappings in mappings.
    static let file = {
        let tree = tree(Settings.all, below: "")
        return ConfigurationSection(ConfigurationDraft(), tree.fields + [.workloads(workload)])
    }()

    /// What may be said of one of several workloads. Alpha is of all of them together.
    private static let workload = tree(
        Settings.all.filter { !["version", "name", "alpha"].contains($0.key) }, below: "")

    private static func tree(_ settings: [Setting], below prefix: String) -> ConfigurationSection {
        var fields: [Field] = []
        for setting in settings {
            let rest = setting.key.dropFirst(prefix.count)
            let name = String(rest.prefix { $0 != "." })
            guard !fields.contains(where: { $0.key.name == name }) else { continue }
            if name.count == rest.count {
                fields.append(.setting(setting, name, setting.meaning, setting.initial))
                if let former = setting.formerName {
                    fields.append(.setting(setting, former, "The former name of `\(name)`."))
                }
            } else {
                let inner = settings.filter { $0.key.hasPrefix("\(prefix)\(name).") }
                fields.append(.settings(name, tree(inner, below: "\(prefix)\(name)."), below: prefix))
            }
        }
        return ConfigurationSection(ConfigurationDraft(), fields)
    }
}

extension ConfigurationSection.Field where Draft == ConfigurationDraft {
    /// - Parameter name: what the key is called in the file, now or formerly.
    fileprivate static func setting(
        _ setting: Setting, _ name: String, _ meaning: String, _ initial: JSONValue? = nil
    ) -> Self {
        Self(
            key: ValueShape.Key(name: name, shape: setting.shape, meaning: meaning, initial: initial),
            read: { node, key, draft, problems in
                if setting.formerName != nil, case .file(_, let line, _)? = draft.origin(of: setting.key) {
                    let message = "is said in line \(line) already; say '\(setting.key)' once"
                    problems.append(ConfigurationProblem(origin: node.origin, key: key, message: message))
                }
                if let value = setting.read(node, key, &problems) { draft.set(setting.key, value, node.origin) }
            })
    }

    fileprivate static func settings(
        _ name: String, _ section: ConfigurationSection<ConfigurationDraft>, below prefix: String
    ) -> Self {
        Self(
            key: ValueShape.Key(name: name, shape: section.shape, meaning: Settings.sections[prefix + name] ?? ""),
            read: { node, key, draft, problems in
                if let inner = section.read(node, key, &problems) { draft.overlay(inner) }
            })
    }

    /// Several workloads in one file, each by what it has besides the keys above.
    fileprivate static func workloads(_ section: ConfigurationSection<ConfigurationDraft>) -> Self {
        let shape = ValueShape.table([
            ValueShape.Row(pattern: ValueShape.placePattern, shape: section.shape, keys: "names")
        ])
        let meaning =
            "Several workloads, each by its name, with the keys in which it differs from what stands above; all are"
            + " measured and judged together, or those that '--name' names."
        return Self(key: ValueShape.Key(name: "workloads", shape: shape, meaning: meaning)) {
            node, key, draft, problems in
            guard case .mapping(let pairs) = node.content, !pairs.isEmpty else {
                problems.append(
                    ConfigurationProblem(
                        origin: node.origin, key: key, message: Refusal(node, allowed: shape).message))
                return
            }
            for (name, value) in pairs {
                guard let text = ValueReader<String>.placeName.read(name, key, &problems),
                    let said = section.read(value, "\(key).\(text)", &problems)
                else { continue }
                draft.declare(said, as: text, name.origin)
            }
        }
    }
}
