package import GateJSON

/// What the schema of a session says of the settings that it keeps under their own names.
package enum SessionSchema {
    /// Where they stand in `session.schema.json`, and what their keys begin with.
    private static let places: [(path: [String], isKept: @Sendable (Setting) -> Bool)] = [
        (["$defs", "agent", "properties"], { $0.key.hasPrefix("agent.") }),
        (
            ["$defs", "configuration", "properties", "server", "properties", "transport", "properties"],
            { $0.flag?.group == .transport }
        ),
    ]

    /// The text of the schema with these parts as the declarations of the keys have them.
    package static func text(_ written: JSONValue) -> String {
        let made = places.reduce(written) { schema, place in
            schema.replacing(place.path[...], by: SettingsSchema.properties(of: Settings.all.filter(place.isKept)))
        }
        return SettingsSchema.lines(of: made)
    }
}

extension JSONValue {
    /// The same with another value at a path that is there.
    fileprivate func replacing(_ path: ArraySlice<String>, by value: JSONValue) -> JSONValue {
        guard let key = path.first, case .object(let members) = self else { return path.isEmpty ? value : self }
        return .object(
            members.map { member in
                member.key == key ? (key, member.value.replacing(path.dropFirst(), by: value)) : member
            })
    }
}
