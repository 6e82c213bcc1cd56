import GateJSON

/// What the members of an object say about who the object is.
struct JSONIdentity {
    let names: NameTable

    func labels(_ members: [(key: String, value: JSONValue)]) -> [String] {
        let hasParameters = members.contains { names[$0.key].role == .parameter }
        return members.flatMap { member -> [String] in
            switch (names[member.key].role, member.value) {
            case (.label, .string(let text)): text.isEmpty ? [] : [entityText(text)]
            case (.label, .object(let inner)): name(of: inner).map { [$0] } ?? settings(inner)
            case (.error, .string(let text)): text.isEmpty ? [] : [entityText("error=\(text)")]
            case (.ambiguousParameter, let value) where hasParameters: setting(member.key, value)
            case (.parameter, let value), (.identifier, let value), (.label, let value): setting(member.key, value)
            case (_, .object(let inner)): settings(inner)
            default: []
            }
        }
    }

    /// `"model": {"name": "transformer", …}`
    private func name(of members: [(key: String, value: JSONValue)]) -> String? {
        members.first { $0.key == "name" }?.value.string.map(entityText)
    }

    /// The members of an object that holds settings only, such as `options`.
    private func settings(_ members: [(key: String, value: JSONValue)]) -> [String] {
        let roles = members.map { names[$0.key].role }
        guard roles.contains(.parameter), roles.allSatisfy({ $0 == .parameter || $0 == .ambiguousParameter }) else {
            return []
        }
        return members.flatMap { setting($0.key, $0.value) }
    }

    private func setting(_ key: String, _ value: JSONValue) -> [String] {
        switch value {
        case .number(let number): ["\(key)=\(number.written)"]
        case .string(let text) where !text.isEmpty: [entityText("\(key)=\(text)")]
        case .bool(let value): ["\(key)=\(value)"]
        default: []
        }
    }
}
