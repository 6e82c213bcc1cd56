extension ConfigurationSection where Draft == ConfigurationDraft {
    /// The whole file: the keys of ``Settings/all`` as mappings in mappings.
    static let file = tree(Settings.all, below: "")

    private static func tree(_ settings: [Setting], below prefix: String) -> ConfigurationSection {
        var fields: [Field] = []
        for setting in settings {
            let rest = setting.key.dropFirst(prefix.count)
            let name = String(rest.prefix { $0 != "." })
            guard !fields.contains(where: { $0.key.name == name }) else { continue }
            if name.count == rest.count {
                fields.append(.setting(setting, name))
            } else {
                let inner = settings.filter { $0.key.hasPrefix("\(prefix)\(name).") }
                fields.append(.settings(name, tree(inner, below: "\(prefix)\(name)."), below: prefix))
            }
        }
        return ConfigurationSection(ConfigurationDraft(), fields)
    }
}

extension ConfigurationSection.Field where Draft == ConfigurationDraft {
    fileprivate static func setting(_ setting: Setting, _ name: String) -> Self {
        Self(
            key: ValueShape.Key(name: name, shape: setting.shape, meaning: setting.meaning, initial: setting.initial),
            read: { node, key, draft, problems in
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
}
