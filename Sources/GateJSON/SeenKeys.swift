/// The keys of an object so far: compared one by one while they are few, hashed when they are many, so that an object
/// of a million members takes no quadratic time.
struct SeenKeys {
    private static let few = 12
    private var many: Set<ExactKey> = []

    /// - Returns: false where the key is there already.
    mutating func insert(_ key: String, after members: [(key: String, value: JSONValue)]) -> Bool {
        guard members.count >= SeenKeys.few else { return !members.contains { isSame($0.key, key) } }
        if many.isEmpty { many = Set(members.map { ExactKey(text: $0.key) }) }
        return many.insert(ExactKey(text: key)).inserted
    }
}

/// A key that equals another only byte for byte.
private struct ExactKey: Hashable {
    let text: String

    static func == (left: ExactKey, right: ExactKey) -> Bool { isSame(left.text, right.text) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
