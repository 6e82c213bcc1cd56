extension JSONValue {
    /// The same value with the members of every object in the order of their names.
    public var canonical: JSONValue {
        switch self {
        case .object(let members):
            .object(members.map { ($0.key, $0.value.canonical) }.sorted { $0.0 < $1.0 })
        case .array(let elements): .array(elements.map(\.canonical))
        default: self
        }
    }

    /// A body as a text that is the same for two that say the same: canonical where it is JSON, else as it is.
    public static func canonicalText(of body: [UInt8]) -> String {
        (try? parse(body))?.canonical.text ?? String(decoding: body, as: UTF8.self)
    }
}
