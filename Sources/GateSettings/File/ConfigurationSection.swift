internal import GateCore

/// A mapping with known keys: how each of them is read.
struct ConfigurationSection<Draft: Sendable>: Sendable {
    struct Field: Sendable {
        let key: ValueShape.Key
        let read: @Sendable (ConfigurationNode, _ key: String, inout Draft, inout [ConfigurationProblem]) -> Void
    }

    let empty: Draft
    let allowsEmpty: Bool
    let fields: [Field]

    init(_ empty: Draft, allowsEmpty: Bool = true, _ fields: [Field]) {
        self.empty = empty
        self.allowsEmpty = allowsEmpty
        self.fields = fields
    }

    var shape: ValueShape { .section(fields.map(\.key), allowsEmpty: allowsEmpty) }

    /// Reads the mapping, reporting every problem in it; nil where it is not a mapping at all.
    func read(
        _ node: ConfigurationNode, _ key: String, _ problems: inout [ConfigurationProblem]
    ) -> Draft? {
        func problem(_ origin: ConfigurationOrigin, _ message: String) {
            problems.append(ConfigurationProblem(origin: origin, key: key, message: message))
        }
        guard case .mapping(let pairs) = node.content, allowsEmpty || !pairs.isEmpty else {
            problem(node.origin, Refusal(node, allowed: shape).message)
            return nil
        }
        var draft = empty
        var present: Set<String> = []
        for (name, value) in pairs {
            guard let text = name.text, let field = fields.first(where: { $0.key.name == text }) else {
                problems.append(
                    ConfigurationProblem(origin: name.origin, key: key, message: unknownKey(name), isUnknownKey: true))
                continue
            }
            present.insert(text)
            field.read(value, key.isEmpty ? text : "\(key).\(text)", &draft, &problems)
        }
        for field in fields where field.key.isRequired && !present.contains(field.key.name) {
            problem(node.origin, "the key '\(field.key.name)' is missing; it is \(field.key.shape.words)")
        }
        return draft
    }

    private func unknownKey(_ name: ConfigurationNode) -> String {
        let names = fields.map(\.key.name)
        let near = name.text.flatMap { nearest(to: $0, among: names) }.map { " (did you mean '\($0)'?)" } ?? ""
        let found = name.text.map(quoted) ?? name.found
        return "unknown key \(found)\(near); allowed: \(names.joined(separator: ", "))"
    }
}

extension ConfigurationSection.Field {
    typealias Field = Self

    /// A value that is kept with its place.
    static func value<Value>(
        _ name: String, _ path: any WritableKeyPath<Draft, Located<Value>?> & Sendable, _ reader: ValueReader<Value>,
        _ meaning: String, isRequired: Bool = false
    ) -> Field {
        Field(
            key: ValueShape.Key(name: name, shape: reader.shape, meaning: meaning, isRequired: isRequired),
            read: { node, key, draft, problems in
                guard let value = reader.read(node, key, &problems) else { return }
                draft[keyPath: path] = Located(value: value, origin: node.origin)
            })
    }
}
